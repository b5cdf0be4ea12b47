//! Text messages and calls. They are queued, as mails are, so that the time of an answer reveals
//! nothing about them.

mod config;
mod gateway;
pub mod template;
mod words;

pub use self::words::Text;
pub use config::{ConfigFault, GatewayConfig, GatewaySection};
pub use gateway::{Gateway, GatewayError};

use crate::Mailbox;
use crate::sandbox::Contents;
use core::fmt;
use postern_envelope::Secret;

/// A message to a phone. Its contents are not printed.
#[derive(Clone)]
pub struct Message {
    /// The number, such as `+420601234567`.
    pub number: String,
    /// A description for the sandbox's page.
    pub about: String,
    /// The text that is written or spoken.
    pub text: Secret,
    /// The code alone, for gateways that have a text of their own.
    pub code: Secret,
    /// The language of the text, such as `cs`.
    pub language: &'static str,
    /// The support code of the request it belongs to.
    pub support_code: String,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({})", self.support_code)
    }
}

/// The transports to phones.
#[derive(Clone, Debug, Default)]
pub struct Phones {
    /// The transport of text messages.
    pub sms: Option<Phone>,
    /// The transport of calls.
    pub voice: Option<Phone>,
    /// The host of the portal, to which a phone may offer to fill in the code.
    pub host: Option<String>,
}

/// A transport of messages.
#[derive(Clone)]
pub enum Phone {
    /// Sends messages through an HTTP gateway.
    Gateway(Gateway),
    /// Keeps the newest messages for the sandbox's page.
    Sandbox {
        /// Where messages are kept.
        mailbox: Mailbox,
        /// A number to which nothing can be sent, so that people can try what happens then.
        dead_number: &'static str,
    },
}

impl Phone {
    /// Reports whether a message to this number, or without one to any number, would be accepted.
    #[must_use]
    pub fn is_ready(&self, number: Option<&str>) -> bool {
        match self {
            Self::Gateway(gateway) => gateway.is_ready(),
            Self::Sandbox { dead_number, .. } => number != Some(*dead_number),
        }
    }

    /// Queues a message without waiting for it to be sent; `false` if it was not accepted.
    pub fn send(&self, message: Message) -> bool {
        match self {
            Self::Gateway(gateway) => gateway.queue(message),
            Self::Sandbox { mailbox, .. } => {
                let text = |secret: &Secret| secret.expose_str().unwrap_or_default().to_owned();
                mailbox.keep(Contents {
                    to: message.number,
                    subject: message.about,
                    text: text(&message.text),
                    html: None,
                    code: Some(text(&message.code)),
                });
                true
            }
        }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gateway(_) => "Phone::Gateway",
            Self::Sandbox { .. } => "Phone::Sandbox",
        })
    }
}
