//! The sandbox: its authenticators and issued codes, and what its page shows.

use crate::agent::Inner;
use crate::gates::authenticator::{AuthenticatorError, Authenticators, current_code};
use crate::gates::issued::{IssueError, Issued, IssuedCodes, IssuedFiles};
use crate::{Random, StoreKey};
use core::fmt;
use postern_directory::sandbox::{FIRST_PASSWORD, Sandbox};
use postern_directory::{Account, Anchor, Directory};
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_relay::{Answer, SandboxAccount, SandboxView};
use std::collections::{BTreeMap, HashMap};

/// The authenticators that the sandbox's accounts are scripted to have.
pub struct SandboxAuthenticators(HashMap<[u8; 16], Secret>);

impl SandboxAuthenticators {
    /// Looks the scripted accounts up. Where two gates are required, each account with a mail
    /// address has an authenticator too, so that every outcome can be tried there as well.
    pub async fn of(sandbox: &Sandbox, gates_required: u16) -> Self {
        let mut secrets = HashMap::new();
        for script in Sandbox::scripts() {
            let made_up = (gates_required > 1 && script.script != "no_gates")
                .then(|| Secret::from(["sandbox ", script.login_name].concat().as_str()));
            let secret = script.authenticator.and_then(decoded).or(made_up);
            if let (Some(secret), Ok(account)) = (secret, sandbox.find(script.login_name).await) {
                secrets.insert(account.anchor.0, secret);
            }
        }
        Self(secrets)
    }
}

impl Authenticators for SandboxAuthenticators {
    fn secret(&self, anchor: Anchor) -> Result<Option<Secret>, AuthenticatorError> {
        Ok(self.0.get(&anchor.0).cloned())
    }
}

impl fmt::Debug for SandboxAuthenticators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SandboxAuthenticators")
    }
}

/// How many passes the sandbox's account has, one after the other.
const PASSES: u8 = 50;

/// The recovery codes and passes that the sandbox's accounts are scripted to have, until the
/// agent stops, and those that were issued at the command line.
pub struct SandboxIssued {
    scripted: BTreeMap<(GateKind, [u8; 16]), (Issued, Vec<Secret>)>,
    files: IssuedFiles,
}

impl SandboxIssued {
    /// Makes codes for the scripted accounts.
    pub async fn of(
        sandbox: &Sandbox,
        key: &StoreKey,
        random: &Random,
        files: IssuedFiles,
    ) -> Self {
        let mut scripted = BTreeMap::new();
        for script in Sandbox::scripts() {
            let kinds: &[_] = match script.script {
                "recovery" => &[GateKind::RecoveryCode],
                "pass" => &[GateKind::HelpdeskPass],
                "every_gate" => &[GateKind::RecoveryCode, GateKind::HelpdeskPass],
                _ => continue,
            };
            let Ok(Account { anchor, .. }) = sandbox.find(script.login_name).await else {
                continue;
            };
            for kind in kinds {
                let made = match kind {
                    GateKind::HelpdeskPass => Issued::make_many(key, random, *kind, anchor, PASSES),
                    _ => Issued::make(key, random, *kind, anchor),
                };
                // Without randomness the account has none, as others have none.
                scripted.extend(made.ok().map(|made| ((*kind, anchor.0), made)));
            }
        }
        Self { scripted, files }
    }
}

impl IssuedCodes for SandboxIssued {
    fn issued(&self, kind: GateKind, anchor: Anchor) -> Result<Option<Issued>, IssueError> {
        match self.scripted.get(&(kind, anchor.0)) {
            Some((issued, _)) => Ok(Some(issued.clone())),
            None => self.files.issued(kind, anchor),
        }
    }

    fn shown(&self, kind: GateKind, anchor: Anchor, place: usize) -> Option<&Secret> {
        let (_, codes) = self.scripted.get(&(kind, anchor.0))?;
        codes.get(place)
    }
}

impl fmt::Debug for SandboxIssued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SandboxIssued")
    }
}

impl Inner {
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
        let secret = self.parts.authenticators.secret(anchor).ok().flatten();
        let mut codes = Vec::from_iter(secret.map(|secret| current_code(&secret, self.now())));
        for kind in [GateKind::RecoveryCode, GateKind::HelpdeskPass] {
            let unused = self.unused_codes(kind, anchor).await.unwrap_or_default();
            let next = unused.first();
            let code = next.and_then(|next| self.parts.issued.shown(kind, anchor, *next));
            codes.extend(code.and_then(Secret::expose_str).map(str::to_owned));
        }
        codes
    }
}

fn decoded(base32: &str) -> Option<Secret> {
    let encoded = totp_rs::Secret::Encoded(base32.to_owned());
    encoded.to_bytes().ok().map(Secret::new)
}
