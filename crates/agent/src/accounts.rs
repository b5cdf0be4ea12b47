//! The accounts in the directory. Every question to it has a time limit.

use postern_directory::{Account, Anchor, Directory, Failure, Verified};
use postern_envelope::Secret;
use postern_protocol::{Policy, Reason};
use std::sync::Arc;
use std::time::Duration;

/// The time limit for one operation of the directory.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The time limit for the check that the directory is reachable: less than the relay waits for its
/// result.
const CHECK_TIMEOUT: Duration = Duration::from_millis(1500);

/// The accounts in the directory.
#[derive(Clone)]
pub(crate) struct Accounts(Arc<dyn Directory>);

impl Accounts {
    pub(crate) fn new(directory: Arc<dyn Directory>) -> Self {
        Self(directory)
    }

    /// Checks that the directory is reachable.
    pub(crate) async fn check(&self) -> Result<(), Failure> {
        let checked = tokio::time::timeout(CHECK_TIMEOUT, self.0.check()).await;
        checked.unwrap_or_else(|_| Err(no_answer()))
    }

    /// Finds the account of a login name.
    pub(crate) async fn find(&self, login_name: &str) -> Result<Account, Failure> {
        in_time(self.0.find(login_name)).await
    }

    /// Finds the accounts with a mail address.
    pub(crate) async fn find_by_mail(&self, address: &str) -> Result<Vec<Account>, Failure> {
        in_time(self.0.find_by_mail(address)).await
    }

    /// Reads an account; fails if its password may not be reset at all.
    pub(crate) async fn load_usable(&self, anchor: Anchor) -> Result<Account, Reason> {
        let account = in_time(self.0.account(anchor)).await;
        let account = account.inspect_err(log_failure);
        let account = account.map_err(|failure| failure.reason)?;
        ensure_usable(&account)?;
        Ok(account)
    }

    /// Reads an account and the policy of its password.
    pub(crate) async fn policy(&self, anchor: Anchor) -> Result<(Account, Policy), Reason> {
        let read = in_time(async {
            let account = self.0.account(anchor).await?;
            let policy = self.0.policy(&account).await?;
            Ok((account, policy))
        });
        let read = read.await.inspect_err(log_failure);
        read.map_err(|failure| failure.reason)
    }

    /// Unlocks an account; returns `false` if it was not locked.
    pub(crate) async fn unlock(&self, anchor: Anchor) -> Result<(Account, bool), Reason> {
        let unlocked = in_time(async {
            let account = self.0.account(anchor).await?;
            let unlocked = self.0.unlock(&account).await?;
            Ok((account, unlocked))
        });
        let unlocked = unlocked.await.inspect_err(log_failure);
        unlocked.map_err(|failure| failure.reason)
    }

    /// Has the directory check a current password.
    pub(crate) async fn verify(&self, anchor: Anchor, typed: &Secret) -> Result<Verified, Reason> {
        let verified = in_time(async {
            let account = self.0.account(anchor).await?;
            // Strangers must not be able to lock out administrators or the agent's own account.
            if account.protected {
                let cause = "the password of a protected account is not tried";
                return Err(Failure::new(Reason::AccountProtected, cause));
            }
            self.0.verify_password(&account, typed).await
        });
        let verified = verified.await.inspect_err(log_failure);
        verified.map_err(|failure| failure.reason)
    }

    /// Writes a password: a change with the current one, otherwise a reset. Unlike a read, a write
    /// that is not answered in time is in doubt.
    pub(crate) async fn write_password(
        &self,
        account: &Account,
        current: Option<&Secret>,
        password: &Secret,
    ) -> Result<(), Reason> {
        let write = async {
            match current {
                Some(current) => self.0.change_password(account, current, password).await,
                None => self.0.set_password(account, password).await,
            }
        };
        match tokio::time::timeout(TIMEOUT, write).await {
            Ok(written) => written
                .inspect_err(log_failure)
                .map_err(|failure| failure.reason),
            Err(_) => {
                tracing::error!("the directory did not answer a write in time");
                Err(Reason::InDoubt)
            }
        }
    }
}

/// Fails if the password of an account may not be reset at all.
pub(crate) fn ensure_usable(account: &Account) -> Result<(), Reason> {
    if account.disabled {
        Err(Reason::AccountDisabled)
    } else if account.expired {
        Err(Reason::AccountExpired)
    } else if account.protected {
        Err(Reason::AccountProtected)
    } else {
        Ok(())
    }
}

/// Reports whether a reason reveals something about an account, which a `decoy` tenant shows only
/// to its owner.
pub(crate) fn concerns_account(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::UserNotFound
            | Reason::AccountAmbiguous
            | Reason::AccountDisabled
            | Reason::AccountExpired
            | Reason::AccountProtected
            | Reason::AgentLacksRight
            | Reason::TooFewGates
    )
}

/// Reports whether a reason concerns the agent or the directory and reveals nothing of an account.
pub(crate) fn is_service_failure(reason: &Reason) -> bool {
    matches!(reason, Reason::DirectoryUnreachable | Reason::Internal)
}

pub(crate) fn log_failure(failure: &Failure) {
    let reason = failure.reason.code();
    tracing::warn!(reason, cause = failure.cause, "the directory refused");
}

async fn in_time<T>(question: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::time::timeout(TIMEOUT, question)
        .await
        .unwrap_or_else(|_| Err(no_answer()))
}

fn no_answer() -> Failure {
    Failure::new(Reason::DirectoryUnreachable, "no answer in time")
}
