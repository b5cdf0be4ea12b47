//! Avoids the directory's own lockout: tries the current password only while enough tries are left.

use super::connection::Fault;
use super::entry::Entry;
use super::policy::{self, Lockout};
use super::session::Session;
use super::time::from_filetime;
use super::{Anchor, CLOCK_TOLERANCE_SECONDS};
use postern_protocol::Reason;
use tokio::sync::{Mutex, MutexGuard};

/// The number of wrong passwords that must remain after the one tried here before the directory
/// locks the account: a stranger must not be able to lock it from here, nor to leave its owner only
/// the last try.
const MIN_TRIES_LEFT: i64 = 2;

/// `UF_LOCKOUT` (MS-ADTS 2.2.16).
pub(super) const LOCKED_OUT: i64 = 0x10;

/// The number of locks, and so of accounts whose passwords can be tried at once.
const LOCKS: usize = 64;

/// Locks that allow one try at a time for an account: the try must add to the count that was read.
/// Accounts whose anchors map to the same lock share it.
#[derive(Debug)]
pub(super) struct AttemptLocks([Mutex<()>; LOCKS]);

impl AttemptLocks {
    /// Waits for the lock of an account.
    pub async fn lock(&self, anchor: Anchor) -> MutexGuard<'_, ()> {
        let [first, ..] = anchor.0;
        self.0[usize::from(first) % LOCKS].lock().await
    }
}

impl Default for AttemptLocks {
    fn default() -> Self {
        Self(core::array::from_fn(|_| Mutex::new(())))
    }
}

/// Checks that the current password of an entry's account may be tried; returns a fault if not.
///
/// Each domain controller keeps its own count. The PDC emulator, which is used whenever it can be
/// reached, is told of every wrong password in the domain.
pub(super) async fn allow_try(session: &Session, entry: &Entry, now: u64) -> Result<(), Fault> {
    const ATTRIBUTES: [&str; 4] = [
        "badPwdCount",
        "badPasswordTime",
        "msDS-User-Account-Control-Computed",
        "lockoutTime",
    ];
    let rule = policy::lockout(session, entry).await?;
    if rule.threshold == 0 {
        return Ok(());
    }
    let state = session.connection.read(&entry.dn, &ATTRIBUTES).await?;
    let state = state.unwrap_or_default();
    // `lockoutTime` keeps its value after the lockout is over; the computed attribute, if it may be
    // read, does not.
    let locked = match state.number(ATTRIBUTES[2]) {
        Some(computed) => computed & LOCKED_OUT != 0,
        None => state.number(ATTRIBUTES[3]).is_some_and(|time| time > 0),
    };
    if locked {
        return Err(Fault::refused(
            Reason::AccountLocked,
            "locked out in the directory",
        ));
    }
    // A domain controller that never saw a wrong password of the account keeps no count of it.
    let count = state.number(ATTRIBUTES[0]).unwrap_or_default();
    let last = state.number(ATTRIBUTES[1]).and_then(from_filetime);
    if leaves_enough_tries(&rule, count, last, now) {
        return Ok(());
    }
    let threshold = rule.threshold;
    Err(Fault::refused(
        Reason::PasswordNotTried,
        format_args!(
            "a wrong password would leave fewer than {MIN_TRIES_LEFT} tries before the directory's \
             lockout (threshold {threshold}, counted {count})"
        ),
    ))
}

/// Reports whether one more wrong password leaves [`MIN_TRIES_LEFT`] tries before the lockout.
fn leaves_enough_tries(rule: &Lockout, count: i64, last: Option<u64>, now: u64) -> bool {
    // The directory restarts the count when the window has passed, by its own clock.
    let passed = last.is_some_and(|last| {
        let until = last.saturating_add(rule.window_seconds);
        now > until.saturating_add(CLOCK_TOLERANCE_SECONDS)
    });
    let counted = if passed { 0 } else { count.max(0) };
    let after = counted.saturating_add(1);
    rule.threshold == 0 || after.saturating_add(MIN_TRIES_LEFT) <= rule.threshold
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;
    const WINDOW: u64 = 1_800;

    #[track_caller]
    fn check(threshold: i64, count: i64, last: Option<u64>, expect: bool) {
        let rule = Lockout {
            threshold,
            window_seconds: WINDOW,
        };
        let allowed = leaves_enough_tries(&rule, count, last, NOW);
        assert_eq!(allowed, expect, "{threshold} {count} {last:?}");
    }

    #[test]
    fn two_tries_are_left_under_the_threshold() {
        for (threshold, most) in [
            (1, None),
            (2, None),
            (3, Some(0)),
            (5, Some(2)),
            (10, Some(7)),
        ] {
            for count in 0..12 {
                let expect = most.is_some_and(|most| count <= most);
                check(threshold, count, Some(NOW - 60), expect);
            }
        }
        for count in [0, 1, 1_000] {
            check(0, count, Some(NOW), true);
        }
    }

    #[test]
    fn a_count_is_over_when_the_window_has_passed_by_any_clock_that_is_allowed() {
        check(5, 4, Some(NOW - WINDOW), false);
        check(5, 4, Some(NOW - WINDOW - CLOCK_TOLERANCE_SECONDS), false);
        check(5, 4, Some(NOW - WINDOW - CLOCK_TOLERANCE_SECONDS - 1), true);
        check(2, 4, Some(0), false);
        // A count without a time does not run out, and a time in the future has not passed.
        check(5, 4, None, false);
        check(5, 4, Some(u64::MAX), false);
        check(5, i64::MAX, Some(NOW), false);
        check(5, -1, Some(NOW), true);
    }
}
