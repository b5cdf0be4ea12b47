//! Finds accounts and sets passwords, behind one small trait with two engines: `ldap`
//! (Active Directory) and `sandbox` (scripted accounts in memory).

#![deny(missing_docs)]

#[cfg(feature = "ldap")]
pub mod ldap;
pub mod names;
pub mod sandbox;

use async_trait::async_trait;
use core::fmt;
use postern_envelope::Secret;
use postern_protocol::{Policy, Reason};

pub use postern_host::Clock;

/// The immutable identifier of an account: `mS-DS-ConsistencyGuid`, else `objectGUID`; 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub [u8; 16]);

/// The attributes of an account that the agent uses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of an account"
)]
pub struct Account {
    /// Its immutable identifier.
    pub anchor: Anchor,
    /// Its login name (`sAMAccountName`).
    pub login_name: String,
    /// Its principal name (`userPrincipalName`), or empty.
    pub principal_name: String,
    /// Its display name, or empty.
    pub display_name: String,
    /// `ACCOUNTDISABLE` is set.
    pub disabled: bool,
    /// `accountExpires` has passed.
    pub expired: bool,
    /// It is never reset, changed or unlocked: it is a member, directly, nested or by primary
    /// group, of a protected group, is trusted with more than a person's sign-in, or is the agent's
    /// own.
    pub protected: bool,
    /// It is a member, in any of these ways, of a group that needs two gates whatever the tenant's
    /// rule is.
    pub two_gates: bool,
    /// The mail addresses for codes and notices, best first.
    pub mail_addresses: Vec<String>,
    /// The numbers for codes sent as text messages, in the form `+420601234567`, best first.
    pub mobile_numbers: Vec<String>,
    /// The numbers for codes spoken in a call, in the same form, best first.
    pub phone_numbers: Vec<String>,
}

/// The directory refused an operation, or could not be reached.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {cause}", reason.code())]
pub struct Failure {
    /// The reason shown to the person.
    pub reason: Reason,
    /// The cause, for the operator. Never contains a password.
    pub cause: String,
}

impl Failure {
    /// Creates a failure with its cause as text.
    pub fn new(reason: Reason, cause: impl fmt::Display) -> Self {
        Self {
            reason,
            cause: cause.to_string(),
        }
    }
}

/// The result of checking a password against the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// It is the current password.
    Right,
    /// It is the current password, and has expired or must be changed.
    MustChange,
    /// The password is wrong.
    Wrong,
}

/// The operations of a directory. Every call is independent of the calls before it.
#[async_trait]
pub trait Directory: fmt::Debug + Send + Sync {
    /// Finds the account of a login name: `sAMAccountName`, `DOMAIN\name` or `userPrincipalName`.
    /// Disabled, expired and protected accounts are found too.
    async fn find(&self, login_name: &str) -> Result<Account, Failure>;

    /// Reads an account again by its anchor.
    async fn account(&self, anchor: Anchor) -> Result<Account, Failure>;

    /// Returns the account's effective policy, with the names that its password may not contain.
    async fn policy(&self, account: &Account) -> Result<Policy, Failure>;

    /// Sets the password and unlocks the account, in one atomic write. The password is UTF-8 and
    /// has passed [`Policy::refuse`]. The account is read again first: one that has become
    /// protected, disabled or expired is refused. Fails with [`Reason::InDoubt`] if the write was
    /// sent and not answered.
    async fn set_password(&self, account: &Account, password: &Secret) -> Result<(), Failure>;

    /// Changes the password with the current one, as its owner would, in one atomic write: history
    /// and minimum age always apply. Otherwise the same as [`Directory::set_password`]. Fails with
    /// [`Reason::WrongPassword`] if the current password is wrong; the lockout is avoided as in
    /// [`Directory::verify_password`].
    async fn change_password(
        &self,
        account: &Account,
        current: &Secret,
        password: &Secret,
    ) -> Result<(), Failure>;

    /// Checks a password by signing in with it. A wrong one counts towards the directory's own
    /// lockout. Fails with [`Reason::AccountLocked`] if the account is locked out, and with
    /// [`Reason::PasswordNotTried`] if a wrong password would leave fewer than two tries before the
    /// lockout. The account is read again first: one that has become protected, disabled or
    /// expired is refused.
    async fn verify_password(
        &self,
        account: &Account,
        password: &Secret,
    ) -> Result<Verified, Failure>;

    /// Unlocks the account; returns `false` if it was not locked. The account is read again first:
    /// one that has become protected, disabled or expired is refused.
    async fn unlock(&self, account: &Account) -> Result<bool, Failure>;

    /// Returns every account that has this mail address, except the agent's own.
    async fn find_by_mail(&self, address: &str) -> Result<Vec<Account>, Failure>;

    /// Checks that the directory answers and can be used; cheap enough for every heartbeat.
    async fn check(&self) -> Result<(), Failure>;
}
