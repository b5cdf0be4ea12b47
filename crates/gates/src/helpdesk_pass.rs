//! The helpdesk pass gate: a code that the helpdesk issues, good once and for minutes.

use crate::issued::{IssuedCodes, Note};
use crate::{AccountMethod, Attempt, Checker, Gate, GateError, SandboxCodes, TryLimit};
use async_trait::async_trait;
use postern_directory::{Account, Anchor};
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_store::Memory;
use postern_store::store::{StoreError, Tables};

/// The number of characters of a pass: 50 bits, for minutes, with few tries.
const LENGTH: usize = 10;

/// The helpdesk pass gate.
#[derive(Clone)]
pub struct HelpdeskPassGate(pub(crate) IssuedCodes);

impl HelpdeskPassGate {
    /// Creates the gate.
    #[must_use]
    pub const fn new(memory: Memory, sandbox: Option<SandboxCodes>) -> Self {
        let kind = GateKind::HelpdeskPass;
        Self(IssuedCodes::new(memory, kind, LENGTH, sandbox))
    }

    /// Issues a pass until a time, in seconds since the Unix epoch. `with` runs in the same
    /// transaction.
    ///
    /// # Errors
    /// The store or the random source failed.
    pub async fn issue(
        &self,
        anchor: Anchor,
        expires: u64,
        note: Note,
        with: impl FnOnce(&Tables) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<Secret, GateError> {
        let (mut issued, shown) = self.0.make(anchor, 1)?;
        issued.expires = Some(expires);
        issued.note = Some(note);
        let code = shown.first().cloned().unwrap_or_default();
        let codes = self.0.clone();
        let put = move |tables: &Tables| {
            with(tables)?;
            codes.put(tables, anchor, &issued, shown)
        };
        self.0.store().write(put).await?;
        Ok(code)
    }
}

#[async_trait]
impl Gate for HelpdeskPassGate {
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

    /// A pass is short-lived, and its owner cannot add or remove it.
    fn is_listed(&self) -> bool {
        false
    }

    async fn checker(&self, attempt: Attempt) -> Result<Checker, GateError> {
        let codes = self.0.clone();
        Ok(Box::new(move |tables, now| {
            let (mut checked, issued) = codes.check(tables, &attempt, now)?;
            checked.codes_left = None;
            // Strangers may have used up the tries that the owner needs at another gate.
            checked.clears_tries = true;
            checked.note = issued.and_then(|issued| issued.note);
            Ok(checked)
        }))
    }

    async fn sandbox_answer(&self, account: &Account) -> Option<String> {
        self.0.sandbox_answer(account.anchor).await
    }
}
