//! Support codes: a person reads one to the helpdesk, and every hop logs it.

use postern_envelope::package::random;

/// Crockford's base 32, without letters that look like digits.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Creates a random code, as `K7QD-2M4X`: 40 bits.
pub fn new() -> String {
    let random = random(8).unwrap_or_default();
    let mut code: String = random
        .expose()
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
        .collect();
    if code.len() == 8 {
        code.insert(4, '-');
    }
    code
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_two_groups_of_four() {
        let code = super::new();
        assert_eq!(code.len(), 9);
        assert_eq!(code.as_bytes()[4], b'-');
        assert_ne!(code, super::new());
    }
}
