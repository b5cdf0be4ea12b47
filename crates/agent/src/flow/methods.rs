//! One's own methods: seen, added, removed and confirmed, by whoever has signed in with the current
//! password and, as far as the account has them, with the gates that a reset asks for.

use super::held::{self, Hold};
use super::identify::{numbered, usable};
use super::new_method::{Confirmed, Pending};
use super::outcome::{Fault, Outcome};
use super::{Flow, Proven, Proving, State, ledger};
use crate::agent::AgentContext;
use crate::files::hex;
use crate::gates::passkey::MOST;
use crate::request::RequestContext;
use crate::store::{CONFIRMED, Tables};
use crate::words::NoticeKind;
use core::fmt;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use postern_directory::{Account, Anchor};
use postern_envelope::Secret;
use postern_protocol::{FlowKind, GateKind, Method, Operation, Reason, Step};

/// The number of a method that is not yet confirmed.
const PENDING: u8 = 0;

/// Signed in: the methods as they were shown last.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct ManagingMethods {
    #[n(0)]
    anchor: ByteArray<16>,
    #[n(1)]
    methods: Vec<Method>,
    #[n(2)]
    addable: Vec<GateKind>,
    /// It is time to confirm them.
    #[n(3)]
    pub(super) due: bool,
    /// The ids of the passkeys, by the numbers of their methods.
    #[n(5)]
    #[cbor(default)]
    passkeys: Vec<(u8, ByteVec)>,
    /// The method that is being added. It counts for nothing yet, and goes with its flow.
    #[n(4)]
    pending: Option<Pending>,
    /// The kinds of gates that were passed on the way here.
    #[n(6)]
    #[cbor(default)]
    passed: Vec<GateKind>,
}

impl ManagingMethods {
    /// What the person sees.
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

    /// Whether a kind of gate was passed on the way here.
    pub(super) fn has_passed(&self, kind: GateKind) -> bool {
        self.passed.contains(&kind)
    }

    /// Whether the account has no method at all.
    pub(super) fn is_empty(&self) -> bool {
        self.methods.is_empty()
    }

    /// How many methods of a kind the account has.
    pub(super) fn count(&self, kind: GateKind) -> usize {
        let of_kind = self.methods.iter().filter(|method| method.kind == kind);
        of_kind.count()
    }
}

impl AgentContext {
    /// The current password was right: opens the other gates that the tenant's policy asks for, of
    /// the kinds that the account has. For methods that is as many as for a reset; for a change the
    /// password is one of them. What cannot be read must not look like nothing.
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
            usize::from(self.needed(account.two_gates)),
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
        proving.gates = numbered(gates);
        Ok(proving)
    }

    /// All gates are passed: shows the methods.
    pub(super) async fn methods(&self, flow: Flow, proven: Proven) -> Outcome {
        match self.account(proven.anchor()).await {
            Ok(account) => match self.load_methods(&account, &proven.passed).await {
                Ok(managing) => self.flow_continues(flow, managing, None),
                Err(reason) => self.refuse(flow, proven, reason),
            },
            Err(reason) => self.refuse(flow, proven, reason),
        }
    }

    /// What is worth doing after a password was set: to look after one's methods, where that is
    /// due or nothing of one's own is registered.
    pub(super) async fn next_flow_kind(&self, account: &Account) -> Option<FlowKind> {
        if !self.offers(FlowKind::Methods) {
            return None;
        }
        let managing = self.load_methods(account, &[]).await.ok()?;
        let own = managing.methods.iter().any(|method| method.own);
        (managing.due || (!own && !managing.addable.is_empty())).then_some(FlowKind::Methods)
    }

    /// One operation on the methods. Whatever is not the confirmation of a new method gives up
    /// the one that was being added.
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
            (Operation::AddMethod { kind }, _) if self.is_own(kind) => Err(Reason::MethodPresent),
            (Operation::ConfirmMethod { answer }, Some(pending)) => {
                match self.confirm(&mut flow, &managing, pending, &answer).await? {
                    Confirmed::Kept(kind, from) => {
                        let done = from
                            .map_or(NoticeKind::Added(kind), |from| NoticeKind::Held(kind, from));
                        self.tell(call, &flow, &account, done).await;
                        Ok(())
                    }
                    Confirmed::Not(pending, reason) => {
                        managing.pending = Some(pending);
                        return Ok(self.flow_continues(flow, managing, Some(reason)));
                    }
                    Confirmed::GivenUp(reason) => Err(reason),
                    Confirmed::Ended => return Ok(Outcome::flow_ended(flow, Reason::FlowExpired)),
                }
            }
            (Operation::RemoveMethod { id: PENDING }, _) => Ok(()),
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
                    self.tell(call, &flow, &account, done).await;
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

    /// Whether a method may be removed: of a kind that the tenant demands, only by whoever has passed
    /// it on the way here. What does not count yet may be, so that nobody has to wait for it.
    async fn may_remove(
        &self,
        managing: &ManagingMethods,
        account: &Account,
        kind: GateKind,
    ) -> Result<bool, Reason> {
        if !self.demands(kind) || managing.has_passed(kind) {
            return Ok(true);
        }
        let counting = self.gates_of(account, kind).await?;
        Ok(counting.is_empty())
    }

    /// Removes a method; `false` if it was gone already.
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

    /// Ends the account's other flows, and holds what is about to be added. Before its methods
    /// change: whatever stops the agent then, nothing goes on that was opened by the old ones.
    /// `false` if it was this flow that another has ended meanwhile.
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

    /// Tells every address and the log of a change.
    async fn tell(&self, call: &RequestContext, flow: &Flow, account: &Account, done: NoticeKind) {
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

    /// The methods of an account as they are now.
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
                    // New ones can be made at any time; those that are used up are shown too.
                    addable.push(kind);
                    if self.issued(kind, anchor).await.is_some() {
                        let unused = self.unused_codes(kind, anchor).await;
                        let unused = unused.map_err(|error| unreadable(&error))?;
                        let left = u64::try_from(unused.len()).ok();
                        methods.push(method(None, true, left));
                    }
                }
                GateKind::Passkey => {
                    let kept = self.passkeys(anchor).await;
                    if self.parts.passkeys.is_some() && kept.len() < MOST {
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
                // A pass comes from the helpdesk, and is not for long.
                _ => {}
            }
            if self.demands(kind) {
                let added = methods.iter_mut().skip(before);
                for (method, id) in added.zip(self.method_ids(kind, anchor).await?) {
                    let from = self.held_until(kind, anchor, id.expose()).await?;
                    method.from = from.map(|from| from.to_string());
                }
            }
        }
        for (id, method) in (PENDING + 1..).zip(&mut methods) {
            method.id = id;
        }
        // Who comes with a pass says by confirming them that those which are held are right.
        let held = methods.iter().any(|method| method.from.is_some());
        let held = held && passed.contains(&GateKind::HelpdeskPass);
        let due = held || self.is_due(anchor).await?;
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

    /// What tells each of the methods of a kind that people register from others of an account.
    pub(super) async fn method_ids(
        &self,
        kind: GateKind,
        anchor: Anchor,
    ) -> Result<Vec<Secret>, Reason> {
        Ok(match kind {
            GateKind::Authenticator => {
                let secret = self.methods.authenticator(anchor).await;
                let secret = secret.map_err(|error| unreadable(&error))?;
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

    /// Whether people register methods of a kind here.
    fn is_own(&self, kind: GateKind) -> bool {
        let own = matches!(
            kind,
            GateKind::Authenticator | GateKind::RecoveryCode | GateKind::Passkey
        );
        own && self.parts.rules.gates.kinds().contains(&kind)
    }

    /// Whether it is time to confirm the methods of an account.
    async fn is_due(&self, anchor: Anchor) -> Result<bool, Reason> {
        let days = u64::from(self.parts.rules.reconfirm_days.get());
        if days == 0 {
            return Ok(false);
        }
        let name = self.confirmed_name(anchor);
        let read = self.parts.store.read(CONFIRMED, name.to_vec()).await;
        let bytes = read.map_err(|error| unreadable(&error))?;
        let at = bytes.and_then(|bytes| minicbor::decode::<u64>(&bytes).ok());
        Ok(at.is_none_or(|at| at.saturating_add(days * 86_400) <= self.now()))
    }

    /// Under which name it is kept when the methods of an account were confirmed.
    pub(super) fn confirmed_name(&self, anchor: Anchor) -> [u8; 32] {
        self.parts.store_key.hash("confirmed", &[&anchor.0])
    }

    /// An error where it cannot be known whether an account has a method of a kind.
    async fn ensure_readable(&self, kind: GateKind, anchor: Anchor) -> Result<(), Reason> {
        let read = match kind {
            GateKind::Authenticator => self.methods.authenticator(anchor).await.map(drop),
            GateKind::Passkey => self.methods.passkeys(anchor).await.map(drop),
            _ if kind.is_issued() => self.methods.issued(kind, anchor).await.map(drop),
            _ => Ok(()),
        };
        read.map_err(|error| unreadable(&error))
    }

    /// The account, read just now, if its password may be reset at all.
    pub(super) async fn account(&self, anchor: Anchor) -> Result<Account, Reason> {
        let account = self
            .with_directory_timeout(self.parts.directory.account(anchor))
            .await;
        let account = account.inspect_err(super::password::logged);
        let account = account.map_err(|failure| failure.reason)?;
        usable(&account)?;
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

pub(super) fn unreadable(error: &dyn fmt::Display) -> Reason {
    tracing::error!(%error, "the methods of an account cannot be read");
    Reason::StoreUnavailable
}
