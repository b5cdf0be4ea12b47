//! The agent's own key, which seals data on disk and makes keyed hashes. It never leaves the agent.

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use core::fmt;
use postern_envelope::Secret;
use postern_envelope::package::{PackageError, PackageKey};

/// The store key: 256 random bits, made at enrollment.
#[derive(Clone)]
pub struct StoreKey {
    sealing: PackageKey,
    hashing: hmac::Key,
}

impl StoreKey {
    /// Creates the key from 32 bytes; `None` for any other length.
    #[must_use]
    pub fn new(secret: Secret) -> Option<Self> {
        // One key for each use: the hashing key is derived, so that it reveals nothing of the
        // other.
        let root = hmac::Key::new(HMAC_SHA256, secret.expose());
        let derived = hmac::sign(&root, b"postern store hashing v1");
        Some(Self {
            sealing: PackageKey::new(secret)?,
            hashing: hmac::Key::new(HMAC_SHA256, derived.as_ref()),
        })
    }

    /// Seals bytes for the disk. `kind` and `name` identify them and must be the same to open them.
    pub fn seal(&self, kind: &str, name: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, PackageError> {
        self.sealing
            .seal(&encode_labelled(kind, &[name]), plaintext)
    }

    /// Opens bytes that [`Self::seal`] sealed.
    pub fn open(&self, kind: &str, name: &[u8], sealed: &[u8]) -> Result<Secret, PackageError> {
        self.sealing.open(&encode_labelled(kind, &[name]), sealed)
    }

    /// Returns a keyed hash of some parts, for the one use that `label` names.
    pub fn hash(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut hash = [0; 32];
        let tag = hmac::sign(&self.hashing, &encode_labelled(label, parts));
        hash.copy_from_slice(tag.as_ref());
        hash
    }

    /// Returns the first 16 bytes of [`Self::hash`], the length of some table keys and other names.
    pub fn short_hash(&self, label: &str, parts: &[&[u8]]) -> [u8; 16] {
        let mut short = [0; 16];
        short.copy_from_slice(&self.hash(label, parts)[..16]);
        short
    }
}

impl fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreKey")
    }
}

/// Encodes label and parts, each with its length, so that no others have the same encoding.
fn encode_labelled(label: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in [label.as_bytes()].iter().chain(parts) {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_for_one_use_opens_for_no_other() {
        let key = StoreKey::new(Secret::new(vec![7; 32])).unwrap();
        let sealed = key.seal("flow", b"a", b"plain").unwrap();
        assert_eq!(key.open("flow", b"a", &sealed).unwrap().expose(), b"plain");
        assert!(key.open("flow", b"b", &sealed).is_err());
        assert!(key.open("flows", b"a", &sealed).is_err());
    }

    #[test]
    fn parts_of_a_hash_do_not_run_into_each_other() {
        let key = StoreKey::new(Secret::new(vec![7; 32])).unwrap();
        assert_ne!(key.hash("a", &[b"bc"]), key.hash("ab", &[b"c"]));
        assert_ne!(key.hash("a", &[b"b", b"c"]), key.hash("a", &[b"bc"]));
    }
}
