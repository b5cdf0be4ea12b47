//! Carrying packages between portal and agent: one small contract with, so far, one engine
//! (`embedded`: the agent dials out to the portal by WebSocket).

#![deny(missing_docs)]

pub mod embedded;
mod message;
pub mod package;

pub use message::{
    Answer, Ask, Heartbeat, Hello, Metadata, NetworkHash, SandboxAccount, SandboxMail, SandboxView,
};

use async_trait::async_trait;
use std::sync::Arc;

/// The version of everything below the envelope: frames, packages, hello.
pub const VERSION: u8 = 1;

/// What time it is, in seconds since the Unix epoch.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// What the portal knows of a tenant's agent while it is connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentState {
    /// What the agent said of itself when it connected.
    pub hello: Hello,
    /// Whether its directory could be asked, by its last heartbeat; not before the first.
    pub directory_up: bool,
    /// Whether it can send mail, by its last heartbeat; it can, as far as it does not say so.
    pub mail_up: bool,
    /// Whether it asks for work for every message, by its last heartbeat.
    pub alarmed: bool,
    /// How many seconds its clock is ahead of the portal's.
    pub clock_ahead: i64,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// No agent is connected, or more is under way than it takes; nothing was handed over.
    #[error("no agent is connected")]
    Down,
    /// The message was handed over and no answer came before it expired or the connection broke.
    #[error("no answer came")]
    NoAnswer,
}

/// The portal's side of a relay.
#[async_trait]
pub trait Relay: Send + Sync {
    /// The tenant's agent, if one is connected.
    fn agent(&self, tenant: &str) -> Option<AgentState>;

    /// Hands a message to the tenant's agent and waits for its answer, at most until it expires.
    /// One that has expired already is not handed over and answered [`Answer::Expired`].
    async fn ask(&self, tenant: &str, expires: u64, ask: Ask) -> Result<Answer, AskError>;
}

/// The agent's side: what is done with a message that arrived.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Answers one message. Late ones (`expires` has passed) were answered [`Answer::Expired`]
    /// already and do not come here.
    async fn answer(&self, ask: Ask) -> Answer;

    /// Whether the directory can be asked; sent with every heartbeat.
    async fn directory_up(&self) -> bool;

    /// Whether mail can be sent, as far as is known; sent likewise.
    fn mail_up(&self) -> bool {
        true
    }

    /// Whether so much is guessed that every message shall cost work; sent likewise.
    fn is_alarmed(&self) -> bool {
        false
    }
}
