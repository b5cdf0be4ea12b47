//! How many codes were sent to one destination, whoever asked, and how many by the whole tenant:
//! accounts that share a mailbox cannot flood it together.

use super::tries::Limits;
use crate::StoreKey;
use crate::store::{SENDS, StoreError, Tables};
use minicbor::{Decode, Encode};
use postern_protocol::GateKind;

/// Under which key the tenant's own count is kept; destinations have longer ones.
const TENANT: &[u8] = b"tenant";

/// Over how many seconds the tenant's own count goes.
const MINUTE: u64 = 60;

/// Where a code goes, as a keyed hash: the store has no addresses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Destination([u8; 32]);

/// Why nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Full {
    /// The destination has had its share of this window.
    Destination { until: u64 },
    /// The tenant has had its share of this minute.
    Tenant { until: u64 },
}

/// When codes were sent.
#[derive(Debug, Default, Encode, Decode)]
struct Sends {
    #[n(0)]
    at: Vec<u64>,
}

impl Destination {
    /// The destination of a gate's address. A decoy has none, and is counted by its name.
    pub(crate) fn of(
        key: &StoreKey,
        kind: GateKind,
        address: Option<&str>,
        subject: &[u8; 16],
    ) -> Self {
        let folded = address.map(folded);
        let address = folded.as_deref().map_or(&subject[..], str::as_bytes);
        Self(key.hash("destination", &[kind.name().as_bytes(), address]))
    }
}

/// An address as it is counted and compared: the same for every way to write it.
pub(crate) fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Counts a code, or says why it is not to be sent.
pub(crate) fn count(
    tables: &Tables,
    destination: &Destination,
    limits: Limits,
    now: u64,
) -> Result<Result<(), Full>, StoreError> {
    let keys = [&destination.0[..], TENANT];
    let mut sends = [
        Sends::read(tables, keys[0], limits.window, now)?,
        Sends::read(tables, keys[1], MINUTE, now)?,
    ];
    if let Some(until) = sends[0].full_until(limits.codes_per_address, limits.window) {
        return Ok(Err(Full::Destination { until }));
    }
    if let Some(until) = sends[1].full_until(limits.codes_per_minute, MINUTE) {
        return Ok(Err(Full::Tenant { until }));
    }
    for (sends, key) in sends.iter_mut().zip(keys) {
        sends.at.push(now);
        tables.put(SENDS, key, sends)?;
    }
    Ok(Ok(()))
}

/// Forgets what the window has left behind.
pub(crate) fn purge(tables: &Tables, limits: Limits, now: u64) -> Result<(), StoreError> {
    tables.retain(SENDS, |bytes| {
        minicbor::decode::<Sends>(bytes).is_ok_and(|sends| {
            let mut times = sends.at.iter();
            times.any(|at| at.saturating_add(limits.window) > now)
        })
    })
}

impl Sends {
    fn read(tables: &Tables, key: &[u8], window: u64, now: u64) -> Result<Self, StoreError> {
        let mut sends: Self = tables.get(SENDS, key)?.unwrap_or_default();
        sends.at.retain(|at| at.saturating_add(window) > now);
        Ok(sends)
    }

    fn full_until(&self, most: u16, window: u64) -> Option<u64> {
        let oldest = self.at.len().checked_sub(usize::from(most))?;
        Some(self.at.get(oldest)?.saturating_add(window))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;
    use postern_envelope::Secret;

    const LIMITS: Limits = Limits {
        tries: 5,
        window: 1_000,
        pause: 0,
        codes_per_address: 2,
        codes_per_minute: 3,
    };

    fn to(address: Option<&str>, subject: u8) -> Destination {
        let key = StoreKey::new(Secret::new(vec![7; 32])).unwrap();
        Destination::of(&key, GateKind::Mail, address, &[subject; 16])
    }

    #[tokio::test]
    async fn a_shared_mailbox_has_one_share_and_the_tenant_one_a_minute() {
        let store = Store::in_memory().unwrap();
        let work = |tables: &Tables| {
            let count = |to, now| count(tables, &to, LIMITS, now);
            let shared = || to(Some("Office@contoso.example"), 1);
            let same = || to(Some(" office@contoso.example"), 2);
            assert_eq!(count(shared(), 0)?, Ok(()));
            assert_eq!(count(same(), 10)?, Ok(()));
            let full = Err(Full::Destination { until: 1_000 });
            assert_eq!(count(shared(), 20)?, full);
            assert_eq!(count(same(), 999)?, full);
            assert_eq!(count(same(), 1_000)?, Ok(()));
            assert_eq!(count(to(None, 1), 1_001)?, Ok(()));
            assert_eq!(count(to(None, 2), 1_002)?, Ok(()));
            let full = Err(Full::Tenant { until: 1_060 });
            assert_eq!(count(to(None, 3), 1_059)?, full);
            assert_eq!(count(to(None, 3), 1_060)?, Ok(()));
            assert_eq!(
                count(to(None, 1), 1_100)?,
                Ok(()),
                "what was refused is not counted"
            );
            Ok(())
        };
        store.write(work).await.unwrap();
    }

    #[tokio::test]
    async fn what_the_window_left_behind_is_forgotten() {
        let store = Store::in_memory().unwrap();
        let work = |tables: &Tables| {
            let one = to(None, 1);
            assert_eq!(count(tables, &one, LIMITS, 10)?, Ok(()));
            purge(tables, LIMITS, 1_009)?;
            assert!(tables.get_bytes(SENDS, &one.0)?.is_some());
            purge(tables, LIMITS, 1_010)?;
            assert!(tables.get_bytes(SENDS, &one.0)?.is_none());
            assert!(tables.get_bytes(SENDS, TENANT)?.is_none());
            Ok(())
        };
        store.write(work).await.unwrap();
    }
}
