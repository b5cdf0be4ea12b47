//! The agent's half: opens a request with the private key, and seals the reply to it.

use crate::header::RequestHeader;
use crate::package::random;
use crate::{Compact, MAX_LIFETIME, PayloadError, PublicKey, REPLY_HEADER, REPLY_LABEL};
use crate::{REPLY_MINIMUM, REQUEST_TYPE, RequestId, Secret, payload};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use aws_lc_rs::rsa::{KeyPair, KeySize, OAEP_SHA256_MGF1SHA256};
use aws_lc_rs::rsa::{OaepPrivateDecryptingKey, PrivateDecryptingKey};
use aws_lc_rs::signature::KeyPair as _;
use core::fmt;

/// The size of the agent's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyBits {
    /// The size used by the original system.
    Rsa2048,
    /// The default.
    Rsa3072,
    /// For organisations that require it.
    Rsa4096,
}

/// The reason why a request was not opened. The agent logs it; the sender is not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// The protected header is not exactly that of this version.
    Header,
    /// Sealed for another tenant.
    WrongTenant,
    /// Sealed to a key that this agent does not have.
    UnknownKey,
    /// `exp` is further away than [`MAX_LIFETIME`]: the sender's clock is wrong.
    TooFarAhead,
    /// Any cryptographic failure: wrong key, changed bytes, bad padding.
    Undecryptable,
    /// Decrypted, but the payload is not in this format.
    Payload(PayloadError),
    /// `exp` has passed. The sender can still be told so, under the reply key.
    Expired {
        /// The request's id: the request may have been handled before it expired.
        id: RequestId,
        /// Seals the reply.
        replier: Replier,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header => f.write_str("the protected header is not one of this version"),
            Self::WrongTenant => f.write_str("sealed for another tenant"),
            Self::UnknownKey => f.write_str("sealed to a key that is not held here"),
            Self::TooFarAhead => f.write_str("expires more than ten minutes from now"),
            Self::Undecryptable => f.write_str("could not be decrypted"),
            Self::Payload(error) => error.fmt(f),
            Self::Expired { .. } => f.write_str("expired before it was opened"),
        }
    }
}

impl core::error::Error for OpenError {}

/// The private key was not usable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyError;

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not an RSA private key of 2048, 3072 or 4096 bits and exponent 65537 (PKCS#8 DER)",
        )
    }
}

impl core::error::Error for KeyError {}

/// The agent's key pair. The private half never leaves the agent.
pub struct EnvelopeKey {
    private: OaepPrivateDecryptingKey,
    public: PublicKey,
    kid: String,
}

impl EnvelopeKey {
    /// Generates a new key; returns its PKCS#8 DER for storage.
    ///
    /// # Errors
    /// The random source or the library failed.
    pub fn generate(bits: KeyBits) -> Result<Secret, KeyError> {
        let size = match bits {
            KeyBits::Rsa2048 => KeySize::Rsa2048,
            KeyBits::Rsa3072 => KeySize::Rsa3072,
            KeyBits::Rsa4096 => KeySize::Rsa4096,
        };
        let key = PrivateDecryptingKey::generate(size).map_err(|_| KeyError)?;
        let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&key).map_err(|_| KeyError)?;
        Ok(Secret::new(der.as_ref().to_vec()))
    }

    /// Reads a key from PKCS#8 DER.
    ///
    /// # Errors
    /// [`KeyError`] if it is not such a key.
    pub fn from_pkcs8(der: &Secret) -> Result<Self, KeyError> {
        let pair = KeyPair::from_pkcs8(der.expose()).map_err(|_| KeyError)?;
        // The JWK and its thumbprint always have the exponent 65537.
        let exponent = pair.public_key().exponent();
        if exponent.big_endian_without_leading_zero() != [1, 0, 1] {
            return Err(KeyError);
        }
        let modulus = pair.public_key().modulus();
        let modulus = modulus.big_endian_without_leading_zero().to_vec();
        let private = PrivateDecryptingKey::from_pkcs8(der.expose()).map_err(|_| KeyError)?;
        let public = PublicKey::new(modulus).ok_or(KeyError)?;
        Ok(Self {
            private: OaepPrivateDecryptingKey::new(private).map_err(|_| KeyError)?,
            kid: public.thumbprint(),
            public,
        })
    }

    /// Returns the public half.
    #[must_use]
    pub const fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Returns the RFC 7638 thumbprint of the public half.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// Opens a request sealed for `tenant`, if it has not expired at `now` (seconds since the Unix
    /// epoch).
    ///
    /// # Errors
    /// [`OpenError`], which contains no part of the content.
    pub fn open(&self, tenant: &str, now: u64, compact: &Compact) -> Result<Opened, OpenError> {
        let header = RequestHeader::read(&compact.header).ok_or(OpenError::Header)?;
        if header.alg != "RSA-OAEP-256" || header.enc != "A256GCM" || header.typ != REQUEST_TYPE {
            return Err(OpenError::Header);
        }
        if header.tenant != tenant {
            return Err(OpenError::WrongTenant);
        }
        if header.kid != self.kid {
            return Err(OpenError::UnknownKey);
        }
        if header.exp > now.saturating_add(MAX_LIFETIME) {
            return Err(OpenError::TooFarAhead);
        }
        let content_key = self.unwrap(&compact.encrypted_key)?;
        let plaintext = decrypt(&content_key, compact)?;
        let (id, body) = payload::unpad_request(&plaintext).map_err(OpenError::Payload)?;
        let replier = Replier {
            key: reply_key(&content_key, id)?,
        };
        if header.exp <= now {
            return Err(OpenError::Expired { id, replier });
        }
        Ok(Opened {
            id,
            expires: header.exp,
            body,
            replier,
        })
    }

    fn unwrap(&self, encrypted_key: &[u8]) -> Result<Secret, OpenError> {
        let mut buffer = vec![0; self.private.min_output_size()];
        let length = self
            .private
            .decrypt(&OAEP_SHA256_MGF1SHA256, encrypted_key, &mut buffer, None)
            .map_err(|_| OpenError::Undecryptable)?
            .len();
        let buffer = Secret::new(buffer);
        if length != 32 {
            return Err(OpenError::Undecryptable);
        }
        Ok(Secret::new(buffer.expose()[..32].to_vec()))
    }
}

impl fmt::Debug for EnvelopeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnvelopeKey({})", self.kid)
    }
}

/// A request that was opened and has not expired. The agent's store decides whether it is a replay.
#[derive(Debug)]
pub struct Opened {
    /// The request's random id.
    pub id: RequestId,
    /// `exp` of the header, in seconds since the Unix epoch.
    pub expires: u64,
    /// The body: one CBOR item.
    pub body: Secret,
    /// Seals the reply.
    pub replier: Replier,
}

/// Seals the reply to one request, so that the browser can verify who wrote it.
#[derive(Clone, Debug)]
pub struct Replier {
    key: Secret,
}

impl PartialEq for Replier {
    /// Always equal: comparing keys would only be of use to an attacker.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Replier {}

impl Replier {
    /// Seals a body, which must be one CBOR item.
    ///
    /// # Errors
    /// [`OpenError::Payload`] if it does not fit; [`OpenError::Undecryptable`] if the library
    /// failed.
    pub fn seal(&self, body: &Secret) -> Result<Compact, OpenError> {
        let padded = payload::pad(None, body, REPLY_MINIMUM).map_err(OpenError::Payload)?;
        let nonce = random(12).map_err(|_| OpenError::Undecryptable)?;
        let mut compact = Compact {
            header: REPLY_HEADER.as_bytes().to_vec().into(),
            encrypted_key: Vec::new().into(),
            nonce: nonce.expose().to_vec().into(),
            ciphertext: padded.expose().to_vec().into(),
            tag: Vec::new().into(),
        };
        let associated_data = compact.associated_data();
        let tag = gcm(&self.key)?
            .seal_in_place_separate_tag(
                Nonce::try_assume_unique_for_key(nonce.expose())
                    .map_err(|_| OpenError::Undecryptable)?,
                Aad::from(associated_data.as_bytes()),
                &mut compact.ciphertext,
            )
            .map_err(|_| OpenError::Undecryptable)?;
        compact.tag = tag.as_ref().to_vec().into();
        Ok(compact)
    }
}

fn decrypt(key: &Secret, compact: &Compact) -> Result<Secret, OpenError> {
    let mut buffer = [&compact.ciphertext[..], &compact.tag[..]].concat();
    let length = gcm(key)?
        .open_in_place(
            Nonce::try_assume_unique_for_key(&compact.nonce)
                .map_err(|_| OpenError::Undecryptable)?,
            Aad::from(compact.associated_data().as_bytes()),
            &mut buffer,
        )
        .map_err(|_| OpenError::Undecryptable)?
        .len();
    let buffer = Secret::new(buffer);
    Ok(Secret::new(buffer.expose()[..length].to_vec()))
}

fn gcm(key: &Secret) -> Result<LessSafeKey, OpenError> {
    UnboundKey::new(&AES_256_GCM, key.expose())
        .map(LessSafeKey::new)
        .map_err(|_| OpenError::Undecryptable)
}

fn reply_key(content_key: &Secret, id: RequestId) -> Result<Secret, OpenError> {
    let mut key = vec![0; 32];
    Salt::new(HKDF_SHA256, &id.0)
        .extract(content_key.expose())
        .expand(&[REPLY_LABEL], HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut key))
        .map_err(|_| OpenError::Undecryptable)?;
    Ok(Secret::new(key))
}
