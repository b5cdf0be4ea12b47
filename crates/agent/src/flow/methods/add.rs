//! A new method: the offer shown to the person, and its confirmation.

use super::{ManagingMethods, Methods};
use crate::flow::Flow;
use crate::flow::outcome::Fault;
use minicbor::{Decode, Encode};
use postern_directory::Account;
use postern_envelope::Secret;
use postern_gates::{Confirmation, Gate, GateError, NewMethod};
use postern_protocol::{GateKind, Reason};
use postern_store::store::{CONFIRMED, StoreError};
use std::sync::Arc;

/// A method that is not yet confirmed.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Pending {
    #[n(0)]
    pub kind: GateKind,
    /// The data with which the person registers the method.
    #[n(1)]
    pub offer: Secret,
    /// The data by which the gate confirms it.
    #[n(2)]
    kept: Secret,
    /// The number of wrong codes so far.
    #[n(3)]
    wrong: u16,
}

/// The result of confirming a new method.
pub(super) enum ConfirmOutcome {
    /// The method was added; the time is that from which it is accepted, if it is held.
    Added(GateKind, Option<u64>),
    /// The method is not confirmed yet; another answer may be given.
    Retry(Pending, Reason),
    /// The method is discarded.
    GivenUp(Reason),
    /// Another flow has ended this one.
    FlowEnded,
}

impl Pending {
    /// Makes a new method; `None` if people do not register methods of this kind themselves.
    pub(super) async fn make(
        gate: &dyn Gate,
        account: &Account,
    ) -> Result<Option<Self>, GateError> {
        let Some(registration) = gate.registration() else {
            return Ok(None);
        };
        let made = registration.begin(account).await?;
        Ok(Some(Self {
            kind: gate.kind(),
            offer: made.offer,
            kept: made.kept,
            wrong: 0,
        }))
    }
}

impl Methods {
    /// Confirms a new method and adds it.
    pub(super) async fn confirm(
        &self,
        flow: &mut Flow,
        managing: &ManagingMethods,
        mut pending: Pending,
        answer: &Secret,
    ) -> Result<ConfirmOutcome, Fault> {
        let (kind, now) = (pending.kind, self.memory.now());
        let gate = self.account_gates.gates.get(kind);
        let Some((gate, registration)) = gate.and_then(|gate| Some((gate, gate.registration()?)))
        else {
            return Ok(ConfirmOutcome::GivenUp(Reason::MethodNotAdded));
        };
        let method = NewMethod::new(pending.offer.clone(), pending.kept.clone());
        let method = match registration.confirm(method, managing.anchor(), answer, now)? {
            Confirmation::Right(method) => method,
            Confirmation::GivenUp => {
                return Ok(ConfirmOutcome::GivenUp(Reason::MethodNotAdded));
            }
            // Malformed input is not counted. Nothing is guessed here: the secret was just shown.
            wrong @ (Confirmation::Wrong | Confirmation::NoCode) => {
                pending.wrong += u16::from(matches!(wrong, Confirmation::Wrong));
                let tries_left = self.limits.tries.saturating_sub(pending.wrong);
                return Ok(match tries_left {
                    0 => ConfirmOutcome::GivenUp(Reason::MethodNotAdded),
                    _ => ConfirmOutcome::Retry(pending, Reason::WrongCode { tries_left }),
                });
            }
        };
        let hold = self.holds.on_new(managing, kind, method.id.expose()).await;
        let hold = match hold {
            Ok(hold) => hold,
            Err(reason) => return Ok(ConfirmOutcome::Retry(pending, reason)),
        };
        if !self.end_other_flows(flow, hold).await? {
            return Ok(ConfirmOutcome::FlowEnded);
        }
        Ok(match self.add(gate, managing, method).await {
            Ok(true) => ConfirmOutcome::Added(kind, hold.map(|(_, from)| from)),
            Ok(false) => ConfirmOutcome::GivenUp(Reason::MethodPresent),
            Err(error) => {
                tracing::error!(%error, "a method was not added");
                ConfirmOutcome::Retry(pending, Reason::StoreUnavailable)
            }
        })
    }

    /// Stores a confirmed method; returns `false` if the account has another one that it keeps. If
    /// no confirmation was due, all methods of the account count as confirmed now.
    async fn add(
        &self,
        gate: &Arc<dyn Gate>,
        managing: &ManagingMethods,
        method: NewMethod,
    ) -> Result<bool, StoreError> {
        let (gate, anchor, now) = (Arc::clone(gate), managing.anchor(), self.memory.now());
        let confirmed = (!managing.due).then(|| self.confirmed_name(anchor));
        let written = self.memory.store.write(move |tables| {
            let registration = gate.registration();
            let added = registration.map(|one| one.add(tables, anchor, &method));
            if added != Some(Ok(true)) {
                return added.unwrap_or(Ok(false));
            }
            if let Some(record) = &method.record {
                record.write(tables)?;
            }
            if let Some(confirmed) = confirmed {
                tables.put(CONFIRMED, &confirmed, &now)?;
            }
            Ok(true)
        });
        written.await
    }
}
