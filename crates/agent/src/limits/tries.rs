//! Wrong answers and sent codes of an account, by the network of the requester: strangers use up
//! the tries of unknown networks, never those of a network from which the account itself passed a
//! gate. A new code or a new flow does not reset them.

use super::Limits;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use postern_store::store::{SENDS as DESTINATIONS, StoreError, TRIES, Tables};

/// The number of codes sent in one window before [`SLOW_PAUSE_SECONDS`] applies.
pub(crate) const SENDS_BEFORE_SLOW: usize = 5;

/// The wait for a code after many were sent.
pub(crate) const SLOW_PAUSE_SECONDS: u64 = 30 * 60;

/// The time for which a network is known after the account passed a gate from it.
const KNOWN_SECONDS: u64 = 90 * 24 * 60 * 60;

/// The maximum number of known networks of an account.
const MAX_KNOWN_NETWORKS: usize = 8;

/// The factor on `tries`, for all known networks of an account together, and on
/// `codes_per_address`, for a known network: more than a person needs, and a bound for somebody who
/// passed one gate from many networks.
pub(crate) const KNOWN_FACTOR: u16 = 4;

/// The maximum number of destinations of an account's codes that are kept, to be deleted with the
/// rest.
const MAX_DESTINATIONS: usize = 8;

/// The wait before the next code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// A code was sent a moment ago.
    Pause { until: u64 },
    /// Many codes were sent, so that [`SLOW_PAUSE_SECONDS`] applies.
    Slow { until: u64 },
}

/// The network of a requester, as a keyed hash that no other account shares; `None` if the portal
/// sent none.
pub(crate) type Network = Option<[u8; 16]>;

/// The wrong answers and sent codes of one account within the window.
#[derive(Clone, Debug, Default, Encode, Decode)]
pub(crate) struct Tries {
    /// The times of wrong answers from networks that were not known.
    #[n(0)]
    wrong: Vec<u64>,
    /// The times of codes sent for networks that were not known.
    #[n(1)]
    sends: Vec<u64>,
    /// The known networks, and those with wrong answers or codes within the window.
    #[n(2)]
    #[cbor(default)]
    networks: Vec<NetworkRecord>,
    /// The destinations of the account's codes, as keys of the `sends` table.
    #[n(3)]
    #[cbor(default)]
    destinations: Vec<ByteArray<32>>,
    /// The times of wrong answers from networks that were known.
    #[n(4)]
    #[cbor(default)]
    known_wrong: Vec<u64>,
}

/// The wrong answers and sent codes of one network at one account.
#[derive(Clone, Debug, Encode, Decode)]
struct NetworkRecord {
    #[n(0)]
    network: ByteArray<16>,
    /// The time at which the account last passed a gate from this network; 0 if it never did.
    #[n(1)]
    passed: u64,
    #[n(2)]
    wrong: Vec<u64>,
    #[n(3)]
    sends: Vec<u64>,
}

impl NetworkRecord {
    fn is_known(&self, now: u64) -> bool {
        self.passed > 0 && self.passed.saturating_add(KNOWN_SECONDS) > now
    }
}

impl Tries {
    /// Reads an account's tries, without those older than the window.
    pub(crate) fn read(
        tables: &Tables,
        subject: &[u8; 16],
        limits: Limits,
        now: u64,
    ) -> Result<Self, StoreError> {
        let mut tries: Self = tables.get(TRIES, subject)?.unwrap_or_default();
        tries.forget_before(limits, now);
        Ok(tries)
    }

    /// Writes the tries.
    pub(crate) fn write(&self, tables: &Tables, subject: &[u8; 16]) -> Result<(), StoreError> {
        tables.put(TRIES, subject, self)
    }

    /// Reports whether the account passed a gate from this network within [`KNOWN_SECONDS`].
    pub(crate) fn is_known(&self, network: Network, now: u64) -> bool {
        self.record(network)
            .is_some_and(|record| record.is_known(now))
    }

    /// Returns the time until which the gates that can be guessed are closed to a network; `None`
    /// if they are open. An unknown network has `unknown_tries` tries of its own.
    pub(crate) fn closed_until(
        &self,
        network: Network,
        unknown_tries: u16,
        limits: Limits,
        now: u64,
    ) -> Option<u64> {
        let own = self.wrong_from(network);
        let full = |events: &[u64], max: u16| full_until(events, max, limits.window_seconds);
        if self.is_known(network, now) {
            let together = limits.tries.saturating_mul(KNOWN_FACTOR);
            return full(own, limits.tries).or_else(|| full(&self.known_wrong, together));
        }
        full(&self.wrong, limits.tries).or_else(|| full(own, unknown_tries))
    }

    /// Returns the number of wrong answers still allowed from a network.
    pub(crate) fn tries_left(
        &self,
        network: Network,
        unknown_tries: u16,
        limits: Limits,
        now: u64,
    ) -> u16 {
        let left = |max: u16, events: &[u64]| {
            max.saturating_sub(u16::try_from(events.len()).unwrap_or(u16::MAX))
        };
        let own = self.wrong_from(network);
        if self.is_known(network, now) {
            let together = limits.tries.saturating_mul(KNOWN_FACTOR);
            return left(limits.tries, own).min(left(together, &self.known_wrong));
        }
        left(limits.tries, &self.wrong).min(left(unknown_tries, own))
    }

    /// Counts a wrong answer.
    pub(crate) fn record_wrong(&mut self, network: Network, now: u64) {
        let all = if self.is_known(network, now) {
            &mut self.known_wrong
        } else {
            &mut self.wrong
        };
        all.push(now);
        if let Some(record) = self.record_mut(network) {
            record.wrong.push(now);
        }
    }

    /// Takes back what [`Self::record_wrong`] counted at `at`.
    pub(crate) fn take_back(&mut self, network: Network, at: u64) {
        let (all, other) = if self.is_known(network, at) {
            (&mut self.known_wrong, &mut self.wrong)
        } else {
            (&mut self.wrong, &mut self.known_wrong)
        };
        // The network may have become known meanwhile.
        if !take_out(all, at) {
            take_out(other, at);
        }
        if let Some(record) = self.record_mut(network) {
            take_out(&mut record.wrong, at);
        }
    }

    /// Returns the wait of a network for its next code, if any. After many codes, each network that
    /// keeps asking waits twice as long each time, so that one of them does not take every turn.
    pub(crate) fn wait(&self, network: Network, limits: Limits, now: u64) -> Option<Wait> {
        let own = self.record(network).map_or(&[][..], |record| &record.sends);
        let wait = if self.is_known(network, now) {
            wait(own, limits)
        } else {
            let repeated = own.len().checked_sub(SENDS_BEFORE_SLOW).and_then(|more| {
                let doublings = u32::try_from(more).unwrap_or(u32::MAX);
                let slow = SLOW_PAUSE_SECONDS.saturating_mul(2_u64.saturating_pow(doublings));
                let until = own
                    .last()?
                    .saturating_add(slow.min(limits.window_seconds.max(SLOW_PAUSE_SECONDS)));
                Some(Wait::Slow { until })
            });
            let all = wait(&self.sends, limits);
            all.into_iter().chain(repeated).max_by_key(Wait::until)
        };
        wait.filter(|wait| wait.until() > now)
    }

    /// Counts a code that is sent.
    pub(crate) fn record_sent(&mut self, network: Network, now: u64) {
        if !self.is_known(network, now) {
            self.sends.push(now);
        }
        if let Some(record) = self.record_mut(network) {
            record.sends.push(now);
        }
    }

    /// Keeps the destination of a code.
    pub(crate) fn record_destination(&mut self, destination: [u8; 32]) {
        let destination = ByteArray::from(destination);
        if !self.destinations.contains(&destination) {
            self.destinations.push(destination);
            let more = self.destinations.len().saturating_sub(MAX_DESTINATIONS);
            self.destinations.drain(..more);
        }
    }

    /// Records that the account passed a gate: the network is known from now on.
    pub(crate) fn record_passed(&mut self, network: Network, now: u64) {
        if let Some(record) = self.record_mut(network) {
            record.passed = now;
        }
        let mut passed: Vec<_> = self.networks.iter().map(|record| record.passed).collect();
        passed.sort_unstable_by(|one, other| other.cmp(one));
        let Some(oldest) = passed.get(MAX_KNOWN_NETWORKS).copied() else {
            return;
        };
        for record in &mut self.networks {
            if record.passed <= oldest {
                record.passed = 0;
            }
        }
    }

    /// Deletes everything that was counted; known networks stay known.
    pub(crate) fn forget(&mut self, tables: &Tables, now: u64) -> Result<(), StoreError> {
        for destination in self.destinations.drain(..) {
            tables.remove(DESTINATIONS, &*destination)?;
        }
        self.wrong.clear();
        self.known_wrong.clear();
        self.sends.clear();
        self.networks.retain(|record| record.is_known(now));
        for record in &mut self.networks {
            record.wrong.clear();
            record.sends.clear();
        }
        Ok(())
    }

    fn record(&self, network: Network) -> Option<&NetworkRecord> {
        let network = network?;
        self.networks
            .iter()
            .find(|record| *record.network == network)
    }

    fn record_mut(&mut self, network: Network) -> Option<&mut NetworkRecord> {
        let network = network?;
        let place = match self
            .networks
            .iter()
            .position(|record| *record.network == network)
        {
            Some(place) => place,
            None => {
                self.networks.push(NetworkRecord {
                    network: network.into(),
                    passed: 0,
                    wrong: Vec::new(),
                    sends: Vec::new(),
                });
                self.networks.len().checked_sub(1)?
            }
        };
        self.networks.get_mut(place)
    }

    fn wrong_from(&self, network: Network) -> &[u64] {
        self.record(network).map_or(&[], |record| &record.wrong)
    }

    fn forget_before(&mut self, limits: Limits, now: u64) {
        let recent = |at: &u64| at.saturating_add(limits.window_seconds) > now;
        self.wrong.retain(recent);
        self.known_wrong.retain(recent);
        self.sends.retain(recent);
        for record in &mut self.networks {
            record.wrong.retain(recent);
            record.sends.retain(recent);
        }
        self.networks.retain(|record| {
            record.is_known(now) || !record.wrong.is_empty() || !record.sends.is_empty()
        });
    }

    fn is_empty(&self) -> bool {
        let counted = [&self.wrong, &self.known_wrong, &self.sends];
        counted.iter().all(|events| events.is_empty()) && self.networks.is_empty()
    }
}

impl Wait {
    pub(crate) const fn until(&self) -> u64 {
        match *self {
            Self::Pause { until } | Self::Slow { until } => until,
        }
    }
}

/// Deletes everything that was counted against an account, from any network: after a completed
/// reset, and when the helpdesk or an administrator requests it. Its known networks stay known.
pub(crate) fn forget(tables: &Tables, subject: &[u8; 16], now: u64) -> Result<(), StoreError> {
    let Some(mut tries) = tables.get::<Tries>(TRIES, subject)? else {
        return Ok(());
    };
    tries.forget(tables, now)?;
    if tries.is_empty() {
        return tables.remove(TRIES, subject);
    }
    tries.write(tables, subject)
}

/// Deletes records with nothing left in any window.
pub(crate) fn purge(tables: &Tables, limits: Limits, now: u64) -> Result<(), StoreError> {
    tables.retain(TRIES, |bytes| {
        minicbor::decode::<Tries>(bytes).is_ok_and(|mut tries| {
            tries.forget_before(limits, now);
            !tries.is_empty()
        })
    })
}

/// Returns the time at which the oldest of the last `max` events leaves the window, if there are so
/// many.
fn full_until(events: &[u64], max: u16, window: u64) -> Option<u64> {
    let oldest = events.len().checked_sub(usize::from(max.max(1)))?;
    Some(events.get(oldest)?.saturating_add(window))
}

/// Returns the wait after these codes: doubled with each, at most [`SLOW_PAUSE_SECONDS`].
fn wait(sends: &[u64], limits: Limits) -> Option<Wait> {
    let last = *sends.last()?;
    if sends.len() >= SENDS_BEFORE_SLOW {
        let until = last.saturating_add(SLOW_PAUSE_SECONDS);
        return Some(Wait::Slow { until });
    }
    let doublings = u32::try_from(sends.len().checked_sub(1)?).unwrap_or(u32::MAX);
    let pause = limits
        .pause_seconds
        .saturating_mul(2_u64.saturating_pow(doublings));
    let until = last.saturating_add(pause.min(SLOW_PAUSE_SECONDS));
    Some(Wait::Pause { until })
}

fn take_out(events: &mut Vec<u64>, at: u64) -> bool {
    let place = events.iter().rposition(|counted| *counted == at);
    place.map(|place| events.remove(place)).is_some()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use postern_store::Store;

    pub(crate) const LIMITS: Limits = Limits {
        tries: 3,
        window_seconds: 100,
        pause_seconds: 10,
        codes_per_address: 10,
        codes_per_minute: 10,
        network_tries: 8,
        network_codes: 8,
        network_names: 8,
        alarm: 100,
    };

    const DAY: Limits = Limits {
        window_seconds: 24 * 60 * 60,
        ..LIMITS
    };

    const HOME: Network = Some([1; 16]);
    const CAFE: Network = Some([2; 16]);

    fn closed(tries: &Tries, network: Network, now: u64) -> Option<u64> {
        tries.closed_until(network, LIMITS.tries, LIMITS, now)
    }

    #[test]
    fn closes_until_the_oldest_wrong_answer_leaves_the_window() {
        let mut tries = Tries::default();
        for (now, left) in [(10, 2), (50, 1)] {
            tries.record_wrong(CAFE, now);
            let seen = tries.tries_left(CAFE, LIMITS.tries, LIMITS, now);
            assert_eq!((seen, closed(&tries, CAFE, now)), (left, None));
        }
        tries.record_wrong(CAFE, 60);
        assert_eq!(tries.tries_left(CAFE, LIMITS.tries, LIMITS, 60), 0);
        assert_eq!(closed(&tries, CAFE, 60), Some(110));
        tries.record_wrong(CAFE, 70);
        assert_eq!(closed(&tries, CAFE, 70), Some(150));
    }

    #[test]
    fn strangers_close_unknown_networks_together_and_never_a_known_one() {
        let mut tries = Tries::default();
        tries.record_passed(HOME, 5);
        for network in 2..5 {
            tries.record_wrong(Some([network; 16]), 10);
        }
        assert_eq!(closed(&tries, CAFE, 10), Some(110));
        assert_eq!(closed(&tries, Some([9; 16]), 10), Some(110), "never seen");
        assert_eq!(closed(&tries, None, 10), Some(110), "no network");
        assert_eq!(closed(&tries, HOME, 10), None);
        assert_eq!(tries.tries_left(HOME, LIMITS.tries, LIMITS, 10), 3);
        for _ in 0..3 {
            tries.record_wrong(HOME, 20);
        }
        assert_eq!(closed(&tries, HOME, 20), Some(120));
        tries.take_back(HOME, 20);
        assert_eq!(closed(&tries, HOME, 20), None);
        assert_eq!(
            closed(&tries, HOME, 5 + KNOWN_SECONDS),
            Some(110),
            "no more known"
        );
    }

    #[test]
    fn a_network_that_becomes_known_gains_no_tries() {
        let mut tries = Tries::default();
        for _ in 0..3 {
            tries.record_wrong(CAFE, 10);
        }
        tries.record_passed(CAFE, 11);
        assert_eq!(closed(&tries, CAFE, 11), Some(110));
    }

    #[test]
    fn known_networks_are_bounded_in_number_and_together() {
        let mut tries = Tries::default();
        for network in 0..12_u8 {
            let now = u64::from(network) + 1;
            tries.record_passed(Some([network; 16]), now);
        }
        let known = |tries: &Tries| {
            let known = (0..12).filter(|network| tries.is_known(Some([*network; 16]), 20));
            known.collect::<Vec<u8>>()
        };
        assert_eq!(known(&tries), (4..12).collect::<Vec<u8>>());
        for network in 4..8 {
            for _ in 0..3 {
                tries.record_wrong(Some([network; 16]), 20);
            }
        }
        assert_eq!(closed(&tries, Some([11; 16]), 20), Some(120));
    }

    #[test]
    fn every_code_is_waited_for_longer_than_the_one_before_and_five_make_them_slow() {
        let mut tries = Tries::default();
        assert_eq!(tries.wait(CAFE, DAY, 0), None);
        for (sent, until) in [(0, 10), (10, 30), (30, 70), (80, 160)] {
            tries.record_sent(CAFE, sent);
            let pause = Some(Wait::Pause { until });
            assert_eq!(tries.wait(CAFE, DAY, until - 1), pause);
            assert_eq!(tries.wait(CAFE, DAY, until), None);
        }
        let unhurried = Limits {
            pause_seconds: 0,
            ..DAY
        };
        assert_eq!(tries.wait(CAFE, unhurried, 80), None);
        // From here on the network that asked waits longer each time, another one half an hour.
        let mut now = 160;
        for doublings in 0..3 {
            tries.record_sent(CAFE, now);
            let wait = |network| tries.wait(network, DAY, now).map(|wait| wait.until() - now);
            assert_eq!(wait(CAFE), Some(SLOW_PAUSE_SECONDS << doublings));
            assert_eq!(wait(Some([9; 16])), Some(SLOW_PAUSE_SECONDS));
            now += SLOW_PAUSE_SECONDS << doublings;
        }
        tries.record_passed(HOME, now);
        assert_eq!(tries.wait(HOME, DAY, now), None);
    }

    #[tokio::test]
    async fn what_the_window_left_behind_is_forgotten_and_a_known_network_is_not() {
        let store = Store::in_memory().unwrap();
        store
            .write(|tables| {
                let mut tries = Tries::default();
                tries.record_wrong(CAFE, 10);
                tries.record_sent(CAFE, 50);
                tries.write(tables, &[1; 16])?;
                let left = |now| {
                    let tries = Tries::read(tables, &[1; 16], LIMITS, now)?;
                    Ok::<_, StoreError>(tries.tries_left(CAFE, LIMITS.tries, LIMITS, now))
                };
                assert_eq!((left(109)?, left(110)?), (2, 3));
                purge(tables, LIMITS, 149)?;
                assert!(tables.get_bytes(TRIES, &[1; 16])?.is_some());
                purge(tables, LIMITS, 150)?;
                assert!(tables.get_bytes(TRIES, &[1; 16])?.is_none());
                tries.record_passed(HOME, 10);
                tries.write(tables, &[1; 16])?;
                purge(tables, LIMITS, 10 + KNOWN_SECONDS - 1)?;
                assert!(tables.get_bytes(TRIES, &[1; 16])?.is_some());
                purge(tables, LIMITS, 10 + KNOWN_SECONDS)?;
                assert!(tables.get_bytes(TRIES, &[1; 16])?.is_none());
                Ok(())
            })
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn everything_against_an_account_is_forgotten_and_its_networks_stay_known() {
        let store = Store::in_memory().unwrap();
        let work = |tables: &Tables| {
            let mut tries = Tries::default();
            tries.record_passed(HOME, 5);
            for network in [HOME, CAFE, CAFE, CAFE] {
                tries.record_wrong(network, 10);
                tries.record_sent(network, 10);
            }
            tries.record_destination([7; 32]);
            tables.put(DESTINATIONS, &[7; 32], &1_u8)?;
            tries.write(tables, &[1; 16])?;
            forget(tables, &[1; 16], 10)?;
            let tries = Tries::read(tables, &[1; 16], LIMITS, 10)?;
            for network in [HOME, CAFE] {
                assert_eq!(tries.tries_left(network, LIMITS.tries, LIMITS, 10), 3);
                assert_eq!(tries.wait(network, LIMITS, 10), None);
            }
            assert!(tries.is_known(HOME, 10));
            assert!(tables.get_bytes(DESTINATIONS, &[7; 32])?.is_none());
            Ok(())
        };
        store.write(work).await.unwrap();
    }

    /// A record as written by version 1: times only.
    #[tokio::test]
    async fn a_record_from_before_networks_were_counted_still_counts() {
        #[derive(Encode)]
        struct Before {
            #[n(0)]
            wrong: Vec<u64>,
            #[n(1)]
            sends: Vec<u64>,
        }
        let store = Store::in_memory().unwrap();
        let work = |tables: &Tables| {
            let before = Before {
                wrong: vec![10, 20, 30],
                sends: vec![10],
            };
            tables.put(TRIES, &[1; 16], &before)?;
            let tries = Tries::read(tables, &[1; 16], LIMITS, 40)?;
            assert_eq!(closed(&tries, CAFE, 40), Some(110));
            assert_eq!(tries.wait(CAFE, DAY, 15), Some(Wait::Pause { until: 20 }));
            Ok(())
        };
        store.write(work).await.unwrap();
    }
}
