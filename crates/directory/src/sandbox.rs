//! A directory in memory with one scripted account for each outcome, for the sandbox and for tests.

mod answers;
mod scripts;

pub use answers::{Answer, AnswerStep};
pub use scripts::{Behaviour, DEAD_NUMBER, Script};

use crate::names::fold;
use crate::{Account, Anchor, Clock, Directory, Failure, Verified};
use answers::ANSWERS;
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

/// The number of previous passwords that the sandbox remembers.
const HISTORY_LENGTH: u16 = 24;

/// The minimum password length: of every other account, and of `fine_grained`.
const MINIMUM_LENGTH: (u16, u16) = (12, 15);

/// The initial password of every account.
pub const FIRST_PASSWORD: &str = "Sandbox teapot 1";

/// The time in seconds, from the start of the sandbox, during which `too_young` is too young.
const TOO_YOUNG_SECONDS: u64 = 20 * 60 * 60;

/// The sandbox. Its state is lost when the process ends.
pub struct Sandbox {
    clock: Clock,
    started: u64,
    states: Mutex<Vec<State>>,
}

/// The part of an account that changes.
struct State {
    /// The current password first.
    passwords: VecDeque<Secret>,
    key_version: u32,
    locked: bool,
}

impl Sandbox {
    /// Creates a sandbox in which every account has its initial state.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        let states = all_scripts().map(|script| State {
            passwords: VecDeque::from([Secret::from(FIRST_PASSWORD)]),
            key_version: 1,
            locked: script.behaviour == Behaviour::Locked,
        });
        Self {
            started: clock(),
            clock,
            states: Mutex::new(states.collect()),
        }
    }

    /// Returns the scripted accounts, in the order in which they are shown.
    #[must_use]
    pub const fn scripts() -> &'static [Script] {
        SCRIPTS
    }

    /// Returns the accounts that get one answer each. Their login names are the codes of the reasons.
    #[must_use]
    pub const fn answers() -> &'static [Script] {
        ANSWERS
    }

    /// Returns the answer that an account gets at a time; none if it is not one of
    /// [`Self::answers`].
    #[must_use]
    pub fn answer(anchor: Anchor, now: u64) -> Option<Answer> {
        let script = script(index_of(anchor).ok()?).ok()?;
        answer_of(script, now)
    }

    /// Returns the anchor of a scripted account, also of one that [`Directory::find`] refuses.
    #[must_use]
    pub fn anchor_of(login_name: &str) -> Option<Anchor> {
        position(login_name).map(anchor)
    }

    /// Reports whether this is the current password of an account.
    #[must_use]
    pub fn password_is(&self, login_name: &str, password: &Secret) -> bool {
        self.inspect(login_name, false, |state| {
            let current = state.passwords.front();
            current.is_some_and(|current| current.expose() == password.expose())
        })
    }

    /// Returns the number of times that the password of an account was set, counted from 1 as in
    /// `msDS-KeyVersionNumber`; 0 if there is no such account.
    #[must_use]
    pub fn key_version(&self, login_name: &str) -> u32 {
        self.inspect(login_name, 0, |state| state.key_version)
    }

    /// Reports whether an account is locked out.
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

    /// Locks the states. A panic elsewhere cannot leave one half changed, so poison is ignored.
    fn states(&self) -> MutexGuard<'_, Vec<State>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn policy_of(&self, script: &Script) -> Policy {
        let until = self.started + TOO_YOUNG_SECONDS;
        let policy = Policy {
            minimum: match script.behaviour {
                Behaviour::FineGrained => MINIMUM_LENGTH.1,
                _ => MINIMUM_LENGTH.0,
            },
            complexity: true,
            history: HISTORY_LENGTH,
            too_young_until: (script.behaviour == Behaviour::TooYoung && until > (self.clock)())
                .then_some(until),
            account_name: String::new(),
            name_parts: Vec::new(),
            history_enforced: true,
        };
        policy.with_names(script.login_name, script.display_name)
    }

    /// Fails with the answer of an account that gets it at this step.
    fn give_answer(&self, script: &Script, step: AnswerStep) -> Result<(), Failure> {
        match answer_of(script, (self.clock)()) {
            Some(answer) if answer.step == step => fail(answer.reason),
            _ => Ok(()),
        }
    }

    /// Sets a password, or fails as the account's script specifies.
    fn write(&self, index: usize, script: &Script, password: &Secret) -> Result<(), Failure> {
        check_before_write(script)?;
        self.give_answer(script, AnswerStep::NewPassword)?;
        let Some(candidate) = password.expose_str() else {
            return fail(Reason::Internal);
        };
        if let Some(reason) = self.policy_of(script).refuse(candidate, (self.clock)()) {
            return fail(reason);
        }
        match script.behaviour {
            Behaviour::UsedBefore => {
                return fail(Reason::UsedBefore {
                    remembered: HISTORY_LENGTH,
                });
            }
            Behaviour::Filter => return fail(Reason::Filter),
            Behaviour::HistoryOrFilter => return fail(Reason::HistoryOrFilter),
            _ => {}
        }
        let mut states = self.states();
        let Some(state) = states.get_mut(index) else {
            return fail(Reason::UserNotFound);
        };
        let used = |old: &Secret| old.expose() == password.expose();
        if state.passwords.iter().any(used) {
            return fail(Reason::UsedBefore {
                remembered: HISTORY_LENGTH,
            });
        }
        state.passwords.push_front(Secret::from(candidate));
        state.passwords.truncate(usize::from(HISTORY_LENGTH));
        state.key_version += 1;
        state.locked = false;
        match script.behaviour {
            // The password was written and the answer was lost.
            Behaviour::InDoubt => fail(Reason::InDoubt),
            _ => Ok(()),
        }
    }
}

#[async_trait]
impl Directory for Sandbox {
    async fn find(&self, login_name: &str) -> Result<Account, Failure> {
        let Some(index) = position(login_name) else {
            return fail(Reason::UserNotFound);
        };
        let script = script(index)?;
        self.give_answer(script, AnswerStep::UserName)?;
        match script.behaviour {
            Behaviour::Ambiguous => fail(Reason::AccountAmbiguous),
            _ => account(index),
        }
    }

    async fn account(&self, anchor: Anchor) -> Result<Account, Failure> {
        account(index_of(anchor)?)
    }

    async fn policy(&self, account: &Account) -> Result<Policy, Failure> {
        let script = script(index_of(account.anchor)?)?;
        match script.behaviour {
            Behaviour::PolicyUnreadable => fail(Reason::PolicyUnreadable),
            Behaviour::Answers if script.login_name == Reason::PolicyUnreadable.code() => {
                fail(Reason::PolicyUnreadable)
            }
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
            return fail(Reason::WrongPassword { tries_left: 0 });
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
            return fail(Reason::AccountLocked);
        }
        let answer = answer_of(script, (self.clock)());
        let here = answer.filter(|answer| answer.step == AnswerStep::CurrentPassword);
        match here.map(|answer| answer.reason) {
            // The agent counts wrong passwords itself.
            Some(Reason::WrongPassword { .. }) => return Ok(Verified::Wrong),
            Some(Reason::MustChangeFirst) => return Ok(Verified::MustChange),
            Some(reason) => return fail(reason),
            None => {}
        }
        if !Self::password_is(self, name, password) {
            return Ok(Verified::Wrong);
        }
        // Only until the password has been changed once.
        let must_change = script.behaviour == Behaviour::MustChange && self.key_version(name) == 1;
        Ok(if must_change {
            Verified::MustChange
        } else {
            Verified::Right
        })
    }

    async fn unlock(&self, account: &Account) -> Result<bool, Failure> {
        let index = index_of(account.anchor)?;
        check_before_write(script(index)?)?;
        match self.states().get_mut(index) {
            Some(state) => Ok(core::mem::take(&mut state.locked)),
            None => fail(Reason::UserNotFound),
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

fn fail<T>(reason: Reason) -> Result<T, Failure> {
    Err(Failure::new(reason, "scripted outcome in the sandbox"))
}

/// Returns the failures that a script specifies before anything is written.
fn check_before_write(script: &Script) -> Result<(), Failure> {
    match script.behaviour {
        Behaviour::Unreachable => fail(Reason::DirectoryUnreachable),
        Behaviour::LacksRight => fail(Reason::AgentLacksRight),
        Behaviour::Disabled => fail(Reason::AccountDisabled),
        Behaviour::Expired => fail(Reason::AccountExpired),
        Behaviour::Protected => fail(Reason::AccountProtected),
        _ => Ok(()),
    }
}

/// Returns every account: the scripted ones, then those of the answers.
fn all_scripts() -> impl Iterator<Item = &'static Script> {
    SCRIPTS.iter().chain(ANSWERS)
}

fn answer_of(script: &Script, now: u64) -> Option<Answer> {
    match script.behaviour {
        Behaviour::Answers => Answer::named(script.login_name, now),
        _ => None,
    }
}

fn script(index: usize) -> Result<&'static Script, Failure> {
    match all_scripts().nth(index) {
        Some(script) => Ok(script),
        None => fail(Reason::UserNotFound),
    }
}

/// Finds the index of the account of a login name: `alice`, `SANDBOX\alice`,
/// `alice@sandbox.example` or its principal name, `alice.novak@sandbox.example`.
fn position(login_name: &str) -> Option<usize> {
    if login_name.chars().any(char::is_control) {
        return None;
    }
    let folded = fold(login_name);
    let name = if let Some((domain, name)) = folded.split_once('\\') {
        (domain == DOMAIN.to_lowercase()).then_some(name)
    } else if let Some((name, domain)) = folded.split_once('@') {
        (domain == MAIL_DOMAIN).then_some(name)
    } else {
        Some(folded.as_str())
    }?;
    all_scripts().position(|script| {
        script.login_name == name || folded.contains('@') && folded == fold(&principal_name(script))
    })
}

fn principal_name(script: &Script) -> String {
    let names = match script.behaviour {
        Behaviour::Answers => script.login_name.to_owned(),
        _ => script.display_name.to_lowercase().replace(' ', "."),
    };
    format!("{names}@{MAIL_DOMAIN}")
}

/// The anchor of the account at an index of the list; its last byte is the index.
fn anchor(index: usize) -> Anchor {
    let mut bytes = *b"sandbox account\0";
    bytes[15] = u8::try_from(index).unwrap_or(u8::MAX);
    Anchor(bytes)
}

fn index_of(target: Anchor) -> Result<usize, Failure> {
    match (0..SCRIPTS.len() + ANSWERS.len()).find(|index| anchor(*index) == target) {
        Some(index) => Ok(index),
        None => fail(Reason::UserNotFound),
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
        disabled: script.behaviour == Behaviour::Disabled,
        expired: script.behaviour == Behaviour::Expired,
        protected: script.behaviour == Behaviour::Protected,
        two_gates: script.behaviour == Behaviour::TwoGates,
        mail_addresses: match script.behaviour {
            Behaviour::NoGates
            | Behaviour::Sms
            | Behaviour::Voice
            | Behaviour::NotSent
            | Behaviour::Recovery
            | Behaviour::Pass => Vec::new(),
            Behaviour::TwoAddresses => vec![address, OTHER_ADDRESS.to_owned()],
            _ => vec![address],
        },
        mobile_numbers: numbers(&[script.mobile]),
        phone_numbers: numbers(&[script.mobile, script.telephone]),
    })
}

fn numbers(numbers: &[Option<&str>]) -> Vec<String> {
    numbers.iter().flatten().map(ToString::to_string).collect()
}
