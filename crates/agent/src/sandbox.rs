//! The sandbox: the methods that its accounts begin with, and what its page shows.

use crate::agent::AgentContext;
use crate::gates::authenticator::current_code;
use crate::gates::issued::Issued;
use crate::store::{AUTHENTICATORS, ISSUED};
use crate::{Methods, Random, Store, StoreError, StoreKey};
use core::fmt;
use postern_directory::sandbox::{FIRST_PASSWORD, Sandbox};
use postern_directory::{Anchor, Directory};
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_relay::{Answer, SandboxAccount, SandboxView};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many passes the sandbox's account has, one after the other.
const PASSES: u8 = 50;

/// Codes as they were issued, in their order, by kind and account.
type Codes = BTreeMap<(GateKind, [u8; 16]), Vec<Secret>>;

/// Issued codes as their owners have them, for the sandbox's page. Nothing of a real directory is
/// ever in it: of those codes the agent keeps keyed hashes alone.
#[derive(Clone, Default)]
pub struct SandboxCodes(Arc<Mutex<Codes>>);

impl SandboxCodes {
    /// Gives the sandbox's accounts the authenticators and codes that they are scripted to have,
    /// in place of all that are in the store: the sandbox begins anew with each start, as its
    /// passwords do. Where two gates are required, each account with a mail address has an
    /// authenticator, so that every outcome can be tried there as well.
    ///
    /// # Errors
    /// The store failed, or there is no randomness.
    pub async fn script(
        sandbox: &Sandbox,
        store: &Store,
        key: &StoreKey,
        random: &Random,
        gates_required: u16,
    ) -> Result<Self, StoreError> {
        let (mut secrets, mut sets) = (Vec::new(), Vec::new());
        let mut codes = Codes::new();
        for script in Sandbox::scripts() {
            let Ok(account) = sandbox.find(script.login_name).await else {
                continue;
            };
            let anchor = account.anchor;
            let made_up = (gates_required > 1 && script.script != "no_gates")
                .then(|| Secret::from(["sandbox ", script.login_name].concat().as_str()));
            let secret = script.authenticator.and_then(decoded).or(made_up);
            secrets.extend(secret.map(|secret| (anchor, secret)));
            let kinds: &[_] = match script.script {
                "recovery" => &[GateKind::RecoveryCode],
                "pass" => &[GateKind::HelpdeskPass],
                "every_gate" => &[GateKind::RecoveryCode, GateKind::HelpdeskPass],
                _ => &[],
            };
            for kind in kinds.iter().copied() {
                let made = match kind {
                    GateKind::HelpdeskPass => Issued::make_many(key, random, kind, anchor, PASSES),
                    _ => Issued::make(key, random, kind, anchor),
                };
                let (issued, shown) = made.map_err(StoreError::new)?;
                sets.push((kind, anchor, issued));
                codes.insert((kind, anchor.0), shown);
            }
        }
        let methods = Methods::new(store.clone(), key.clone());
        let written = store.write(move |tables| {
            tables.retain(AUTHENTICATORS, |_| false)?;
            tables.retain(ISSUED, |_| false)?;
            for (anchor, secret) in &secrets {
                methods.put_authenticator(tables, *anchor, secret)?;
            }
            for (kind, anchor, issued) in &sets {
                methods.put_issued(tables, *kind, *anchor, issued)?;
            }
            Ok(())
        });
        written.await?;
        Ok(Self(Arc::new(Mutex::new(codes))))
    }

    /// Keeps the codes that were issued to an account of the sandbox.
    pub(crate) fn keep(&self, kind: GateKind, anchor: Anchor, codes: Vec<Secret>) {
        // A panic elsewhere cannot leave the map half changed, so poison is passed over.
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert((kind, anchor.0), codes);
    }

    fn code(&self, kind: GateKind, anchor: Anchor, place: usize) -> Option<Secret> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&(kind, anchor.0))?.get(place).cloned()
    }
}

impl fmt::Debug for SandboxCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SandboxCodes")
    }
}

impl AgentContext {
    /// The sandbox as its page shows it; of a real directory nothing is shown.
    pub(crate) async fn sandbox(&self) -> Answer {
        if !self.parts.sandbox {
            return Answer::NotAccepted;
        }
        let mut accounts = Vec::new();
        for script in Sandbox::scripts() {
            accounts.push(SandboxAccount {
                login_name: script.login_name.to_owned(),
                script: script.script.to_owned(),
                codes: self.codes_at_hand(script.login_name).await,
            });
        }
        Answer::Sandbox {
            view: SandboxView {
                accounts,
                mails: self.parts.mailer.kept(),
                first_password: FIRST_PASSWORD.to_owned(),
            },
        }
    }

    /// What an account's owner would have at hand at this moment: the code that the authenticator
    /// shows, the next recovery code of the list, the pass that the helpdesk has just told.
    async fn codes_at_hand(&self, login_name: &str) -> Vec<String> {
        let Ok(account) = self.parts.directory.find(login_name).await else {
            return Vec::new();
        };
        let anchor = account.anchor;
        let secret = self.methods.authenticator(anchor).await.ok().flatten();
        let mut codes = Vec::from_iter(secret.map(|secret| current_code(&secret, self.now())));
        for kind in [GateKind::RecoveryCode, GateKind::HelpdeskPass] {
            let unused = self.unused_codes(kind, anchor).await.unwrap_or_default();
            let next = unused.first();
            let code = next.and_then(|next| self.parts.sandbox_codes.code(kind, anchor, *next));
            let code = code.as_ref().and_then(Secret::expose_str);
            codes.extend(code.map(str::to_owned));
        }
        codes
    }
}

fn decoded(base32: &str) -> Option<Secret> {
    let encoded = totp_rs::Secret::Encoded(base32.to_owned());
    encoded.to_bytes().ok().map(Secret::new)
}
