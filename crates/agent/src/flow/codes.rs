//! Sending the codes of gates, at the pace that the tenant allows.

use super::outcome::{Fault, Outcome};
use super::{Flow, Proving, State, ledger};
use crate::config::Rules;
use crate::context::RequestContext;
use crate::limits::Limits;
use crate::limits::budget::{Budget, Requester};
use crate::limits::pace::{Pace, QueuedCode};
use crate::limits::sends::{self, Destination};
use postern_envelope::Secret;
use postern_gates::{Gate, Gates, OpenGate, OutgoingCode, Sender, SentCode, make_code};
use postern_protocol::Reason;
use postern_store::store::StoreError;
use postern_store::{Memory, StoreKey, Tables};
use std::sync::Arc;

/// The sending of codes, and the challenges of gates that have one.
pub(crate) struct Codes {
    pub memory: Memory,
    pub rules: Arc<Rules>,
    pub limits: Limits,
    pub gates: Gates,
    pub pace: Arc<Pace>,
}

/// A code that is about to be sent: its share of each destination is still to be counted.
struct Request {
    key: StoreKey,
    requester: Requester,
    limits: Limits,
    now: u64,
    /// The flow with the code that is about to be sent.
    after: Flow,
    destinations: Vec<Destination>,
    uniform: bool,
}

/// The decision on a request for a code.
enum Decision {
    /// The code is sent, except to addresses that have had their share: those with a time in
    /// `full`. `load_permille` is the load of the requester's networks, in thousandths of their
    /// share.
    Sent {
        load_permille: u32,
        full: Vec<Option<u64>>,
    },
    Refused(Reason),
}

impl Codes {
    /// Sends a code through a gate, or issues its challenge.
    pub(crate) async fn send(
        &self,
        call: &RequestContext,
        flow: Flow,
        proving: Proving,
        gate: u8,
    ) -> Result<Outcome, Fault> {
        let Some(open) = proving.gate(gate).cloned() else {
            return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
        };
        if proving.has_passed(open.kind) {
            let now = self.memory.now();
            return Ok(Outcome::flow_continues(flow, Some(Reason::CodeUsed), now));
        }
        match self.gates.get(open.kind) {
            Some(gate) => match gate.sender() {
                Some(sender) => self.send_through(sender, call, flow, proving, open).await,
                None => self.challenge(gate.as_ref(), flow, proving, open.id),
            },
            None => Ok(Outcome::flow_ended(flow, Reason::FlowExpired)),
        }
    }

    /// Issues a challenge. Nothing is sent, and a decoy's challenge is like any other.
    fn challenge(
        &self,
        gate: &dyn Gate,
        mut flow: Flow,
        proving: Proving,
        id: u8,
    ) -> Result<Outcome, Fault> {
        let now = self.memory.now();
        let Some(challenge) = gate.challenge(self.code_expiry(&flow, now))? else {
            return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
        };
        flow.state = State::Proving(proving.with_challenge(id, challenge));
        Ok(Outcome::flow_continues(flow, None, now))
    }

    /// Sends a code. For a decoy, everything but the sending is done.
    async fn send_through(
        &self,
        sender: &dyn Sender,
        call: &RequestContext,
        mut flow: Flow,
        proving: Proving,
        gate: OpenGate,
    ) -> Result<Outcome, Fault> {
        let now = self.memory.now();
        let uniform = proving.uniform;
        // Checked for a decoy too: a server or gateway that fails is reported for every name alike.
        if !sender.is_ready(gate.address.as_deref().filter(|_| !uniform)) {
            tracing::error!(kind = gate.kind.name(), "a code cannot be sent");
            let reason = Some(Reason::CodeNotSent);
            return Ok(Outcome::flow_continues(flow, reason, now));
        }
        let until = self.code_expiry(&flow, now);
        let code = make_code(&self.memory)?;
        let sent = self.sent_code(&flow, &gate, &code, until)?;
        let before = flow.clone();
        flow.state = State::Proving(proving.with_sent_code(gate.id, sent));
        let mut to: Vec<_> = gate.addresses().cloned().collect();
        let load_permille = match self.count(call, &flow, &gate, uniform, now).await? {
            Decision::Sent {
                load_permille,
                full,
            } => {
                let mut full = full.iter();
                to.retain(|_| full.next().is_some_and(Option::is_none));
                load_permille
            }
            // Another gate or the last code may still be used.
            Decision::Refused(reason) => {
                return Ok(Outcome::flow_continues(before, Some(reason), now));
            }
        };
        let queued = QueuedCode {
            kind: gate.kind,
            code: OutgoingCode {
                to,
                code,
                until,
                flow_kind: flow.kind(),
                device: flow.device,
                language: call.language.clone(),
                support_code: call.support_code.clone(),
            },
            load_permille,
        };
        let reason = (!self.send_in_turn(queued)).then_some(Reason::CodeNotSent);
        Ok(Outcome::flow_continues(flow, reason, now))
    }

    /// Returns the time at which a code or challenge made now expires.
    fn code_expiry(&self, flow: &Flow, now: u64) -> u64 {
        flow.expires.min(now + self.code_lifetime())
    }

    fn code_lifetime(&self) -> u64 {
        u64::from(self.rules.code_minutes.get()) * 60
    }

    fn sent_code(
        &self,
        flow: &Flow,
        gate: &OpenGate,
        code: &Secret,
        until: u64,
    ) -> Result<SentCode, Fault> {
        Ok(match &gate.address {
            Some(_) => SentCode::new(&self.memory.key, &flow.id, gate.id, code, until),
            None => SentCode::decoy(&self.memory, until)?,
        })
    }

    /// Counts a code, and stores the flow with it, unless it is refused.
    async fn count(
        &self,
        call: &RequestContext,
        flow: &Flow,
        gate: &OpenGate,
        uniform: bool,
        now: u64,
    ) -> Result<Decision, Fault> {
        let key = &self.memory.key;
        let to = |address| Destination::of(key, gate.kind, address, &flow.tries_key());
        let mut destinations: Vec<_> = gate.addresses().map(|to_one| to(Some(to_one))).collect();
        if destinations.is_empty() {
            destinations.push(to(None));
        }
        let request = Request {
            key: key.clone(),
            requester: Requester::of(key, flow.tries_key(), &call.networks),
            limits: self.limits,
            now,
            after: flow.clone(),
            destinations,
            uniform,
        };
        let decided = self
            .memory
            .store
            .write(move |tables| request.decide(tables));
        Ok(decided.await?)
    }

    /// Sends a code at the tenant's pace; returns `false` if the mailer or gateway did not accept
    /// it. A decoy's code does not count towards the pace.
    fn send_in_turn(&self, code: QueuedCode) -> bool {
        if code.code.to.is_empty() {
            return self.send_now(&code);
        }
        let max_per_minute = self.limits.codes_per_minute;
        let now = self.memory.now();
        match self.pace.admit_or_queue(code, max_per_minute, now) {
            Some(code) => self.send_now(&code),
            None => {
                self.send_waiting();
                true
            }
        }
    }

    fn send_now(&self, queued: &QueuedCode) -> bool {
        let gate = self.gates.get(queued.kind);
        let sender = gate.and_then(|gate| gate.sender());
        sender.is_some_and(|sender| sender.send(&queued.code))
    }

    /// Sends the queued codes that are due.
    pub(crate) fn send_waiting(&self) {
        let (max_per_minute, now) = (self.limits.codes_per_minute, self.memory.now());
        for code in self.pace.take_due(max_per_minute, now) {
            if !self.send_now(&code) {
                let support_code = &code.code.support_code;
                tracing::error!(support_code, "a code that waited was not sent");
            }
        }
    }

    /// Returns [`Reason::CodeNotSent`] if a code still waits, because its transport is broken and
    /// has accepted nothing since the code was requested. A decoy's code is treated in the same
    /// way.
    pub(crate) fn unsent_reason(&self, proving: &Proving) -> Option<Reason> {
        let now = self.memory.now();
        let waits = |open: &OpenGate| {
            let gate = self.gates.get(open.kind);
            let sender = gate.and_then(|gate| gate.sender());
            let sent = open.sent.as_ref().filter(|sent| sent.is_valid(now));
            // The code was sent then or later: the end of the flow may have shortened its life.
            let requested_at = sent.map(|sent| sent.until.saturating_sub(self.code_lifetime()));
            matches!((sender, requested_at), (Some(sender), Some(at)) if sender.has_failed_since(at))
        };
        let waits = proving.gates.iter().any(waits);
        waits.then_some(Reason::CodeNotSent)
    }
}

impl Request {
    fn decide(self, tables: &Tables) -> Result<Decision, StoreError> {
        let Self { limits, now, .. } = self;
        let mut budget = Budget::read(tables, &self.requester, limits, now)?;
        if let Some(reason) = budget.code_refusal()? {
            return Ok(Decision::Refused(reason));
        }
        let mut full = Vec::new();
        for to in &self.destinations {
            full.push(sends::full_until(tables, to, budget.share(), limits, now)?);
        }
        // Reporting a full mailbox would reveal that there is one.
        if !self.uniform
            && let Some(Some(until)) = full.iter().min()
        {
            return Ok(Decision::Refused(Reason::TooManyCodes {
                until: until.next_multiple_of(60),
            }));
        }
        let load_permille = budget.record_sent(&self.destinations)?;
        budget.write()?;
        ledger::save(tables, &self.key, &self.after)?;
        for (to, full) in self.destinations.iter().zip(&full) {
            if full.is_none() {
                sends::count(tables, to, limits, now)?;
            }
        }
        Ok(Decision::Sent {
            load_permille,
            full,
        })
    }
}
