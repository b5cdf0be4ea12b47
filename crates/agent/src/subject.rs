//! Subjects: the keyed hashes of accounts and of names, under which epochs and tries are kept. In a
//! `decoy` tenant tries are kept under the name alone, whether it has an account or not.

use postern_directory::{Account, Anchor, names};
use postern_store::StoreKey;

/// Returns the subject of an account: its key in the `epochs` table and, in `tell` tenants, in the
/// `tries` table.
pub(crate) fn of_account(key: &StoreKey, anchor: Anchor) -> [u8; 16] {
    key.short_hash("account tries", &[&anchor.0])
}

/// Returns the key of a name in the `tries` table of a `decoy` tenant. `bare` is the name as
/// [`names::bare`] returns it. Two names of one account are counted separately, since names without
/// an account cannot be counted as one.
pub(crate) fn of_name(key: &StoreKey, bare: &str) -> [u8; 16] {
    key.short_hash("decoy tries", &[bare.as_bytes()])
}

/// Returns the login name and the principal name of an account, in the form of [`names::bare`].
pub(crate) fn names_of(account: &Account) -> [String; 2] {
    [&account.login_name, &account.principal_name].map(|name| names::bare(name))
}

/// Returns all keys of an account in the `tries` table: that of its anchor (`tell` tenants) and
/// those of its names (`decoy` tenants).
pub(crate) fn tries_keys(key: &StoreKey, account: &Account) -> Vec<[u8; 16]> {
    let names = names_of(account);
    let by_name = names.map(|name| of_name(key, &name));
    let mut keys = vec![of_account(key, account.anchor)];
    keys.extend(by_name);
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_envelope::Secret;

    #[test]
    fn names_are_counted_apart_and_by_the_key_of_this_agent() {
        let key = |byte: u8| StoreKey::new(Secret::new(vec![byte; 32])).unwrap();
        assert_eq!(of_name(&key(1), "zed"), of_name(&key(1), "zed"));
        assert_ne!(of_name(&key(1), "zed"), of_name(&key(1), "zoe"));
        assert_ne!(of_name(&key(1), "zed"), of_name(&key(2), "zed"));
    }
}
