//! The recovery code gate: a set of codes that the person keeps; each is good once.

use crate::issued::{self, IssuedCodes};
use crate::{
    AccountMethod, Attempt, Checker, Confirmation, Gate, GateError, NewMethod, Registration,
    SandboxCodes, TryLimit,
};
use async_trait::async_trait;
use postern_directory::{Account, Anchor};
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_store::Memory;
use postern_store::store::{StoreError, Tables};

/// The number of codes in a set.
pub(crate) const CODES_PER_SET: u8 = 10;

/// The number of characters of a code: 80 bits, where NIST SP 800-63B-4 asks for 64.
const LENGTH: usize = 16;

/// The recovery code gate.
#[derive(Clone)]
pub struct RecoveryCodesGate(pub(crate) IssuedCodes);

impl RecoveryCodesGate {
    /// Creates the gate.
    #[must_use]
    pub const fn new(memory: Memory, sandbox: Option<SandboxCodes>) -> Self {
        let kind = GateKind::RecoveryCode;
        Self(IssuedCodes::new(memory, kind, LENGTH, sandbox))
    }
}

#[async_trait]
impl Gate for RecoveryCodesGate {
    fn kind(&self) -> GateKind {
        self.0.kind()
    }

    fn try_limit(&self) -> TryLimit {
        TryLimit::PerFlow
    }

    async fn methods(&self, account: &Account) -> Result<Vec<AccountMethod>, StoreError> {
        let method = self.0.method(account.anchor).await?;
        Ok(method.into_iter().collect())
    }

    async fn checker(&self, attempt: Attempt) -> Result<Checker, GateError> {
        let codes = self.0.clone();
        Ok(Box::new(move |tables, now| {
            let (checked, _) = codes.check(tables, &attempt, now)?;
            Ok(checked)
        }))
    }

    fn registration(&self) -> Option<&dyn Registration> {
        Some(self)
    }

    async fn sandbox_answer(&self, account: &Account) -> Option<String> {
        self.0.sandbox_answer(account.anchor).await
    }
}

#[async_trait]
impl Registration for RecoveryCodesGate {
    /// A new set replaces the one before, at any time.
    fn has_room(&self, _methods: &[AccountMethod]) -> bool {
        true
    }

    async fn begin(&self, account: &Account) -> Result<NewMethod, GateError> {
        let (issued, codes) = self.0.make(account.anchor, CODES_PER_SET)?;
        let lines: Vec<_> = codes.iter().map(Secret::expose).collect();
        let kept = minicbor::to_vec(&issued).map_err(StoreError::new)?;
        Ok(NewMethod::new(
            Secret::new(lines.join(&b'\n')),
            Secret::new(kept),
        ))
    }

    fn confirm(
        &self,
        method: NewMethod,
        _anchor: Anchor,
        _answer: &Secret,
        _now: u64,
    ) -> Result<Confirmation, GateError> {
        let id = issued::decode(&method.kept)?.id();
        Ok(Confirmation::Right(NewMethod { id, ..method }))
    }

    fn add(&self, tables: &Tables, anchor: Anchor, method: &NewMethod) -> Result<bool, StoreError> {
        let issued = issued::decode(&method.kept)?;
        self.0
            .put(tables, anchor, &issued, method.offered_codes())?;
        Ok(true)
    }

    fn remove(
        &self,
        tables: &Tables,
        anchor: Anchor,
        id: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        self.0.remove(tables, anchor, id)
    }
}
