//! Decoys: in a `decoy` tenant a name without an account is answered like every other name.

use crate::StoreKey;
use postern_directory::{Account, names};

/// Returns the key of a name in the `tries` table, whether the name has an account or not. `bare`
/// is the name as [`names::bare`] returns it. Two names of one account are counted separately,
/// since names without an account cannot be counted as one.
pub(crate) fn tries_key(key: &StoreKey, bare: &str) -> [u8; 16] {
    key.short_hash("decoy tries", &[bare.as_bytes()])
}

/// Returns the login name and the principal name of an account, in the form of [`names::bare`].
pub(crate) fn names_of(account: &Account) -> [String; 2] {
    [&account.login_name, &account.principal_name].map(|name| names::bare(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_envelope::Secret;

    #[test]
    fn names_are_counted_apart_and_by_the_key_of_this_agent() {
        let key = |byte: u8| StoreKey::new(Secret::new(vec![byte; 32])).unwrap();
        assert_eq!(tries_key(&key(1), "zed"), tries_key(&key(1), "zed"));
        assert_ne!(tries_key(&key(1), "zed"), tries_key(&key(1), "zoe"));
        assert_ne!(tries_key(&key(1), "zed"), tries_key(&key(2), "zed"));
    }
}
