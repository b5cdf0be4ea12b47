//! The methods of accounts, and those that are being registered.

use crate::Record;
use postern_envelope::Secret;

/// A method of an account.
#[derive(Clone)]
pub struct AccountMethod {
    /// The id of a registered or issued method, which no other of the account has: a secret, a
    /// credential id or the id of an issue. `None` for an address in the directory.
    pub id: Option<Secret>,
    /// The address or number that codes are sent to.
    pub address: Option<String>,
    /// The part that its owner sees: the masked address; for a passkey the time at which it was
    /// added.
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
    /// The data with which the person registers it: an `otpauth://` address, recovery codes (one a
    /// line) or passkey options.
    pub offer: Secret,
    /// The data to store once the method is confirmed; for a passkey that is not confirmed yet, the
    /// state of the registration.
    pub kept: Secret,
    /// Its id, known once it is confirmed.
    pub id: Secret,
    /// The record that marks the confirming answer as used.
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

    /// Returns the codes of the offer of a set of codes.
    #[must_use]
    pub fn offered_codes(&self) -> Vec<Secret> {
        let codes = self.offer.expose().split(|byte| *byte == b'\n');
        codes.map(|code| Secret::new(code.to_vec())).collect()
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
