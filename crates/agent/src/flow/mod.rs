//! A flow: one person's path from a login name to its result, as a value whose steps consume it.
//!
//! ```text
//! Proving --gates passed--> Proven --marker--> Setting --taken--> Done
//!                           | ^--------refused---'  '--unknown--> InDoubt
//!                           '--methods--> ManagingMethods
//! ```

mod account_gates;
mod answers;
pub(crate) mod codes;
mod current_password;
pub(crate) mod holds;
mod identify;
pub(crate) mod ledger;
mod methods;
pub(crate) mod outcome;
mod password;
mod reveal;
pub(crate) mod steps;
mod unlock;
mod user_name;
pub(crate) mod wiring;

use core::fmt;
use methods::ManagingMethods;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_gates::{Challenge, OpenGate, SentCode};
use postern_protocol::{Device, FlowKind, GateKind, Policy, Reason, Step};

/// A flow, as stored (sealed).
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Flow {
    /// The random id of the flow; it never leaves the agent.
    #[n(0)]
    pub id: ByteArray<16>,
    /// A keyed hash of the account, or of the name if it has no account.
    #[n(1)]
    pub subject: ByteArray<16>,
    /// The time at which the flow ends, in seconds since the Unix epoch.
    #[n(2)]
    pub expires: u64,
    /// The current state.
    #[n(3)]
    pub state: State,
    /// SHA-256 of the token that authorizes the next step.
    #[n(4)]
    pub current: Option<ByteArray<32>>,
    /// SHA-256 of the token that was presented last.
    #[n(5)]
    pub previous: Option<ByteArray<32>>,
    /// The kind of flow; `None` for a reset.
    #[n(6)]
    pub kind: Option<FlowKind>,
    /// The device that the person's browser reported.
    #[n(7)]
    pub device: Option<Device>,
    /// The number of times that the end was postponed.
    #[cbor(n(8), default)]
    pub extensions: u8,
    /// The epoch of the subject when the flow began. An open flow of another epoch has ended.
    #[cbor(n(9), default)]
    pub epoch: u64,
    /// The wrong answers given in this flow.
    #[cbor(n(10), default)]
    pub wrong: Vec<WrongAnswer>,
    /// The key in the `tries` table, if it is not `subject`: that of the typed name, in tenants
    /// that count tries by name.
    #[n(11)]
    pub name_tries_key: Option<ByteArray<16>>,
    /// The login name as it was typed, whether it has an account or not; `None` if it is too long
    /// to be kept. Only the reply to a page that was loaded again contains it.
    #[n(12)]
    pub name: Option<Secret>,
}

/// A wrong answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct WrongAnswer {
    /// The kind of gate.
    #[n(0)]
    pub kind: GateKind,
    #[n(1)]
    pub at: u64,
}

impl Flow {
    /// Returns the number of wrong answers at gates of one kind.
    pub(crate) fn wrong_count(&self, kind: GateKind) -> usize {
        self.wrong.iter().filter(|wrong| wrong.kind == kind).count()
    }

    /// Returns the key in the `tries` table under which wrong answers and codes are counted.
    pub(crate) fn tries_key(&self) -> [u8; 16] {
        *self.name_tries_key.unwrap_or(self.subject)
    }

    /// Returns the kind of flow.
    pub(crate) fn kind(&self) -> FlowKind {
        self.kind.unwrap_or_default()
    }

    /// Reports whether the flow has steps left.
    pub(crate) fn is_open(&self) -> bool {
        matches!(
            self.state,
            State::Proving(_) | State::Proven(_) | State::ManagingMethods(_)
        )
    }

    /// Reports whether no gate has been passed yet, so that the flow grants nothing.
    pub(crate) fn proves_nothing(&self) -> bool {
        matches!(&self.state, State::Proving(proving) if proving.passed.is_empty())
    }
}

/// The number of times that the end of a flow may be postponed: WCAG 2.2.1 requires at least ten.
pub(crate) const MAX_EXTENSIONS: u8 = 10;

/// The state of a flow.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) enum State {
    #[n(0)]
    Proving(#[n(0)] Proving),
    #[n(1)]
    Proven(#[n(0)] Proven),
    #[n(2)]
    Setting(#[n(0)] Setting),
    #[n(3)]
    Done,
    #[n(4)]
    InDoubt,
    #[n(5)]
    Unlocked,
    #[n(6)]
    ManagingMethods(#[n(0)] ManagingMethods),
}

/// Gates are open; not all required ones have been passed.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Proving {
    /// The account; `None` for a decoy, which therefore never becomes [`Proven`].
    #[n(0)]
    pub anchor: Option<ByteArray<16>>,
    /// The number of gates of different kinds required.
    #[n(1)]
    pub needed: u8,
    /// The kinds of gates passed.
    #[n(2)]
    pub passed: Vec<GateKind>,
    /// All gates of the account or, if `uniform`, those shown for every name.
    #[n(3)]
    pub gates: Vec<OpenGate>,
    /// The kinds that must be passed, before any other.
    #[n(4)]
    #[cbor(default)]
    pub always: Vec<GateKind>,
    /// The gates are the tenant's, the same for every name. The account's own gates are not shown
    /// before one of these has been passed.
    #[n(5)]
    #[cbor(default)]
    pub uniform: bool,
}

/// All required gates have been passed.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Proven {
    #[n(0)]
    anchor: ByteArray<16>,
    /// The policy as last read, for when the directory cannot be reached.
    #[n(1)]
    pub policy: Option<Policy>,
    /// The kinds of gates that were passed.
    #[n(2)]
    pub passed: Vec<GateKind>,
}

/// The password is being written to the directory. Found on disk, this state means that it is
/// unknown whether the write succeeded.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Setting {
    #[n(0)]
    proven: Proven,
}

impl Flow {
    /// Postpones the end, unless [`MAX_EXTENSIONS`] is reached or the flow has no steps left.
    pub(crate) fn extend(mut self, expires: u64) -> Self {
        if self.is_open() && self.extensions < MAX_EXTENSIONS && expires > self.expires {
            self.expires = expires;
            self.extensions += 1;
        }
        self
    }
}

impl Proving {
    /// Returns the gate with an id, unless kinds in `always` must be passed first.
    pub(crate) fn gate(&self, id: u8) -> Option<&OpenGate> {
        let mut gates = self.gates.iter();
        gates.find(|gate| gate.id == id && self.is_available(gate.kind))
    }

    /// Reports whether a kind may be used: it is in `always`, or all kinds in `always` are passed.
    fn is_available(&self, kind: GateKind) -> bool {
        self.has_passed_always() || self.always.contains(&kind)
    }

    fn has_passed_always(&self) -> bool {
        self.always.iter().all(|kind| self.has_passed(*kind))
    }

    /// Reports whether a gate of this kind has been passed.
    pub(crate) fn has_passed(&self, kind: GateKind) -> bool {
        self.passed.contains(&kind)
    }

    /// Stores the code sent through a gate, which replaces the one before.
    pub(crate) fn with_sent_code(mut self, id: u8, sent: SentCode) -> Self {
        if let Some(gate) = self.gates.iter_mut().find(|gate| gate.id == id) {
            gate.sent = Some(sent);
        }
        self
    }

    /// Stores the challenge of a gate, which replaces the one before.
    pub(crate) fn with_challenge(mut self, id: u8, challenge: Challenge) -> Self {
        if let Some(gate) = self.gates.iter_mut().find(|gate| gate.id == id) {
            gate.challenge = Some(challenge);
        }
        self
    }

    /// Counts a wrong answer against the code sent through a gate, if any, and discards the gate's
    /// challenge.
    pub(crate) fn record_failure(mut self, id: u8) -> Self {
        if let Some(gate) = self.gates.iter_mut().find(|gate| gate.id == id) {
            gate.challenge = None;
            if let Some(sent) = &mut gate.sent {
                sent.record_failure();
            }
        }
        self
    }

    /// Marks a kind of gate as passed and discards its codes and challenges.
    pub(crate) fn pass(mut self, kind: GateKind) -> State {
        if !self.has_passed(kind) {
            self.passed.push(kind);
        }
        for gate in self.gates.iter_mut().filter(|gate| gate.kind == kind) {
            gate.sent = None;
            gate.challenge = None;
        }
        self.advance()
    }

    /// Reports whether a uniform gate has been passed, so that the account's own gates come next.
    pub(crate) fn must_reveal_own_gates(&self) -> bool {
        self.uniform && !self.passed.is_empty()
    }

    /// Replaces the uniform gates with the account's own.
    pub(crate) fn with_own_gates(
        self,
        gates: Vec<OpenGate>,
        needed: u8,
        always: Vec<GateKind>,
    ) -> State {
        let own = Self {
            gates,
            needed,
            always,
            uniform: false,
            ..self
        };
        own.advance()
    }

    fn advance(self) -> State {
        match self.anchor {
            Some(anchor) if !self.uniform && self.has_passed_enough() => State::Proven(Proven {
                anchor,
                policy: None,
                passed: self.passed,
            }),
            _ => State::Proving(self),
        }
    }

    fn has_passed_enough(&self) -> bool {
        self.has_passed_always() && self.passed.len() >= usize::from(self.needed)
    }

    /// Returns the step shown to the person.
    pub(crate) fn step(&self, expires: u64, now: u64) -> Step {
        let open = |gate: &&OpenGate| !self.has_passed(gate.kind) && self.is_available(gate.kind);
        Step::Gates {
            needed: self.needed,
            passed: self.passed.clone(),
            gates: self
                .gates
                .iter()
                .filter(open)
                .map(|gate| gate.to_shown(now))
                .collect(),
            expires,
        }
    }
}

impl Proven {
    /// Returns the account.
    pub(crate) fn anchor(&self) -> Anchor {
        Anchor(*self.anchor)
    }

    /// Stores the policy, which has just been read.
    pub(crate) fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Changes to [`Setting`], before a password is sent to the directory.
    pub(crate) fn into_setting(self) -> Setting {
        Setting { proven: self }
    }
}

impl Setting {
    /// Changes back to [`Proven`] after the directory refused the password, so that another may be
    /// tried.
    pub(crate) fn into_proven(self) -> Proven {
        self.proven
    }
}

/// Logs why the methods of an account cannot be read; returns the reason reported to the person.
fn log_unreadable(error: &dyn fmt::Display) -> Reason {
    tracing::error!(%error, "the methods of an account cannot be read");
    Reason::StoreUnavailable
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [`Proving`] as stored before uniform gates existed.
    #[derive(Encode)]
    struct OldProving {
        #[n(0)]
        anchor: Option<ByteArray<16>>,
        #[n(1)]
        needed: u8,
        #[n(2)]
        passed: Vec<GateKind>,
        #[n(3)]
        gates: Vec<OldGate>,
        #[n(4)]
        always: Vec<GateKind>,
    }

    #[derive(Encode)]
    struct OldGate {
        #[n(0)]
        id: u8,
        #[n(1)]
        kind: GateKind,
        #[n(2)]
        address: Option<String>,
        #[n(5)]
        challenge: Option<Challenge>,
    }

    #[test]
    fn a_flow_of_an_older_store_goes_on() {
        let old = OldProving {
            anchor: Some([1; 16].into()),
            needed: 1,
            passed: Vec::new(),
            gates: vec![OldGate {
                id: 1,
                kind: GateKind::Mail,
                address: Some("a@b".to_owned()),
                challenge: None,
            }],
            always: Vec::new(),
        };
        let bytes = minicbor::to_vec(old).unwrap();
        let read: Proving = minicbor::decode(&bytes).unwrap();
        assert!(!read.uniform);
        assert_eq!(read.gates[0].addresses().collect::<Vec<_>>(), ["a@b"]);
        assert!(matches!(read.pass(GateKind::Mail), State::Proven(_)));
    }
}
