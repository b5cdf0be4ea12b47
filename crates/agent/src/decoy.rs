//! Decoys: in a `decoy` tenant a name without an account is answered as every other name is.

use crate::StoreKey;
use postern_directory::{Account, names};

/// The key of a name in the table of tries, whether it has an account or not: `bare` is the name as
/// [`names::bare`] gives it. Two names of one account are counted as two, since names of nobody cannot
/// be counted as one.
pub(crate) fn counted(key: &StoreKey, bare: &str) -> [u8; 16] {
    key.short_hash("decoy tries", &[bare.as_bytes()])
}

/// The login name and the principal name of an account, in the form of [`names::bare`].
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
        assert_eq!(counted(&key(1), "zed"), counted(&key(1), "zed"));
        assert_ne!(counted(&key(1), "zed"), counted(&key(1), "zoe"));
        assert_ne!(counted(&key(1), "zed"), counted(&key(2), "zed"));
    }
}
