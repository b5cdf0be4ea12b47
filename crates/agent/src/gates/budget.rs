//! What is left to whoever asks for an account: of the account's own tries and of their network's.

use super::networks::{self, Networks, What};
use super::sends::Destination;
use super::tries::{KNOWN_SHARE, Limits, Network, Tries, Wait};
use crate::StoreKey;
use crate::flow::Wrong;
use crate::store::{StoreError, Tables};
use postern_protocol::{GateKind, Reason};
use postern_relay::NetworkHash;

/// How many tries an unknown network has at an account while the tenant is alarmed.
const ALARMED_TRIES: u16 = 3;

/// Who asks for which account.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    subject: [u8; 16],
    /// The narrowest network, as this account alone knows it.
    network: Network,
    networks: Networks,
}

impl Who {
    /// Whoever asks for an account, or a decoy of one, from these networks.
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

/// What can be guessed at all.
pub(crate) const fn is_guessable(kind: GateKind) -> bool {
    matches!(kind, GateKind::Authenticator | GateKind::Password) || kind.sends()
}

/// What is left, within one transaction.
pub(crate) struct Budget<'t> {
    tables: &'t Tables,
    who: &'t Who,
    limits: Limits,
    now: u64,
    tries: Tries,
    /// The account passed a gate from this network: nothing that others do concerns it.
    known: bool,
    /// How many tries an unknown network has of its own.
    most: u16,
}

impl<'t> Budget<'t> {
    /// Reads it.
    pub(crate) fn read(
        tables: &'t Tables,
        who: &'t Who,
        limits: Limits,
        now: u64,
    ) -> Result<Self, StoreError> {
        let tries = Tries::read(tables, &who.subject, limits, now)?;
        let most = if networks::is_alarmed(tables, limits, now)? {
            limits.tries.min(ALARMED_TRIES)
        } else {
            limits.tries
        };
        Ok(Self {
            tables,
            who,
            limits,
            now,
            known: tries.is_known(who.network, now),
            tries,
            most,
        })
    }

    /// The factor on `codes_per_address`: [`KNOWN_SHARE`] for a network from which the account passed
    /// a gate within 90 days, else 1.
    pub(crate) const fn share(&self) -> u16 {
        if self.known { KNOWN_SHARE } else { 1 }
    }

    /// Why a gate takes no answer, if so. Only what can be guessed is ever closed; a code that was
    /// sent has tries of its own, so no account closes it.
    pub(crate) fn closed(&self, kind: GateKind) -> Result<Option<Reason>, StoreError> {
        if !is_guessable(kind) {
            return Ok(None);
        }
        if !self.known
            && let Some(until) =
                self.who
                    .networks
                    .spent_until(self.tables, What::Wrong, self.limits, self.now)?
        {
            return Ok(Some(Reason::TooManyFromNetwork { until }));
        }
        if kind.sends() {
            return Ok(None);
        }
        let network = self.who.network;
        let until = self
            .tries
            .closed_until(network, self.most, self.limits, self.now);
        Ok(until.map(|until| Reason::Locked { until }))
    }

    /// How many wrong answers are still allowed.
    pub(crate) fn left(&self) -> u16 {
        self.tries
            .left(self.who.network, self.most, self.limits, self.now)
    }

    /// Counts a wrong answer.
    pub(crate) fn wrong(&mut self, kind: GateKind) -> Result<(), StoreError> {
        if !is_guessable(kind) {
            return Ok(());
        }
        if !kind.sends() {
            self.tries.wrong(self.who.network, self.now);
        }
        let networks = &self.who.networks;
        networks.count(self.tables, What::Wrong, self.limits, self.now)?;
        networks::count_wrong(self.tables, self.limits, self.now)
    }

    /// Why no code is sent yet, if so.
    pub(crate) fn waits(&self) -> Result<Option<Reason>, StoreError> {
        if !self.known
            && let Some(until) =
                self.who
                    .networks
                    .spent_until(self.tables, What::Code, self.limits, self.now)?
        {
            return Ok(Some(Reason::TooManyFromNetwork { until }));
        }
        let wait = self.tries.wait(self.who.network, self.limits, self.now);
        // Clocks that people read show minutes.
        Ok(wait.map(|wait| match wait {
            Wait::Pause { until } => Reason::SentTooRecently {
                until: until.next_multiple_of(60),
            },
            Wait::Slow { until } => Reason::TooManyCodes {
                until: until.next_multiple_of(60),
            },
        }))
    }

    /// Counts a code to these places. Says how busy the network is, in thousandths of its share.
    pub(crate) fn sent(&mut self, destinations: &[Destination]) -> Result<u32, StoreError> {
        let busy = self.who.networks.busy(self.tables, self.limits, self.now)?;
        self.tries.sent(self.who.network, self.now);
        for destination in destinations {
            self.tries.sent_to(destination.name());
        }
        self.who
            .networks
            .count(self.tables, What::Code, self.limits, self.now)?;
        Ok(busy)
    }

    /// A gate was passed: by any but the password the network is known from now on. What the flow
    /// itself got wrong at gates of this kind is given back. Not what it got wrong at others: whoever
    /// can open one gate must not guess at another without end. A pass of the helpdesk gives
    /// everything back.
    pub(crate) fn passed(&mut self, kind: GateKind, wrong: &[Wrong]) -> Result<(), StoreError> {
        for wrong in wrong.iter().filter(|wrong| wrong.kind == kind) {
            self.take_back(kind, wrong.at)?;
        }
        if kind == GateKind::HelpdeskPass {
            self.tries.forget(self.tables, self.now)?;
        }
        // Whoever has got hold of a password must not be taken for its owner.
        if kind != GateKind::Password {
            self.tries.passed(self.who.network, self.now);
        }
        Ok(())
    }

    /// Takes back what [`Self::wrong`] counted at `at`.
    pub(crate) fn take_back(&mut self, kind: GateKind, at: u64) -> Result<(), StoreError> {
        if !is_guessable(kind) {
            return Ok(());
        }
        if !kind.sends() {
            self.tries.take_back(self.who.network, at);
        }
        let networks = &self.who.networks;
        networks.take_back(self.tables, What::Wrong, self.limits, at, self.now)
    }

    /// Writes it.
    pub(crate) fn write(&self) -> Result<(), StoreError> {
        self.tries.write(self.tables, &self.who.subject)
    }
}
