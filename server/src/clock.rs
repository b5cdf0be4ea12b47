//! The portal's clock.

use std::time::SystemTime;

/// Returns the time, in seconds since the Unix epoch.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place at which the portal reads the clock"
)]
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |passed| passed.as_secs())
}
