//! The methods of accounts, and those that are being registered.

use crate::Record;
use core::fmt;
use postern_envelope::Secret;

/// A method of an account.
#[derive(Clone)]
pub struct AccountMethod {
    /// What distinguishes a registered or issued method from the account's others: a secret, a
    /// credential id or the id of an issue. `None` for an address in the directory.
    pub id: Option<Secret>,
    /// The address or number that codes are sent to.
    pub address: Option<String>,
    /// What its owner sees of it: the masked address; for a passkey the time at which it was added.
    pub hint: Option<String>,
    /// The number of codes left, for kinds with several.
    pub left: Option<u64>,
    /// It can be used now, unless it is held.
    pub usable: bool,
}

impl AccountMethod {
    /// Creates a registered or issued method.
    #[must_use]
    pub const fn registered(id: Secret) -> Self {
        Self {
            id: Some(id),
            address: None,
            hint: None,
            left: None,
            usable: true,
        }
    }

    /// Creates the method of an address in the directory.
    #[must_use]
    pub fn of_address(address: &str, masked: String) -> Self {
        Self {
            id: None,
            address: Some(address.to_owned()),
            hint: Some(masked),
            left: None,
            usable: true,
        }
    }
}

/// A method that is being registered.
#[derive(Clone)]
pub struct NewMethod {
    /// What the person needs to register it: an `otpauth://` address, recovery codes (one a line)
    /// or passkey options.
    pub offer: Secret,
    /// What is stored once the method is confirmed; for a passkey that is not confirmed yet, the
    /// state of the registration.
    pub kept: Secret,
    /// Its id, known once it is confirmed.
    pub id: Secret,
    /// What marks the confirming answer as used.
    pub record: Option<Record>,
}

impl NewMethod {
    /// Creates a method that is not confirmed yet.
    #[must_use]
    pub fn new(offer: Secret, kept: Secret) -> Self {
        Self {
            offer,
            kept,
            id: Secret::default(),
            record: None,
        }
    }
}

/// The result of confirming a new method.
pub enum Confirmation {
    /// The method is confirmed.
    Right(NewMethod),
    /// The answer is wrong; another one may be given.
    Wrong,
    /// The answer is no code at all; another one may be given, and this one is not counted.
    NoCode,
    /// The method has to be made anew.
    GivenUp,
}

impl fmt::Debug for AccountMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccountMethod")
    }
}
