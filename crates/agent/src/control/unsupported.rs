//! Where there are no Unix sockets: no command reaches the agent, and the client says why.

use super::{Command, CommandError, Reply, SocketError};
use crate::Agent;
use std::path::Path;

/// Stands for a socket that there is not.
#[derive(Debug)]
pub struct ControlSocket;

impl ControlSocket {
    /// Offers nothing.
    ///
    /// # Errors
    /// None.
    pub fn bind(_: &Path) -> Result<Self, SocketError> {
        tracing::warn!("this system has no Unix sockets: the agent takes no commands");
        Ok(Self)
    }

    /// Never ends.
    pub async fn serve(self, _: Agent) {
        std::future::pending().await
    }
}

/// Says that it cannot be done.
///
/// # Errors
/// Always.
pub async fn ask(_: &Path, _: &Command) -> Result<Reply, CommandError> {
    Err(CommandError::Unsupported)
}
