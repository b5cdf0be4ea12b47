//! The portal's support codes.

use postern_envelope::package::random;
use postern_protocol::support_code::support_code;

/// Creates a random code, such as `K7QD-2M4X`; an empty one if there is no randomness.
pub fn new() -> String {
    let random = random(8).unwrap_or_default();
    let random = random.expose().try_into().ok();
    random.map(support_code).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_random() {
        let code = super::new();
        assert_eq!(code.len(), 9);
        assert_ne!(code, super::new());
    }
}
