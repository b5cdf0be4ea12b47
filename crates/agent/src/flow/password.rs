//! The new password: check, marker on disk, a single write, notices to the owner.

use super::identify::ensure_usable;
use super::ledger;
use super::outcome::{After, Fault, Outcome};
use super::{Flow, Proven, State};
use crate::agent::AgentContext;
use crate::mail::{Mail, NOTICE_LIFETIME_SECONDS};
use crate::request::RequestContext;
use crate::words::NoticeKind;
use postern_directory::{Account, Failure};
use postern_envelope::Secret;
use postern_protocol::{Device, FlowKind, Policy, Reason, Step};

impl AgentContext {
    /// Continues as the kind of flow requires, after all gates were passed.
    pub(crate) async fn continue_after_gates(
        &self,
        call: &RequestContext,
        flow: Flow,
        proven: Proven,
    ) -> Outcome {
        match flow.kind() {
            FlowKind::Unlock => self.unlock(call, flow, proven).await,
            FlowKind::Methods => self.show_methods(flow, proven).await,
            FlowKind::Reset | FlowKind::Change | FlowKind::UserName => {
                self.new_password(flow, proven, None).await
            }
        }
    }

    /// Reads the policy and asks for the new password, after all gates were passed.
    pub(crate) async fn new_password(
        &self,
        flow: Flow,
        proven: Proven,
        reason: Option<Reason>,
    ) -> Outcome {
        match self.read_policy(&flow, &proven).await {
            Ok((_, policy)) => self.continue_proven(flow, proven.with_policy(policy), reason),
            Err(failure) => self.refuse_proven(flow, proven, failure.reason),
        }
    }

    /// Sets the password. The marker is on disk before the directory is asked, so that even if the
    /// agent stops after that, the password is not set twice and an unknown result is not reported
    /// as known.
    pub(crate) async fn set_password(
        &self,
        call: &RequestContext,
        mut flow: Flow,
        proven: Proven,
        current: Option<Secret>,
        password: Secret,
    ) -> Result<Outcome, Fault> {
        let (account, policy) = match self.read_policy(&flow, &proven).await {
            Ok(read) => read,
            Err(failure) => return Ok(self.refuse_proven(flow, proven, failure.reason)),
        };
        if let Err(reason) = ensure_usable(&account) {
            return Ok(Outcome::flow_ended(flow, reason));
        }
        let refused = match broken_rule(&policy, &password, self.now()) {
            None => {
                let parts = &self.parts;
                parts
                    .quality
                    .refuse(&parts.tenant, &account, &password)
                    .await
            }
            refused => refused,
        };
        let proven = proven.with_policy(policy);
        if let Some(reason) = refused {
            return Ok(self.continue_proven(flow, proven, Some(reason)));
        }
        // The try is counted before the directory is asked, as at the gate, and given back unless
        // the current password was wrong.
        let limits = self.password_limits();
        let wrong = match &current {
            Some(_) => match self.count_try(call, &mut flow, limits, self.now()).await? {
                Ok(wrong) => Some(wrong),
                Err(closed) => return Ok(self.refuse_proven(flow, proven, closed)),
            },
            None => None,
        };
        let setting = proven.into_setting();
        flow.state = State::Setting(setting.clone());
        let (key, marked) = (self.parts.store_key.clone(), flow.clone());
        let marker = self.parts.store.write(move |tables| {
            let current = ledger::is_current(tables, &marked)?;
            if current {
                ledger::save(tables, &key, &marked)?;
            }
            Ok(current)
        });
        if !marker.await? {
            return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
        }
        let written = self.write_password(&account, current.as_ref(), &password);
        let written = written.await;
        if let (Some(wrong), Err(Reason::WrongPassword { .. })) = (&wrong, &written) {
            return Ok(self.refuse_proven(flow, setting.into_proven(), wrong.clone()));
        }
        if wrong.is_some() {
            let given_back = self.give_back(call, &mut flow, limits, self.now());
            // The result of the write is reported even if the count cannot be changed.
            if given_back.await.is_err() {
                tracing::error!("a try of the current password was not given back");
            }
        }
        match written {
            Ok(()) => {
                drop((current, password));
                let done = match flow.kind() {
                    FlowKind::Change => NoticeKind::Changed,
                    _ => NoticeKind::Reset,
                };
                self.mail_notice(call, flow.device, &account, done).await;
                flow.state = State::Done;
                Ok(Outcome {
                    after: After::Completed(flow),
                    step: Step::Done,
                    reason: None,
                    codes_left: None,
                    next: self.next_flow_kind(&account).await,
                })
            }
            // The flow is still in the marked state, which is reported as in doubt.
            Err(Reason::InDoubt) => Ok(Outcome::flow_continues(flow, None, self.now())),
            Err(reason) => Ok(self.refuse_proven(flow, setting.into_proven(), reason)),
        }
    }

    async fn read_policy(
        &self,
        flow: &Flow,
        proven: &Proven,
    ) -> Result<(Account, Policy), Failure> {
        let directory = &self.parts.directory;
        let read = async {
            let account = directory.account(proven.anchor()).await?;
            let mut policy = directory.policy(&account).await?;
            // A change always enforces the history, whether a reset does or not.
            policy.history_enforced |= flow.kind() == FlowKind::Change;
            Ok((account, policy))
        };
        self.with_directory_timeout(read)
            .await
            .inspect_err(log_failure)
    }

    /// Writes the password. Unlike a read, a write that is not answered in time is in doubt.
    async fn write_password(
        &self,
        account: &Account,
        current: Option<&Secret>,
        password: &Secret,
    ) -> Result<(), Reason> {
        let directory = &self.parts.directory;
        let write = async {
            match current {
                Some(current) => directory.change_password(account, current, password).await,
                None => directory.set_password(account, password).await,
            }
        };
        match tokio::time::timeout(crate::agent::DIRECTORY_TIMEOUT, write).await {
            Ok(written) => written
                .inspect_err(log_failure)
                .map_err(|failure| failure.reason),
            Err(_) => {
                tracing::error!("the directory did not answer a write in time");
                Err(Reason::InDoubt)
            }
        }
    }

    /// Refuses the request. A reason that concerns the account ends the flow; any other may be
    /// retried.
    pub(super) fn refuse_proven(&self, flow: Flow, proven: Proven, reason: Reason) -> Outcome {
        match reason {
            Reason::UserNotFound
            | Reason::AccountAmbiguous
            | Reason::AccountDisabled
            | Reason::AccountExpired
            | Reason::AccountProtected => Outcome::flow_ended(flow, reason),
            _ => self.continue_proven(flow, proven, Some(reason)),
        }
    }

    fn continue_proven(&self, mut flow: Flow, proven: Proven, reason: Option<Reason>) -> Outcome {
        flow.state = State::Proven(proven);
        Outcome::flow_continues(flow, reason, self.now())
    }

    /// Notifies every address of an account, not only the one that a code was sent to.
    pub(super) async fn mail_notice(
        &self,
        call: &RequestContext,
        device: Option<Device>,
        account: &Account,
        done: NoticeKind,
    ) {
        let occasion = self.occasion(call, device);
        let (wording, tenant) = (&self.parts.wording, &self.parts.tenant);
        let letter = wording.notice(tenant, occasion, done, &account.login_name);
        let until = self.now() + NOTICE_LIFETIME_SECONDS;
        let addresses = account.mail_addresses.iter().cloned();
        let mails = addresses.map(|to| Mail::new(to, &letter, &call.support_code, until));
        self.parts.mailer.send_durably(mails.collect()).await;
    }
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

pub(super) fn log_failure(failure: &Failure) {
    let reason = failure.reason.code();
    tracing::warn!(reason, cause = failure.cause, "the directory refused");
}
