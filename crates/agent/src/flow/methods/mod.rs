//! Managing one's own methods: showing, adding, removing and confirming them, after signing in with
//! the current password and with the gates of a reset, as far as the account has them.
//!
//! | file | contents |
//! |---|---|
//! | `shown.rs` | the methods as they are shown |
//! | `add.rs` | a new method: its offer and its confirmation |
//! | `remove.rs` | the removal of a method |

mod add;
mod remove;
mod shown;

pub(crate) use shown::ManagingMethods;

use super::account_gates::AccountGates;
use super::holds::{self, Hold, Holds};
use super::outcome::{Fault, Outcome};
use super::password;
use super::{Flow, Proven, State, ledger};
use crate::accounts::{Accounts, is_service_failure};
use crate::audit::account_name;
use crate::config::Rules;
use crate::context::RequestContext;
use crate::limits::Limits;
use crate::notices::Notices;
use add::{ConfirmOutcome, Pending};
use postern_directory::{Account, Anchor};
use postern_notify::wording::NoticeKind;
use postern_protocol::{FlowKind, GateKind, Operation, Reason};
use postern_store::Memory;
use postern_store::store::{CONFIRMED, Tables};
use std::sync::Arc;

/// The id of a method that is not yet confirmed.
const PENDING_ID: u8 = 0;

/// The managing of methods.
pub(crate) struct Methods {
    pub memory: Memory,
    pub rules: Arc<Rules>,
    pub limits: Limits,
    pub accounts: Accounts,
    pub account_gates: AccountGates,
    pub holds: Holds,
    pub notices: Notices,
}

/// The result of an operation that leaves the methods to be shown again.
enum Managed {
    /// They are read again, and shown with the reason for which the operation was refused, if any.
    Reload(Option<Reason>),
    /// They are shown as they were before.
    Keep(Option<Reason>),
    /// The flow ends: the operation does not fit what was shown, or another flow has ended it.
    End,
}

impl Methods {
    /// Shows the methods, after all gates were passed.
    pub(in crate::flow) async fn show(&self, flow: Flow, proven: Proven) -> Outcome {
        let account = self.accounts.load_usable(proven.anchor()).await;
        let loaded = match account {
            Ok(account) => self.load(&account, &proven.passed).await,
            Err(reason) => Err(reason),
        };
        match loaded {
            Ok(managing) => self.continue_with(flow, managing, None),
            Err(reason) => password::refuse(flow, proven, reason, self.memory.now()),
        }
    }

    /// Returns the flow to suggest after a password was set: managing methods, if they are due for
    /// confirmation or none is registered and one could be.
    pub(in crate::flow) async fn next_flow_kind(&self, account: &Account) -> Option<FlowKind> {
        if !self.rules.offers(FlowKind::Methods) {
            return None;
        }
        let managing = self.load(account, &[]).await.ok()?;
        let own = managing.methods.iter().any(|method| method.own);
        (managing.due || (!own && !managing.addable.is_empty())).then_some(FlowKind::Methods)
    }

    /// Executes one operation on the methods. Any operation but resuming and the confirmation of a
    /// new method discards the method that is being added.
    pub(crate) async fn manage(
        &self,
        call: &RequestContext,
        mut flow: Flow,
        mut managing: ManagingMethods,
        operation: Operation,
    ) -> Result<Outcome, Fault> {
        let account = match self.accounts.load_usable(managing.anchor()).await {
            Ok(account) => account,
            Err(reason) if is_service_failure(&reason) => {
                return Ok(self.continue_with(flow, managing, Some(reason)));
            }
            Err(reason) => return Ok(Outcome::flow_ended(flow, reason)),
        };
        let managed = self.execute(call, &mut flow, &mut managing, &account, operation);
        match managed.await? {
            Managed::Keep(reason) => Ok(self.continue_with(flow, managing, reason)),
            Managed::Reload(reason) => match self.load(&account, &managing.passed).await {
                Ok(loaded) => Ok(self.continue_with(flow, loaded, reason)),
                Err(reason) => Ok(self.continue_with(flow, managing, Some(reason))),
            },
            Managed::End => Ok(Outcome::flow_ended(flow, Reason::FlowExpired)),
        }
    }

    async fn execute(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        managing: &mut ManagingMethods,
        account: &Account,
        operation: Operation,
    ) -> Result<Managed, Fault> {
        let pending = managing.pending.take();
        match (operation, pending) {
            (Operation::Resume, None) => Ok(Managed::Reload(None)),
            (Operation::Resume, pending) => {
                managing.pending = pending;
                Ok(Managed::Keep(None))
            }
            (Operation::AddMethod { kind }, _) => self.offer(managing, account, kind).await,
            (Operation::ConfirmMethod { answer }, Some(pending)) => {
                let confirmed = self.confirm(flow, managing, pending, &answer).await?;
                Ok(match confirmed {
                    ConfirmOutcome::Added(kind, from) => {
                        let done = from
                            .map_or(NoticeKind::Added(kind), |from| NoticeKind::Held(kind, from));
                        self.report_change(call, flow, account, done).await;
                        Managed::Reload(None)
                    }
                    ConfirmOutcome::Retry(pending, reason) => {
                        managing.pending = Some(pending);
                        Managed::Keep(Some(reason))
                    }
                    ConfirmOutcome::GivenUp(reason) => Managed::Reload(Some(reason)),
                    ConfirmOutcome::FlowEnded => Managed::End,
                })
            }
            (Operation::RemoveMethod { id: PENDING_ID }, _) => Ok(Managed::Reload(None)),
            (Operation::RemoveMethod { id }, _) => {
                self.remove(call, flow, managing, account, id).await
            }
            (Operation::ConfirmMethods, _) => self.confirm_all(managing, account).await,
            _ => Ok(Managed::End),
        }
    }

    /// Offers a new method, which the person then confirms.
    async fn offer(
        &self,
        managing: &mut ManagingMethods,
        account: &Account,
        kind: GateKind,
    ) -> Result<Managed, Fault> {
        let mut used = self.account_gates.used();
        let gate = used.find(|gate| gate.kind() == kind && gate.registration().is_some());
        Ok(match gate {
            None => Managed::End,
            Some(_) if !managing.addable.contains(&kind) => {
                Managed::Reload(Some(Reason::MethodPresent))
            }
            Some(gate) => {
                managing.pending = Pending::make(gate.as_ref(), account).await?;
                Managed::Keep(None)
            }
        })
    }

    /// Confirms that all methods are the person's own. A person with a helpdesk pass releases the
    /// held methods by that.
    async fn confirm_all(
        &self,
        managing: &ManagingMethods,
        account: &Account,
    ) -> Result<Managed, Fault> {
        let (confirmed, now) = (self.confirmed_name(account.anchor), self.memory.now());
        let confirm = move |tables: &Tables| tables.put(CONFIRMED, &confirmed, &now);
        self.memory.store.write(confirm).await?;
        if managing.has_passed(GateKind::HelpdeskPass)
            && let Err(reason) = self.release_all(account).await
        {
            return Ok(Managed::Keep(Some(reason)));
        }
        let account = account_name(account.anchor);
        tracing::info!(audit = true, account, "methods confirmed");
        Ok(Managed::Reload(None))
    }

    async fn release_all(&self, account: &Account) -> Result<(), Reason> {
        let mut held = Vec::new();
        for gate in self.account_gates.used() {
            let kind = gate.kind();
            if self.holds.is_always_required(kind) {
                let methods = AccountGates::methods(gate.as_ref(), account).await?;
                let ids = methods.into_iter().filter_map(|method| method.id);
                held.extend(ids.map(|id| (kind, id)));
            }
        }
        self.holds.release(account.anchor, held).await
    }

    /// Ends the account's other flows and holds the method that is about to be added. Called before
    /// the methods change, so that even if the agent stops then, no flow opened by the old methods
    /// continues. Returns `false` if another flow has ended this one meanwhile.
    pub(in crate::flow) async fn end_other_flows(
        &self,
        flow: &mut Flow,
        hold: Option<Hold>,
    ) -> Result<bool, Fault> {
        let (key, mut marked) = (self.memory.key.clone(), flow.clone());
        let written = self.memory.store.write(move |tables| {
            if !ledger::is_current(tables, &marked)? {
                return Ok(None);
            }
            if let Some(hold) = hold {
                holds::hold(tables, hold)?;
            }
            ledger::end_others(tables, &mut marked)?;
            ledger::save(tables, &key, &marked)?;
            Ok(Some(marked.epoch))
        });
        let epoch = written.await?;
        flow.epoch = epoch.unwrap_or(flow.epoch);
        Ok(epoch.is_some())
    }

    /// Notifies every address of a change, and writes it to the log.
    async fn report_change(
        &self,
        call: &RequestContext,
        flow: &Flow,
        account: &Account,
        done: NoticeKind,
    ) {
        self.notices.send(call, flow.device, account, done).await;
        let account = account_name(account.anchor);
        match done {
            NoticeKind::Added(kind) => {
                let kind = kind.name();
                tracing::info!(audit = true, account, kind, "method added");
            }
            NoticeKind::Held(kind, from) => {
                let kind = kind.name();
                tracing::info!(audit = true, account, kind, from, "method added, and held");
            }
            NoticeKind::Removed(kind) => {
                let kind = kind.name();
                tracing::info!(audit = true, account, kind, "method removed");
            }
            NoticeKind::Reset | NoticeKind::Changed | NoticeKind::Unlocked => {}
        }
    }

    /// Returns the key of an account in the `confirmed` table.
    pub(in crate::flow) fn confirmed_name(&self, anchor: Anchor) -> [u8; 32] {
        self.memory.key.hash("confirmed", &[&anchor.0])
    }

    fn continue_with(
        &self,
        mut flow: Flow,
        managing: ManagingMethods,
        reason: Option<Reason>,
    ) -> Outcome {
        flow.state = State::ManagingMethods(managing);
        Outcome::flow_continues(flow, reason, self.memory.now())
    }
}
