//! The portal's half: serves connected agents, sends asks and matches answers by message id.

use super::connection::{
    Agent, Agents, Outgoing, Pending, Registration, lock, read_packages, write_frames,
};
use super::link::{FrameReader, Lost};
use super::{MAX_ASKS, Timing};
use crate::package::{Channel, Content, Direction, Goodbye, MessageId, Package, PackageError};
use crate::{AgentState, Answer, Ask, AskError, Clock, Hello, Relay, VERSION};
use async_trait::async_trait;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use postern_envelope::package::PackageKey;
use std::fmt::Display;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tracing::{info, instrument};

/// The agents that are connected to this portal.
///
/// At most [`MAX_ASKS`] asks of one tenant are pending at once, and of one network at most as many
/// as are left for all others. Any further ask fails with [`AskError::Down`]: it was not handed
/// over, and may be tried again.
pub struct Embedded {
    timing: Timing,
    clock: Clock,
    agents: Mutex<Agents>,
}

/// The reason why an agent's connection ended, if the agent did not close it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Disconnect {
    /// The agent sent no hello in time.
    #[error("the agent sent no hello in time")]
    NoHello,
    /// The first frame was not a hello of this tenant: most likely another package key.
    #[error("the agent's hello was not accepted: {0}")]
    Hello(PackageError),
    /// The agent uses another version.
    #[error("expected an agent of version {portal}, found version {agent}")]
    Version {
        /// The agent's version.
        agent: u8,
        /// This portal's version.
        portal: u8,
    },
    /// No package was received for too long.
    #[error("nothing was heard from the agent")]
    Silent,
    /// Another agent of the same tenant has connected.
    #[error("another agent of the same tenant has connected or enrolled")]
    Replaced,
    /// The hello was opened, but the caller refused it: it is not from the agent that enrolled.
    #[error("the agent is not, or not any more, the one that enrolled")]
    NotEnrolled,
    /// The connection broke.
    #[error("the connection broke: {0}")]
    Socket(String),
}

impl Embedded {
    /// Creates a portal without connected agents.
    #[must_use]
    pub fn new(timing: Timing, clock: Clock) -> Self {
        Self {
            timing,
            clock,
            agents: Mutex::default(),
        }
    }

    /// Ends the connection of a tenant's agent at once, because another has enrolled in its place.
    pub fn dismiss(&self, tenant: &str) {
        if let Some(agent) = lock(&self.agents).remove(tenant) {
            agent.replaced.notify_one();
        }
    }

    /// Serves one agent's connection until it ends. `socket` carries binary messages; the caller
    /// must have checked the agent's secret ([`super::secret_matches`]) and limits a message to
    /// [`crate::package::MAX_FRAME`]. `is_enrolled` is called with the hello, and again once the
    /// agent is registered, because the enrollment may have been revoked in between.
    ///
    /// The future may be dropped at any time; the agent is then no longer connected.
    ///
    /// # Errors
    /// [`Disconnect`], for the log; the agent has been told the reason where possible.
    #[instrument(name = "relay", skip_all, fields(tenant = tenant))]
    pub async fn serve<S, E>(
        &self,
        tenant: &str,
        key: PackageKey,
        is_enrolled: impl Fn(&Hello) -> bool + Send + Sync,
        socket: S,
    ) -> Result<(), Disconnect>
    where
        S: Stream<Item = Result<Vec<u8>, E>> + Sink<Vec<u8>, Error = E> + Send + Unpin,
        E: Display,
    {
        let [incoming, outgoing] = [Direction::ToPortal, Direction::ToAgent].map(|direction| {
            let (tenant, key) = (tenant.to_owned(), key.clone());
            Channel {
                tenant,
                direction,
                key,
            }
        });
        let (mut sink, stream) = socket.split();
        let mut reader = FrameReader::new(stream, incoming, self.timing.silence);
        let ended = match self.receive_hello(&mut reader).await {
            Ok(hello) if !is_enrolled(&hello) => Err(Disconnect::NotEnrolled),
            Ok(hello) => {
                info!(
                    program = hello.program,
                    kid = hello.key.thumbprint(),
                    "agent connected"
                );
                let agent = (hello, &is_enrolled);
                self.serve_agent(tenant, agent, &mut reader, &mut sink, &outgoing)
                    .await
            }
            Err(refused) => Err(refused),
        };
        self.send_goodbye(&ended, &mut reader, &mut sink, &outgoing)
            .await;
        ended
    }

    /// Receives the agent's hello, which must be the first frame, in time and of this version.
    async fn receive_hello<S, E>(&self, reader: &mut FrameReader<S>) -> Result<Hello, Disconnect>
    where
        S: Stream<Item = Result<Vec<u8>, E>> + Unpin,
        E: Display,
    {
        let version = |agent| Disconnect::Version {
            agent,
            portal: VERSION,
        };
        let first = match reader.first(self.timing.hello).await {
            Ok(first) => first,
            Err(Lost::Socket(error)) => return Err(Disconnect::Socket(error)),
            Err(Lost::Closed | Lost::Silent) => return Err(Disconnect::NoHello),
        };
        match first.map(|package| package.content) {
            Ok(Content::Hello(hello)) if hello.version == VERSION => Ok(hello),
            Ok(Content::Hello(hello)) => Err(version(hello.version)),
            Ok(_) => Err(Disconnect::Hello(PackageError::Unexpected)),
            Err(PackageError::Version(agent)) => Err(version(agent)),
            Err(error) => Err(Disconnect::Hello(error)),
        }
    }

    async fn serve_agent<R, W, E>(
        &self,
        tenant: &str,
        (hello, is_enrolled): (Hello, &(impl Fn(&Hello) -> bool + Sync)),
        reader: &mut FrameReader<R>,
        sink: &mut W,
        outgoing: &Channel,
    ) -> Result<(), Disconnect>
    where
        R: Stream<Item = Result<Vec<u8>, E>> + Unpin,
        W: Sink<Vec<u8>, Error = E> + Unpin,
        E: Display,
    {
        let (queue, mut asks) = mpsc::channel(MAX_ASKS);
        let (echo, mut echoes) = mpsc::channel(1);
        // Dropped in reverse order: the agent is unregistered before its pending asks are dropped.
        let pending = Pending::default();
        let registration = Registration::register(
            &self.agents,
            tenant,
            Agent::new(hello, queue, (self.clock)()),
        );
        let agent = &registration.agent;
        if !is_enrolled(&agent.hello) {
            return Err(Disconnect::NotEnrolled);
        }
        tokio::select! {
            ended = read_packages(reader, &registration, &pending, &echo, &self.clock) => ended,
            ended = write_frames(sink, outgoing, &mut asks, &mut echoes, agent, &pending) => {
                Err(ended)
            }
            () = agent.replaced.notified() => Err(Disconnect::Replaced),
        }
    }

    /// Sends the reason, if the agent can act on it, and closes the connection.
    async fn send_goodbye<R, W, E>(
        &self,
        ended: &Result<(), Disconnect>,
        reader: &mut FrameReader<R>,
        sink: &mut W,
        outgoing: &Channel,
    ) where
        R: Stream<Item = Result<Vec<u8>, E>> + Unpin,
        W: Sink<Vec<u8>, Error = E> + Unpin,
        E: Display,
    {
        let goodbye = match ended {
            Err(Disconnect::Version { .. }) => Some(Goodbye::Version),
            Err(Disconnect::Hello(_) | Disconnect::NotEnrolled) => Some(Goodbye::NotAccepted),
            Err(Disconnect::Replaced) => Some(Goodbye::Replaced),
            Err(Disconnect::Silent | Disconnect::NoHello | Disconnect::Socket(_)) | Ok(()) => None,
        };
        let last = goodbye.and_then(|goodbye| {
            let package = Package::new(Content::Goodbye(goodbye)).ok()?;
            package.seal(outgoing).ok()
        });
        let closing = async {
            if let Some(last) = last {
                sink.send(last).await.ok();
            }
            sink.close().await.ok();
            // Unread data could make the system reset the connection before the agent has read the
            // goodbye.
            reader.drain().await;
        };
        // The connection may be dead; then the goodbye is not waited for.
        timeout(self.timing.hello, closing).await.ok();
    }

    fn find(&self, tenant: &str) -> Option<Arc<Agent>> {
        lock(&self.agents).get(tenant).cloned()
    }
}

#[async_trait]
impl Relay for Embedded {
    fn agent(&self, tenant: &str) -> Option<AgentState> {
        let agent = self.find(tenant)?;
        Some(AgentState {
            hello: agent.hello.clone(),
            directory_up: agent.directory_up.load(Ordering::Relaxed),
            mail_up: agent.mail_up.load(Ordering::Relaxed),
            alarmed: agent.alarmed.load(Ordering::Relaxed),
            clock_ahead: agent.skew.ahead(),
        })
    }

    async fn ask(&self, tenant: &str, expires: u64, ask: Ask) -> Result<Answer, AskError> {
        let remaining_seconds = expires.saturating_sub((self.clock)());
        if remaining_seconds == 0 {
            return Ok(Answer::Expired);
        }
        let agent = self.find(tenant).ok_or(AskError::Down)?;
        let _slot = agent.slots.acquire(&ask).ok_or(AskError::Down)?;
        let (answer, answered) = oneshot::channel();
        let claimed = Arc::new(AtomicBool::new(false));
        let outgoing = Outgoing {
            package: Package {
                id: MessageId::generate().map_err(|_| AskError::Down)?,
                expires,
                content: Content::Ask(ask),
            },
            answer,
            claimed: Arc::clone(&claimed),
        };
        agent.queue.try_send(outgoing).map_err(|_| AskError::Down)?;
        match timeout(Duration::from_secs(remaining_seconds), answered).await {
            Ok(Ok(answer)) => Ok(answer),
            // The first swap decides: an ask that is not claimed by now never will be.
            _ if claimed.swap(true, Ordering::AcqRel) => Err(AskError::NoAnswer),
            _ => Err(AskError::Down),
        }
    }
}
