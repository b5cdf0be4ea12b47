//! Shared by the tests and the generator of the defect files: names, times, the test-only key, and
//! a deterministic random source.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test uses a part; a fixture that cannot be read should stop the test"
)]

use base64ct::{Base64, Encoding};
use postern_envelope::Secret;
use postern_envelope::open::EnvelopeKey;
use rand_core::{CryptoRng, RngCore, impls};
use sha2::{Digest, Sha256};

/// The tenant of every fixture.
pub const TENANT: &str = "contoso";

/// The time at which every fixture is opened.
pub const NOW: u64 = 1_800_000_000;

/// The expiry of a valid fixture.
pub const EXPIRES: u64 = NOW + 300;

/// The body of a valid fixture: the CBOR text "the body".
pub const BODY: &[u8] = b"\x68the body";

/// The label of the random source for the request that every fixed reply answers.
pub const ANSWERED_REQUEST_LABEL: &str = "the request that the replies answer";

/// Returns the PKCS#8 DER of the test-only key.
pub fn test_key_der() -> Secret {
    der(include_str!("../keys/test-only-rsa-3072.pem"))
}

/// Returns the DER inside a PEM file with a private key.
pub fn der(pem: &str) -> Secret {
    let (_, rest) = pem.split_once("-----BEGIN PRIVATE KEY-----").unwrap();
    let (base64, _) = rest.split_once("-----END PRIVATE KEY-----").unwrap();
    let base64: String = base64.split_whitespace().collect();
    Secret::new(Base64::decode_vec(&base64).unwrap())
}

/// Returns the test-only key, RSA-3072.
pub fn test_key() -> EnvelopeKey {
    EnvelopeKey::from_pkcs8(&test_key_der()).unwrap()
}

/// A random source with the same output for the same label, so that fixtures can be regenerated
/// byte by byte.
pub struct DeterministicRng {
    label: String,
    block: u64,
    rest: Vec<u8>,
}

impl DeterministicRng {
    /// Creates the source of a label; its output is SHA-256 of the label and a counter.
    pub fn new(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            block: 0,
            rest: Vec::new(),
        }
    }
}

impl RngCore for DeterministicRng {
    fn next_u32(&mut self) -> u32 {
        impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        while self.rest.len() < bytes.len() {
            let block = format!("{} {}", self.label, self.block);
            self.rest.extend_from_slice(&Sha256::digest(block));
            self.block += 1;
        }
        bytes.copy_from_slice(&self.rest[..bytes.len()]);
        self.rest.drain(..bytes.len());
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for DeterministicRng {}
