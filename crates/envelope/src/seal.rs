//! The browser's half: seals a request to the agent's key, and opens the reply to it.
//!
//! The RSA wrap does not depend on what is typed, so it is done in advance ([`Wrapped::new`]), and
//! submitting needs only one AES-GCM operation.

use crate::{Compact, PayloadError, PublicKey, REPLY_HEADER, REPLY_LABEL, RequestId, Secret};
use crate::{header, is_tenant_name, payload};
use aes_gcm::aead::{AeadInPlace, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use core::fmt;
use hkdf::Hkdf;
use rand_core::CryptoRngCore;
use rsa::{BigUint, Oaep, RsaPublicKey};
use sha2::Sha256;

/// The reason why sealing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealError {
    /// The key cannot be used with RSA-OAEP-256.
    Key,
    /// The tenant's name is not 1 to 32 of `[a-z0-9-]`.
    Tenant,
    /// The body does not fit.
    Payload(PayloadError),
    /// The random source failed.
    Random,
}

/// The error for a reply that could not be opened: its writer did not open the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotFromAgent;

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key => f.write_str("the agent's key cannot be used"),
            Self::Tenant => f.write_str("a tenant's name is 1 to 32 of a-z, 0-9 and -"),
            Self::Payload(error) => error.fmt(f),
            Self::Random => f.write_str("no randomness"),
        }
    }
}

impl fmt::Display for NotFromAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the reply was not written by the agent that opened the request")
    }
}

impl core::error::Error for SealError {}
impl core::error::Error for NotFromAgent {}

/// A new content key, wrapped for the agent, for a single request.
#[derive(Debug)]
pub struct Wrapped {
    content_key: Secret,
    encrypted_key: Vec<u8>,
    kid: String,
}

impl Wrapped {
    /// Generates and wraps a content key (RSAES-OAEP with SHA-256 and MGF1, RFC 8017 section 7.1).
    ///
    /// # Errors
    /// [`SealError::Key`] or [`SealError::Random`].
    pub fn new(rng: &mut impl CryptoRngCore, key: &PublicKey) -> Result<Self, SealError> {
        let mut content_key = vec![0; 32];
        rng.try_fill_bytes(&mut content_key)
            .map_err(|_| SealError::Random)?;
        let content_key = Secret::new(content_key);
        let rsa = RsaPublicKey::new(
            BigUint::from_bytes_be(key.modulus()),
            BigUint::from(65_537_u32),
        )
        .map_err(|_| SealError::Key)?;
        let encrypted_key = rsa
            .encrypt(rng, Oaep::new::<Sha256>(), content_key.expose())
            .map_err(|_| SealError::Key)?;
        Ok(Self {
            content_key,
            encrypted_key,
            kid: key.thumbprint(),
        })
    }

    /// Seals one request; `expires` is in seconds since the Unix epoch, by the portal's clock.
    ///
    /// # Errors
    /// [`SealError`] says which of the parameters cannot be sealed.
    pub fn seal(
        self,
        rng: &mut impl CryptoRngCore,
        tenant: &str,
        expires: u64,
        body: &Secret,
    ) -> Result<(Compact, ReplyOpener), SealError> {
        if !is_tenant_name(tenant) {
            return Err(SealError::Tenant);
        }
        let mut id = RequestId([0; 16]);
        let mut nonce = [0; 12];
        rng.try_fill_bytes(&mut id.0)
            .and_then(|()| rng.try_fill_bytes(&mut nonce))
            .map_err(|_| SealError::Random)?;
        let padded = payload::pad(Some(id), body, 0).map_err(SealError::Payload)?;
        let mut compact = Compact {
            header: header::request(&self.kid, tenant, expires)
                .into_bytes()
                .into(),
            encrypted_key: self.encrypted_key.into(),
            nonce: nonce.to_vec().into(),
            ciphertext: Vec::new().into(),
            tag: Vec::new().into(),
        };
        // Encrypted in place, in the buffer that is sent, so that no copy of the plaintext remains.
        let mut buffer = padded.expose().to_vec();
        drop(padded);
        let tag = cipher(self.content_key.expose())
            .ok_or(SealError::Key)?
            .encrypt_in_place_detached(
                Nonce::from_slice(&nonce),
                compact.associated_data().as_bytes(),
                &mut buffer,
            )
            .map_err(|_| SealError::Key)?;
        compact.ciphertext = buffer.into();
        compact.tag = tag.to_vec().into();
        let opener = ReplyOpener {
            key: reply_key(self.content_key.expose(), id)?,
        };
        Ok((compact, opener))
    }
}

/// Opens the reply to one request.
#[derive(Clone, Debug)]
pub struct ReplyOpener {
    key: Secret,
}

impl ReplyOpener {
    /// Opens a reply; returns its body, one CBOR item.
    ///
    /// # Errors
    /// [`NotFromAgent`] for every defect.
    pub fn open(&self, reply: &Compact) -> Result<Secret, NotFromAgent> {
        if reply.header[..] != *REPLY_HEADER.as_bytes()
            || !reply.encrypted_key.is_empty()
            || reply.nonce.len() != 12
            || reply.tag.len() != 16
        {
            return Err(NotFromAgent);
        }
        let mut buffer = reply.ciphertext.to_vec();
        cipher(self.key.expose())
            .ok_or(NotFromAgent)?
            .decrypt_in_place_detached(
                Nonce::from_slice(&reply.nonce),
                reply.associated_data().as_bytes(),
                &mut buffer,
                Tag::from_slice(&reply.tag),
            )
            .map_err(|_| NotFromAgent)?;
        payload::unpad_reply(&Secret::new(buffer)).map_err(|_| NotFromAgent)
    }
}

fn cipher(key: &[u8]) -> Option<Aes256Gcm> {
    Aes256Gcm::new_from_slice(key).ok()
}

fn reply_key(content_key: &[u8], id: RequestId) -> Result<Secret, SealError> {
    let mut key = vec![0; 32];
    Hkdf::<Sha256>::new(Some(&id.0), content_key)
        .expand(REPLY_LABEL, &mut key)
        .map_err(|_| SealError::Key)?;
    Ok(Secret::new(key))
}
