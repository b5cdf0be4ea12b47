//! Support codes: a person reads one to the helpdesk, and every hop logs it.

/// Crockford's base 32: no letter that is mistaken for a digit.
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Returns the support code of random bytes, such as `K7QD-2M4X`: 40 bits.
#[must_use]
pub fn support_code(random: [u8; 8]) -> String {
    let letters = random.map(letter);
    let (first, last) = letters.split_at(4);
    String::from_iter(first.iter().chain(&['-']).chain(last))
}

/// Returns the letter of a random byte; all are equally likely.
#[must_use]
pub const fn letter(random: u8) -> char {
    ALPHABET[(random & 31) as usize] as char
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_two_groups_of_four() {
        assert_eq!(support_code([0, 1, 10, 31, 32, 63, 255, 18]), "01AZ-0ZZJ");
    }
}
