//! Parsing and comparing typed codes.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use postern_envelope::Secret;

/// The digits of a typed code, without the spaces and hyphens that people put between them.
pub(crate) struct Code(Secret);

impl Code {
    /// Parses typed text; `None` unless it has exactly `length` digits.
    pub(crate) fn parse(typed: &Secret, length: usize) -> Option<Self> {
        let mut digits = Vec::with_capacity(length);
        for character in typed.expose_str()?.chars() {
            match character {
                '0'..='9' if digits.len() < length => digits.push(character as u8),
                '-' => {}
                _ if character.is_whitespace() => {}
                _ => return None,
            }
        }
        (digits.len() == length).then(|| Self(Secret::new(digits)))
    }

    /// Returns the digits.
    pub(crate) fn digits(&self) -> &[u8] {
        self.0.expose()
    }
}

/// Compares two values in a time that does not reveal where they differ.
pub(crate) fn constant_time_eq(one: &[u8], other: &[u8]) -> bool {
    verify_slices_are_equal(one, other).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_so_many_digits_however_they_are_spaced() {
        for (typed, digits) in [
            ("123456", Some("123456")),
            (" 123 456 ", Some("123456")),
            ("123-456", Some("123456")),
            ("12\u{a0}34\u{2009}56", Some("123456")),
            ("", None),
            ("12345", None),
            ("1234567", None),
            ("12345a", None),
            ("１２３４５６", None),
        ] {
            let code = Code::parse(&Secret::from(typed), 6);
            let seen = code.map(|code| code.0.expose().to_vec());
            assert_eq!(seen.as_deref(), digits.map(str::as_bytes), "{typed:?}");
        }
        for typed in ["12345678", "1234 5678", " 1234-5678", "1234\u{a0}5678"] {
            let code = Code::parse(&Secret::from(typed), 8).unwrap();
            assert_eq!(code.digits(), b"12345678", "{typed:?}");
            assert!(Code::parse(&Secret::from(typed), 6).is_none());
        }
        assert!(Code::parse(&Secret::new(vec![0xff; 6]), 6).is_none());
        assert!(Code::parse(&Secret::new(vec![b'1'; 100_000]), 8).is_none());
    }
}
