//! A flow: one person's way from name to what they came for, as a value whose steps consume it.
//!
//! ```text
//! Proving --gates passed--> Proven --marker--> Setting --taken--> Done
//!                           | ^--------refused---'  '--unknown--> InDoubt
//!                           '--methods--> ManagingMethods
//! ```

mod change;
pub(crate) mod held;
pub(crate) mod identify;
pub(crate) mod ledger;
pub(crate) mod methods;
mod new_method;
pub(crate) mod outcome;
pub(crate) mod password;
pub(crate) mod prove;
mod reveal;
mod unlock;
pub(crate) mod user_name;

use crate::gates::mail::SentCode;
use crate::gates::passkey::Challenge;
use methods::ManagingMethods;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use postern_directory::Anchor;
use postern_protocol::{Device, FlowKind, Gate, GateKind, Policy, Step};

/// A flow as the store keeps it, sealed.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Flow {
    /// Its random name; never leaves the agent.
    #[n(0)]
    pub id: ByteArray<16>,
    /// Whose it is: a keyed hash of the account, or of a name without one.
    #[n(1)]
    pub subject: ByteArray<16>,
    /// When it ends.
    #[n(2)]
    pub expires: u64,
    /// Where it stands.
    #[n(3)]
    pub state: State,
    /// SHA-256 of the token that takes the next step.
    #[n(4)]
    pub current: Option<ByteArray<32>>,
    /// SHA-256 of the token that was presented last.
    #[n(5)]
    pub previous: Option<ByteArray<32>>,
    /// What it is for; none for a reset.
    #[n(6)]
    pub kind: Option<FlowKind>,
    /// What the person's browser said it runs on.
    #[n(7)]
    pub device: Option<Device>,
    /// How often its end was put off.
    #[cbor(n(8), default)]
    pub extended: u8,
    /// The epoch of its subject when it began: a flow of another epoch is over.
    #[cbor(n(9), default)]
    pub epoch: u64,
    /// The wrong answers given in it.
    #[cbor(n(10), default)]
    pub wrong: Vec<Wrong>,
    /// The key in the table of tries, if it is not `subject`: that of the name that was typed, where
    /// tries are counted by the name.
    #[n(11)]
    pub named: Option<ByteArray<16>>,
}

/// A wrong answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Wrong {
    /// The kind of gate.
    #[n(0)]
    pub kind: GateKind,
    #[n(1)]
    pub at: u64,
}

impl Flow {
    /// How many answers of one kind were wrong in it.
    pub(crate) fn wrong_of(&self, kind: GateKind) -> usize {
        self.wrong.iter().filter(|wrong| wrong.kind == kind).count()
    }

    /// The key in the table of tries for its wrong answers and codes.
    pub(crate) fn counted(&self) -> [u8; 16] {
        *self.named.unwrap_or(self.subject)
    }

    /// What it is for.
    pub(crate) fn kind(&self) -> FlowKind {
        self.kind.unwrap_or_default()
    }

    /// Whether there is something left to do in it.
    pub(crate) fn is_open(&self) -> bool {
        matches!(
            self.state,
            State::Proving(_) | State::Proven(_) | State::ManagingMethods(_)
        )
    }

    /// Whether no gate of it was passed yet, so that it gives nothing.
    pub(crate) fn proves_nothing(&self) -> bool {
        matches!(&self.state, State::Proving(proving) if proving.passed.is_empty())
    }
}

/// How often the end of a flow may be put off: WCAG 2.2.1 asks for ten times at least.
pub(crate) const EXTENSIONS: u8 = 10;

/// Where a flow stands.
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

/// The account is known; gates are open.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Proving {
    /// The account; none for a decoy, which therefore never becomes [`Proven`].
    #[n(0)]
    pub anchor: Option<ByteArray<16>>,
    /// How many gates of different kinds are needed.
    #[n(1)]
    pub needed: u8,
    /// The kinds passed.
    #[n(2)]
    pub passed: Vec<GateKind>,
    /// All gates of the account.
    #[n(3)]
    pub gates: Vec<OpenGate>,
    /// The kinds that must be among those passed. They come first.
    #[n(4)]
    #[cbor(default)]
    pub always: Vec<GateKind>,
    /// The gates are the tenant's, the same for every name. The account's own are not shown before
    /// one of these is passed.
    #[n(5)]
    #[cbor(default)]
    pub uniform: bool,
}

/// A gate of a flow.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct OpenGate {
    #[n(0)]
    pub id: u8,
    #[n(1)]
    pub kind: GateKind,
    /// Where codes go; none for gates that send nothing and for decoys.
    #[n(2)]
    pub address: Option<String>,
    /// What the person sees of it.
    #[n(3)]
    pub hint: Option<String>,
    /// The code that was sent last.
    #[n(4)]
    pub sent: Option<SentCode>,
    /// The challenge for a passkey that was given out last.
    #[n(5)]
    pub challenge: Option<Challenge>,
    /// Where the same code goes too. Only gates that are shown to every name alike have any.
    #[n(6)]
    #[cbor(default)]
    pub more: Vec<String>,
}

/// All gates are passed.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Proven {
    #[n(0)]
    anchor: ByteArray<16>,
    /// The policy as it was read last, for when the directory cannot be asked.
    #[n(1)]
    pub policy: Option<Policy>,
    /// The kinds of gates that were passed.
    #[n(2)]
    pub passed: Vec<GateKind>,
}

/// A password is on its way to the directory. Found on disk, it means that nobody knows whether
/// it arrived.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Setting {
    #[n(0)]
    proven: Proven,
}

impl Flow {
    /// Ends later, unless it was put off often enough or there is nothing left to do in it.
    pub(crate) fn extended(mut self, expires: u64) -> Self {
        if self.is_open() && self.extended < EXTENSIONS && expires > self.expires {
            self.expires = expires;
            self.extended += 1;
        }
        self
    }
}

impl Proving {
    /// The gate of a number, unless others come first.
    pub(crate) fn gate(&self, id: u8) -> Option<&OpenGate> {
        let mut gates = self.gates.iter();
        gates.find(|gate| gate.id == id && self.is_available(gate.kind))
    }

    /// Whether a kind may be used: nothing that must come first is missing.
    fn is_available(&self, kind: GateKind) -> bool {
        self.has_passed_always() || self.always.contains(&kind)
    }

    fn has_passed_always(&self) -> bool {
        self.always.iter().all(|kind| self.has_passed(*kind))
    }

    /// Whether a kind is passed.
    pub(crate) fn has_passed(&self, kind: GateKind) -> bool {
        self.passed.contains(&kind)
    }

    /// Keeps the code that was sent through a gate; the one before is good no more.
    pub(crate) fn send(mut self, id: u8, sent: SentCode) -> Self {
        if let Some(gate) = self.gates.iter_mut().find(|gate| gate.id == id) {
            gate.sent = Some(sent);
        }
        self
    }

    /// Keeps the challenge of a gate; the one before is good no more.
    pub(crate) fn challenge(mut self, id: u8, challenge: Challenge) -> Self {
        if let Some(gate) = self.gates.iter_mut().find(|gate| gate.id == id) {
            gate.challenge = Some(challenge);
        }
        self
    }

    /// Counts a wrong answer against the code that was sent through a gate, if one was. A challenge is
    /// used up by it.
    pub(crate) fn record_failure(mut self, id: u8) -> Self {
        if let Some(gate) = self.gates.iter_mut().find(|gate| gate.id == id) {
            gate.challenge = None;
            if let Some(sent) = &mut gate.sent {
                sent.record_failure();
            }
        }
        self
    }

    /// Passes a kind of gate; its codes are used up.
    pub(crate) fn pass(mut self, kind: GateKind) -> State {
        if !self.has_passed(kind) {
            self.passed.push(kind);
        }
        for gate in self.gates.iter_mut().filter(|gate| gate.kind == kind) {
            gate.sent = None;
            gate.challenge = None;
        }
        self.go_on()
    }

    /// Whether a gate is passed and the account's own gates are still to be shown.
    pub(crate) fn is_to_be_revealed(&self) -> bool {
        self.uniform && !self.passed.is_empty()
    }

    /// With the account's own gates in the place of those that every name is shown.
    pub(crate) fn with_own(self, gates: Vec<OpenGate>, needed: u8, always: Vec<GateKind>) -> State {
        let own = Self {
            gates,
            needed,
            always,
            uniform: false,
            ..self
        };
        own.go_on()
    }

    fn go_on(self) -> State {
        match self.anchor {
            Some(anchor) if !self.uniform && self.is_enough() => State::Proven(Proven {
                anchor,
                policy: None,
                passed: self.passed,
            }),
            _ => State::Proving(self),
        }
    }

    fn is_enough(&self) -> bool {
        self.has_passed_always() && self.passed.len() >= usize::from(self.needed)
    }

    /// What the person sees.
    pub(crate) fn step(&self, expires: u64, now: u64) -> Step {
        let open = |gate: &&OpenGate| !self.has_passed(gate.kind) && self.is_available(gate.kind);
        Step::Gates {
            needed: self.needed,
            passed: self.passed.clone(),
            gates: self
                .gates
                .iter()
                .filter(open)
                .map(|gate| gate.shown(now))
                .collect(),
            expires,
        }
    }
}

impl OpenGate {
    /// Where codes go.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &String> {
        self.address.iter().chain(&self.more)
    }

    fn shown(&self, now: u64) -> Gate {
        let sent = self.sent.as_ref().filter(|sent| sent.is_good(now));
        let challenge = self.challenge.as_ref();
        let challenge = challenge.filter(|challenge| challenge.until > now);
        Gate {
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

impl Proven {
    /// The account.
    pub(crate) fn anchor(&self) -> Anchor {
        Anchor(*self.anchor)
    }

    /// With the policy as it was read just now.
    pub(crate) fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// A password is about to be sent to the directory.
    pub(crate) fn set(self) -> Setting {
        Setting { proven: self }
    }
}

impl Setting {
    /// The directory refused the password; another may be tried.
    pub(crate) fn refused(self) -> Proven {
        self.proven
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As flows were kept before gates could be those of every name.
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
