//! What helps to choose a good password: the common-words hint, the strength, passphrases.
//!
//! A WASM module of its own, which the page loads when the new password is asked for, so that
//! nobody waits for it before. `app/quality.js` shows what it says. Nothing of a candidate is kept
//! or sent.

pub mod passphrase;
pub mod strength;

use postern_envelope::Secret;
use postern_protocol::Policy;
use postern_protocol::banned::{Banned, WordList};
use strength::Level;
use wasm_bindgen::prelude::*;

/// What one account's candidates are judged by.
#[wasm_bindgen]
pub struct Quality {
    policy: Policy,
    names: WordList,
    common: WordList,
}

/// What is said of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Made of common words, or it contains a name.
    pub banned: bool,
    /// How hard it is to guess.
    pub level: Level,
}

#[wasm_bindgen]
impl Quality {
    /// `policy` as the page writes it: the least length, `1` for complexity, the account name and
    /// the parts of the display name, a line each. `organisation` has a name a line.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(policy: &str, organisation: &str, common: &str) -> Self {
        let mut lines = policy.lines();
        let mut next = || lines.next().unwrap_or_default();
        let minimum = next().parse().unwrap_or_default();
        let complexity = next() == "1";
        let account_name = next().to_owned();
        let name_parts: Vec<_> = lines.map(str::to_owned).collect();
        let organisation: Vec<_> = organisation.lines().collect();
        Self {
            names: WordList::of_names(&account_name, &name_parts.join(" "), &organisation),
            common: WordList::read(common),
            policy: Policy {
                minimum,
                complexity,
                history: 0,
                too_young_until: None,
                account_name,
                name_parts,
                history_enforced: false,
            },
        }
    }

    /// What is said of a candidate: 0 to 3 for its strength, and 4 more if it is banned.
    #[must_use]
    pub fn look(&self, candidate: String) -> u8 {
        let candidate = Secret::new(candidate.into_bytes());
        let seen = self.judge(candidate.expose_str().unwrap_or_default());
        seen.level as u8 + if seen.banned { 4 } else { 0 }
    }

    /// A passphrase of the words of a list, one a line, that the policy takes.
    #[cfg(target_arch = "wasm32")]
    #[must_use]
    pub fn suggest(&self, words: &str) -> Option<String> {
        let words: Vec<_> = words.lines().collect();
        let mut random = |bytes: &mut [u8]| getrandom::getrandom(bytes).ok();
        self.passphrase(&words, &mut random)
    }
}

impl Quality {
    /// What is said of a candidate. What is banned or too short is never called good.
    #[must_use]
    pub fn judge(&self, candidate: &str) -> Seen {
        let banned = self.banned().judge(candidate).is_some();
        let short = candidate.encode_utf16().count() < usize::from(self.policy.minimum);
        let most = match (banned, short) {
            (true, _) => Level::Weak,
            (_, true) => Level::Fair,
            _ => Level::Strong,
        };
        Seen {
            banned,
            level: strength::level(candidate, &self.common).min(most),
        }
    }

    /// A passphrase that keeps every rule that can be judged here; none if there are too few
    /// words, or no randomness.
    pub fn passphrase(
        &self,
        words: &[&str],
        random: &mut impl FnMut(&mut [u8]) -> Option<()>,
    ) -> Option<String> {
        // A word may be a part of the person's name: then another phrase is made.
        (0..100).find_map(|_| {
            let phrase = passphrase::make(words, &self.policy, random)?;
            let taken = passphrase::judge(&self.policy, &phrase).passes()
                && self.banned().judge(&phrase).is_none();
            taken.then_some(phrase)
        })
    }

    fn banned(&self) -> Banned<'_> {
        Banned {
            names: self.names.clone(),
            common: Some(&self.common),
            organisation: None,
        }
    }
}
