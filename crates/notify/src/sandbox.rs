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
    /// The address or number.
    pub to: String,
    /// The subject of a mail; the description of a message.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The time at which it was sent, in seconds since the Unix epoch.
    pub sent_at: u64,
}

/// The sandbox's mailbox.
#[derive(Clone)]
pub struct Mailbox {
    messages: Arc<Mutex<VecDeque<KeptMessage>>>,
    clock: Clock,
}

impl Mailbox {
    /// Creates an empty mailbox.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            messages: Arc::default(),
            clock,
        }
    }

    /// Keeps a mail or a message to a phone.
    pub(crate) fn keep(&self, to: String, subject: String, text: String) {
        let mut messages = self.lock();
        messages.push_front(KeptMessage {
            to,
            subject,
            text,
            sent_at: (self.clock)(),
        });
        messages.truncate(MAX_KEPT);
    }

    /// Returns what was kept, newest first.
    pub(crate) fn kept(&self) -> Vec<KeptMessage> {
        self.lock().iter().cloned().collect()
    }

    /// Locks the messages. A panic elsewhere cannot leave them half-changed.
    fn lock(&self) -> MutexGuard<'_, VecDeque<KeptMessage>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailbox")
    }
}
