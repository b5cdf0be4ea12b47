//! The agent's end of the socket: who may use it, and one command at a time from each.

use super::messages::{NoMessage, decode, encode};
use super::peer::{Operators, Peer};
use super::{Command, MAX_MESSAGE, OPERATORS, Refusal, Reply, SocketError};
use crate::Agent;
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

/// How long a peer may take to send its command, and to take the reply.
const PEER_TIMEOUT: Duration = Duration::from_secs(5);

/// How many peers are served at the same time.
const AT_ONCE: usize = 16;

/// How long no peer is accepted after accepting one failed.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// The socket, which is removed when this is dropped.
#[derive(Debug)]
pub struct ControlSocket {
    listener: UnixListener,
    path: PathBuf,
}

impl ControlSocket {
    /// Offers the socket: to the group of operators if the system has it, else to the agent's own
    /// user alone. What an agent that was killed has left behind is replaced.
    ///
    /// # Errors
    /// Others may write to its directory, something else is at its place, or the system refuses.
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
        let group = Operators::of_this_system(OPERATORS).group;
        let given = group.map(|group| std::os::unix::fs::chown(path, None, Some(group)));
        let mode = match given {
            Some(Ok(())) => 0o660,
            Some(Err(error)) => {
                tracing::warn!(
                    %error,
                    group = OPERATORS,
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

    /// Takes commands for an agent, until it is dropped.
    pub async fn serve(self, agent: Agent) {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return;
            };
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let agent = agent.clone();
                    tokio::spawn(async move {
                        serve_peer(stream, agent).await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::error!(%error, "the control socket accepts nobody");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }
}

impl Drop for ControlSocket {
    fn drop(&mut self) {
        // What cannot be removed is replaced at the next start.
        let _left = std::fs::remove_file(&self.path);
    }
}

/// The directory must be one in which nobody else can put something in the socket's place.
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

/// Removes the socket of an agent that is no more.
fn remove_abandoned(path: &Path) -> Result<(), String> {
    let metadata = match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        metadata => metadata.map_err(|error| error.to_string())?,
    };
    if !metadata.file_type().is_socket() {
        return Err("expected a socket or nothing at this place, found something else".to_owned());
    }
    match std::os::unix::net::UnixStream::connect(path) {
        Ok(_) => Err("another agent takes commands here; one agent a socket".to_owned()),
        Err(_) => std::fs::remove_file(path).map_err(|error| error.to_string()),
    }
}

async fn serve_peer(mut stream: UnixStream, agent: Agent) {
    let reply = match peer_of(&stream).await {
        Ok(peer) => reply_to(&mut stream, &peer, &agent).await,
        Err(refusal) => Reply::Refused(refusal),
    };
    let Some(bytes) = encode(&reply) else {
        tracing::error!("a reply to a command is too long");
        return;
    };
    let sent = tokio::time::timeout(PEER_TIMEOUT, send(&mut stream, &bytes)).await;
    if !matches!(sent, Ok(Ok(()))) {
        tracing::warn!("a command was done, and nobody took the reply");
    }
}

/// The peer, if it may give commands.
async fn peer_of(stream: &UnixStream) -> Result<Peer, Refusal> {
    let failed = |error: &dyn fmt::Display| {
        tracing::error!(%error, "a peer of the control socket cannot be told");
        Refusal::Failed("the agent cannot tell who you are".to_owned())
    };
    let credentials = stream.peer_cred().map_err(|error| failed(&error))?;
    let looked_up = tokio::task::spawn_blocking(move || {
        let operators = Operators::of_this_system(OPERATORS);
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

async fn reply_to(stream: &mut UnixStream, peer: &Peer, agent: &Agent) -> Reply {
    let received = tokio::time::timeout(PEER_TIMEOUT, receive(stream)).await;
    let Ok(Ok(bytes)) = received else {
        tracing::warn!(peer = %peer, "a command was too long, cut off or not sent in time");
        return Reply::Refused(Refusal::UnknownCommand);
    };
    match decode::<Command>(bytes.expose()) {
        Ok(command) => agent.command(&peer.to_string(), command).await,
        Err(NoMessage::Version(version)) => {
            tracing::warn!(peer = %peer, version, "a command is of another version");
            Reply::Refused(Refusal::UnknownCommand)
        }
        Err(NoMessage::Malformed) => {
            tracing::warn!(peer = %peer, "a command is not known");
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

/// Receives one message; an error if it says to be longer than any.
pub(super) async fn receive(stream: &mut UnixStream) -> std::io::Result<Secret> {
    let length = stream.read_u32().await?;
    let length = usize::try_from(length).map_err(std::io::Error::other)?;
    if length > MAX_MESSAGE {
        return Err(std::io::Error::other("the message is too long"));
    }
    let mut bytes = vec![0; length];
    let read = stream.read_exact(&mut bytes).await;
    // Wiped, whatever has come of it.
    let bytes = Secret::new(bytes);
    read.map(|_| bytes)
}
