//! A software authenticator: one passkey, which signs valid and invalid data alike.

#![allow(dead_code, clippy::unwrap_used, reason = "tests")]

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 4;
const ATTESTED: u8 = 64;

/// A passkey, with the data that its authenticator and the browser report.
pub struct SoftKey {
    pub origin: String,
    pub rp_id: String,
    pub verifies_the_user: bool,
    /// The next signature counter; always zero for authenticators without one.
    pub counter: u32,
    pub id: Vec<u8>,
    key: EcdsaKeyPair,
}

impl SoftKey {
    /// Creates a passkey for the page at an origin.
    pub fn new(origin: &str, id: u8) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        Self {
            rp_id: origin.split("://").nth(1).unwrap().to_owned(),
            origin: origin.to_owned(),
            verifies_the_user: true,
            counter: 0,
            id: vec![id; 32],
            key,
        }
    }

    /// Returns the part of `RegistrationResponseJSON` that the page sends ("none" attestation,
    /// ES256).
    pub fn register(&self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let point = self.key.public_key().as_ref();
        let mut data = self.data(ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
        data.extend([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 32]);
        data.extend(&point[33..]);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client = self.client_data("webauthn.create", &options);
        json!({"response": {
            "clientDataJSON": base64url(client.as_bytes()),
            "attestationObject": base64url(&object),
        }})
        .to_string()
    }

    /// Returns the part of `AuthenticationResponseJSON` that the page sends.
    #[expect(clippy::disallowed_methods, reason = "ECDSA signatures are random")]
    pub fn sign(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let client = self.client_data("webauthn.get", &options);
        let data = self.data(0);
        let signed = [&data[..], digest(&SHA256, client.as_bytes()).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        if self.counter > 0 {
            self.counter += 1;
        }
        json!({"id": base64url(&self.id), "response": {
            "clientDataJSON": base64url(client.as_bytes()),
            "authenticatorData": base64url(&data),
            "signature": base64url(signature.as_ref()),
        }})
        .to_string()
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let (challenge, origin) = (&options["challenge"], &self.origin);
        json!({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false})
            .to_string()
    }

    /// Returns `authenticatorData` without attested credential data.
    fn data(&self, flags: u8) -> Vec<u8> {
        let verified = if self.verifies_the_user {
            USER_VERIFIED
        } else {
            0
        };
        let mut data = digest(&SHA256, self.rp_id.as_bytes()).as_ref().to_vec();
        data.push(flags | USER_PRESENT | verified);
        data.extend(self.counter.to_be_bytes());
        data
    }
}

pub fn base64url(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let bits: Vec<_> = bits.collect();
    let sign = |six: &[u8]| {
        let number = six.iter().fold(0, |number, bit| number << 1 | bit) << (6 - six.len());
        char::from(SIGNS[usize::from(number)])
    };
    bits.chunks(6).map(sign).collect()
}
