//! One's own methods: seen, added, removed and confirmed, by whoever has signed in with the current
//! password and, where the account has any other gate, with that too.

use super::identify::{numbered, usable};
use super::new_method::{Confirmed, Pending};
use super::outcome::{Fault, Outcome};
use super::{Flow, Proven, Proving, State};
use crate::agent::Inner;
use crate::files::hex;
use crate::gates::passkey::MOST;
use crate::request::Call;
use crate::store::{CONFIRMED, Tables};
use crate::words::Done;
use core::fmt;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use postern_directory::{Account, Anchor};
use postern_protocol::{Errand, GateKind, Method, Operation, Reason, Step};

/// The number of a method that is not yet confirmed.
const PENDING: u8 = 0;

/// Signed in: the methods as they were shown last.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Managing {
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
}

impl Managing {
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
}

impl Inner {
    /// The current password was right: opens all other gates of the account, one of which is
    /// needed too if there is any. What cannot be read must not look like nothing.
    pub(super) async fn with_further_gates(&self, mut proving: Proving) -> Result<Proving, Reason> {
        let Some(anchor) = proving.anchor else {
            return Ok(proving);
        };
        let account = self.account(Anchor(*anchor)).await?;
        let mut gates = proving.gates;
        for kind in self.parts.rules.gates.kinds() {
            self.readable(*kind, account.anchor).await?;
            gates.extend(self.gates_of(&account, *kind).await?);
        }
        proving.needed = if gates.len() > 1 { 2 } else { 1 };
        proving.gates = numbered(gates);
        Ok(proving)
    }

    /// All gates are passed: shows the methods.
    pub(super) async fn methods(&self, flow: Flow, proven: Proven) -> Outcome {
        match self.account(proven.anchor()).await {
            Ok(account) => match self.gathered(&account).await {
                Ok(managing) => self.stands(flow, managing, None),
                Err(reason) => self.refuse(flow, proven, reason),
            },
            Err(reason) => self.refuse(flow, proven, reason),
        }
    }

    /// What is worth doing after a password was set: to look after one's methods, where that is
    /// due or nothing of one's own is registered.
    pub(super) async fn next_errand(&self, account: &Account) -> Option<Errand> {
        let offered = self.parts.rules.errands.offered();
        if !offered.contains(&Errand::Methods) {
            return None;
        }
        let managing = self.gathered(account).await.ok()?;
        let own = managing.methods.iter().any(|method| method.own);
        (managing.due || (!own && !managing.addable.is_empty())).then_some(Errand::Methods)
    }

    /// One operation on the methods. Whatever is not the confirmation of a new method gives up
    /// the one that was being added.
    pub(crate) async fn manage(
        &self,
        call: &Call,
        flow: Flow,
        mut managing: Managing,
        operation: Operation,
    ) -> Result<Outcome, Fault> {
        // One flow of an account after the other: they change the same methods.
        let _account = self.flows.hold(*flow.subject).await;
        let account = match self.account(managing.anchor()).await {
            Ok(account) => account,
            Err(reason @ (Reason::DirectoryUnreachable | Reason::Internal)) => {
                return Ok(self.stands(flow, managing, Some(reason)));
            }
            Err(reason) => return Ok(Outcome::over(flow, reason)),
        };
        let pending = managing.pending.take();
        let done = match (operation, pending) {
            (Operation::Resume, None) => Ok(()),
            (Operation::Resume, pending) => {
                managing.pending = pending;
                return Ok(self.stands(flow, managing, None));
            }
            (Operation::AddMethod { kind }, _) if managing.addable.contains(&kind) => {
                managing.pending = Some(self.offer(kind, &account).await?);
                return Ok(self.stands(flow, managing, None));
            }
            (Operation::AddMethod { kind }, _) if self.is_own(kind) => Err(Reason::MethodPresent),
            (Operation::ConfirmMethod { answer }, Some(pending)) => {
                match self.confirm(&managing, pending, &answer).await? {
                    Confirmed::Kept(kind) => {
                        self.tell(call, &flow, &account, Done::Added(kind)).await;
                        Ok(())
                    }
                    Confirmed::Not(pending, reason) => {
                        managing.pending = Some(pending);
                        return Ok(self.stands(flow, managing, Some(reason)));
                    }
                    Confirmed::GivenUp(reason) => Err(reason),
                }
            }
            (Operation::RemoveMethod { id: PENDING }, _) => Ok(()),
            (Operation::RemoveMethod { id }, _) => {
                let mut methods = managing.methods.iter();
                let Some(method) = methods.find(|method| method.id == id && method.own) else {
                    return Ok(Outcome::over(flow, Reason::FlowExpired));
                };
                let mut passkeys = managing.passkeys.iter();
                let passkey = passkeys.find(|(number, _)| *number == id);
                let passkey = passkey.map(|(_, passkey)| passkey.to_vec());
                let removed = self.remove(account.anchor, method.kind, passkey).await;
                if removed == Ok(true) {
                    let done = Done::Removed(method.kind);
                    self.tell(call, &flow, &account, done).await;
                }
                removed.map(drop)
            }
            (Operation::ConfirmMethods, _) => {
                let confirmed = self.confirmed_name(account.anchor);
                let now = self.now();
                let confirm = move |tables: &Tables| tables.put(CONFIRMED, &confirmed, &now);
                self.parts.store.write(confirm).await?;
                let account = hex(&account.anchor.0);
                tracing::info!(audit = true, account, "methods confirmed");
                Ok(())
            }
            _ => return Ok(Outcome::over(flow, Reason::FlowExpired)),
        };
        match self.gathered(&account).await {
            Ok(gathered) => Ok(self.stands(flow, gathered, done.err())),
            Err(reason) => Ok(self.stands(flow, managing, Some(reason))),
        }
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

    /// Tells every address and the log of a change.
    async fn tell(&self, call: &Call, flow: &Flow, account: &Account, done: Done) {
        self.mail_notice(call, flow.device, account, done).await;
        let account = hex(&account.anchor.0);
        match done {
            Done::Added(kind) => {
                let kind = kind.name();
                tracing::info!(audit = true, account, kind, "method added");
            }
            Done::Removed(kind) => {
                let kind = kind.name();
                tracing::info!(audit = true, account, kind, "method removed");
            }
            Done::Reset | Done::Changed | Done::Unlocked => {}
        }
    }

    /// The methods of an account as they are now.
    async fn gathered(&self, account: &Account) -> Result<Managing, Reason> {
        let anchor = account.anchor;
        let (mut methods, mut addable) = (Vec::new(), Vec::new());
        let mut ids = Vec::new();
        for kind in self.parts.rules.gates.kinds().iter().copied() {
            self.readable(kind, anchor).await?;
            let method = |hint, own, left| Method {
                id: 0,
                kind,
                hint,
                own,
                left,
            };
            let gates = self.gates_of(account, kind).await?;
            match kind {
                GateKind::Authenticator if gates.is_empty() => addable.push(kind),
                GateKind::Authenticator => methods.push(method(None, true, None)),
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
                    methods.extend(gates.into_iter().map(|gate| method(gate.hint, false, None)));
                }
                // A pass comes from the helpdesk, and is not for long.
                _ => {}
            }
        }
        for (id, method) in (PENDING + 1..).zip(&mut methods) {
            method.id = id;
        }
        let passkeys = methods.iter().filter(|one| one.kind == GateKind::Passkey);
        let passkeys = passkeys.map(|one| one.id).zip(ids).collect();
        Ok(Managing {
            anchor: anchor.0.into(),
            due: !methods.is_empty() && self.is_due(anchor).await?,
            methods,
            addable,
            passkeys,
            pending: None,
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
    async fn readable(&self, kind: GateKind, anchor: Anchor) -> Result<(), Reason> {
        let read = match kind {
            GateKind::Authenticator => self.methods.authenticator(anchor).await.map(drop),
            GateKind::Passkey => self.methods.passkeys(anchor).await.map(drop),
            _ if kind.is_issued() => self.methods.issued(kind, anchor).await.map(drop),
            _ => Ok(()),
        };
        read.map_err(|error| unreadable(&error))
    }

    /// The account, read just now, if its password may be reset at all.
    async fn account(&self, anchor: Anchor) -> Result<Account, Reason> {
        let account = self.asked(self.parts.directory.account(anchor)).await;
        let account = account.inspect_err(super::password::logged);
        let account = account.map_err(|failure| failure.reason)?;
        usable(&account)?;
        Ok(account)
    }

    fn stands(&self, mut flow: Flow, managing: Managing, reason: Option<Reason>) -> Outcome {
        flow.state = State::Managing(managing);
        Outcome::stands(flow, reason, self.now())
    }
}

fn unreadable(error: &dyn fmt::Display) -> Reason {
    tracing::error!(%error, "the methods of an account cannot be read");
    Reason::StoreUnavailable
}
