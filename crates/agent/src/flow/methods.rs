//! Managing one's own methods: showing, adding, removing and confirming them, after signing in with
//! the current password and with the gates of a reset, as far as the account has them.

use super::held::{self, Hold};
use super::identify::{ensure_usable, with_ids};
use super::new_method::{ConfirmOutcome, Pending};
use super::outcome::{Fault, Outcome};
use super::{Flow, Proven, Proving, State, ledger};
use crate::agent::AgentContext;
use crate::files::hex;
use crate::gates::passkey::MAX_PASSKEYS;
use crate::request::RequestContext;
use crate::words::NoticeKind;
use core::fmt;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use postern_directory::{Account, Anchor};
use postern_envelope::Secret;
use postern_protocol::{FlowKind, GateKind, Method, Operation, Reason, Step};
use postern_store::store::{CONFIRMED, Tables};

/// The id of a method that is not yet confirmed.
const PENDING_ID: u8 = 0;

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
    /// The credential ids of the passkeys, by the ids of their methods.
    #[n(5)]
    #[cbor(default)]
    passkeys: Vec<(u8, ByteVec)>,
    /// The method that is being added. It is not accepted yet, and is discarded with its flow.
    #[n(4)]
    pending: Option<Pending>,
    /// The kinds of gates passed in this flow.
    #[n(6)]
    #[cbor(default)]
    passed: Vec<GateKind>,
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

impl AgentContext {
    /// Opens, after the right current password, the other gates that the tenant's policy requires,
    /// of the kinds that the account has. Managing methods requires as many as a reset; for a
    /// change the password is one of them. Methods that cannot be read are an error: they must not
    /// be taken for missing.
    pub(super) async fn with_further_gates(
        &self,
        flow_kind: FlowKind,
        mut proving: Proving,
    ) -> Result<Proving, Reason> {
        let Some(anchor) = proving.anchor else {
            return Ok(proving);
        };
        let account = self.account(Anchor(*anchor)).await?;
        let (always, needed) = (
            self.parts.rules.gates_always(),
            usize::from(self.gates_needed(account.two_gates)),
        );
        let further = match flow_kind {
            FlowKind::Change => always.len().max(needed.saturating_sub(1)),
            _ => needed,
        };
        if further == 0 {
            return Ok(proving);
        }
        let mut kinds = Vec::new();
        let mut gates = proving.gates;
        for kind in self.parts.rules.gates.kinds().iter().copied() {
            self.ensure_readable(kind, account.anchor).await?;
            let found = self.gates_of(&account, kind).await?;
            if !found.is_empty() {
                kinds.push(kind);
            }
            gates.extend(found);
        }
        let further = u8::try_from(further.min(kinds.len())).unwrap_or(u8::MAX);
        proving.needed = further.saturating_add(1);
        proving.always = always.to_vec();
        proving.always.retain(|kind| kinds.contains(kind));
        proving.gates = with_ids(gates);
        Ok(proving)
    }

    /// Shows the methods, after all gates were passed.
    pub(super) async fn show_methods(&self, flow: Flow, proven: Proven) -> Outcome {
        match self.account(proven.anchor()).await {
            Ok(account) => match self.load_methods(&account, &proven.passed).await {
                Ok(managing) => self.flow_continues(flow, managing, None),
                Err(reason) => self.refuse_proven(flow, proven, reason),
            },
            Err(reason) => self.refuse_proven(flow, proven, reason),
        }
    }

    /// Returns the flow to suggest after a password was set: managing methods, if they are due for
    /// confirmation or none is registered and one could be.
    pub(super) async fn next_flow_kind(&self, account: &Account) -> Option<FlowKind> {
        if !self.offers(FlowKind::Methods) {
            return None;
        }
        let managing = self.load_methods(account, &[]).await.ok()?;
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
        let account = match self.account(managing.anchor()).await {
            Ok(account) => account,
            Err(reason @ (Reason::DirectoryUnreachable | Reason::Internal)) => {
                return Ok(self.flow_continues(flow, managing, Some(reason)));
            }
            Err(reason) => return Ok(Outcome::flow_ended(flow, reason)),
        };
        let pending = managing.pending.take();
        let done = match (operation, pending) {
            (Operation::Resume, None) => Ok(()),
            (Operation::Resume, pending) => {
                managing.pending = pending;
                return Ok(self.flow_continues(flow, managing, None));
            }
            (Operation::AddMethod { kind }, _) if managing.addable.contains(&kind) => {
                managing.pending = Some(self.offer(kind, &account).await?);
                return Ok(self.flow_continues(flow, managing, None));
            }
            (Operation::AddMethod { kind }, _) if self.is_self_registered(kind) => {
                Err(Reason::MethodPresent)
            }
            (Operation::ConfirmMethod { answer }, Some(pending)) => {
                match self.confirm(&mut flow, &managing, pending, &answer).await? {
                    ConfirmOutcome::Added(kind, from) => {
                        let done = from
                            .map_or(NoticeKind::Added(kind), |from| NoticeKind::Held(kind, from));
                        self.report_change(call, &flow, &account, done).await;
                        Ok(())
                    }
                    ConfirmOutcome::Retry(pending, reason) => {
                        managing.pending = Some(pending);
                        return Ok(self.flow_continues(flow, managing, Some(reason)));
                    }
                    ConfirmOutcome::GivenUp(reason) => Err(reason),
                    ConfirmOutcome::FlowEnded => {
                        return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
                    }
                }
            }
            (Operation::RemoveMethod { id: PENDING_ID }, _) => Ok(()),
            (Operation::RemoveMethod { id }, _) => {
                let mut methods = managing.methods.iter();
                let Some(method) = methods.find(|method| method.id == id && method.own) else {
                    return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
                };
                let mut passkeys = managing.passkeys.iter();
                let passkey = passkeys.find(|(number, _)| *number == id);
                let passkey = passkey.map(|(_, passkey)| passkey.to_vec());
                match self.may_remove(&managing, &account, method.kind).await {
                    Ok(true) => {}
                    Ok(false) => return Ok(Outcome::flow_ended(flow, Reason::FlowExpired)),
                    Err(reason) => return Ok(self.flow_continues(flow, managing, Some(reason))),
                }
                let hold = self.hold_on_next(&managing, method.kind);
                if !self.end_other_flows(&mut flow, hold).await? {
                    return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
                }
                let removed = self.remove(account.anchor, method.kind, passkey).await;
                if removed == Ok(true) {
                    let done = NoticeKind::Removed(method.kind);
                    self.report_change(call, &flow, &account, done).await;
                }
                removed.map(drop)
            }
            (Operation::ConfirmMethods, _) => {
                let confirmed = self.confirmed_name(account.anchor);
                let now = self.now();
                let confirm = move |tables: &Tables| tables.put(CONFIRMED, &confirmed, &now);
                self.parts.store.write(confirm).await?;
                if managing.has_passed(GateKind::HelpdeskPass)
                    && let Err(reason) = self.release(account.anchor).await
                {
                    return Ok(self.flow_continues(flow, managing, Some(reason)));
                }
                let account = hex(&account.anchor.0);
                tracing::info!(audit = true, account, "methods confirmed");
                Ok(())
            }
            _ => return Ok(Outcome::flow_ended(flow, Reason::FlowExpired)),
        };
        match self.load_methods(&account, &managing.passed).await {
            Ok(loaded) => Ok(self.flow_continues(flow, loaded, done.err())),
            Err(reason) => Ok(self.flow_continues(flow, managing, Some(reason))),
        }
    }

    /// Reports whether a method may be removed. A kind that is always required must have been
    /// passed in this flow, unless all methods of the kind are held, so that nobody has to wait for
    /// the end of the hold.
    async fn may_remove(
        &self,
        managing: &ManagingMethods,
        account: &Account,
        kind: GateKind,
    ) -> Result<bool, Reason> {
        if !self.is_always_required(kind) || managing.has_passed(kind) {
            return Ok(true);
        }
        let active = self.gates_of(account, kind).await?;
        Ok(active.is_empty())
    }

    /// Removes a method; returns `false` if it was already gone.
    async fn remove(
        &self,
        anchor: Anchor,
        kind: GateKind,
        passkey: Option<Vec<u8>>,
    ) -> Result<bool, Reason> {
        let methods = self.methods.clone();
        let removed = self.parts.store.write(move |tables| match (kind, passkey) {
            (GateKind::Passkey, Some(id)) => methods.remove_passkey(tables, anchor, &id),
            (GateKind::Passkey, None) => Ok(false),
            _ => methods.remove_in(tables, kind, anchor),
        });
        removed.await.map_err(|error| {
            tracing::error!(%error, "a method was not removed");
            Reason::StoreUnavailable
        })
    }

    /// Ends the account's other flows and holds the method that is about to be added. Called before
    /// the methods change, so that even if the agent stops then, no flow opened by the old methods
    /// continues. Returns `false` if another flow has ended this one meanwhile.
    pub(super) async fn end_other_flows(
        &self,
        flow: &mut Flow,
        hold: Option<Hold>,
    ) -> Result<bool, Fault> {
        let (key, mut marked) = (self.parts.store_key.clone(), flow.clone());
        let written = self.parts.store.write(move |tables| {
            if !ledger::is_current(tables, &marked)? {
                return Ok(None);
            }
            if let Some(hold) = hold {
                held::hold(tables, hold)?;
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
        self.mail_notice(call, flow.device, account, done).await;
        let account = hex(&account.anchor.0);
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
    async fn load_methods(
        &self,
        account: &Account,
        passed: &[GateKind],
    ) -> Result<ManagingMethods, Reason> {
        let anchor = account.anchor;
        let (mut methods, mut addable) = (Vec::new(), Vec::new());
        let mut ids = Vec::new();
        for kind in self.parts.rules.gates.kinds().iter().copied() {
            self.ensure_readable(kind, anchor).await?;
            let method = |hint, own, left| Method {
                id: 0,
                kind,
                hint,
                own,
                left,
                from: None,
            };
            let before = methods.len();
            match kind {
                GateKind::Authenticator => {
                    if self.method_ids(kind, anchor).await?.is_empty() {
                        addable.push(kind);
                    } else {
                        methods.push(method(None, true, None));
                    }
                }
                GateKind::RecoveryCode => {
                    // New codes can be made at any time; a set that is used up is shown too.
                    addable.push(kind);
                    if self.issued(kind, anchor).await.is_some() {
                        let unused = self.unused_codes(kind, anchor).await;
                        let unused = unused.map_err(|error| log_unreadable(&error))?;
                        let left = u64::try_from(unused.len()).ok();
                        methods.push(method(None, true, left));
                    }
                }
                GateKind::Passkey => {
                    let kept = self.passkeys(anchor).await;
                    if self.parts.passkeys.is_some() && kept.len() < MAX_PASSKEYS {
                        addable.push(kind);
                    }
                    for one in kept {
                        ids.push(one.passkey.cred_id().to_vec().into());
                        methods.push(method(Some(one.added.to_string()), true, None));
                    }
                }
                _ if kind.sends() => {
                    let gates = self.gates_of(account, kind).await?;
                    methods.extend(gates.into_iter().map(|gate| method(gate.hint, false, None)));
                }
                // A pass is issued by the helpdesk and is short-lived.
                _ => {}
            }
            if self.is_always_required(kind) {
                let added = methods.iter_mut().skip(before);
                for (method, id) in added.zip(self.method_ids(kind, anchor).await?) {
                    let from = self.held_until(kind, anchor, id.expose()).await?;
                    method.from = from.map(|from| from.to_string());
                }
            }
        }
        for (id, method) in (PENDING_ID + 1..).zip(&mut methods) {
            method.id = id;
        }
        // A person with a helpdesk pass releases the held methods by confirming them.
        let held = methods.iter().any(|method| method.from.is_some());
        let held = held && passed.contains(&GateKind::HelpdeskPass);
        let due = held || self.is_confirmation_due(anchor).await?;
        let passkeys = methods.iter().filter(|one| one.kind == GateKind::Passkey);
        let passkeys = passkeys.map(|one| one.id).zip(ids).collect();
        Ok(ManagingMethods {
            anchor: anchor.0.into(),
            due: !methods.is_empty() && due,
            methods,
            addable,
            passkeys,
            pending: None,
            passed: passed.to_vec(),
        })
    }

    /// Returns, for each method of a kind that people register, the value that distinguishes it
    /// from the account's others: a secret, a credential id or the id of a set of codes.
    pub(super) async fn method_ids(
        &self,
        kind: GateKind,
        anchor: Anchor,
    ) -> Result<Vec<Secret>, Reason> {
        Ok(match kind {
            GateKind::Authenticator => {
                let secret = self.methods.authenticator(anchor).await;
                let secret = secret.map_err(|error| log_unreadable(&error))?;
                secret.into_iter().collect()
            }
            GateKind::Passkey => {
                let kept = self.passkeys(anchor).await;
                let ids = kept.iter().map(|one| one.passkey.cred_id().to_vec());
                ids.map(Secret::new).collect()
            }
            GateKind::RecoveryCode => {
                let issued = self.issued(kind, anchor).await;
                let ids = issued.iter().map(|issued| issued.id().to_vec());
                ids.map(Secret::new).collect()
            }
            _ => Vec::new(),
        })
    }

    /// Reports whether people register methods of this kind themselves.
    fn is_self_registered(&self, kind: GateKind) -> bool {
        let own = matches!(
            kind,
            GateKind::Authenticator | GateKind::RecoveryCode | GateKind::Passkey
        );
        own && self.parts.rules.gates.kinds().contains(&kind)
    }

    /// Reports whether the methods of an account are due for confirmation.
    async fn is_confirmation_due(&self, anchor: Anchor) -> Result<bool, Reason> {
        let days = u64::from(self.parts.rules.reconfirm_days.get());
        if days == 0 {
            return Ok(false);
        }
        let name = self.confirmed_name(anchor);
        let read = self.parts.store.read(CONFIRMED, name.to_vec()).await;
        let bytes = read.map_err(|error| log_unreadable(&error))?;
        let at = bytes.and_then(|bytes| minicbor::decode::<u64>(&bytes).ok());
        Ok(at.is_none_or(|at| at.saturating_add(days * 86_400) <= self.now()))
    }

    /// Returns the key of an account in the `confirmed` table.
    pub(super) fn confirmed_name(&self, anchor: Anchor) -> [u8; 32] {
        self.parts.store_key.hash("confirmed", &[&anchor.0])
    }

    /// Fails if it cannot be determined whether an account has a method of a kind.
    async fn ensure_readable(&self, kind: GateKind, anchor: Anchor) -> Result<(), Reason> {
        let read = match kind {
            GateKind::Authenticator => self.methods.authenticator(anchor).await.map(drop),
            GateKind::Passkey => self.methods.passkeys(anchor).await.map(drop),
            _ if kind.is_issued() => self.methods.issued(kind, anchor).await.map(drop),
            _ => Ok(()),
        };
        read.map_err(|error| log_unreadable(&error))
    }

    /// Reads the account; fails if its password may not be reset at all.
    pub(super) async fn account(&self, anchor: Anchor) -> Result<Account, Reason> {
        let account = self
            .with_directory_timeout(self.parts.directory.account(anchor))
            .await;
        let account = account.inspect_err(super::password::log_failure);
        let account = account.map_err(|failure| failure.reason)?;
        ensure_usable(&account)?;
        Ok(account)
    }

    fn flow_continues(
        &self,
        mut flow: Flow,
        managing: ManagingMethods,
        reason: Option<Reason>,
    ) -> Outcome {
        flow.state = State::ManagingMethods(managing);
        Outcome::flow_continues(flow, reason, self.now())
    }
}

pub(super) fn log_unreadable(error: &dyn fmt::Display) -> Reason {
    tracing::error!(%error, "the methods of an account cannot be read");
    Reason::StoreUnavailable
}
