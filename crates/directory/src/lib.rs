//! Finding accounts and setting passwords, behind one small trait with two engines: `ldap`
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
use std::sync::Arc;

/// The time, in seconds since 1970; given by the caller, so that tests can turn it.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The immutable name of an account: `mS-DS-ConsistencyGuid`, else `objectGUID`; 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub [u8; 16]);

/// An account as the agent needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent facts of an account"
)]
pub struct Account {
    /// Its immutable name.
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
    /// Never reset, changed or unlocked: a member, directly, nested or by primary group, of a
    /// protected group; trusted with more than a person's sign-in; or the agent's own account.
    pub protected: bool,
    /// A member, in any of these ways, of a group that needs two gates whatever the tenant's rule.
    pub two_gates: bool,
    /// Where codes and notices may be sent, best first.
    pub mail_addresses: Vec<String>,
    /// Where codes may be sent as text messages, as `+420601234567`, best first.
    pub mobile_numbers: Vec<String>,
    /// Where codes may be told in a call, in the same form, best first.
    pub phone_numbers: Vec<String>,
}

/// A directory said no, or could not be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {cause}", reason.code())]
pub struct Failure {
    /// What the person is told.
    pub reason: Reason,
    /// What the person on call is told. Never contains a password.
    pub cause: String,
}

impl Failure {
    /// A failure with its cause in words.
    pub fn new(reason: Reason, cause: impl fmt::Display) -> Self {
        Self {
            reason,
            cause: cause.to_string(),
        }
    }
}

/// What a directory says of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// It is the current one.
    Right,
    /// It is the current one, and has expired or must be changed.
    MustChange,
    /// It is wrong.
    Wrong,
}

/// What a directory does. Every method is one question; none keeps anything of the last.
#[async_trait]
pub trait Directory: fmt::Debug + Send + Sync {
    /// Finds the account of a login name: `sAMAccountName`, `DOMAIN\name` or `userPrincipalName`.
    /// Disabled, expired and protected accounts are found too.
    async fn find(&self, login_name: &str) -> Result<Account, Failure>;

    /// Reads an account again by its anchor.
    async fn account(&self, anchor: Anchor) -> Result<Account, Failure>;

    /// The effective policy of an account, with the names that its password may not contain.
    async fn policy(&self, account: &Account) -> Result<Policy, Failure>;

    /// Sets the password and unlocks the account, in one atomic write. The password is UTF-8 and
    /// has passed [`Policy::refuse`]. The account is read anew first: one that is by now
    /// protected, disabled or expired is refused. [`Reason::InDoubt`] if the write was sent and
    /// not answered.
    async fn set_password(&self, account: &Account, password: &Secret) -> Result<(), Failure>;

    /// Changes the password by the current one, as its owner would, in one atomic write: history
    /// and minimum age are always kept. Else as [`Directory::set_password`].
    /// [`Reason::WrongPassword`] if the current one is wrong; the lockout is kept away as in
    /// [`Directory::verify_password`].
    async fn change_password(
        &self,
        account: &Account,
        current: &Secret,
        password: &Secret,
    ) -> Result<(), Failure>;

    /// Whether this is the current password, by signing in with it. A wrong one counts towards
    /// the directory's own lockout: [`Reason::AccountLocked`] where that has struck, and
    /// [`Reason::PasswordNotTried`] where a wrong one would leave fewer than two tries under it.
    /// The account is read anew first: one that is by now protected, disabled or expired is
    /// refused.
    async fn verify_password(
        &self,
        account: &Account,
        password: &Secret,
    ) -> Result<Verified, Failure>;

    /// Unlocks the account; `false` if it was not locked. The account is read anew first: one
    /// that is by now protected, disabled or expired is refused.
    async fn unlock(&self, account: &Account) -> Result<bool, Failure>;

    /// Every account that has this mail address, but for the agent's own.
    async fn find_by_mail(&self, address: &str) -> Result<Vec<Account>, Failure>;

    /// Whether the directory can be asked at all; cheap enough for every heartbeat.
    async fn check(&self) -> Result<(), Failure>;
}
