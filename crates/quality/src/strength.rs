//! The strength of a password, estimated conservatively by the cheapest way to describe it in
//! common words, sequences, keyboard walks, dates, repetitions and single characters.

use postern_protocol::banned::{WordList, fold_character};
use zeroize::Zeroizing;

/// The strength of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Under 30 bits.
    Weak,
    /// Under 45 bits.
    Fair,
    /// Under 60 bits.
    Good,
    /// 60 bits or more.
    Strong,
}

/// The number of characters of a password that are examined.
const MAX_CHARACTERS: usize = 128;

/// The costs of describing a part of the password, in tenths of a bit.
const WORD_COST: u32 = 95;
const WALK_COST: u32 = 60;
const YEAR_COST: u32 = 60;
const DATE_COST: u32 = 130;
const REPETITION_COST: u32 = 20;

/// The sequences and keyboard rows along which people walk, in both directions.
const WALKS: [&str; 9] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "!@#$%^&*()",
];

/// Returns the level of a candidate.
#[must_use]
pub fn level(candidate: &str, common: &WordList) -> Level {
    match tenths_of_bits(candidate, common) {
        0..300 => Level::Weak,
        300..450 => Level::Fair,
        450..600 => Level::Good,
        _ => Level::Strong,
    }
}

fn tenths_of_bits(candidate: &str, common: &WordList) -> u32 {
    let mut text = Zeroizing::new(Vec::with_capacity(MAX_CHARACTERS));
    let letters = candidate
        .chars()
        .filter(|one| fold_character(*one).is_some());
    text.extend(letters.take(MAX_CHARACTERS));
    // The lowest cost of each prefix of the text.
    let mut least = vec![u32::MAX; text.len() + 1];
    least[0] = 0;
    for at in 0..text.len() {
        let so_far = least[at];
        let mut reach = |length: usize, cost: u32| {
            if let Some(least) = least.get_mut(at + length) {
                *least = so_far.saturating_add(cost).min(*least);
            }
        };
        let rest = &text[at..];
        reach(1, single_char_cost(&text, at));
        for length in common.lengths_at(rest) {
            reach(length, WORD_COST);
        }
        for length in 3..=walk(rest) {
            reach(length, WALK_COST);
        }
        if let Some((length, cost)) = date(rest) {
            reach(length, cost);
        }
        for length in 1..=at.min(rest.len()) {
            if text[at - length..at] == rest[..length] {
                reach(length, REPETITION_COST);
            }
        }
    }
    least[text.len()]
}

/// Returns the cost of a single character: less where it continues a word, more where its kind
/// differs from that of the character before it.
fn single_char_cost(text: &[char], at: usize) -> u32 {
    let one = text[at];
    let run = text[..at].iter().rev();
    let run = run.take_while(|other| other.is_ascii_alphabetic()).count();
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    let kind = |one: char| match one {
        _ if one.is_ascii_alphabetic() => 0,
        _ if one.is_ascii_digit() => 1,
        _ if one.is_ascii() => 2,
        _ => 3,
    };
    let kind_changes = before.is_some_and(|before| kind(*before) != kind(one));
    let base = match kind(one) {
        // A capital within a word is hard to predict; the fifth letter of a word hardly is.
        0 if one.is_ascii_uppercase() && run > 0 => 50,
        0 if run >= 4 => 14,
        0 | 1 => 33,
        2 => 40,
        _ => 38,
    };
    base + if kind_changes { 12 } else { 0 }
}

/// Returns the length of the longest walk along a row, in one direction, that a text begins with.
fn walk(text: &[char]) -> usize {
    let steps = |row: &str, back: bool| {
        let row = row.as_bytes();
        let place = |one: char| {
            let one = u8::try_from(one.to_ascii_lowercase()).ok()?;
            row.iter().position(|other| *other == one)
        };
        let is_step = |pair: &&[char]| match (place(pair[0]), place(pair[1])) {
            (Some(one), Some(next)) if back => next + 1 == one,
            (Some(one), Some(next)) => one + 1 == next,
            _ => false,
        };
        text.windows(2).take_while(is_step).count() + 1
    };
    let ways = WALKS
        .iter()
        .flat_map(|row| [steps(row, false), steps(row, true)]);
    ways.max().unwrap_or_default()
}

/// Returns the length and the cost of a year or a date that a text begins with.
fn date(text: &[char]) -> Option<(usize, u32)> {
    let digits = text.iter().take(8).take_while(|one| one.is_ascii_digit());
    let digits = digits.count();
    let number = |from: usize, to: usize| {
        let part = text.get(from..to)?;
        let mut digits = part.iter().map(|one| one.to_digit(10));
        digits.try_fold(0, |sum, digit| Some(sum * 10 + digit?))
    };
    let day = |number: Option<u32>| number.is_some_and(|day| (1..=31).contains(&day));
    let day_and_month = |one: Option<u32>, other: Option<u32>| {
        let month = |number: Option<u32>| number.is_some_and(|month| (1..=12).contains(&month));
        (day(one) && month(other)) || (month(one) && day(other))
    };
    let year = |from: usize| number(from, from + 4).filter(|year| (1900..2100).contains(year));
    if digits == 8
        && (day_and_month(number(0, 2), number(2, 4)) && year(4).is_some()
            || day_and_month(number(4, 6), number(6, 8)) && year(0).is_some())
    {
        return Some((8, DATE_COST));
    }
    if digits >= 6
        && (day_and_month(number(0, 2), number(2, 4)) || day_and_month(number(2, 4), number(4, 6)))
    {
        return Some((6, DATE_COST));
    }
    if digits <= 2
        && let Some(length) = written_date(text, digits)
    {
        return Some((length, DATE_COST));
    }
    year(0).map(|_| (4, YEAR_COST))
}

/// Returns the length of a date such as `7.11.1987` or `07-11-87` that a text begins with; `first`
/// is the number of digits before the first separator.
fn written_date(text: &[char], first: usize) -> Option<usize> {
    let separator = *text.get(first)?;
    if first == 0 || !matches!(separator, '.' | '-' | '/' | ' ') {
        return None;
    }
    let count = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        rest.iter().take_while(|one| one.is_ascii_digit()).count()
    };
    let second = first + 1;
    let month = count(second);
    let third = second + month + 1;
    let year = count(third);
    let is_date = (1..=2).contains(&month)
        && text.get(third - 1) == Some(&separator)
        && (year == 2 || year == 4);
    is_date.then_some(third + year)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: &str = include_str!("../../agent/src/quality/common.txt");

    #[test]
    fn what_is_easy_to_guess_is_never_called_strong() {
        let common = WordList::read(COMMON);
        let mut wrong = Vec::new();
        for (candidate, expected) in [
            ("", Level::Weak),
            ("a", Level::Weak),
            ("password", Level::Weak),
            ("P@ssw0rd1234", Level::Weak),
            ("Heslo2026!", Level::Weak),
            ("aaaaaaaaaaaaaaaaaaaaaaaa", Level::Weak),
            ("abcdefghijklmnopqrstuvwxyz", Level::Weak),
            ("zyxwvutsrqponmlkji", Level::Weak),
            ("qwertyuiopasdfghjkl", Level::Weak),
            ("1qaz2wsx3edc4rfv", Level::Weak),
            ("13579135791357913579", Level::Weak),
            ("12.05.1987", Level::Weak),
            ("1987-05-12", Level::Weak),
            ("19870512", Level::Weak),
            ("Jana12051987", Level::Weak),
            ("hedvabny", Level::Weak),
            ("Tr0ub4dor&3", Level::Fair),
            ("Green kettle 77", Level::Good),
            ("Žluťoučký kůň", Level::Good),
            ("xK9$mQ2!vL7p", Level::Good),
            ("xK9$mQ2!vL7p#4T", Level::Strong),
            ("Kettle-maple-river-candle7", Level::Strong),
            ("正しい馬電池ホチキス正解", Level::Good),
        ] {
            let found = level(candidate, &common);
            let bits = tenths_of_bits(candidate, &common);
            if found != expected {
                wrong.push(format!("{candidate}: {found:?}, {bits}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn no_common_word_is_more_than_weak_however_often_it_is_said() {
        let common = WordList::read(COMMON);
        for word in COMMON.lines().filter(|line| !line.starts_with('#')) {
            for candidate in [word.to_owned(), word.to_uppercase(), word.repeat(4)] {
                assert_eq!(level(&candidate, &common), Level::Weak, "{candidate}");
            }
        }
    }

    #[test]
    fn a_longer_text_is_never_weaker_by_much() {
        // One more letter may complete a word; the cost then drops by less than a word's cost.
        let common = WordList::read(COMMON);
        let text = "Kettle-maple-river-candle7";
        for end in 1..text.len() {
            let (less, more) = (&text[..end], &text[..=end]);
            let (less, more) = (tenths_of_bits(less, &common), tenths_of_bits(more, &common));
            assert!(more + WORD_COST > less, "{end}");
        }
        assert!(tenths_of_bits(&"x7".repeat(9_999), &common) < 300);
    }
}
