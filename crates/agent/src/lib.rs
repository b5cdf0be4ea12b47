//! The on-premises program: the only place where messages are opened, gates are checked and
//! passwords are set.
//!
//! ```text
//! Ask -> open -> replay cache -> flow (identify, gates, password) -> sealed reply
//!                     \________________ store ________________/
//! ```
//!
//! The agent bounds what any portal can make it do: a message is acted on at most once, a flow
//! advances only with its current token, and a gate is passed only with a right answer.

#![deny(missing_docs)]

mod agent;
pub mod assemble;
pub mod config;
pub mod control;
pub mod data;
mod decoy;
mod digest;
mod files;
mod flow;
mod gates;
mod locks;
pub mod mail;
mod mask;
mod method_files;
mod methods;
pub mod phone;
mod quality;
mod replay;
mod request;
mod sandbox;
mod words;

pub use agent::{Agent, Parts, Tenant};
pub use gates::authenticator::current_code;
pub use gates::issued::Issued;
pub use gates::passkey::{MAX_PASSKEYS, Offer, PasskeyError, Passkeys, StoredPasskey};
pub use methods::Methods;
pub use postern_store::{
    Clock, NoRandom, Random, Store, StoreError, StoreKey, system_clock, system_random,
};
pub use quality::Quality;
pub use sandbox::SandboxCodes;
pub use words::Wording;
