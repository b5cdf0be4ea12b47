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

mod accounts;
mod agent;
pub mod assemble;
mod audit;
pub mod config;
mod context;
pub mod control;
pub mod data;
mod digest;
mod flow;
mod limits;
mod locks;
mod notices;
mod quality;
mod replay;
mod request;
mod sandbox;
mod scripted;
mod subject;

pub use agent::{Agent, Parts};
pub use quality::Quality;
