//! Decoys: in a `decoy` tenant a name without an account is answered as every other name is.

use crate::StoreKey;

/// Under which name the tries of a name without an account are counted. `bare` is the name as
/// [`postern_directory::names::bare`] gives it.
pub(crate) fn subject(key: &StoreKey, bare: &str) -> [u8; 16] {
    let mut subject = [0; 16];
    subject.copy_from_slice(&key.hash("decoy tries", &[bare.as_bytes()])[..16]);
    subject
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_envelope::Secret;

    #[test]
    fn names_are_counted_apart_and_by_the_key_of_this_agent() {
        let key = |byte: u8| StoreKey::new(Secret::new(vec![byte; 32])).unwrap();
        assert_eq!(subject(&key(1), "zed"), subject(&key(1), "zed"));
        assert_ne!(subject(&key(1), "zed"), subject(&key(1), "zoe"));
        assert_ne!(subject(&key(1), "zed"), subject(&key(2), "zed"));
    }
}
