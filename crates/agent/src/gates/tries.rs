//! How often an account's gates were tried and codes were sent, by the network from which it was
//! asked for: strangers spend what is left for strangers, never what a network has that the account
//! itself came from. A new code or a new flow changes nothing about it.

use crate::store::{SENDS as DESTINATIONS, StoreError, TRIES, Tables};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

/// How many codes are sent in one window before they come slower.
pub(crate) const SENDS: usize = 5;

/// The wait for a code where many were sent, in seconds.
pub(crate) const SLOW: u64 = 30 * 60;

/// For how long a network is known after the account passed a gate from it, in seconds.
const KNOWN_FOR: u64 = 90 * 24 * 60 * 60;

/// How many networks of an account are known at most.
const KNOWN: usize = 8;

/// Factor on `tries`, for all known networks of an account together, and on `codes_per_address`, for a
/// known network: more than a person needs, and a bound for whoever opened one gate from many
/// networks.
pub(crate) const KNOWN_SHARE: u16 = 4;

/// How many destinations of an account's codes are remembered, to be forgotten with the rest.
const DESTINATIONS_KEPT: usize = 8;

/// The limits of a tenant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Wrong answers of one account that close what can be guessed.
    pub tries: u16,
    /// The window of wrong answers and of an account's codes, in seconds.
    pub window: u64,
    /// How long to wait before a second code, in seconds; twice that before a third, and so on.
    pub pause: u64,
    /// Codes to one destination in a window, before they come slower.
    pub codes_per_address: u16,
    /// Codes of the whole tenant in a minute.
    pub codes_per_minute: u16,
    /// Wrong answers from one network in a window, over all accounts.
    pub network_tries: u16,
    /// Codes asked for from one network in an hour.
    pub network_codes: u16,
    /// Names looked up from one network in an hour.
    pub network_names: u16,
    /// Wrong answers of the whole tenant in an hour that raise the alarm.
    pub alarm: u16,
}

/// Why no code is sent yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// One was sent a moment ago.
    Pause { until: u64 },
    /// Many were sent: they come slower.
    Slow { until: u64 },
}

/// The network from which an account is asked for, as a keyed hash that no other account shares;
/// none if the portal told none.
pub(crate) type Network = Option<[u8; 16]>;

/// What happened at the gates of one account within the window.
#[derive(Clone, Debug, Default, Encode, Decode)]
pub(crate) struct Tries {
    /// Wrong answers from networks that were not known.
    #[n(0)]
    wrong: Vec<u64>,
    /// Codes sent for networks that were not known.
    #[n(1)]
    sends: Vec<u64>,
    /// The networks that are known, and those that spent something within the window.
    #[n(2)]
    #[cbor(default)]
    networks: Vec<Seen>,
    /// Where its codes went, as in the table of destinations.
    #[n(3)]
    #[cbor(default)]
    destinations: Vec<ByteArray<32>>,
    /// Wrong answers from networks that were known.
    #[n(4)]
    #[cbor(default)]
    known_wrong: Vec<u64>,
}

/// One network of one account.
#[derive(Clone, Debug, Encode, Decode)]
struct Seen {
    #[n(0)]
    network: ByteArray<16>,
    /// When the account passed a gate from it last; 0 if it never did.
    #[n(1)]
    passed: u64,
    #[n(2)]
    wrong: Vec<u64>,
    #[n(3)]
    sends: Vec<u64>,
}

impl Seen {
    fn is_known(&self, now: u64) -> bool {
        self.passed > 0 && self.passed.saturating_add(KNOWN_FOR) > now
    }
}

impl Tries {
    /// Reads an account's tries, without those that the window has left behind.
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

    /// Writes them.
    pub(crate) fn write(&self, tables: &Tables, subject: &[u8; 16]) -> Result<(), StoreError> {
        tables.put(TRIES, subject, self)
    }

    /// Whether the account passed a gate from this network not long ago.
    pub(crate) fn is_known(&self, network: Network, now: u64) -> bool {
        self.seen(network).is_some_and(|seen| seen.is_known(now))
    }

    /// Until when what can be guessed is closed to a network, if it is. An unknown one has `most`
    /// tries of its own.
    pub(crate) fn closed_until(
        &self,
        network: Network,
        most: u16,
        limits: Limits,
        now: u64,
    ) -> Option<u64> {
        let own = self.wrong_of(network);
        let full = |events: &[u64], most: u16| full_until(events, most, limits.window);
        if self.is_known(network, now) {
            let together = limits.tries.saturating_mul(KNOWN_SHARE);
            return full(own, limits.tries).or_else(|| full(&self.known_wrong, together));
        }
        full(&self.wrong, limits.tries).or_else(|| full(own, most))
    }

    /// How many wrong answers are still allowed from a network.
    pub(crate) fn left(&self, network: Network, most: u16, limits: Limits, now: u64) -> u16 {
        let left = |most: u16, events: &[u64]| {
            most.saturating_sub(u16::try_from(events.len()).unwrap_or(u16::MAX))
        };
        let own = self.wrong_of(network);
        if self.is_known(network, now) {
            let together = limits.tries.saturating_mul(KNOWN_SHARE);
            return left(limits.tries, own).min(left(together, &self.known_wrong));
        }
        left(limits.tries, &self.wrong).min(left(most, own))
    }

    /// Counts a wrong answer.
    pub(crate) fn wrong(&mut self, network: Network, now: u64) {
        let all = if self.is_known(network, now) {
            &mut self.known_wrong
        } else {
            &mut self.wrong
        };
        all.push(now);
        if let Some(seen) = self.seen_mut(network) {
            seen.wrong.push(now);
        }
    }

    /// Takes back what [`Self::wrong`] counted at `at`.
    pub(crate) fn take_back(&mut self, network: Network, at: u64) {
        let (all, other) = if self.is_known(network, at) {
            (&mut self.known_wrong, &mut self.wrong)
        } else {
            (&mut self.wrong, &mut self.known_wrong)
        };
        // It may have become known meanwhile.
        if !take_out(all, at) {
            take_out(other, at);
        }
        if let Some(seen) = self.seen_mut(network) {
            take_out(&mut seen.wrong, at);
        }
    }

    /// Until when a network waits for a code, if it does. Where many were sent, each network that
    /// goes on asking waits twice as long each time, so that one of them does not take every turn.
    pub(crate) fn wait(&self, network: Network, limits: Limits, now: u64) -> Option<Wait> {
        let own = self.seen(network).map_or(&[][..], |seen| &seen.sends);
        let wait = if self.is_known(network, now) {
            wait(own, limits)
        } else {
            let repeated = own.len().checked_sub(SENDS).and_then(|more| {
                let doublings = u32::try_from(more).unwrap_or(u32::MAX);
                let slow = SLOW.saturating_mul(2_u64.saturating_pow(doublings));
                let until = own
                    .last()?
                    .saturating_add(slow.min(limits.window.max(SLOW)));
                Some(Wait::Slow { until })
            });
            let all = wait(&self.sends, limits);
            all.into_iter().chain(repeated).max_by_key(Wait::until)
        };
        wait.filter(|wait| wait.until() > now)
    }

    /// Counts a code that is sent.
    pub(crate) fn sent(&mut self, network: Network, now: u64) {
        if !self.is_known(network, now) {
            self.sends.push(now);
        }
        if let Some(seen) = self.seen_mut(network) {
            seen.sends.push(now);
        }
    }

    /// Remembers where a code goes.
    pub(crate) fn sent_to(&mut self, destination: [u8; 32]) {
        let destination = ByteArray::from(destination);
        if !self.destinations.contains(&destination) {
            self.destinations.push(destination);
            let more = self.destinations.len().saturating_sub(DESTINATIONS_KEPT);
            self.destinations.drain(..more);
        }
    }

    /// The account passed a gate: from now on its network is known.
    pub(crate) fn passed(&mut self, network: Network, now: u64) {
        if let Some(seen) = self.seen_mut(network) {
            seen.passed = now;
        }
        let mut passed: Vec<_> = self.networks.iter().map(|seen| seen.passed).collect();
        passed.sort_unstable_by(|one, other| other.cmp(one));
        let Some(oldest) = passed.get(KNOWN).copied() else {
            return;
        };
        for seen in &mut self.networks {
            if seen.passed <= oldest {
                seen.passed = 0;
            }
        }
    }

    /// Forgets all that was counted; what is known stays.
    pub(crate) fn forget(&mut self, tables: &Tables, now: u64) -> Result<(), StoreError> {
        for destination in self.destinations.drain(..) {
            tables.remove(DESTINATIONS, &*destination)?;
        }
        self.wrong.clear();
        self.known_wrong.clear();
        self.sends.clear();
        self.networks.retain(|seen| seen.is_known(now));
        for seen in &mut self.networks {
            seen.wrong.clear();
            seen.sends.clear();
        }
        Ok(())
    }

    fn seen(&self, network: Network) -> Option<&Seen> {
        let network = network?;
        self.networks.iter().find(|seen| *seen.network == network)
    }

    fn seen_mut(&mut self, network: Network) -> Option<&mut Seen> {
        let network = network?;
        let place = match self
            .networks
            .iter()
            .position(|seen| *seen.network == network)
        {
            Some(place) => place,
            None => {
                self.networks.push(Seen {
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

    fn wrong_of(&self, network: Network) -> &[u64] {
        self.seen(network).map_or(&[], |seen| &seen.wrong)
    }

    fn forget_before(&mut self, limits: Limits, now: u64) {
        let recent = |at: &u64| at.saturating_add(limits.window) > now;
        self.wrong.retain(recent);
        self.known_wrong.retain(recent);
        self.sends.retain(recent);
        for seen in &mut self.networks {
            seen.wrong.retain(recent);
            seen.sends.retain(recent);
        }
        self.networks
            .retain(|seen| seen.is_known(now) || !seen.wrong.is_empty() || !seen.sends.is_empty());
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

/// Forgets everything that was counted against an account, by whomever: after a completed reset,
/// and where the helpdesk or an administrator says so. Its known networks stay known.
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

/// Forgets what every window has left behind.
pub(crate) fn purge(tables: &Tables, limits: Limits, now: u64) -> Result<(), StoreError> {
    tables.retain(TRIES, |bytes| {
        minicbor::decode::<Tries>(bytes).is_ok_and(|mut tries| {
            tries.forget_before(limits, now);
            !tries.is_empty()
        })
    })
}

/// When the oldest of the last `most` events leaves the window, if there are so many.
fn full_until(events: &[u64], most: u16, window: u64) -> Option<u64> {
    let oldest = events.len().checked_sub(usize::from(most.max(1)))?;
    Some(events.get(oldest)?.saturating_add(window))
}

/// The wait after these codes: doubled with each, never above the slow one.
fn wait(sends: &[u64], limits: Limits) -> Option<Wait> {
    let last = *sends.last()?;
    if sends.len() >= SENDS {
        let until = last.saturating_add(SLOW);
        return Some(Wait::Slow { until });
    }
    let doublings = u32::try_from(sends.len().checked_sub(1)?).unwrap_or(u32::MAX);
    let pause = limits.pause.saturating_mul(2_u64.saturating_pow(doublings));
    let until = last.saturating_add(pause.min(SLOW));
    Some(Wait::Pause { until })
}

fn take_out(events: &mut Vec<u64>, at: u64) -> bool {
    let place = events.iter().rposition(|counted| *counted == at);
    place.map(|place| events.remove(place)).is_some()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::Store;

    pub(crate) const LIMITS: Limits = Limits {
        tries: 3,
        window: 100,
        pause: 10,
        codes_per_address: 10,
        codes_per_minute: 10,
        network_tries: 8,
        network_codes: 8,
        network_names: 8,
        alarm: 100,
    };

    const DAY: Limits = Limits {
        window: 24 * 60 * 60,
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
            tries.wrong(CAFE, now);
            let seen = tries.left(CAFE, LIMITS.tries, LIMITS, now);
            assert_eq!((seen, closed(&tries, CAFE, now)), (left, None));
        }
        tries.wrong(CAFE, 60);
        assert_eq!(tries.left(CAFE, LIMITS.tries, LIMITS, 60), 0);
        assert_eq!(closed(&tries, CAFE, 60), Some(110));
        tries.wrong(CAFE, 70);
        assert_eq!(closed(&tries, CAFE, 70), Some(150));
    }

    #[test]
    fn strangers_close_unknown_networks_together_and_never_a_known_one() {
        let mut tries = Tries::default();
        tries.passed(HOME, 5);
        for network in 2..5 {
            tries.wrong(Some([network; 16]), 10);
        }
        assert_eq!(closed(&tries, CAFE, 10), Some(110));
        assert_eq!(closed(&tries, Some([9; 16]), 10), Some(110), "never seen");
        assert_eq!(closed(&tries, None, 10), Some(110), "none told");
        assert_eq!(closed(&tries, HOME, 10), None);
        assert_eq!(tries.left(HOME, LIMITS.tries, LIMITS, 10), 3);
        for _ in 0..3 {
            tries.wrong(HOME, 20);
        }
        assert_eq!(closed(&tries, HOME, 20), Some(120));
        tries.take_back(HOME, 20);
        assert_eq!(closed(&tries, HOME, 20), None);
        assert_eq!(
            closed(&tries, HOME, 5 + KNOWN_FOR),
            Some(110),
            "no more known"
        );
    }

    #[test]
    fn a_network_that_becomes_known_gains_no_tries() {
        let mut tries = Tries::default();
        for _ in 0..3 {
            tries.wrong(CAFE, 10);
        }
        tries.passed(CAFE, 11);
        assert_eq!(closed(&tries, CAFE, 11), Some(110));
    }

    #[test]
    fn known_networks_are_bounded_in_number_and_together() {
        let mut tries = Tries::default();
        for network in 0..12_u8 {
            let now = u64::from(network) + 1;
            tries.passed(Some([network; 16]), now);
        }
        let known = |tries: &Tries| {
            let known = (0..12).filter(|network| tries.is_known(Some([*network; 16]), 20));
            known.collect::<Vec<u8>>()
        };
        assert_eq!(known(&tries), (4..12).collect::<Vec<u8>>());
        for network in 4..8 {
            for _ in 0..3 {
                tries.wrong(Some([network; 16]), 20);
            }
        }
        assert_eq!(closed(&tries, Some([11; 16]), 20), Some(120));
    }

    #[test]
    fn every_code_is_waited_for_longer_than_the_one_before_and_five_make_them_slow() {
        let mut tries = Tries::default();
        assert_eq!(tries.wait(CAFE, DAY, 0), None);
        for (sent, until) in [(0, 10), (10, 30), (30, 70), (80, 160)] {
            tries.sent(CAFE, sent);
            let pause = Some(Wait::Pause { until });
            assert_eq!(tries.wait(CAFE, DAY, until - 1), pause);
            assert_eq!(tries.wait(CAFE, DAY, until), None);
        }
        let unhurried = Limits { pause: 0, ..DAY };
        assert_eq!(tries.wait(CAFE, unhurried, 80), None);
        // From here on the network that asked waits longer each time, another one half an hour.
        let mut now = 160;
        for doublings in 0..3 {
            tries.sent(CAFE, now);
            let wait = |network| tries.wait(network, DAY, now).map(|wait| wait.until() - now);
            assert_eq!(wait(CAFE), Some(SLOW << doublings));
            assert_eq!(wait(Some([9; 16])), Some(SLOW));
            now += SLOW << doublings;
        }
        tries.passed(HOME, now);
        assert_eq!(tries.wait(HOME, DAY, now), None);
    }

    #[tokio::test]
    async fn what_the_window_left_behind_is_forgotten_and_a_known_network_is_not() {
        let store = Store::in_memory().unwrap();
        store
            .write(|tables| {
                let mut tries = Tries::default();
                tries.wrong(CAFE, 10);
                tries.sent(CAFE, 50);
                tries.write(tables, &[1; 16])?;
                let left = |now| {
                    let tries = Tries::read(tables, &[1; 16], LIMITS, now)?;
                    Ok::<_, StoreError>(tries.left(CAFE, LIMITS.tries, LIMITS, now))
                };
                assert_eq!((left(109)?, left(110)?), (2, 3));
                purge(tables, LIMITS, 149)?;
                assert!(tables.get_bytes(TRIES, &[1; 16])?.is_some());
                purge(tables, LIMITS, 150)?;
                assert!(tables.get_bytes(TRIES, &[1; 16])?.is_none());
                tries.passed(HOME, 10);
                tries.write(tables, &[1; 16])?;
                purge(tables, LIMITS, 10 + KNOWN_FOR - 1)?;
                assert!(tables.get_bytes(TRIES, &[1; 16])?.is_some());
                purge(tables, LIMITS, 10 + KNOWN_FOR)?;
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
            tries.passed(HOME, 5);
            for network in [HOME, CAFE, CAFE, CAFE] {
                tries.wrong(network, 10);
                tries.sent(network, 10);
            }
            tries.sent_to([7; 32]);
            tables.put(DESTINATIONS, &[7; 32], &1_u8)?;
            tries.write(tables, &[1; 16])?;
            forget(tables, &[1; 16], 10)?;
            let tries = Tries::read(tables, &[1; 16], LIMITS, 10)?;
            for network in [HOME, CAFE] {
                assert_eq!(tries.left(network, LIMITS.tries, LIMITS, 10), 3);
                assert_eq!(tries.wait(network, LIMITS, 10), None);
            }
            assert!(tries.is_known(HOME, 10));
            assert!(tables.get_bytes(DESTINATIONS, &[7; 32])?.is_none());
            Ok(())
        };
        store.write(work).await.unwrap();
    }

    /// A record as version 1 wrote it: times alone.
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
