//! Checking the answers at gates, and counting the wrong ones.

use super::holds::Holds;
use super::outcome::{Fault, Outcome};
use super::{Flow, Proving, State, WrongAnswer, ledger};
use crate::context::RequestContext;
use crate::limits::Limits;
use crate::limits::budget::{Budget, Requester};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_gates::{
    Attempt, Checked, Checker, Gates, MAX_WRONG_ANSWERS, Note, OpenGate, SentCode, TryLimit,
    Verdict,
};
use postern_protocol::Reason;
use postern_store::store::StoreError;
use postern_store::{Memory, StoreKey, Tables};

/// The number of wrong answers at a kind of gate that cannot be guessed after which the flow ends.
/// They never close an account's gates.
const MAX_WRONG_PER_FLOW: usize = 10;

/// The check of answers.
pub(crate) struct Answers {
    pub memory: Memory,
    pub limits: Limits,
    pub gates: Gates,
    pub holds: Holds,
}

/// The result of an answer.
pub(crate) enum AnswerOutcome {
    /// A gate was passed. If a recovery code was used, this number of them is left.
    Passed(Flow, Option<u16>),
    /// The answer was not accepted.
    Refused(Outcome),
}

/// The result of the transaction that checks and counts an answer.
enum CheckOutcome {
    Right {
        flow: Flow,
        codes_left: Option<u16>,
        note: Option<Note>,
    },
    Wrong(Flow, Reason),
    Refused(Reason),
    FlowEnded,
}

/// One answer, with what the transaction needs besides its check.
struct Count {
    key: StoreKey,
    holds: Holds,
    requester: Requester,
    limits: Limits,
    limit: TryLimit,
    gate: OpenGate,
    flow: Flow,
    proving: Proving,
    now: u64,
}

impl Answers {
    /// Checks an answer. Checking and counting are one transaction, so that no two answers for one
    /// account, even in different flows, are checked against the same count.
    pub(crate) async fn check(
        &self,
        call: &RequestContext,
        flow: Flow,
        proving: Proving,
        open: OpenGate,
        typed: Secret,
    ) -> Result<AnswerOutcome, Fault> {
        let now = self.memory.now();
        let Some(gate) = self.gates.get(open.kind) else {
            let ended = Outcome::flow_ended(flow, Reason::FlowExpired);
            return Ok(AnswerOutcome::Refused(ended));
        };
        // A decoy reads the methods of an anchor that no account has, so that it takes as long.
        let anchor = Anchor(*proving.anchor.unwrap_or(flow.subject));
        let checker = gate.checker(Attempt {
            flow: *flow.id,
            gate: open.clone(),
            anchor,
            typed,
        });
        let checker = checker.await?;
        let key = &self.memory.key;
        let count = Count {
            key: key.clone(),
            holds: self.holds.clone(),
            requester: Requester::of(key, flow.tries_key(), &call.networks),
            limits: self.limits,
            limit: gate.try_limit(),
            gate: open,
            flow: flow.clone(),
            proving,
            now,
        };
        let counted = self
            .memory
            .store
            .write(move |tables| count.check(tables, checker));
        let refused =
            |flow, reason| AnswerOutcome::Refused(Outcome::flow_continues(flow, Some(reason), now));
        Ok(match counted.await? {
            CheckOutcome::Right {
                flow,
                codes_left,
                note,
            } => {
                if let Some(note) = note {
                    log_pass(&note);
                }
                AnswerOutcome::Passed(flow, codes_left)
            }
            CheckOutcome::Wrong(flow, reason) => refused(flow, reason),
            CheckOutcome::Refused(reason) => refused(flow, reason),
            CheckOutcome::FlowEnded => {
                AnswerOutcome::Refused(Outcome::flow_ended(flow, Reason::FlowExpired))
            }
        })
    }
}

impl Count {
    /// Checks the answer and counts it.
    fn check(self, tables: &Tables, checker: Checker) -> Result<CheckOutcome, StoreError> {
        let requester = self.requester.clone();
        let budget = Budget::read(tables, &requester, self.limits, self.now)?;
        if let Some(reason) = budget.answer_refusal(self.limit)? {
            return Ok(CheckOutcome::Refused(reason));
        }
        let checked = checker(tables, self.now)?;
        // Only the owner of an account passes a gate, whatever is guessed.
        match (checked.verdict, self.proving.anchor) {
            (Verdict::Right, Some(anchor))
                if !self.is_held(tables, Anchor(*anchor), &checked)? =>
            {
                self.accept(tables, budget, checked)
            }
            (Verdict::Expired, _) => Ok(CheckOutcome::Refused(Reason::CodeExpired)),
            (Verdict::Used, Some(_)) => Ok(CheckOutcome::Refused(Reason::CodeUsed)),
            (Verdict::NoCode, _) => self.refuse(tables, budget, false),
            (Verdict::Right | Verdict::Used | Verdict::Wrong, _) => {
                self.refuse(tables, budget, true)
            }
        }
    }

    fn is_held(
        &self,
        tables: &Tables,
        anchor: Anchor,
        checked: &Checked,
    ) -> Result<bool, StoreError> {
        let Some(id) = &checked.method else {
            return Ok(false);
        };
        let kind = self.gate.kind;
        self.holds
            .is_held(tables, kind, anchor, id.expose(), self.now)
    }

    /// Passes the gate. The flow's own wrong answers at gates of this kind are given back; those at
    /// other kinds are not, since whoever can pass one gate must not guess at another without
    /// limit.
    fn accept(
        self,
        tables: &Tables,
        mut budget: Budget<'_>,
        checked: Checked,
    ) -> Result<CheckOutcome, StoreError> {
        let (kind, mut flow) = (self.gate.kind, self.flow);
        if let Some(record) = &checked.record {
            record.write(tables)?;
        }
        for wrong in flow.wrong.iter().filter(|wrong| wrong.kind == kind) {
            budget.take_back(self.limit, wrong.at)?;
        }
        if checked.clears_tries {
            budget.forget()?;
        }
        budget.record_passed();
        budget.write()?;
        flow.state = self.proving.pass(kind);
        flow.wrong.retain(|wrong| wrong.kind != kind);
        ledger::save(tables, &self.key, &flow)?;
        Ok(CheckOutcome::Right {
            flow,
            codes_left: checked.codes_left,
            note: checked.note,
        })
    }

    /// Refuses the answer, which counts unless it is no code at all.
    fn refuse(
        self,
        tables: &Tables,
        mut budget: Budget<'_>,
        counts: bool,
    ) -> Result<CheckOutcome, StoreError> {
        let (kind, limit) = (self.gate.kind, self.limit);
        let (mut flow, mut proving) = (self.flow, self.proving);
        if counts {
            budget.record_wrong(limit)?;
            budget.write()?;
            let at = self.now;
            flow.wrong.push(WrongAnswer { kind, at });
            proving = proving.record_failure(self.gate.id);
        }
        let tries_left = match limit {
            TryLimit::PerCode => {
                let gate = proving.gate(self.gate.id);
                let sent = gate.and_then(|gate| gate.sent.as_ref());
                sent.map_or(MAX_WRONG_ANSWERS, SentCode::tries_left).into()
            }
            TryLimit::PerAccount => budget.tries_left(),
            TryLimit::PerFlow => {
                let left = MAX_WRONG_PER_FLOW.saturating_sub(flow.wrong_count(kind));
                u16::try_from(left).unwrap_or_default()
            }
        };
        flow.state = State::Proving(proving);
        ledger::save(tables, &self.key, &flow)?;
        Ok(match (budget.answer_refusal(limit)?, tries_left) {
            (Some(closed), _) => CheckOutcome::Wrong(flow, closed),
            (None, 0) if limit == TryLimit::PerCode => {
                CheckOutcome::Wrong(flow, Reason::CodeExpired)
            }
            (None, 0) => CheckOutcome::FlowEnded,
            (None, tries_left) => CheckOutcome::Wrong(flow, Reason::WrongCode { tries_left }),
        })
    }
}

fn log_pass(note: &Note) {
    let Note {
        support_code,
        issued_by,
    } = note;
    tracing::info!(audit = true, issued_by, issue = support_code, "pass used");
}
