//! JWE compact serialisation (RFC 7516 section 7.1): five base64url parts, parsed once.

use base64ct::{Base64UrlUnpadded, Encoding};
use core::fmt;
use minicbor::bytes::ByteVec;

/// The maximum size in bytes of a compact message that is parsed. An RSA-4096 request with the
/// largest bucket has at most 2,330.
pub const MAX_COMPACT: usize = 4096;

/// The five binary parts of a JWE. It is not authenticated until it is opened.
///
/// Its CBOR form is an array of five byte strings, in the order of the compact form.
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
pub struct Compact {
    /// The protected header: JSON octets, not yet parsed.
    #[n(0)]
    pub header: ByteVec,
    /// The encrypted content key; empty for `dir`.
    #[n(1)]
    pub encrypted_key: ByteVec,
    /// The nonce (96 bits).
    #[n(2)]
    pub nonce: ByteVec,
    /// The ciphertext, as long as its padded payload.
    #[n(3)]
    pub ciphertext: ByteVec,
    /// The authentication tag (128 bits).
    #[n(4)]
    pub tag: ByteVec,
}

/// The reason why a text is not a JWE compact message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Longer than [`MAX_COMPACT`].
    TooLong,
    /// Not exactly five parts between four dots.
    Parts,
    /// A part is not canonical base64url without padding (RFC 4648 sections 3.5 and 5).
    Base64,
    /// The nonce is not 12 bytes.
    Nonce,
    /// The tag is not 16 bytes.
    Tag,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "the message is longer than 4096 bytes",
            Self::Parts => "a JWE compact message has exactly five parts",
            Self::Base64 => "a part is not canonical base64url without padding",
            Self::Nonce => "the nonce must be 12 bytes",
            Self::Tag => "the tag must be 16 bytes",
        })
    }
}

impl core::error::Error for Malformed {}

impl Compact {
    /// Parses the compact form, and checks the lengths of the parts that the algorithms fix.
    ///
    /// # Errors
    /// [`Malformed`] names the first defect.
    pub fn parse(text: &[u8]) -> Result<Self, Malformed> {
        if text.len() > MAX_COMPACT {
            return Err(Malformed::TooLong);
        }
        let mut parts = text.split(|byte| *byte == b'.');
        let mut next = || {
            let part = parts.next().ok_or(Malformed::Parts)?;
            let part = core::str::from_utf8(part).map_err(|_| Malformed::Base64)?;
            let bytes = Base64UrlUnpadded::decode_vec(part).map_err(|_| Malformed::Base64)?;
            Ok(ByteVec::from(bytes))
        };
        let compact = Self {
            header: next()?,
            encrypted_key: next()?,
            nonce: next()?,
            ciphertext: next()?,
            tag: next()?,
        };
        if parts.next().is_some() {
            return Err(Malformed::Parts);
        }
        compact.checked()
    }

    /// Checks the lengths that A256GCM fixes, for parts that were not created by [`Self::parse`].
    ///
    /// # Errors
    /// [`Malformed::Nonce`] or [`Malformed::Tag`].
    pub fn checked(self) -> Result<Self, Malformed> {
        if self.nonce.len() != 12 {
            return Err(Malformed::Nonce);
        }
        if self.tag.len() != 16 {
            return Err(Malformed::Tag);
        }
        Ok(self)
    }

    /// Returns the associated data of RFC 7516 section 5.1 step 14: the encoded header.
    #[must_use]
    pub fn associated_data(&self) -> String {
        Base64UrlUnpadded::encode_string(&self.header)
    }
}

impl fmt::Display for Compact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            &self.header,
            &self.encrypted_key,
            &self.nonce,
            &self.ciphertext,
            &self.tag,
        ];
        for (place, part) in parts.into_iter().enumerate() {
            if place > 0 {
                f.write_str(".")?;
            }
            f.write_str(&Base64UrlUnpadded::encode_string(part))?;
        }
        Ok(())
    }
}
