//! Clock and randomness, as parameters.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A clock, which returns the time in seconds since the Unix epoch.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// A random source, which fills a buffer with random bytes.
pub type Random = Arc<dyn Fn(&mut [u8]) -> Result<(), NoRandom> + Send + Sync>;

/// The random source failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no randomness")]
pub struct NoRandom;

/// Returns the system's clock.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place at which the agent reads the clock"
)]
pub fn system_clock() -> Clock {
    Arc::new(|| {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs())
    })
}

/// Returns the system's random source.
#[must_use]
pub fn system_random() -> Random {
    Arc::new(|buffer| {
        let bytes = postern_envelope::package::random(buffer.len()).map_err(|_| NoRandom)?;
        buffer.copy_from_slice(bytes.expose());
        Ok(())
    })
}

/// Returns an array of random bytes.
pub fn bytes<const N: usize>(random: &Random) -> Result<[u8; N], NoRandom> {
    let mut buffer = [0; N];
    random(&mut buffer)?;
    Ok(buffer)
}
