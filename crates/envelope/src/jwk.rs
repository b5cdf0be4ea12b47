//! The agent's public key as a JWK (RFC 7517, RFC 7518 section 6.3.1) and its thumbprint.

use base64ct::{Base64UrlUnpadded, Encoding};

/// An RSA public key. The exponent is always 65537 (`AQAB`).
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
pub struct PublicKey {
    /// The modulus, big-endian, without leading zeros: 256, 384 or 512 bytes.
    #[cbor(n(0), with = "minicbor::bytes")]
    modulus: Vec<u8>,
}

impl PublicKey {
    /// Creates a key of 2048, 3072 or 4096 bits; `None` for any other size or an even modulus.
    #[must_use]
    pub fn new(modulus: Vec<u8>) -> Option<Self> {
        let top_bit = modulus.first().is_some_and(|byte| byte & 0x80 != 0);
        let odd = modulus.last().is_some_and(|byte| byte & 1 == 1);
        (matches!(modulus.len(), 256 | 384 | 512) && top_bit && odd).then_some(Self { modulus })
    }

    /// Parses the base64url modulus (`n` of the JWK).
    #[must_use]
    pub fn from_n(n: &str) -> Option<Self> {
        Self::new(Base64UrlUnpadded::decode_vec(n).ok()?)
    }

    /// Returns the modulus, big-endian.
    #[must_use]
    pub fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    /// Returns the key's size in bits.
    #[must_use]
    pub fn bits(&self) -> usize {
        self.modulus.len() * 8
    }

    /// Returns `n` of the JWK.
    #[must_use]
    pub fn n(&self) -> String {
        Base64UrlUnpadded::encode_string(&self.modulus)
    }

    /// Returns the RFC 7638 thumbprint (SHA-256, base64url): the key's `kid`.
    #[cfg(any(feature = "seal", feature = "package"))]
    #[must_use]
    pub fn thumbprint(&self) -> String {
        let canonical = [r#"{"e":"AQAB","kty":"RSA","n":""#, &self.n(), r#""}"#].concat();
        Base64UrlUnpadded::encode_string(&sha256(canonical.as_bytes()))
    }

    /// Returns the key as a JWK object, with its use, algorithm and `kid`.
    #[cfg(any(feature = "seal", feature = "package"))]
    #[must_use]
    pub fn to_jwk(&self) -> String {
        [
            r#"{"kty":"RSA","use":"enc","alg":"RSA-OAEP-256","kid":""#,
            &self.thumbprint(),
            r#"","e":"AQAB","n":""#,
            &self.n(),
            r#""}"#,
        ]
        .concat()
    }
}

#[cfg(feature = "package")]
fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut digest = [0; 32];
    digest.copy_from_slice(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes).as_ref());
    digest
}

#[cfg(all(feature = "seal", not(feature = "package")))]
fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}
