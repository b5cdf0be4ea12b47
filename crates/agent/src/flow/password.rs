//! The new password: check, marker on disk, a single write, notices to the owner.

use super::current_password::PasswordTries;
use super::ledger;
use super::methods::Methods;
use super::outcome::{After, Fault, Outcome};
use super::{Flow, Proven, State};
use crate::accounts::{Accounts, ensure_usable};
use crate::context::RequestContext;
use crate::notices::Notices;
use crate::quality::Quality;
use postern_directory::Account;
use postern_envelope::Secret;
use postern_notify::wording::NoticeKind;
use postern_protocol::{FlowKind, Policy, Reason, Step};
use postern_store::Memory;
use std::sync::Arc;

/// The setting of new passwords.
pub(crate) struct NewPassword {
    pub memory: Memory,
    pub accounts: Accounts,
    pub quality: Quality,
    pub notices: Notices,
    pub tries: PasswordTries,
    /// Suggested after a password was set, if they are due.
    pub methods: Arc<Methods>,
}

impl NewPassword {
    /// Reads the policy and asks for the new password, after all gates were passed.
    pub(crate) async fn ask(&self, flow: Flow, proven: Proven, reason: Option<Reason>) -> Outcome {
        match self.read_policy(&flow, &proven).await {
            Ok((_, policy)) => self.continue_with(flow, proven.with_policy(policy), reason),
            Err(reason) => refuse(flow, proven, reason, self.memory.now()),
        }
    }

    /// Sets the password: with the current one it is a change. The marker is on disk before the
    /// directory is asked, so that even if the agent stops after that, the password is not set
    /// twice and an unknown result is not reported as known.
    pub(crate) async fn set(
        &self,
        call: &RequestContext,
        mut flow: Flow,
        proven: Proven,
        current: Option<Secret>,
        password: Secret,
    ) -> Result<Outcome, Fault> {
        let now = self.memory.now();
        let (account, policy) = match self.read_policy(&flow, &proven).await {
            Ok(read) => read,
            Err(reason) => return Ok(refuse(flow, proven, reason, now)),
        };
        if let Err(reason) = ensure_usable(&account) {
            return Ok(Outcome::flow_ended(flow, reason));
        }
        let refused = self.refuse_candidate(&policy, &account, &password).await;
        let proven = proven.with_policy(policy);
        if let Some(reason) = refused {
            return Ok(self.continue_with(flow, proven, Some(reason)));
        }
        // The try is counted before the directory is asked, as at the gate, and given back unless
        // the current password was wrong.
        let now = self.memory.now();
        let wrong = match &current {
            Some(_) => match self.tries.count(call, &mut flow, now).await? {
                Ok(wrong) => Some(wrong),
                Err(closed) => return Ok(refuse(flow, proven, closed, now)),
            },
            None => None,
        };
        let setting = proven.into_setting();
        flow.state = State::Setting(setting.clone());
        if !self.mark(&flow).await? {
            return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
        }
        let written = self
            .accounts
            .write_password(&account, current.as_ref(), &password)
            .await;
        let now = self.memory.now();
        if let (Some(wrong), Err(Reason::WrongPassword { .. })) = (&wrong, &written) {
            return Ok(refuse(flow, setting.into_proven(), wrong.clone(), now));
        }
        if wrong.is_some() {
            let given_back = self.tries.give_back(call, &mut flow, now);
            // The result of the write is reported even if the count cannot be changed.
            if given_back.await.is_err() {
                tracing::error!("a try of the current password was not given back");
            }
        }
        match written {
            Ok(()) => {
                drop((current, password));
                Ok(self.complete(call, flow, &account).await)
            }
            // The flow is still in the marked state, which is reported as in doubt.
            Err(Reason::InDoubt) => Ok(Outcome::flow_continues(flow, None, now)),
            Err(reason) => Ok(refuse(flow, setting.into_proven(), reason, now)),
        }
    }

    /// Returns the reason for which a new password is refused before the directory is asked, if
    /// there is one.
    async fn refuse_candidate(
        &self,
        policy: &Policy,
        account: &Account,
        password: &Secret,
    ) -> Option<Reason> {
        if let Some(reason) = broken_rule(policy, password, self.memory.now()) {
            return Some(reason);
        }
        let tenant = self.notices.wording.tenant();
        self.quality.refuse(tenant, account, password).await
    }

    /// Writes the marker; returns `false` if another flow has ended this one.
    async fn mark(&self, flow: &Flow) -> Result<bool, Fault> {
        let (key, marked) = (self.memory.key.clone(), flow.clone());
        let marker = self.memory.store.write(move |tables| {
            let current = ledger::is_current(tables, &marked)?;
            if current {
                ledger::save(tables, &key, &marked)?;
            }
            Ok(current)
        });
        Ok(marker.await?)
    }

    /// Completes the flow with the new password.
    async fn complete(&self, call: &RequestContext, mut flow: Flow, account: &Account) -> Outcome {
        let done = match flow.kind() {
            FlowKind::Change => NoticeKind::Changed,
            _ => NoticeKind::Reset,
        };
        self.notices.send(call, flow.device, account, done).await;
        flow.state = State::Done;
        Outcome {
            after: After::Completed(flow),
            step: Step::Done,
            reason: None,
            codes_left: None,
            next: self.methods.next_flow_kind(account).await,
        }
    }

    async fn read_policy(&self, flow: &Flow, proven: &Proven) -> Result<(Account, Policy), Reason> {
        let (account, mut policy) = self.accounts.policy(proven.anchor()).await?;
        // A change always enforces the history, whether a reset does or not.
        policy.history_enforced |= flow.kind() == FlowKind::Change;
        Ok((account, policy))
    }

    fn continue_with(&self, flow: Flow, proven: Proven, reason: Option<Reason>) -> Outcome {
        continue_proven(flow, proven, reason, self.memory.now())
    }
}

/// Refuses the request. A reason that concerns the account ends the flow; any other may be retried.
pub(super) fn refuse(flow: Flow, proven: Proven, reason: Reason, now: u64) -> Outcome {
    match reason {
        Reason::UserNotFound
        | Reason::AccountAmbiguous
        | Reason::AccountDisabled
        | Reason::AccountExpired
        | Reason::AccountProtected => Outcome::flow_ended(flow, reason),
        _ => continue_proven(flow, proven, Some(reason), now),
    }
}

fn continue_proven(mut flow: Flow, proven: Proven, reason: Option<Reason>, now: u64) -> Outcome {
    flow.state = State::Proven(proven);
    Outcome::flow_continues(flow, reason, now)
}

/// Returns the rule of the policy that a password breaks, if it breaks one that the agent can
/// check.
fn broken_rule(policy: &Policy, password: &Secret, now: u64) -> Option<Reason> {
    let Some(candidate) = password.expose_str() else {
        return Some(Reason::ForbiddenCharacter);
    };
    if candidate.is_empty() {
        let minimum = policy.minimum.max(1);
        return Some(Reason::TooShort { minimum, length: 0 });
    }
    policy.refuse(candidate, now)
}
