//! What came from a network, over all accounts: wrong answers, codes asked for, names looked up;
//! and how many answers were wrong in the whole tenant.

use super::tries::Limits;
use crate::StoreKey;
use crate::store::{NETWORKS, StoreError, Tables};
use minicbor::{Decode, Encode};
use postern_relay::NetworkHash;

/// Under which key the tenant's own count is kept; networks have longer ones.
const TENANT: &[u8] = b"tenant";

/// How many networks of a client are counted, the narrowest first.
const WIDTHS: usize = 3;

/// How many times what a network may do the next wider one may do.
const WIDER: u32 = 4;

const HOUR: u64 = 60 * 60;

/// Into how many parts a window is divided: what was counted is kept by part, not one by one.
const PARTS: u64 = 24;

/// The networks that one client is in, as keyed hashes, the narrowest first.
#[derive(Clone, Debug)]
pub(crate) struct Networks(Vec<[u8; 32]>);

/// What is counted of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A wrong answer that might have been a guess.
    Wrong,
    /// A code that was asked for.
    Code,
    /// A name that was looked up.
    Name,
}

impl What {
    /// How many are allowed in how many seconds.
    fn most(self, limits: Limits) -> (u32, u64) {
        let (most, window) = match self {
            Self::Wrong => (limits.network_tries, limits.window),
            Self::Code => (limits.network_codes, HOUR),
            Self::Name => (limits.network_names, HOUR),
        };
        (most.into(), window)
    }
}

impl Networks {
    /// Hashed again under the agent's own key: its store and a portal's notes share no name.
    pub(crate) fn of(key: &StoreKey, networks: &[NetworkHash]) -> Self {
        let networks = (0_u8..).zip(networks).take(WIDTHS);
        let hashed = networks.map(|(width, network)| key.hash("network", &[&[width], &**network]));
        Self(hashed.collect())
    }

    /// Until when the networks' share of something is spent, if it is.
    pub(crate) fn spent_until(
        &self,
        tables: &Tables,
        what: What,
        limits: Limits,
        now: u64,
    ) -> Result<Option<u64>, StoreError> {
        let mut latest = None;
        for (name, more) in self.0.iter().zip(widths()) {
            let (most, window) = what.most(limits);
            let record = Record::read(tables, name, limits, now)?;
            let until = record
                .of(what)
                .full_until(most.saturating_mul(more), window);
            latest = latest.max(until);
        }
        Ok(latest)
    }

    /// Counts something.
    pub(crate) fn count(
        &self,
        tables: &Tables,
        what: What,
        limits: Limits,
        now: u64,
    ) -> Result<(), StoreError> {
        let (_, window) = what.most(limits);
        for name in &self.0 {
            let mut record = Record::read(tables, name, limits, now)?;
            record.of_mut(what).add(window, now);
            tables.put(NETWORKS, name, &record)?;
        }
        Ok(())
    }

    /// Takes back what was counted at `at`.
    pub(crate) fn take_back(
        &self,
        tables: &Tables,
        what: What,
        limits: Limits,
        at: u64,
        now: u64,
    ) -> Result<(), StoreError> {
        let (_, window) = what.most(limits);
        for name in &self.0 {
            let mut record = Record::read(tables, name, limits, now)?;
            record.of_mut(what).take_back(window, at);
            tables.put(NETWORKS, name, &record)?;
        }
        Ok(())
    }

    /// How busy the networks are: thousandths of their share of codes, of the busiest.
    pub(crate) fn busy(
        &self,
        tables: &Tables,
        limits: Limits,
        now: u64,
    ) -> Result<u32, StoreError> {
        let mut busiest = 0;
        for (name, more) in self.0.iter().zip(widths()) {
            let (most, _) = What::Code.most(limits);
            let sent = Record::read(tables, name, limits, now)?.codes.total();
            let share = sent.saturating_mul(1000) / most.saturating_mul(more).max(1);
            busiest = busiest.max(share);
        }
        Ok(busiest)
    }
}

/// Whether so many answers were wrong in the whole tenant that somebody seems to guess at many
/// accounts at once.
pub(crate) fn is_alarmed(tables: &Tables, limits: Limits, now: u64) -> Result<bool, StoreError> {
    let tenant = Record::read(tables, TENANT, limits, now)?;
    Ok(tenant.wrong_in_hour.total() >= limits.alarm.into())
}

/// Counts a wrong answer of the tenant; says so in the log where they are too many, once an hour.
pub(crate) fn count_wrong(tables: &Tables, limits: Limits, now: u64) -> Result<(), StoreError> {
    let mut tenant = Record::read(tables, TENANT, limits, now)?;
    tenant.wrong_in_hour.add(HOUR, now);
    let wrong = tenant.wrong_in_hour.total();
    if wrong >= limits.alarm.into() && tenant.alarmed.saturating_add(HOUR) <= now {
        tenant.alarmed = now;
        tracing::warn!(
            audit = true,
            wrong,
            "very many wrong answers within an hour: unknown networks have three tries each"
        );
    }
    tables.put(NETWORKS, TENANT, &tenant)
}

/// Forgets what every window has left behind.
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

/// By how much each width multiplies what a network may do.
fn widths() -> impl Iterator<Item = u32> {
    core::iter::successors(Some(1), |more: &u32| more.checked_mul(WIDER))
}

/// What was counted of one network.
#[derive(Clone, Debug, Default, Encode, Decode)]
struct Record {
    #[n(0)]
    wrong: Counts,
    #[n(1)]
    codes: Counts,
    #[n(2)]
    names: Counts,
    /// Wrong answers within an hour; of the tenant alone.
    #[n(3)]
    wrong_in_hour: Counts,
    /// When the alarm was told last; of the tenant alone.
    #[n(4)]
    alarmed: u64,
}

impl Record {
    fn read(tables: &Tables, name: &[u8], limits: Limits, now: u64) -> Result<Self, StoreError> {
        let mut record: Self = tables.get(NETWORKS, name)?.unwrap_or_default();
        record.forget_before(limits, now);
        Ok(record)
    }

    const fn of(&self, what: What) -> &Counts {
        match what {
            What::Wrong => &self.wrong,
            What::Code => &self.codes,
            What::Name => &self.names,
        }
    }

    const fn of_mut(&mut self, what: What) -> &mut Counts {
        match what {
            What::Wrong => &mut self.wrong,
            What::Code => &mut self.codes,
            What::Name => &mut self.names,
        }
    }

    fn forget_before(&mut self, limits: Limits, now: u64) {
        for what in [What::Wrong, What::Code, What::Name] {
            let (_, window) = what.most(limits);
            self.of_mut(what).forget_before(window, now);
        }
        self.wrong_in_hour.forget_before(HOUR, now);
    }
}

/// How often something happened, by the beginning of the part of the window.
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

    /// When enough of it has left the window, if there is too much.
    fn full_until(&self, most: u32, window: u64) -> Option<u64> {
        let mut more = self.total().checked_sub(most)?;
        for (begun, count) in &self.0 {
            if *count > more {
                return Some(begun.saturating_add(window));
            }
            more -= *count;
        }
        None
    }
}

/// The beginning of the part of a window that a moment is in.
fn part(window: u64, at: u64) -> u64 {
    at - at.checked_rem(window / PARTS).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tries::tests::LIMITS;
    use super::*;
    use crate::Store;
    use postern_envelope::Secret;

    const DAY: Limits = Limits {
        window: 24 * 60 * 60,
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
            let until = |of: &Networks, now| of.spent_until(tables, What::Wrong, DAY, now);
            let count = |of: &Networks, now| of.count(tables, What::Wrong, DAY, now);
            // Two a /64, eight a /56 of them.
            for narrow in 10..14 {
                let of = networks(&[narrow, 1]);
                for _ in 0..2 {
                    assert_eq!(until(&of, 0)?, None);
                    count(&of, 0)?;
                }
                assert_eq!(until(&of, 0)?, Some(DAY.window));
            }
            assert_eq!(until(&networks(&[20, 1]), 0)?, Some(DAY.window));
            assert_eq!(until(&networks(&[20, 2]), 0)?, None);
            assert_eq!(until(&networks(&[10, 1]), DAY.window)?, None);
            // What a width is called is not what another one is called.
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
                of.count(tables, What::Name, DAY, now)?;
            }
            let until = |now| of.spent_until(tables, What::Name, DAY, now);
            assert_eq!((until(2000)?, until(HOUR)?), (Some(HOUR), None));
            of.take_back(tables, What::Name, DAY, 100, 2000)?;
            assert_eq!(until(2000)?, None);
            purge(tables, DAY, 1950 + HOUR - 1)?;
            assert_eq!(tables.all(NETWORKS)?.len(), 1);
            purge(tables, DAY, 1950 + HOUR)?;
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
            assert!(is_alarmed(tables, DAY, HOUR - 1)?);
            assert!(!is_alarmed(tables, DAY, HOUR)?);
            Ok(())
        };
        store.write(work).await.unwrap();
    }
}
