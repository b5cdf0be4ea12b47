//! The sandbox: its authenticators, and what its page shows.

use crate::agent::Inner;
use crate::gates::authenticator::{AuthenticatorError, Authenticators, current_code};
use core::fmt;
use postern_directory::sandbox::Sandbox;
use postern_directory::{Anchor, Directory};
use postern_envelope::Secret;
use postern_relay::{Answer, SandboxAccount, SandboxView};
use std::collections::HashMap;

/// The authenticators that the sandbox's accounts are scripted to have.
pub struct SandboxAuthenticators(HashMap<[u8; 16], Secret>);

impl SandboxAuthenticators {
    /// Looks the scripted accounts up.
    pub async fn of(sandbox: &Sandbox) -> Self {
        let mut secrets = HashMap::new();
        for script in Sandbox::scripts() {
            let secret = script.authenticator.and_then(decoded);
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
    pub(crate) fn sandbox(&self) -> Answer {
        if !self.parts.sandbox {
            return Answer::NotAccepted;
        }
        let code = |base32| decoded(base32).map(|secret| current_code(&secret, self.now()));
        let accounts = Sandbox::scripts().iter().map(|script| SandboxAccount {
            login_name: script.login_name.to_owned(),
            script: script.script.to_owned(),
            authenticator_code: script.authenticator.and_then(code),
        });
        Answer::Sandbox {
            view: SandboxView {
                accounts: accounts.collect(),
                mails: self.parts.mailer.kept(),
            },
        }
    }
}

fn decoded(base32: &str) -> Option<Secret> {
    let encoded = totp_rs::Secret::Encoded(base32.to_owned());
    encoded.to_bytes().ok().map(Secret::new)
}
