//! Mail, queued: the time of an answer says nothing about it.

mod health;
pub(crate) mod kind;
pub(crate) mod letter;
mod outbox;
mod smtp;

pub use outbox::Outbox;
pub use smtp::{Security, Smtp, SmtpError};

use crate::Clock;
use core::fmt;
use letter::Letter;
use minicbor::{Decode, Encode};
use postern_envelope::Secret;
use postern_relay::SandboxMail;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many mails the sandbox keeps.
const KEPT: usize = 50;

/// How long a notice is tried, in seconds: a mail server may be down for a night.
pub(crate) const NOTICE_LIFE: u64 = 24 * 60 * 60;

/// A mail to be sent. Its contents are not printed.
#[derive(Clone, Encode, Decode)]
pub struct Mail {
    /// The address.
    #[n(0)]
    pub to: String,
    /// The subject. A code may be in it, and in what follows.
    #[cbor(n(1), with = "wiped")]
    pub subject: Secret,
    /// What is said, as plain text.
    #[cbor(n(2), with = "wiped")]
    pub text: Secret,
    /// The same as HTML.
    #[cbor(n(3), with = "wiped")]
    pub html: Secret,
    /// The language of both, as `lt`.
    #[n(4)]
    pub language: String,
    /// The support code of the request it belongs to.
    #[n(5)]
    pub support_code: String,
    /// Until when it is worth sending.
    #[n(6)]
    pub until: u64,
}

impl Mail {
    /// A letter to an address.
    pub(crate) fn new(to: String, letter: &Letter, support_code: &str, until: u64) -> Self {
        Self {
            to,
            subject: letter.subject.clone(),
            text: letter.text(),
            html: letter.html(),
            language: letter.language.code().to_owned(),
            support_code: support_code.to_owned(),
            until,
        }
    }
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
    Smtp(Outbox),
    /// Keeps the newest, for the sandbox's page.
    Sandbox(Mailbox),
}

impl Mailer {
    /// Whether another code would be taken over, and sent as far as is known.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        match self {
            Self::Smtp(outbox) => outbox.is_ready(),
            Self::Sandbox(_) => true,
        }
    }

    /// Whether the server takes mail, as far as is known.
    pub(crate) fn is_up(&self) -> bool {
        match self {
            Self::Smtp(outbox) => outbox.is_up(),
            Self::Sandbox(_) => true,
        }
    }

    /// Whether codes wait in vain: the server does not work, and took nothing since a moment.
    pub(crate) fn has_failed_since(&self, moment: u64) -> bool {
        match self {
            Self::Smtp(outbox) => outbox.has_failed_since(moment),
            Self::Sandbox(_) => false,
        }
    }

    /// Takes a mail over; sending it is not waited for. `false` if it was not taken.
    pub fn send(&self, mail: Mail) -> bool {
        match self {
            Self::Smtp(outbox) => outbox.queue(mail),
            Self::Sandbox(mailbox) => {
                mailbox.keep(mail);
                true
            }
        }
    }

    /// Does with a mail of a decoy all that is done with others, but the handing over: what a
    /// mail costs says nothing about the account.
    pub fn send_decoy(&self, mail: Mail) -> bool {
        match self {
            Self::Smtp(outbox) => outbox.queue_nothing(mail),
            Self::Sandbox(_) => {
                drop(mail);
                true
            }
        }
    }

    /// The same for mails that must outlive the agent: they are on disk when this returns.
    pub async fn send_durably(&self, mails: Vec<Mail>) {
        match self {
            Self::Smtp(outbox) => outbox.keep(mails).await,
            Self::Sandbox(mailbox) => mails.into_iter().for_each(|mail| mailbox.keep(mail)),
        }
    }

    /// The same for a mail that anybody can ask for: it never takes the room of notices.
    pub async fn send_if_room(&self, mail: Mail) {
        match self {
            Self::Smtp(outbox) => outbox.keep_if_room(mail).await,
            Self::Sandbox(mailbox) => mailbox.keep(mail),
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

    fn keep(&self, mail: Mail) {
        let text = |secret: &Secret| secret.expose_str().unwrap_or_default().to_owned();
        let (subject, text) = (text(&mail.subject), text(&mail.text));
        self.show(mail.to, subject, text);
    }

    /// Keeps what was sent somewhere.
    pub(crate) fn show(&self, to: String, subject: String, text: String) {
        let mut mails = self.mails();
        mails.push_front(SandboxMail {
            to,
            subject,
            text,
            sent_at: (self.clock)(),
        });
        mails.truncate(KEPT);
    }

    /// The mails. A panic elsewhere cannot leave them half-changed.
    fn mails(&self) -> MutexGuard<'_, VecDeque<SandboxMail>> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Texts that are wiped, as CBOR text.
mod wiped {
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};
    use postern_envelope::Secret;

    pub(super) fn encode<C, W: Write>(
        text: &Secret,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.str(text.expose_str().unwrap_or_default())?.ok()
    }

    pub(super) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Secret, DecodeError> {
        d.str().map(Secret::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As an agent before wrote it to disk.
    #[test]
    fn a_mail_keeps_its_form_on_disk() {
        let texts = ["to", "subject", "text", "html", "lt", "TEST-CODE"];
        let mut before = minicbor::Encoder::new(Vec::new());
        before.array(7).unwrap();
        for text in texts {
            before.str(text).unwrap();
        }
        before.u64(9).unwrap();
        let before = before.into_writer();
        let mail: Mail = minicbor::decode(&before).unwrap();
        let [subject, html] = [&mail.subject, &mail.html].map(Secret::expose_str);
        assert_eq!((subject, html), (Some("subject"), Some("html")));
        assert_eq!(minicbor::to_vec(&mail).unwrap(), before);
    }
}
