//! The agent's end of the control socket: its permissions, and one command per connection.

use super::messages::{DecodeError, decode, encode};
use super::peer::{Operators, Peer};
use super::{Command, MAX_MESSAGE_BYTES, OPERATORS_GROUP, Refusal, Reply, SocketError};
use crate::agent::Agent;
use core::fmt;
use nix::unistd::geteuid;
use postern_envelope::Secret;
use std::io::ErrorKind;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Semaphore;

/// The time limit for a peer to send its command, and again to receive the reply.
const PEER_TIMEOUT: Duration = Duration::from_secs(5);

/// The number of peers that are served at the same time.
const MAX_PEERS: usize = 16;

/// The pause after a connection could not be accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// The control socket. Dropping it removes the socket's file.
#[derive(Debug)]
pub struct ControlSocket {
    listener: UnixListener,
    path: PathBuf,
}

impl ControlSocket {
    /// Creates the socket: for the operators' group if the system has it, otherwise for the agent's
    /// own user only. A socket that was left behind by a killed agent is replaced.
    ///
    /// # Errors
    /// Others may write to its directory, its path is in use, or the system refuses.
    pub fn bind(path: &Path) -> Result<Self, SocketError> {
        let fault = |fault: &dyn fmt::Display| SocketError {
            path: path.to_owned(),
            fault: fault.to_string(),
        };
        check_directory(path).map_err(|error| fault(&error))?;
        remove_abandoned(path).map_err(|error| fault(&error))?;
        let listener = UnixListener::bind(path).map_err(|error| fault(&error))?;
        let socket = Self {
            listener,
            path: path.to_owned(),
        };
        let group = Operators::look_up(OPERATORS_GROUP).group;
        let chowned = group.map(|group| std::os::unix::fs::chown(path, None, Some(group)));
        let mode = match chowned {
            Some(Ok(())) => 0o660,
            Some(Err(error)) => {
                tracing::warn!(
                    %error,
                    group = OPERATORS_GROUP,
                    "the control socket cannot be given to the group; is the agent's user in it?"
                );
                0o600
            }
            None => 0o600,
        };
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(path, permissions).map_err(|error| fault(&error))?;
        Ok(socket)
    }

    /// Serves commands for an agent, until this future is dropped.
    pub async fn serve(self, agent: Agent) {
        let permits = Arc::new(Semaphore::new(MAX_PEERS));
        loop {
            let Ok(permit) = Arc::clone(&permits).acquire_owned().await else {
                return;
            };
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let agent = agent.clone();
                    tokio::spawn(async move {
                        serve_peer(stream, agent).await;
                        drop(permit);
                    });
                }
                Err(error) => {
                    tracing::error!(%error, "the control socket cannot accept a connection");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }
}

impl Drop for ControlSocket {
    fn drop(&mut self) {
        // A socket that cannot be removed is replaced at the next start.
        let _left = std::fs::remove_file(&self.path);
    }
}

/// Checks that nobody else can replace the socket: only its owner may write to its directory.
fn check_directory(path: &Path) -> Result<(), String> {
    let directory = path.parent().unwrap_or(Path::new("/"));
    let directory = if directory.as_os_str().is_empty() {
        Path::new(".")
    } else {
        directory
    };
    let metadata = directory.metadata().map_err(|error| error.to_string())?;
    let owner = metadata.uid();
    if owner != 0 && owner != geteuid().as_raw() {
        return Err("its directory belongs to another user; \
                    expected root or the agent's own user"
            .to_owned());
    }
    if metadata.mode() & 0o022 != 0 {
        let mode = metadata.mode() & 0o7777;
        return Err(format!(
            "others may write to its directory (mode {mode:04o}); expected mode 0755, 0750 or 0700"
        ));
    }
    Ok(())
}

/// Removes the socket of an agent that no longer runs.
fn remove_abandoned(path: &Path) -> Result<(), String> {
    let metadata = match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        metadata => metadata.map_err(|error| error.to_string())?,
    };
    if !metadata.file_type().is_socket() {
        return Err("expected a socket or nothing at this place, found something else".to_owned());
    }
    match std::os::unix::net::UnixStream::connect(path) {
        Ok(_) => Err("expected no running agent at this socket, found one".to_owned()),
        Err(_) => std::fs::remove_file(path).map_err(|error| error.to_string()),
    }
}

async fn serve_peer(mut stream: UnixStream, agent: Agent) {
    let reply = match identify_peer(&stream).await {
        Ok(peer) => handle_command(&mut stream, &peer, &agent).await,
        Err(refusal) => Reply::Refused(refusal),
    };
    let Some(bytes) = encode(&reply) else {
        tracing::error!("a reply to a command is too long");
        return;
    };
    let sent = tokio::time::timeout(PEER_TIMEOUT, send(&mut stream, &bytes)).await;
    if !matches!(sent, Ok(Ok(()))) {
        tracing::warn!("the reply to a command was not received");
    }
}

/// Identifies the peer; refuses it if it may not give commands.
async fn identify_peer(stream: &UnixStream) -> Result<Peer, Refusal> {
    let failed = |error: &dyn fmt::Display| {
        tracing::error!(%error, "a peer of the control socket cannot be identified");
        Refusal::Failed("the agent cannot identify your user".to_owned())
    };
    let credentials = stream.peer_cred().map_err(|error| failed(&error))?;
    let looked_up = tokio::task::spawn_blocking(move || {
        let operators = Operators::look_up(OPERATORS_GROUP);
        let peer = Peer::look_up(&credentials);
        (operators.admit(&peer), peer)
    });
    let (admitted, peer) = looked_up.await.map_err(|error| failed(&error))?;
    if admitted {
        return Ok(peer);
    }
    let user = peer.to_string();
    tracing::warn!(
        audit = true,
        issued_by = user,
        "not permitted to give commands"
    );
    Err(Refusal::NotPermitted { user })
}

/// Receives a command and executes it.
async fn handle_command(stream: &mut UnixStream, peer: &Peer, agent: &Agent) -> Reply {
    let received = tokio::time::timeout(PEER_TIMEOUT, receive(stream)).await;
    let Ok(Ok(bytes)) = received else {
        tracing::warn!(peer = %peer, "a command was too long, cut off or not sent in time");
        return Reply::Refused(Refusal::UnknownCommand);
    };
    match decode::<Command>(bytes.expose()) {
        Ok(command) => agent.command(&peer.to_string(), command).await,
        Err(DecodeError::Version(version)) => {
            tracing::warn!(peer = %peer, version, "a command has another protocol version");
            Reply::Refused(Refusal::UnknownCommand)
        }
        Err(DecodeError::Malformed) => {
            tracing::warn!(peer = %peer, "a command is unknown or malformed");
            Reply::Refused(Refusal::UnknownCommand)
        }
    }
}

/// Sends one message.
pub(super) async fn send(stream: &mut UnixStream, bytes: &Secret) -> std::io::Result<()> {
    let length = u32::try_from(bytes.expose().len()).map_err(std::io::Error::other)?;
    stream.write_all(&length.to_be_bytes()).await?;
    stream.write_all(bytes.expose()).await
}

/// Receives one message; an error if its length exceeds the maximum.
pub(super) async fn receive(stream: &mut UnixStream) -> std::io::Result<Secret> {
    let length = stream.read_u32().await?;
    let length = usize::try_from(length).map_err(std::io::Error::other)?;
    if length > MAX_MESSAGE_BYTES {
        return Err(std::io::Error::other("the message is too long"));
    }
    let mut bytes = vec![0; length];
    let read = stream.read_exact(&mut bytes).await;
    // Wiped when it is dropped, also if reading failed.
    let bytes = Secret::new(bytes);
    read.map(|_| bytes)
}
