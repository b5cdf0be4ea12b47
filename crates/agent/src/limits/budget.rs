//! The budget of a requester: what is left of the account's own tries and of their networks'.

use super::Limits;
use super::networks::{self, Event, Networks};
use super::sends::Destination;
use super::tries::{KNOWN_FACTOR, Network, Tries, Wait};
use postern_gates::TryLimit;
use postern_protocol::Reason;
use postern_relay::NetworkHash;
use postern_store::StoreKey;
use postern_store::store::{StoreError, Tables};

/// The number of tries that an unknown network has at an account while the tenant is alarmed.
const ALARMED_TRIES: u16 = 3;

/// A requester: the account asked for, and the networks of the client.
#[derive(Clone, Debug)]
pub(crate) struct Requester {
    subject: [u8; 16],
    /// The narrowest network, as a keyed hash that no other account shares.
    network: Network,
    networks: Networks,
}

impl Requester {
    /// Returns the requester of an account, or of a decoy of one, from these networks.
    pub(crate) fn of(key: &StoreKey, subject: [u8; 16], networks: &[NetworkHash]) -> Self {
        let network = networks
            .first()
            .map(|network| key.short_hash("account network", &[&subject, &**network]));
        Self {
            subject,
            network,
            networks: Networks::of(key, networks),
        }
    }
}

/// The budget of a requester, within one transaction.
pub(crate) struct Budget<'t> {
    tables: &'t Tables,
    requester: &'t Requester,
    limits: Limits,
    now: u64,
    tries: Tries,
    /// The account passed a gate from this network, which others therefore cannot affect.
    known: bool,
    /// The number of tries that an unknown network has of its own.
    unknown_tries: u16,
}

impl<'t> Budget<'t> {
    /// Reads the budget.
    pub(crate) fn read(
        tables: &'t Tables,
        requester: &'t Requester,
        limits: Limits,
        now: u64,
    ) -> Result<Self, StoreError> {
        let tries = Tries::read(tables, &requester.subject, limits, now)?;
        let unknown_tries = if networks::is_alarmed(tables, limits, now)? {
            limits.tries.min(ALARMED_TRIES)
        } else {
            limits.tries
        };
        Ok(Self {
            tables,
            requester,
            limits,
            now,
            known: tries.is_known(requester.network, now),
            tries,
            unknown_tries,
        })
    }

    /// Returns the factor on `codes_per_address`: [`KNOWN_FACTOR`] for a network from which the
    /// account passed a gate within 90 days, otherwise 1.
    pub(crate) const fn share(&self) -> u16 {
        if self.known { KNOWN_FACTOR } else { 1 }
    }

    /// Returns the reason for which a gate accepts no answer, if any. Only guessable gates are ever
    /// closed; a code that was sent has tries of its own, so those of the account do not close it.
    pub(crate) fn answer_refusal(&self, limit: TryLimit) -> Result<Option<Reason>, StoreError> {
        if limit == TryLimit::PerFlow {
            return Ok(None);
        }
        if !self.known
            && let Some(until) = self.requester.networks.spent_until(
                self.tables,
                Event::Wrong,
                self.limits,
                self.now,
            )?
        {
            return Ok(Some(Reason::TooManyFromNetwork { until }));
        }
        if limit == TryLimit::PerCode {
            return Ok(None);
        }
        let network = self.requester.network;
        let until = self
            .tries
            .closed_until(network, self.unknown_tries, self.limits, self.now);
        Ok(until.map(|until| Reason::Locked { until }))
    }

    /// Returns the number of wrong answers still allowed.
    pub(crate) fn tries_left(&self) -> u16 {
        let network = self.requester.network;
        self.tries
            .tries_left(network, self.unknown_tries, self.limits, self.now)
    }

    /// Counts a wrong answer.
    pub(crate) fn record_wrong(&mut self, limit: TryLimit) -> Result<(), StoreError> {
        if limit == TryLimit::PerFlow {
            return Ok(());
        }
        if limit == TryLimit::PerAccount {
            self.tries.record_wrong(self.requester.network, self.now);
        }
        let networks = &self.requester.networks;
        networks.count(self.tables, Event::Wrong, self.limits, self.now)?;
        networks::count_wrong(self.tables, self.limits, self.now)
    }

    /// Returns the reason for which no code is sent yet, if any.
    pub(crate) fn code_refusal(&self) -> Result<Option<Reason>, StoreError> {
        if !self.known
            && let Some(until) = self.requester.networks.spent_until(
                self.tables,
                Event::Code,
                self.limits,
                self.now,
            )?
        {
            return Ok(Some(Reason::TooManyFromNetwork { until }));
        }
        let wait = self
            .tries
            .wait(self.requester.network, self.limits, self.now);
        // Rounded up to minutes, which is what people's clocks show.
        Ok(wait.map(|wait| match wait {
            Wait::Pause { until } => Reason::SentTooRecently {
                until: until.next_multiple_of(60),
            },
            Wait::Slow { until } => Reason::TooManyCodes {
                until: until.next_multiple_of(60),
            },
        }))
    }

    /// Counts a code to these destinations. Returns the load of the networks before it, in
    /// thousandths of their share.
    pub(crate) fn record_sent(&mut self, destinations: &[Destination]) -> Result<u32, StoreError> {
        let networks = &self.requester.networks;
        let load_permille = networks.load_permille(self.tables, self.limits, self.now)?;
        self.tries.record_sent(self.requester.network, self.now);
        for destination in destinations {
            self.tries.record_destination(destination.name());
        }
        self.requester
            .networks
            .count(self.tables, Event::Code, self.limits, self.now)?;
        Ok(load_permille)
    }

    /// Makes the requester's network known to the account, which passed a gate from it. Not called
    /// for the current password: somebody who has obtained it must not be taken for its owner.
    pub(crate) fn record_passed(&mut self) {
        self.tries.record_passed(self.requester.network, self.now);
    }

    /// Gives everything back that was counted against the account.
    pub(crate) fn forget(&mut self) -> Result<(), StoreError> {
        self.tries.forget(self.tables, self.now)
    }

    /// Takes back what [`Self::record_wrong`] counted at `at`.
    pub(crate) fn take_back(&mut self, limit: TryLimit, at: u64) -> Result<(), StoreError> {
        if limit == TryLimit::PerFlow {
            return Ok(());
        }
        if limit == TryLimit::PerAccount {
            self.tries.take_back(self.requester.network, at);
        }
        let networks = &self.requester.networks;
        networks.take_back(self.tables, Event::Wrong, self.limits, at, self.now)
    }

    /// Writes the account's tries.
    pub(crate) fn write(&self) -> Result<(), StoreError> {
        self.tries.write(self.tables, &self.requester.subject)
    }
}
