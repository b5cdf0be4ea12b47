//! A gate of a flow: the code that it sends, an answer to it, and the result.

use crate::issued::Note;
use crate::passkey::Challenge;
use crate::sent::SentCode;
use minicbor::{Decode, Encode};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::{Device, FlowKind, GateKind};
use postern_store::store::{StoreError, Table, Tables};

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
