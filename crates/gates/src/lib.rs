//! The gates: how a person proves who they are. Each kind is one file behind one trait, [`Gate`],
//! and one line in the registry, [`Gates`]; flows, methods, tries and mails ask the trait.
//!
//! | file | gate |
//! |---|---|
//! | `mail.rs` | a code by mail |
//! | `phone.rs` | a code by text message, or spoken in a call |
//! | `authenticator.rs` | a code of an authenticator app (TOTP) |
//! | `passkey/` | a passkey (WebAuthn) |
//! | `recovery_codes.rs` | a code of a set that the person keeps |
//! | `helpdesk_pass.rs` | a pass that the helpdesk issued |
//!
//! `gate.rs` holds the trait; `attempt.rs` and `account_method.rs` the values that it exchanges with
//! flows. `sent.rs` and `issued.rs` hold what several gates share: codes that are sent on request,
//! and codes that are issued in advance. The current password is no gate of this crate: the directory
//! checks it.

#![deny(missing_docs)]

mod account_method;
mod attempt;
mod authenticator;
mod code;
mod gate;
mod helpdesk_pass;
mod import;
mod issued;
mod mail;
mod mask;
mod methods;
mod passkey;
mod phone;
mod recovery_codes;
mod registry;
mod sandbox;
mod sent;
#[cfg(test)]
mod tests;

pub use account_method::{AccountMethod, Confirmation, NewMethod};
pub use attempt::{Attempt, Checked, Checker, OpenGate, OutgoingCode, Record, Verdict};
pub use authenticator::{AuthenticatorGate, STEP_SECONDS, current_code};
pub use gate::{Gate, GateError, Registration, Sender, TryLimit};
pub use helpdesk_pass::HelpdeskPassGate;
pub use import::import_version_1;
pub use issued::{Issued, IssuedCodes, Note};
pub use mask::{MAX_OWN_DOMAIN_BYTES, OwnDomain};
pub use passkey::{
    Challenge, MAX_PASSKEYS, Offer, PasskeyError, PasskeyGate, RelyingParty, StoredPasskey,
};
pub use recovery_codes::RecoveryCodesGate;
pub use registry::{GateParts, Gates};
pub use sandbox::SandboxCodes;
pub use sent::{MAX_WRONG_ANSWERS, SentCode, make_code};
