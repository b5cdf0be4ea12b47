//! Tests the package between portal and agent: it opens only under its own key and associated data.

use postern_envelope::Secret;
use postern_envelope::package::{OVERHEAD, PackageError, PackageKey, random};

#[test]
fn a_package_opens_under_its_key_and_associated_data_only() {
    let key = PackageKey::generate().unwrap();
    for length in [0, 1, 12, 700, 5000] {
        let content = vec![0x5a; length];
        let sealed = key.seal(b"contoso to agent", &content).unwrap();
        assert_eq!(sealed.len(), length + OVERHEAD);
        let opened = key.open(b"contoso to agent", &sealed).unwrap();
        assert_eq!(opened.expose(), content);
        let other = PackageKey::generate().unwrap();
        for refused in [
            key.open(b"contoso to portal", &sealed),
            key.open(b"", &sealed),
            other.open(b"contoso to agent", &sealed),
        ] {
            assert_eq!(refused.unwrap_err(), PackageError);
        }
    }
}

#[test]
fn a_changed_package_is_refused_wherever_it_was_changed() {
    let key = PackageKey::generate().unwrap();
    let sealed = key.seal(b"use", b"content").unwrap();
    for place in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[place] ^= 1;
        assert_eq!(key.open(b"use", &changed).unwrap_err(), PackageError);
        let short = &sealed[..place];
        assert_eq!(key.open(b"use", short).unwrap_err(), PackageError);
    }
    let long = [&sealed[..], &[0]].concat();
    assert_eq!(key.open(b"use", &long).unwrap_err(), PackageError);
}

#[test]
fn the_same_content_never_gives_the_same_package() {
    let key = PackageKey::generate().unwrap();
    let first = key.seal(b"use", b"content").unwrap();
    assert_ne!(first, key.seal(b"use", b"content").unwrap());
}

#[test]
fn a_package_key_is_32_bytes_and_does_not_print() {
    for length in [0, 16, 31, 33] {
        assert!(PackageKey::new(random(length).unwrap()).is_none());
    }
    let key = PackageKey::new(Secret::new(vec![7; 32])).unwrap();
    assert_eq!(format!("{key:?}"), "PackageKey");
    assert_eq!(key.secret().expose(), [7; 32]);
}
