//! Text messages and calls, queued as mails are: the time of an answer says nothing about them.

mod gateway;
pub mod template;
pub(crate) mod words;

pub use gateway::{Gateway, GatewayError};

use crate::mail::Mailbox;
use core::fmt;
use postern_directory::sandbox::DEAD_NUMBER;
use postern_envelope::Secret;
use postern_protocol::GateKind;

/// A message to a phone. Its contents are not printed.
#[derive(Clone)]
pub struct Message {
    /// The number, as `+420601234567`.
    pub number: String,
    /// What it is, for the sandbox's page.
    pub about: String,
    /// What is written or spoken.
    pub text: Secret,
    /// The code alone, for gateways that put it into words of their own.
    pub code: Secret,
    /// The language of the text, as `cs`.
    pub language: &'static str,
    /// The support code of the request it belongs to.
    pub support_code: String,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({})", self.support_code)
    }
}

/// How phones are reached.
#[derive(Clone, Debug, Default)]
pub struct Phones {
    /// By text message.
    pub sms: Option<Phone>,
    /// By call.
    pub voice: Option<Phone>,
    /// The host of the portal, for which a phone may offer to type the code.
    pub host: Option<String>,
}

impl Phones {
    /// What a kind of gate sends by.
    #[must_use]
    pub fn of(&self, kind: GateKind) -> Option<&Phone> {
        match kind {
            GateKind::Sms => self.sms.as_ref(),
            GateKind::Voice => self.voice.as_ref(),
            _ => None,
        }
    }
}

/// Sends messages, or keeps them.
#[derive(Clone)]
pub enum Phone {
    /// Sends them through an HTTP gateway.
    Gateway(Gateway),
    /// Keeps the newest, for the sandbox's page.
    Sandbox(Mailbox),
}

impl Phone {
    /// Whether a message to this number, or to nobody's, would be taken over.
    #[must_use]
    pub fn is_ready(&self, number: Option<&str>) -> bool {
        match self {
            Self::Gateway(gateway) => gateway.is_ready(),
            Self::Sandbox(_) => number != Some(DEAD_NUMBER),
        }
    }

    /// Takes a message over; sending it is not waited for. `false` if it was not taken.
    pub fn send(&self, message: Message) -> bool {
        match self {
            Self::Gateway(gateway) => gateway.queue(message),
            Self::Sandbox(mailbox) => {
                let text = message.text.expose_str().unwrap_or_default().to_owned();
                mailbox.show(message.number, message.about, text);
                true
            }
        }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gateway(_) => "Phone::Gateway",
            Self::Sandbox(_) => "Phone::Sandbox",
        })
    }
}
