//! Builds the steps of flows, each from what it needs.

use super::account_gates::AccountGates;
use super::answers::Answers;
use super::codes::Codes;
use super::current_password::{CurrentPassword, PasswordTries};
use super::holds::Holds;
use super::identify::Identification;
use super::methods::Methods;
use super::password::NewPassword;
use super::reveal::Reveal;
use super::steps::Steps;
use super::unlock::Unlock;
use super::user_name::{LookUps, UserNames};
use crate::accounts::Accounts;
use crate::config::Rules;
use crate::limits::Limits;
use crate::limits::pace::Pace;
use crate::notices::Notices;
use crate::quality::Quality;
use postern_gates::Gates;
use postern_store::Memory;
use std::sync::Arc;
use std::time::Duration;

/// The parts from which the steps are built.
pub(crate) struct Wiring {
    pub memory: Memory,
    pub rules: Arc<Rules>,
    pub limits: Limits,
    pub accounts: Accounts,
    pub gates: Gates,
    pub notices: Notices,
    /// The minimum time that an answer takes where it must not reveal whether there is an account.
    pub decoy_floor: Duration,
}

impl Wiring {
    /// Builds the steps.
    pub(crate) fn steps(self, quality: Quality) -> Steps {
        let pace = Arc::default();
        let methods = Arc::new(self.methods());
        let new_password = Arc::new(self.new_password(quality, Arc::clone(&methods)));
        Steps {
            clock: Arc::clone(&self.memory.clock),
            identification: self.identification(),
            user_names: Arc::new(self.user_names(Arc::clone(&pace))),
            codes: Arc::new(self.codes(pace)),
            answers: self.answers(),
            current_password: self.current_password(),
            reveal: Reveal {
                accounts: self.accounts.clone(),
                account_gates: self.account_gates(),
            },
            unlock: Unlock {
                accounts: self.accounts,
                notices: self.notices,
                rules: Arc::clone(&self.rules),
                new_password: Arc::clone(&new_password),
            },
            rules: self.rules,
            new_password,
            methods,
        }
    }

    fn holds(&self) -> Holds {
        Holds {
            memory: self.memory.clone(),
            rules: Arc::clone(&self.rules),
        }
    }

    fn account_gates(&self) -> AccountGates {
        AccountGates {
            gates: self.gates.clone(),
            holds: self.holds(),
            rules: Arc::clone(&self.rules),
        }
    }

    fn tries(&self) -> PasswordTries {
        PasswordTries::new(self.memory.clone(), self.limits)
    }

    fn identification(&self) -> Identification {
        Identification {
            memory: self.memory.clone(),
            rules: Arc::clone(&self.rules),
            accounts: self.accounts.clone(),
            account_gates: self.account_gates(),
            decoy_floor: self.decoy_floor,
        }
    }

    fn user_names(&self, pace: Arc<Pace>) -> UserNames {
        UserNames {
            memory: self.memory.clone(),
            rules: Arc::clone(&self.rules),
            limits: self.limits,
            accounts: self.accounts.clone(),
            notices: self.notices.clone(),
            pace,
            look_ups: LookUps::default(),
        }
    }

    fn codes(&self, pace: Arc<Pace>) -> Codes {
        Codes {
            memory: self.memory.clone(),
            rules: Arc::clone(&self.rules),
            limits: self.limits,
            gates: self.gates.clone(),
            pace,
        }
    }

    fn answers(&self) -> Answers {
        Answers {
            memory: self.memory.clone(),
            limits: self.limits,
            gates: self.gates.clone(),
            holds: self.holds(),
        }
    }

    fn current_password(&self) -> CurrentPassword {
        CurrentPassword {
            accounts: self.accounts.clone(),
            account_gates: self.account_gates(),
            rules: Arc::clone(&self.rules),
            tries: self.tries(),
            decoy_floor: self.decoy_floor,
        }
    }

    fn methods(&self) -> Methods {
        Methods {
            memory: self.memory.clone(),
            rules: Arc::clone(&self.rules),
            limits: self.limits,
            accounts: self.accounts.clone(),
            account_gates: self.account_gates(),
            holds: self.holds(),
            notices: self.notices.clone(),
        }
    }

    fn new_password(&self, quality: Quality, methods: Arc<Methods>) -> NewPassword {
        NewPassword {
            memory: self.memory.clone(),
            accounts: self.accounts.clone(),
            quality,
            notices: self.notices.clone(),
            tries: self.tries(),
            methods,
        }
    }
}
