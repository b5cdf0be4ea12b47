//! A new method: the offer shown to the person, and its confirmation.

use super::Flow;
use super::methods::ManagingMethods;
use super::outcome::Fault;
use crate::StoreError;
use crate::agent::AgentContext;
use crate::gates::issued::Issued;
use crate::gates::passkey::StoredPasskey;
use crate::gates::{Code, Verdict, authenticator};
use minicbor::{Decode, Encode};
use postern_directory::Account;
use postern_envelope::Secret;
use postern_protocol::{AUTHENTICATOR_DIGITS, GateKind, Reason};
use postern_store::store::{CONFIRMED, STEPS};

/// A method that is not yet confirmed.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Pending {
    #[n(0)]
    pub kind: GateKind,
    /// The `otpauth://` address, recovery codes or passkey options that the person needs.
    #[n(1)]
    pub offer: Secret,
    /// The data to store once the method is confirmed; for a passkey, the registration state.
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

impl AgentContext {
    /// Makes a new method and the offer that the person needs to register it.
    pub(super) async fn offer(&self, kind: GateKind, account: &Account) -> Result<Pending, Fault> {
        let parts = &self.parts;
        let (kept, offer) = if kind == GateKind::RecoveryCode {
            let made = Issued::make(&parts.store_key, &parts.random, kind, account.anchor)?;
            let (issued, codes) = made;
            let lines: Vec<_> = codes.iter().map(Secret::expose).collect();
            let kept = minicbor::to_vec(&issued).map_err(StoreError::new)?;
            (Secret::new(kept), Secret::new(lines.join(&b'\n')))
        } else if let (GateKind::Passkey, Some(passkeys)) = (kind, &parts.passkeys) {
            let key = &parts.store_key;
            let user = key.short_hash("passkey user", &[&account.anchor.0]);
            let kept = self.methods.passkeys(account.anchor).await?;
            let offer = passkeys.begin(user, &account.login_name, &account.display_name, &kept)?;
            (Secret::from(&*offer.state), Secret::from(&*offer.options))
        } else {
            let tenant = &parts.tenant.display_name;
            authenticator::make(&parts.random, tenant, &account.login_name)?
        };
        Ok(Pending {
            kind,
            offer,
            kept,
            wrong: 0,
        })
    }

    pub(super) async fn confirm(
        &self,
        flow: &mut Flow,
        managing: &ManagingMethods,
        mut pending: Pending,
        answer: &Secret,
    ) -> Result<ConfirmOutcome, Fault> {
        let kind = pending.kind;
        let mut step = None;
        let mut id = pending.kept.clone();
        if kind == GateKind::Authenticator {
            let code = Code::parse(answer, AUTHENTICATOR_DIGITS);
            let now = self.now();
            let checked = code.map(|code| authenticator::check(&pending.kept, &code, None, now));
            let Some((Verdict::Right, used)) = checked else {
                // Malformed input is not counted. Nothing is guessed here: the secret was just
                // shown.
                pending.wrong += u16::from(checked.is_some());
                let tries_left = self.limits().tries.saturating_sub(pending.wrong);
                return Ok(match tries_left {
                    0 => ConfirmOutcome::GivenUp(Reason::MethodNotAdded),
                    _ => ConfirmOutcome::Retry(pending, Reason::WrongCode { tries_left }),
                });
            };
            step = used;
        }
        if let (GateKind::Passkey, Some(passkeys)) = (kind, &self.parts.passkeys) {
            let state = pending.kept.expose_str().unwrap_or_default();
            // An offer can be answered only once, right or wrong.
            let passkey = match passkeys.finish(state, answer) {
                Ok(passkey) => passkey,
                Err(error) => {
                    tracing::warn!(%error, "a passkey was not added");
                    return Ok(ConfirmOutcome::GivenUp(Reason::MethodNotAdded));
                }
            };
            id = Secret::new(passkey.cred_id().to_vec());
            let added = self.now();
            let kept = serde_json::to_vec(&StoredPasskey { passkey, added });
            pending.kept = Secret::new(kept.map_err(StoreError::new)?);
        }
        if kind == GateKind::RecoveryCode {
            let issued: Issued = minicbor::decode(id.expose()).map_err(StoreError::new)?;
            id = Secret::new(issued.id().to_vec());
        }
        let hold = match self.hold_on_new(managing, kind, id.expose()).await {
            Ok(hold) => hold,
            Err(reason) => return Ok(ConfirmOutcome::Retry(pending, reason)),
        };
        if !self.end_other_flows(flow, hold).await? {
            return Ok(ConfirmOutcome::FlowEnded);
        }
        Ok(match self.keep(managing, pending.clone(), step).await {
            Ok(true) => ConfirmOutcome::Added(kind, hold.map(|(_, from)| from)),
            Ok(false) => ConfirmOutcome::GivenUp(Reason::MethodPresent),
            Err(error) => {
                tracing::error!(%error, "a method was not added");
                ConfirmOutcome::Retry(pending, Reason::StoreUnavailable)
            }
        })
    }

    /// Stores a confirmed method; returns `false` if the account has another authenticator. `step`
    /// is the time step of an authenticator's code, which is marked as used in the same
    /// transaction. If no confirmation was due, all methods of the account count as confirmed now.
    async fn keep(
        &self,
        managing: &ManagingMethods,
        pending: Pending,
        step: Option<u64>,
    ) -> Result<bool, StoreError> {
        let (anchor, now) = (managing.anchor(), self.now());
        let Pending {
            kind, offer, kept, ..
        } = pending;
        let methods = self.methods.clone();
        let steps = authenticator::step_name(&self.parts.store_key, anchor);
        let confirmed = (!managing.due).then(|| self.confirmed_name(anchor));
        let written = self.parts.store.write(move |tables| {
            match kind {
                GateKind::Authenticator => {
                    if !methods.put_authenticator(tables, anchor, &kept)? {
                        return Ok(false);
                    }
                }
                GateKind::Passkey => {
                    let passkey = serde_json::from_slice(kept.expose());
                    let passkey = passkey.map_err(StoreError::new)?;
                    methods.put_passkey(tables, anchor, passkey)?;
                }
                _ => {
                    let issued = minicbor::decode(kept.expose()).map_err(StoreError::new)?;
                    methods.put_issued(tables, kind, anchor, &issued)?;
                }
            }
            if let Some(step) = step {
                tables.put(STEPS, &steps, &step)?;
            }
            if let Some(confirmed) = confirmed {
                tables.put(CONFIRMED, &confirmed, &now)?;
            }
            Ok(true)
        });
        let written = written.await?;
        if kind == GateKind::RecoveryCode && self.parts.sandbox {
            let codes = offer.expose().split(|byte| *byte == b'\n');
            let codes = codes.map(|code| Secret::new(code.to_vec())).collect();
            self.parts.sandbox_codes.keep(kind, anchor, codes);
        }
        Ok(written)
    }
}
