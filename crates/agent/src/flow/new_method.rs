//! A new method: what is offered of it, and what it takes before it counts.

use super::methods::Managing;
use super::outcome::Fault;
use crate::agent::Inner;
use crate::gates::issued::Issued;
use crate::gates::passkey::Kept;
use crate::gates::{Code, Verdict, authenticator};
use crate::{AuthenticatorError, StoreError};
use core::fmt;
use minicbor::{Decode, Encode};
use postern_directory::{Account, Anchor};
use postern_envelope::Secret;
use postern_protocol::{AUTHENTICATOR_DIGITS, GateKind, Reason};
use std::sync::Arc;

/// A method that is not yet confirmed.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct Pending {
    #[n(0)]
    pub kind: GateKind,
    /// What the person needs to have of it.
    #[n(1)]
    pub offer: Secret,
    /// What is kept of it once it is confirmed.
    #[n(2)]
    kept: Secret,
    /// Wrong codes of it so far.
    #[n(3)]
    wrong: u16,
}

/// What became of a new method.
pub(super) enum Confirmed {
    /// It counts from now on.
    Kept(GateKind),
    /// Not yet.
    Not(Pending, Reason),
    /// It never will.
    GivenUp(Reason),
}

impl Inner {
    /// What the person needs of a new method.
    pub(super) fn offer(&self, kind: GateKind, account: &Account) -> Result<Pending, Fault> {
        let parts = &self.parts;
        let (kept, offer) = if kind == GateKind::RecoveryCode {
            let made = Issued::make(&parts.store_key, &parts.random, kind, account.anchor)?;
            let (issued, codes) = made;
            let lines: Vec<_> = codes.iter().map(Secret::expose).collect();
            let kept = minicbor::to_vec(&issued).map_err(StoreError::new)?;
            (Secret::new(kept), Secret::new(lines.join(&b'\n')))
        } else if let (GateKind::Passkey, Some(passkeys)) = (kind, &parts.passkeys) {
            let mut user = [0; 16];
            let hash = parts.store_key.hash("passkey user", &[&account.anchor.0]);
            user.copy_from_slice(&hash[..16]);
            let kept = passkeys.files().read(account.anchor)?;
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
        managing: &Managing,
        mut pending: Pending,
        answer: &Secret,
    ) -> Result<Confirmed, Fault> {
        let (kind, anchor) = (pending.kind, managing.anchor());
        let mut step = None;
        if kind == GateKind::Authenticator {
            let code = Code::parse(answer, AUTHENTICATOR_DIGITS);
            let now = self.now();
            let checked = code.map(|code| authenticator::check(&pending.kept, &code, None, now));
            let Some((Verdict::Right, used)) = checked else {
                // What is no code is a slip. None of it is a guess: the secret was just told.
                pending.wrong += u16::from(checked.is_some());
                let tries_left = self.limits().tries.saturating_sub(pending.wrong);
                return Ok(match tries_left {
                    0 => Confirmed::GivenUp(Reason::MethodNotAdded),
                    _ => Confirmed::Not(pending, Reason::WrongCode { tries_left }),
                });
            };
            step = used;
        }
        if let (GateKind::Passkey, Some(passkeys)) = (kind, &self.parts.passkeys) {
            let state = pending.kept.expose_str().unwrap_or_default();
            // An offer is good once, right or wrong.
            let passkey = match passkeys.finish(state, answer) {
                Ok(passkey) => passkey,
                Err(error) => {
                    tracing::warn!(%error, "a passkey was not added");
                    return Ok(Confirmed::GivenUp(Reason::MethodNotAdded));
                }
            };
            let added = self.now();
            let kept = serde_json::to_vec(&Kept { passkey, added });
            pending.kept = Secret::new(kept.map_err(StoreError::new)?);
        }
        // Before the method counts, so that its code is not good once more. Where nothing had to
        // be confirmed so far, everything is confirmed by it.
        self.note(anchor, step, !managing.due).await?;
        Ok(match self.keep(anchor, pending.clone()).await {
            Ok(()) => Confirmed::Kept(kind),
            Err(reason @ Reason::MethodPresent) => Confirmed::GivenUp(reason),
            Err(reason) => Confirmed::Not(pending, reason),
        })
    }

    /// Keeps a method that was confirmed.
    async fn keep(&self, anchor: Anchor, pending: Pending) -> Result<(), Reason> {
        let Pending {
            kind, offer, kept, ..
        } = pending;
        let authenticators = Arc::clone(&self.parts.authenticators);
        let issued = Arc::clone(&self.parts.issued);
        let passkeys = self.passkey_files();
        on_disk(move || {
            if let (GateKind::Passkey, Some(files)) = (kind, passkeys) {
                let mut all = files.read(anchor).map_err(Failed::of)?;
                all.push(serde_json::from_slice(kept.expose()).map_err(Failed::of)?);
                return files.write(anchor, &all).map_err(Failed::of);
            }
            if kind == GateKind::Authenticator {
                return match authenticators.keep(anchor, &kept) {
                    Err(AuthenticatorError::Present) => Err(Failed::Present),
                    kept => kept.map_err(Failed::of),
                };
            }
            let set = minicbor::decode(kept.expose()).map_err(Failed::of)?;
            let codes = offer.expose().split(|byte| *byte == b'\n');
            let codes: Vec<_> = codes.map(|code| Secret::new(code.to_vec())).collect();
            issued.keep(kind, anchor, &set, &codes).map_err(Failed::of)
        })
        .await
    }
}

/// Why files were not changed.
pub(super) enum Failed {
    /// Another method of the kind is there.
    Present,
    /// For the person on call.
    Disk(String),
}

impl Failed {
    pub(super) fn of(cause: impl fmt::Display) -> Self {
        Self::Disk(cause.to_string())
    }
}

/// Changes files where waiting for the disk harms nobody.
pub(super) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failed> + Send + 'static,
) -> Result<T, Reason> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Failed::of(error)))
        .map_err(|failed| match failed {
            Failed::Present => Reason::MethodPresent,
            Failed::Disk(cause) => {
                tracing::error!(cause, "a method was not changed");
                Reason::StoreUnavailable
            }
        })
}
