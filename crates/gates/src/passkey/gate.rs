//! The passkey gate: the passkeys that are stored for an account, and their use.

use super::{
    Assertion, Challenge, MAX_PASSKEYS, Offer, RelyingParty, StoredPasskey, counter_advanced,
};
use crate::methods::{Place, SealedMethods};
use crate::{
    AccountMethod, Attempt, Checked, Checker, Confirmation, Gate, GateError, NewMethod, Record,
    Registration, TryLimit, Verdict,
};
use async_trait::async_trait;
use postern_directory::{Account, Anchor};
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_store::Memory;
use postern_store::store::{COUNTERS, PASSKEYS, StoreError, Tables};
use std::sync::Arc;

pub(crate) const PLACE: Place = Place {
    table: PASSKEYS,
    label: "passkeys",
};

/// The passkey gate.
#[derive(Clone)]
pub struct PasskeyGate {
    methods: SealedMethods,
    /// `None` if the tenant uses no passkeys: then nobody has any.
    relying_party: Option<Arc<RelyingParty>>,
}

impl PasskeyGate {
    /// Creates the gate.
    #[must_use]
    pub fn new(memory: Memory, relying_party: Option<RelyingParty>) -> Self {
        let place = PLACE;
        Self {
            methods: SealedMethods { memory, place },
            relying_party: relying_party.map(Arc::new),
        }
    }

    /// Returns the passkeys of an account, in the order in which they were added.
    ///
    /// # Errors
    /// The store failed, or holds a value that was not sealed for this account.
    pub async fn stored(&self, anchor: Anchor) -> Result<Vec<StoredPasskey>, StoreError> {
        let opened = self.methods.load(anchor).await?;
        let passkeys = opened.as_ref().map(decode).transpose()?;
        Ok(passkeys.unwrap_or_default())
    }

    /// Adds a passkey to those of an account.
    ///
    /// # Errors
    /// As [`Self::stored`].
    pub fn put(
        &self,
        tables: &Tables,
        anchor: Anchor,
        passkey: StoredPasskey,
    ) -> Result<(), StoreError> {
        let mut passkeys = self.read(tables, anchor)?;
        // Stored already by an attempt that was reported as failed.
        passkeys.retain(|one| one.id() != passkey.id());
        passkeys.push(passkey);
        self.write(tables, anchor, &passkeys)
    }

    /// [`Self::stored`] within a transaction.
    fn read(&self, tables: &Tables, anchor: Anchor) -> Result<Vec<StoredPasskey>, StoreError> {
        let opened = self.methods.read(tables, anchor)?;
        let passkeys = opened.as_ref().map(decode).transpose()?;
        Ok(passkeys.unwrap_or_default())
    }

    fn write(
        &self,
        tables: &Tables,
        anchor: Anchor,
        passkeys: &[StoredPasskey],
    ) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(passkeys).map_err(StoreError::new)?;
        self.methods.write(tables, anchor, &Secret::new(bytes))
    }

    fn check(
        &self,
        tables: &Tables,
        attempt: &Attempt,
        assertion: Option<Assertion>,
        now: u64,
    ) -> Result<Checked, StoreError> {
        let challenge = attempt.gate.challenge.as_ref();
        if challenge.is_none_or(|challenge| challenge.until <= now) {
            return Ok(Checked::new(Verdict::Expired));
        }
        let Some(Assertion { id, counter }) = assertion else {
            return Ok(Checked::new(Verdict::Wrong));
        };
        // Read again, so that a passkey that was just removed is not accepted.
        let passkeys = self.read(tables, attempt.anchor)?;
        if !passkeys.iter().any(|one| one.id() == id) {
            return Ok(Checked::new(Verdict::Wrong));
        }
        let key = &self.methods.memory.key;
        let name = key.hash("passkey counter", &[&attempt.anchor.0, &id]);
        let last = tables.get(COUNTERS, &name)?.unwrap_or(0);
        if !counter_advanced(counter, last) {
            tracing::warn!(
                counter,
                last,
                "a passkey counts backwards: there may be a copy of it"
            );
            return Ok(Checked::new(Verdict::Wrong));
        }
        Ok(Checked {
            method: Some(Secret::new(id)),
            record: Some(Record::new(COUNTERS, name, &counter)?),
            ..Checked::new(Verdict::Right)
        })
    }
}

#[async_trait]
impl Gate for PasskeyGate {
    fn kind(&self) -> GateKind {
        GateKind::Passkey
    }

    fn try_limit(&self) -> TryLimit {
        TryLimit::PerFlow
    }

    async fn methods(&self, account: &Account) -> Result<Vec<AccountMethod>, StoreError> {
        if self.relying_party.is_none() {
            return Ok(Vec::new());
        }
        let stored = self.stored(account.anchor).await?;
        let methods = stored.iter().map(|one| AccountMethod {
            hint: Some(one.added.to_string()),
            ..AccountMethod::registered(Secret::new(one.id().to_vec()))
        });
        Ok(methods.collect())
    }

    fn challenge(&self, until: u64) -> Result<Option<Challenge>, GateError> {
        let relying_party = self.relying_party.as_ref();
        let challenge = relying_party.map(|relying_party| relying_party.challenge(until));
        Ok(challenge.transpose()?)
    }

    async fn checker(&self, attempt: Attempt) -> Result<Checker, GateError> {
        // The signature is verified before the transaction, which nothing should hold up.
        let mut assertion = None;
        if let (Some(relying_party), Some(challenge)) =
            (&self.relying_party, &attempt.gate.challenge)
        {
            let stored = self.stored(attempt.anchor).await;
            let stored = stored.unwrap_or_else(|error| {
                tracing::error!(%error, "passkeys are left out");
                Vec::new()
            });
            assertion = relying_party.check(&stored, challenge, &attempt.typed);
        }
        let gate = self.clone();
        Ok(Box::new(move |tables, now| {
            gate.check(tables, &attempt, assertion, now)
        }))
    }

    fn registration(&self) -> Option<&dyn Registration> {
        Some(self)
    }
}

#[async_trait]
impl Registration for PasskeyGate {
    fn has_room(&self, methods: &[AccountMethod]) -> bool {
        self.relying_party.is_some() && methods.len() < MAX_PASSKEYS
    }

    async fn begin(&self, account: &Account) -> Result<NewMethod, GateError> {
        let key = &self.methods.memory.key;
        let user = key.short_hash("passkey user", &[&account.anchor.0]);
        let stored = self.stored(account.anchor).await?;
        let relying_party = self.relying_party()?;
        let Offer { options, state } =
            relying_party.begin(user, &account.login_name, &account.display_name, &stored)?;
        Ok(NewMethod::new(
            Secret::from(&*options),
            Secret::from(&*state),
        ))
    }

    fn confirm(
        &self,
        method: NewMethod,
        _anchor: Anchor,
        answer: &Secret,
        now: u64,
    ) -> Result<Confirmation, GateError> {
        let state = method.kept.expose_str().unwrap_or_default();
        // A wrong answer uses the offer up.
        let passkey = match self.relying_party()?.finish(state, answer) {
            Ok(passkey) => passkey,
            Err(error) => {
                tracing::warn!(%error, "a passkey was not added");
                return Ok(Confirmation::GivenUp);
            }
        };
        let passkey = StoredPasskey {
            passkey,
            added: now,
        };
        let kept = serde_json::to_vec(&passkey).map_err(StoreError::new)?;
        Ok(Confirmation::Right(NewMethod {
            id: Secret::new(passkey.id().to_vec()),
            kept: Secret::new(kept),
            ..method
        }))
    }

    fn add(&self, tables: &Tables, anchor: Anchor, method: &NewMethod) -> Result<bool, StoreError> {
        let passkey = serde_json::from_slice(method.kept.expose()).map_err(StoreError::new)?;
        self.put(tables, anchor, passkey)?;
        Ok(true)
    }

    fn remove(
        &self,
        tables: &Tables,
        anchor: Anchor,
        id: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        let Some(id) = id else {
            return self.methods.remove(tables, anchor);
        };
        let mut passkeys = self.read(tables, anchor)?;
        let before = passkeys.len();
        passkeys.retain(|one| one.id() != id);
        if passkeys.len() == before {
            return Ok(false);
        }
        if passkeys.is_empty() {
            return self.methods.remove(tables, anchor);
        }
        self.write(tables, anchor, &passkeys)?;
        Ok(true)
    }
}

impl PasskeyGate {
    fn relying_party(&self) -> Result<&RelyingParty, GateError> {
        self.relying_party
            .as_deref()
            .ok_or(GateError::Passkey(super::PasskeyError::Off))
    }
}

/// Decodes the passkeys of an account.
pub(crate) fn decode(opened: &Secret) -> Result<Vec<StoredPasskey>, StoreError> {
    serde_json::from_slice(opened.expose())
        .map_err(|_| StoreError::new("expected passkeys in JSON"))
}
