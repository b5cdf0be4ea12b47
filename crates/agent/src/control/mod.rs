//! Commands from the agent's host. They go to the running agent over a Unix socket, because it
//! alone has the store open.
//!
//! | file | contents |
//! |---|---|
//! | `messages.rs` | the commands, the replies, and their encoding |
//! | `commands.rs` | the execution of each command, with its audit line |
//! | `server.rs` | the socket, its permissions and its time limits |
//! | `peer.rs` | the user at the other end, as the kernel reports it |
//! | `client.rs` | the client: one command, one reply |

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
pub use client::send_command;
pub use messages::{Command, MAX_MESSAGE_BYTES, Refusal, Reply, Status, VERSION};
#[cfg(unix)]
pub use server::ControlSocket;
#[cfg(not(unix))]
pub use unsupported::{ControlSocket, send_command};

use std::path::PathBuf;

/// The system group whose members may give commands, if it exists.
pub const OPERATORS_GROUP: &str = "postern-operators";

/// The control socket cannot be created.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {fault}", path = path.display())]
pub struct SocketError {
    path: PathBuf,
    fault: String,
}

/// The reason why a command was not executed, as the client sees it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// No agent listens at the socket.
    #[error(
        "the agent does not run, or is not the one of this configuration: {cause} \
         (socket {socket}); start it with `postern-agent run` and try again",
        socket = socket.display()
    )]
    NotRunning {
        /// The socket that was tried.
        socket: PathBuf,
        /// The system's error.
        cause: String,
    },
    /// The system denies this user access to the socket.
    #[error(
        "not permitted: the socket {socket} is for root, the agent's own user and members of the \
         group {OPERATORS_GROUP}",
        socket = socket.display()
    )]
    NoAccess {
        /// The socket that was tried.
        socket: PathBuf,
    },
    /// The running agent speaks another version of the protocol.
    #[error(
        "the running agent speaks version {found} of the control protocol, this program \
         version {VERSION}; restart the agent so that both are of one version"
    )]
    Version {
        /// The agent's version.
        found: u16,
    },
    /// The agent sent no reply that can be decoded.
    #[error("no valid reply from the agent: {0}; read its log before you try again")]
    NoReply(String),
    /// The agent refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// This system has no Unix sockets.
    #[error("commands to a running agent are not supported on this system: it has no Unix sockets")]
    Unsupported,
}

impl CommandError {
    /// Reports whether the cause is that this user may not give commands.
    #[must_use]
    pub const fn is_not_permitted(&self) -> bool {
        matches!(
            self,
            Self::NoAccess { .. } | Self::Refused(Refusal::NotPermitted { .. })
        )
    }
}
