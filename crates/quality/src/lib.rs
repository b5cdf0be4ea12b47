//! Help with choosing a good password: the check for common words, the strength, passphrases.
//!
//! The page loads it as a chunk of its own when the new password is asked for, so that it does not
//! delay the first step. Nothing of a candidate is kept or sent.

pub mod passphrase;
pub mod strength;

use postern_protocol::Policy;
use postern_protocol::banned::{Banned, WordList};
use postern_protocol::rule::Judgement;
use strength::Level;

/// The rules and word lists by which the candidates of one account are judged.
pub struct Quality {
    policy: Policy,
    names: WordList,
    common: WordList,
}

/// The rating of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The candidate consists of common words, or contains a name.
    pub banned: bool,
    /// The strength of the candidate.
    pub level: Level,
}

impl Quality {
    /// Creates the rules for one account: its policy, the names of its organisation, and the list of
    /// common words, one a line.
    #[must_use]
    pub fn new(policy: Policy, organisation: &[&str], common: &str) -> Self {
        let display_name = policy.name_parts.join(" ");
        Self {
            names: WordList::of_names(&policy.account_name, &display_name, organisation),
            common: WordList::read(common),
            policy,
        }
    }

    /// Rates a candidate that the policy judges so. A banned one is at most weak, one that is too
    /// short at most fair.
    #[must_use]
    pub fn rate(&self, candidate: &str, judgement: &Judgement) -> Rating {
        let banned = self.banned().judge(candidate).is_some();
        // What would be refused is not called strong.
        let limit = if banned || !judgement.passes() {
            Level::Weak
        } else {
            Level::Strong
        };
        Rating {
            banned,
            level: strength::level(candidate, &self.common).min(limit),
        }
    }

    /// Returns a passphrase that complies with every rule that can be judged here; none if there
    /// are too few words, or no randomness.
    pub fn passphrase(
        &self,
        words: &[&str],
        random: &mut impl FnMut(&mut [u8]) -> Option<()>,
    ) -> Option<String> {
        // A word may be a part of the user's name: then another phrase is made.
        (0..100).find_map(|_| {
            let phrase = passphrase::make(words, &self.policy, random)?;
            let accepted = passphrase::judge(&self.policy, &phrase).passes()
                && self.banned().judge(&phrase).is_none();
            accepted.then_some(phrase)
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
