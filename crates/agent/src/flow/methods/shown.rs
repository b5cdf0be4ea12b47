//! The methods as they are shown: the state of a flow, and reading it.

use super::Methods;
use super::add::Pending;
use crate::flow::account_gates::AccountGates;
use crate::flow::log_unreadable;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use postern_directory::{Account, Anchor};
use postern_gates::AccountMethod;
use postern_protocol::{GateKind, Method, Reason, Step};
use postern_store::store::CONFIRMED;

const DAY_SECONDS: u64 = 24 * 60 * 60;

/// The state after signing in: the methods as last shown.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct ManagingMethods {
    #[n(0)]
    anchor: ByteArray<16>,
    #[n(1)]
    pub(super) methods: Vec<Method>,
    #[n(2)]
    pub(super) addable: Vec<GateKind>,
    /// The methods are due for confirmation.
    #[n(3)]
    pub(super) due: bool,
    /// Keyed hashes that find the methods again, by the ids under which they are shown.
    #[n(5)]
    #[cbor(default)]
    pub(super) names: Vec<(u8, ByteVec)>,
    /// The method that is being added. It is not accepted yet, and is discarded with its flow.
    #[n(4)]
    pub(super) pending: Option<Pending>,
    /// The kinds of gates passed in this flow.
    #[n(6)]
    #[cbor(default)]
    pub(super) passed: Vec<GateKind>,
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

    pub(in crate::flow) fn anchor(&self) -> Anchor {
        Anchor(*self.anchor)
    }

    /// Reports whether a kind of gate was passed in this flow.
    pub(in crate::flow) fn has_passed(&self, kind: GateKind) -> bool {
        self.passed.contains(&kind)
    }

    /// Reports whether the account has no method at all.
    pub(in crate::flow) fn is_empty(&self) -> bool {
        self.methods.is_empty()
    }

    /// Returns the number of the account's methods of a kind.
    pub(in crate::flow) fn count(&self, kind: GateKind) -> usize {
        let matching = self.methods.iter().filter(|method| method.kind == kind);
        matching.count()
    }
}

impl Methods {
    /// Reads the current methods of an account.
    pub(super) async fn load(
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
    pub(super) fn name_of(&self, kind: GateKind, method: &AccountMethod) -> ByteVec {
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
}
