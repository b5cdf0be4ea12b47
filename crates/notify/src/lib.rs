//! What is sent to people: mails ([`mail`]), text messages and calls ([`phone`]), and their texts in
//! the person's language ([`wording`]). Everything is queued, so that the time of an answer reveals
//! nothing about what was sent.

#![deny(missing_docs)]

pub mod mail;
pub mod phone;
mod sandbox;
pub mod wording;

pub use sandbox::{KeptMessage, Mailbox};
pub use wording::Wording;

/// The organisation in whose name everything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// The tenant's name, as in addresses and envelopes.
    pub name: String,
    /// The name by which people know the tenant.
    pub display_name: String,
    /// The contact details of the helpdesk.
    pub helpdesk: String,
}
