//! The on-premises program: the only place where messages are opened, gates are checked and
//! passwords are set.
//!
//! ```text
//! Ask -> open -> replay cache -> flow (identify, gates, password) -> sealed reply
//!                     \________________ store ________________/
//! ```
//!
//! Whatever the portal does, what it can make the agent do is bounded here: a message is acted on
//! at most once, a flow moves only by its current token, and a gate is opened only by an answer
//! that is right.

#![deny(missing_docs)]

mod agent;
mod ambient;
pub mod assemble;
pub mod config;
pub mod data;
mod decoy;
mod digest;
mod files;
mod flow;
mod gates;
pub mod issue;
mod locks;
pub mod mail;
mod mask;
pub mod phone;
mod quality;
mod replay;
mod request;
mod sandbox;
mod store;
mod store_key;
mod words;

pub use agent::{Agent, Parts, Tenant};
pub use ambient::{Clock, NoRandom, Random, system_clock, system_random};
pub use gates::authenticator::{
    AuthenticatorError, AuthenticatorFiles, Authenticators, NoAuthenticators, current_code,
};
pub use gates::issued::{IssueError, Issued, IssuedCodes, IssuedFiles};
pub use gates::passkey::{
    Kept, MOST as MOST_PASSKEYS, Offer, PasskeyError, PasskeyFiles, Passkeys,
};
pub use quality::Quality;
pub use sandbox::{SandboxAuthenticators, SandboxIssued};
pub use store::{Store, StoreError};
pub use store_key::StoreKey;
pub use words::Wording;
