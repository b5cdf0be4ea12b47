//! The rules that a candidate for a password can break: how each is judged, the reason that reports
//! it, and the text of the page that hints at it.

use crate::Reason;
use crate::policy::{CLASSES_NEEDED, Classes, MAX_LENGTH, Policy};

/// A rule that a candidate can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// At most [`MAX_LENGTH`] UTF-16 code units.
    MaximumLength,
    /// At least the policy's minimum of UTF-16 code units.
    MinimumLength,
    /// No character that no password may have.
    Characters,
    /// Complexity: the account name does not occur in it.
    AccountName,
    /// Complexity: no part of the display name occurs in it.
    DisplayName,
    /// Complexity: characters of at least [`CLASSES_NEEDED`] classes.
    Classes,
}

impl Rule {
    /// Every rule, in the order in which a refusal reports them: the most useful one first.
    pub const ALL: [Self; 6] = [
        Self::MaximumLength,
        Self::MinimumLength,
        Self::Characters,
        Self::AccountName,
        Self::DisplayName,
        Self::Classes,
    ];

    /// Reports whether the rule is a part of complexity.
    #[must_use]
    pub const fn is_of_complexity(self) -> bool {
        matches!(self, Self::AccountName | Self::DisplayName | Self::Classes)
    }

    /// Reports whether a policy has the rule.
    #[must_use]
    pub const fn is_in_force(self, policy: &Policy) -> bool {
        match self {
            Self::MaximumLength | Self::Characters => true,
            Self::MinimumLength => policy.minimum > 0,
            Self::AccountName | Self::DisplayName | Self::Classes => policy.complexity,
        }
    }

    /// Judges a candidate.
    fn is_broken_by(self, candidate: &Candidate<'_>, policy: &Policy) -> bool {
        let contains_name = |name: &String| contains(candidate.folded, name);
        match self {
            Self::MaximumLength => candidate.length > MAX_LENGTH,
            Self::MinimumLength => candidate.length < policy.minimum,
            Self::Characters => candidate.text.contains(is_forbidden),
            Self::AccountName => contains_name(&policy.account_name),
            Self::DisplayName => policy.name_parts.iter().any(contains_name),
            Self::Classes => candidate.classes.count() < CLASSES_NEEDED,
        }
    }

    /// Returns the reason that reports a candidate which breaks the rule.
    #[must_use]
    pub fn reason(self, policy: &Policy, judgement: &Judgement) -> Reason {
        let length = judgement.length;
        match self {
            Self::MaximumLength => Reason::TooLong {
                maximum: MAX_LENGTH,
                length,
            },
            Self::MinimumLength => Reason::TooShort {
                minimum: policy.minimum,
                length,
            },
            Self::Characters => Reason::ForbiddenCharacter,
            Self::AccountName => Reason::ContainsAccountName,
            Self::DisplayName => Reason::ContainsDisplayName,
            Self::Classes => Reason::TooFewClasses {
                needed: CLASSES_NEEDED,
                found: judgement.classes.count(),
            },
        }
    }

    /// Reports whether a candidate that breaks the rule may keep it with more characters.
    #[must_use]
    pub const fn is_kept_by_more(self) -> bool {
        matches!(self, Self::MinimumLength | Self::Classes)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A line of the page's list of rules.
#[derive(Clone, Copy, Debug)]
pub struct Hint {
    /// The Fluent key of its text, whose arguments are `minimum` and `maximum`.
    pub key: &'static str,
    /// The rules that the text states.
    pub rules: &'static [Rule],
    /// Nobody breaks the rule by choice: the line is shown only while it is broken.
    pub only_while_broken: bool,
}

/// The hints, in the order in which the page lists them. Each rule has one.
pub const HINTS: [Hint; 5] = [
    Hint::listed("rule-length", &[Rule::MinimumLength]),
    Hint::only_while_broken("rule-too-long", &[Rule::MaximumLength]),
    Hint::only_while_broken("rule-characters", &[Rule::Characters]),
    Hint::listed("rule-classes", &[Rule::Classes]),
    Hint::listed("rule-names", &[Rule::AccountName, Rule::DisplayName]),
];

// The text of `rule-classes` states the number.
const _: () = assert!(CLASSES_NEEDED == 3);

impl Hint {
    const fn listed(key: &'static str, rules: &'static [Rule]) -> Self {
        Self {
            key,
            rules,
            only_while_broken: false,
        }
    }

    const fn only_while_broken(key: &'static str, rules: &'static [Rule]) -> Self {
        Self {
            key,
            rules,
            only_while_broken: true,
        }
    }
}

/// The result of checking a candidate against a policy, rule by rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The candidate's length in UTF-16 code units.
    pub length: u16,
    /// The character classes found.
    pub classes: Classes,
    /// The broken rules, a bit for each.
    broken: u8,
}

impl Judgement {
    /// Checks a candidate. `folded` is its lower case, with sigma for final sigma.
    pub(crate) fn of(policy: &Policy, text: &str, folded: &str, classes: Classes) -> Self {
        let length = u16::try_from(text.encode_utf16().count()).unwrap_or(u16::MAX);
        let candidate = Candidate {
            text,
            folded,
            length,
            classes,
        };
        let broken = Rule::ALL
            .into_iter()
            .filter(|rule| rule.is_in_force(policy) && rule.is_broken_by(&candidate, policy));
        Self {
            length,
            classes,
            broken: broken.fold(0, |broken, rule| broken | rule.bit()),
        }
    }

    /// Reports whether the candidate breaks a rule that is in force.
    #[must_use]
    pub const fn breaks(&self, rule: Rule) -> bool {
        self.broken & rule.bit() != 0
    }

    /// Returns the broken rules, the most useful one to report first.
    pub fn broken(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().filter(move |rule| self.breaks(*rule))
    }

    /// Reports whether the candidate keeps every rule that can be checked before submitting.
    #[must_use]
    pub const fn passes(&self) -> bool {
        self.broken == 0
    }
}

/// A candidate with what the rules look at.
struct Candidate<'a> {
    text: &'a str,
    folded: &'a str,
    length: u16,
    classes: Classes,
}

/// Reports whether a character is forbidden in every password. Control characters and noncharacters
/// cannot be typed, and their treatment by a sign-in form or another system is not known; a browser
/// replaces half a surrogate pair by U+FFFD, so the password would not be the one in the field.
const fn is_forbidden(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffd}'..='\u{ffff}'
    )
}

/// Reports whether a text contains a name. (The standard library's search is optimised for long
/// texts.)
fn contains(text: &str, name: &str) -> bool {
    !name.is_empty()
        && text
            .as_bytes()
            .windows(name.len())
            .any(|part| part == name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_one_hint() {
        for rule in Rule::ALL {
            let hints = HINTS.iter().filter(|hint| hint.rules.contains(&rule));
            assert_eq!(hints.count(), 1, "{rule:?}");
        }
    }
}
