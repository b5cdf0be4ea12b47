//! Decoys: what a `decoy` tenant shows for a name behind which there is nothing to reset.
//!
//! Everything of a decoy comes from a keyed hash of the name, so that it is the same at every try.

use crate::{StoreKey, mask};

/// What a decoy looks like.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoy {
    /// Its masked mail address.
    pub hint: String,
    /// Whether it shows an authenticator, where that is left to the account.
    pub authenticator: bool,
}

/// The decoy of a name, in a tenant whose people have addresses at `domain`.
pub(crate) fn of(key: &StoreKey, name: &str, domain: &str) -> Decoy {
    let bare = bare(name);
    let hash = key.hash("decoy", &[bare.as_bytes()]);
    // Most addresses begin as the name does, some do not: so with decoys.
    let letter = match bare.chars().next() {
        Some(first) if first.is_alphabetic() && !hash[0].is_multiple_of(8) => first,
        _ => char::from(b'a' + hash[1] % 26),
    };
    Decoy {
        hint: mask::mail_address(&format!("{letter}@{domain}")),
        authenticator: hash[2].is_multiple_of(2),
    }
}

/// Whose tries a decoy spends.
pub(crate) fn subject(key: &StoreKey, name: &str) -> [u8; 16] {
    let mut subject = [0; 16];
    subject.copy_from_slice(&key.hash("decoy tries", &[bare(name).as_bytes()])[..16]);
    subject
}

/// A login name without its domain, lower case: `CORP\Alice` and `alice@corp.example` are one.
fn bare(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let name = name
        .rsplit_once('\\')
        .map_or(name.as_str(), |(_, name)| name);
    name.split_once('@')
        .map_or(name, |(name, _)| name)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_envelope::Secret;

    fn key(byte: u8) -> StoreKey {
        StoreKey::new(Secret::new(vec![byte; 32])).unwrap()
    }

    #[test]
    fn a_decoy_is_the_same_for_every_way_to_write_a_name() {
        let seen = of(&key(1), "zed", "contoso.example");
        for name in ["Zed", " zed ", "CORP\\zed", "zed@corp.example"] {
            assert_eq!(of(&key(1), name, "contoso.example"), seen);
            assert_eq!(subject(&key(1), name), subject(&key(1), "zed"));
        }
        assert_ne!(subject(&key(1), "zed"), subject(&key(1), "zoe"));
        assert_ne!(subject(&key(1), "zed"), subject(&key(2), "zed"));
    }

    #[test]
    fn decoys_look_like_addresses_and_differ() {
        let names: Vec<_> = (0..200).map(|number| format!("user{number}")).collect();
        let decoys: Vec<_> = names
            .iter()
            .map(|name| of(&key(1), name, "contoso.example"))
            .collect();
        assert!(
            decoys
                .iter()
                .all(|decoy| decoy.hint.ends_with("••@c••.example"))
        );
        let usual = decoys
            .iter()
            .filter(|decoy| decoy.hint.starts_with('u'))
            .count();
        assert!((150..200).contains(&usual), "{usual}");
        let with = decoys.iter().filter(|decoy| decoy.authenticator).count();
        assert!((70..130).contains(&with), "{with}");
    }
}
