//! The difference between the agent's clock and the portal's: if it is large, every message arrives
//! too late.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use tracing::{info, warn};

/// The difference in seconds from which it is logged.
const LOG_THRESHOLD_SECONDS: u64 = 20;

/// The change in seconds from which it is logged again, and the minimum time between two log lines.
const LOG_CHANGE_SECONDS: u64 = 5;
const LOG_INTERVAL: Duration = Duration::from_secs(60);

/// The number of seconds by which an agent's clock is ahead of the portal's, as last measured.
#[derive(Default)]
pub(super) struct Skew(Mutex<Measurement>);

#[derive(Default)]
struct Measurement {
    ahead: i64,
    /// The difference that was logged last, and the time of that line.
    last_logged: Option<(i64, Instant)>,
}

impl Skew {
    /// Records a measurement, and logs a large difference.
    pub fn record(&self, ahead: i64) {
        // Consistent after every statement, so a panic elsewhere does no harm.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.ahead = ahead;
        let seconds = ahead.unsigned_abs();
        if seconds < LOG_THRESHOLD_SECONDS {
            if known.last_logged.take().is_some() {
                info!("the clocks of agent and portal agree again");
            }
            return;
        }
        let is_logged = known.last_logged.is_some_and(|(logged, at)| {
            logged.abs_diff(ahead) < LOG_CHANGE_SECONDS || at.elapsed() < LOG_INTERVAL
        });
        if !is_logged {
            known.last_logged = Some((ahead, Instant::now()));
            let direction = if ahead > 0 { "ahead of" } else { "behind" };
            warn!("the agent's clock is {seconds} seconds {direction} the portal's");
        }
    }

    /// Returns the last measurement.
    pub fn ahead(&self) -> i64 {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.ahead
    }
}

/// Returns the number of seconds by which `clock` is ahead of `reference`.
pub(super) fn ahead(clock: u64, reference: u64) -> i64 {
    let seconds = i64::try_from(clock.abs_diff(reference)).unwrap_or(i64::MAX);
    if clock < reference { -seconds } else { seconds }
}

/// Returns the smallest difference that is possible if `reference` was read at some time between
/// `sent` and `received` by our clock.
pub(super) fn smallest_ahead(sent: u64, reference: u64, received: u64) -> i64 {
    ahead(reference.clamp(sent.min(received), received), reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_way_is_not_taken_for_a_difference() {
        for (sent, reference, received, seconds) in [
            (100, 100, 100, 0),
            (100, 101, 102, 0),
            (100, 100, 130, 0),
            (190, 100, 191, 90),
            (10, 100, 11, -89),
            // Our clock was set back in between.
            (190, 100, 101, 1),
            (0, u64::MAX, 0, -i64::MAX),
        ] {
            assert_eq!(
                smallest_ahead(sent, reference, received),
                seconds,
                "{sent} {reference} {received}"
            );
        }
    }
}
