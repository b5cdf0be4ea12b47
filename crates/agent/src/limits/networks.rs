//! Counts per network, over all accounts: wrong answers, codes requested, names looked up; and the
//! number of wrong answers in the whole tenant.

use super::Limits;
use minicbor::{Decode, Encode};
use postern_relay::NetworkHash;
use postern_store::StoreKey;
use postern_store::store::{NETWORKS, StoreError, Tables};

/// The key of the tenant's own counts; networks have longer ones.
const TENANT: &[u8] = b"tenant";

/// The maximum number of networks of a client that are counted, the narrowest first.
const MAX_WIDTHS: usize = 3;

/// The factor between the limits of a network and of the next wider one.
const WIDTH_FACTOR: u32 = 4;

const HOUR_SECONDS: u64 = 60 * 60;

/// The number of parts of a window: events are counted by part, not kept one by one.
const WINDOW_PARTS: u64 = 24;

/// The networks that one client is in, as keyed hashes, the narrowest first.
#[derive(Clone, Debug)]
pub(crate) struct Networks(Vec<[u8; 32]>);

/// An event that is counted per network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A wrong answer that might have been a guess.
    Wrong,
    /// A code that was requested.
    Code,
    /// A name that was looked up.
    Name,
}

impl Event {
    /// Returns the number of events allowed in a window, and the length of the window in seconds.
    fn limit(self, limits: Limits) -> (u32, u64) {
        let (max, window) = match self {
            Self::Wrong => (limits.network_tries, limits.window_seconds),
            Self::Code => (limits.network_codes, HOUR_SECONDS),
            Self::Name => (limits.network_names, HOUR_SECONDS),
        };
        (max.into(), window)
    }
}

impl Networks {
    /// Hashes the networks again under the agent's own key, so that its store has no key in common
    /// with a portal's records.
    pub(crate) fn of(key: &StoreKey, networks: &[NetworkHash]) -> Self {
        let networks = (0_u8..).zip(networks).take(MAX_WIDTHS);
        let hashed = networks.map(|(width, network)| key.hash("network", &[&[width], &**network]));
        Self(hashed.collect())
    }

    /// Returns the time until which the networks' share of an event is spent, if it is.
    pub(crate) fn spent_until(
        &self,
        tables: &Tables,
        event: Event,
        limits: Limits,
        now: u64,
    ) -> Result<Option<u64>, StoreError> {
        let mut latest = None;
        for (name, factor) in self.0.iter().zip(width_factors()) {
            let (max, window) = event.limit(limits);
            let record = Record::read(tables, name, limits, now)?;
            let until = record
                .counts(event)
                .full_until(max.saturating_mul(factor), window);
            latest = latest.max(until);
        }
        Ok(latest)
    }

    /// Counts an event.
    pub(crate) fn count(
        &self,
        tables: &Tables,
        event: Event,
        limits: Limits,
        now: u64,
    ) -> Result<(), StoreError> {
        let (_, window) = event.limit(limits);
        for name in &self.0 {
            let mut record = Record::read(tables, name, limits, now)?;
            record.counts_mut(event).add(window, now);
            tables.put(NETWORKS, name, &record)?;
        }
        Ok(())
    }

    /// Takes back an event that was counted at `at`.
    pub(crate) fn take_back(
        &self,
        tables: &Tables,
        event: Event,
        limits: Limits,
        at: u64,
        now: u64,
    ) -> Result<(), StoreError> {
        let (_, window) = event.limit(limits);
        for name in &self.0 {
            let mut record = Record::read(tables, name, limits, now)?;
            record.counts_mut(event).take_back(window, at);
            tables.put(NETWORKS, name, &record)?;
        }
        Ok(())
    }

    /// Returns the load of the busiest network, in thousandths of its share of codes.
    pub(crate) fn load_permille(
        &self,
        tables: &Tables,
        limits: Limits,
        now: u64,
    ) -> Result<u32, StoreError> {
        let mut busiest = 0;
        for (name, factor) in self.0.iter().zip(width_factors()) {
            let (max, _) = Event::Code.limit(limits);
            let sent = Record::read(tables, name, limits, now)?.codes.total();
            let share = sent.saturating_mul(1000) / max.saturating_mul(factor).max(1);
            busiest = busiest.max(share);
        }
        Ok(busiest)
    }
}

/// Reports whether so many answers were wrong in the whole tenant that somebody seems to guess at
/// many accounts at once.
pub(crate) fn is_alarmed(tables: &Tables, limits: Limits, now: u64) -> Result<bool, StoreError> {
    let tenant = Record::read(tables, TENANT, limits, now)?;
    Ok(tenant.wrong_in_hour.total() >= limits.alarm.into())
}

/// Counts a wrong answer of the tenant. If there are too many, logs an alarm, at most once an hour.
pub(crate) fn count_wrong(tables: &Tables, limits: Limits, now: u64) -> Result<(), StoreError> {
    let mut tenant = Record::read(tables, TENANT, limits, now)?;
    tenant.wrong_in_hour.add(HOUR_SECONDS, now);
    let wrong = tenant.wrong_in_hour.total();
    if wrong >= limits.alarm.into() && tenant.alarmed.saturating_add(HOUR_SECONDS) <= now {
        tenant.alarmed = now;
        tracing::warn!(
            audit = true,
            wrong,
            "very many wrong answers within an hour: unknown networks have three tries each"
        );
    }
    tables.put(NETWORKS, TENANT, &tenant)
}

/// Deletes records with nothing left in any window.
pub(crate) fn purge(tables: &Tables, limits: Limits, now: u64) -> Result<(), StoreError> {
    tables.retain(NETWORKS, |bytes| {
        minicbor::decode::<Record>(bytes).is_ok_and(|mut record| {
            record.forget_before(limits, now);
            let Record {
                wrong,
                codes,
                names,
                wrong_in_hour,
                ..
            } = record;
            let mut counts = [wrong, codes, names, wrong_in_hour].into_iter();
            counts.any(|counts| !counts.0.is_empty())
        })
    })
}

/// Returns the factor on the limits of a network, by width, the narrowest first.
fn width_factors() -> impl Iterator<Item = u32> {
    core::iter::successors(Some(1), |factor: &u32| factor.checked_mul(WIDTH_FACTOR))
}

/// The counts of one network.
#[derive(Clone, Debug, Default, Encode, Decode)]
struct Record {
    #[n(0)]
    wrong: Counts,
    #[n(1)]
    codes: Counts,
    #[n(2)]
    names: Counts,
    /// Wrong answers within an hour; in the tenant's record only.
    #[n(3)]
    wrong_in_hour: Counts,
    /// The time at which the alarm was last logged; in the tenant's record only.
    #[n(4)]
    alarmed: u64,
}

impl Record {
    fn read(tables: &Tables, name: &[u8], limits: Limits, now: u64) -> Result<Self, StoreError> {
        let mut record: Self = tables.get(NETWORKS, name)?.unwrap_or_default();
        record.forget_before(limits, now);
        Ok(record)
    }

    const fn counts(&self, event: Event) -> &Counts {
        match event {
            Event::Wrong => &self.wrong,
            Event::Code => &self.codes,
            Event::Name => &self.names,
        }
    }

    const fn counts_mut(&mut self, event: Event) -> &mut Counts {
        match event {
            Event::Wrong => &mut self.wrong,
            Event::Code => &mut self.codes,
            Event::Name => &mut self.names,
        }
    }

    fn forget_before(&mut self, limits: Limits, now: u64) {
        for event in [Event::Wrong, Event::Code, Event::Name] {
            let (_, window) = event.limit(limits);
            self.counts_mut(event).forget_before(window, now);
        }
        self.wrong_in_hour.forget_before(HOUR_SECONDS, now);
    }
}

/// The numbers of events, by the beginning of the part of the window.
#[derive(Clone, Debug, Default, Encode, Decode)]
struct Counts(#[n(0)] Vec<(u64, u32)>);

impl Counts {
    fn add(&mut self, window: u64, now: u64) {
        let begun = part(window, now);
        match self.0.last_mut() {
            Some((last, count)) if *last == begun => *count = count.saturating_add(1),
            _ => self.0.push((begun, 1)),
        }
    }

    fn take_back(&mut self, window: u64, at: u64) {
        let begun = part(window, at);
        if let Some((_, count)) = self.0.iter_mut().find(|(part, _)| *part == begun) {
            *count = count.saturating_sub(1);
        }
    }

    fn forget_before(&mut self, window: u64, now: u64) {
        self.0
            .retain(|(begun, count)| *count > 0 && begun.saturating_add(window) > now);
    }

    fn total(&self) -> u32 {
        let counts = self.0.iter().map(|(_, count)| *count);
        counts.fold(0, u32::saturating_add)
    }

    /// Returns the time at which enough events have left the window, if `max` is reached.
    fn full_until(&self, max: u32, window: u64) -> Option<u64> {
        let mut excess = self.total().checked_sub(max)?;
        for (begun, count) in &self.0 {
            if *count > excess {
                return Some(begun.saturating_add(window));
            }
            excess -= *count;
        }
        None
    }
}

/// Returns the beginning of the part of a window that contains `at`.
fn part(window: u64, at: u64) -> u64 {
    at - at.checked_rem(window / WINDOW_PARTS).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tries::tests::LIMITS;
    use super::*;
    use postern_envelope::Secret;
    use postern_store::Store;

    const DAY: Limits = Limits {
        window_seconds: 24 * 60 * 60,
        network_tries: 2,
        network_names: 3,
        alarm: 4,
        ..LIMITS
    };

    fn networks(hashes: &[u8]) -> Networks {
        let key = StoreKey::new(Secret::new(vec![7; 32])).unwrap();
        let hashes: Vec<NetworkHash> = hashes.iter().map(|hash| [*hash; 16].into()).collect();
        Networks::of(&key, &hashes)
    }

    #[tokio::test]
    async fn a_network_has_its_share_and_a_wider_one_four_times_as_much() {
        let store = Store::in_memory().unwrap();
        let work = |tables: &Tables| {
            let until = |of: &Networks, now| of.spent_until(tables, Event::Wrong, DAY, now);
            let count = |of: &Networks, now| of.count(tables, Event::Wrong, DAY, now);
            // Two per /64, eight per /56.
            for narrow in 10..14 {
                let of = networks(&[narrow, 1]);
                for _ in 0..2 {
                    assert_eq!(until(&of, 0)?, None);
                    count(&of, 0)?;
                }
                assert_eq!(until(&of, 0)?, Some(DAY.window_seconds));
            }
            assert_eq!(until(&networks(&[20, 1]), 0)?, Some(DAY.window_seconds));
            assert_eq!(until(&networks(&[20, 2]), 0)?, None);
            assert_eq!(until(&networks(&[10, 1]), DAY.window_seconds)?, None);
            // The keys of different widths differ.
            assert_eq!(until(&networks(&[1]), 0)?, None);
            Ok(())
        };
        store.write(work).await.unwrap();
    }

    #[tokio::test]
    async fn what_was_taken_back_or_is_old_does_not_count() {
        let store = Store::in_memory().unwrap();
        let work = |tables: &Tables| {
            let of = networks(&[1]);
            for now in [0, 100, 2000] {
                of.count(tables, Event::Name, DAY, now)?;
            }
            let until = |now| of.spent_until(tables, Event::Name, DAY, now);
            assert_eq!(
                (until(2000)?, until(HOUR_SECONDS)?),
                (Some(HOUR_SECONDS), None)
            );
            of.take_back(tables, Event::Name, DAY, 100, 2000)?;
            assert_eq!(until(2000)?, None);
            purge(tables, DAY, 1950 + HOUR_SECONDS - 1)?;
            assert_eq!(tables.all(NETWORKS)?.len(), 1);
            purge(tables, DAY, 1950 + HOUR_SECONDS)?;
            assert_eq!(tables.all(NETWORKS)?.len(), 0);
            Ok(())
        };
        store.write(work).await.unwrap();
    }

    #[tokio::test]
    async fn the_tenant_is_alarmed_until_the_hour_has_passed() {
        let store = Store::in_memory().unwrap();
        let work = |tables: &Tables| {
            for now in 0..4 {
                assert!(!is_alarmed(tables, DAY, now)?);
                count_wrong(tables, DAY, now)?;
            }
            assert!(is_alarmed(tables, DAY, HOUR_SECONDS - 1)?);
            assert!(!is_alarmed(tables, DAY, HOUR_SECONDS)?);
            Ok(())
        };
        store.write(work).await.unwrap();
    }
}
