//! What waits to be sent: tried again, with growing pauses, for as long as it is of use.

use super::Mail;
use super::smtp::{Smtp, Unsent};
use crate::store::{MAILS, StoreError};
use crate::{Clock, Store, StoreKey};
use core::fmt;
use lettre::Message;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};

/// How many mails may wait. Notices come on top: there is one for each password that was set.
const WAITING: usize = 1024;

/// How many mails are delivered at the same time.
const AT_ONCE: usize = 4;

/// The pause before the second attempt; each later one is twice as long.
const FIRST_PAUSE: u64 = 2;

/// The longest pause, in seconds. A mail that lives shorter is tried at least ten times.
const LONGEST_PAUSE: u64 = 15 * 60;

/// A queue in front of an SMTP server.
#[derive(Clone)]
pub struct Outbox {
    queue: mpsc::UnboundedSender<Waiting>,
    disk: Arc<Disk>,
}

/// A mail under its random name, by which it is known on disk and to other mail servers.
struct Waiting {
    name: [u8; 16],
    mail: Mail,
    /// It is on disk until it is sent or given up.
    kept: bool,
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
        let (queue, queued) = mpsc::unbounded_channel();
        for waiting in disk.load().await? {
            // The other end is in hand.
            let _taken = queue.send(waiting);
        }
        let desk = Desk {
            smtp,
            disk: Arc::clone(&disk),
            clock,
            hands: Semaphore::new(AT_ONCE),
        };
        let worker = tokio::spawn(work(queued, Arc::new(desk)));
        Ok((Self { queue, disk }, worker))
    }

    /// Queues a mail. It is gone if the agent is.
    pub(super) fn queue(&self, mail: Mail) {
        self.take(mail, false);
    }

    /// Queues mails that outlive the agent: they are on disk when this returns.
    pub(super) async fn keep(&self, mails: Vec<Mail>) {
        let named: Vec<_> = mails
            .into_iter()
            .filter_map(|mail| self.named(mail, true))
            .collect();
        if let Err(error) = self.disk.save(&named).await {
            tracing::error!(%error, "a notice would not outlive the agent");
        }
        for waiting in named {
            self.hand_over(waiting);
        }
    }

    fn take(&self, mail: Mail, kept: bool) {
        if let Some(waiting) = self.named(mail, kept) {
            self.hand_over(waiting);
        }
    }

    fn named(&self, mail: Mail, kept: bool) -> Option<Waiting> {
        let Ok(name) = crate::ambient::bytes(&crate::system_random()) else {
            tracing::error!(
                support_code = mail.support_code,
                "mail dropped: no randomness"
            );
            return None;
        };
        Some(Waiting { name, mail, kept })
    }

    fn hand_over(&self, waiting: Waiting) {
        if let Err(mpsc::error::SendError(waiting)) = self.queue.send(waiting) {
            let support_code = waiting.mail.support_code;
            tracing::error!(support_code, "mail dropped: nobody sends any more");
        }
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outbox")
    }
}

/// Delivers what is queued, a few mails at a time: one that is deferred holds up no other.
async fn work(mut queued: mpsc::UnboundedReceiver<Waiting>, desk: Arc<Desk>) {
    let (close, closing) = watch::channel(false);
    let mut under_way = JoinSet::new();
    loop {
        tokio::select! {
            waiting = queued.recv() => match waiting {
                None => break,
                Some(waiting) if under_way.len() >= WAITING && !waiting.kept => {
                    let support_code = waiting.mail.support_code;
                    tracing::error!(support_code, "mail dropped: too many wait already");
                }
                Some(waiting) => {
                    under_way.spawn(Arc::clone(&desk).deliver(waiting, closing.clone()));
                }
            },
            Some(_) = under_way.join_next() => {}
        }
    }
    // Nobody waits for less than this: `closing` is held by the deliveries alone.
    close.send_replace(true);
    drop(closing);
    under_way.join_all().await;
}

/// What it takes to deliver.
struct Desk {
    smtp: Smtp,
    disk: Arc<Disk>,
    clock: Clock,
    hands: Semaphore,
}

impl Desk {
    #[tracing::instrument(skip_all, fields(support_code = waiting.mail.support_code))]
    async fn deliver(self: Arc<Self>, waiting: Waiting, mut closing: watch::Receiver<bool>) {
        let Some(message) = self.smtp.message(&waiting.name, &waiting.mail) else {
            tracing::warn!("the address of a mail is none");
            return self.give_up(&waiting).await;
        };
        let until = waiting.mail.until;
        let longest = (until.saturating_sub((self.clock)()) / 10).clamp(1, LONGEST_PAUSE);
        let mut pause = FIRST_PAUSE.min(longest);
        loop {
            let last = *closing.borrow();
            match self.attempt(&message).await {
                Ok(()) => {
                    tracing::info!("mail sent");
                    return self.disk.forget(&waiting).await;
                }
                Err(unsent) => {
                    let Unsent {
                        kind,
                        status,
                        permanent,
                    } = unsent;
                    tracing::warn!(kind, status, "mail not sent");
                    if permanent {
                        return self.give_up(&waiting).await;
                    }
                }
            }
            if last {
                return match waiting.kept {
                    true => tracing::warn!("mail waits for the agent's next start"),
                    false => tracing::error!("mail given up: the agent stops"),
                };
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

    async fn give_up(&self, waiting: &Waiting) {
        tracing::error!("mail given up");
        self.disk.forget(waiting).await;
    }

    async fn attempt(&self, message: &Message) -> Result<(), Unsent> {
        // Never closed.
        let _hand = self.hands.acquire().await;
        self.smtp.send(message).await
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
                kept: true,
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
        if !waiting.kept {
            return;
        }
        let name = waiting.name;
        let removed = self.store.write(move |tables| tables.remove(MAILS, &name));
        if let Err(error) = removed.await {
            tracing::error!(%error, "a notice is still on disk and will be sent again");
        }
    }
}
