//! Held methods: in a kind that the tenant always requires, a method registered in place of another
//! is not accepted for a day, so that the owner is notified before it can be used.

use super::methods::{ManagingMethods, log_unreadable};
use crate::agent::AgentContext;
use postern_directory::Anchor;
use postern_protocol::{GateKind, Reason};
use postern_store::store::{HELD, StoreError, Tables};

/// The time for which a method is held.
const HOLD_SECONDS: u64 = 24 * 60 * 60;

/// The key of the method in the `held` table, and the time from which the method is accepted, in
/// seconds since the Unix epoch.
pub(super) type Hold = ([u8; 32], u64);

/// Reports whether the method with this key is still held.
pub(crate) fn is_held(tables: &Tables, name: &[u8; 32], now: u64) -> Result<bool, StoreError> {
    let from = tables.get::<u64>(HELD, name)?;
    Ok(from.is_some_and(|from| from > now))
}

/// Holds a method.
pub(super) fn hold(tables: &Tables, (name, from): Hold) -> Result<(), StoreError> {
    tables.put(HELD, &name, &from)
}

/// Deletes the holds that have ended.
pub(crate) fn purge(tables: &Tables, now: u64) -> Result<(), StoreError> {
    tables.retain(HELD, |bytes| {
        minicbor::decode::<u64>(bytes).is_ok_and(|from| from > now)
    })
}

impl AgentContext {
    /// Reports whether the tenant requires this kind of gate of everybody.
    pub(super) fn is_always_required(&self, kind: GateKind) -> bool {
        self.parts.rules.gates_always().contains(&kind)
    }

    /// Returns the key of a method in the `held` table. `id` distinguishes the method from others
    /// of its kind; an empty `id` stands for the last method of the kind, which was removed.
    pub(super) fn held_name(&self, kind: GateKind, anchor: Anchor, id: &[u8]) -> [u8; 32] {
        let parts = [kind.name().as_bytes(), &anchor.0, id];
        self.parts.store_key.hash("held", &parts)
    }

    /// Reports whether a method is accepted, that is, not held.
    pub(super) async fn is_active(
        &self,
        kind: GateKind,
        anchor: Anchor,
        id: &[u8],
    ) -> Result<bool, Reason> {
        let held = self.held_until(kind, anchor, id).await?;
        Ok(held.is_none())
    }

    /// Returns the time until which a method is held; `None` if it is not held.
    pub(super) async fn held_until(
        &self,
        kind: GateKind,
        anchor: Anchor,
        id: &[u8],
    ) -> Result<Option<u64>, Reason> {
        if !self.is_always_required(kind) {
            return Ok(None);
        }
        let name = self.held_name(kind, anchor, id).to_vec();
        let read = self.parts.store.read(HELD, name).await;
        let bytes = read.map_err(|error| log_unreadable(&error))?;
        let from = bytes.map(|bytes| minicbor::decode::<u64>(&bytes));
        let from = from.transpose().map_err(|error| log_unreadable(&error))?;
        Ok(from.filter(|from| *from > self.now()))
    }

    /// Returns the hold on a new method; `None` if the method is accepted at once: its kind is not
    /// always required, or a helpdesk pass was used, or the kind was passed in this flow or the
    /// account has no method at all, unless the last method of the kind was just removed.
    pub(super) async fn hold_on_new(
        &self,
        managing: &ManagingMethods,
        kind: GateKind,
        id: &[u8],
    ) -> Result<Option<Hold>, Reason> {
        let anchor = managing.anchor();
        if !self.is_always_required(kind) || managing.has_passed(GateKind::HelpdeskPass) {
            return Ok(None);
        }
        let removed = self.held_until(kind, anchor, &[]).await?.is_some();
        let passed_or_first = managing.has_passed(kind) || managing.is_empty();
        let held = removed || !passed_or_first;
        Ok(held.then(|| self.new_hold(kind, anchor, id)))
    }

    /// Returns the hold on the successor of a method that is about to be removed, if it is the last
    /// of its kind.
    pub(super) fn hold_on_next(&self, managing: &ManagingMethods, kind: GateKind) -> Option<Hold> {
        let held = self.is_always_required(kind)
            && managing.count(kind) == 1
            && !managing.has_passed(GateKind::HelpdeskPass);
        held.then(|| self.new_hold(kind, managing.anchor(), &[]))
    }

    /// Releases all held methods of an account.
    pub(super) async fn release(&self, anchor: Anchor) -> Result<(), Reason> {
        let mut names = Vec::new();
        for kind in self.parts.rules.gates_always().iter().copied() {
            for id in self.method_ids(kind, anchor).await? {
                names.push(self.held_name(kind, anchor, id.expose()));
            }
        }
        let written = self.parts.store.write(move |tables| {
            let mut names = names.iter();
            names.try_for_each(|name| tables.remove(HELD, name))
        });
        written.await.map_err(|error| log_unreadable(&error))
    }

    fn new_hold(&self, kind: GateKind, anchor: Anchor, id: &[u8]) -> Hold {
        let from = self.now().saturating_add(HOLD_SECONDS);
        (self.held_name(kind, anchor, id), from)
    }
}
