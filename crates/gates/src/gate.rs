//! What every gate does: the trait [`Gate`], with [`Sender`] and [`Registration`] for those that
//! send codes or can be registered.

use crate::passkey::{Challenge, PasskeyError};
use crate::{AccountMethod, Attempt, Checker, Confirmation, NewMethod, OpenGate, OutgoingCode};
use async_trait::async_trait;
use postern_directory::{Account, Anchor};
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_store::NoRandom;
use postern_store::store::{StoreError, Tables};

/// A kind of gate.
#[async_trait]
pub trait Gate: Send + Sync {
    /// Its kind.
    fn kind(&self) -> GateKind;

    /// What bounds the number of wrong answers.
    fn try_limit(&self) -> TryLimit;

    /// Returns an account's methods of this kind: its addresses in the directory, or what was
    /// registered or issued.
    ///
    /// # Errors
    /// The store failed, or holds a method that was not sealed for this account. The methods must
    /// then not be taken for missing.
    async fn methods(&self, account: &Account) -> Result<Vec<AccountMethod>, StoreError>;

    /// Reports whether the methods are shown to their owner.
    fn is_listed(&self) -> bool {
        true
    }

    /// Returns the gates that are open to an account with these methods: one for each address, or
    /// one for all methods together.
    fn offer(&self, methods: &[AccountMethod]) -> Vec<OpenGate> {
        let usable = methods.iter().filter(|method| method.usable);
        let gates = usable.map(|method| OpenGate {
            address: method.address.clone(),
            hint: method.hint.clone().filter(|_| method.address.is_some()),
            ..OpenGate::new(self.kind())
        });
        let many = self.sender().is_some();
        gates.take(if many { methods.len() } else { 1 }).collect()
    }

    /// Returns the one gate that is shown for every name where a flow must not reveal whether the
    /// name has an account. It is the account's, if there is one.
    fn uniform(&self, _account: Option<&Account>) -> OpenGate {
        OpenGate::new(self.kind())
    }

    /// Returns the transport of its codes, if it sends any.
    fn sender(&self) -> Option<&dyn Sender> {
        None
    }

    /// Issues the challenge that the browser answers, if the gate has one; the same for every
    /// account but for its random bytes.
    ///
    /// # Errors
    /// No challenge could be made.
    fn challenge(&self, _until: u64) -> Result<Option<Challenge>, GateError> {
        Ok(None)
    }

    /// Gathers what the check of an answer needs. The check itself runs in the transaction that
    /// counts the answer.
    ///
    /// # Errors
    /// The store or the random source failed.
    async fn checker(&self, attempt: Attempt) -> Result<Checker, GateError>;

    /// Returns how people register methods of this kind themselves, if they can.
    fn registration(&self) -> Option<&dyn Registration> {
        None
    }

    /// Returns an answer that is right now, for the sandbox's page; `None` if it shows none.
    async fn sandbox_answer(&self, _account: &Account) -> Option<String> {
        None
    }
}

/// The transport of a gate's codes.
pub trait Sender: Send + Sync {
    /// Reports whether a code can be sent now to an address or, without one, to any.
    fn is_ready(&self, to: Option<&str>) -> bool;

    /// Reports whether the transport is broken and has accepted nothing since a time, so that codes
    /// queued then have not been sent.
    fn has_failed_since(&self, _time: u64) -> bool {
        false
    }

    /// Queues a code to all its addresses; returns `false` if no address accepted it. Without an
    /// address the code is a decoy's: it costs as much as any other and is not sent.
    fn send(&self, code: &OutgoingCode) -> bool;
}

/// How people register methods of a kind, and remove them.
#[async_trait]
pub trait Registration: Send + Sync {
    /// Reports whether an account with these methods may have one more.
    fn has_room(&self, methods: &[AccountMethod]) -> bool;

    /// Makes a new method.
    ///
    /// # Errors
    /// The store or the random source failed, or the account has too many already.
    async fn begin(&self, account: &Account) -> Result<NewMethod, GateError>;

    /// Checks the answer with which the person confirms a new method.
    ///
    /// # Errors
    /// The new method cannot be decoded.
    fn confirm(
        &self,
        method: NewMethod,
        anchor: Anchor,
        answer: &Secret,
        now: u64,
    ) -> Result<Confirmation, GateError>;

    /// Stores a confirmed method; returns `false` if the account has another one that it keeps.
    ///
    /// # Errors
    /// The store failed.
    fn add(&self, tables: &Tables, anchor: Anchor, method: &NewMethod) -> Result<bool, StoreError>;

    /// Removes a method by its id or, without one, all methods; returns `false` if the account does
    /// not have it.
    ///
    /// # Errors
    /// The store failed.
    fn remove(
        &self,
        tables: &Tables,
        anchor: Anchor,
        id: Option<&[u8]>,
    ) -> Result<bool, StoreError>;
}

/// What bounds the number of wrong answers at a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryLimit {
    /// The answer cannot be guessed: only the flow ends.
    PerFlow,
    /// Each code that was sent has tries of its own; the networks' tries count besides.
    PerCode,
    /// The tries of the account and those of the networks.
    PerAccount,
}

/// A gate failed for an internal reason.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The random source failed.
    #[error(transparent)]
    Random(#[from] NoRandom),
    /// The WebAuthn library failed.
    #[error("no challenge can be made: {0}")]
    Passkey(#[from] PasskeyError),
}
