//! The steps of flows: which one an operation runs, and what follows when a gate was passed.

use super::answers::{AnswerOutcome, Answers};
use super::codes::Codes;
use super::current_password::CurrentPassword;
use super::identify::Identification;
use super::methods::Methods;
use super::outcome::{Fault, Outcome};
use super::password::NewPassword;
use super::reveal::Reveal;
use super::unlock::Unlock;
use super::user_name::UserNames;
use super::{Flow, Proven, Proving, State};
use crate::config::Rules;
use crate::context::RequestContext;
use postern_envelope::Secret;
use postern_protocol::{Device, FlowKind, GateKind, Operation, Reason};
use postern_store::Clock;
use std::sync::Arc;

/// The steps of flows.
pub(crate) struct Steps {
    pub clock: Clock,
    pub rules: Arc<Rules>,
    pub identification: Identification,
    pub user_names: Arc<UserNames>,
    pub codes: Arc<Codes>,
    pub answers: Answers,
    pub current_password: CurrentPassword,
    pub reveal: Reveal,
    pub new_password: Arc<NewPassword>,
    pub unlock: Unlock,
    pub methods: Arc<Methods>,
}

impl Steps {
    /// Executes one operation on a flow. An operation that does not fit the flow's state ends it.
    pub(crate) async fn run(
        &self,
        call: &RequestContext,
        operation: Operation,
        flow: Option<Flow>,
        reveal_unknown: bool,
    ) -> Result<Outcome, Fault> {
        if let Operation::Identify {
            name,
            flow_kind,
            device,
        } = &operation
        {
            let flow_kind = flow_kind.unwrap_or_default();
            let begun = self.begin(call, name, flow_kind, *device, reveal_unknown);
            return begun.await;
        }
        let Some(flow) = flow else {
            return Ok(Outcome::refused(Reason::FlowExpired));
        };
        let now = (self.clock)();
        match (operation, flow.state.clone()) {
            (Operation::Resume, State::Proven(proven)) => {
                Ok(self.after_gates(call, flow, proven).await)
            }
            (Operation::Extend, _) => {
                let minutes = u64::from(self.rules.flow_minutes.get());
                let flow = flow.extend(now + minutes * 60);
                Ok(Outcome::flow_continues(flow, None, now))
            }
            (operation, State::ManagingMethods(managing)) => {
                self.methods.manage(call, flow, managing, operation).await
            }
            (_, State::Proving(proving)) if proving.must_reveal_own_gates() => {
                Ok(self.reveal(call, flow, proving).await)
            }
            (Operation::Resume, State::Proving(proving)) => {
                let reason = self.codes.unsent_reason(&proving);
                Ok(Outcome::flow_continues(flow, reason, now))
            }
            (Operation::Resume, _) => Ok(Outcome::flow_continues(flow, None, now)),
            (Operation::SendCode { gate }, State::Proving(proving)) => {
                self.codes.send(call, flow, proving, gate).await
            }
            (Operation::Answer { gate, code }, State::Proving(proving)) => {
                self.answer(call, flow, proving, gate, code).await
            }
            (operation, State::Proven(proven)) => {
                self.set_password(call, flow, proven, operation).await
            }
            _ => Ok(Outcome::flow_ended(flow, Reason::FlowExpired)),
        }
    }

    async fn set_password(
        &self,
        call: &RequestContext,
        flow: Flow,
        proven: Proven,
        operation: Operation,
    ) -> Result<Outcome, Fault> {
        let (current, password) = match (operation, flow.kind()) {
            (Operation::SetPassword { password }, FlowKind::Reset) => (None, password),
            (Operation::ChangePassword { current, password }, FlowKind::Change) => {
                (Some(current), password)
            }
            _ => return Ok(Outcome::flow_ended(flow, Reason::FlowExpired)),
        };
        let set = self.new_password.set(call, flow, proven, current, password);
        set.await
    }

    async fn begin(
        &self,
        call: &RequestContext,
        name: &Secret,
        flow_kind: FlowKind,
        device: Option<Device>,
        reveal_unknown: bool,
    ) -> Result<Outcome, Fault> {
        match flow_kind {
            flow_kind if !self.rules.offers(flow_kind) => Ok(Outcome::refused(Reason::NotOffered)),
            FlowKind::UserName => self.user_names.send(call, name, device).await,
            flow_kind => {
                let begun = self
                    .identification
                    .begin(name, flow_kind, device, reveal_unknown);
                begun.await
            }
        }
    }

    async fn answer(
        &self,
        call: &RequestContext,
        flow: Flow,
        proving: Proving,
        gate: u8,
        typed: Secret,
    ) -> Result<Outcome, Fault> {
        let Some(gate) = proving.gate(gate).cloned() else {
            return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
        };
        if proving.has_passed(gate.kind) {
            let now = (self.clock)();
            return Ok(Outcome::flow_continues(flow, Some(Reason::CodeUsed), now));
        }
        let answered = if gate.kind == GateKind::Password {
            let checked = self.current_password.check(call, flow, proving, &typed);
            checked.await?
        } else {
            let checked = self.answers.check(call, flow, proving, gate, typed);
            checked.await?
        };
        let (flow, codes_left) = match answered {
            AnswerOutcome::Passed(flow, codes_left) => (flow, codes_left),
            AnswerOutcome::Refused(outcome) => return Ok(outcome),
        };
        let outcome = match flow.state.clone() {
            State::Proving(proving) if proving.must_reveal_own_gates() => {
                self.reveal(call, flow, proving).await
            }
            _ => self.go_on(call, flow).await,
        };
        Ok(outcome.with_codes_left(codes_left))
    }

    /// Continues with the account's own gates, after one that is shown for every name was passed.
    async fn reveal(&self, call: &RequestContext, flow: Flow, proving: Proving) -> Outcome {
        match self.reveal.run(flow, proving, (self.clock)()).await {
            Ok(flow) => self.go_on(call, flow).await,
            Err(outcome) => outcome,
        }
    }

    /// Continues with the next gate, or after the last one.
    async fn go_on(&self, call: &RequestContext, flow: Flow) -> Outcome {
        match flow.state.clone() {
            State::Proven(proven) => self.after_gates(call, flow, proven).await,
            _ => Outcome::flow_continues(flow, None, (self.clock)()),
        }
    }

    /// Continues as the kind of flow requires, after all gates were passed.
    async fn after_gates(&self, call: &RequestContext, flow: Flow, proven: Proven) -> Outcome {
        match flow.kind() {
            FlowKind::Unlock => self.unlock.run(call, flow, proven).await,
            FlowKind::Methods => self.methods.show(flow, proven).await,
            FlowKind::Reset | FlowKind::Change | FlowKind::UserName => {
                self.new_password.ask(flow, proven, None).await
            }
        }
    }
}
