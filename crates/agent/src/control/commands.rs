//! Executes the commands. Each command that concerns an account writes an audit line, which names
//! the account by its anchor and the person who gave the command.

use super::{Command, Refusal, Reply, Status};
use crate::accounts::{Accounts, ensure_usable};
use crate::agent::Agent;
use crate::audit::account_name;
use crate::config::Rules;
use crate::limits::tries;
use crate::subject;
use postern_directory::{Account, Failure};
use postern_gates::{Gate, GateError, Gates, NewMethod, Note};
use postern_protocol::GateKind;
use postern_protocol::support_code::support_code;
use postern_store::store::{StoreError, Tables};
use postern_store::{Memory, NoRandom};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The lifetimes that a pass may have, in minutes.
const PASS_MINUTES: RangeInclusive<u16> = 1..=60;

impl Agent {
    async fn status(&self) -> Reply {
        Reply::Status(Status {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            tenant: self.0.requests.tenant.clone(),
            connected: self.0.is_connected(),
            directory_up: self.0.accounts.check().await.is_ok(),
        })
    }

    /// Executes a command of a person on the agent's host, whom the audit line names.
    pub async fn command(&self, issued_by: &str, command: Command) -> Reply {
        let Ok(_running) = self.0.running.acquire().await else {
            return Reply::Refused(Refusal::Stopping);
        };
        let services = &self.0;
        let commands = Commands {
            memory: &services.memory,
            rules: &services.rules,
            accounts: &services.accounts,
            gates: &services.gates,
        };
        let done = match command {
            Command::Status => Ok(self.status().await),
            Command::AddAuthenticator { login_name } => {
                commands.add_authenticator(issued_by, &login_name).await
            }
            Command::RemoveAuthenticator { login_name } => {
                commands.remove_authenticator(issued_by, &login_name).await
            }
            Command::IssueRecoveryCodes { login_name } => {
                commands.issue_recovery_codes(issued_by, &login_name).await
            }
            Command::IssuePass {
                login_name,
                minutes,
            } => commands.issue_pass(issued_by, &login_name, minutes).await,
            Command::ClearTries { login_name } => {
                commands.clear_tries(issued_by, &login_name).await
            }
        };
        match done {
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

/// The commands that concern accounts.
struct Commands<'a> {
    memory: &'a Memory,
    rules: &'a Rules,
    accounts: &'a Accounts,
    gates: &'a Gates,
}

impl Commands<'_> {
    async fn add_authenticator(&self, issued_by: &str, name: &str) -> Result<Reply, Refusal> {
        let kind = GateKind::Authenticator;
        self.expect_gate(kind)?;
        let account = self.find(name).await?;
        let Some(method) = self.add(kind, &account).await? else {
            return Err(Refusal::AuthenticatorPresent);
        };
        let account = account_name(account.anchor);
        tracing::info!(audit = true, issued_by, account, "authenticator added");
        Ok(Reply::Authenticator {
            address: method.offer,
        })
    }

    async fn remove_authenticator(&self, issued_by: &str, name: &str) -> Result<Reply, Refusal> {
        let anchor = self.find(name).await?.anchor;
        let gate = self.gate(GateKind::Authenticator)?;
        let remove = move |tables: &Tables| match gate.registration() {
            Some(registration) => registration.remove(tables, anchor, None),
            None => Ok(false),
        };
        if !self.memory.store.write(remove).await? {
            return Err(Refusal::AuthenticatorMissing);
        }
        let account = account_name(anchor);
        tracing::info!(audit = true, issued_by, account, "authenticator removed");
        Ok(Reply::Done)
    }

    async fn issue_recovery_codes(&self, issued_by: &str, name: &str) -> Result<Reply, Refusal> {
        let kind = GateKind::RecoveryCode;
        self.expect_gate(kind)?;
        let account = self.find_usable(name).await?;
        let method = self.add(kind, &account).await?;
        let codes = method.map(|method| method.offered_codes());
        let codes = codes.unwrap_or_default();
        let account = account_name(account.anchor);
        tracing::info!(audit = true, issued_by, account, "recovery codes issued");
        Ok(Reply::RecoveryCodes { codes })
    }

    /// Adds a method without the confirmation of its owner; returns `None` if the account has
    /// another one that it keeps.
    async fn add(&self, kind: GateKind, account: &Account) -> Result<Option<NewMethod>, Refusal> {
        let (gate, anchor) = (self.gate(kind)?, account.anchor);
        let Some(registration) = gate.registration() else {
            return Ok(None);
        };
        let method = registration.begin(account).await?;
        let add = move |tables: &Tables| match gate.registration() {
            Some(registration) if registration.add(tables, anchor, &method)? => Ok(Some(method)),
            _ => Ok(None),
        };
        Ok(self.memory.store.write(add).await?)
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
        let anchor = account.anchor;
        let subjects = subject::tries_keys(&self.memory.key, &account);
        let (support_code, now) = (self.new_support_code()?, self.memory.now());
        let note = Note {
            support_code: support_code.clone(),
            issued_by: issued_by.to_owned(),
        };
        // Somebody who has used up every try must still be able to use the pass.
        let clear = move |tables: &Tables| clear(tables, &subjects, now);
        let expires = now + u64::from(minutes) * 60;
        let pass = self.gates.helpdesk_pass();
        let code = pass.issue(anchor, expires, note, clear).await?;
        let account = account_name(anchor);
        tracing::info!(
            audit = true,
            issued_by,
            account,
            minutes,
            support_code,
            "helpdesk pass issued, tries cleared"
        );
        Ok(Reply::Pass { code, support_code })
    }

    async fn clear_tries(&self, issued_by: &str, name: &str) -> Result<Reply, Refusal> {
        let account = self.find(name).await?;
        let subjects = subject::tries_keys(&self.memory.key, &account);
        let now = self.memory.now();
        let clear = move |tables: &Tables| clear(tables, &subjects, now);
        self.memory.store.write(clear).await?;
        let account = account_name(account.anchor);
        tracing::info!(audit = true, issued_by, account, "tries cleared");
        Ok(Reply::Done)
    }

    /// Refuses a gate that the policy does not have: a method for it would only seem to help.
    fn expect_gate(&self, kind: GateKind) -> Result<(), Refusal> {
        if self.rules.gates.kinds().contains(&kind) {
            return Ok(());
        }
        let gate = kind.name().to_owned();
        Err(Refusal::GateOff { gate })
    }

    fn gate(&self, kind: GateKind) -> Result<Arc<dyn Gate>, Refusal> {
        let gate = self.gates.get(kind).cloned();
        gate.ok_or_else(|| Refusal::GateOff {
            gate: kind.name().to_owned(),
        })
    }

    async fn find(&self, name: &str) -> Result<Account, Refusal> {
        Ok(self.accounts.find(name).await?)
    }

    /// Finds the account of a name; refuses it if its password may not be reset.
    async fn find_usable(&self, name: &str) -> Result<Account, Refusal> {
        let account = self.find(name).await?;
        let usable = ensure_usable(&account);
        usable.map_err(|reason| Failure::new(reason, "its password is not reset here"))?;
        Ok(account)
    }

    fn new_support_code(&self) -> Result<String, NoRandom> {
        Ok(support_code(self.memory.random_bytes()?))
    }
}

/// Gives back everything that was counted against these keys.
fn clear(tables: &Tables, keys: &[[u8; 16]], now: u64) -> Result<(), StoreError> {
    let mut keys = keys.iter();
    keys.try_for_each(|key| tries::forget(tables, key, now))
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

impl From<GateError> for Refusal {
    fn from(error: GateError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<NoRandom> for Refusal {
    fn from(error: NoRandom) -> Self {
        Self::Failed(error.to_string())
    }
}
