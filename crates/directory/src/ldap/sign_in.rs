//! Remembers a password of the agent's account that a domain controller rejected.

use crate::Failure;
use postern_envelope::Secret;

/// The time in seconds before a wrong password is tried again. Every heartbeat uses the directory:
/// without this pause, an agent whose password was changed would lock its own account out at once.
const RETRY_PAUSE_SECONDS: u64 = 15 * 60;

/// A password that the domain controller rejected, and its answer.
#[derive(Debug)]
pub(super) struct RejectedBindPassword {
    password: Secret,
    failure: Failure,
    until: u64,
}

impl RejectedBindPassword {
    /// Remembers a password that was rejected at `now` (seconds since the Unix epoch), and logs it.
    pub fn new(password: Secret, failure: Failure, now: u64) -> Self {
        tracing::error!(
            cause = failure.cause,
            minutes = RETRY_PAUSE_SECONDS / 60,
            "the password of the agent's account is wrong, and is not tried again for a while \
             unless bind_password_file changes"
        );
        Self {
            password,
            failure,
            until: now.saturating_add(RETRY_PAUSE_SECONDS),
        }
    }

    /// Returns the failure of this password, if it is too soon to try it again.
    pub fn recent_failure(&self, password: &Secret, now: u64) -> Option<Failure> {
        let same = self.password.expose() == password.expose();
        (same && now < self.until).then(|| self.failure.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_protocol::Reason;

    #[test]
    fn only_the_same_password_waits_and_not_for_ever() {
        let failure = Failure::new(Reason::DirectoryUnreachable, "wrong");
        let wrong = RejectedBindPassword::new(Secret::from("a"), failure.clone(), 1_000);
        assert_eq!(
            wrong.recent_failure(&Secret::from("a"), 1_899),
            Some(failure)
        );
        assert_eq!(wrong.recent_failure(&Secret::from("a"), 1_900), None);
        assert_eq!(wrong.recent_failure(&Secret::from("b"), 1_000), None);
    }
}
