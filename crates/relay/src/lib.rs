//! Carries packages between portal and agent: one small contract with one engine so far
//! (`embedded`: the agent dials out to the portal by WebSocket).

#![deny(missing_docs)]

pub mod embedded;
mod message;
pub mod package;

pub use message::{
    Answer, Ask, Heartbeat, Hello, Metadata, NetworkHash, SandboxAccount, SandboxAnswer,
    SandboxCode, SandboxMail, SandboxView,
};

use async_trait::async_trait;

/// The version of everything below the envelope: frames, packages, hello.
pub const VERSION: u8 = 1;

pub use postern_host::Clock;

/// The state of a tenant's agent, as known to the portal while it is connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentState {
    /// The hello that the agent sent when it connected.
    pub hello: Hello,
    /// Whether its directory was available at its last heartbeat; `false` before the first.
    pub directory_up: bool,
    /// Whether it could send mail at its last heartbeat; `true` if that does not report it.
    pub mail_up: bool,
    /// Whether it required proof of work for every message at its last heartbeat.
    pub alarmed: bool,
    /// The number of seconds by which its clock is ahead of the portal's.
    pub clock_ahead: i64,
}

/// The reason why an ask has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// No agent is connected, or too many asks are pending; the message was not handed over.
    #[error("no agent is connected")]
    Down,
    /// The message was handed over and no answer came before it expired or the connection broke.
    #[error("no answer came")]
    NoAnswer,
}

/// The portal's side of a relay.
#[async_trait]
pub trait Relay: Send + Sync {
    /// Returns the state of the tenant's agent, if one is connected.
    fn agent(&self, tenant: &str) -> Option<AgentState>;

    /// Hands a message to the tenant's agent and waits for its answer, at most until the message
    /// expires. One that has expired already is not handed over; it gives [`Answer::Expired`].
    async fn ask(&self, tenant: &str, expires: u64, ask: Ask) -> Result<Answer, AskError>;
}

/// The agent's side of a relay: handles the messages that arrive.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Answers one message. Late messages (`expires` has passed) are answered [`Answer::Expired`]
    /// before this method would be called.
    async fn answer(&self, ask: Ask) -> Answer;

    /// Reports whether the directory is available; sent with every heartbeat.
    async fn directory_up(&self) -> bool;

    /// Reports whether mail can be sent, as far as is known; sent with every heartbeat.
    fn mail_up(&self) -> bool {
        true
    }

    /// Reports whether there is so much guessing that every message must carry proof of work; sent
    /// with every heartbeat.
    fn is_alarmed(&self) -> bool {
        false
    }
}

/// Reports whether a host, given by name or address without brackets, is this machine.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    let address = host.parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
