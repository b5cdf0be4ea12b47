//! How often gates were tried, by account: at most so many wrong answers, and so many codes
//! sent, in any window of time. A new code or a new flow changes nothing about it.

use crate::Store;
use crate::store::{StoreError, TRIES, Tables};
use minicbor::{Decode, Encode};

/// How many codes may be sent in one window.
pub(crate) const SENDS: usize = 5;

/// The limits of a tenant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Wrong answers that lock.
    pub tries: u16,
    /// The window, in seconds.
    pub window: u64,
    /// How long to wait before a second code, in seconds; twice that before a third, and so on.
    pub pause: u64,
    /// Codes to one destination in a window.
    pub codes_per_address: u16,
    /// Codes of the whole tenant in a minute.
    pub codes_per_minute: u16,
}

/// What happened at the gates of one account within the window.
#[derive(Clone, Debug, Default, Encode, Decode)]
pub(crate) struct Tries {
    #[n(0)]
    wrong: Vec<u64>,
    #[n(1)]
    sends: Vec<u64>,
}

impl Tries {
    /// Reads an account's tries, without those that the window has left behind.
    pub(crate) fn read(
        tables: &Tables,
        subject: &[u8; 16],
        limits: Limits,
        now: u64,
    ) -> Result<Self, StoreError> {
        Self::of(tables.get_bytes(TRIES, subject)?, limits, now)
    }

    /// Reads them outside a transaction, only to look.
    pub(crate) async fn look(
        store: &Store,
        subject: &[u8; 16],
        limits: Limits,
        now: u64,
    ) -> Result<Self, StoreError> {
        Self::of(store.read(TRIES, subject.to_vec()).await?, limits, now)
    }

    fn of(bytes: Option<Vec<u8>>, limits: Limits, now: u64) -> Result<Self, StoreError> {
        let tries = bytes.map(|bytes| minicbor::decode(&bytes)).transpose();
        let mut tries: Self = tries.map_err(StoreError::new)?.unwrap_or_default();
        let recent = |at: &u64| at.saturating_add(limits.window) > now;
        tries.wrong.retain(recent);
        tries.sends.retain(recent);
        Ok(tries)
    }

    /// Writes them.
    pub(crate) fn write(&self, tables: &Tables, subject: &[u8; 16]) -> Result<(), StoreError> {
        tables.put(TRIES, subject, self)
    }

    /// Until when the gates are locked, if they are.
    pub(crate) fn locked_until(&self, limits: Limits) -> Option<u64> {
        full_until(&self.wrong, usize::from(limits.tries), limits)
    }

    /// Until when no code is sent, if so.
    pub(crate) fn sends_until(&self, limits: Limits) -> Option<u64> {
        full_until(&self.sends, SENDS, limits)
    }

    /// Until when the last code is waited for before the next is sent, if so. Not above
    /// [`SENDS`] codes in a window, so it doubles a few times at most.
    pub(crate) fn pause_until(&self, limits: Limits, now: u64) -> Option<u64> {
        let doublings = u32::try_from(self.sends.len().checked_sub(1)?).unwrap_or(u32::MAX);
        let pause = limits.pause.saturating_mul(2_u64.saturating_pow(doublings));
        let until = self.sends.last()?.saturating_add(pause);
        (until > now).then_some(until)
    }

    /// How many wrong answers are still allowed.
    pub(crate) fn left(&self, limits: Limits) -> u16 {
        let wrong = u16::try_from(self.wrong.len()).unwrap_or(u16::MAX);
        limits.tries.saturating_sub(wrong)
    }

    /// Counts a wrong answer.
    pub(crate) fn wrong(&mut self, now: u64) {
        self.wrong.push(now);
    }

    /// Takes back what [`Self::wrong`] counted beforehand, at `at`.
    pub(crate) fn take_back(&mut self, at: u64) {
        if let Some(place) = self.wrong.iter().rposition(|counted| *counted == at) {
            self.wrong.remove(place);
        }
    }

    /// Counts a code that is sent.
    pub(crate) fn sent(&mut self, now: u64) {
        self.sends.push(now);
    }
}

/// Forgets an account's tries, after a completed reset.
pub(crate) fn forget(tables: &Tables, subject: &[u8; 16]) -> Result<(), StoreError> {
    tables.remove(TRIES, subject)
}

/// Forgets what every window has left behind.
pub(crate) fn purge(tables: &Tables, limits: Limits, now: u64) -> Result<(), StoreError> {
    tables.retain(TRIES, |bytes| {
        minicbor::decode::<Tries>(bytes).is_ok_and(|tries| {
            let mut times = tries.wrong.iter().chain(&tries.sends);
            times.any(|at| at.saturating_add(limits.window) > now)
        })
    })
}

/// When the oldest of the last `most` events leaves the window, if there are so many.
fn full_until(events: &[u64], most: usize, limits: Limits) -> Option<u64> {
    let oldest = events.len().checked_sub(most.max(1))?;
    Some(events[oldest].saturating_add(limits.window))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        tries: 3,
        window: 100,
        pause: 10,
        codes_per_address: 10,
        codes_per_minute: 10,
    };

    #[test]
    fn locks_until_the_oldest_wrong_answer_leaves_the_window() {
        let mut tries = Tries::default();
        for (now, left) in [(10, 2), (50, 1)] {
            tries.wrong(now);
            assert_eq!(
                (tries.left(LIMITS), tries.locked_until(LIMITS)),
                (left, None)
            );
        }
        tries.wrong(60);
        assert_eq!(tries.left(LIMITS), 0);
        assert_eq!(tries.locked_until(LIMITS), Some(110));
        tries.wrong(70);
        assert_eq!(tries.locked_until(LIMITS), Some(150));
    }

    #[test]
    fn every_code_is_waited_for_longer_than_the_one_before() {
        let mut tries = Tries::default();
        assert_eq!(tries.pause_until(LIMITS, 0), None);
        for (sent, until) in [(0, 10), (10, 30), (30, 70), (80, 160)] {
            tries.sent(sent);
            assert_eq!(tries.pause_until(LIMITS, until - 1), Some(until));
            assert_eq!(tries.pause_until(LIMITS, until), None);
        }
        let unhurried = Limits { pause: 0, ..LIMITS };
        assert_eq!(tries.pause_until(unhurried, 80), None);
    }

    #[tokio::test]
    async fn what_the_window_left_behind_is_forgotten() {
        let store = Store::in_memory().unwrap();
        store
            .write(|tables| {
                let mut tries = Tries::default();
                tries.wrong(10);
                tries.sent(50);
                tries.write(tables, &[1; 16])?;
                assert_eq!(Tries::read(tables, &[1; 16], LIMITS, 109)?.left(LIMITS), 2);
                assert_eq!(Tries::read(tables, &[1; 16], LIMITS, 110)?.left(LIMITS), 3);
                purge(tables, LIMITS, 149)?;
                assert!(tables.get_bytes(TRIES, &[1; 16])?.is_some());
                purge(tables, LIMITS, 150)?;
                assert!(tables.get_bytes(TRIES, &[1; 16])?.is_none());
                Ok(())
            })
            .await
            .unwrap();
    }
}
