//! AES-256-GCM under a shared key: for the package between portal and agent, and for the data that
//! the agent stores on disk.

use crate::Secret;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use core::fmt;

/// The number of bytes that sealing adds: the nonce (12) and the tag (16).
pub const OVERHEAD: usize = 28;

/// A failure of sealing or opening. Every cause has the same error, to give an attacker no hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackageError;

impl fmt::Display for PackageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the package was not sealed under this key for this use")
    }
}

impl core::error::Error for PackageError {}

/// A tenant's package key: 256 random bits.
#[derive(Clone)]
pub struct PackageKey(Secret);

impl PackageKey {
    /// Creates a key from 32 bytes; `None` for any other length.
    #[must_use]
    pub fn new(key: Secret) -> Option<Self> {
        (key.expose().len() == 32).then_some(Self(key))
    }

    /// Generates a random key.
    ///
    /// # Errors
    /// The system's random source failed.
    pub fn generate() -> Result<Self, PackageError> {
        random(32).map(Self)
    }

    /// Returns the key's bytes, which must be stored where only their owner can read them.
    #[must_use]
    pub const fn secret(&self) -> &Secret {
        &self.0
    }

    /// Seals `plaintext`; returns the nonce, the ciphertext and the tag, concatenated.
    ///
    /// # Errors
    /// The system's random source failed.
    pub fn seal(&self, associated_data: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, PackageError> {
        let nonce = random(12)?;
        let mut buffer = plaintext.to_vec();
        let tag = self
            .key()?
            .seal_in_place_separate_tag(
                Nonce::try_assume_unique_for_key(nonce.expose()).map_err(|_| PackageError)?,
                Aad::from(associated_data),
                &mut buffer,
            )
            .map_err(|_| PackageError)?;
        Ok([nonce.expose(), &buffer, tag.as_ref()].concat())
    }

    /// Opens the output of [`Self::seal`], if the associated data is the same.
    ///
    /// # Errors
    /// The key, the associated data or the sealed bytes differ.
    pub fn open(&self, associated_data: &[u8], sealed: &[u8]) -> Result<Secret, PackageError> {
        let (nonce, rest) = sealed.split_at_checked(12).ok_or(PackageError)?;
        let mut buffer = rest.to_vec();
        let length = self
            .key()?
            .open_in_place(
                Nonce::try_assume_unique_for_key(nonce).map_err(|_| PackageError)?,
                Aad::from(associated_data),
                &mut buffer,
            )
            .map_err(|_| PackageError)?
            .len();
        buffer.truncate(length);
        Ok(Secret::new(buffer))
    }

    fn key(&self) -> Result<LessSafeKey, PackageError> {
        let key = UnboundKey::new(&AES_256_GCM, self.0.expose()).map_err(|_| PackageError)?;
        Ok(LessSafeKey::new(key))
    }
}

impl fmt::Debug for PackageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PackageKey")
    }
}

/// Returns `length` random bytes from the system.
///
/// # Errors
/// The system's random source failed.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place at which portal and agent take random bytes"
)]
pub fn random(length: usize) -> Result<Secret, PackageError> {
    let mut bytes = vec![0; length];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| PackageError)?;
    Ok(Secret::new(bytes))
}
