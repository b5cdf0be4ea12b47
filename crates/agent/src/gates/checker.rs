//! The check of one answer, with all its inputs gathered before the transaction that counts it.

use super::issued::{self, IssuedCode, Note, SpentCodes};
use super::passkey::{self, Assertion};
use super::{Code, Verdict, authenticator, mail};
use crate::flow::{OpenGate, held};
use crate::{Methods, StoreKey};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_store::store::{COUNTERS, STEPS, StoreError, Tables};

/// One answer and the data that it is compared with.
pub(crate) struct Checker {
    pub key: StoreKey,
    pub flow: [u8; 16],
    pub gate: OpenGate,
    /// The account; for a decoy, an anchor that no account has.
    pub anchor: Anchor,
    /// The methods of accounts; read within the transaction, so that one that was just replaced or
    /// removed is not accepted.
    pub methods: Methods,
    /// The secret to compare with if there is no authenticator.
    pub random_secret: Secret,
    /// The note made when a pass was issued to the account.
    pub note: Option<Note>,
    /// The verified assertion of a passkey of the account, if the answer is one.
    pub assertion: Option<Assertion>,
    pub typed: Secret,
    /// The key of the method in the `held` table, if its kind can be held.
    pub held: Option<[u8; 32]>,
    /// The account has this gate. It may not, where the gates are the same for every name.
    pub exists: bool,
}

/// The record of a right answer, so that it is accepted only once.
pub(crate) enum Consumption {
    /// The time step of an authenticator.
    Step(u64),
    /// The signature counter of a passkey.
    Counter(u32),
    /// The used codes, and the number of codes left.
    Spent(SpentCodes, u16),
    /// Nothing: the code is discarded with its flow.
    None,
}

impl Checker {
    /// Returns the verdict, and the record to write if the answer is right.
    pub(crate) fn check(
        &self,
        tables: &Tables,
        now: u64,
    ) -> Result<(Verdict, Consumption), StoreError> {
        let (verdict, consumption) = match self.gate.kind {
            GateKind::RecoveryCode | GateKind::HelpdeskPass => self.check_issued(tables, now)?,
            GateKind::Passkey => self.check_passkey(tables, now)?,
            _ => self.check_digits(tables, now)?,
        };
        let held = match &self.held {
            Some(name) => held::is_held(tables, name, now)?,
            None => false,
        };
        Ok(match verdict {
            Verdict::Right if held => (Verdict::Wrong, Consumption::None),
            _ => (verdict, consumption),
        })
    }

    fn check_digits(
        &self,
        tables: &Tables,
        now: u64,
    ) -> Result<(Verdict, Consumption), StoreError> {
        let length = self.gate.kind.digits().unwrap_or_default();
        let Some(typed) = Code::parse(&self.typed, length) else {
            return Ok((Verdict::NoCode, Consumption::None));
        };
        if self.gate.kind != GateKind::Authenticator {
            let sent = self.gate.sent.as_ref();
            let verdict = mail::check(&self.key, &self.flow, self.gate.id, sent, &typed, now);
            return Ok((verdict, Consumption::None));
        }
        let secret = self.methods.authenticator_in(tables, self.anchor)?;
        let secret = secret.as_ref().unwrap_or(&self.random_secret);
        let last_used = tables.get(STEPS, &self.step_name())?;
        let (verdict, step) = authenticator::check(secret, &typed, last_used, now);
        Ok((verdict, step.map_or(Consumption::None, Consumption::Step)))
    }

    fn check_issued(
        &self,
        tables: &Tables,
        now: u64,
    ) -> Result<(Verdict, Consumption), StoreError> {
        let kind = self.gate.kind;
        let Some(typed) = IssuedCode::parse(kind, &self.typed) else {
            return Ok((Verdict::NoCode, Consumption::None));
        };
        let anchor = self.anchor;
        let Some(issued) = self.methods.issued_in(tables, kind, anchor)? else {
            return Ok((Verdict::Wrong, Consumption::None));
        };
        let before = SpentCodes::read(tables, &issued::spent_name(&self.key, kind, anchor))?;
        let (verdict, spent) =
            issued::check(&self.key, kind, anchor, &issued, &typed, &before, now);
        let consumption = spent.map_or(Consumption::None, |spent| {
            let left = u16::try_from(issued.unused(&spent, now).len());
            Consumption::Spent(spent, left.unwrap_or(u16::MAX))
        });
        Ok((verdict, consumption))
    }

    fn check_passkey(
        &self,
        tables: &Tables,
        now: u64,
    ) -> Result<(Verdict, Consumption), StoreError> {
        let challenge = self.gate.challenge.as_ref();
        if challenge.is_none_or(|challenge| challenge.until <= now) {
            return Ok((Verdict::Expired, Consumption::None));
        }
        let Some(assertion) = &self.assertion else {
            return Ok((Verdict::Wrong, Consumption::None));
        };
        let passkeys = self.methods.passkeys_in(tables, self.anchor)?;
        let mut ids = passkeys.iter().map(|one| one.passkey.cred_id().as_slice());
        if !ids.any(|id| id == assertion.id) {
            return Ok((Verdict::Wrong, Consumption::None));
        }
        let last = tables.get(COUNTERS, &self.counter_name())?.unwrap_or(0);
        if !passkey::counter_advanced(assertion.counter, last) {
            tracing::warn!(
                counter = assertion.counter,
                last,
                "a passkey counts backwards: there may be a copy of it"
            );
            return Ok((Verdict::Wrong, Consumption::None));
        }
        Ok((Verdict::Right, Consumption::Counter(assertion.counter)))
    }

    /// Writes the record of a right answer.
    pub(crate) fn record_consumption(
        &self,
        tables: &Tables,
        consumption: &Consumption,
    ) -> Result<(), StoreError> {
        match consumption {
            Consumption::Step(step) => tables.put(STEPS, &self.step_name(), step),
            Consumption::Counter(counter) => tables.put(COUNTERS, &self.counter_name(), counter),
            Consumption::Spent(spent, _) => {
                let name = issued::spent_name(&self.key, self.gate.kind, self.anchor);
                spent.write(tables, &name)
            }
            Consumption::None => Ok(()),
        }
    }

    /// Returns the key of the passkey in the `counters` table.
    fn counter_name(&self) -> [u8; 32] {
        let id = self.assertion.as_ref().map(|assertion| &*assertion.id);
        let parts = [&self.anchor.0[..], id.unwrap_or_default()];
        self.key.hash("passkey counter", &parts)
    }

    /// Returns the key of the account in the `steps` table.
    fn step_name(&self) -> [u8; 32] {
        authenticator::step_name(&self.key, self.anchor)
    }
}
