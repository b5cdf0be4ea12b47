//! One agent's connection on the portal's side: reading packages and writing asks and echoes.

use super::MAX_ASKS;
use super::link::{FrameReader, Lost};
use super::portal::Disconnect;
use super::skew::{self, Skew};
use super::slots::Slots;
use crate::package::{Channel, Content, MessageId, Package, PackageError};
use crate::{Answer, Ask, Clock, Heartbeat, Hello};
use futures_util::{Sink, SinkExt, Stream};
use std::collections::HashMap;
use std::fmt::Display;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, mpsc, oneshot};
use tracing::{debug, info, warn};

/// A connected agent.
pub(super) struct Agent {
    pub hello: Hello,
    pub directory_up: AtomicBool,
    pub mail_up: AtomicBool,
    pub alarmed: AtomicBool,
    pub skew: Skew,
    /// Whether the agent sent its clock, and so receives the portal's.
    sends_clock: bool,
    leaving: AtomicBool,
    pub queue: mpsc::Sender<Outgoing>,
    /// One slot for each pending ask.
    pub slots: Slots,
    pub replaced: Notify,
}

/// The connected agents, by tenant.
pub(super) type Agents = HashMap<String, Arc<Agent>>;

impl Agent {
    pub fn new(mut hello: Hello, queue: mpsc::Sender<Outgoing>, now: u64) -> Self {
        let (skew, hello_time) = (Skew::default(), hello.now.take());
        if let Some(agent_time) = hello_time {
            // Used only until the first heartbeats: the hello's time of travel is not known.
            skew.record(skew::ahead(agent_time, now));
        }
        Self {
            hello,
            directory_up: AtomicBool::new(false),
            mail_up: AtomicBool::new(true),
            alarmed: AtomicBool::new(false),
            skew,
            sends_clock: hello_time.is_some(),
            leaving: AtomicBool::new(false),
            queue,
            slots: Slots::default(),
            replaced: Notify::new(),
        }
    }
}

/// An ask on its way to the socket.
pub(super) struct Outgoing {
    pub package: Package,
    pub answer: oneshot::Sender<Answer>,
    /// Set once, by the first of the two: the writer claiming the ask, or the asker giving up.
    pub claimed: Arc<AtomicBool>,
}

/// The asks that wait for an answer, by message id.
pub(super) type Pending = Mutex<HashMap<MessageId, oneshot::Sender<Answer>>>;

/// Registers an agent while its connection is served; dropping it removes the agent.
pub(super) struct Registration<'a> {
    pub agents: &'a Mutex<Agents>,
    pub tenant: &'a str,
    pub agent: Arc<Agent>,
}

impl<'a> Registration<'a> {
    /// Registers the tenant's agent, and notifies the agent that it replaces.
    pub fn register(agents: &'a Mutex<Agents>, tenant: &'a str, agent: Agent) -> Self {
        let agent = Arc::new(agent);
        let previous = lock(agents).insert(tenant.to_owned(), Arc::clone(&agent));
        if let Some(previous) = previous {
            warn!("a second agent of this tenant replaces the first");
            previous.replaced.notify_one();
        }
        Self {
            agents,
            tenant,
            agent,
        }
    }

    fn unregister(&self) {
        let mut agents = lock(self.agents);
        if agents
            .get(self.tenant)
            .is_some_and(|agent| Arc::ptr_eq(agent, &self.agent))
        {
            agents.remove(self.tenant);
        }
    }
}

impl Drop for Registration<'_> {
    fn drop(&mut self) {
        self.unregister();
    }
}

/// Reads and handles packages of the agent until its connection ends.
pub(super) async fn read_packages<S, E>(
    reader: &mut FrameReader<S>,
    registration: &Registration<'_>,
    pending: &Pending,
    echo: &mpsc::Sender<Package>,
    clock: &Clock,
) -> Result<(), Disconnect>
where
    S: Stream<Item = Result<Vec<u8>, E>> + Unpin,
    E: Display,
{
    let agent = &registration.agent;
    loop {
        let package = match reader.next().await {
            Ok(package) => package,
            Err(Lost::Closed) => return Ok(()),
            Err(Lost::Silent) => return Err(Disconnect::Silent),
            Err(Lost::Socket(error)) => return Err(Disconnect::Socket(error)),
        };
        match package.content {
            Content::Heartbeat(beat) => {
                agent
                    .directory_up
                    .store(beat.directory_up, Ordering::Relaxed);
                let mail_up = beat.mail_up.unwrap_or(true);
                agent.mail_up.store(mail_up, Ordering::Relaxed);
                let alarmed = beat.alarmed.unwrap_or(false);
                agent.alarmed.store(alarmed, Ordering::Relaxed);
                if let Some(ahead) = beat.clock_ahead {
                    agent.skew.record(ahead);
                }
                let answer = Heartbeat {
                    now: agent.sends_clock.then(|| clock()),
                    ..Heartbeat::plain(beat.directory_up)
                };
                let content = Content::Heartbeat(answer);
                // If it is full, the last echo is still being written, which is enough.
                echo.try_send(Package { content, ..package }).ok();
            }
            Content::Answer(answer) => match lock(pending).remove(&package.id) {
                // The asker may have given up in the meantime.
                Some(waiting) => drop(waiting.send(answer)),
                None => debug!("an answer without a pending ask was dropped"),
            },
            Content::Goodbye(_) => {
                info!("the agent is stopping");
                agent.leaving.store(true, Ordering::Relaxed);
                registration.unregister();
            }
            Content::Hello(_) | Content::Ask(_) => reader.refuse(PackageError::Unexpected),
        }
        if agent.leaving.load(Ordering::Relaxed) {
            let mut pending = lock(pending);
            pending.retain(|_, waiting| !waiting.is_closed());
            if pending.is_empty() {
                return Ok(());
            }
        }
    }
}

/// Writes echoes and asks until the socket fails.
pub(super) async fn write_frames<S, E>(
    sink: &mut S,
    channel: &Channel,
    asks: &mut mpsc::Receiver<Outgoing>,
    echoes: &mut mpsc::Receiver<Package>,
    agent: &Agent,
    pending: &Pending,
) -> Disconnect
where
    S: Sink<Vec<u8>, Error = E> + Unpin,
    E: Display,
{
    loop {
        let frame = tokio::select! {
            biased;
            Some(echo) = echoes.recv() => echo.seal(channel).ok(),
            Some(ask) = asks.recv() => claim_ask(ask, channel, agent, pending),
            // Both senders outlive this loop.
            else => std::future::pending().await,
        };
        let Some(frame) = frame else { continue };
        if let Err(error) = sink.send(frame).await {
            return Disconnect::Socket(error.to_string());
        }
    }
}

/// Claims an ask for writing and returns its frame, unless nobody waits for the answer or it cannot
/// be sealed. An ask that is not claimed was not handed over, which its asker can see.
fn claim_ask(
    ask: Outgoing,
    channel: &Channel,
    agent: &Agent,
    pending: &Pending,
) -> Option<Vec<u8>> {
    if agent.leaving.load(Ordering::Relaxed) || ask.answer.is_closed() {
        return None;
    }
    let frame = ask
        .package
        .seal(channel)
        .inspect_err(|error| warn!(%error, "an ask was not handed over"))
        .ok()?;
    if ask.claimed.swap(true, Ordering::AcqRel) {
        return None;
    }
    let mut pending = lock(pending);
    // Remove the asks whose askers have given up and that the agent never answered.
    if pending.len() >= 2 * MAX_ASKS {
        pending.retain(|_, waiting| !waiting.is_closed());
    }
    pending.insert(ask.package.id, ask.answer);
    if let Content::Ask(Ask::Message { metadata, .. }) = &ask.package.content {
        info!(
            support_code = metadata.support_code,
            bytes = frame.len(),
            "handed to the agent"
        );
    }
    Some(frame)
}

/// Locks a mutex. Its data is consistent after every statement, so a panic elsewhere does no harm.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
