//! The effective password policy of one account, and the check of candidates that browser and agent
//! share (MS-SAMR 3.1.1.7.2).

use crate::Reason;
use crate::fields::Fields;
use crate::rule::Judgement;
use minicbor::{Decode, Encode};

/// The maximum length of a password in UTF-16 code units: the "maximum password length constraint"
/// of MS-SAMR 3.1.1.7.2. Not every directory enforces it (Samba accepts longer ones), so it is
/// checked here.
pub const MAX_LENGTH: u16 = 256;

/// The number of character classes, of five, that complexity requires.
pub const CLASSES_NEEDED: u16 = 3;

/// The minimum length, in UTF-16 code units, of an account name or part of a display name that a
/// password may not contain.
const MIN_NAME_LENGTH: usize = 3;

/// The policy in force for one account.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub struct Policy {
    /// The minimum length in UTF-16 code units (`minPwdLength`).
    #[n(0)]
    pub minimum: u16,
    /// Whether complexity is required (`pwdProperties` bit 1, or `msDS-PasswordComplexityEnabled`).
    #[n(1)]
    pub complexity: bool,
    /// The number of remembered passwords (`pwdHistoryLength`); 0 for none.
    #[n(2)]
    pub history: u16,
    /// The time from which the password may be changed again (`pwdLastSet` + `minPwdAge`), in
    /// seconds since the Unix epoch; none if it may be changed now.
    #[n(3)]
    pub too_young_until: Option<u64>,
    /// The account name in lower case, which complexity forbids; empty if it is too short.
    #[n(4)]
    pub account_name: String,
    /// The parts of the display name that complexity forbids, in lower case.
    #[n(5)]
    pub name_parts: Vec<String>,
    /// Whether the directory checks history on a reset; if not, the hint does not mention it.
    #[n(6)]
    pub history_enforced: bool,
}

impl<'b, C> Decode<'b, C> for Policy {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let mut fields = Fields::open(d)?;
        let policy = Self {
            minimum: fields.number()?,
            complexity: fields.next()?,
            history: fields.number()?,
            too_young_until: fields.optional()?,
            account_name: fields.next()?,
            name_parts: fields.list()?,
            history_enforced: fields.next()?,
        };
        fields.close()?;
        Ok(policy)
    }
}

impl Policy {
    /// Sets the names that complexity forbids in a password: the account name if it has 3 or more
    /// UTF-16 code units, and every such part of the display name, split on space , . - _ # tab.
    #[must_use]
    pub fn with_names(mut self, account_name: &str, display_name: &str) -> Self {
        let counts = |name: &&str| name.encode_utf16().count() >= MIN_NAME_LENGTH;
        self.account_name = Some(account_name)
            .filter(counts)
            .map(fold_name)
            .unwrap_or_default();
        self.name_parts = name_parts(display_name)
            .filter(counts)
            .map(fold_name)
            .collect();
        self
    }

    /// Checks a candidate. No copy of it is kept.
    #[must_use]
    pub fn judge(&self, candidate: &str) -> Judgement {
        let lower = candidate.chars().flat_map(char::to_lowercase);
        self.judge_by(candidate, Classes::of(candidate), lower)
    }

    /// Checks a candidate with classes and lower case from other Unicode tables. The browser has
    /// such tables, so that the page need not load them again.
    #[must_use]
    pub fn judge_by(
        &self,
        candidate: &str,
        classes: Classes,
        lower: impl Iterator<Item = char>,
    ) -> Judgement {
        let folded = fold(lower, candidate.len());
        let judgement = Judgement::of(self, candidate, &folded, classes);
        drop(into_secret(folded));
        judgement
    }

    /// Returns the first rule that a candidate breaks, the most useful one to report first. `now`
    /// is in seconds since the Unix epoch.
    #[must_use]
    pub fn refuse(&self, candidate: &str, now: u64) -> Option<Reason> {
        let judgement = self.judge(candidate);
        if let Some(rule) = judgement.broken().next() {
            return Some(rule.reason(self, &judgement));
        }
        self.too_young_until
            .filter(|until| *until > now)
            .map(|until| Reason::TooYoung { until })
    }

    /// Reports whether the directory compares a new password with remembered ones.
    #[must_use]
    pub const fn checks_history(&self) -> bool {
        self.history > 0 && self.history_enforced
    }
}

/// The five character classes of MS-SAMR 3.1.1.7.2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five classes, each present or not"
)]
pub struct Classes {
    /// Upper-case letters, with or without diacritics.
    pub upper: bool,
    /// Lower-case letters, with or without diacritics.
    pub lower: bool,
    /// 0 to 9.
    pub digit: bool,
    /// The 32 punctuation characters of ASCII: ``~!@#$%^&*_-+=`|\(){}[]:;"'<>,.?/``. A space, a
    /// currency sign, a combining mark or an emoji is in no class.
    pub special: bool,
    /// Letters without case, as in Asian scripts.
    pub other_letter: bool,
}

impl Classes {
    /// Determines the classes of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut classes = Self::default();
        for character in text.chars() {
            if character.is_uppercase() {
                classes.upper = true;
            } else if character.is_lowercase() {
                classes.lower = true;
            } else if character.is_ascii_digit() {
                classes.digit = true;
            } else if character.is_alphabetic() {
                classes.other_letter = true;
            } else if character.is_ascii_punctuation() {
                classes.special = true;
            }
        }
        classes
    }

    /// Returns the number of classes, 0 to 5.
    #[must_use]
    pub fn count(self) -> u16 {
        [
            self.upper,
            self.lower,
            self.digit,
            self.special,
            self.other_letter,
        ]
        .into_iter()
        .map(u16::from)
        .sum()
    }
}

/// Splits a display name into the parts that are names of their own (MS-SAMR 3.1.1.7.2).
pub(crate) fn name_parts(display_name: &str) -> impl Iterator<Item = &str> {
    display_name.split([' ', ',', '.', '-', '_', '#', '\t'])
}

/// Folds a name in the same way as the passwords that are searched for it.
fn fold_name(name: &str) -> String {
    fold(name.chars().flat_map(char::to_lowercase), name.len())
}

/// Collects lower-case letters, with sigma for final sigma. `length` is the text's, in bytes.
fn fold(lower: impl Iterator<Item = char>, length: usize) -> String {
    // Lower case may need more bytes, but never twice as many: growing would leave an unwiped copy.
    let mut folded = String::with_capacity(2 * length);
    folded.extend(lower.map(|letter| if letter == 'ς' { 'σ' } else { letter }));
    folded
}

/// Wraps a text as a secret, so that it is wiped when dropped.
fn into_secret(text: String) -> postern_envelope::Secret {
    postern_envelope::Secret::new(text.into_bytes())
}
