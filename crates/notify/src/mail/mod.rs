//! Mail. It is queued, so that the time of an answer reveals nothing about it.

mod health;
mod kind;
pub(crate) mod letter;
mod outbox;
mod smtp;

pub(crate) use kind::Kind;
pub use letter::Letter;
pub use lettre::message::Mailbox as Address;
pub use outbox::Outbox;
pub use smtp::{Security, Smtp, SmtpError};

use crate::sandbox::Contents;
use crate::{KeptMessage, Mailbox};
use core::fmt;
use minicbor::{Decode, Encode};
use postern_envelope::Secret;

/// The time for which a notice is tried, in seconds: a mail server may be down for a night.
pub const NOTICE_LIFETIME_SECONDS: u64 = 24 * 60 * 60;

/// A mail to be sent. Its contents are not printed.
#[derive(Clone, Encode, Decode)]
pub struct Mail {
    /// The address.
    #[n(0)]
    pub to: String,
    /// The subject, which may contain a code, as may the texts.
    #[cbor(n(1), with = "wiped")]
    pub subject: Secret,
    /// The content as plain text.
    #[cbor(n(2), with = "wiped")]
    pub text: Secret,
    /// The content as HTML.
    #[cbor(n(3), with = "wiped")]
    pub html: Secret,
    /// The language of the content, such as `lt`.
    #[n(4)]
    pub language: String,
    /// The support code of the request it belongs to.
    #[n(5)]
    pub support_code: String,
    /// The time after which it is not sent any more, in seconds since the Unix epoch.
    #[n(6)]
    pub until: u64,
}

impl Mail {
    /// Creates the mail of a letter to an address.
    #[must_use]
    pub fn new(to: String, letter: &Letter, support_code: &str, until: u64) -> Self {
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

/// The transport of mails.
#[derive(Clone)]
pub enum Mailer {
    /// Sends mails through an SMTP server.
    Smtp(Outbox),
    /// Keeps the newest mails for the sandbox's page.
    Sandbox(Mailbox),
}

impl Mailer {
    /// Reports whether another code would be queued and, as far as is known, sent.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        match self {
            Self::Smtp(outbox) => outbox.is_ready(),
            Self::Sandbox(_) => true,
        }
    }

    /// Reports whether the server accepts mail, as far as is known.
    #[must_use]
    pub fn is_up(&self) -> bool {
        match self {
            Self::Smtp(outbox) => outbox.is_up(),
            Self::Sandbox(_) => true,
        }
    }

    /// Reports whether the server is broken and has accepted nothing since a time, so that codes
    /// queued then have not been sent.
    #[must_use]
    pub fn has_failed_since(&self, time: u64) -> bool {
        match self {
            Self::Smtp(outbox) => outbox.has_failed_since(time),
            Self::Sandbox(_) => false,
        }
    }

    /// Queues a mail without waiting for it to be sent; `false` if it was not accepted.
    pub fn send(&self, mail: Mail) -> bool {
        match self {
            Self::Smtp(outbox) => outbox.queue(mail),
            Self::Sandbox(mailbox) => {
                keep(mailbox, mail);
                true
            }
        }
    }

    /// Treats a decoy's mail like any other but does not hand it to the server, so that the cost
    /// of a mail reveals nothing about the account; `false` if it was not accepted.
    pub fn send_decoy(&self, mail: Mail) -> bool {
        match self {
            Self::Smtp(outbox) => outbox.queue_decoy(mail),
            Self::Sandbox(_) => {
                drop(mail);
                true
            }
        }
    }

    /// Queues mails that must survive a restart: they are on disk when this returns.
    pub async fn send_durably(&self, mails: Vec<Mail>) {
        match self {
            Self::Smtp(outbox) => outbox.queue_durably(mails).await,
            Self::Sandbox(mailbox) => mails.into_iter().for_each(|mail| keep(mailbox, mail)),
        }
    }

    /// Queues a mail that anybody can request, on disk too; it never takes the room of notices.
    pub async fn send_if_room(&self, mail: Mail) {
        match self {
            Self::Smtp(outbox) => outbox.queue_if_room(mail).await,
            Self::Sandbox(mailbox) => keep(mailbox, mail),
        }
    }

    /// Returns the sandbox's mails, newest first; none if mails are really sent.
    #[must_use]
    pub fn kept(&self) -> Vec<KeptMessage> {
        match self {
            Self::Smtp(_) => Vec::new(),
            Self::Sandbox(mailbox) => mailbox.kept(),
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

/// Keeps a mail in the sandbox's mailbox.
fn keep(mailbox: &Mailbox, mail: Mail) {
    let text = |secret: &Secret| secret.expose_str().unwrap_or_default().to_owned();
    let (subject, html) = (text(&mail.subject), text(&mail.html));
    let text = text(&mail.text);
    mailbox.keep(Contents {
        to: mail.to,
        subject,
        code: code_line(&text).map(str::to_owned),
        text,
        html: Some(html),
    });
}

/// Returns the code in the text of a mail, which has a line of its own.
fn code_line(text: &str) -> Option<&str> {
    let is_code = |line: &&str| line.len() >= 6 && line.bytes().all(|byte| byte.is_ascii_digit());
    text.lines().find(is_code)
}

/// The encoding of secret texts as CBOR text.
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

    #[test]
    fn the_code_is_a_line_of_digits() {
        assert_eq!(
            code_line("a lead, 2026\n\n48291377\n\nWhen: now"),
            Some("48291377")
        );
        assert_eq!(code_line("alice\n\n1234\n"), None);
    }

    /// The encoding is that of mails that earlier versions wrote to disk.
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
