//! A directory in memory with one scripted account for each outcome, for the sandbox and for tests.

mod scripts;

pub use scripts::{DEAD_NUMBER, Script};

use crate::names::{self, folded};
use crate::{Account, Anchor, Clock, Directory, Failure, Verified};
use async_trait::async_trait;
use core::fmt;
use postern_envelope::Secret;
use postern_protocol::{Policy, Reason};
use scripts::SCRIPTS;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The domain before `\`, as in `SANDBOX\alice`.
pub const DOMAIN: &str = "SANDBOX";

/// The domain after `@`, of login names and mail addresses.
pub const MAIL_DOMAIN: &str = "sandbox.example";

/// The second address of the account that has two.
pub const OTHER_ADDRESS: &str = "home@kaczmarek.example";

/// How many passwords the sandbox remembers.
const HISTORY: u16 = 24;

/// The least length, of all and of `fine_grained`.
const MINIMUM: (u16, u16) = (12, 15);

/// The password that every account begins with.
pub const FIRST_PASSWORD: &str = "Sandbox teapot 1";

/// How long `too_young` has to wait, from the start of the sandbox.
const TOO_YOUNG_FOR: u64 = 20 * 60 * 60;

/// The sandbox. Nothing of it outlives the process.
pub struct Sandbox {
    clock: Clock,
    started: u64,
    states: Mutex<Vec<State>>,
}

/// What changes of an account.
struct State {
    /// The current password first.
    passwords: VecDeque<Secret>,
    key_version: u32,
    locked: bool,
}

impl Sandbox {
    /// A fresh sandbox.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        let states = SCRIPTS.iter().map(|script| State {
            passwords: VecDeque::from([Secret::from(FIRST_PASSWORD)]),
            key_version: 1,
            locked: script.script == "locked",
        });
        Self {
            started: clock(),
            clock,
            states: Mutex::new(states.collect()),
        }
    }

    /// The scripted accounts, in the order in which they are shown.
    #[must_use]
    pub const fn scripts() -> &'static [Script] {
        SCRIPTS
    }

    /// Whether this is the current password of an account.
    #[must_use]
    pub fn password_is(&self, login_name: &str, password: &Secret) -> bool {
        self.inspect(login_name, false, |state| {
            let current = state.passwords.front();
            current.is_some_and(|current| current.expose() == password.expose())
        })
    }

    /// How often the password of an account was set, counted from 1, as `msDS-KeyVersionNumber`
    /// counts; 0 if there is no such account.
    #[must_use]
    pub fn key_version(&self, login_name: &str) -> u32 {
        self.inspect(login_name, 0, |state| state.key_version)
    }

    /// Whether an account is locked out.
    #[must_use]
    pub fn is_locked(&self, login_name: &str) -> bool {
        self.inspect(login_name, false, |state| state.locked)
    }

    fn inspect<T>(&self, login_name: &str, absent: T, read: impl FnOnce(&State) -> T) -> T {
        match position(login_name) {
            Some(index) => self.states().get(index).map_or(absent, read),
            None => absent,
        }
    }

    /// The states. A panic elsewhere cannot leave one half changed, so poison is passed over.
    fn states(&self) -> MutexGuard<'_, Vec<State>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn policy_of(&self, script: &Script) -> Policy {
        let until = self.started + TOO_YOUNG_FOR;
        let policy = Policy {
            minimum: match script.script {
                "fine_grained" => MINIMUM.1,
                _ => MINIMUM.0,
            },
            complexity: true,
            history: HISTORY,
            too_young_until: (script.script == "too_young" && until > (self.clock)())
                .then_some(until),
            account_name: String::new(),
            name_parts: Vec::new(),
            history_enforced: true,
        };
        policy.with_names(script.login_name, script.display_name)
    }

    /// The reason whose code is this name, with numbers as they could be: so that each can be seen.
    fn asked_for(&self, name: &str) -> Option<Reason> {
        let named = |reason: &Reason| name.trim().eq_ignore_ascii_case(reason.code());
        let now = (self.clock)();
        Some(match Reason::ALL.into_iter().find(named)? {
            Reason::WrongCode { .. } => Reason::WrongCode { tries_left: 3 },
            Reason::WrongPassword { .. } => Reason::WrongPassword { tries_left: 2 },
            Reason::Locked { .. } => Reason::Locked {
                until: now + TOO_YOUNG_FOR,
            },
            Reason::TooYoung { .. } => Reason::TooYoung {
                until: now + TOO_YOUNG_FOR,
            },
            Reason::TooManyCodes { .. } => Reason::TooManyCodes {
                until: now + TOO_YOUNG_FOR,
            },
            Reason::TooManyFromNetwork { .. } => Reason::TooManyFromNetwork {
                until: now + TOO_YOUNG_FOR,
            },
            Reason::SentTooRecently { .. } => Reason::SentTooRecently { until: now + 30 },
            Reason::TooShort { .. } => Reason::TooShort {
                minimum: MINIMUM.0,
                length: 8,
            },
            Reason::TooLong { .. } => Reason::TooLong {
                maximum: 256,
                length: 300,
            },
            Reason::TooFewClasses { .. } => Reason::TooFewClasses {
                needed: 3,
                found: 2,
            },
            Reason::UsedBefore { .. } => Reason::UsedBefore {
                remembered: HISTORY,
            },
            Reason::PasswordElsewhere { .. } => Reason::PasswordElsewhere {
                place: "https://passwords.example/".into(),
            },
            plain => plain,
        })
    }

    /// Sets a password as the script of the account says.
    fn write(&self, index: usize, script: &Script, password: &Secret) -> Result<(), Failure> {
        refused_before_a_write(script)?;
        let Some(candidate) = password.expose_str() else {
            return scripted(Reason::Internal);
        };
        if let Some(reason) = self.policy_of(script).refuse(candidate, (self.clock)()) {
            return scripted(reason);
        }
        match script.script {
            "used_before" => {
                return scripted(Reason::UsedBefore {
                    remembered: HISTORY,
                });
            }
            "filter" => return scripted(Reason::Filter),
            "history_or_filter" => return scripted(Reason::HistoryOrFilter),
            _ => {}
        }
        let mut states = self.states();
        let Some(state) = states.get_mut(index) else {
            return scripted(Reason::UserNotFound);
        };
        let used = |old: &Secret| old.expose() == password.expose();
        if state.passwords.iter().any(used) {
            return scripted(Reason::UsedBefore {
                remembered: HISTORY,
            });
        }
        state.passwords.push_front(Secret::from(candidate));
        state.passwords.truncate(usize::from(HISTORY));
        state.key_version += 1;
        state.locked = false;
        match script.script {
            // It was written, and the answer was lost on the way: what doubt is about.
            "in_doubt" => scripted(Reason::InDoubt),
            _ => Ok(()),
        }
    }
}

#[async_trait]
impl Directory for Sandbox {
    async fn find(&self, login_name: &str) -> Result<Account, Failure> {
        match position(login_name) {
            Some(index) if script(index)?.script == "ambiguous" => {
                scripted(Reason::AccountAmbiguous)
            }
            Some(index) => account(index),
            None => scripted(self.asked_for(login_name).unwrap_or(Reason::UserNotFound)),
        }
    }

    async fn account(&self, anchor: Anchor) -> Result<Account, Failure> {
        account(index_of(anchor)?)
    }

    async fn policy(&self, account: &Account) -> Result<Policy, Failure> {
        let script = script(index_of(account.anchor)?)?;
        match script.script {
            "policy_unreadable" => scripted(Reason::PolicyUnreadable),
            _ => Ok(self.policy_of(script)),
        }
    }

    async fn set_password(&self, account: &Account, password: &Secret) -> Result<(), Failure> {
        let index = index_of(account.anchor)?;
        self.write(index, script(index)?, password)
    }

    async fn change_password(
        &self,
        account: &Account,
        current: &Secret,
        password: &Secret,
    ) -> Result<(), Failure> {
        if self.verify_password(account, current).await? == Verified::Wrong {
            return scripted(Reason::WrongPassword { tries_left: 0 });
        }
        self.set_password(account, password).await
    }

    async fn verify_password(
        &self,
        account: &Account,
        password: &Secret,
    ) -> Result<Verified, Failure> {
        let script = script(index_of(account.anchor)?)?;
        let name = script.login_name;
        if self.is_locked(name) {
            return scripted(Reason::AccountLocked);
        }
        if !Self::password_is(self, name, password) {
            return Ok(Verified::Wrong);
        }
        // Until it has been changed once.
        let must_change = script.script == "must_change" && self.key_version(name) == 1;
        Ok(if must_change {
            Verified::MustChange
        } else {
            Verified::Right
        })
    }

    async fn unlock(&self, account: &Account) -> Result<bool, Failure> {
        let index = index_of(account.anchor)?;
        refused_before_a_write(script(index)?)?;
        match self.states().get_mut(index) {
            Some(state) => Ok(core::mem::take(&mut state.locked)),
            None => scripted(Reason::UserNotFound),
        }
    }

    async fn find_by_mail(&self, address: &str) -> Result<Vec<Account>, Failure> {
        let accounts = (0..SCRIPTS.len()).map(account);
        let mut found = accounts.collect::<Result<Vec<_>, _>>()?;
        let has = |own: &String| own.eq_ignore_ascii_case(address.trim());
        found.retain(|account| account.mail_addresses.iter().any(has));
        Ok(found)
    }

    async fn check(&self) -> Result<(), Failure> {
        Ok(())
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").finish_non_exhaustive()
    }
}

fn scripted<T>(reason: Reason) -> Result<T, Failure> {
    Err(Failure::new(reason, "the sandbox's script says so"))
}

/// What the script says before anything is written.
fn refused_before_a_write(script: &Script) -> Result<(), Failure> {
    match script.script {
        "unreachable" => scripted(Reason::DirectoryUnreachable),
        "lacks_right" => scripted(Reason::AgentLacksRight),
        "disabled" => scripted(Reason::AccountDisabled),
        "expired" => scripted(Reason::AccountExpired),
        "protected" => scripted(Reason::AccountProtected),
        _ => Ok(()),
    }
}

fn script(index: usize) -> Result<&'static Script, Failure> {
    match SCRIPTS.get(index) {
        Some(script) => Ok(script),
        None => scripted(Reason::UserNotFound),
    }
}

/// Which account a login name means: `alice`, `SANDBOX\alice`, `alice@sandbox.example` or its
/// principal name, `alice.novak@sandbox.example`.
fn position(login_name: &str) -> Option<usize> {
    if login_name.chars().any(char::is_control) {
        return None;
    }
    let folded = folded(login_name);
    let name = if let Some((domain, name)) = folded.split_once('\\') {
        (domain == DOMAIN.to_lowercase()).then_some(name)
    } else if let Some((name, domain)) = folded.split_once('@') {
        (domain == MAIL_DOMAIN).then_some(name)
    } else {
        Some(folded.as_str())
    }?;
    SCRIPTS.iter().position(|script| {
        script.login_name == name
            || folded.contains('@') && folded == names::folded(&principal_name(script))
    })
}

fn principal_name(script: &Script) -> String {
    let names = script.display_name.to_lowercase().replace(' ', ".");
    format!("{names}@{MAIL_DOMAIN}")
}

/// The anchor of an account says where it stands in the list.
fn anchor(index: usize) -> Anchor {
    let mut bytes = *b"sandbox account\0";
    bytes[15] = u8::try_from(index).unwrap_or(u8::MAX);
    Anchor(bytes)
}

fn index_of(wanted: Anchor) -> Result<usize, Failure> {
    match (0..SCRIPTS.len()).find(|index| anchor(*index) == wanted) {
        Some(index) => Ok(index),
        None => scripted(Reason::UserNotFound),
    }
}

fn account(index: usize) -> Result<Account, Failure> {
    let script = script(index)?;
    let address = format!("{}@{MAIL_DOMAIN}", script.login_name);
    Ok(Account {
        anchor: anchor(index),
        login_name: script.login_name.to_owned(),
        principal_name: principal_name(script),
        display_name: script.display_name.to_owned(),
        disabled: script.script == "disabled",
        expired: script.script == "expired",
        protected: script.script == "protected",
        two_gates: script.script == "two_gates",
        mail_addresses: match script.script {
            "no_gates" | "sms" | "voice" | "not_sent" | "recovery" | "pass" => Vec::new(),
            "two_addresses" => vec![address, OTHER_ADDRESS.to_owned()],
            _ => vec![address],
        },
        mobile_numbers: numbers(&[script.mobile]),
        phone_numbers: numbers(&[script.mobile, script.telephone]),
    })
}

fn numbers(numbers: &[Option<&str>]) -> Vec<String> {
    numbers.iter().flatten().map(ToString::to_string).collect()
}
