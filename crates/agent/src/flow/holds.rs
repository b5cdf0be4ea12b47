//! Held methods: in a kind that the tenant always requires, a method registered in place of another
//! is not accepted for a day, so that the owner is notified before it can be used.

use super::log_unreadable;
use super::methods::ManagingMethods;
use crate::config::Rules;
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::{GateKind, Reason};
use postern_store::Memory;
use postern_store::store::{HELD, StoreError, Tables};
use std::sync::Arc;

/// The time for which a method is held.
const HOLD_SECONDS: u64 = 24 * 60 * 60;

/// The key of the method in the `held` table, and the time from which the method is accepted, in
/// seconds since the Unix epoch.
pub(super) type Hold = ([u8; 32], u64);

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

/// The held methods of accounts.
#[derive(Clone)]
pub(crate) struct Holds {
    pub memory: Memory,
    pub rules: Arc<Rules>,
}

impl Holds {
    /// Reports whether the tenant requires this kind of gate of everybody. Only methods of such
    /// kinds are ever held.
    pub(super) fn is_always_required(&self, kind: GateKind) -> bool {
        self.rules.gates_always().contains(&kind)
    }

    /// Reports, within a transaction, whether a method is held.
    pub(super) fn is_held(
        &self,
        tables: &Tables,
        kind: GateKind,
        anchor: Anchor,
        id: &[u8],
        now: u64,
    ) -> Result<bool, StoreError> {
        if !self.is_always_required(kind) {
            return Ok(false);
        }
        let from = tables.get::<u64>(HELD, &self.name(kind, anchor, id))?;
        Ok(from.is_some_and(|from| from > now))
    }

    /// Returns the time until which a method is held; `None` if it is not held. An empty `id`
    /// stands for the last method of the kind, which was removed.
    pub(super) async fn until(
        &self,
        kind: GateKind,
        anchor: Anchor,
        id: &[u8],
    ) -> Result<Option<u64>, Reason> {
        if !self.is_always_required(kind) {
            return Ok(None);
        }
        let name = self.name(kind, anchor, id).to_vec();
        let read = self.memory.store.read(HELD, name).await;
        let bytes = read.map_err(|error| log_unreadable(&error))?;
        let from = bytes.map(|bytes| minicbor::decode::<u64>(&bytes));
        let from = from.transpose().map_err(|error| log_unreadable(&error))?;
        Ok(from.filter(|from| *from > self.memory.now()))
    }

    /// Returns the hold on a new method; `None` if the method is accepted at once: its kind is not
    /// always required, or a helpdesk pass was used, or the kind was passed in this flow or the
    /// account has no method at all, unless the last method of the kind was just removed.
    pub(super) async fn on_new(
        &self,
        managing: &ManagingMethods,
        kind: GateKind,
        id: &[u8],
    ) -> Result<Option<Hold>, Reason> {
        let anchor = managing.anchor();
        if !self.is_always_required(kind) || managing.has_passed(GateKind::HelpdeskPass) {
            return Ok(None);
        }
        let removed = self.until(kind, anchor, &[]).await?.is_some();
        let passed_or_first = managing.has_passed(kind) || managing.is_empty();
        let held = removed || !passed_or_first;
        Ok(held.then(|| self.new_hold(kind, anchor, id)))
    }

    /// Returns the hold on the successor of a method that is about to be removed, if it is the last
    /// of its kind.
    pub(super) fn on_next(&self, managing: &ManagingMethods, kind: GateKind) -> Option<Hold> {
        let held = self.is_always_required(kind)
            && managing.count(kind) == 1
            && !managing.has_passed(GateKind::HelpdeskPass);
        held.then(|| self.new_hold(kind, managing.anchor(), &[]))
    }

    /// Releases the methods of an account with these kinds and ids.
    pub(super) async fn release(
        &self,
        anchor: Anchor,
        methods: Vec<(GateKind, Secret)>,
    ) -> Result<(), Reason> {
        let names = methods.iter();
        let names: Vec<_> = names
            .map(|(kind, id)| self.name(*kind, anchor, id.expose()))
            .collect();
        let written = self.memory.store.write(move |tables| {
            let mut names = names.iter();
            names.try_for_each(|name| tables.remove(HELD, name))
        });
        written.await.map_err(|error| log_unreadable(&error))
    }

    fn new_hold(&self, kind: GateKind, anchor: Anchor, id: &[u8]) -> Hold {
        let from = self.memory.now().saturating_add(HOLD_SECONDS);
        (self.name(kind, anchor, id), from)
    }

    /// Returns the key of a method in the `held` table.
    fn name(&self, kind: GateKind, anchor: Anchor, id: &[u8]) -> [u8; 32] {
        let parts = [kind.name().as_bytes(), &anchor.0, id];
        self.memory.key.hash("held", &parts)
    }
}
