//! The messages that the browser and the agent exchange, sealed: operations, steps, reasons, and
//! the password policy that both apply.
//!
//! Everything is CBOR (RFC 8949), encoded with `minicbor`. Times are seconds since the Unix epoch;
//! lengths of passwords are in UTF-16 code units, as in Active Directory (MS-SAMR 3.1.1.7.2).

#![deny(missing_docs)]

pub mod banned;
mod device;
mod fields;
mod flow_kind;
mod gate;
mod message;
pub mod policy;
mod problem;
mod reason;
pub mod rule;
pub mod support_code;

pub use banned::BannedKind;
pub use device::Device;
pub use flow_kind::FlowKind;
pub use gate::{Gate, GateKind, Method};
pub use message::{
    AUTHENTICATOR_DIGITS, FlowToken, Operation, Reply, Request, SENT_DIGITS, Step, decode, encode,
};
pub use policy::Policy;
pub use problem::Problem;
pub use reason::{Argument, Reason};
