//! The first gate of a change and of managing methods: the current password, checked by the
//! directory.

use super::outcome::{Fault, Outcome};
use super::{Flow, Proving, State, WrongAnswer};
use crate::agent::AgentContext;
use crate::config::UnknownNames;
use crate::gates::budget::Budget;
use crate::gates::tries::Limits;
use crate::request::RequestContext;
use postern_directory::{Anchor, Failure, Verified};
use postern_envelope::Secret;
use postern_protocol::{FlowKind, GateKind, Reason};
use postern_store::store::StoreError;

/// The maximum number of wrong passwords in a window. Each also counts towards the directory's own
/// lockout, which a stranger must not be able to cause through the agent.
const MAX_WRONG_PASSWORDS: u16 = 3;

impl AgentContext {
    /// Checks the current password. The try is counted before the directory is asked and given back
    /// if the password was right, so that no two answers, even in different flows, are checked
    /// against the same count.
    pub(crate) async fn check_password(
        &self,
        call: &RequestContext,
        flow: Flow,
        proving: Proving,
        typed: &Secret,
    ) -> Result<Outcome, Fault> {
        let started = tokio::time::Instant::now();
        let outcome = self.check_password_now(call, flow, proving, typed).await;
        if self.parts.rules.unknown_names == UnknownNames::Decoy {
            tokio::time::sleep_until(started + self.parts.decoy_floor).await;
        }
        outcome
    }

    async fn check_password_now(
        &self,
        call: &RequestContext,
        mut flow: Flow,
        mut proving: Proving,
        typed: &Secret,
    ) -> Result<Outcome, Fault> {
        let (now, limits) = (self.now(), self.password_limits());
        let wrong = match self.count_try(call, &mut flow, limits, now).await? {
            Ok(wrong) => wrong,
            Err(closed) => return Ok(Outcome::flow_continues(flow, Some(closed), now)),
        };
        // A decoy asks for an anchor that no account has, so that an unreachable directory is
        // reported for every name alike.
        let anchor = Anchor(*proving.anchor.unwrap_or(flow.subject));
        let decoys = self.parts.rules.unknown_names == UnknownNames::Decoy;
        let verified = match self.verify(anchor, typed).await {
            // Any other reason may be returned whether the password is right or not, so it is
            // hidden.
            Err(reason) if decoys && !is_service_failure(&reason) => Ok(Verified::Wrong),
            verified => verified,
        };
        match verified {
            Ok(verified @ (Verified::Right | Verified::MustChange)) => {
                self.record_passed(call, &mut flow, limits, now).await?;
                // Only the owner learns whether the account is usable, so this is not checked
                // before.
                if decoys && let Err(reason) = self.account(anchor).await {
                    return Ok(if is_service_failure(&reason) {
                        Outcome::flow_continues(flow, Some(reason), now)
                    } else {
                        Outcome::flow_ended(flow, reason)
                    });
                }
                let flow_kind = flow.kind();
                if flow_kind == FlowKind::Methods && verified == Verified::MustChange {
                    return Ok(Outcome::flow_ended(flow, Reason::MustChangeFirst));
                }
                proving = match self.with_further_gates(flow_kind, proving.clone()).await {
                    Ok(further) => further,
                    Err(reason) => {
                        flow.state = State::Proving(proving);
                        return Ok(Outcome::flow_continues(flow, Some(reason), now));
                    }
                };
                flow.state = proving.pass(GateKind::Password);
                match flow.state.clone() {
                    State::Proven(proven) => {
                        Ok(self.continue_after_gates(call, flow, proven).await)
                    }
                    _ => Ok(Outcome::flow_continues(flow, None, now)),
                }
            }
            Ok(Verified::Wrong) => Ok(Outcome::flow_continues(flow, Some(wrong), now)),
            Err(reason) if is_service_failure(&reason) => {
                self.give_back(call, &mut flow, limits, now).await?;
                Ok(Outcome::flow_continues(flow, Some(reason), now))
            }
            // The password was not tried, so no try is spent.
            Err(reason @ Reason::PasswordNotTried) => {
                self.give_back(call, &mut flow, limits, now).await?;
                Ok(Outcome::flow_ended(flow, reason))
            }
            Err(reason) => Ok(Outcome::flow_ended(flow, reason)),
        }
    }

    pub(super) fn password_limits(&self) -> Limits {
        let limits = self.limits();
        Limits {
            tries: limits.tries.min(MAX_WRONG_PASSWORDS),
            ..limits
        }
    }

    /// Counts one try. Returns the reason to report if the password is wrong, or the reason for
    /// which no try is allowed.
    pub(super) async fn count_try(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        limits: Limits,
        now: u64,
    ) -> Result<Result<Reason, Reason>, Fault> {
        let (kind, requester) = (GateKind::Password, self.requester(call, flow));
        let counted = self.parts.store.write(move |tables| {
            let mut budget = Budget::read(tables, &requester, limits, now)?;
            if let Some(closed) = budget.answer_refusal(kind)? {
                return Ok(Err(closed));
            }
            budget.record_wrong(kind)?;
            budget.write()?;
            let tries_left = budget.tries_left();
            Ok(Ok(budget
                .answer_refusal(kind)?
                .unwrap_or(Reason::WrongPassword { tries_left })))
        });
        let counted = counted.await?;
        if counted.is_ok() {
            flow.wrong.push(WrongAnswer { kind, at: now });
        }
        Ok(counted)
    }

    /// Records that the password was right and gives back the tries counted in this flow.
    async fn record_passed(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        limits: Limits,
        now: u64,
    ) -> Result<(), Fault> {
        let wrong = core::mem::take(&mut flow.wrong);
        let passed = move |budget: &mut Budget| budget.record_passed(GateKind::Password, &wrong);
        self.update_budget(call, flow, limits, now, passed).await
    }

    /// Gives back the try that [`Self::count_try`] counted last: the password was not tried, or was
    /// right.
    pub(super) async fn give_back(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        limits: Limits,
        now: u64,
    ) -> Result<(), Fault> {
        flow.wrong.pop();
        let back = move |budget: &mut Budget| budget.take_back(GateKind::Password, now);
        self.update_budget(call, flow, limits, now, back).await
    }

    /// Applies a change to the requester's budget.
    async fn update_budget(
        &self,
        call: &RequestContext,
        flow: &Flow,
        limits: Limits,
        now: u64,
        change: impl FnOnce(&mut Budget) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), Fault> {
        let requester = self.requester(call, flow);
        let written = self.parts.store.write(move |tables| {
            let mut budget = Budget::read(tables, &requester, limits, now)?;
            change(&mut budget)?;
            budget.write()
        });
        Ok(written.await?)
    }

    async fn verify(&self, anchor: Anchor, typed: &Secret) -> Result<Verified, Reason> {
        let directory = &self.parts.directory;
        let verified = self.with_directory_timeout(async {
            let account = directory.account(anchor).await?;
            // Strangers must not be able to lock out administrators or the agent's own account.
            if account.protected {
                let cause = "the password of a protected account is not tried";
                return Err(Failure::new(Reason::AccountProtected, cause));
            }
            directory.verify_password(&account, typed).await
        });
        let verified = verified.await.inspect_err(super::password::log_failure);
        verified.map_err(|failure| failure.reason)
    }
}

/// Reports whether a reason concerns the agent or the directory and reveals nothing of an account.
fn is_service_failure(reason: &Reason) -> bool {
    matches!(reason, Reason::DirectoryUnreachable | Reason::Internal)
}
