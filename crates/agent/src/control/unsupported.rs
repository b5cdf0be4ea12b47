//! Stand-ins for systems without Unix sockets: no command reaches the agent.

use super::{Command, CommandError, Reply, SocketError};
use crate::agent::Agent;
use std::path::Path;

/// A stand-in for the control socket.
#[derive(Debug)]
pub struct ControlSocket;

impl ControlSocket {
    /// Creates no socket, and logs a warning.
    ///
    /// # Errors
    /// Never.
    pub fn bind(_: &Path) -> Result<Self, SocketError> {
        tracing::warn!("this system has no Unix sockets: the agent takes no commands");
        Ok(Self)
    }

    /// Waits forever.
    pub async fn serve(self, _: Agent) {
        std::future::pending().await
    }
}

/// Fails: this system has no Unix sockets.
///
/// # Errors
/// Always [`CommandError::Unsupported`].
pub async fn send_command(_: &Path, _: &Command) -> Result<Reply, CommandError> {
    Err(CommandError::Unsupported)
}
