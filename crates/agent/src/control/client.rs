//! The client's end of the control socket: sends one command and receives its reply.

use super::messages::{DecodeError, decode, encode};
use super::server::{receive, send};
use super::{Command, CommandError, Refusal, Reply};
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;
use tokio::net::UnixStream;

/// The time limit for a reply: longer than the directory may take.
const REPLY_TIMEOUT: Duration = Duration::from_secs(60);

/// Sends a command to the agent at a socket and returns its reply.
///
/// # Errors
/// [`CommandError`], also if the agent refused the command.
pub async fn send_command(socket: &Path, command: &Command) -> Result<Reply, CommandError> {
    let bytes = encode(command).ok_or(Refusal::UnknownCommand)?;
    let stream = UnixStream::connect(socket).await;
    let mut stream = stream.map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => CommandError::NoAccess {
            socket: socket.to_owned(),
        },
        _ => CommandError::NotRunning {
            socket: socket.to_owned(),
            cause: error.to_string(),
        },
    })?;
    // An agent that refuses this user reads no command; its reply says why.
    let _refused = send(&mut stream, &bytes).await;
    let received = tokio::time::timeout(REPLY_TIMEOUT, receive(&mut stream)).await;
    let received = received.map_err(|error| CommandError::NoReply(error.to_string()))?;
    let received = received.map_err(|error| CommandError::NoReply(error.to_string()))?;
    match decode(received.expose()) {
        Ok(Reply::Refused(refusal)) => Err(refusal.into()),
        Ok(reply) => Ok(reply),
        Err(DecodeError::Version(found)) => Err(CommandError::Version { found }),
        Err(DecodeError::Malformed) => Err(CommandError::NoReply("it is malformed".to_owned())),
    }
}
