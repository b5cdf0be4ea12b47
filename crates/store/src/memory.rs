//! The store with its key, clock and random source.

use crate::{Clock, NoRandom, Random, Store, StoreKey, random};
use core::fmt;

/// The store, the key that seals what is in it, the clock and the random source, which nearly every
/// step of the agent needs together.
#[derive(Clone)]
pub struct Memory {
    /// The tables on disk.
    pub store: Store,
    /// The key that seals the values of the tables and hashes their keys.
    pub key: StoreKey,
    /// The clock.
    pub clock: Clock,
    /// The random source of codes, flows and tokens.
    pub random: Random,
}

impl Memory {
    /// Returns the time in seconds since the Unix epoch.
    #[must_use]
    pub fn now(&self) -> u64 {
        (self.clock)()
    }

    /// Returns an array of random bytes.
    ///
    /// # Errors
    /// The random source failed.
    pub fn random_bytes<const N: usize>(&self) -> Result<[u8; N], NoRandom> {
        random::bytes(&self.random)
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory")
    }
}
