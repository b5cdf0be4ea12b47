//! The clock, as a parameter.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A clock, which returns the time in seconds since the Unix epoch.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// Returns the system's clock.
#[must_use]
pub fn system_clock() -> Clock {
    Arc::new(now)
}

/// Returns the system's time, in seconds since the Unix epoch.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place at which the programs read the clock"
)]
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}
