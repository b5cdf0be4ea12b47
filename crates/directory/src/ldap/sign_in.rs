//! The password of the agent's account that a domain controller did not take.

use crate::Failure;
use postern_envelope::Secret;

/// How long a wrong password is not tried again, in seconds. Every heartbeat asks the directory:
/// without this, an agent whose password was changed would lock its own account out at once.
const PAUSE: u64 = 15 * 60;

/// A password that was wrong.
#[derive(Debug)]
pub(super) struct RejectedBindPassword {
    password: Secret,
    failure: Failure,
    until: u64,
}

impl RejectedBindPassword {
    /// Keeps what was wrong `now`.
    pub fn new(password: Secret, failure: Failure, now: u64) -> Self {
        tracing::error!(
            cause = failure.cause,
            minutes = PAUSE / 60,
            "the password of the agent's account is wrong, and is not tried again for a while \
             unless bind_password_file changes"
        );
        Self {
            password,
            failure,
            until: now.saturating_add(PAUSE),
        }
    }

    /// What was answered to this password, if it is too soon to try it again.
    pub fn answer(&self, password: &Secret, now: u64) -> Option<Failure> {
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
        assert_eq!(wrong.answer(&Secret::from("a"), 1_899), Some(failure));
        assert_eq!(wrong.answer(&Secret::from("a"), 1_900), None);
        assert_eq!(wrong.answer(&Secret::from("b"), 1_000), None);
    }
}
