//! What waits to be sent: tried again, with growing pauses, for as long as it is of use.

use super::Mail;
use super::health::Health;
use super::smtp::{Smtp, Unsent};
use crate::store::{MAILS, StoreError};
use crate::{Clock, Store, StoreKey};
use core::fmt;
use core::pin::pin;
use lettre::Message;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};

/// How many codes may wait.
const CODES: usize = 1024;

/// How many mails may wait that are on disk too: notices and user names.
const KEPT: usize = 4096;

/// How many of these are left to notices.
const FOR_NOTICES: usize = KEPT / 2;

/// How many codes are delivered at the same time.
const CODES_AT_ONCE: usize = 4;

/// How many other mails: they wait for a day if need be, and no code waits for them.
const KEPT_AT_ONCE: usize = 2;

/// The pause before the second attempt; each later one is twice as long.
const FIRST_PAUSE: u64 = 2;

/// The longest pause, in seconds. A mail that lives shorter is tried at least ten times.
const LONGEST_PAUSE: u64 = 15 * 60;

/// A queue in front of an SMTP server.
#[derive(Clone)]
pub struct Outbox {
    /// As long as there is room for.
    queue: mpsc::UnboundedSender<Waiting>,
    disk: Arc<Disk>,
    codes: Arc<Semaphore>,
    kept: Arc<Semaphore>,
    health: Arc<Health>,
}

/// A mail under its random name, by which it is known on disk and to other mail servers.
struct Waiting {
    name: [u8; 16],
    mail: Mail,
    place: Place,
    /// Its room; none if an agent before had more on disk than there is room for.
    _room: Option<OwnedSemaphorePermit>,
}

/// Where a mail waits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In memory.
    Memory,
    /// The same, and it is a decoy's: the server is greeted, and nothing handed over.
    Nowhere,
    /// On disk, until it is sent or given up.
    Disk,
}

impl Outbox {
    /// Starts the queue with what waits on disk; needs a Tokio runtime. The handle ends once every
    /// [`Outbox`] is gone and each mail that waits was tried once more.
    ///
    /// # Errors
    /// The store failed.
    pub async fn start(
        smtp: Smtp,
        store: Store,
        key: StoreKey,
        clock: Clock,
    ) -> Result<(Self, JoinHandle<()>), StoreError> {
        let disk = Arc::new(Disk { store, key });
        let health = Arc::new(Health::new(Arc::clone(&clock)));
        let [codes, kept] = [CODES, KEPT].map(|room| Arc::new(Semaphore::new(room)));
        let (queue, queued) = mpsc::unbounded_channel();
        for mut waiting in disk.load().await? {
            waiting._room = Arc::clone(&kept).try_acquire_owned().ok();
            // The other end is in hand.
            let _taken = queue.send(waiting);
        }
        let desk = DeliveryWorker {
            smtp,
            disk: Arc::clone(&disk),
            clock,
            for_codes: Semaphore::new(CODES_AT_ONCE),
            for_kept: Semaphore::new(KEPT_AT_ONCE),
            health: Arc::clone(&health),
        };
        let worker = tokio::spawn(work(queued, Arc::new(desk)));
        let outbox = Self {
            queue,
            disk,
            codes,
            kept,
            health,
        };
        Ok((outbox, worker))
    }

    /// Greets the server soon: whether it can be used is known before anybody asks for a code.
    pub fn check(&self) {
        self.health.check();
    }

    /// Whether there is room for another code and the server works, as far as is known.
    pub(super) fn is_ready(&self) -> bool {
        self.codes.available_permits() > 0 && self.is_up()
    }

    /// Whether the server works.
    pub(super) fn is_up(&self) -> bool {
        !self.health.is_broken()
    }

    /// Whether the server does not work, and took nothing since a moment.
    pub(super) fn has_failed_since(&self, moment: u64) -> bool {
        self.health.is_broken_since(moment)
    }

    /// Queues a mail, which is gone if the agent is; `false` if too many wait already.
    pub(super) fn queue(&self, mail: Mail) -> bool {
        self.take(mail, Place::Memory)
    }

    /// Queues a mail that is not sent.
    pub(super) fn queue_nothing(&self, mail: Mail) -> bool {
        self.take(mail, Place::Nowhere)
    }

    /// Queues mails that outlive the agent: they are on disk when this returns.
    pub(super) async fn keep(&self, mails: Vec<Mail>) {
        let named: Vec<_> = mails
            .into_iter()
            .filter_map(|mail| {
                let room = room(&self.kept, &mail)?;
                named(mail, Place::Disk, room)
            })
            .collect();
        if let Err(error) = self.disk.save(&named).await {
            tracing::error!(%error, "a notice would not outlive the agent");
        }
        for waiting in named {
            self.hand_over(waiting);
        }
    }

    /// Queues one that anybody can ask for: the room that is left to notices it does not take.
    pub(super) async fn keep_if_room(&self, mail: Mail) {
        if self.kept.available_permits() > FOR_NOTICES {
            self.keep(vec![mail]).await;
        } else {
            dropped(&mail);
        }
    }

    fn take(&self, mail: Mail, place: Place) -> bool {
        let room = room(&self.codes, &mail);
        let named = room.and_then(|room| named(mail, place, room));
        named.is_some_and(|waiting| self.hand_over(waiting))
    }

    fn hand_over(&self, waiting: Waiting) -> bool {
        let handed = self.queue.send(waiting);
        if let Err(mpsc::error::SendError(waiting)) = &handed {
            let support_code = &waiting.mail.support_code;
            tracing::error!(support_code, "mail dropped: nobody sends any more");
        }
        handed.is_ok()
    }
}

/// Room for a mail, if there is any.
fn room(all: &Arc<Semaphore>, mail: &Mail) -> Option<OwnedSemaphorePermit> {
    let room = Arc::clone(all).try_acquire_owned().ok();
    if room.is_none() {
        dropped(mail);
    }
    room
}

fn dropped(mail: &Mail) {
    let support_code = &mail.support_code;
    tracing::error!(support_code, "mail dropped: too many wait already");
}

fn named(mail: Mail, place: Place, room: OwnedSemaphorePermit) -> Option<Waiting> {
    let Ok(name) = crate::system::bytes(&crate::system_random()) else {
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

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outbox")
    }
}

/// Delivers what is queued, a few mails at a time: one that is deferred holds up no other.
async fn work(mut queued: mpsc::UnboundedReceiver<Waiting>, desk: Arc<DeliveryWorker>) {
    let (close, closing) = watch::channel(false);
    let mut under_way = JoinSet::new();
    let watcher = Arc::clone(&desk);
    let mut watching = pin!(watcher.health.watch(&watcher.smtp));
    loop {
        tokio::select! {
            waiting = queued.recv() => match waiting {
                None => break,
                Some(waiting) => {
                    under_way.spawn(Arc::clone(&desk).deliver(waiting, closing.clone()));
                }
            },
            Some(_) = under_way.join_next() => {}
            () = &mut watching => {}
        }
    }
    // Nobody waits for less than this: `closing` is held by the deliveries alone.
    close.send_replace(true);
    drop(closing);
    under_way.join_all().await;
}

/// What it takes to deliver.
struct DeliveryWorker {
    smtp: Smtp,
    disk: Arc<Disk>,
    clock: Clock,
    for_codes: Semaphore,
    for_kept: Semaphore,
    health: Arc<Health>,
}

impl DeliveryWorker {
    #[tracing::instrument(skip_all, fields(support_code = waiting.mail.support_code))]
    async fn deliver(self: Arc<Self>, waiting: Waiting, mut closing: watch::Receiver<bool>) {
        let message = match waiting.place {
            Place::Nowhere => None,
            _ => match self.smtp.message(&waiting.name, &waiting.mail) {
                None => {
                    tracing::warn!("the address of a mail is none");
                    return self.give_up(&waiting).await;
                }
                message => message,
            },
        };
        let permits = match waiting.place {
            Place::Disk => &self.for_kept,
            Place::Memory | Place::Nowhere => &self.for_codes,
        };
        let until = waiting.mail.until;
        let longest = (until.saturating_sub((self.clock)()) / 10).clamp(1, LONGEST_PAUSE);
        let mut pause = FIRST_PAUSE.min(longest);
        loop {
            let last = *closing.borrow();
            // Never closed.
            let hand = permits.acquire().await;
            // Others may have kept the permits busy: a code that is good no more helps nobody.
            if waiting.place != Place::Disk && (self.clock)() >= until {
                return self.give_up(&waiting).await;
            }
            let attempt = self.attempt(message.as_ref()).await;
            drop(hand);
            self.health.note(&self.smtp, &attempt);
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
    /// Logs; how it went with what nobody is sent is nobody's concern.
    fn log_unless_decoy(&self, log: impl FnOnce()) {
        if self.place != Place::Nowhere {
            log();
        }
    }
}

/// Mails on disk, sealed.
struct Disk {
    store: Store,
    key: StoreKey,
}

impl Disk {
    async fn load(&self) -> Result<Vec<Waiting>, StoreError> {
        let kept = self.store.write(|tables| tables.all(MAILS)).await?;
        let opened = kept.into_iter().filter_map(|(name, sealed)| {
            let name: [u8; 16] = name.try_into().ok()?;
            let mail = self.key.open("mail", &name, &sealed).ok();
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
            let bytes = self.key.seal("mail", name, plain.expose());
            sealed.push((*name, bytes.map_err(StoreError::new)?));
        }
        let save = move |tables: &crate::store::Tables| {
            sealed
                .iter()
                .try_for_each(|(name, bytes)| tables.put_bytes(MAILS, name, bytes))
        };
        self.store.write(save).await
    }

    async fn forget(&self, waiting: &Waiting) {
        if waiting.place != Place::Disk {
            return;
        }
        let name = waiting.name;
        let removed = self.store.write(move |tables| tables.remove(MAILS, &name));
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
        let key = StoreKey::new(Secret::new(vec![7; 32])).unwrap();
        let (store, clock): (_, Clock) = (Store::in_memory().unwrap(), Arc::new(|| 0));
        let (outbox, _worker) = Outbox::start(smtp, store, key, clock).await.unwrap();
        let left = || outbox.kept.available_permits();
        outbox.keep(vec![mail(); KEPT - FOR_NOTICES - 1]).await;
        outbox.keep_if_room(mail()).await;
        assert_eq!(left(), FOR_NOTICES);
        outbox.keep_if_room(mail()).await;
        assert_eq!(left(), FOR_NOTICES, "no room for it");
        outbox.keep(vec![mail(); FOR_NOTICES + 10]).await;
        assert_eq!(left(), 0, "and no more than there is room for");
    }
}
