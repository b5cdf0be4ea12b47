//! SHA-256, for values of which the store keeps only the digest.

use aws_lc_rs::digest::{SHA256, digest};

/// Returns the SHA-256 of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}
