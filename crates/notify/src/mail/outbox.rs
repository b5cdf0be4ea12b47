//! The queue of mails: each is tried again, with growing pauses, until it expires.

use super::Mail;
use super::health::Health;
use super::smtp::{Smtp, Unsent};
use core::fmt;
use core::pin::pin;
use lettre::Message;
use postern_store::store::{MAILS, StoreError};
use postern_store::{Clock, Memory};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};

/// The number of codes that may wait.
const MAX_CODES: usize = 1024;

/// The number of mails that may wait on disk too: notices and user names.
const MAX_DURABLE: usize = 4096;

/// The part of [`MAX_DURABLE`] that is reserved for notices.
const RESERVED_FOR_NOTICES: usize = MAX_DURABLE / 2;

/// The number of codes that are delivered at the same time.
const CODE_DELIVERIES: usize = 4;

/// The number of durable mails that are delivered at the same time. They may wait for a day, and no
/// code waits for them.
const DURABLE_DELIVERIES: usize = 2;

/// The pause before the second attempt, in seconds; each later one is twice as long.
const FIRST_PAUSE_SECONDS: u64 = 2;

/// The longest pause, in seconds. A mail with a short lifetime is still tried at least ten times.
const MAX_PAUSE_SECONDS: u64 = 15 * 60;

/// A queue in front of an SMTP server.
#[derive(Clone)]
pub struct Outbox {
    /// Bounded by the semaphores.
    queue: mpsc::UnboundedSender<Waiting>,
    disk: Arc<Disk>,
    code_room: Arc<Semaphore>,
    durable_room: Arc<Semaphore>,
    health: Arc<Health>,
}

/// A queued mail with its random name: its key on disk, and its Message-ID.
struct Waiting {
    name: [u8; 16],
    mail: Mail,
    place: Place,
    /// Its room in the queue; `None` if more was on disk at the start than there is room for.
    _room: Option<OwnedSemaphorePermit>,
}

/// The place where a mail waits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In memory.
    Memory,
    /// In memory, for a decoy: the server is greeted, and nothing is handed over.
    Decoy,
    /// On disk, until it is sent or given up.
    Disk,
}

impl Outbox {
    /// Starts the queue with the mails on disk; needs a Tokio runtime. The handle ends once every
    /// [`Outbox`] is dropped and each waiting mail was tried once more.
    ///
    /// # Errors
    /// The store failed.
    pub async fn start(smtp: Smtp, memory: Memory) -> Result<(Self, JoinHandle<()>), StoreError> {
        let clock = Arc::clone(&memory.clock);
        let disk = Arc::new(Disk(memory));
        let health = Arc::new(Health::new(Arc::clone(&clock)));
        let [code_room, durable_room] =
            [MAX_CODES, MAX_DURABLE].map(|room| Arc::new(Semaphore::new(room)));
        let (queue, queued) = mpsc::unbounded_channel();
        for mut waiting in disk.load().await? {
            waiting._room = Arc::clone(&durable_room).try_acquire_owned().ok();
            // Cannot fail: the receiver is still in this function.
            let _sent = queue.send(waiting);
        }
        let delivery = DeliveryWorker {
            smtp,
            disk: Arc::clone(&disk),
            clock,
            code_permits: Semaphore::new(CODE_DELIVERIES),
            durable_permits: Semaphore::new(DURABLE_DELIVERIES),
            health: Arc::clone(&health),
        };
        let worker = tokio::spawn(work(queued, Arc::new(delivery)));
        let outbox = Self {
            queue,
            disk,
            code_room,
            durable_room,
            health,
        };
        Ok((outbox, worker))
    }

    /// Has the server greeted soon, so that its health is known before anybody asks for a code.
    pub fn check(&self) {
        self.health.check();
    }

    /// Reports whether there is room for another code and the server works, as far as is known.
    pub(super) fn is_ready(&self) -> bool {
        self.code_room.available_permits() > 0 && self.is_up()
    }

    /// Reports whether the server works, as far as is known.
    pub(super) fn is_up(&self) -> bool {
        !self.health.is_broken()
    }

    /// Reports whether the server is broken and has accepted nothing since a time.
    pub(super) fn has_failed_since(&self, time: u64) -> bool {
        self.health.is_broken_since(time)
    }

    /// Queues a mail in memory, which is lost if the agent stops; `false` if too many wait already.
    pub(super) fn queue(&self, mail: Mail) -> bool {
        self.enqueue(mail, Place::Memory)
    }

    /// Queues a decoy's mail, which is not handed to the server; `false` if too many wait already.
    pub(super) fn queue_decoy(&self, mail: Mail) -> bool {
        self.enqueue(mail, Place::Decoy)
    }

    /// Queues mails that survive a restart: they are on disk when this returns.
    pub(super) async fn queue_durably(&self, mails: Vec<Mail>) {
        let named: Vec<_> = mails
            .into_iter()
            .filter_map(|mail| {
                let room = reserve_room(&self.durable_room, &mail)?;
                self.with_random_name(mail, Place::Disk, room)
            })
            .collect();
        if let Err(error) = self.disk.save(&named).await {
            tracing::error!(%error, "a mail cannot be saved and would not survive a restart");
        }
        for waiting in named {
            self.hand_over(waiting);
        }
    }

    /// Queues durably a mail that anybody can request, unless only the room of notices is left.
    pub(super) async fn queue_if_room(&self, mail: Mail) {
        if self.durable_room.available_permits() > RESERVED_FOR_NOTICES {
            self.queue_durably(vec![mail]).await;
        } else {
            log_dropped(&mail);
        }
    }

    fn enqueue(&self, mail: Mail, place: Place) -> bool {
        let room = reserve_room(&self.code_room, &mail);
        let waiting = room.and_then(|room| self.with_random_name(mail, place, room));
        waiting.is_some_and(|waiting| self.hand_over(waiting))
    }

    fn with_random_name(
        &self,
        mail: Mail,
        place: Place,
        room: OwnedSemaphorePermit,
    ) -> Option<Waiting> {
        let Ok(name) = self.disk.0.random_bytes() else {
            tracing::error!(
                support_code = mail.support_code,
                "mail dropped: no randomness"
            );
            return None;
        };
        Some(Waiting {
            name,
            mail,
            place,
            _room: Some(room),
        })
    }

    fn hand_over(&self, waiting: Waiting) -> bool {
        let handed = self.queue.send(waiting);
        if let Err(mpsc::error::SendError(waiting)) = &handed {
            let support_code = &waiting.mail.support_code;
            tracing::error!(support_code, "mail dropped: the delivery worker has ended");
        }
        handed.is_ok()
    }
}

/// Reserves room for a mail, if there is any.
fn reserve_room(all: &Arc<Semaphore>, mail: &Mail) -> Option<OwnedSemaphorePermit> {
    let room = Arc::clone(all).try_acquire_owned().ok();
    if room.is_none() {
        log_dropped(mail);
    }
    room
}

fn log_dropped(mail: &Mail) {
    let support_code = &mail.support_code;
    tracing::error!(support_code, "mail dropped: too many wait already");
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outbox")
    }
}

/// Delivers the queued mails, a few at a time: a deferred one holds up no other.
async fn work(mut queued: mpsc::UnboundedReceiver<Waiting>, worker: Arc<DeliveryWorker>) {
    let (close, closing) = watch::channel(false);
    let mut deliveries = JoinSet::new();
    let watcher = Arc::clone(&worker);
    let mut health_watch = pin!(watcher.health.watch(&watcher.smtp));
    loop {
        tokio::select! {
            waiting = queued.recv() => match waiting {
                None => break,
                Some(waiting) => {
                    deliveries.spawn(Arc::clone(&worker).deliver(waiting, closing.clone()));
                }
            },
            Some(_) = deliveries.join_next() => {}
            () = &mut health_watch => {}
        }
    }
    // Ends the pauses of the deliveries: each makes its last attempt at once.
    close.send_replace(true);
    drop(closing);
    deliveries.join_all().await;
}

/// The resources that all deliveries share.
struct DeliveryWorker {
    smtp: Smtp,
    disk: Arc<Disk>,
    clock: Clock,
    code_permits: Semaphore,
    durable_permits: Semaphore,
    health: Arc<Health>,
}

impl DeliveryWorker {
    #[tracing::instrument(skip_all, fields(support_code = waiting.mail.support_code))]
    async fn deliver(self: Arc<Self>, waiting: Waiting, mut closing: watch::Receiver<bool>) {
        let message = match waiting.place {
            Place::Decoy => None,
            _ => match self.smtp.message(&waiting.name, &waiting.mail) {
                None => {
                    tracing::warn!("the address of a mail is invalid");
                    return self.give_up(&waiting).await;
                }
                message => message,
            },
        };
        let permits = match waiting.place {
            Place::Disk => &self.durable_permits,
            Place::Memory | Place::Decoy => &self.code_permits,
        };
        let until = waiting.mail.until;
        let longest = (until.saturating_sub((self.clock)()) / 10).clamp(1, MAX_PAUSE_SECONDS);
        let mut pause = FIRST_PAUSE_SECONDS.min(longest);
        loop {
            let last = *closing.borrow();
            // The semaphore is never closed.
            let permit = permits.acquire().await;
            // A code may have expired while it waited for a permit.
            if waiting.place != Place::Disk && (self.clock)() >= until {
                return self.give_up(&waiting).await;
            }
            let attempt = self.attempt(message.as_ref()).await;
            drop(permit);
            self.health.record(&self.smtp, &attempt);
            match attempt {
                Ok(()) => return self.sent(&waiting).await,
                Err(unsent) => {
                    waiting.log_unless_decoy(|| {
                        let Unsent { kind, status, .. } = &unsent;
                        tracing::warn!(kind, status, "mail not sent");
                    });
                    if unsent.permanent {
                        return self.give_up(&waiting).await;
                    }
                }
            }
            if last {
                return waiting.log_unless_decoy(|| match waiting.place {
                    Place::Disk => tracing::warn!("mail waits for the agent's next start"),
                    _ => tracing::error!("mail given up: the agent stops"),
                });
            }
            if (self.clock)() + pause >= until {
                return self.give_up(&waiting).await;
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(pause)) => {}
                _ = closing.changed() => {}
            }
            pause = (pause * 2).min(longest);
        }
    }

    async fn sent(&self, waiting: &Waiting) {
        waiting.log_unless_decoy(|| tracing::info!("mail sent"));
        self.disk.forget(waiting).await;
    }

    async fn give_up(&self, waiting: &Waiting) {
        waiting.log_unless_decoy(|| tracing::error!("mail given up"));
        self.disk.forget(waiting).await;
    }

    async fn attempt(&self, message: Option<&Message>) -> Result<(), Unsent> {
        match message {
            Some(message) => self.smtp.send(message).await,
            None => self.smtp.greet().await,
        }
    }
}

impl Waiting {
    /// Logs, except for a decoy's mail, which nobody was to receive.
    fn log_unless_decoy(&self, log: impl FnOnce()) {
        if self.place != Place::Decoy {
            log();
        }
    }
}

/// Mails on disk, sealed.
struct Disk(Memory);

impl Disk {
    async fn load(&self) -> Result<Vec<Waiting>, StoreError> {
        let saved = self.0.store.write(|tables| tables.all(MAILS)).await?;
        let opened = saved.into_iter().filter_map(|(name, sealed)| {
            let name: [u8; 16] = name.try_into().ok()?;
            let mail = self.0.key.open("mail", &name, &sealed).ok();
            let mail = mail.and_then(|plain| minicbor::decode(plain.expose()).ok());
            if mail.is_none() {
                tracing::error!("a notice on disk cannot be opened");
            }
            Some(Waiting {
                name,
                mail: mail?,
                place: Place::Disk,
                _room: None,
            })
        });
        Ok(opened.collect())
    }

    async fn save(&self, mails: &[Waiting]) -> Result<(), StoreError> {
        let mut sealed = Vec::new();
        for Waiting { name, mail, .. } in mails {
            let plain = minicbor::to_vec(mail).map(postern_envelope::Secret::new);
            let plain = plain.map_err(StoreError::new)?;
            let bytes = self.0.key.seal("mail", name, plain.expose());
            sealed.push((*name, bytes.map_err(StoreError::new)?));
        }
        let save = move |tables: &postern_store::store::Tables| {
            sealed
                .iter()
                .try_for_each(|(name, bytes)| tables.put_bytes(MAILS, name, bytes))
        };
        self.0.store.write(save).await
    }

    async fn forget(&self, waiting: &Waiting) {
        if waiting.place != Place::Disk {
            return;
        }
        let name = waiting.name;
        let removed = self
            .0
            .store
            .write(move |tables| tables.remove(MAILS, &name));
        if let Err(error) = removed.await {
            tracing::error!(%error, "a notice is still on disk and will be sent again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Security;
    use postern_envelope::Secret;
    use postern_store::{Store, StoreKey, system_random};

    fn mail() -> Mail {
        Mail {
            to: "alice@contoso.example".into(),
            subject: Secret::default(),
            text: Secret::default(),
            html: Secret::default(),
            language: "en".into(),
            support_code: "TEST-CODE".into(),
            until: 600,
        }
    }

    #[tokio::test]
    async fn what_anybody_can_ask_for_leaves_half_of_the_room_to_notices() {
        let from = "reset@contoso.example".parse().unwrap();
        // A server that never answers keeps everything waiting.
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = silent.local_addr().unwrap().port();
        let smtp = Smtp::new("127.0.0.1", port, Security::None, None, None, from).unwrap();
        let memory = Memory {
            store: Store::in_memory().unwrap(),
            key: StoreKey::new(Secret::new(vec![7; 32])).unwrap(),
            clock: Arc::new(|| 0),
            random: system_random(),
        };
        let (outbox, _worker) = Outbox::start(smtp, memory).await.unwrap();
        let left = || outbox.durable_room.available_permits();
        let mails = vec![mail(); MAX_DURABLE - RESERVED_FOR_NOTICES - 1];
        outbox.queue_durably(mails).await;
        outbox.queue_if_room(mail()).await;
        assert_eq!(left(), RESERVED_FOR_NOTICES);
        outbox.queue_if_room(mail()).await;
        assert_eq!(left(), RESERVED_FOR_NOTICES, "no room for it");
        let mails = vec![mail(); RESERVED_FOR_NOTICES + 10];
        outbox.queue_durably(mails).await;
        assert_eq!(left(), 0, "and no more than there is room for");
    }
}
