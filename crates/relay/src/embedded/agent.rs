//! The agent's half: dial out, say hello, answer asks, and come back when the connection breaks.

use super::connection::lock;
use super::dial::{DialError, Dialler, Socket};
use super::ended::{BackOff, Ended};
use super::enrollment::shown;
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

/// Where and as whom an agent connects.
#[derive(Clone)]
pub struct Dial {
    /// The portal, as `wss://portal.example`; `/relay/{tenant}` is added. `ws://` is for loopback.
    pub url: String,
    /// The tenant.
    pub tenant: String,
    /// The relay secret: 32 bytes, from [`super::enroll`].
    pub secret: Secret,
    /// The tenant's package key, from [`super::enroll`].
    pub package_key: PackageKey,
    /// The certificate authorities to trust, in PEM; without it the system's.
    pub ca_file: Option<PathBuf>,
    /// Every waiting time.
    pub timing: Timing,
    /// Says what time it is; decides what is late.
    pub clock: Clock,
}

/// Connects, answers and connects again until `stopped`; then finishes what is being answered, at
/// most for [`Timing::stop`].
///
/// A message that is late is answered [`Answer::Expired`] and `handler` never sees it. A handler
/// that panics or hangs costs its own answer only.
///
/// # Errors
/// The address or the authority file cannot be used. Whatever else fails is logged and tried again.
#[instrument(name = "relay", skip_all, fields(tenant = dial.tenant))]
pub async fn run(
    dial: Dial,
    hello: Hello,
    handler: Arc<dyn Handler>,
    stopped: impl Future<Output = ()> + Send,
) -> Result<(), DialError> {
    let timing = dial.timing;
    let dialler = Dialler::new(&dial.url, &dial.tenant, dial.ca_file.as_deref(), &timing)?;
    let secret = shown(&dial.secret);
    let agent = Agent {
        dial,
        hello,
        handler,
        slots: Arc::new(Semaphore::new(MAX_ASKS)),
        skew: Skew::default(),
    };
    let leave_by = stopped.map(|()| Instant::now() + timing.stop).shared();
    let mut back_off = BackOff::new(timing);
    loop {
        let ended = tokio::select! {
            connected = dialler.connect("Bearer", &secret) => match connected {
                Ok(socket) => agent.converse(socket, leave_by.clone(), &mut back_off).await,
                Err(error) => error.into(),
            },
            _ = leave_by.clone() => break,
        };
        if leave_by.peek().is_some() {
            break;
        }
        let wait = back_off.after(&ended);
        ended.log(wait);
        tokio::select! {
            () = sleep(wait) => {}
            _ = leave_by.clone() => break,
        }
    }
    // What came over connections that have broken since: nobody hears the answer, but the work
    // is finished.
    let every_slot = u32::try_from(MAX_ASKS).unwrap_or(u32::MAX);
    let rest = leave_by.await.saturating_duration_since(Instant::now());
    match timeout(rest, agent.slots.acquire_many(every_slot)).await {
        Ok(_) => info!("stopped"),
        Err(_) => warn!("stopped before every answer was finished"),
    }
    Ok(())
}

/// What every connection of one run shares.
struct Agent {
    dial: Dial,
    hello: Hello,
    handler: Arc<dyn Handler>,
    /// One for each ask being answered. They outlive the connection that brought it.
    slots: Arc<Semaphore>,
    skew: Skew,
}

/// What one connection's heartbeats tell of the portal's clock.
#[derive(Default)]
struct Beats {
    /// The last one, and when it was sent by this agent's clock.
    sent: Option<(MessageId, u64)>,
    /// Whether the portal tells its clock, and how many seconds this agent's is ahead of it.
    ahead: Option<i64>,
}

impl Agent {
    /// One connection, from hello to its end.
    async fn converse<F>(
        &self,
        socket: impl Socket,
        leave_by: Shared<F>,
        back_off: &mut BackOff,
    ) -> Ended
    where
        F: Future<Output = Instant> + Send,
    {
        let timing = self.dial.timing;
        let (mut sink, stream) = socket.split();
        let incoming = self.channel(Direction::ToAgent);
        let mut hearing = FrameReader::new(stream, incoming, timing.silence);
        let (say, said) = mpsc::channel(MAX_ASKS);
        // The channel is empty, so the hello is its first word.
        let hello = Hello {
            now: Some((self.dial.clock)()),
            ..self.hello.clone()
        };
        say_now(&say, Content::Hello(hello)).await;
        let beats = Mutex::default();
        let ended = tokio::select! {
            ended = self.hear(&mut hearing, &say, &beats, back_off) => ended,
            error = self.speak(&mut sink, said) => Lost::Socket(error.to_string()).into(),
            never = self.beat(&say, &beats) => match never {},
            () = leave(leave_by, &say) => Lost::Closed.into(),
        };
        // The connection may be dead; then nobody waits for its closing.
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

    /// Hears the portal until the connection ends.
    async fn hear(
        &self,
        hearing: &mut FrameReader<impl Stream<Item = Result<Vec<u8>, Broken>> + Unpin>,
        say: &mpsc::Sender<Package>,
        beats: &Mutex<Beats>,
        back_off: &mut BackOff,
    ) -> Ended {
        let version = |portal| Ended::Version {
            portal,
            agent: self.hello.version,
        };
        let mut connected = false;
        let mut package = match hearing.first(self.dial.timing.silence).await {
            Ok(Ok(package)) => package,
            Ok(Err(PackageError::Version(portal))) => return version(portal),
            Ok(Err(error)) => return Ended::NotOpened(error),
            Err(lost) => return lost.into(),
        };
        loop {
            if let Content::Heartbeat(Heartbeat { now, .. }) = &package.content {
                self.compare(package.id, *now, beats);
            }
            match package.content {
                Content::Heartbeat(_) if connected => {}
                Content::Heartbeat(_) => {
                    info!("connected to the portal");
                    connected = true;
                    back_off.reset();
                }
                Content::Ask(ask) => self.take(package.id, package.expires, ask, say),
                Content::Goodbye(Goodbye::Version) => return version(VERSION),
                Content::Goodbye(Goodbye::NotAccepted) => {
                    return Ended::NotOpened(PackageError::Unexpected);
                }
                Content::Goodbye(Goodbye::Replaced) => return Ended::Replaced,
                Content::Goodbye(Goodbye::Leaving) | Content::Hello(_) | Content::Answer(_) => {
                    hearing.refuse(PackageError::Unexpected);
                }
            }
            package = match hearing.next().await {
                Ok(package) => package,
                Err(lost) => return lost.into(),
            };
        }
    }

    /// Compares the clocks, where the portal tells its own with the echo of the last heartbeat.
    fn compare(&self, echoed: MessageId, theirs: Option<u64>, beats: &Mutex<Beats>) {
        let mut beats = lock(beats);
        if let (Some(theirs), Some((id, sent))) = (theirs, beats.sent)
            && id == echoed
        {
            let ahead = skew::at_least(sent, theirs, (self.dial.clock)());
            self.skew.note(ahead);
            beats.ahead = Some(ahead);
        }
    }

    /// Answers one ask, beside everything else.
    fn take(&self, id: MessageId, expires: u64, ask: Ask, say: &mpsc::Sender<Package>) {
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
        let say = say.clone();
        let (support_code, received_at) = match &ask {
            Ask::Message { metadata, .. } => (metadata.support_code.clone(), metadata.received_at),
            Ask::Sandbox { .. } => (String::new(), now),
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
                    if say.send(package).await.is_err() {
                        warn!(support_code, "answered after the connection broke");
                    }
                }
                None => error!(support_code, "the handler gave no answer"),
            }
            drop(slot);
        });
    }

    /// Says at every beat whether the directory can be asked, and what else the portal understands.
    async fn beat(&self, say: &mpsc::Sender<Package>, beats: &Mutex<Beats>) -> Infallible {
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
                    lock(beats).sent = Some((package.id, (self.dial.clock)()));
                    // Whoever receives it has ended only when this connection has.
                    say.send(package).await.unwrap_or_default();
                }
                Err(error) => error!(%error, "a heartbeat was not made"),
            }
        }
    }

    /// Writes what is to be said until the socket fails.
    async fn speak(
        &self,
        sink: &mut (impl Sink<Vec<u8>, Error = Broken> + Unpin),
        mut said: mpsc::Receiver<Package>,
    ) -> Broken {
        let channel = self.channel(Direction::ToPortal);
        loop {
            let Some(package) = said.recv().await else {
                // Its sender outlives this loop.
                return std::future::pending().await;
            };
            let sent = match package.seal(&channel) {
                Ok(frame) => sink.send(frame).await,
                Err(error) => {
                    error!(%error, "a package was not sent");
                    Ok(())
                }
            };
            if let Err(error) = sent {
                return error;
            }
        }
    }
}

/// When the agent is stopped: tells the portal, which closes once it has every answer; gives up
/// waiting for that in time.
async fn leave<F>(leave_by: Shared<F>, say: &mpsc::Sender<Package>)
where
    F: Future<Output = Instant>,
{
    let by = leave_by.await;
    say_now(say, Content::Goodbye(Goodbye::Leaving)).await;
    sleep_until(by).await;
}

/// Says what belongs to no ask.
async fn say_now(say: &mpsc::Sender<Package>, content: Content) {
    match Package::new(content) {
        // Whoever receives it has ended only when this connection has.
        Ok(package) => say.send(package).await.unwrap_or_default(),
        Err(error) => error!(%error, "a package was not made"),
    }
}

/// What came out of a handler; `None` if it panicked or took longer than `limit`.
async fn catch_panic_and_timeout<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    timeout(limit, AssertUnwindSafe(work).catch_unwind())
        .await
        .ok()?
        .ok()
}
