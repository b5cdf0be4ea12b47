//! Identifying: from a login name to open gates, or to decoys of them.

use super::account_gates::{AccountGates, Required, current_password};
use super::outcome::{Fault, Outcome};
use super::{Flow, Proving, State, ledger};
use crate::accounts::{Accounts, concerns_account, ensure_usable};
use crate::config::Rules;
use crate::subject;
use postern_directory::{Account, Anchor, names};
use postern_envelope::Secret;
use postern_protocol::{Device, FlowKind, Reason};
use postern_store::Memory;
use std::sync::Arc;
use std::time::Duration;

/// The maximum length of a login name. A `userPrincipalName` has at most 1,024 characters, more
/// than fit a message.
const MAX_NAME_CHARS: usize = 512;

/// The maximum length of a name that is kept with its flow, to be shown again.
const MAX_KEPT_NAME_BYTES: usize = 256;

/// The step from a login name to a flow.
pub(crate) struct Identification {
    pub memory: Memory,
    pub rules: Arc<Rules>,
    pub accounts: Accounts,
    pub account_gates: AccountGates,
    /// The minimum time that an answer takes where it must not reveal whether there is an account.
    pub decoy_floor: Duration,
}

/// An account, or a decoy of one, with its gates.
struct Identified {
    anchor: Option<Anchor>,
    subject: [u8; 16],
    /// The key in the `tries` table, if it is not `subject`.
    name_tries_key: Option<[u8; 16]>,
    required: Required,
    /// The gates are the same for every name.
    uniform: bool,
}

impl Identification {
    /// Starts a flow for a name. With `reveal_unknown` an unknown name is refused; otherwise it
    /// gets a flow like that of any other name.
    pub(crate) async fn begin(
        &self,
        name: &Secret,
        flow_kind: FlowKind,
        device: Option<Device>,
        reveal_unknown: bool,
    ) -> Result<Outcome, Fault> {
        // Decided by the name alone, so that it reveals nothing of accounts, whatever
        // `unknown_names` is.
        if let Some(place) = name
            .expose_str()
            .and_then(|name| self.rules.external_reset_place(name))
        {
            let place = place.to_owned();
            return Ok(Outcome::refused(Reason::PasswordElsewhere { place }));
        }
        let started = tokio::time::Instant::now();
        let identified = if reveal_unknown {
            self.look_up(name, flow_kind).await
        } else {
            self.look_up_uniform(name, flow_kind).await
        };
        let outcome = match identified {
            Ok(identified) => self.open_flow(name, identified, flow_kind, device).await,
            Err(reason) => Ok(Outcome::refused(reason)),
        };
        if !reveal_unknown {
            tokio::time::sleep_until(started + self.decoy_floor).await;
        }
        outcome
    }

    async fn open_flow(
        &self,
        name: &Secret,
        identified: Identified,
        flow_kind: FlowKind,
        device: Option<Device>,
    ) -> Result<Outcome, Fault> {
        let now = self.memory.now();
        let epoch = ledger::epoch_of(&self.memory.store, &identified.subject).await?;
        let flow = Flow {
            id: self.memory.random_bytes()?.into(),
            subject: identified.subject.into(),
            expires: now + u64::from(self.rules.flow_minutes.get()) * 60,
            state: State::Proving(Proving {
                anchor: identified.anchor.map(|anchor| anchor.0.into()),
                needed: identified.required.needed,
                passed: Vec::new(),
                gates: identified.required.gates,
                always: identified.required.always,
                uniform: identified.uniform,
            }),
            current: None,
            previous: None,
            kind: Some(flow_kind).filter(|flow_kind| *flow_kind != FlowKind::Reset),
            device,
            extensions: 0,
            epoch,
            wrong: Vec::new(),
            name_tries_key: identified.name_tries_key.map(Into::into),
            name: kept_name(name),
        };
        Ok(Outcome::flow_continues(flow, None, now))
    }

    async fn look_up(&self, name: &Secret, flow_kind: FlowKind) -> Result<Identified, Reason> {
        let name = login_name(name).ok_or(Reason::UserNotFound)?;
        let account = self.accounts.find(name).await.map_err(|failure| {
            tracing::warn!(cause = failure.cause, "no account");
            failure.reason
        })?;
        ensure_usable(&account)?;
        Ok(Identified {
            anchor: Some(account.anchor),
            subject: subject::of_account(&self.memory.key, account.anchor),
            name_tries_key: None,
            required: if flow_kind.begins_with_password() {
                current_password()
            } else {
                self.account_gates.for_reset(&account, &[]).await?
            },
            uniform: false,
        })
    }

    /// Looks up a name without revealing whether it has an account: the gates are the same for
    /// every name, and tries are counted by the name.
    async fn look_up_uniform(
        &self,
        name: &Secret,
        flow_kind: FlowKind,
    ) -> Result<Identified, Reason> {
        let typed = name.expose_str().unwrap_or_default();
        let bare = names::bare(typed);
        let exact = match login_name(name) {
            Some(name) => self.find_optional(name).await?,
            None => None,
        };
        // A directory that treats more names as equal than `bare` does would give each its own
        // tries.
        let exact = exact.filter(|account| subject::names_of(account).contains(&bare));
        let key = &self.memory.key;
        let name_tries_key = subject::of_name(key, &bare);
        let by_password = flow_kind.begins_with_password();
        Ok(Identified {
            anchor: exact.as_ref().map(|account| account.anchor),
            subject: match &exact {
                Some(account) => subject::of_account(key, account.anchor),
                None => name_tries_key,
            },
            name_tries_key: Some(name_tries_key),
            required: if by_password {
                current_password()
            } else {
                self.account_gates.uniform(exact.as_ref())
            },
            uniform: !by_password,
        })
    }

    /// Returns the account of a name; `None` if there is none, or the directory's failure concerns
    /// the account.
    async fn find_optional(&self, name: &str) -> Result<Option<Account>, Reason> {
        match self.accounts.find(name).await {
            Ok(account) => Ok(Some(account)),
            Err(failure) => {
                tracing::warn!(cause = failure.cause, "no account");
                if concerns_account(&failure.reason) {
                    Ok(None)
                } else {
                    Err(failure.reason)
                }
            }
        }
    }
}

/// Returns the trimmed login name; `None` if a directory cannot be asked for it.
fn login_name(typed: &Secret) -> Option<&str> {
    let name = typed.expose_str()?.trim();
    let length = name.chars().count();
    let sound = (1..=MAX_NAME_CHARS).contains(&length) && !name.chars().any(char::is_control);
    sound.then_some(name)
}

/// Returns the name as the page shows it: as it was typed, trimmed; `None` if it is too long.
fn kept_name(typed: &Secret) -> Option<Secret> {
    let name = typed.expose_str()?.trim();
    (name.len() <= MAX_KEPT_NAME_BYTES).then(|| Secret::from(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_name_is_text_of_a_length() {
        for (typed, name) in [
            ("alice", Some("alice")),
            (" CORP\\alice ", Some("CORP\\alice")),
            ("", None),
            ("   ", None),
            ("al\0ice", None),
            ("al\nice", None),
        ] {
            assert_eq!(login_name(&Secret::from(typed)), name, "{typed:?}");
        }
        assert_eq!(login_name(&Secret::new(vec![0xc3, 0x28])), None);
        assert_eq!(login_name(&Secret::new(vec![b'a'; 513])), None);
    }

    #[test]
    fn a_name_is_kept_as_it_was_typed_up_to_a_length() {
        let longest = "ž".repeat(128);
        let too_long = "x".repeat(257);
        for (typed, kept) in [
            (" SANDBOX\\Álice\n", Some("SANDBOX\\Álice")),
            (longest.as_str(), Some(longest.as_str())),
            (too_long.as_str(), None),
        ] {
            assert_eq!(
                kept_name(&Secret::from(typed)),
                kept.map(Secret::from),
                "{typed:?}"
            );
        }
        assert_eq!(kept_name(&Secret::new(vec![0xc3, 0x28])), None);
    }
}
