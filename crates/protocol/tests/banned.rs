//! Tests banned words, with the published examples and with tables.

#![expect(clippy::unwrap_used, reason = "a test that panics fails")]

use postern_protocol::BannedKind::{Common, Name, Organisation};
use postern_protocol::banned::{Banned, MAX_WORD_LENGTH, MIN_WORD_LENGTH, WordList, fold};

const LIST: &str = include_str!("../../agent/src/quality/common.txt");

fn folded(text: &str) -> String {
    fold(text).expose_str().unwrap().to_owned()
}

fn judge(
    common: &str,
    organisation: &str,
    candidate: &str,
) -> Option<postern_protocol::BannedKind> {
    let (common, organisation) = (WordList::read(common), WordList::read(organisation));
    let banned = Banned {
        names: WordList::of_names("p.smith", "Poll Smith-Novák", &["Fabrikam Group"]),
        common: Some(&common),
        organisation: Some(&organisation),
    };
    banned.judge(candidate)
}

#[test]
fn the_published_examples_come_out_as_published() {
    for (candidate, expected) in [
        // Normalisation: "blank" is banned.
        ("Bl@nK", Some(Common)),
        // Fuzzy matching: "abcdef" is banned.
        ("abcdef", Some(Common)),
        ("abcdeg", Some(Common)),
        ("abcdefg", Some(Common)),
        ("abcde", Some(Common)),
        // Substring matching: the person is called Poll.
        ("p0LL23fb", Some(Name)),
        // Score: 4 and 5 points.
        ("C0ntos0Blank12", Some(Organisation)),
        ("ContoS0Bl@nkf9!", None),
    ] {
        let seen = judge("blank\nabcdef\n", "# Ours\ncontoso\n", candidate);
        assert_eq!(seen, expected, "{candidate}");
    }
}

#[test]
fn one_word_stands_for_its_variants() {
    for (text, plain) in [
        ("Hesl0", "heslo"),
        ("HÉSLO", "heslo"),
        ("hasło", "haslo"),
        ("HASŁO", "haslo"),
        ("geslo", "geslo"),
        ("Slaptažodis", "slaptazodls"),
        ("5L@PTAŽ0D1S", "slaptazodls"),
        ("admin", "admln"),
        ("adm1n", "admln"),
        ("he11o", "hello"),
        ("pa$$w0rd", "password"),
        ("šuňůřťďŁĘĖĮ", "sunurtdleel"),
        ("c\u{30c}", "c"),
        ("ÀÏßØÞÿŒŽſ", "alsotyozs"),
        ("ПАРОЛЬ", "пароль"),
        ("Ёж", "ёж"),
        ("ΚΩΔΙΚΟΣ", "κωδικοσ"),
        ("密码", "密码"),
        ("", ""),
    ] {
        assert_eq!(folded(text), plain, "{text}");
    }
}

#[test]
fn folding_makes_nothing_longer_and_knows_every_character() {
    for character in (0..=0x0010_ffff).filter_map(char::from_u32) {
        let folded = fold(character.encode_utf8(&mut [0; 4]));
        assert!(folded.expose().len() <= character.len_utf8(), "{character}");
        // Folding a folded text changes nothing.
        let text = folded.expose_str().unwrap();
        assert_eq!(fold(text).expose(), folded.expose(), "{character}");
    }
}

#[test]
fn the_fewest_points_count() {
    // Where words overlap, the reading with the lowest score counts.
    for (words, candidate, expected) in [
        ("pass\npassword", "password123", Some(Common)),
        ("pass\npassword", "passwordabcd", None),
        ("pass\npassword", "passwordabc", Some(Common)),
        ("over\nlapping\noverla", "overlapping", Some(Common)),
        ("heslo", "heslohesloheslo", Some(Common)),
        ("heslo", "hesloheslohesloheslo", Some(Common)),
        ("heslo", "hesloheslohesloheslox", None),
        ("heslo", "heslo čšžř", None),
        ("heslo", "heslo čšž", None),
        ("heslo", "heslo čš", Some(Common)),
        // Characters, not bytes: four of them are four points.
        ("heslo", "密码密码", Some(Common)),
        ("heslo", "密码密码密", None),
        ("", "abcd", Some(Common)),
        ("", "", Some(Common)),
    ] {
        assert_eq!(judge(words, "", candidate), expected, "{candidate}");
    }
}

#[test]
fn names_are_found_in_disguise() {
    for (candidate, expected) in [
        ("Xsm1thX-kettle-9", Some(Name)),
        ("green N0VAK kettle", Some(Name)),
        ("green ńóvăķ kettle", Some(Name)),
        ("P.$mith-kettle", Some(Name)),
        ("the fabrikam group 7", Some(Name)),
        ("fabrikam kettle 77", None),
        ("pol smit nova 7777", None),
    ] {
        assert_eq!(judge("", "", candidate), expected, "{candidate}");
    }
}

#[test]
fn the_list_is_what_its_head_says() {
    let words: Vec<_> = LIST
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert!((300..2000).contains(&words.len()), "{}", words.len());
    let mut seen = std::collections::BTreeSet::new();
    for word in words {
        let length = word.chars().count();
        assert!(
            (MIN_WORD_LENGTH..=MAX_WORD_LENGTH).contains(&length),
            "{word}"
        );
        assert_eq!(word, word.to_lowercase());
        assert!(seen.insert(word), "{word} is listed twice");
    }
}

#[test]
fn common_passwords_are_refused_and_good_ones_are_not() {
    let list = WordList::read(LIST);
    let banned = Banned {
        common: Some(&list),
        ..Banned::default()
    };
    for candidate in [
        "Password1234",
        "P@ssw0rd123!",
        "Heslo1234567",
        "Hasło123456!",
        "geslo2026",
        "Slaptažodis1",
        "Slaptazodis123",
        "Qwerty123456",
        "Welcome2026!",
        "November2026!",
        "Listopad2026",
        "Październik1",
        "1qaz2wsx3edc",
        "Lietuva2026!",
        "Slovenija123",
        "adm1n1strat0r",
    ] {
        assert_eq!(banned.judge(candidate), Some(Common), "{candidate}");
    }
    for candidate in [
        "Green kettle 77",
        "Correct-Horse-9-Battery",
        "Žluťoučký kůň 7",
        "tr0ub4dor&3",
        "xK9$mQ2vL7p",
    ] {
        assert_eq!(banned.judge(candidate), None, "{candidate}");
    }
}

#[test]
fn nothing_that_is_judged_is_printed() {
    assert_eq!(format!("{:?}", WordList::read("secret")), "WordList");
}
