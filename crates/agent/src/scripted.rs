//! The answers that the sandbox gives on request at steps at which the directory is not asked.

use crate::flow::outcome::Outcome;
use crate::flow::{Flow, State};
use crate::subject;
use postern_directory::Anchor;
use postern_directory::sandbox::{AnswerStep, Sandbox};
use postern_protocol::{GateKind, Operation, Reason};
use postern_store::StoreKey;
use std::collections::HashMap;

/// The id that discards the method that is being added.
const PENDING_METHOD: u8 = 0;

/// The accounts of the sandbox that get an answer, by their subjects. An agent with a real directory
/// has none.
pub(crate) struct ScriptedAnswers(HashMap<[u8; 16], Anchor>);

/// The scripted course of an operation.
pub(crate) enum Scripted {
    /// Nothing is executed.
    Outcome(Box<Outcome>),
    /// Another operation is executed, and refused for a reason.
    Instead(Operation, Reason),
}

impl ScriptedAnswers {
    /// Returns the answers of the sandbox.
    pub(crate) fn new(key: &StoreKey) -> Self {
        let scripts = Sandbox::answers().iter();
        let anchors = scripts.filter_map(|script| Sandbox::anchor_of(script.login_name));
        let by_subject = anchors.map(|anchor| (subject::of_account(key, anchor), anchor));
        Self(by_subject.collect())
    }

    /// Returns the scripted course of an operation on a flow; `None` if it is executed as usual.
    pub(crate) fn course(&self, operation: &Operation, flow: &Flow, now: u64) -> Option<Scripted> {
        let answer = Sandbox::answer(*self.0.get(&*flow.subject)?, now)?;
        let step = match (operation, &flow.state) {
            (Operation::SendCode { .. }, State::Proving(_)) => AnswerStep::SendCode,
            (Operation::Answer { gate, .. }, State::Proving(proving)) => {
                let gate = proving.gate(*gate)?;
                if gate.kind == GateKind::Password {
                    return None;
                }
                AnswerStep::Code
            }
            (
                Operation::AddMethod { .. } | Operation::ConfirmMethod { .. },
                State::ManagingMethods(_),
            ) => AnswerStep::Methods,
            _ => return None,
        };
        if step != answer.step {
            return None;
        }
        match (answer.reason, operation) {
            (reason @ Reason::FlowExpired, _) => {
                let ended = Outcome::flow_ended(flow.clone(), reason);
                Some(Scripted::Outcome(Box::new(ended)))
            }
            (reason @ (Reason::VersionMismatch | Reason::StoreUnavailable), _) => {
                Some(Scripted::Outcome(Box::new(Outcome::refused(reason))))
            }
            (reason @ Reason::MethodPresent, Operation::AddMethod { .. })
            | (reason @ Reason::MethodNotAdded, Operation::ConfirmMethod { .. }) => {
                let id = PENDING_METHOD;
                let discard = Operation::RemoveMethod { id };
                Some(Scripted::Instead(discard, reason))
            }
            (Reason::MethodPresent | Reason::MethodNotAdded, _) => None,
            (reason, _) => {
                let refused = Outcome::flow_continues(flow.clone(), Some(reason), now);
                Some(Scripted::Outcome(Box::new(refused)))
            }
        }
    }
}
