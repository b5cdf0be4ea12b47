//! The sandbox's mailbox: the newest mails and messages, which its page shows instead of sending
//! them.

use core::fmt;
use postern_store::Clock;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The number of mails and messages that are kept.
const MAX_KEPT: usize = 50;

/// A mail, a text message or a call that was kept instead of being sent.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptMessage {
    /// Its number since the start, from 1.
    pub number: u64,
    /// The address or number.
    pub to: String,
    /// The subject of a mail; the description of a message.
    pub subject: String,
    /// The text.
    pub text: String,
    /// A mail's document in HTML.
    pub html: Option<String>,
    /// The code in it, if there is one.
    pub code: Option<String>,
    /// The time at which it was sent, in seconds since the Unix epoch.
    pub sent_at: u64,
}

/// The contents of a message that is to be kept.
pub(crate) struct Contents {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    pub code: Option<String>,
}

/// The sandbox's mailbox.
#[derive(Clone)]
pub struct Mailbox {
    kept: Arc<Mutex<Kept>>,
    clock: Clock,
}

/// The messages, newest first, and the number of all that there were.
#[derive(Default)]
struct Kept {
    messages: VecDeque<KeptMessage>,
    count: u64,
}

impl Mailbox {
    /// Creates an empty mailbox.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            kept: Arc::default(),
            clock,
        }
    }

    /// Keeps a mail or a message to a phone.
    pub(crate) fn keep(&self, contents: Contents) {
        let sent_at = (self.clock)();
        let mut kept = self.lock();
        kept.count += 1;
        let message = KeptMessage {
            number: kept.count,
            to: contents.to,
            subject: contents.subject,
            text: contents.text,
            html: contents.html,
            code: contents.code,
            sent_at,
        };
        kept.messages.push_front(message);
        kept.messages.truncate(MAX_KEPT);
    }

    /// Returns what was kept, newest first.
    pub(crate) fn kept(&self) -> Vec<KeptMessage> {
        self.lock().messages.iter().cloned().collect()
    }

    /// Locks the messages. A panic elsewhere cannot leave them half-changed.
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailbox")
    }
}
