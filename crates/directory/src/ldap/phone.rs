//! Converts a phone number as people write it in a directory to international form (E.164).

/// The allowed number of digits, with the country's prefix (ITU-T E.164, 6.1; shorter numbers are
/// internal).
const DIGIT_COUNT: core::ops::RangeInclusive<usize> = 8..=15;

/// Returns the number in the form `+420601234567`. A national number needs the country's prefix;
/// returns `None` for a number with an extension or any other character that is not expected.
pub(super) fn international(written: &str, country: Option<&str>) -> Option<String> {
    // As in `+44 (0)20 7946 0018`: the zero is only dialled from inside the country.
    let written = written.trim().replace("(0)", "");
    let (plus, rest) = match written.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, written.as_str()),
    };
    let mut digits = String::with_capacity(rest.len());
    for character in rest.chars() {
        match character {
            '0'..='9' => digits.push(character),
            ' ' | '\u{a0}' | '-' | '.' | '/' | '(' | ')' => {}
            _ => return None,
        }
    }
    let digits = match (plus, digits.strip_prefix("00")) {
        (true, _) => digits,
        (false, Some(digits)) => digits.to_owned(),
        (false, None) => {
            let national = digits.strip_prefix('0').unwrap_or(&digits);
            [country?.trim_start_matches('+'), national].concat()
        }
    };
    let sound = DIGIT_COUNT.contains(&digits.len()) && !digits.starts_with('0');
    sound.then(|| ["+", &digits].concat())
}

/// Reports whether a text is a country's prefix such as `+420`.
pub(super) fn is_prefix(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (1..=3).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (written, number) in [
            ("+420 601 234 567", Some("+420601234567")),
            ("00420 601-234-567", Some("+420601234567")),
            ("+44 (0)20 7946.0018", Some("+442079460018")),
            ("601 234 567", Some("+420601234567")),
            ("0601 234 567", Some("+420601234567")),
            ("+370 (5) 210/0000", Some("+37052100000")),
            ("+420\u{a0}601\u{a0}234\u{a0}567", Some("+420601234567")),
            ("+420 601 234 567 ext. 12", None),
            ("x", None),
            ("", None),
            ("+", None),
            ("1234", None),
            ("+1234567", None),
            ("+0 123 456 789", None),
            ("+4206012345678901", None),
            ("+420 601+234 567", None),
            ("+４２０601234567", None),
        ] {
            let seen = international(written, Some("+420"));
            assert_eq!(seen.as_deref(), number, "{written:?}");
        }
        assert_eq!(international("601 234 567", None), None);
    }

    #[test]
    fn a_prefix_is_a_plus_and_up_to_three_digits() {
        for good in ["+1", "+44", "+420"] {
            assert!(is_prefix(good));
        }
        for bad in ["", "+", "420", "+0420", "+4200", "+4a"] {
            assert!(!is_prefix(bad), "{bad}");
        }
    }
}
