//! Randomness, as a parameter.

use std::sync::Arc;

/// A random source, which fills a buffer with random bytes.
pub type Random = Arc<dyn Fn(&mut [u8]) -> Result<(), NoRandom> + Send + Sync>;

/// The random source failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no randomness")]
pub struct NoRandom;

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
