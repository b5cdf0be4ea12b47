//! What every gate does, as a trait, and the values that it exchanges with flows.

use crate::issued::Note;
use crate::passkey::{Challenge, PasskeyError};
use crate::sent::SentCode;
use async_trait::async_trait;
use core::fmt;
use minicbor::{Decode, Encode};
use postern_directory::{Account, Anchor};
use postern_envelope::Secret;
use postern_protocol::{Device, FlowKind, GateKind};
use postern_store::NoRandom;
use postern_store::store::{StoreError, Table, Tables};

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

    /// Removes a method by its id; returns `false` if the account does not have it.
    ///
    /// # Errors
    /// The store failed.
    fn remove(&self, tables: &Tables, anchor: Anchor, id: &[u8]) -> Result<bool, StoreError>;
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

/// A method of an account.
#[derive(Clone)]
pub struct AccountMethod {
    /// What distinguishes a registered or issued method from the account's others: a secret, a
    /// credential id or the id of an issue. `None` for an address in the directory.
    pub id: Option<Secret>,
    /// The address or number that codes are sent to.
    pub address: Option<String>,
    /// What its owner sees of it: the masked address; for a passkey the time at which it was added.
    pub hint: Option<String>,
    /// The number of codes left, for kinds with several.
    pub left: Option<u64>,
    /// It can be used now, unless it is held.
    pub usable: bool,
}

impl AccountMethod {
    /// Creates a registered or issued method.
    #[must_use]
    pub const fn registered(id: Secret) -> Self {
        Self {
            id: Some(id),
            address: None,
            hint: None,
            left: None,
            usable: true,
        }
    }

    /// Creates the method of an address in the directory.
    #[must_use]
    pub fn of_address(address: &str, masked: String) -> Self {
        Self {
            id: None,
            address: Some(address.to_owned()),
            hint: Some(masked),
            left: None,
            usable: true,
        }
    }
}

/// A gate of a flow, as stored with the flow.
#[derive(Clone, Debug, Encode, Decode)]
pub struct OpenGate {
    /// Its number within the flow.
    #[n(0)]
    pub id: u8,
    /// Its kind.
    #[n(1)]
    pub kind: GateKind,
    /// The address that codes are sent to; `None` for gates that send nothing and for decoys.
    #[n(2)]
    pub address: Option<String>,
    /// The masked address shown to the person.
    #[n(3)]
    pub hint: Option<String>,
    /// The code that was sent last.
    #[n(4)]
    pub sent: Option<SentCode>,
    /// The passkey challenge that was issued last.
    #[n(5)]
    pub challenge: Option<Challenge>,
    /// Further addresses that the same code is sent to. Only uniform gates have any.
    #[n(6)]
    #[cbor(default)]
    pub more_addresses: Vec<String>,
}

impl OpenGate {
    /// Creates a gate that sends nothing.
    #[must_use]
    pub const fn new(kind: GateKind) -> Self {
        Self {
            id: 0,
            kind,
            address: None,
            hint: None,
            sent: None,
            challenge: None,
            more_addresses: Vec::new(),
        }
    }

    /// Creates the gate whose codes go to all these addresses.
    #[must_use]
    pub fn to_all(kind: GateKind, addresses: impl IntoIterator<Item = String>) -> Self {
        let mut addresses = addresses.into_iter();
        Self {
            address: addresses.next(),
            more_addresses: addresses.collect(),
            ..Self::new(kind)
        }
    }

    /// Returns the addresses that codes are sent to.
    pub fn addresses(&self) -> impl Iterator<Item = &String> {
        self.address.iter().chain(&self.more_addresses)
    }

    /// Returns the gate as the person sees it.
    #[must_use]
    pub fn to_shown(&self, now: u64) -> postern_protocol::Gate {
        let sent = self.sent.as_ref().filter(|sent| sent.is_valid(now));
        let challenge = self.challenge.as_ref().filter(|one| one.until > now);
        postern_protocol::Gate {
            id: self.id,
            kind: self.kind,
            hint: self.hint.clone(),
            sent_until: sent
                .map(|sent| sent.until)
                .or(challenge.map(|challenge| challenge.until)),
            challenge: challenge.map(|challenge| challenge.options.clone()),
        }
    }
}

/// One answer at a gate.
pub struct Attempt {
    /// The id of the flow.
    pub flow: [u8; 16],
    /// The gate.
    pub gate: OpenGate,
    /// The account; for a decoy, an anchor that no account has, so that the check takes as long.
    pub anchor: Anchor,
    /// The answer.
    pub typed: Secret,
}

/// The check of one answer, to be run in a transaction at a time in seconds since the Unix epoch.
pub type Checker = Box<dyn FnOnce(&Tables, u64) -> Result<Checked, StoreError> + Send>;

/// The result of a check.
pub struct Checked {
    /// The verdict.
    pub verdict: Verdict,
    /// The id of the method that the answer belongs to.
    pub method: Option<Secret>,
    /// What to write if the answer is accepted, so that it is accepted only once.
    pub record: Option<Record>,
    /// The number of recovery codes left, if one was just used.
    pub codes_left: Option<u16>,
    /// If the answer is accepted, everything that was counted against the account is given back.
    pub clears_tries: bool,
    /// The note of the helpdesk pass that was used.
    pub note: Option<Note>,
}

impl Checked {
    /// Creates a result with nothing but a verdict.
    #[must_use]
    pub const fn new(verdict: Verdict) -> Self {
        Self {
            verdict,
            method: None,
            record: None,
            codes_left: None,
            clears_tries: false,
            note: None,
        }
    }
}

/// The verdict on an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The answer is right.
    Right,
    /// The answer is wrong and is counted.
    Wrong,
    /// The answer is no code at all: a typing error that guesses nothing, so it is not counted.
    NoCode,
    /// There is no code that is still valid.
    Expired,
    /// The answer is right but has already been used.
    Used,
}

/// A value of a table that marks an answer as used.
#[derive(Clone)]
pub struct Record {
    table: Table,
    key: [u8; 32],
    value: Vec<u8>,
}

impl Record {
    /// Creates a record of a value.
    ///
    /// # Errors
    /// The value cannot be encoded.
    pub fn new(table: Table, key: [u8; 32], value: &impl Encode<()>) -> Result<Self, StoreError> {
        let value = minicbor::to_vec(value).map_err(StoreError::new)?;
        Ok(Self { table, key, value })
    }

    /// Writes the record.
    ///
    /// # Errors
    /// The store failed.
    pub fn write(&self, tables: &Tables) -> Result<(), StoreError> {
        tables.put_bytes(self.table, &self.key, &self.value)
    }
}

/// A code to be sent.
#[derive(Clone)]
pub struct OutgoingCode {
    /// The addresses or numbers that it goes to.
    pub to: Vec<String>,
    /// The code.
    pub code: Secret,
    /// The time at which it expires, in seconds since the Unix epoch.
    pub until: u64,
    /// The kind of flow that it is for.
    pub flow_kind: FlowKind,
    /// The kind of device that the person's browser reports.
    pub device: Option<Device>,
    /// The language of the person's page.
    pub language: String,
    /// The support code of the request.
    pub support_code: String,
}

/// A method that is being registered.
#[derive(Clone)]
pub struct NewMethod {
    /// What the person needs to register it: an `otpauth://` address, recovery codes (one a line)
    /// or passkey options.
    pub offer: Secret,
    /// What is stored once the method is confirmed; for a passkey that is not confirmed yet, the
    /// state of the registration.
    pub kept: Secret,
    /// Its id, known once it is confirmed.
    pub id: Secret,
    /// What marks the confirming answer as used.
    pub record: Option<Record>,
}

impl NewMethod {
    /// Creates a method that is not confirmed yet.
    #[must_use]
    pub fn new(offer: Secret, kept: Secret) -> Self {
        Self {
            offer,
            kept,
            id: Secret::default(),
            record: None,
        }
    }
}

/// The result of confirming a new method.
pub enum Confirmation {
    /// The method is confirmed.
    Right(NewMethod),
    /// The answer is wrong; another one may be given.
    Wrong,
    /// The answer is no code at all; another one may be given, and this one is not counted.
    NoCode,
    /// The method has to be made anew.
    GivenUp,
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

impl fmt::Debug for AccountMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccountMethod")
    }
}
