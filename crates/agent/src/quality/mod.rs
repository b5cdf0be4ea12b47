//! Checks of new passwords besides those of the directory: they must not be made of banned words,
//! nor be known from breaches. Both checks are local; no outside service is queried.

mod banned_words;
mod breached;

use crate::config::{ConfigError, Rules};
use breached::Breached;
use core::fmt;
use postern_directory::Account;
use postern_envelope::Secret;
use postern_notify::Tenant;
use postern_protocol::Reason;
use postern_protocol::banned::{Banned, WordList};
use std::sync::Arc;

/// The list of common words that comes with the agent.
const COMMON_WORDS: &str = include_str!("common.txt");

/// The organisation's own list in the sandbox, which its page mentions.
const SANDBOX_WORDS: &str = "postern";

/// The list of breached passwords in the sandbox: only `CorrectHorseBatteryStaple1`, which its page
/// mentions.
const SANDBOX_BREACHED: &[u8] = b"466CC11A96227AE8630D4BD56083D0DCA339AE49:1\r\n";

/// The lists against which an agent checks new passwords.
pub struct Quality {
    common: WordList,
    organisation: Option<WordList>,
    breached: Option<Arc<Breached>>,
}

impl Quality {
    /// Reads the lists that the rules name. The sandbox has lists of its own where they name none.
    ///
    /// # Errors
    /// [`ConfigError`] names the key, the file, and what was expected in it.
    pub fn load(rules: &Rules, sandbox: bool) -> Result<Self, ConfigError> {
        let organisation = match &rules.banned_words_file {
            Some(file) => Some(banned_words::read(file).map_err(error_at("banned_words_file"))?),
            None => sandbox.then(|| WordList::read(SANDBOX_WORDS)),
        };
        let breached = match &rules.breached_file {
            Some(file) => Some(Breached::open(file).map_err(error_at("breached_file"))?),
            None if sandbox => Breached::built_in(SANDBOX_BREACHED).ok(),
            None => None,
        };
        Ok(Self {
            common: WordList::read(COMMON_WORDS),
            organisation,
            breached: breached.map(Arc::new),
        })
    }

    /// Returns the reason to refuse a candidate, if there is one. If a configured list cannot be
    /// read, every candidate is refused: a check must not be skipped silently.
    pub(crate) async fn refuse(
        &self,
        tenant: &Tenant,
        account: &Account,
        password: &Secret,
    ) -> Option<Reason> {
        let candidate = password.expose_str()?;
        let banned = Banned {
            names: WordList::of_names(
                &account.login_name,
                &account.display_name,
                &[&tenant.name, &tenant.display_name],
            ),
            common: Some(&self.common),
            organisation: self.organisation.as_ref(),
        };
        if let Some(reason) = banned.refuse(candidate) {
            return Some(reason);
        }
        let breached = Arc::clone(self.breached.as_ref()?);
        let password = password.clone();
        // This reads a file, so it must not block the threads that answer.
        let known = tokio::task::spawn_blocking(move || breached.contains(&password)).await;
        match known.map_err(std::io::Error::other).flatten() {
            Ok(known) => known.then_some(Reason::KnownFromBreaches),
            Err(error) => {
                tracing::error!(%error, "policy.breached_file cannot be searched");
                Some(Reason::Internal)
            }
        }
    }
}

impl fmt::Debug for Quality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Quality")
    }
}

fn error_at(key: &'static str) -> impl Fn(String) -> ConfigError {
    move |fault| ConfigError::new(format_args!("policy.{key}"), fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sandbox_has_lists_and_others_have_none() {
        let quality = Quality::load(&Rules::default(), true).unwrap();
        let breached = quality.breached.unwrap();
        assert!(
            breached
                .contains(&Secret::from("CorrectHorseBatteryStaple1"))
                .unwrap()
        );
        assert!(
            !breached
                .contains(&Secret::from("CorrectHorseBatteryStaple2"))
                .unwrap()
        );
        assert!(quality.organisation.is_some());
        let quality = Quality::load(&Rules::default(), false).unwrap();
        assert!(quality.breached.is_none() && quality.organisation.is_none());
    }

    #[test]
    fn a_file_that_cannot_be_used_is_named_with_its_key() {
        let rules = |key: &str| {
            let text = format!("{key} = '/nowhere/list.txt'");
            toml::from_str::<Rules>(&text).unwrap()
        };
        for key in ["banned_words_file", "breached_file"] {
            let error = Quality::load(&rules(key), true).unwrap_err().to_string();
            let says = format!("policy.{key}: /nowhere/list.txt: ");
            assert!(error.starts_with(&says), "{error}");
        }
    }
}
