//! The directory's own lockout: the current password is tried only while it stays out of reach.

use super::connection::Fault;
use super::entry::Entry;
use super::policy::{self, Lockout};
use super::session::Session;
use super::time::from_filetime;
use super::{Anchor, CLOCK_TOLERANCE};
use postern_protocol::Reason;
use tokio::sync::{Mutex, MutexGuard};

/// How many wrong passwords the directory has to take after the one that is tried here before it
/// locks the account: a stranger must not be able to lock it from here, nor to leave its owner the
/// last try.
const TRIES_LEFT: i64 = 2;

/// `UF_LOCKOUT` (MS-ADTS 2.2.16).
pub(super) const LOCKED_OUT: i64 = 0x10;

/// How many accounts can be tried at once, at most.
const TURNS: usize = 64;

/// One try at a time for an account: the count that is read has to be the one that the try adds to.
#[derive(Debug)]
pub(super) struct Turns([Mutex<()>; TURNS]);

impl Turns {
    /// Waits for the turn of an account, and of those that share its place.
    pub async fn take(&self, anchor: Anchor) -> MutexGuard<'_, ()> {
        let [first, ..] = anchor.0;
        self.0[usize::from(first) % TURNS].lock().await
    }
}

impl Default for Turns {
    fn default() -> Self {
        Self(core::array::from_fn(|_| Mutex::new(())))
    }
}

/// Whether the current password of an entry's account may be tried: a fault if not.
///
/// The count is this domain controller's own. The PDC emulator, which is asked wherever it can be
/// reached, hears of every wrong password in the domain.
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
    // `lockoutTime` stays after the lockout is over; what is computed knows, if it may be read.
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
    if leaves_enough(&rule, count, last, now) {
        return Ok(());
    }
    let threshold = rule.threshold;
    Err(Fault::refused(
        Reason::PasswordNotTried,
        format_args!(
            "a wrong password would leave fewer than {TRIES_LEFT} tries before the directory's \
             lockout (threshold {threshold}, counted {count})"
        ),
    ))
}

/// Whether one more wrong password leaves [`TRIES_LEFT`] before the lockout.
fn leaves_enough(rule: &Lockout, count: i64, last: Option<u64>, now: u64) -> bool {
    // The directory begins to count anew when the window has passed, by its own clock.
    let passed = last.is_some_and(|last| {
        let until = last.saturating_add(rule.window);
        now > until.saturating_add(CLOCK_TOLERANCE)
    });
    let counted = if passed { 0 } else { count.max(0) };
    let after = counted.saturating_add(1);
    rule.threshold == 0 || after.saturating_add(TRIES_LEFT) <= rule.threshold
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
            window: WINDOW,
        };
        let allowed = leaves_enough(&rule, count, last, NOW);
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
        check(5, 4, Some(NOW - WINDOW - CLOCK_TOLERANCE), false);
        check(5, 4, Some(NOW - WINDOW - CLOCK_TOLERANCE - 1), true);
        check(2, 4, Some(0), false);
        // A count without a time does not run out, and a moment to come is not past.
        check(5, 4, None, false);
        check(5, 4, Some(u64::MAX), false);
        check(5, i64::MAX, Some(NOW), false);
        check(5, -1, Some(NOW), true);
    }
}
