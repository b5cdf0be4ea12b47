//! Identifying: from a login name to open gates, or to decoys of them.

use super::outcome::{After, Fault, Outcome};
use super::{Flow, OpenGate, Proving, State, ledger};
use crate::agent::AgentContext;
use crate::gates::issued::{Issued, SpentCodes, spent_name};
use crate::gates::passkey::StoredPasskey;
use crate::request::RequestContext;
use crate::{StoreError, decoy, mask};
use postern_directory::{Account, Anchor, Failure, names};
use postern_envelope::Secret;
use postern_protocol::{Device, FlowKind, GateKind, Reason};
use postern_store::system;
use std::sync::Arc;

/// The maximum length of a login name. A `userPrincipalName` has at most 1,024 characters, more
/// than fit a message.
const MAX_NAME_CHARS: usize = 512;

/// The maximum number of addresses of an account that are offered, so that every reply has one
/// size.
const MAX_ADDRESSES: usize = 3;

/// The maximum number of phone numbers offered for messages, and the maximum for calls.
const MAX_NUMBERS: usize = 2;

/// The gates that an account has to pass before its password is reset.
pub(super) struct Required {
    pub gates: Vec<OpenGate>,
    /// The number of gates of different kinds required.
    pub needed: u8,
    /// The kinds that must be among those passed.
    pub always: Vec<GateKind>,
}

/// An account, or a decoy of one, with its gates.
struct Identified {
    anchor: Option<Anchor>,
    subject: [u8; 16],
    /// The key in the `tries` table, if it is not `subject`.
    name_tries_key: Option<[u8; 16]>,
    gates: Vec<OpenGate>,
    /// The number of gates of different kinds required.
    needed: u8,
    /// The kinds that must be among those passed.
    always: Vec<GateKind>,
    /// The gates are the same for every name.
    uniform: bool,
}

impl Identified {
    /// Begins the flow.
    fn begin(
        self,
        id: [u8; 16],
        epoch: u64,
        expires: u64,
        flow_kind: FlowKind,
        device: Option<Device>,
    ) -> Flow {
        Flow {
            id: id.into(),
            subject: self.subject.into(),
            expires,
            state: State::Proving(Proving {
                anchor: self.anchor.map(|anchor| anchor.0.into()),
                needed: self.needed,
                passed: Vec::new(),
                gates: self.gates,
                always: self.always,
                uniform: self.uniform,
            }),
            current: None,
            previous: None,
            kind: Some(flow_kind).filter(|flow_kind| *flow_kind != FlowKind::Reset),
            device,
            extensions: 0,
            epoch,
            wrong: Vec::new(),
            name_tries_key: self.name_tries_key.map(Into::into),
        }
    }
}

impl AgentContext {
    /// Starts a flow for a name. With `reveal_unknown` an unknown name is refused; otherwise it
    /// gets a flow like that of any other name.
    pub(crate) async fn identify(
        self: &Arc<Self>,
        call: &RequestContext,
        name: &Secret,
        flow_kind: FlowKind,
        device: Option<Device>,
        reveal_unknown: bool,
    ) -> Result<Outcome, Fault> {
        if !self.offers(flow_kind) {
            return Ok(Outcome::refused(Reason::NotOffered));
        }
        if flow_kind == FlowKind::UserName {
            return self.send_user_name(call, name, device).await;
        }
        // Decided by the name alone, so that it reveals nothing of accounts, whatever
        // `unknown_names` is.
        if let Some(place) = name
            .expose_str()
            .and_then(|name| self.parts.rules.external_reset_place(name))
        {
            let place = place.to_owned();
            return Ok(Outcome::refused(Reason::PasswordElsewhere { place }));
        }
        let started = tokio::time::Instant::now();
        let outcome = self
            .identify_now(name, flow_kind, device, reveal_unknown)
            .await;
        if !reveal_unknown {
            tokio::time::sleep_until(started + self.parts.decoy_floor).await;
        }
        outcome
    }

    /// Reports whether the tenant offers a kind of flow.
    pub(super) fn offers(&self, flow_kind: FlowKind) -> bool {
        self.parts.rules.flows.offered().contains(&flow_kind)
    }

    async fn identify_now(
        &self,
        name: &Secret,
        flow_kind: FlowKind,
        device: Option<Device>,
        reveal_unknown: bool,
    ) -> Result<Outcome, Fault> {
        let identified = if reveal_unknown {
            self.look_up(name, flow_kind).await
        } else {
            self.look_up_uniform(name, flow_kind).await
        };
        let identified = match identified {
            Err(reason) => return Ok(Outcome::refused(reason)),
            Ok(identified) => identified,
        };
        let now = self.now();
        let rules = &self.parts.rules;
        let expires = now + u64::from(rules.flow_minutes.get()) * 60;
        let id = system::bytes(&self.parts.random)?;
        let epoch = ledger::epoch_of(&self.parts.store, &identified.subject).await?;
        let flow = identified.begin(id, epoch, expires, flow_kind, device);
        let outcome = Outcome::flow_continues(flow, None, now);
        debug_assert!(matches!(outcome.after, After::Continues(_)));
        Ok(outcome)
    }

    async fn look_up(&self, name: &Secret, flow_kind: FlowKind) -> Result<Identified, Reason> {
        let name = login_name(name).ok_or(Reason::UserNotFound)?;
        let found = self
            .with_directory_timeout(self.parts.directory.find(name))
            .await;
        let account = found.map_err(|failure| {
            tracing::warn!(cause = failure.cause, "no account");
            failure.reason
        })?;
        ensure_usable(&account)?;
        if matches!(flow_kind, FlowKind::Change | FlowKind::Methods) {
            return Ok(Identified {
                anchor: Some(account.anchor),
                subject: self.subject(account.anchor),
                name_tries_key: None,
                gates: with_ids(vec![gate(GateKind::Password)]),
                needed: 1,
                always: Vec::new(),
                uniform: false,
            });
        }
        let required = self.gates_for_reset(&account, &[]).await?;
        Ok(Identified {
            anchor: Some(account.anchor),
            subject: self.subject(account.anchor),
            name_tries_key: None,
            gates: with_ids(required.gates),
            needed: required.needed,
            always: required.always,
            uniform: false,
        })
    }

    /// Returns the gates of an account, some of whose kinds are passed already. Those count even if
    /// the account has none left: a code that was used to pass may have been the last.
    pub(super) async fn gates_for_reset(
        &self,
        account: &Account,
        passed: &[GateKind],
    ) -> Result<Required, Reason> {
        let mut kinds = passed.to_vec();
        let mut gates = Vec::new();
        for kind in self.parts.rules.gates.kinds() {
            let found = self.gates_of(account, *kind).await?;
            if !found.is_empty() && !kinds.contains(kind) {
                kinds.push(*kind);
            }
            gates.extend(found);
        }
        let needed = self.gates_needed(account.two_gates);
        let always = self.parts.rules.gates_always().to_vec();
        let has_all = always.iter().all(|kind| kinds.contains(kind));
        if !has_all || kinds.len() < usize::from(needed) {
            return Err(Reason::TooFewGates);
        }
        Ok(Required {
            gates,
            needed,
            always,
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
            Some(name) => self.find_optional(self.parts.directory.find(name)).await?,
            None => None,
        };
        // A directory that treats more names as equal than `bare` does would give each its own
        // tries.
        let exact = exact.filter(|account| decoy::names_of(account).contains(&bare));
        let name_tries_key = decoy::tries_key(&self.parts.store_key, &bare);
        let subject = match &exact {
            Some(account) => self.subject(account.anchor),
            None => name_tries_key,
        };
        let rules = &self.parts.rules;
        let by_password = matches!(flow_kind, FlowKind::Change | FlowKind::Methods);
        let (kinds, needed, always) = if by_password {
            (&[GateKind::Password][..], 1, &[][..])
        } else {
            let kinds = rules.gates.kinds();
            (kinds, self.gates_needed(false), rules.gates_always())
        };
        let kinds = kinds.iter().copied();
        let gates = kinds.map(|kind| match &exact {
            Some(account) => gate_to_all(kind, account),
            None => gate(kind),
        });
        Ok(Identified {
            anchor: exact.as_ref().map(|account| account.anchor),
            subject,
            name_tries_key: Some(name_tries_key),
            gates: with_ids(gates.collect()),
            needed,
            always: always.to_vec(),
            uniform: !by_password,
        })
    }

    /// Returns the account that the directory found; `None` if the failure concerns the account.
    async fn find_optional(
        &self,
        found: impl Future<Output = Result<Account, Failure>>,
    ) -> Result<Option<Account>, Reason> {
        match self.with_directory_timeout(found).await {
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

    /// Returns the number of gates of different kinds required. An account with `two_gates` is in a
    /// group for which one is never enough.
    pub(super) fn gates_needed(&self, two_gates: bool) -> u8 {
        let rules = &self.parts.rules;
        let required = usize::from(rules.gates_required.get()).max(rules.gates_always().len());
        let required = required.max(if two_gates { 2 } else { 1 });
        u8::try_from(required).unwrap_or(u8::MAX)
    }

    /// Returns the key of an account in the `epochs` table and, in `tell` tenants, in the `tries`
    /// table.
    pub(crate) fn subject(&self, anchor: Anchor) -> [u8; 16] {
        self.parts
            .store_key
            .short_hash("account tries", &[&anchor.0])
    }

    pub(super) async fn gates_of(
        &self,
        account: &Account,
        kind: GateKind,
    ) -> Result<Vec<OpenGate>, Reason> {
        Ok(match kind {
            GateKind::Mail => usable_addresses(account)
                .map(|address| mail_gate(address))
                .collect(),
            GateKind::Authenticator => {
                let secret = self.methods.authenticator(account.anchor).await;
                let secret = secret.unwrap_or_else(|error| {
                    tracing::error!(%error, "an authenticator is left out");
                    None
                });
                let mut open = false;
                if let Some(secret) = secret {
                    open = self
                        .is_active(kind, account.anchor, secret.expose())
                        .await?;
                }
                open.then(|| gate(kind)).into_iter().collect()
            }
            GateKind::Passkey => {
                let mut open = false;
                for one in self.passkeys(account.anchor).await {
                    let id = one.passkey.cred_id();
                    open = open || self.is_active(kind, account.anchor, id).await?;
                }
                open.then(|| gate(kind)).into_iter().collect()
            }
            // The password is a gate of changes and of managing methods, never of a reset.
            GateKind::Password => Vec::new(),
            GateKind::Sms => number_gates(kind, &account.mobile_numbers),
            GateKind::Voice => number_gates(kind, &account.phone_numbers),
            GateKind::RecoveryCode | GateKind::HelpdeskPass => {
                let unused = self.unused_codes(kind, account.anchor).await;
                let unused = unused.map_err(|error| {
                    tracing::error!(%error, "used codes cannot be read");
                    Reason::StoreUnavailable
                })?;
                let mut open = !unused.is_empty();
                let issued = self.issued(kind, account.anchor).await;
                if let Some(issued) = issued.filter(|_| open) {
                    open = self.is_active(kind, account.anchor, issued.id()).await?;
                }
                open.then(|| gate(kind)).into_iter().collect()
            }
        })
    }

    /// Returns the codes issued to an account for a kind of gate. Codes that cannot be read are
    /// left out.
    pub(crate) async fn issued(&self, kind: GateKind, anchor: Anchor) -> Option<Issued> {
        let issued = self.methods.issued(kind, anchor).await;
        issued.unwrap_or_else(|error| {
            tracing::error!(%error, "issued codes are left out");
            None
        })
    }

    /// Returns the passkeys of an account, if the tenant uses any. Those that cannot be read are
    /// left out.
    pub(crate) async fn passkeys(&self, anchor: Anchor) -> Vec<StoredPasskey> {
        if self.parts.passkeys.is_none() {
            return Vec::new();
        }
        let passkeys = self.methods.passkeys(anchor).await;
        passkeys.unwrap_or_else(|error| {
            tracing::error!(%error, "passkeys are left out");
            Vec::new()
        })
    }

    /// Returns the indexes of the codes that an account can still use.
    pub(crate) async fn unused_codes(
        &self,
        kind: GateKind,
        anchor: Anchor,
    ) -> Result<Vec<usize>, StoreError> {
        let Some(issued) = self.issued(kind, anchor).await else {
            return Ok(Vec::new());
        };
        let name = spent_name(&self.parts.store_key, kind, anchor);
        let spent = SpentCodes::load(&self.parts.store, &name).await?;
        Ok(issued.unused(&spent, self.now()))
    }
}

/// Fails if the password of an account may not be reset at all.
pub(crate) fn ensure_usable(account: &Account) -> Result<(), Reason> {
    if account.disabled {
        Err(Reason::AccountDisabled)
    } else if account.expired {
        Err(Reason::AccountExpired)
    } else if account.protected {
        Err(Reason::AccountProtected)
    } else {
        Ok(())
    }
}

/// Reports whether a reason reveals something about an account, which a `decoy` tenant shows only
/// to its owner.
pub(super) fn concerns_account(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::UserNotFound
            | Reason::AccountAmbiguous
            | Reason::AccountDisabled
            | Reason::AccountExpired
            | Reason::AccountProtected
            | Reason::AgentLacksRight
            | Reason::TooFewGates
    )
}

/// Returns the trimmed login name; `None` if a directory cannot be asked for it.
fn login_name(typed: &Secret) -> Option<&str> {
    let name = typed.expose_str()?.trim();
    let length = name.chars().count();
    let sound = (1..=MAX_NAME_CHARS).contains(&length) && !name.chars().any(char::is_control);
    sound.then_some(name)
}

fn gate(kind: GateKind) -> OpenGate {
    OpenGate {
        id: 0,
        kind,
        address: None,
        hint: None,
        sent: None,
        challenge: None,
        more_addresses: Vec::new(),
    }
}

/// Returns the one gate of a kind that is shown for every name. Its codes go to all usable
/// addresses or numbers of the account.
fn gate_to_all(kind: GateKind, account: &Account) -> OpenGate {
    let places: Vec<_> = match kind {
        GateKind::Mail => usable_addresses(account).collect(),
        GateKind::Sms => account.mobile_numbers.iter().take(MAX_NUMBERS).collect(),
        GateKind::Voice => account.phone_numbers.iter().take(MAX_NUMBERS).collect(),
        _ => Vec::new(),
    };
    let mut places = places.into_iter().cloned();
    OpenGate {
        address: places.next(),
        more_addresses: places.collect(),
        ..gate(kind)
    }
}

fn usable_addresses(account: &Account) -> impl Iterator<Item = &String> {
    let addresses = account.mail_addresses.iter();
    let usable = addresses.filter(|address| address.contains('@'));
    usable.take(MAX_ADDRESSES)
}

fn mail_gate(address: &str) -> OpenGate {
    OpenGate {
        address: Some(address.to_owned()),
        hint: Some(mask::mail_address(address)),
        ..gate(GateKind::Mail)
    }
}

fn number_gates(kind: GateKind, numbers: &[String]) -> Vec<OpenGate> {
    let numbers = numbers.iter().take(MAX_NUMBERS);
    let gates = numbers.map(|number| OpenGate {
        address: Some(number.clone()),
        hint: Some(mask::phone_number(number)),
        ..gate(kind)
    });
    gates.collect()
}

pub(super) fn with_ids(mut gates: Vec<OpenGate>) -> Vec<OpenGate> {
    for (id, gate) in (1..).zip(&mut gates) {
        gate.id = id;
    }
    gates
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
}
