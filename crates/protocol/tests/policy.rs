//! Tests the check of passwords against a policy, with tables.

use postern_protocol::policy::{CLASSES_NEEDED, Classes, MAX_LENGTH};
use postern_protocol::rule::Rule;
use postern_protocol::{Policy, Reason};

#[test]
fn classes_are_those_of_active_directory() {
    // u upper, l lower, d digit, s sign, o other letter.
    for (text, expected) in [
        ("", ""),
        ("a", "l"),
        ("Z", "u"),
        ("0", "d"),
        ("9", "d"),
        ("!", "s"),
        ("aB3-", "ulds"),
        // Letters with diacritics have a case like any other.
        ("čłėßñ", "l"),
        ("ČŁĖÑ", "u"),
        ("čŁ", "ul"),
        ("ẞ", "u"),
        ("č", "l"),
        ("ł", "l"),
        ("ė", "l"),
        ("ß", "l"),
        ("İ", "u"),
        ("ı", "l"),
        ("ǆ", "l"),
        ("Ǆ", "u"),
        ("жΩ", "ul"),
        ("ς", "l"),
        // Letters without case.
        ("漢", "o"),
        ("一", "o"),
        ("龥", "o"),
        ("ひらカナ", "o"),
        ("한글", "o"),
        ("שא", "o"),
        ("عربي", "o"),
        ("กข", "o"),
        ("a漢1", "ldo"),
        // A title-case letter is a letter of neither case.
        ("ǅ", "o"),
        ("ª", "l"),
        // Digits are 0 to 9; other scripts' digits are not letters either.
        ("٣", ""),
        ("½", ""),
        // A letter may be written in two parts: its combining mark is in no class.
        ("c\u{30c}", "l"),
        ("\u{30c}", ""),
        // Characters that are neither letters nor ASCII punctuation are in no class.
        (" ", ""),
        ("\t", ""),
        ("\u{a0}", ""),
        ("€", ""),
        ("£§°", ""),
        ("–„“", ""),
        ("🗝", ""),
        ("👩\u{200d}🚒", ""),
        ("\0", ""),
        ("\u{7f}", ""),
    ] {
        let classes = Classes::of(text);
        let seen: String = [
            (classes.upper, 'u'),
            (classes.lower, 'l'),
            (classes.digit, 'd'),
            (classes.special, 's'),
            (classes.other_letter, 'o'),
        ]
        .into_iter()
        .filter_map(|(present, letter)| present.then_some(letter))
        .collect();
        assert_eq!(seen, expected, "{text:?}");
        assert_eq!(usize::from(classes.count()), expected.len(), "{text:?}");
    }
}

#[test]
fn each_of_the_32_signs_is_special() {
    let signs = r#"~!@#$%^&*_-+=`|\(){}[]:;"'<>,.?/"#;
    assert_eq!(signs.len(), 32);
    for sign in signs.chars() {
        assert!(Classes::of(&sign.to_string()).special, "{sign}");
    }
}

#[test]
fn three_classes_of_five_are_enough() {
    let policy = policy(0);
    for (candidate, too_few) in [
        ("", true),
        ("alllower", true),
        ("lowerUPPER", true),
        ("lower漢字", true),
        ("lowerUPPER space", true),
        ("lowerUPPER€", true),
        ("lowerUPPER1", false),
        ("lowerUPPER!", false),
        ("lowerUPPER漢", false),
        ("lower漢1", false),
        ("漢1!", false),
        ("čŁ1", false),
        ("aB1!漢", false),
    ] {
        let judgement = policy.judge(candidate);
        assert_eq!(judgement.breaks(Rule::Classes), too_few, "{candidate}");
        assert_eq!(judgement.passes(), !too_few, "{candidate}");
    }
    let lax = Policy {
        complexity: false,
        ..policy
    };
    assert!(lax.judge("alllower").passes());
}

#[test]
fn length_is_counted_in_utf_16_units() {
    for (candidate, length) in [
        ("", 0),
        ("abc", 3),
        ("čłė", 3),
        ("漢字", 2),
        ("c\u{30c}", 2),
        ("🗝", 2),
        ("👩\u{200d}🚒", 5),
        ("\u{feff}a", 2),
    ] {
        assert_eq!(policy(0).judge(candidate).length, length, "{candidate}");
    }
    let huge = "a".repeat(70_000);
    assert_eq!(policy(0).judge(&huge).length, u16::MAX);
    assert!(policy(0).judge(&huge).breaks(Rule::MaximumLength));
}

#[test]
fn length_is_judged_at_its_boundaries() {
    for (minimum, unit, repeat, too_short, too_long) in [
        (0, "a", 0, false, false),
        (1, "a", 0, true, false),
        (12, "a", 11, true, false),
        (12, "a", 12, false, false),
        (12, "č", 11, true, false),
        (12, "č", 12, false, false),
        (12, "🗝", 5, true, false),
        (12, "🗝", 6, false, false),
        (12, "a", 255, false, false),
        (12, "a", 256, false, false),
        (12, "a", 257, false, true),
        (12, "🗝", 128, false, false),
        (12, "🗝", 129, false, true),
        (255, "a", 254, true, false),
        (255, "a", 255, false, false),
    ] {
        let judgement = policy(minimum).judge(&unit.repeat(repeat));
        let seen = [Rule::MinimumLength, Rule::MaximumLength].map(|rule| judgement.breaks(rule));
        assert_eq!(seen, [too_short, too_long], "{repeat} times {unit}");
    }
}

#[test]
fn the_account_name_is_found_in_any_case() {
    for (account, candidate, found) in [
        ("jana", "Jana12345!", true),
        ("JANA", "xxjanaxx1!A", true),
        ("jana", "xxJaNaxx1!", true),
        ("jana", "Jan12345!", false),
        ("jana", "J.a.n.a.1", false),
        ("jan", "Jan12345!", true),
        // Names of two characters are ignored.
        ("ja", "Ja12345!x", false),
        ("", "Abc12345!", false),
        ("šárka", "ŠÁRKA2026!", true),
        ("ŁUKASZ", "xłukaszx1A", true),
        ("žiga", "ziga12345A", false),
        // A final sigma matches a sigma, at any position.
        ("οδυσσεύς", "ΟΔΥΣΣΕΎΣ1!", true),
        ("ΟΔΥΣΣΕΎΣ", "οδυσσεύςx1!A", true),
        ("ΟΔΥΣΣΕΎΣ", "οδυσσεύσx1!A", true),
        // The account name is matched as a whole: only the display name is split into parts.
        ("jana.nova", "Nova12345!", false),
        ("jana.nova", "xJana.Nova1", true),
        ("漢字語", "A1漢字語", true),
    ] {
        let judgement = policy(0).with_names(account, "").judge(candidate);
        assert_eq!(
            judgement.breaks(Rule::AccountName),
            found,
            "{account} in {candidate}"
        );
        assert!(!judgement.breaks(Rule::DisplayName));
    }
}

#[test]
fn the_parts_of_the_display_name_are_found_in_any_case() {
    for (display, candidate, found) in [
        ("Erin M. Hagens", "ERIN12345x", true),
        ("Erin M. Hagens", "xhagens1A!", true),
        ("Erin M. Hagens", "Hagen12345", false),
        ("Erin M. Hagens", "MMMMm12345", false),
        ("Nováková, Jana", "novákováX1", true),
        ("Nováková, Jana", "NovakovaX1", false),
        ("Nováková, Jana", "JANAjana1!", true),
        ("Anna-Marie", "xMarie12345", true),
        ("Anna_Marie", "xAnna12345A", true),
        ("Anna#Marie", "xMARIE12345a", true),
        ("Anna\tMarie", "xANNA12345a", true),
        ("Anna.Marie", "Ann12345!x", false),
        // `/` is not a delimiter, so this is one part.
        ("Anna/Marie", "Anna12345!", false),
        ("Anna/Marie", "Anna/Marie1", true),
        ("O'Brien", "Brien12345", false),
        ("O'Brien", "xo'brien1A", true),
        ("Jo Li Xu", "JoLiXu12345", false),
        ("", "Abc12345!", false),
        (" , . - _ # \t ", "a , . - _ #1A", false),
    ] {
        let judgement = policy(0).with_names("", display).judge(candidate);
        assert_eq!(
            judgement.breaks(Rule::DisplayName),
            found,
            "{display} in {candidate}"
        );
        assert!(!judgement.breaks(Rule::AccountName));
    }
}

#[test]
fn names_are_kept_only_where_they_count() {
    let named = policy(0).with_names("JS", "Jan Ž. Łukasiewicz-Kos, III.");
    assert_eq!(named.account_name, "");
    assert_eq!(named.name_parts, ["jan", "łukasiewicz", "kos", "iii"]);
    // Three UTF-16 units, as for a length.
    let named = policy(0).with_names("🗝a", "");
    assert_eq!(named.account_name, "🗝a");
}

#[test]
fn names_count_only_where_complexity_is_asked_for() {
    let lax = Policy {
        complexity: false,
        ..policy(0).with_names("jana", "Jana Nova")
    };
    assert!(lax.judge("jana nova").passes());
}

#[test]
fn the_first_broken_rule_is_the_one_that_is_told() {
    let strict = Policy {
        too_young_until: Some(1_000),
        ..policy(8).with_names("jana", "Eva Nova")
    };
    let found = |found| Reason::TooFewClasses {
        needed: CLASSES_NEEDED,
        found,
    };
    for (candidate, now, reason) in [
        (
            "jana".repeat(70),
            0,
            Some(Reason::TooLong {
                maximum: MAX_LENGTH,
                length: 280,
            }),
        ),
        (
            "jana\0".to_owned(),
            0,
            Some(Reason::TooShort {
                minimum: 8,
                length: 5,
            }),
        ),
        (
            "jana nova\0".to_owned(),
            0,
            Some(Reason::ForbiddenCharacter),
        ),
        ("jana nova".to_owned(), 0, Some(Reason::ContainsAccountName)),
        ("superNOVA".to_owned(), 0, Some(Reason::ContainsDisplayName)),
        ("lowercase".to_owned(), 0, Some(found(1))),
        ("lower case A".to_owned(), 0, Some(found(2))),
        (
            "Lowercase1".to_owned(),
            999,
            Some(Reason::TooYoung { until: 1_000 }),
        ),
        ("Lowercase1".to_owned(), 1_000, None),
    ] {
        assert_eq!(strict.refuse(&candidate, now), reason, "{candidate:?}");
    }
    let free = Policy {
        too_young_until: None,
        ..strict
    };
    assert_eq!(free.refuse("Lowercase1", 0), None);
}

#[test]
fn a_control_character_anywhere_is_forbidden() {
    let policy = policy(8);
    let controls = ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}');
    for forbidden in controls.chain(['\u{fffd}', '\u{fffe}', '\u{ffff}']) {
        for candidate in [
            format!("{forbidden}Kettle 2026"),
            format!("Kettle{forbidden} 2026"),
            format!("Kettle 2026{forbidden}"),
            format!("Kettle 2026\r\n{forbidden}"),
        ] {
            assert!(
                policy.judge(&candidate).breaks(Rule::Characters),
                "{candidate:?}"
            );
            let refused = policy.refuse(&candidate, 0);
            assert_eq!(refused, Some(Reason::ForbiddenCharacter), "{candidate:?}");
        }
    }
    for allowed in [
        ' ',
        '~',
        '\u{a0}',
        '\u{ad}',
        '\u{200d}',
        '\u{2028}',
        '\u{feff}',
        '\u{fffc}',
        '\u{10000}',
    ] {
        let candidate = format!("Kettle{allowed} 2026");
        assert_eq!(policy.refuse(&candidate, 0), None, "{candidate:?}");
    }
}

#[test]
fn a_judgement_passes_only_if_the_policy_refuses_nothing() {
    let strict = policy(8).with_names("jana", "Eva Nova");
    for candidate in [
        "",
        "short",
        "jana12345A",
        "Nova12345",
        "nodigits",
        "nul\0nul1A",
        "two\r\nlines1A",
        "Good enough 1",
        "漢字漢字漢字a1",
    ] {
        assert_eq!(
            strict.judge(candidate).passes(),
            strict.refuse(candidate, 0).is_none(),
            "{candidate:?}"
        );
    }
}

/// Returns a policy with complexity, this minimum length, and no names.
fn policy(minimum: u16) -> Policy {
    Policy {
        minimum,
        complexity: true,
        history: 0,
        too_young_until: None,
        account_name: String::new(),
        name_parts: Vec::new(),
        history_enforced: true,
    }
}
