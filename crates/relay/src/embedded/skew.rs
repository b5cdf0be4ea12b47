//! How far the agent's clock is from the portal's: beyond some seconds, every message comes too late.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use tracing::{info, warn};

/// From how many seconds on it is said.
const SAID_FROM: u64 = 20;

/// By how many seconds it must have changed to be said again, and how long it is not at least.
const CHANGED: u64 = 5;
const PAUSE: Duration = Duration::from_secs(60);

/// How many seconds an agent's clock is ahead of the portal's, as far as is known.
#[derive(Default)]
pub(super) struct Skew(Mutex<Known>);

#[derive(Default)]
struct Known {
    ahead: i64,
    /// What was said last, and when.
    said: Option<(i64, Instant)>,
}

impl Skew {
    /// Keeps a measurement, and says it in the log where it matters.
    pub fn note(&self, ahead: i64) {
        // Whole after every statement, so a panic elsewhere harms nothing.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.ahead = ahead;
        let seconds = ahead.unsigned_abs();
        if seconds < SAID_FROM {
            if known.said.take().is_some() {
                info!("the clocks of agent and portal agree again");
            }
            return;
        }
        let is_said = known
            .said
            .is_some_and(|(said, at)| said.abs_diff(ahead) < CHANGED || at.elapsed() < PAUSE);
        if !is_said {
            known.said = Some((ahead, Instant::now()));
            let direction = if ahead > 0 { "ahead of" } else { "behind" };
            warn!("the agent's clock is {seconds} seconds {direction} the portal's");
        }
    }

    /// The last measurement.
    pub fn ahead(&self) -> i64 {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.ahead
    }
}

/// How many seconds `ours` is ahead of `theirs`.
pub(super) fn ahead(ours: u64, theirs: u64) -> i64 {
    let seconds = i64::try_from(ours.abs_diff(theirs)).unwrap_or(i64::MAX);
    if ours < theirs { -seconds } else { seconds }
}

/// The same, where they were read at some moment between `asked` and `heard` by our clock: what is
/// nearest to none.
pub(super) fn at_least(asked: u64, theirs: u64, heard: u64) -> i64 {
    ahead(theirs.clamp(asked.min(heard), heard), theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_way_is_not_taken_for_a_difference() {
        for (asked, theirs, heard, seconds) in [
            (100, 100, 100, 0),
            (100, 101, 102, 0),
            (100, 100, 130, 0),
            (190, 100, 191, 90),
            (10, 100, 11, -89),
            // Set back meanwhile.
            (190, 100, 101, 1),
            (0, u64::MAX, 0, -i64::MAX),
        ] {
            assert_eq!(
                at_least(asked, theirs, heard),
                seconds,
                "{asked} {theirs} {heard}"
            );
        }
    }
}
