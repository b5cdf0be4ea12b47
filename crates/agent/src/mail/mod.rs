//! Mail, queued: the time of an answer says nothing about it.

mod smtp;

pub use smtp::{Security, Smtp, SmtpError};

use crate::Clock;
use core::fmt;
use postern_relay::SandboxMail;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many mails the sandbox keeps.
const KEPT: usize = 50;

/// A mail to be sent. Its contents are not printed.
pub struct Mail {
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The support code of the request it belongs to.
    pub support_code: String,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mail({})", self.support_code)
    }
}

/// Sends mails, or keeps them.
#[derive(Clone)]
pub enum Mailer {
    /// Sends them through an SMTP server.
    Smtp(Smtp),
    /// Keeps the newest, for the sandbox's page.
    Sandbox(Mailbox),
}

impl Mailer {
    /// Whether another mail would be taken over.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        match self {
            Self::Smtp(smtp) => smtp.is_ready(),
            Self::Sandbox(_) => true,
        }
    }

    /// Takes a mail over; sending it is not waited for. `false` if it was not taken.
    pub fn send(&self, mail: Mail) -> bool {
        match self {
            Self::Smtp(smtp) => smtp.queue(mail),
            Self::Sandbox(mailbox) => {
                mailbox.keep(mail);
                true
            }
        }
    }

    /// Does with a mail of a decoy all that is done with others, but the handing over: what a
    /// mail costs says nothing about the account.
    pub fn send_nothing(&self, mail: Mail) -> bool {
        match self {
            Self::Smtp(smtp) => smtp.queue_nothing(mail),
            Self::Sandbox(_) => {
                drop(mail);
                true
            }
        }
    }

    /// What the sandbox kept, newest first; nothing if mails are really sent.
    #[must_use]
    pub fn kept(&self) -> Vec<SandboxMail> {
        match self {
            Self::Smtp(_) => Vec::new(),
            Self::Sandbox(mailbox) => mailbox.mails().iter().cloned().collect(),
        }
    }
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Smtp(_) => "Mailer::Smtp",
            Self::Sandbox(_) => "Mailer::Sandbox",
        })
    }
}

/// The sandbox's mailbox.
#[derive(Clone)]
pub struct Mailbox {
    mails: Arc<Mutex<VecDeque<SandboxMail>>>,
    clock: Clock,
}

impl Mailbox {
    /// An empty mailbox.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            mails: Arc::default(),
            clock,
        }
    }

    pub(crate) fn keep(&self, mail: Mail) {
        let mut mails = self.mails();
        mails.push_front(SandboxMail {
            to: mail.to,
            subject: mail.subject,
            text: mail.text,
            sent_at: (self.clock)(),
        });
        mails.truncate(KEPT);
    }

    /// The mails. A panic elsewhere cannot leave them half-changed.
    fn mails(&self) -> MutexGuard<'_, VecDeque<SandboxMail>> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
