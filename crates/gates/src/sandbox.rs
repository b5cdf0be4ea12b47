//! The methods that the sandbox's accounts start with, and the codes that its page shows.

use crate::issued::IssuedCodes;
use crate::recovery_codes::CODES_PER_SET;
use crate::{AuthenticatorGate, HelpdeskPassGate, Issued, RecoveryCodesGate};
use core::fmt;
use postern_directory::sandbox::{Behaviour, Sandbox};
use postern_directory::{Anchor, Directory};
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_store::Memory;
use postern_store::store::{AUTHENTICATORS, ISSUED, StoreError};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The number of passes of a sandbox account, to be used one after the other.
const PASS_COUNT: u8 = 50;

/// Codes in the order in which they were issued, by kind and account.
type Codes = BTreeMap<(GateKind, [u8; 16]), Vec<Secret>>;

/// Issued codes in plain text, for the sandbox's page. Codes of a real directory are never in it:
/// of those the agent keeps only keyed hashes.
#[derive(Clone, Default)]
pub struct SandboxCodes(Arc<Mutex<Codes>>);

impl SandboxCodes {
    /// Replaces all authenticators and codes in the store by those that the sandbox's accounts are
    /// scripted to have: like its passwords, the sandbox is reset at each start. Where two gates
    /// are required, each account with a mail address has an authenticator, so that every outcome
    /// can be tried there as well.
    ///
    /// # Errors
    /// The store or the random source failed.
    pub async fn script(
        sandbox: &Sandbox,
        memory: &Memory,
        gates_required: u16,
    ) -> Result<Self, StoreError> {
        let codes = Self::default();
        let mut secrets = Vec::new();
        let mut sets: Vec<(IssuedCodes, Anchor, Issued, Vec<Secret>)> = Vec::new();
        for script in Sandbox::scripts().iter().chain(Sandbox::answers()) {
            let Ok(account) = sandbox.find(script.login_name).await else {
                continue;
            };
            let anchor = account.anchor;
            let generated = (gates_required > 1 && script.behaviour != Behaviour::NoGates)
                .then(|| Secret::from(["sandbox ", script.login_name].concat().as_str()));
            let secret = script.authenticator.and_then(decode_base32).or(generated);
            secrets.extend(secret.map(|secret| (anchor, secret)));
            let recovery = || {
                let gate = RecoveryCodesGate::new(memory.clone(), Some(codes.clone()));
                (gate.0, CODES_PER_SET)
            };
            let pass = || {
                let gate = HelpdeskPassGate::new(memory.clone(), Some(codes.clone()));
                (gate.0, PASS_COUNT)
            };
            let kinds = match script.behaviour {
                Behaviour::Recovery => vec![recovery()],
                Behaviour::Pass => vec![pass()],
                Behaviour::EveryGate => vec![recovery(), pass()],
                _ => Vec::new(),
            };
            for (of_kind, count) in kinds {
                let (issued, shown) = of_kind.make(anchor, count).map_err(StoreError::new)?;
                sets.push((of_kind, anchor, issued, shown));
            }
        }
        let authenticators = AuthenticatorGate::new(memory.clone(), "");
        let written = memory.store.write(move |tables| {
            tables.retain(AUTHENTICATORS, |_| false)?;
            tables.retain(ISSUED, |_| false)?;
            for (anchor, secret) in &secrets {
                authenticators.put(tables, *anchor, secret)?;
            }
            for (of_kind, anchor, issued, shown) in sets {
                of_kind.put(tables, anchor, &issued, shown)?;
            }
            Ok(())
        });
        written.await?;
        Ok(codes)
    }

    /// Keeps the codes that were issued to an account of the sandbox.
    pub(crate) fn keep(&self, kind: GateKind, anchor: Anchor, codes: Vec<Secret>) {
        // A panic elsewhere cannot leave the map half changed, so a poisoned lock is used.
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert((kind, anchor.0), codes);
    }

    /// Returns one of the codes of an account.
    pub(crate) fn code(&self, kind: GateKind, anchor: Anchor, place: usize) -> Option<Secret> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&(kind, anchor.0))?.get(place).cloned()
    }
}

impl fmt::Debug for SandboxCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SandboxCodes")
    }
}

fn decode_base32(base32: &str) -> Option<Secret> {
    let encoded = totp_rs::Secret::Encoded(base32.to_owned());
    encoded.to_bytes().ok().map(Secret::new)
}
