//! An asynchronous lock for each request id, each flow and each account.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// The number of locks at which those that are not held are removed.
const SWEEP_AT: usize = 1024;

/// Locks by name.
#[derive(Debug, Default)]
pub(crate) struct Locks(Mutex<HashMap<[u8; 16], Arc<AsyncMutex<()>>>>);

impl Locks {
    /// Waits for the lock of one name and holds it until the guard is dropped.
    pub(crate) async fn hold(&self, name: [u8; 16]) -> OwnedMutexGuard<()> {
        let lock = {
            // A panic while the map is held cannot leave it half-changed.
            let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if locks.len() >= SWEEP_AT {
                locks.retain(|_, lock| Arc::strong_count(lock) > 1);
            }
            Arc::clone(locks.entry(name).or_default())
        };
        lock.lock_owned().await
    }
}
