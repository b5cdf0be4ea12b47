//! The effective password policy of one account, and the one judge of candidates that browser
//! and agent share (MS-SAMR 3.1.1.7.2).

use crate::Reason;
use crate::fields::Fields;
use minicbor::{Decode, Encode};

/// The longest password that is taken, in UTF-16 code units: the "maximum password length
/// constraint" of MS-SAMR 3.1.1.7.2. Not every directory holds it (Samba takes longer ones), so
/// it is judged here.
pub const MAX_LENGTH: u16 = 256;

/// How many of the five character classes complexity asks for.
pub const CLASSES_NEEDED: u16 = 3;

/// The shortest account name, or part of a display name, that a password may not contain.
const NAME_MINIMUM: usize = 3;

/// The policy in force for one account.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub struct Policy {
    /// The least length, in UTF-16 code units (`minPwdLength`).
    #[n(0)]
    pub minimum: u16,
    /// Whether complexity is asked for (`pwdProperties` bit 1, or `msDS-PasswordComplexityEnabled`).
    #[n(1)]
    pub complexity: bool,
    /// How many passwords are remembered (`pwdHistoryLength`); 0 for none.
    #[n(2)]
    pub history: u16,
    /// When the password may be changed again (`pwdLastSet` + `minPwdAge`), if that is not yet.
    #[n(3)]
    pub too_young_until: Option<u64>,
    /// The account name, lower case, if complexity forbids it; empty if it is too short to count.
    #[n(4)]
    pub account_name: String,
    /// The parts of the display name that complexity forbids, lower case.
    #[n(5)]
    pub name_parts: Vec<String>,
    /// Whether the directory really checks history on a reset; if not, the hint does not promise it.
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
    /// Takes over the names that complexity forbids in a password: the account name of 3 or more
    /// characters, and every part of the display name of 3 or more, split on space , . - _ # tab.
    #[must_use]
    pub fn with_names(mut self, account_name: &str, display_name: &str) -> Self {
        let counts = |name: &&str| name.encode_utf16().count() >= NAME_MINIMUM;
        self.account_name = Some(account_name)
            .filter(counts)
            .map(fold_name)
            .unwrap_or_default();
        self.name_parts = display_name
            .split([' ', ',', '.', '-', '_', '#', '\t'])
            .filter(counts)
            .map(fold_name)
            .collect();
        self
    }

    /// Judges a candidate. Nothing of it is kept.
    #[must_use]
    pub fn judge(&self, candidate: &str) -> Judgement {
        let lower = candidate.chars().flat_map(char::to_lowercase);
        self.judge_by(candidate, Classes::of(candidate), lower)
    }

    /// Judges a candidate of which another table of Unicode has said the classes and the lower
    /// case. The browser has such tables; the page need not load them again.
    #[must_use]
    pub fn judge_by(
        &self,
        candidate: &str,
        classes: Classes,
        lower: impl Iterator<Item = char>,
    ) -> Judgement {
        let length = u16::try_from(candidate.encode_utf16().count()).unwrap_or(u16::MAX);
        let folded = fold(lower, candidate.len());
        let judgement = Judgement {
            length,
            too_short: length < self.minimum,
            too_long: length > MAX_LENGTH,
            forbidden_character: candidate.contains(is_forbidden),
            classes,
            too_few_classes: self.complexity && classes.count() < CLASSES_NEEDED,
            account_name: self.complexity && contains(&folded, &self.account_name),
            display_name: self.complexity
                && self.name_parts.iter().any(|part| contains(&folded, part)),
        };
        drop(zeroizing(folded));
        judgement
    }

    /// The first rule that a candidate breaks, in the order in which it is most useful to hear.
    #[must_use]
    pub fn refuse(&self, candidate: &str, now: u64) -> Option<Reason> {
        let judgement = self.judge(candidate);
        let length = judgement.length;
        if judgement.too_long {
            let maximum = MAX_LENGTH;
            return Some(Reason::TooLong { maximum, length });
        }
        if judgement.too_short {
            let minimum = self.minimum;
            return Some(Reason::TooShort { minimum, length });
        }
        if judgement.forbidden_character {
            return Some(Reason::ForbiddenCharacter);
        }
        if judgement.account_name {
            return Some(Reason::ContainsAccountName);
        }
        if judgement.display_name {
            return Some(Reason::ContainsDisplayName);
        }
        if judgement.too_few_classes {
            return Some(Reason::TooFewClasses {
                needed: CLASSES_NEEDED,
                found: judgement.classes.count(),
            });
        }
        self.too_young_until
            .filter(|until| *until > now)
            .map(|until| Reason::TooYoung { until })
    }
}

/// What a policy says of a candidate, rule by rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "one flag a rule, each shown on its own"
)]
pub struct Judgement {
    /// Its length in UTF-16 code units.
    pub length: u16,
    /// Shorter than the policy's minimum.
    pub too_short: bool,
    /// Longer than [`MAX_LENGTH`].
    pub too_long: bool,
    /// It contains a character that no password may have.
    pub forbidden_character: bool,
    /// The classes found.
    pub classes: Classes,
    /// Fewer classes than complexity asks for.
    pub too_few_classes: bool,
    /// It contains the account name.
    pub account_name: bool,
    /// It contains a part of the display name.
    pub display_name: bool,
}

impl Judgement {
    /// Whether every rule that can be judged before submitting is kept.
    #[must_use]
    pub const fn passes(&self) -> bool {
        !(self.too_short
            || self.too_long
            || self.forbidden_character
            || self.too_few_classes
            || self.account_name
            || self.display_name)
    }
}

/// The five character classes of MS-SAMR 3.1.1.7.2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(
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
    /// The 32 signs of ASCII: ``~!@#$%^&*_-+=`|\(){}[]:;"'<>,.?/``. A space, a currency sign, a
    /// combining mark or an emoji is in no class.
    pub special: bool,
    /// Letters without case, as in Asian scripts.
    pub other_letter: bool,
}

impl Classes {
    /// The classes of a text.
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

    /// How many there are, 0 to 5.
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

/// Whether no password may have this character. Control characters and noncharacters cannot be
/// typed, and what a sign-in form or another system makes of them is not known; U+FFFD is what a
/// browser makes of half a surrogate pair, so that the password would not be the one in the field.
const fn is_forbidden(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffd}'..='\u{ffff}'
    )
}

/// A name as passwords are searched for it.
fn fold_name(name: &str) -> String {
    fold(name.chars().flat_map(char::to_lowercase), name.len())
}

/// Lower-case letters in one form each: a final sigma is a sigma. `length` is the text's, in bytes.
fn fold(lower: impl Iterator<Item = char>, length: usize) -> String {
    // Lower case may take more bytes, never twice as many: growing would leave an unwiped copy.
    let mut folded = String::with_capacity(2 * length);
    folded.extend(lower.map(|letter| if letter == 'ς' { 'σ' } else { letter }));
    folded
}

/// Whether a text contains a name. (The standard library's search is made for long texts.)
fn contains(text: &str, name: &str) -> bool {
    !name.is_empty()
        && text
            .as_bytes()
            .windows(name.len())
            .any(|part| part == name.as_bytes())
}

/// A secret's text, so that it is wiped when dropped.
fn zeroizing(text: String) -> postern_envelope::Secret {
    postern_envelope::Secret::new(text.into_bytes())
}
