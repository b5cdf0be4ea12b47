//! The sandbox: the methods that its accounts start with, and the contents of its page.

use crate::agent::AgentContext;
use crate::gates::authenticator::current_code;
use crate::gates::issued::Issued;
use crate::{Methods, Random, Store, StoreError, StoreKey};
use core::fmt;
use postern_directory::sandbox::{FIRST_PASSWORD, Sandbox};
use postern_directory::{Anchor, Directory};
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_relay::{Answer, SandboxAccount, SandboxView};
use postern_store::store::{AUTHENTICATORS, ISSUED};
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
            let generated = (gates_required > 1 && script.script != "no_gates")
                .then(|| Secret::from(["sandbox ", script.login_name].concat().as_str()));
            let secret = script.authenticator.and_then(decode_base32).or(generated);
            secrets.extend(secret.map(|secret| (anchor, secret)));
            let kinds: &[_] = match script.script {
                "recovery" => &[GateKind::RecoveryCode],
                "pass" => &[GateKind::HelpdeskPass],
                "every_gate" => &[GateKind::RecoveryCode, GateKind::HelpdeskPass],
                _ => &[],
            };
            for kind in kinds.iter().copied() {
                let made = match kind {
                    GateKind::HelpdeskPass => {
                        Issued::make_many(key, random, kind, anchor, PASS_COUNT)
                    }
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
        // A panic elsewhere cannot leave the map half changed, so a poisoned lock is used.
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
    /// Returns the contents of the sandbox's page; refused for a real directory.
    pub(crate) async fn sandbox(&self) -> Answer {
        if !self.parts.sandbox {
            return Answer::NotAccepted;
        }
        let mut accounts = Vec::new();
        for script in Sandbox::scripts() {
            accounts.push(SandboxAccount {
                login_name: script.login_name.to_owned(),
                script: script.script.to_owned(),
                codes: self.current_codes(script.login_name).await,
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

    /// Returns the codes that an account's owner could use now: the code of the authenticator, the
    /// next unused recovery code and the next unused pass.
    async fn current_codes(&self, login_name: &str) -> Vec<String> {
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

fn decode_base32(base32: &str) -> Option<Secret> {
    let encoded = totp_rs::Secret::Encoded(base32.to_owned());
    encoded.to_bytes().ok().map(Secret::new)
}
