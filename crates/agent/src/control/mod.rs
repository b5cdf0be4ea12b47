//! Commands of the agent's host: they speak to the running agent over a Unix socket, because it
//! alone holds the store.
//!
//! | file | what |
//! |---|---|
//! | `messages.rs` | the commands, the replies, and their bytes |
//! | `commands.rs` | what each command does, with its audit line |
//! | `server.rs` | the socket, who may use it, and for how long |
//! | `peer.rs` | which user is at the other end, as the kernel says |
//! | `client.rs` | the other end: one command, one reply |

#[cfg(unix)]
mod client;
mod commands;
mod messages;
#[cfg(unix)]
mod peer;
#[cfg(unix)]
mod server;
#[cfg(not(unix))]
mod unsupported;

#[cfg(unix)]
pub use client::ask;
pub use messages::{Command, MAX_MESSAGE, Refusal, Reply, Status, VERSION};
#[cfg(unix)]
pub use server::ControlSocket;
#[cfg(not(unix))]
pub use unsupported::{ControlSocket, ask};

use std::path::PathBuf;

/// The group whose members may give commands, if the system has it.
pub const OPERATORS: &str = "postern-operators";

/// The socket cannot be offered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {fault}", path = path.display())]
pub struct SocketError {
    path: PathBuf,
    fault: String,
}

/// A command was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// Nobody listens at the socket.
    #[error(
        "the agent does not run, or is not the one of this configuration: {cause} \
         (socket {socket}); start it with `postern-agent run` and try again",
        socket = socket.display()
    )]
    NotRunning {
        /// The socket that was tried.
        socket: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// The system keeps this user from the socket.
    #[error(
        "not permitted: the socket {socket} is for root, the agent's own user and members of the \
         group {OPERATORS}",
        socket = socket.display()
    )]
    NoAccess {
        /// The socket that was tried.
        socket: PathBuf,
    },
    /// The running agent is of another version.
    #[error(
        "the running agent speaks version {found} of the control protocol, this program \
         version {VERSION}; restart the agent so that both are of one version"
    )]
    Version {
        /// The agent's version.
        found: u16,
    },
    /// The agent gave no reply that can be read.
    #[error("the agent gave no reply: {0}; look into its log before you try again")]
    NoReply(String),
    /// The agent refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There are no Unix sockets.
    #[error("commands to a running agent are not supported on this system: it has no Unix sockets")]
    Unsupported,
}

impl CommandError {
    /// Whether this user may not give commands.
    #[must_use]
    pub const fn is_not_permitted(&self) -> bool {
        matches!(
            self,
            Self::NoAccess { .. } | Self::Refused(Refusal::NotPermitted { .. })
        )
    }
}
