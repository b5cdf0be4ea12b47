//! Managing one's own methods: showing, adding, removing and confirming them, after signing in with
//! the current password and with the gates of a reset, as far as the account has them.

use super::account_gates::AccountGates;
use super::holds::{self, Hold, Holds};
use super::new_method::{ConfirmOutcome, Pending};
use super::outcome::{Fault, Outcome};
use super::password;
use super::{Flow, Proven, State, ledger, log_unreadable};
use crate::accounts::{Accounts, is_service_failure};
use crate::audit::account_name;
use crate::config::Rules;
use crate::context::RequestContext;
use crate::limits::Limits;
use crate::notices::Notices;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use postern_directory::{Account, Anchor};
use postern_gates::{AccountMethod, Gate};
use postern_notify::wording::NoticeKind;
use postern_protocol::{FlowKind, GateKind, Method, Operation, Reason, Step};
use postern_store::Memory;
use postern_store::store::{CONFIRMED, Tables};
use std::sync::Arc;

/// The id of a method that is not yet confirmed.
const PENDING_ID: u8 = 0;

const DAY_SECONDS: u64 = 24 * 60 * 60;

/// The state after signing in: the methods as last shown.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct ManagingMethods {
    #[n(0)]
    anchor: ByteArray<16>,
    #[n(1)]
    methods: Vec<Method>,
    #[n(2)]
    addable: Vec<GateKind>,
    /// The methods are due for confirmation.
    #[n(3)]
    pub(super) due: bool,
    /// Keyed hashes that find the methods again, by the ids under which they are shown.
    #[n(5)]
    #[cbor(default)]
    names: Vec<(u8, ByteVec)>,
    /// The method that is being added. It is not accepted yet, and is discarded with its flow.
    #[n(4)]
    pending: Option<Pending>,
    /// The kinds of gates passed in this flow.
    #[n(6)]
    #[cbor(default)]
    passed: Vec<GateKind>,
}

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

impl ManagingMethods {
    /// Returns the step shown to the person.
    pub(crate) fn step(&self, expires: u64) -> Step {
        match &self.pending {
            Some(Pending { kind, offer, .. }) => Step::NewMethod {
                kind: *kind,
                offer: offer.clone(),
                expires,
            },
            None => Step::Methods {
                methods: self.methods.clone(),
                addable: self.addable.clone(),
                due: self.due,
                expires,
            },
        }
    }

    pub(super) fn anchor(&self) -> Anchor {
        Anchor(*self.anchor)
    }

    /// Reports whether a kind of gate was passed in this flow.
    pub(super) fn has_passed(&self, kind: GateKind) -> bool {
        self.passed.contains(&kind)
    }

    /// Reports whether the account has no method at all.
    pub(super) fn is_empty(&self) -> bool {
        self.methods.is_empty()
    }

    /// Returns the number of the account's methods of a kind.
    pub(super) fn count(&self, kind: GateKind) -> usize {
        let matching = self.methods.iter().filter(|method| method.kind == kind);
        matching.count()
    }
}

impl Methods {
    /// Shows the methods, after all gates were passed.
    pub(super) async fn show(&self, flow: Flow, proven: Proven) -> Outcome {
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
    pub(super) async fn next_flow_kind(&self, account: &Account) -> Option<FlowKind> {
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

    /// Removes a method, which must be one of the person's own.
    async fn remove(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        managing: &ManagingMethods,
        account: &Account,
        id: u8,
    ) -> Result<Managed, Fault> {
        let mut methods = managing.methods.iter();
        let Some(kind) = methods
            .find(|method| method.id == id && method.own)
            .map(|method| method.kind)
        else {
            return Ok(Managed::End);
        };
        let Some(gate) = self.account_gates.gates.get(kind) else {
            return Ok(Managed::End);
        };
        let present = match AccountGates::methods(gate.as_ref(), account).await {
            Ok(present) => present,
            Err(reason) => return Ok(Managed::Keep(Some(reason))),
        };
        match self
            .may_remove(managing, account, gate.as_ref(), &present)
            .await
        {
            Ok(true) => {}
            Ok(false) => return Ok(Managed::End),
            Err(reason) => return Ok(Managed::Keep(Some(reason))),
        }
        let hold = self.holds.on_next(managing, kind);
        if !self.end_other_flows(flow, hold).await? {
            return Ok(Managed::End);
        }
        let mut names = managing.names.iter();
        let name = names.find(|(shown, _)| *shown == id).map(|(_, name)| name);
        let removed = present
            .into_iter()
            .find(|method| Some(&self.name_of(kind, method)) == name);
        let removed = match removed.and_then(|method| method.id) {
            Some(id) => {
                let (gate, anchor) = (Arc::clone(gate), account.anchor);
                let remove = move |tables: &Tables| match gate.registration() {
                    Some(registration) => registration.remove(tables, anchor, id.expose()),
                    None => Ok(false),
                };
                self.memory.store.write(remove).await
            }
            // It is gone already.
            None => Ok(false),
        };
        match removed {
            Ok(true) => {
                let done = NoticeKind::Removed(kind);
                self.report_change(call, flow, account, done).await;
                Ok(Managed::Reload(None))
            }
            Ok(false) => Ok(Managed::Reload(None)),
            Err(error) => {
                tracing::error!(%error, "a method was not removed");
                Ok(Managed::Reload(Some(Reason::StoreUnavailable)))
            }
        }
    }

    /// Reports whether a method may be removed. A kind that is always required must have been
    /// passed in this flow, unless all methods of the kind are held, so that nobody has to wait for
    /// the end of the hold.
    async fn may_remove(
        &self,
        managing: &ManagingMethods,
        account: &Account,
        gate: &dyn Gate,
        present: &[AccountMethod],
    ) -> Result<bool, Reason> {
        let kind = gate.kind();
        if !self.holds.is_always_required(kind) || managing.has_passed(kind) {
            return Ok(true);
        }
        let open = self.account_gates.open(gate, account, present.to_vec());
        Ok(open.await?.is_empty())
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
    pub(super) async fn end_other_flows(
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

    /// Reads the current methods of an account.
    async fn load(
        &self,
        account: &Account,
        passed: &[GateKind],
    ) -> Result<ManagingMethods, Reason> {
        let anchor = account.anchor;
        let (mut methods, mut addable, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for gate in self.account_gates.used() {
            let kind = gate.kind();
            let present = AccountGates::methods(gate.as_ref(), account).await?;
            let registration = gate.registration();
            if registration.is_some_and(|one| one.has_room(&present)) {
                addable.push(kind);
            }
            for method in present.iter().filter(|_| gate.is_listed()) {
                let from = match &method.id {
                    Some(id) => self.holds.until(kind, anchor, id.expose()).await?,
                    None => None,
                };
                let id = u8::try_from(methods.len() + 1).unwrap_or(u8::MAX);
                if registration.is_some() {
                    names.push((id, self.name_of(kind, method)));
                }
                methods.push(Method {
                    id,
                    kind,
                    hint: method.hint.clone(),
                    own: registration.is_some(),
                    left: method.left,
                    from: from.map(|from| from.to_string()),
                });
            }
        }
        // A person with a helpdesk pass releases the held methods by confirming them.
        let held = methods.iter().any(|method| method.from.is_some());
        let held = held && passed.contains(&GateKind::HelpdeskPass);
        let due = held || self.is_confirmation_due(anchor).await?;
        Ok(ManagingMethods {
            anchor: anchor.0.into(),
            due: !methods.is_empty() && due,
            methods,
            addable,
            names,
            pending: None,
            passed: passed.to_vec(),
        })
    }

    /// Returns a keyed hash that finds a method again: its id may be a secret.
    fn name_of(&self, kind: GateKind, method: &AccountMethod) -> ByteVec {
        let id = method.id.as_ref();
        let id = id.map_or(&[][..], |id| id.expose());
        let name = [kind.name().as_bytes(), id];
        self.memory.key.hash("shown method", &name).to_vec().into()
    }

    /// Reports whether the methods of an account are due for confirmation.
    async fn is_confirmation_due(&self, anchor: Anchor) -> Result<bool, Reason> {
        let days = u64::from(self.rules.reconfirm_days.get());
        if days == 0 {
            return Ok(false);
        }
        let name = self.confirmed_name(anchor);
        let read = self.memory.store.read(CONFIRMED, name.to_vec()).await;
        let bytes = read.map_err(|error| log_unreadable(&error))?;
        let at = bytes.and_then(|bytes| minicbor::decode::<u64>(&bytes).ok());
        Ok(at.is_none_or(|at| at.saturating_add(days * DAY_SECONDS) <= self.memory.now()))
    }

    /// Returns the key of an account in the `confirmed` table.
    pub(super) fn confirmed_name(&self, anchor: Anchor) -> [u8; 32] {
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
