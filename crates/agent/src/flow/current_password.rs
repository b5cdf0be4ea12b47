//! The first gate of a change and of managing methods: the current password, checked by the
//! directory.

use super::account_gates::AccountGates;
use super::answers::AnswerOutcome;
use super::outcome::{Fault, Outcome};
use super::{Flow, Proving, WrongAnswer};
use crate::accounts::{Accounts, is_service_failure};
use crate::config::{Rules, UnknownNames};
use crate::context::RequestContext;
use crate::limits::Limits;
use crate::limits::budget::{Budget, Requester};
use postern_directory::{Anchor, Verified};
use postern_envelope::Secret;
use postern_gates::TryLimit;
use postern_protocol::{FlowKind, GateKind, Reason};
use postern_store::Memory;
use postern_store::store::StoreError;
use std::sync::Arc;
use std::time::Duration;

/// The maximum number of wrong passwords in a window. Each also counts towards the directory's own
/// lockout, which a stranger must not be able to cause through the agent.
const MAX_WRONG_PASSWORDS: u16 = 3;

const LIMIT: TryLimit = TryLimit::PerAccount;

/// The check of current passwords.
pub(crate) struct CurrentPassword {
    pub accounts: Accounts,
    pub account_gates: AccountGates,
    pub rules: Arc<Rules>,
    pub tries: PasswordTries,
    /// The minimum time that a check takes in a `decoy` tenant.
    pub decoy_floor: Duration,
}

/// The tries of current passwords, which are counted before the directory is asked.
#[derive(Clone)]
pub(crate) struct PasswordTries {
    memory: Memory,
    limits: Limits,
}

impl CurrentPassword {
    /// Checks the current password. The try is counted before the directory is asked and given back
    /// if the password was right, so that no two answers, even in different flows, are checked
    /// against the same count.
    pub(crate) async fn check(
        &self,
        call: &RequestContext,
        flow: Flow,
        proving: Proving,
        typed: &Secret,
    ) -> Result<AnswerOutcome, Fault> {
        let started = tokio::time::Instant::now();
        let answered = self.check_now(call, flow, proving, typed).await;
        if self.rules.unknown_names == UnknownNames::Decoy {
            tokio::time::sleep_until(started + self.decoy_floor).await;
        }
        answered
    }

    async fn check_now(
        &self,
        call: &RequestContext,
        mut flow: Flow,
        proving: Proving,
        typed: &Secret,
    ) -> Result<AnswerOutcome, Fault> {
        let now = self.tries.memory.now();
        let wrong = match self.tries.count(call, &mut flow, now).await? {
            Ok(wrong) => wrong,
            Err(closed) => return Ok(refused(flow, closed, now)),
        };
        // A decoy asks for an anchor that no account has, so that an unreachable directory is
        // reported for every name alike.
        let anchor = Anchor(*proving.anchor.unwrap_or(flow.subject));
        let decoys = self.rules.unknown_names == UnknownNames::Decoy;
        match self.accounts.verify(anchor, typed).await {
            Ok(verified @ (Verified::Right | Verified::MustChange)) => {
                self.tries.record_right(call, &mut flow, now).await?;
                self.pass(flow, proving, verified, now).await
            }
            Ok(Verified::Wrong) => Ok(refused(flow, wrong, now)),
            Err(reason) if is_service_failure(&reason) => {
                self.tries.give_back(call, &mut flow, now).await?;
                Ok(refused(flow, reason, now))
            }
            // Any other reason may be returned whether the password is right or not, so it is
            // hidden.
            Err(_) if decoys => Ok(refused(flow, wrong, now)),
            // The password was not tried, so no try is spent.
            Err(reason @ Reason::PasswordNotTried) => {
                self.tries.give_back(call, &mut flow, now).await?;
                Ok(AnswerOutcome::Refused(Outcome::flow_ended(flow, reason)))
            }
            Err(reason) => Ok(AnswerOutcome::Refused(Outcome::flow_ended(flow, reason))),
        }
    }

    /// Passes the gate, and opens the others that the tenant's policy requires.
    async fn pass(
        &self,
        mut flow: Flow,
        mut proving: Proving,
        verified: Verified,
        now: u64,
    ) -> Result<AnswerOutcome, Fault> {
        let ended = |flow, reason| AnswerOutcome::Refused(Outcome::flow_ended(flow, reason));
        let anchor = Anchor(*proving.anchor.unwrap_or(flow.subject));
        // In a `decoy` tenant only the owner learns whether the account is usable, so this was not
        // checked before.
        let account = match self.accounts.load_usable(anchor).await {
            Ok(account) => account,
            Err(reason) if is_service_failure(&reason) => return Ok(refused(flow, reason, now)),
            Err(reason) => return Ok(ended(flow, reason)),
        };
        let flow_kind = flow.kind();
        if flow_kind == FlowKind::Methods && verified == Verified::MustChange {
            return Ok(ended(flow, Reason::MustChangeFirst));
        }
        let before = proving.gates.clone();
        let further = self
            .account_gates
            .after_password(flow_kind, &account, before);
        match further.await {
            Ok(Some(required)) => {
                proving.gates = required.gates;
                proving.needed = required.needed;
                proving.always = required.always;
            }
            Ok(None) => {}
            Err(reason) => return Ok(refused(flow, reason, now)),
        }
        flow.state = proving.pass(GateKind::Password);
        Ok(AnswerOutcome::Passed(flow, None))
    }
}

impl PasswordTries {
    /// Returns the tries, of which there are fewer than at other gates.
    pub(crate) fn new(memory: Memory, limits: Limits) -> Self {
        let limits = Limits {
            tries: limits.tries.min(MAX_WRONG_PASSWORDS),
            ..limits
        };
        Self { memory, limits }
    }

    /// Counts one try. Returns the reason to report if the password is wrong, or the reason for
    /// which no try is allowed.
    pub(super) async fn count(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        now: u64,
    ) -> Result<Result<Reason, Reason>, Fault> {
        let (limits, requester) = (self.limits, self.requester(call, flow));
        let counted = self.memory.store.write(move |tables| {
            let mut budget = Budget::read(tables, &requester, limits, now)?;
            if let Some(closed) = budget.answer_refusal(LIMIT)? {
                return Ok(Err(closed));
            }
            budget.record_wrong(LIMIT)?;
            budget.write()?;
            let tries_left = budget.tries_left();
            Ok(Ok(budget
                .answer_refusal(LIMIT)?
                .unwrap_or(Reason::WrongPassword { tries_left })))
        });
        let counted = counted.await?;
        if counted.is_ok() {
            let kind = GateKind::Password;
            flow.wrong.push(WrongAnswer { kind, at: now });
        }
        Ok(counted)
    }

    /// Records that the password was right: gives back the tries of it that were counted in this
    /// flow.
    async fn record_right(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        now: u64,
    ) -> Result<(), Fault> {
        let wrong = core::mem::take(&mut flow.wrong);
        let back = move |budget: &mut Budget| {
            let wrong = wrong.iter();
            let mut passwords = wrong.filter(|wrong| wrong.kind == GateKind::Password);
            passwords.try_for_each(|wrong| budget.take_back(LIMIT, wrong.at))
        };
        self.update(call, flow, now, back).await
    }

    /// Gives back the try that [`Self::count`] counted last: the password was not tried, or was
    /// right.
    pub(super) async fn give_back(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        now: u64,
    ) -> Result<(), Fault> {
        let Some(counted) = flow.wrong.pop() else {
            return Ok(());
        };
        let back = move |budget: &mut Budget| budget.take_back(LIMIT, counted.at);
        self.update(call, flow, now, back).await
    }

    /// Applies a change to the requester's budget.
    async fn update(
        &self,
        call: &RequestContext,
        flow: &Flow,
        now: u64,
        change: impl FnOnce(&mut Budget) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), Fault> {
        let (limits, requester) = (self.limits, self.requester(call, flow));
        let written = self.memory.store.write(move |tables| {
            let mut budget = Budget::read(tables, &requester, limits, now)?;
            change(&mut budget)?;
            budget.write()
        });
        Ok(written.await?)
    }

    fn requester(&self, call: &RequestContext, flow: &Flow) -> Requester {
        Requester::of(&self.memory.key, flow.tries_key(), &call.networks)
    }
}

/// Refuses the answer; the flow continues as it was.
fn refused(flow: Flow, reason: Reason, now: u64) -> AnswerOutcome {
    AnswerOutcome::Refused(Outcome::flow_continues(flow, Some(reason), now))
}
