//! Passphrases: random words of the user's language, and the characters that the policy requires.
//!
//! Four words of a list of at least 1,024 are 40 bits or more; a digit adds three. The words
//! consist only of `a` to `z`, so that they can be typed on every keyboard.

use postern_protocol::policy::{Classes, MAX_LENGTH, Policy};
use postern_protocol::rule::Judgement;

/// The minimum number of words in a phrase.
pub const MIN_WORDS: usize = 4;

/// The minimum number of words in a list: ten bits per word.
pub const MIN_LIST_WORDS: usize = 1024;

/// The separator between words.
const SEPARATOR: &str = "-";

/// The length of the longest word of a list, in bytes.
const MAX_WORD_LENGTH: usize = 8;

/// Makes a phrase of at least the minimum length, with a capital and a digit where the policy
/// requires complexity. None if the list is too short or `random` fails.
pub fn make(
    words: &[&str],
    policy: &Policy,
    random: &mut impl FnMut(&mut [u8]) -> Option<()>,
) -> Option<String> {
    if words.len() < MIN_LIST_WORDS {
        return None;
    }
    let minimum = usize::from(policy.minimum);
    let room = usize::from(MAX_LENGTH) - MAX_WORD_LENGTH - SEPARATOR.len() - 1;
    let mut phrase = String::with_capacity(usize::from(MAX_LENGTH));
    let mut count = 0;
    while count < MIN_WORDS || (phrase.len() < minimum && phrase.len() < room) {
        if count > 0 {
            phrase.push_str(SEPARATOR);
        }
        phrase.push_str(words.get(below(words.len(), random)?)?);
        count += 1;
    }
    if policy.complexity
        && let Some(first) = phrase.get_mut(..1)
    {
        first.make_ascii_uppercase();
    }
    // A digit for complexity; more only where no further word fits within the maximum length.
    let mut digits = usize::from(policy.complexity);
    while digits > 0 || phrase.len() < minimum {
        phrase.push(char::from(b"0123456789"[below(10, random)?]));
        digits = digits.saturating_sub(1);
    }
    Some(phrase)
}

/// Judges a phrase. It is ASCII, so no Unicode tables are needed.
pub fn judge(policy: &Policy, phrase: &str) -> Judgement {
    let has = |class: fn(&u8) -> bool| phrase.bytes().any(|byte| class(&byte));
    let classes = Classes {
        upper: has(u8::is_ascii_uppercase),
        lower: has(u8::is_ascii_lowercase),
        digit: has(u8::is_ascii_digit),
        special: has(u8::is_ascii_punctuation),
        other_letter: false,
    };
    let lower = phrase.chars().map(|letter| letter.to_ascii_lowercase());
    policy.judge_by(phrase, classes, lower)
}

/// Returns a uniformly distributed number below `limit`: draws that would make some numbers
/// likelier are repeated. None if `limit` is 0 or `random` fails.
pub fn below(limit: usize, random: &mut impl FnMut(&mut [u8]) -> Option<()>) -> Option<usize> {
    let limit = u32::try_from(limit).ok().filter(|limit| *limit > 0)?;
    let fair = 0x1_0000 / limit * limit;
    loop {
        let mut bytes = [0; 2];
        random(&mut bytes)?;
        let drawn = u32::from(u16::from_le_bytes(bytes));
        if drawn < fair {
            return usize::try_from(drawn % limit).ok();
        }
    }
}
