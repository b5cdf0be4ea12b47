//! The first gate of a change and of methods: the current password, tried at the directory.

use super::outcome::{Fault, Outcome};
use super::{Flow, Proving, State, Wrong};
use crate::agent::AgentContext;
use crate::config::UnknownNames;
use crate::gates::budget::Budget;
use crate::gates::tries::Limits;
use crate::request::RequestContext;
use crate::store::StoreError;
use postern_directory::{Anchor, Failure, Verified};
use postern_envelope::Secret;
use postern_protocol::{FlowKind, GateKind, Reason};

/// The most wrong passwords in a window. Each counts towards the directory's own lockout too,
/// which a stranger must not be able to bring about from here.
const WRONG_PASSWORDS: u16 = 3;

impl AgentContext {
    /// Checks the current password. The try is counted before the directory is asked and given
    /// back if it was right: so no two answers, in whatever flows, are checked on the same count.
    pub(crate) async fn check_password(
        &self,
        call: &RequestContext,
        flow: Flow,
        proving: Proving,
        typed: &Secret,
    ) -> Result<Outcome, Fault> {
        let begun = tokio::time::Instant::now();
        let outcome = self.check_password_now(call, flow, proving, typed).await;
        if self.parts.rules.unknown_names == UnknownNames::Decoy {
            tokio::time::sleep_until(begun + self.parts.decoy_floor).await;
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
        let wrong = match self.count(call, &mut flow, limits, now).await? {
            Ok(wrong) => wrong,
            Err(closed) => return Ok(Outcome::flow_continues(flow, Some(closed), now)),
        };
        // A decoy asks for what nobody has: a directory that is away is away for everybody.
        let anchor = Anchor(*proving.anchor.unwrap_or(flow.subject));
        let decoys = self.parts.rules.unknown_names == UnknownNames::Decoy;
        let verified = match self.verify(anchor, typed).await {
            // What else is said of a password may be said whether it is right or not.
            Err(reason) if decoys && !is_ours(&reason) => Ok(Verified::Wrong),
            verified => verified,
        };
        match verified {
            Ok(told @ (Verified::Right | Verified::MustChange)) => {
                self.passed(call, &mut flow, limits, now).await?;
                // Told to the owner alone, so not before.
                if decoys && let Err(reason) = self.account(anchor).await {
                    return Ok(if is_ours(&reason) {
                        Outcome::flow_continues(flow, Some(reason), now)
                    } else {
                        Outcome::flow_ended(flow, reason)
                    });
                }
                let flow_kind = flow.kind();
                if flow_kind == FlowKind::Methods && told == Verified::MustChange {
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
                    State::Proven(proven) => Ok(self.proven_for(call, flow, proven).await),
                    _ => Ok(Outcome::flow_continues(flow, None, now)),
                }
            }
            Ok(Verified::Wrong) => Ok(Outcome::flow_continues(flow, Some(wrong), now)),
            Err(reason) if is_ours(&reason) => {
                self.give_back(call, &mut flow, limits, now).await?;
                Ok(Outcome::flow_continues(flow, Some(reason), now))
            }
            // No try was made, so none is spent.
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
            tries: limits.tries.min(WRONG_PASSWORDS),
            ..limits
        }
    }

    /// Counts one try. What is said if it was wrong; why there is none, if there is none.
    pub(super) async fn count(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        limits: Limits,
        now: u64,
    ) -> Result<Result<Reason, Reason>, Fault> {
        let (kind, who) = (GateKind::Password, self.who(call, flow));
        let counted = self.parts.store.write(move |tables| {
            let mut budget = Budget::read(tables, &who, limits, now)?;
            if let Some(closed) = budget.closed(kind)? {
                return Ok(Err(closed));
            }
            budget.wrong(kind)?;
            budget.write()?;
            let tries_left = budget.left();
            Ok(Ok(budget
                .closed(kind)?
                .unwrap_or(Reason::WrongPassword { tries_left })))
        });
        let counted = counted.await?;
        if counted.is_ok() {
            flow.wrong.push(Wrong { kind, at: now });
        }
        Ok(counted)
    }

    /// The password was right: what was counted beforehand is given back.
    async fn passed(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        limits: Limits,
        now: u64,
    ) -> Result<(), Fault> {
        let wrong = core::mem::take(&mut flow.wrong);
        let passed = move |budget: &mut Budget| budget.passed(GateKind::Password, &wrong);
        self.recount(call, flow, limits, now, passed).await
    }

    /// Takes back the try that [`Self::count`] counted last: the password was not tried, or was right.
    pub(super) async fn give_back(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        limits: Limits,
        now: u64,
    ) -> Result<(), Fault> {
        flow.wrong.pop();
        let back = move |budget: &mut Budget| budget.take_back(GateKind::Password, now);
        self.recount(call, flow, limits, now, back).await
    }

    /// Applies a change to what is counted for whoever asks.
    async fn recount(
        &self,
        call: &RequestContext,
        flow: &Flow,
        limits: Limits,
        now: u64,
        change: impl FnOnce(&mut Budget) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), Fault> {
        let who = self.who(call, flow);
        let written = self.parts.store.write(move |tables| {
            let mut budget = Budget::read(tables, &who, limits, now)?;
            change(&mut budget)?;
            budget.write()
        });
        Ok(written.await?)
    }

    async fn verify(&self, anchor: Anchor, typed: &Secret) -> Result<Verified, Reason> {
        let directory = &self.parts.directory;
        let verified = self.with_directory_timeout(async {
            let account = directory.account(anchor).await?;
            // Strangers must not be able to lock the accounts of administrators, or our own.
            if account.protected {
                let cause = "the password of a protected account is not tried";
                return Err(Failure::new(Reason::AccountProtected, cause));
            }
            directory.verify_password(&account, typed).await
        });
        let verified = verified.await.inspect_err(super::password::logged);
        verified.map_err(|failure| failure.reason)
    }
}

/// Whether a reason tells of us or of the directory, and nothing of an account.
fn is_ours(reason: &Reason) -> bool {
    matches!(reason, Reason::DirectoryUnreachable | Reason::Internal)
}
