//! Tests the browser's half in a real browser: the requests that it seals have the form and the
//! sizes of the contract.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    reason = "test code outside the test functions themselves"
)]

use postern_envelope::seal::{NotFromAgent, ReplyOpener, Wrapped};
use postern_envelope::{Compact, PublicKey, REPLY_HEADER, Secret};
use rand_core::OsRng;
use std::collections::BTreeSet;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_request_has_the_parts_of_its_key_and_bucket() {
    for (key, modulus) in [(2048, 256), (3072, 384), (4096, 512)] {
        for (body, bucket) in [(1, 256), (237, 256), (238, 512), (493, 512), (494, 1024)] {
            let (request, _) = seal(key, body);
            assert_eq!(request.encrypted_key.len(), modulus);
            assert_eq!(request.nonce.len(), 12);
            assert_eq!(request.ciphertext.len(), bucket, "a body of {body}");
            assert_eq!(request.tag.len(), 16);
            let text = request.to_string();
            assert_eq!(Compact::parse(text.as_bytes()).unwrap(), request);
        }
    }
}

#[wasm_bindgen_test]
fn the_header_is_the_one_of_the_contract() {
    let (request, _) = seal(3072, 1);
    let header = core::str::from_utf8(&request.header).unwrap();
    let kid = public_key(3072).thumbprint();
    assert_eq!(
        header,
        [
            r#"{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":""#,
            &kid,
            r#"","typ":"postern-1","tenant":"contoso","exp":1800000300}"#,
        ]
        .concat()
    );
}

#[wasm_bindgen_test]
fn the_size_does_not_tell_the_body() {
    let sizes: BTreeSet<_> = (1..=237)
        .step_by(59)
        .map(|body| seal(2048, body).0.to_string().len())
        .collect();
    assert_eq!(sizes.len(), 1, "{sizes:?}");
}

#[wasm_bindgen_test]
fn randomness_of_the_browser_comes_only_once() {
    let mut seen = BTreeSet::new();
    for _ in 0..20 {
        let (request, _) = seal(2048, 40);
        assert!(seen.insert(request.nonce.to_vec()));
        assert!(seen.insert(request.encrypted_key.to_vec()));
        assert!(seen.insert(request.ciphertext.to_vec()));
    }
}

#[wasm_bindgen_test]
fn what_is_no_reply_to_this_request_is_refused() {
    let (request, opener) = seal(2048, 1);
    assert_eq!(opener.open(&request).unwrap_err(), NotFromAgent);
    let forged = Compact {
        header: REPLY_HEADER.as_bytes().to_vec().into(),
        encrypted_key: Vec::new().into(),
        ..request
    };
    assert_eq!(opener.open(&forged).unwrap_err(), NotFromAgent);
}

fn seal(bits: usize, length: usize) -> (Compact, ReplyOpener) {
    Wrapped::new(&mut OsRng, &public_key(bits))
        .and_then(|it| it.seal(&mut OsRng, "contoso", 1_800_000_300, &body(length)))
        .unwrap()
}

/// Returns a public key without a private one, because nothing is opened here.
fn public_key(bits: usize) -> PublicKey {
    PublicKey::new(vec![0xff; bits / 8]).unwrap()
}

/// Returns a body of this length; sealing does not parse it.
fn body(length: usize) -> Secret {
    Secret::new(vec![0x01; length])
}
