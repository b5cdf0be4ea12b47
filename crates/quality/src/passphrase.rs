//! Passphrases: random words of the person's language, and what the policy asks for besides.
//!
//! Four words of a list of at least 1,024 are 40 bits or more; a digit adds three. The words are
//! of `a` to `z` alone, so that they can be typed on every keyboard.

use postern_protocol::policy::{Classes, Judgement, MAX_LENGTH, Policy};

/// How many words a phrase has at least.
pub const WORDS: usize = 4;

/// How many words a list must have: ten bits a word.
pub const LIST: usize = 1024;

/// What stands between words.
const BETWEEN: &str = "-";

/// The longest word of a list.
const LONGEST: usize = 8;

/// Makes a phrase that is long enough, with a capital and a digit where complexity is asked for.
pub fn make(
    words: &[&str],
    policy: &Policy,
    random: &mut impl FnMut(&mut [u8]) -> Option<()>,
) -> Option<String> {
    if words.len() < LIST {
        return None;
    }
    let minimum = usize::from(policy.minimum);
    let room = usize::from(MAX_LENGTH) - LONGEST - BETWEEN.len() - 1;
    let mut phrase = String::with_capacity(usize::from(MAX_LENGTH));
    let mut count = 0;
    while count < WORDS || (phrase.len() < minimum && phrase.len() < room) {
        if count > 0 {
            phrase.push_str(BETWEEN);
        }
        phrase.push_str(words.get(below(words.len(), random)?)?);
        count += 1;
    }
    if policy.complexity
        && let Some(first) = phrase.get_mut(..1)
    {
        first.make_ascii_uppercase();
    }
    // A digit for complexity; more only where no further word fits under the greatest length.
    let mut digits = usize::from(policy.complexity);
    while digits > 0 || phrase.len() < minimum {
        phrase.push(char::from(b"0123456789"[below(10, random)?]));
        digits = digits.saturating_sub(1);
    }
    Some(phrase)
}

/// Judges a phrase, which is ASCII: no tables of Unicode are needed.
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

/// A number below `limit`, each as likely as the others: what would make some likelier is drawn
/// again.
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
