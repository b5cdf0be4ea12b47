//! One agent's connection, as the portal serves it: what it hears and what it writes.

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

/// One connected agent.
pub(super) struct Agent {
    pub hello: Hello,
    pub directory_up: AtomicBool,
    pub mail_up: AtomicBool,
    pub alarmed: AtomicBool,
    pub skew: Skew,
    /// It told its clock, and is told the portal's.
    tells_time: bool,
    leaving: AtomicBool,
    pub queue: mpsc::Sender<Outgoing>,
    /// One for each ask under way.
    pub slots: Slots,
    pub replaced: Notify,
}

/// The connected agent of each tenant.
pub(super) type Agents = HashMap<String, Arc<Agent>>;

impl Agent {
    pub fn new(mut hello: Hello, queue: mpsc::Sender<Outgoing>, now: u64) -> Self {
        let (skew, told) = (Skew::default(), hello.now.take());
        if let Some(theirs) = told {
            // Only until the first heartbeats: how long the hello was under way is not known.
            skew.note(skew::ahead(theirs, now));
        }
        Self {
            hello,
            directory_up: AtomicBool::new(false),
            mail_up: AtomicBool::new(true),
            alarmed: AtomicBool::new(false),
            skew,
            tells_time: told.is_some(),
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
    /// Set once, by whoever comes first: the writer that takes it or the asker that gives up.
    pub taken: Arc<AtomicBool>,
}

/// Who waits for which answer.
pub(super) type Pending = Mutex<HashMap<MessageId, oneshot::Sender<Answer>>>;

/// Keeps an agent findable for as long as its connection is served.
pub(super) struct Connected<'a> {
    pub agents: &'a Mutex<Agents>,
    pub tenant: &'a str,
    pub agent: Arc<Agent>,
}

impl<'a> Connected<'a> {
    /// Takes the tenant's place; whoever had it is told.
    pub fn register(agents: &'a Mutex<Agents>, tenant: &'a str, agent: Agent) -> Self {
        let agent = Arc::new(agent);
        let before = lock(agents).insert(tenant.to_owned(), Arc::clone(&agent));
        if let Some(before) = before {
            warn!("a second agent of this tenant replaces the first");
            before.replaced.notify_one();
        }
        Self {
            agents,
            tenant,
            agent,
        }
    }

    fn forget(&self) {
        let mut agents = lock(self.agents);
        if agents
            .get(self.tenant)
            .is_some_and(|agent| Arc::ptr_eq(agent, &self.agent))
        {
            agents.remove(self.tenant);
        }
    }
}

impl Drop for Connected<'_> {
    fn drop(&mut self) {
        self.forget();
    }
}

/// Hears the agent until its connection ends.
pub(super) async fn hear<S, E>(
    hearing: &mut FrameReader<S>,
    connected: &Connected<'_>,
    pending: &Pending,
    echo: &mpsc::Sender<Package>,
    clock: &Clock,
) -> Result<(), Disconnect>
where
    S: Stream<Item = Result<Vec<u8>, E>> + Unpin,
    E: Display,
{
    let agent = &connected.agent;
    loop {
        let package = match hearing.next().await {
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
                    agent.skew.note(ahead);
                }
                let answer = Heartbeat {
                    now: agent.tells_time.then(|| clock()),
                    ..Heartbeat::plain(beat.directory_up)
                };
                let content = Content::Heartbeat(answer);
                // Full: the last echo is still being written, and is sign of life enough.
                echo.try_send(Package { content, ..package }).ok();
            }
            Content::Answer(answer) => match lock(pending).remove(&package.id) {
                // Nobody may be waiting any more; the agent did answer.
                Some(waiting) => drop(waiting.send(answer)),
                None => debug!("an answer to nothing that was asked was dropped"),
            },
            Content::Goodbye(_) => {
                info!("the agent is stopping");
                agent.leaving.store(true, Ordering::Relaxed);
                connected.forget();
            }
            Content::Hello(_) | Content::Ask(_) => hearing.refuse(PackageError::Unexpected),
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
pub(super) async fn speak<S, E>(
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
            Some(ask) = asks.recv() => take(ask, channel, agent, pending),
            // Both senders outlive this loop.
            else => std::future::pending().await,
        };
        let Some(frame) = frame else { continue };
        if let Err(error) = sink.send(frame).await {
            return Disconnect::Socket(error.to_string());
        }
    }
}

/// Takes an ask over for writing, unless nobody waits for it or it cannot be written. One that is
/// not taken was not handed over, and its asker learns so.
fn take(ask: Outgoing, channel: &Channel, agent: &Agent, pending: &Pending) -> Option<Vec<u8>> {
    if agent.leaving.load(Ordering::Relaxed) || ask.answer.is_closed() {
        return None;
    }
    let frame = ask
        .package
        .seal(channel)
        .inspect_err(|error| warn!(%error, "an ask was not handed over"))
        .ok()?;
    if ask.taken.swap(true, Ordering::AcqRel) {
        return None;
    }
    let mut pending = lock(pending);
    // Those whose askers have given up and that the agent never answered.
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

/// What these locks guard is whole after every statement, so a panic elsewhere harms nothing.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
