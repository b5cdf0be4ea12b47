//! Codes sent to one destination, whoever requested them: accounts that share a mailbox cannot
//! flood it together.

use super::Limits;
use super::tries::SLOW_PAUSE_SECONDS;
use minicbor::{Decode, Encode};
use postern_protocol::GateKind;
use postern_store::StoreKey;
use postern_store::store::{SENDS, StoreError, Tables};

/// The destination of a code, as a keyed hash: the store has no addresses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Destination([u8; 32]);

/// The times at which codes were sent.
#[derive(Debug, Default, Encode, Decode)]
struct Sends {
    #[n(0)]
    at: Vec<u64>,
}

impl Destination {
    /// Returns the destination of a gate's address. A decoy has no address and is counted by
    /// `subject`.
    pub(crate) fn of(
        key: &StoreKey,
        kind: GateKind,
        address: Option<&str>,
        subject: &[u8; 16],
    ) -> Self {
        let folded = address.map(fold_address);
        let address = folded.as_deref().map_or(&subject[..], str::as_bytes);
        Self(key.hash("destination", &[kind.name().as_bytes(), address]))
    }

    /// Returns the key of the destination in the `sends` table.
    pub(crate) const fn name(&self) -> [u8; 32] {
        self.0
    }
}

/// Returns an address in the form in which it is counted and compared: trimmed, in lower case.
pub(crate) fn fold_address(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Returns the time until which a destination waits for the next code because it had `share` times
/// `codes_per_address` codes in this window; `None` if it does not wait.
pub(crate) fn full_until(
    tables: &Tables,
    destination: &Destination,
    share: u16,
    limits: Limits,
    now: u64,
) -> Result<Option<u64>, StoreError> {
    let sends = Sends::read(tables, destination, limits, now)?;
    let max = limits.codes_per_address.saturating_mul(share);
    let full = sends.at.len() >= usize::from(max);
    let next = sends
        .at
        .last()
        .map(|last| last.saturating_add(SLOW_PAUSE_SECONDS));
    Ok(next.filter(|next| full && *next > now))
}

/// Counts a code.
pub(crate) fn count(
    tables: &Tables,
    destination: &Destination,
    limits: Limits,
    now: u64,
) -> Result<(), StoreError> {
    let mut sends = Sends::read(tables, destination, limits, now)?;
    sends.at.push(now);
    tables.put(SENDS, &destination.0, &sends)
}

/// Deletes records with nothing left in the window.
pub(crate) fn purge(tables: &Tables, limits: Limits, now: u64) -> Result<(), StoreError> {
    tables.retain(SENDS, |bytes| {
        minicbor::decode::<Sends>(bytes).is_ok_and(|sends| {
            let mut times = sends.at.iter();
            times.any(|at| at.saturating_add(limits.window_seconds) > now)
        })
    })
}

impl Sends {
    fn read(
        tables: &Tables,
        destination: &Destination,
        limits: Limits,
        now: u64,
    ) -> Result<Self, StoreError> {
        let mut sends: Self = tables.get(SENDS, &destination.0)?.unwrap_or_default();
        sends
            .at
            .retain(|at| at.saturating_add(limits.window_seconds) > now);
        Ok(sends)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tries;
    use super::*;
    use postern_envelope::Secret;
    use postern_store::Store;

    const LIMITS: Limits = Limits {
        window_seconds: 24 * 60 * 60,
        codes_per_address: 2,
        ..tries::tests::LIMITS
    };

    fn to(address: Option<&str>, subject: u8) -> Destination {
        let key = StoreKey::new(Secret::new(vec![7; 32])).unwrap();
        Destination::of(&key, GateKind::Mail, address, &[subject; 16])
    }

    #[tokio::test]
    async fn a_shared_mailbox_has_one_share_and_then_a_code_in_half_an_hour() {
        let store = Store::in_memory().unwrap();
        let work = |tables: &Tables| {
            let full = |to, now| full_until(tables, &to, 1, LIMITS, now);
            let shared = || to(Some("Office@contoso.example"), 1);
            let same = || to(Some(" office@contoso.example"), 2);
            assert_eq!(full(shared(), 0)?, None);
            count(tables, &shared(), LIMITS, 0)?;
            assert_eq!(full(shared(), 0)?, None);
            count(tables, &same(), LIMITS, 10)?;
            assert_eq!(full(shared(), 20)?, Some(10 + SLOW_PAUSE_SECONDS));
            assert_eq!(
                full(same(), 10 + SLOW_PAUSE_SECONDS - 1)?,
                Some(10 + SLOW_PAUSE_SECONDS)
            );
            assert_eq!(full(same(), 10 + SLOW_PAUSE_SECONDS)?, None);
            count(tables, &same(), LIMITS, 10 + SLOW_PAUSE_SECONDS)?;
            assert_eq!(
                full(same(), 20 + SLOW_PAUSE_SECONDS)?,
                Some(10 + 2 * SLOW_PAUSE_SECONDS)
            );
            assert_eq!(full(shared(), LIMITS.window_seconds + 10)?, None);
            assert_eq!(full(to(None, 1), 20)?, None);
            Ok(())
        };
        store.write(work).await.unwrap();
    }

    #[tokio::test]
    async fn what_the_window_left_behind_is_forgotten() {
        let store = Store::in_memory().unwrap();
        let work = |tables: &Tables| {
            let one = to(None, 1);
            count(tables, &one, LIMITS, 10)?;
            purge(tables, LIMITS, LIMITS.window_seconds + 9)?;
            assert!(tables.get_bytes(SENDS, &one.0)?.is_some());
            purge(tables, LIMITS, LIMITS.window_seconds + 10)?;
            assert!(tables.get_bytes(SENDS, &one.0)?.is_none());
            Ok(())
        };
        store.write(work).await.unwrap();
    }
}
