//! The portal's half: agents connect, asks go out, answers come back by message id.

use super::connection::{Agent, Agents, Connected, Outgoing, Pending, hear, lock, speak};
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
/// At most [`MAX_ASKS`] asks of one tenant are under way at once, and of one network at most as
/// many as are left to all others. One more is answered [`AskError::Down`]: it was not handed
/// over, and trying again is right.
pub struct Embedded {
    timing: Timing,
    clock: Clock,
    agents: Mutex<Agents>,
}

/// Why an agent's connection ended otherwise than by the agent closing it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Disconnect {
    /// The agent said no hello in time.
    #[error("the agent said no hello in time")]
    NoHello,
    /// The first frame was no hello of this tenant: most likely another package key.
    #[error("the agent's hello was not accepted: {0}")]
    Hello(PackageError),
    /// The agent is of another version.
    #[error("the agent speaks version {agent}, the portal version {portal}")]
    Version {
        /// The agent's.
        agent: u8,
        /// This portal's.
        portal: u8,
    },
    /// Nothing was heard for too long.
    #[error("nothing was heard from the agent")]
    Silent,
    /// Another agent of the same tenant has connected.
    #[error("another agent of the same tenant has connected or enrolled")]
    Replaced,
    /// The hello opened, and the caller refused it: it is not of the agent that enrolled.
    #[error("the agent is not, or not any more, the one that enrolled")]
    NotEnrolled,
    /// The connection broke.
    #[error("the connection broke: {0}")]
    Socket(String),
}

impl Embedded {
    /// A portal without agents yet.
    #[must_use]
    pub fn new(timing: Timing, clock: Clock) -> Self {
        Self {
            timing,
            clock,
            agents: Mutex::default(),
        }
    }

    /// Ends the connection of a tenant's agent at once: another has enrolled in its place.
    pub fn dismiss(&self, tenant: &str) {
        if let Some(agent) = lock(&self.agents).remove(tenant) {
            agent.replaced.notify_one();
        }
    }

    /// Serves one agent's connection until it ends. `socket` carries binary messages; whoever
    /// calls has checked the agent's secret ([`super::secret_matches`]) and limits a message to
    /// [`crate::package::MAX_FRAME`]. `is_enrolled` is asked of the hello, and again once the agent
    /// can be found: between the two it may have been voided.
    ///
    /// The future may be dropped at any time: the agent counts as gone from then on.
    ///
    /// # Errors
    /// [`Disconnect`], for the log; the agent was told where it can be.
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
        let mut hearing = FrameReader::new(stream, incoming, self.timing.silence);
        let ended = match self.greet(&mut hearing).await {
            Ok(hello) if !is_enrolled(&hello) => Err(Disconnect::NotEnrolled),
            Ok(hello) => {
                info!(
                    program = hello.program,
                    kid = hello.key.thumbprint(),
                    "agent connected"
                );
                let agent = (hello, &is_enrolled);
                self.converse(tenant, agent, &mut hearing, &mut sink, &outgoing)
                    .await
            }
            Err(refused) => Err(refused),
        };
        self.send_goodbye(&ended, &mut hearing, &mut sink, &outgoing)
            .await;
        ended
    }

    /// The agent's hello, which must come first, in time, and in this version.
    async fn greet<S, E>(&self, hearing: &mut FrameReader<S>) -> Result<Hello, Disconnect>
    where
        S: Stream<Item = Result<Vec<u8>, E>> + Unpin,
        E: Display,
    {
        let version = |agent| Disconnect::Version {
            agent,
            portal: VERSION,
        };
        let first = match hearing.first(self.timing.hello).await {
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

    async fn converse<R, W, E>(
        &self,
        tenant: &str,
        (hello, is_enrolled): (Hello, &(impl Fn(&Hello) -> bool + Sync)),
        hearing: &mut FrameReader<R>,
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
        // Dropped last to first: the agent is not found any more before its asks are let go.
        let pending = Pending::default();
        let connected = Connected::register(
            &self.agents,
            tenant,
            Agent::new(hello, queue, (self.clock)()),
        );
        let agent = &connected.agent;
        if !is_enrolled(&agent.hello) {
            return Err(Disconnect::NotEnrolled);
        }
        tokio::select! {
            ended = hear(hearing, &connected, &pending, &echo, &self.clock) => ended,
            ended = speak(sink, outgoing, &mut asks, &mut echoes, agent, &pending) => Err(ended),
            () = agent.replaced.notified() => Err(Disconnect::Replaced),
        }
    }

    /// Says why, where the agent can use it, and closes.
    async fn send_goodbye<R, W, E>(
        &self,
        ended: &Result<(), Disconnect>,
        hearing: &mut FrameReader<R>,
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
            // What is left unread could make the system reset the connection, and the agent
            // lose the last word.
            hearing.drain().await;
        };
        // The connection may be dead; then nobody waits for these words.
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
        let left = expires.saturating_sub((self.clock)());
        if left == 0 {
            return Ok(Answer::Expired);
        }
        let agent = self.find(tenant).ok_or(AskError::Down)?;
        let _slot = agent.slots.acquire(&ask).ok_or(AskError::Down)?;
        let (answer, answered) = oneshot::channel();
        let taken = Arc::new(AtomicBool::new(false));
        let outgoing = Outgoing {
            package: Package {
                id: MessageId::generate().map_err(|_| AskError::Down)?,
                expires,
                content: Content::Ask(ask),
            },
            answer,
            taken: Arc::clone(&taken),
        };
        agent.queue.try_send(outgoing).map_err(|_| AskError::Down)?;
        match timeout(Duration::from_secs(left), answered).await {
            Ok(Ok(answer)) => Ok(answer),
            // Whoever swaps first decides: not taken by now, it never will be.
            _ if taken.swap(true, Ordering::AcqRel) => Err(AskError::NoAnswer),
            _ => Err(AskError::Down),
        }
    }
}
