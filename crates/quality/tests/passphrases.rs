//! Passphrases comply with every policy, and all words are equally likely.

#![expect(clippy::unwrap_used, reason = "a test that panics fails")]

use postern_protocol::Policy;
use postern_protocol::banned::{Banned, WordList};
use postern_protocol::policy::MAX_LENGTH;
use postern_quality::passphrase::{MIN_LIST_WORDS, MIN_WORDS, below, make};
use postern_quality::strength::{Level, level};
use postern_quality::{Quality, Rating};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

const COMMON: &str = include_str!("../../agent/src/quality/common.txt");

/// The list of each language, by its file.
static LISTS: LazyLock<Vec<(PathBuf, String)>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/words");
    let files = fs::read_dir(folder).unwrap();
    let files: BTreeSet<_> = files.map(|entry| entry.unwrap().path()).collect();
    let list = |file: PathBuf| {
        let text = fs::read_to_string(&file).unwrap();
        (file, text)
    };
    files.into_iter().map(list).collect()
});

/// Returns a random source with a seed (xorshift), which gives the same bytes in every run.
fn seeded(seed: u64) -> impl FnMut(&mut [u8]) -> Option<()> {
    let mut state = seed | 1;
    move |bytes: &mut [u8]| {
        for byte in bytes {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            *byte = state.to_le_bytes()[5];
        }
        Some(())
    }
}

#[test]
fn every_list_has_enough_words_that_every_keyboard_can_type() {
    let common: BTreeSet<_> = COMMON.lines().collect();
    for (file, list) in LISTS.iter() {
        let words: Vec<_> = list.lines().collect();
        assert!(
            words.len() >= MIN_LIST_WORDS,
            "{}: {}",
            file.display(),
            words.len()
        );
        let different: BTreeSet<_> = words.iter().collect();
        assert_eq!(different.len(), words.len(), "{}", file.display());
        for word in words {
            let place = || format!("{}: {word}", file.display());
            assert!((4..=8).contains(&word.len()), "{}", place());
            let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
            assert!(plain, "{}", place());
            assert!(!common.contains(word), "{} is common", place());
        }
    }
}

#[test]
fn forty_bits_come_from_the_words_alone() {
    for (file, list) in LISTS.iter() {
        let words = u32::try_from(list.lines().count()).unwrap();
        let bits = f64::from(words).log2() * f64::from(u32::try_from(MIN_WORDS).unwrap());
        assert!(bits >= 40.0, "{}: {bits}", file.display());
    }
}

#[test]
fn no_number_is_likelier_than_another() {
    for limit in [1, 2, 3, 10, 1_000, 1_024, 1_111, 40_000, 65_535, 65_536] {
        // Each of the 65,536 pairs of bytes once: every number has to come equally often.
        let mut counts = vec![0_u32; limit];
        for drawn in 0..=u16::MAX {
            let mut left = Some(drawn);
            let mut random = |bytes: &mut [u8]| {
                bytes.copy_from_slice(&left.take()?.to_le_bytes());
                Some(())
            };
            // None where another draw would be needed.
            if let Some(number) = below(limit, &mut random) {
                counts[number] += 1;
            }
        }
        let (least, most) = (counts.iter().min(), counts.iter().max());
        assert_eq!(least, most, "{limit}");
        assert!(counts[0] > 0, "{limit}");
    }
    assert_eq!(below(0, &mut seeded(1)), None);
}

#[test]
fn every_word_comes_and_phrases_differ() {
    let words: Vec<_> = LISTS[0].1.lines().collect();
    let policy = policy(12, true);
    let mut random = seeded(7);
    let mut seen = BTreeSet::new();
    let mut phrases = BTreeSet::new();
    for _ in 0..6_000 {
        let phrase = make(&words, &policy, &mut random).unwrap();
        let lower = phrase.to_lowercase();
        let parts = lower.trim_end_matches(|one: char| one.is_ascii_digit());
        seen.extend(parts.split('-').map(str::to_owned));
        phrases.insert(phrase);
    }
    assert_eq!(seen.len(), words.len());
    assert_eq!(phrases.len(), 6_000);
}

#[test]
fn without_randomness_or_words_there_is_no_phrase() {
    let words: Vec<_> = LISTS[0].1.lines().collect();
    let policy = policy(12, true);
    assert_eq!(make(&words, &policy, &mut |_: &mut [u8]| None), None);
    let few = &words[..MIN_LIST_WORDS - 1];
    assert_eq!(make(few, &policy, &mut seeded(1)), None);
}

#[test]
fn a_phrase_has_no_name_in_it() {
    let words: Vec<_> = LISTS[0].1.lines().collect();
    // A user whose names are every third word of the beginning of the list.
    let names: Vec<_> = words.iter().step_by(3).copied().collect();
    let policy = Policy {
        account_name: String::from("alice"),
        name_parts: names[..40].iter().map(|name| String::from(*name)).collect(),
        ..policy(12, true)
    };
    let quality = Quality::new(policy, &["Contoso", "contoso"], COMMON);
    let mut random = seeded(3);
    for _ in 0..200 {
        let phrase = quality.passphrase(&words, &mut random).unwrap();
        let lower = phrase.to_lowercase();
        assert!(
            names[..40].iter().all(|name| !lower.contains(name)),
            "{phrase}"
        );
    }
}

#[test]
fn what_is_banned_or_breaks_a_rule_is_called_weak() {
    let policy = policy(14, true).with_names("alice", "Novak");
    let quality = Quality::new(policy.clone(), &["Contoso"], COMMON);
    for (candidate, banned, level) in [
        ("", true, Level::Weak),
        ("Password1234567", true, Level::Weak),
        ("xK9$mQ2!vL7p-N0vak", true, Level::Weak),
        ("xK9$mQ2!vL7p-C0nt0s0", true, Level::Weak),
        ("xK9$mQ2!vL7p", false, Level::Weak),
        ("three blue swans on a pond", false, Level::Weak),
        ("xK9$mQ2!vL7pÄß", false, Level::Strong),
    ] {
        assert_eq!(
            quality.rate(candidate, &policy.judge(candidate)),
            Rating { banned, level },
            "{candidate}"
        );
    }
}

fn policy(minimum: u16, complexity: bool) -> Policy {
    Policy {
        minimum,
        complexity,
        history: 24,
        too_young_until: None,
        account_name: String::new(),
        name_parts: Vec::new(),
        history_enforced: true,
    }
}

proptest! {
    #[test]
    fn every_policy_takes_what_is_suggested(
        minimum in 0..=MAX_LENGTH,
        complexity: bool,
        account in "[a-z]{0,8}",
        display in "[A-Z][a-z]{1,7} [A-Z][a-zčžšł]{1,9}",
        list in 0..LISTS.len(),
        seed: u64,
    ) {
        let policy = policy(minimum, complexity).with_names(&account, &display);
        let quality = Quality::new(policy.clone(), &["Contoso", "contoso"], COMMON);
        let words: Vec<_> = LISTS[list].1.lines().collect();
        let phrase = quality.passphrase(&words, &mut seeded(seed)).unwrap();
        prop_assert_eq!(policy.refuse(&phrase, 0), None, "{}", phrase);
        // The agent's own checks, with the names as they are in the directory.
        let common = WordList::read(COMMON);
        let banned = Banned {
            names: WordList::of_names(&account, &display, &["Contoso", "contoso"]),
            common: Some(&common),
            organisation: None,
        };
        prop_assert_eq!(banned.judge(&phrase), None, "{}", phrase);
        prop_assert!(phrase.len() >= 4 * 4 + 3);
        if minimum < 240 {
            prop_assert!(level(&phrase, &common) >= Level::Good, "{}", phrase);
        }
    }
}
