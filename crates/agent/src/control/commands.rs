//! Executes the commands. Each command that concerns an account writes an audit line, which names
//! the account by its anchor and the person who gave the command.

use super::{Command, Refusal, Reply, Status};
use crate::agent::AgentContext;
use crate::files::hex;
use crate::flow::identify::ensure_usable;
use crate::gates::issued::{Issued, Note};
use crate::gates::{authenticator, tries};
use crate::{Agent, NoRandom, decoy};
use postern_directory::{Account, Failure};
use postern_protocol::GateKind;
use postern_store::store::StoreError;
use postern_store::system;
use std::ops::RangeInclusive;

/// The lifetimes that a pass may have, in minutes.
const PASS_MINUTES: RangeInclusive<u16> = 1..=60;

impl Agent {
    /// Executes a command of a person on the agent's host, whom the audit line names.
    pub async fn command(&self, issued_by: &str, command: Command) -> Reply {
        let Ok(_running) = self.0.running.acquire().await else {
            return Reply::Refused(Refusal::Stopping);
        };
        match self.0.command(issued_by, command).await {
            Ok(reply) => reply,
            Err(refusal) => {
                // Without the cause: it may quote the directory, which names people.
                let reason = match &refusal {
                    Refusal::Account { reason, .. } => reason.clone(),
                    other => other.to_string(),
                };
                tracing::warn!(audit = true, issued_by, reason, "a command was refused");
                Reply::Refused(refusal)
            }
        }
    }
}

impl AgentContext {
    async fn command(&self, issued_by: &str, command: Command) -> Result<Reply, Refusal> {
        match command {
            Command::Status => Ok(Reply::Status(Status {
                program: env!("CARGO_PKG_VERSION").to_owned(),
                tenant: self.parts.tenant.name.clone(),
                connected: self.is_connected(),
                directory_up: self.check_directory().await.is_ok(),
            })),
            Command::AddAuthenticator { login_name } => {
                self.add_authenticator(issued_by, &login_name).await
            }
            Command::RemoveAuthenticator { login_name } => {
                self.remove_authenticator(issued_by, &login_name).await
            }
            Command::IssueRecoveryCodes { login_name } => {
                self.issue_recovery_codes(issued_by, &login_name).await
            }
            Command::IssuePass {
                login_name,
                minutes,
            } => self.issue_pass(issued_by, &login_name, minutes).await,
            Command::ClearTries { login_name } => self.clear_tries(issued_by, &login_name).await,
        }
    }

    async fn add_authenticator(&self, issued_by: &str, name: &str) -> Result<Reply, Refusal> {
        self.expect_gate(GateKind::Authenticator)?;
        let account = self.find(name).await?;
        let tenant = &self.parts.tenant.display_name;
        let (secret, address) =
            authenticator::make(&self.parts.random, tenant, &account.login_name)?;
        let (methods, anchor) = (self.methods.clone(), account.anchor);
        let put = move |tables: &_| methods.put_authenticator(tables, anchor, &secret);
        if !self.parts.store.write(put).await? {
            return Err(Refusal::AuthenticatorPresent);
        }
        let account = hex(&anchor.0);
        tracing::info!(audit = true, issued_by, account, "authenticator added");
        Ok(Reply::Authenticator { address })
    }

    async fn remove_authenticator(&self, issued_by: &str, name: &str) -> Result<Reply, Refusal> {
        let anchor = self.find(name).await?.anchor;
        if !self.methods.remove(GateKind::Authenticator, anchor).await? {
            return Err(Refusal::AuthenticatorMissing);
        }
        let account = hex(&anchor.0);
        tracing::info!(audit = true, issued_by, account, "authenticator removed");
        Ok(Reply::Done)
    }

    async fn issue_recovery_codes(&self, issued_by: &str, name: &str) -> Result<Reply, Refusal> {
        let kind = GateKind::RecoveryCode;
        self.expect_gate(kind)?;
        let anchor = self.find_usable(name).await?.anchor;
        let (key, random) = (&self.parts.store_key, &self.parts.random);
        let (issued, codes) = Issued::make(key, random, kind, anchor)?;
        let methods = self.methods.clone();
        let put = move |tables: &_| methods.put_issued(tables, kind, anchor, &issued);
        self.parts.store.write(put).await?;
        if self.parts.sandbox {
            self.parts.sandbox_codes.keep(kind, anchor, codes.clone());
        }
        let account = hex(&anchor.0);
        tracing::info!(audit = true, issued_by, account, "recovery codes issued");
        Ok(Reply::RecoveryCodes { codes })
    }

    async fn issue_pass(
        &self,
        issued_by: &str,
        name: &str,
        minutes: u16,
    ) -> Result<Reply, Refusal> {
        let kind = GateKind::HelpdeskPass;
        if !PASS_MINUTES.contains(&minutes) {
            let (least, most) = (PASS_MINUTES.start(), PASS_MINUTES.end());
            let fault = format!("minutes: expected {least} to {most}, found {minutes}");
            return Err(Refusal::Value(fault));
        }
        self.expect_gate(kind)?;
        let account = self.find_usable(name).await?;
        let (anchor, subjects) = (account.anchor, self.tries_keys(&account));
        let support_code = self.support_code()?;
        let (key, random) = (&self.parts.store_key, &self.parts.random);
        let (mut issued, codes) = Issued::make(key, random, kind, anchor)?;
        issued.expires = Some(self.now() + u64::from(minutes) * 60);
        issued.note = Some(Note {
            support_code: support_code.clone(),
            issued_by: issued_by.to_owned(),
        });
        let (methods, now) = (self.methods.clone(), self.now());
        let written = self.parts.store.write(move |tables| {
            // Somebody who has used up every try must still be able to use the pass.
            for subject in subjects {
                tries::forget(tables, &subject, now)?;
            }
            methods.put_issued(tables, kind, anchor, &issued)
        });
        written.await?;
        if self.parts.sandbox {
            self.parts.sandbox_codes.keep(kind, anchor, codes.clone());
        }
        let account = hex(&anchor.0);
        tracing::info!(
            audit = true,
            issued_by,
            account,
            minutes,
            support_code,
            "helpdesk pass issued, tries cleared"
        );
        let code = codes.into_iter().next().unwrap_or_default();
        Ok(Reply::Pass { code, support_code })
    }

    async fn clear_tries(&self, issued_by: &str, name: &str) -> Result<Reply, Refusal> {
        let account = self.find(name).await?;
        let (subjects, now) = (self.tries_keys(&account), self.now());
        let forget = move |tables: &_| {
            let forget = |subject| tries::forget(tables, subject, now);
            subjects.iter().try_for_each(forget)
        };
        self.parts.store.write(forget).await?;
        let account = hex(&account.anchor.0);
        tracing::info!(audit = true, issued_by, account, "tries cleared");
        Ok(Reply::Done)
    }

    /// Returns the keys of an account in the table of tries: that of its anchor (`tell` tenants)
    /// and those of its names (`decoy` tenants).
    fn tries_keys(&self, account: &Account) -> Vec<[u8; 16]> {
        let names = decoy::names_of(account);
        let by_name = names.map(|name| decoy::tries_key(&self.parts.store_key, &name));
        let mut keys = vec![self.subject(account.anchor)];
        keys.extend(by_name);
        keys
    }

    /// Refuses a gate that the policy does not have: a method for it would only seem to help.
    fn expect_gate(&self, kind: GateKind) -> Result<(), Refusal> {
        if self.parts.rules.gates.kinds().contains(&kind) {
            return Ok(());
        }
        let gate = kind.name().to_owned();
        Err(Refusal::GateOff { gate })
    }

    async fn find(&self, name: &str) -> Result<Account, Refusal> {
        Ok(self
            .with_directory_timeout(self.parts.directory.find(name))
            .await?)
    }

    /// Finds the account of a name; refuses it if its password may not be reset.
    async fn find_usable(&self, name: &str) -> Result<Account, Refusal> {
        let account = self.find(name).await?;
        let usable = ensure_usable(&account);
        usable.map_err(|reason| Failure::new(reason, "its password is not reset here"))?;
        Ok(account)
    }

    /// Returns a random support code, such as `K7QD-2M4X`.
    fn support_code(&self) -> Result<String, NoRandom> {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let bytes = system::bytes::<8>(&self.parts.random)?;
        let letters = bytes.map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
        let (first, last) = letters.split_at(4);
        Ok(String::from_iter(first.iter().chain(&['-']).chain(last)))
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Account {
            reason: failure.reason.code().to_owned(),
            cause: failure.cause,
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<NoRandom> for Refusal {
    fn from(error: NoRandom) -> Self {
        Self::Failed(error.to_string())
    }
}
