//! The sandbox: its authenticators, and what its page shows.

use crate::agent::Inner;
use crate::gates::authenticator::{AuthenticatorError, Authenticators, current_code};
use core::fmt;
use postern_directory::sandbox::{FIRST_PASSWORD, Sandbox};
use postern_directory::{Anchor, Directory};
use postern_envelope::Secret;
use postern_relay::{Answer, SandboxAccount, SandboxView};
use std::collections::HashMap;

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
                authenticator_code: self.authenticator_code(script.login_name).await,
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

    /// What an account's authenticator shows at this moment, if it has one.
    async fn authenticator_code(&self, login_name: &str) -> Option<String> {
        let account = self.parts.directory.find(login_name).await.ok()?;
        let secret = self.parts.authenticators.secret(account.anchor).ok()??;
        Some(current_code(&secret, self.now()))
    }
}

fn decoded(base32: &str) -> Option<Secret> {
    let encoded = totp_rs::Secret::Encoded(base32.to_owned());
    encoded.to_bytes().ok().map(Secret::new)
}
