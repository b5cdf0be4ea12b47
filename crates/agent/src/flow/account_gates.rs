//! The gates of an account: those that are open to it, and how many it has to pass.

use super::holds::Holds;
use super::log_unreadable;
use crate::config::Rules;
use postern_directory::Account;
use postern_gates::{AccountMethod, Gate, Gates, OpenGate};
use postern_protocol::{FlowKind, GateKind, Reason};
use std::sync::Arc;

/// The gates that an account has to pass.
pub(super) struct Required {
    pub gates: Vec<OpenGate>,
    /// The number of gates of different kinds required.
    pub needed: u8,
    /// The kinds that must be among those passed.
    pub always: Vec<GateKind>,
}

/// The gates of accounts, as the tenant's rules use them.
#[derive(Clone)]
pub(crate) struct AccountGates {
    pub gates: Gates,
    pub holds: Holds,
    pub rules: Arc<Rules>,
}

impl AccountGates {
    /// Returns the gates that the tenant uses.
    pub(super) fn used(&self) -> impl Iterator<Item = &Arc<dyn Gate>> {
        let kinds = self.rules.gates.kinds().iter();
        kinds.filter_map(|kind| self.gates.get(*kind))
    }

    /// Returns an account's methods of a kind. Methods that cannot be read are an error: they must
    /// not be taken for missing.
    pub(super) async fn methods(
        gate: &dyn Gate,
        account: &Account,
    ) -> Result<Vec<AccountMethod>, Reason> {
        let methods = gate.methods(account).await;
        methods.map_err(|error| log_unreadable(&error))
    }

    /// Returns the open gates of a kind of an account: those whose methods are not held.
    pub(super) async fn open(
        &self,
        gate: &dyn Gate,
        account: &Account,
        methods: Vec<AccountMethod>,
    ) -> Result<Vec<OpenGate>, Reason> {
        let mut active = Vec::new();
        for method in methods {
            let held = match &method.id {
                Some(id) => {
                    let held = self.holds.until(gate.kind(), account.anchor, id.expose());
                    held.await?.is_some()
                }
                None => false,
            };
            if !held {
                active.push(method);
            }
        }
        Ok(gate.offer(&active))
    }

    /// Returns the gates of an account for a reset, some of whose kinds are passed already. Those
    /// count even if the account has none left: a code that was used to pass may have been the
    /// last. Methods that cannot be read are left out.
    pub(super) async fn for_reset(
        &self,
        account: &Account,
        passed: &[GateKind],
    ) -> Result<Required, Reason> {
        let mut kinds = passed.to_vec();
        let mut gates = Vec::new();
        for gate in self.used() {
            let kind = gate.kind();
            let methods = gate.methods(account).await.unwrap_or_else(|error| {
                tracing::error!(%error, kind = kind.name(), "methods are left out");
                Vec::new()
            });
            let open = self.open(gate.as_ref(), account, methods).await?;
            if !open.is_empty() && !kinds.contains(&kind) {
                kinds.push(kind);
            }
            gates.extend(open);
        }
        let needed = self.needed(account.two_gates);
        let always = self.rules.gates_always().to_vec();
        let has_all = always.iter().all(|kind| kinds.contains(kind));
        if !has_all || kinds.len() < usize::from(needed) {
            return Err(Reason::TooFewGates);
        }
        Ok(Required {
            gates: with_ids(gates),
            needed,
            always,
        })
    }

    /// Returns the gates of an account besides its current password, which was passed: as many as
    /// the tenant's policy requires, of the kinds that the account has. Managing methods requires
    /// as many as a reset; for a change the password is one of them. `None` if no more are
    /// required.
    pub(super) async fn after_password(
        &self,
        flow_kind: FlowKind,
        account: &Account,
        before: Vec<OpenGate>,
    ) -> Result<Option<Required>, Reason> {
        let mut always = self.rules.gates_always().to_vec();
        let needed = usize::from(self.needed(account.two_gates));
        let further = match flow_kind {
            FlowKind::Change => always.len().max(needed.saturating_sub(1)),
            _ => needed,
        };
        if further == 0 {
            return Ok(None);
        }
        let mut kinds = Vec::new();
        let mut gates = before;
        for gate in self.used() {
            let methods = Self::methods(gate.as_ref(), account).await?;
            let open = self.open(gate.as_ref(), account, methods).await?;
            if !open.is_empty() {
                kinds.push(gate.kind());
            }
            gates.extend(open);
        }
        let further = u8::try_from(further.min(kinds.len())).unwrap_or(u8::MAX);
        always.retain(|kind| kinds.contains(kind));
        Ok(Some(Required {
            gates: with_ids(gates),
            needed: further.saturating_add(1),
            always,
        }))
    }

    /// Returns the gates for a reset that are shown for every name alike.
    pub(super) fn uniform(&self, account: Option<&Account>) -> Required {
        let gates = self.used().map(|gate| gate.uniform(account));
        Required {
            gates: with_ids(gates.collect()),
            needed: self.needed(false),
            always: self.rules.gates_always().to_vec(),
        }
    }

    /// Returns the number of gates of different kinds required. An account with `two_gates` is in a
    /// group for which one is never enough.
    fn needed(&self, two_gates: bool) -> u8 {
        let required = usize::from(self.rules.gates_required.get());
        let required = required.max(self.rules.gates_always().len());
        let required = required.max(if two_gates { 2 } else { 1 });
        u8::try_from(required).unwrap_or(u8::MAX)
    }
}

/// Returns the one gate of a change and of managing methods at their beginning.
pub(super) fn current_password() -> Required {
    Required {
        gates: with_ids(vec![OpenGate::new(GateKind::Password)]),
        needed: 1,
        always: Vec::new(),
    }
}

fn with_ids(mut gates: Vec<OpenGate>) -> Vec<OpenGate> {
    for (id, gate) in (1..).zip(&mut gates) {
        gate.id = id;
    }
    gates
}
