//! The agent's half: dials out, sends the hello, answers asks, and reconnects when the connection
//! breaks.

use super::connection::lock;
use super::dial::{DialError, Dialler, Socket};
use super::ended::{BackOff, ConnectionEnd};
use super::enrollment::encode_secret;
use super::link::{FrameReader, Lost};
use super::skew::{self, Skew};
use super::{MAX_ASKS, Timing};
use crate::package::{Channel, Content, Direction, Goodbye, MessageId, Package, PackageError};
use crate::{Answer, Ask, Clock, Handler, Heartbeat, Hello, VERSION};
use futures_util::future::Shared;
use futures_util::{FutureExt, Sink, SinkExt, Stream, StreamExt};
use postern_envelope::Secret;
use postern_envelope::package::PackageKey;
use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Error as Broken;
use tracing::{error, info, instrument, warn};

/// The address and the credentials with which an agent connects.
#[derive(Clone)]
pub struct Dial {
    /// The portal's URL, such as `wss://portal.example`; `/relay/{tenant}` is appended. `ws://` is
    /// for loopback only.
    pub url: String,
    /// The tenant.
    pub tenant: String,
    /// The relay secret: 32 bytes, from [`super::enroll`].
    pub secret: Secret,
    /// The tenant's package key, from [`super::enroll`].
    pub package_key: PackageKey,
    /// A PEM file with the certificate authorities to trust; without it, the system's.
    pub ca_file: Option<PathBuf>,
    /// The time limits and intervals.
    pub timing: Timing,
    /// The clock, used to decide which messages are late.
    pub clock: Clock,
}

/// Connects, answers and reconnects until `stopped`; then finishes the pending answers, for at most
/// [`Timing::stop`].
///
/// A late message is answered [`Answer::Expired`] and not passed to `handler`. If a handler panics
/// or hangs, only its own answer is lost.
///
/// # Errors
/// The address or the authority file cannot be used. Any other failure is logged and retried.
#[instrument(name = "relay", skip_all, fields(tenant = dial.tenant))]
pub async fn run(
    dial: Dial,
    hello: Hello,
    handler: Arc<dyn Handler>,
    stopped: impl Future<Output = ()> + Send,
) -> Result<(), DialError> {
    let timing = dial.timing;
    let dialler = Dialler::new(&dial.url, &dial.tenant, dial.ca_file.as_deref(), &timing)?;
    let secret = encode_secret(&dial.secret);
    let agent = Agent {
        dial,
        hello,
        handler,
        slots: Arc::new(Semaphore::new(MAX_ASKS)),
        skew: Skew::default(),
    };
    let stop_deadline = stopped.map(|()| Instant::now() + timing.stop).shared();
    let mut back_off = BackOff::new(timing);
    loop {
        let ended = tokio::select! {
            connected = dialler.connect("Bearer", &secret) => match connected {
                Ok(socket) => {
                    let stop = stop_deadline.clone();
                    agent.run_connection(socket, stop, &mut back_off).await
                }
                Err(error) => error.into(),
            },
            _ = stop_deadline.clone() => break,
        };
        if stop_deadline.peek().is_some() {
            break;
        }
        let wait = back_off.next_wait(&ended);
        ended.log(wait);
        tokio::select! {
            () = sleep(wait) => {}
            _ = stop_deadline.clone() => break,
        }
    }
    // Asks of connections that have broken since are finished too, although their answers cannot be
    // sent.
    let every_slot = u32::try_from(MAX_ASKS).unwrap_or(u32::MAX);
    let rest = stop_deadline
        .await
        .saturating_duration_since(Instant::now());
    match timeout(rest, agent.slots.acquire_many(every_slot)).await {
        Ok(_) => info!("stopped"),
        Err(_) => warn!("stopped before every answer was finished"),
    }
    Ok(())
}

/// The state that all connections of one run share.
struct Agent {
    dial: Dial,
    hello: Hello,
    handler: Arc<dyn Handler>,
    /// One slot for each ask being answered. Slots outlive the connection of their ask.
    slots: Arc<Semaphore>,
    skew: Skew,
}

/// The state of one connection's heartbeats, which measure the portal's clock.
#[derive(Default)]
struct HeartbeatState {
    /// The id of the last heartbeat, and its time of sending by this agent's clock.
    last_sent: Option<(MessageId, u64)>,
    /// The number of seconds by which this agent's clock is ahead of the portal's; `None` until the
    /// portal has sent its clock.
    ahead: Option<i64>,
}

impl Agent {
    /// Runs one connection, from the hello to its end.
    async fn run_connection<F>(
        &self,
        socket: impl Socket,
        stop_deadline: Shared<F>,
        back_off: &mut BackOff,
    ) -> ConnectionEnd
    where
        F: Future<Output = Instant> + Send,
    {
        let timing = self.dial.timing;
        let (mut sink, stream) = socket.split();
        let incoming = self.channel(Direction::ToAgent);
        let mut reader = FrameReader::new(stream, incoming, timing.silence);
        let (outbox, queued) = mpsc::channel(MAX_ASKS);
        // The channel is empty, so the hello is sent first.
        let hello = Hello {
            now: Some((self.dial.clock)()),
            ..self.hello.clone()
        };
        queue_package(&outbox, Content::Hello(hello)).await;
        let beats = Mutex::default();
        let ended = tokio::select! {
            ended = self.read_packages(&mut reader, &outbox, &beats, back_off) => ended,
            error = self.write_frames(&mut sink, queued) => Lost::Socket(error.to_string()).into(),
            never = self.beat(&outbox, &beats) => match never {},
            () = announce_stop(stop_deadline, &outbox) => Lost::Closed.into(),
        };
        // The connection may be dead; then its closing is not waited for.
        timeout(timing.hello, sink.close()).await.ok();
        ended
    }

    fn channel(&self, direction: Direction) -> Channel {
        Channel {
            tenant: self.dial.tenant.clone(),
            direction,
            key: self.dial.package_key.clone(),
        }
    }

    /// Reads and handles packages of the portal until the connection ends.
    async fn read_packages(
        &self,
        reader: &mut FrameReader<impl Stream<Item = Result<Vec<u8>, Broken>> + Unpin>,
        outbox: &mpsc::Sender<Package>,
        beats: &Mutex<HeartbeatState>,
        back_off: &mut BackOff,
    ) -> ConnectionEnd {
        let version = |portal| ConnectionEnd::Version {
            portal,
            agent: self.hello.version,
        };
        let mut connected = false;
        let mut package = match reader.first(self.dial.timing.silence).await {
            Ok(Ok(package)) => package,
            Ok(Err(PackageError::Version(portal))) => return version(portal),
            Ok(Err(error)) => return ConnectionEnd::NotOpened(error),
            Err(lost) => return lost.into(),
        };
        loop {
            if let Content::Heartbeat(Heartbeat { now, .. }) = &package.content {
                self.measure_skew(package.id, *now, beats);
            }
            match package.content {
                Content::Heartbeat(_) if connected => {}
                Content::Heartbeat(_) => {
                    info!("connected to the portal");
                    connected = true;
                    back_off.reset();
                }
                Content::Ask(ask) => self.spawn_answer(package.id, package.expires, ask, outbox),
                Content::Goodbye(Goodbye::Version) => return version(VERSION),
                Content::Goodbye(Goodbye::NotAccepted) => {
                    return ConnectionEnd::NotOpened(PackageError::Unexpected);
                }
                Content::Goodbye(Goodbye::Replaced) => return ConnectionEnd::Replaced,
                Content::Goodbye(Goodbye::Leaving) | Content::Hello(_) | Content::Answer(_) => {
                    reader.refuse(PackageError::Unexpected);
                }
            }
            package = match reader.next().await {
                Ok(package) => package,
                Err(lost) => return lost.into(),
            };
        }
    }

    /// Compares the clocks, if the portal sent its own with the echo of the last heartbeat.
    fn measure_skew(
        &self,
        echoed: MessageId,
        portal_time: Option<u64>,
        beats: &Mutex<HeartbeatState>,
    ) {
        let mut beats = lock(beats);
        if let (Some(portal_time), Some((id, sent))) = (portal_time, beats.last_sent)
            && id == echoed
        {
            let ahead = skew::smallest_ahead(sent, portal_time, (self.dial.clock)());
            self.skew.record(ahead);
            beats.ahead = Some(ahead);
        }
    }

    /// Answers one ask in a task of its own.
    fn spawn_answer(&self, id: MessageId, expires: u64, ask: Ask, outbox: &mpsc::Sender<Package>) {
        let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else {
            warn!(
                limit = MAX_ASKS,
                "an ask was dropped: too many are being answered"
            );
            return;
        };
        let now = (self.dial.clock)();
        let late = now >= expires;
        let handler = Arc::clone(&self.handler);
        let limit = self.dial.timing.answer;
        let outbox = outbox.clone();
        let (support_code, received_at) = match &ask {
            Ask::Message { metadata, .. } => (metadata.support_code.clone(), metadata.received_at),
            Ask::Sandbox { .. } | Ask::SandboxMail { .. } => (String::new(), now),
        };
        let received_ago = skew::ahead(now, received_at);
        tokio::spawn(async move {
            let answer = if late {
                warn!(
                    support_code,
                    received_ago, "came too late: nothing was done; do the clocks agree?"
                );
                Some(Answer::Expired)
            } else {
                catch_panic_and_timeout(limit, handler.answer(ask)).await
            };
            match answer {
                Some(answer) => {
                    let content = Content::Answer(answer);
                    let package = Package {
                        id,
                        expires,
                        content,
                    };
                    if outbox.send(package).await.is_err() {
                        warn!(support_code, "answered after the connection broke");
                    }
                }
                None => error!(support_code, "the handler gave no answer"),
            }
            drop(slot);
        });
    }

    /// Sends a heartbeat at every interval: whether the directory is available and, if the portal
    /// understands them, the other fields.
    async fn beat(
        &self,
        outbox: &mpsc::Sender<Package>,
        beats: &Mutex<HeartbeatState>,
    ) -> Infallible {
        let beat = self.dial.timing.beat;
        let mut ticks = interval(beat);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let directory_up = catch_panic_and_timeout(beat / 2, self.handler.directory_up()).await;
            let directory_up = directory_up.unwrap_or(false);
            let ahead = lock(beats).ahead;
            let beat = Heartbeat {
                mail_up: ahead.map(|_| self.handler.mail_up()),
                clock_ahead: ahead,
                alarmed: ahead.map(|_| self.handler.is_alarmed()),
                ..Heartbeat::plain(directory_up)
            };
            match Package::new(Content::Heartbeat(beat)) {
                Ok(package) => {
                    lock(beats).last_sent = Some((package.id, (self.dial.clock)()));
                    // The receiver ends only with this connection.
                    outbox.send(package).await.unwrap_or_default();
                }
                Err(error) => error!(%error, "a heartbeat could not be created"),
            }
        }
    }

    /// Writes the queued packages until the socket fails.
    async fn write_frames(
        &self,
        sink: &mut (impl Sink<Vec<u8>, Error = Broken> + Unpin),
        mut queued: mpsc::Receiver<Package>,
    ) -> Broken {
        let channel = self.channel(Direction::ToPortal);
        loop {
            let Some(package) = queued.recv().await else {
                // The sender outlives this loop.
                return std::future::pending().await;
            };
            let sent = match package.seal(&channel) {
                Ok(frame) => sink.send(frame).await,
                Err(error) => {
                    error!(%error, "a package could not be sealed and was not sent");
                    Ok(())
                }
            };
            if let Err(error) = sent {
                return error;
            }
        }
    }
}

/// Waits until the agent is stopped and tells the portal, which closes the connection once it has
/// every answer; returns at the deadline.
async fn announce_stop<F>(stop_deadline: Shared<F>, outbox: &mpsc::Sender<Package>)
where
    F: Future<Output = Instant>,
{
    let deadline = stop_deadline.await;
    queue_package(outbox, Content::Goodbye(Goodbye::Leaving)).await;
    sleep_until(deadline).await;
}

/// Queues a package that belongs to no ask.
async fn queue_package(outbox: &mpsc::Sender<Package>, content: Content) {
    match Package::new(content) {
        // The receiver ends only with this connection.
        Ok(package) => outbox.send(package).await.unwrap_or_default(),
        Err(error) => error!(%error, "a package could not be created"),
    }
}

/// Runs a handler; returns `None` if it panicked or took longer than `limit`.
async fn catch_panic_and_timeout<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    timeout(limit, AssertUnwindSafe(work).catch_unwind())
        .await
        .ok()?
        .ok()
}
