//! The removal of a method.

use super::{Managed, ManagingMethods, Methods};
use crate::context::RequestContext;
use crate::flow::Flow;
use crate::flow::account_gates::AccountGates;
use crate::flow::outcome::Fault;
use postern_directory::Account;
use postern_envelope::Secret;
use postern_gates::{AccountMethod, Gate};
use postern_notify::wording::NoticeKind;
use postern_protocol::{GateKind, Reason};
use postern_store::store::{StoreError, Tables};
use std::sync::Arc;

impl Methods {
    /// Removes a method, which must be one of the person's own.
    pub(super) async fn remove(
        &self,
        call: &RequestContext,
        flow: &mut Flow,
        managing: &ManagingMethods,
        account: &Account,
        id: u8,
    ) -> Result<Managed, Fault> {
        let Some((kind, gate)) = self.own_method(managing, id) else {
            return Ok(Managed::End);
        };
        let present = match AccountGates::methods(gate.as_ref(), account).await {
            Ok(present) => present,
            Err(reason) => return Ok(Managed::Keep(Some(reason))),
        };
        let may_remove = self.may_remove(managing, account, gate.as_ref(), &present);
        match may_remove.await {
            Ok(true) => {}
            Ok(false) => return Ok(Managed::End),
            Err(reason) => return Ok(Managed::Keep(Some(reason))),
        }
        let mut names = managing.names.iter();
        let name = names.find(|(shown, _)| *shown == id).map(|(_, name)| name);
        let mut methods = present.into_iter();
        let method = methods.find(|method| Some(&self.name_of(kind, method)) == name);
        let Some(method_id) = method.and_then(|method| method.id) else {
            // It is gone already.
            return Ok(Managed::Reload(None));
        };
        let hold = self.holds.on_next(managing, kind);
        if !self.end_other_flows(flow, hold).await? {
            return Ok(Managed::End);
        }
        match self.remove_stored(gate, account, method_id).await {
            Ok(removed) => {
                if removed {
                    let done = NoticeKind::Removed(kind);
                    self.report_change(call, flow, account, done).await;
                }
                Ok(Managed::Reload(None))
            }
            Err(error) => {
                tracing::error!(%error, "a method was not removed");
                Ok(Managed::Reload(Some(Reason::StoreUnavailable)))
            }
        }
    }

    /// Returns the gate of one of the person's own methods, by the id under which it is shown.
    fn own_method(&self, managing: &ManagingMethods, id: u8) -> Option<(GateKind, &Arc<dyn Gate>)> {
        let mut methods = managing.methods.iter();
        let kind = methods.find(|method| method.id == id && method.own)?.kind;
        Some((kind, self.account_gates.gates.get(kind)?))
    }

    /// Removes a method from the store; returns `false` if it is gone already.
    async fn remove_stored(
        &self,
        gate: &Arc<dyn Gate>,
        account: &Account,
        id: Secret,
    ) -> Result<bool, StoreError> {
        let (gate, anchor) = (Arc::clone(gate), account.anchor);
        let remove = move |tables: &Tables| match gate.registration() {
            Some(registration) => registration.remove(tables, anchor, Some(id.expose())),
            None => Ok(false),
        };
        self.memory.store.write(remove).await
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
}
