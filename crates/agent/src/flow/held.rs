//! Methods that do not count yet: of a kind that the tenant demands, one that is registered in the
//! place of another opens nothing for a day. So its owner hears of it before it does.

use super::methods::{ManagingMethods, unreadable};
use crate::agent::AgentContext;
use crate::store::{HELD, StoreError, Tables};
use postern_directory::Anchor;
use postern_protocol::{GateKind, Reason};

/// How long a method is held.
const HOLD_SECONDS: u64 = 24 * 60 * 60;

/// Of which method it is, and from when it counts.
pub(super) type Hold = ([u8; 32], u64);

/// Whether what has this name does not count yet.
pub(crate) fn is_held(tables: &Tables, name: &[u8; 32], now: u64) -> Result<bool, StoreError> {
    let from = tables.get::<u64>(HELD, name)?;
    Ok(from.is_some_and(|from| from > now))
}

/// Holds a method.
pub(super) fn hold(tables: &Tables, (name, from): Hold) -> Result<(), StoreError> {
    tables.put(HELD, &name, &from)
}

/// Forgets what counts by now.
pub(crate) fn purge(tables: &Tables, now: u64) -> Result<(), StoreError> {
    tables.retain(HELD, |bytes| {
        minicbor::decode::<u64>(bytes).is_ok_and(|from| from > now)
    })
}

impl AgentContext {
    /// Whether everybody has to pass a kind of gate.
    pub(super) fn demands(&self, kind: GateKind) -> bool {
        self.parts.rules.gates_always().contains(&kind)
    }

    /// The name of a method among those that are held. It is told from others of its kind by `id`;
    /// without one it is the place of the last of them, which was removed.
    pub(super) fn held_name(&self, kind: GateKind, anchor: Anchor, id: &[u8]) -> [u8; 32] {
        let parts = [kind.name().as_bytes(), &anchor.0, id];
        self.parts.store_key.hash("held", &parts)
    }

    /// Whether a method counts.
    pub(super) async fn counts(
        &self,
        kind: GateKind,
        anchor: Anchor,
        id: &[u8],
    ) -> Result<bool, Reason> {
        let held = self.held_until(kind, anchor, id).await?;
        Ok(held.is_none())
    }

    /// From when a method counts, if it does not yet.
    pub(super) async fn held_until(
        &self,
        kind: GateKind,
        anchor: Anchor,
        id: &[u8],
    ) -> Result<Option<u64>, Reason> {
        if !self.demands(kind) {
            return Ok(None);
        }
        let name = self.held_name(kind, anchor, id).to_vec();
        let read = self.parts.store.read(HELD, name).await;
        let bytes = read.map_err(|error| unreadable(&error))?;
        let from = bytes.map(|bytes| minicbor::decode::<u64>(&bytes));
        let from = from.transpose().map_err(|error| unreadable(&error))?;
        Ok(from.filter(|from| *from > self.now()))
    }

    /// The hold on a new method, unless it counts at once: because its kind is not demanded, was
    /// passed on the way here and is not just removed, because the helpdesk's pass was, or because
    /// it is the first of all.
    pub(super) async fn hold_on_new(
        &self,
        managing: &ManagingMethods,
        kind: GateKind,
        id: &[u8],
    ) -> Result<Option<Hold>, Reason> {
        let anchor = managing.anchor();
        if !self.demands(kind) || managing.has_passed(GateKind::HelpdeskPass) {
            return Ok(None);
        }
        let removed = self.held_until(kind, anchor, &[]).await?.is_some();
        let passed_or_first = managing.has_passed(kind) || managing.is_empty();
        let held = removed || !passed_or_first;
        Ok(held.then(|| self.hold_of(kind, anchor, id)))
    }

    /// The hold on what takes the place of a method that is about to be removed, if nothing of its
    /// kind is left then.
    pub(super) fn hold_on_next(&self, managing: &ManagingMethods, kind: GateKind) -> Option<Hold> {
        let held = self.demands(kind)
            && managing.count(kind) == 1
            && !managing.has_passed(GateKind::HelpdeskPass);
        held.then(|| self.hold_of(kind, managing.anchor(), &[]))
    }

    /// Lets all methods of an account count at once.
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
        written.await.map_err(|error| unreadable(&error))
    }

    fn hold_of(&self, kind: GateKind, anchor: Anchor, id: &[u8]) -> Hold {
        let from = self.now().saturating_add(HOLD_SECONDS);
        (self.held_name(kind, anchor, id), from)
    }
}
