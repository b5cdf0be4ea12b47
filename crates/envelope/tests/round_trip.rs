//! Tests that each half opens what the other seals, for every key size and bucket, and that random
//! values differ each time.

#![expect(
    clippy::unwrap_used,
    reason = "test code outside the test functions themselves"
)]

mod common;

use common::{EXPIRES, NOW, TENANT, test_key};
use postern_envelope::open::{EnvelopeKey, KeyBits, OpenError};
use postern_envelope::seal::{NotFromAgent, ReplyOpener, SealError, Wrapped};
use postern_envelope::{
    BUCKETS, Compact, MAX_BODY, MAX_COMPACT, MAX_LIFETIME, PayloadError, PublicKey, REPLY_HEADER,
    REPLY_MINIMUM, Secret, is_tenant_name,
};
use rand_core::{OsRng, RngCore};
use std::collections::HashSet;

/// The bytes of a request's array, version and request id; the rest of a bucket is for the body.
const REQUEST_OVERHEAD: usize = 19;

/// The bytes of a reply's array and version.
const REPLY_OVERHEAD: usize = 2;

#[test]
fn every_key_size_and_bucket_goes_there_and_back() {
    for (bits, size) in [
        (KeyBits::Rsa2048, 2048),
        (KeyBits::Rsa3072, 3072),
        (KeyBits::Rsa4096, 4096),
    ] {
        let agent = EnvelopeKey::from_pkcs8(&EnvelopeKey::generate(bits).unwrap()).unwrap();
        assert_eq!(agent.public().bits(), size);
        for bucket in BUCKETS {
            for length in [1, bucket - REQUEST_OVERHEAD - 1, bucket - REQUEST_OVERHEAD] {
                let body = cbor_bytes(length);
                let (request, browser) = seal(&agent, &body);
                assert_eq!(request.encrypted_key.len() * 8, size);
                let request = travel(&request);
                let opened = agent.open(TENANT, NOW, &request).unwrap();
                assert_eq!(opened.body.expose(), body.expose());
                assert_eq!(opened.expires, EXPIRES);

                let answer = cbor_bytes(length.min(bucket - REPLY_OVERHEAD));
                let reply = travel(&opened.replier.seal(&answer).unwrap());
                assert_eq!(browser.open(&reply).unwrap().expose(), answer.expose());
            }
        }
    }
}

#[test]
fn a_request_is_as_long_as_its_bucket() {
    let agent = test_key();
    for length in 1..=MAX_BODY {
        let needed = length + REQUEST_OVERHEAD;
        let bucket = BUCKETS.into_iter().find(|it| *it >= needed).unwrap();
        // Sealing needs an RSA wrap, so only lengths near the boundaries are tested.
        if needed + 2 < bucket && length % 97 != 0 {
            continue;
        }
        let (request, _) = seal(&agent, &cbor_bytes(length));
        assert_eq!(request.ciphertext.len(), bucket, "a body of {length}");
    }
}

#[test]
fn a_reply_is_512_or_1024_bytes() {
    let agent = test_key();
    let (request, browser) = seal(&agent, &cbor_bytes(1));
    let replier = agent.open(TENANT, NOW, &request).unwrap().replier;
    for (length, size) in [
        (1, REPLY_MINIMUM),
        (256 - REPLY_OVERHEAD, REPLY_MINIMUM),
        (256 - REPLY_OVERHEAD + 1, REPLY_MINIMUM),
        (512 - REPLY_OVERHEAD, REPLY_MINIMUM),
        (512 - REPLY_OVERHEAD + 1, 1024),
        (MAX_BODY, 1024),
    ] {
        let body = cbor_bytes(length);
        let reply = replier.seal(&body).unwrap();
        assert_eq!(reply.ciphertext.len(), size, "a body of {length}");
        assert_eq!(reply.header[..], *REPLY_HEADER.as_bytes());
        assert!(reply.encrypted_key.is_empty());
        assert_eq!(browser.open(&reply).unwrap().expose(), body.expose());
    }
}

#[test]
fn a_body_beyond_the_largest_bucket_is_refused_by_both_halves() {
    let agent = test_key();
    let body = cbor_bytes(MAX_BODY + 1);
    let wrapped = Wrapped::new(&mut OsRng, agent.public()).unwrap();
    let refusal = wrapped
        .seal(&mut OsRng, TENANT, EXPIRES, &body)
        .unwrap_err();
    assert_eq!(refusal, SealError::Payload(PayloadError::TooLong));
    let (request, _) = seal(&agent, &cbor_bytes(1));
    let replier = agent.open(TENANT, NOW, &request).unwrap().replier;
    let refusal = replier.seal(&body).unwrap_err();
    assert_eq!(refusal, OpenError::Payload(PayloadError::TooLong));
}

#[test]
fn the_longest_request_is_within_the_limit() {
    let agent = EnvelopeKey::generate(KeyBits::Rsa4096).unwrap();
    let agent = EnvelopeKey::from_pkcs8(&agent).unwrap();
    let wrapped = Wrapped::new(&mut OsRng, agent.public()).unwrap();
    let (request, _) = wrapped
        .seal(&mut OsRng, &"t".repeat(32), u64::MAX, &cbor_bytes(MAX_BODY))
        .unwrap();
    let length = request.to_string().len();
    assert_eq!(length, 2330);
    assert!(length <= MAX_COMPACT);
}

#[test]
fn nothing_random_comes_twice() {
    let agent = test_key();
    let body = cbor_bytes(40);
    let mut seen = HashSet::new();
    for _ in 0..50 {
        let (request, _) = seal(&agent, &body);
        let opened = agent.open(TENANT, NOW, &request).unwrap();
        assert!(seen.insert(request.nonce.to_vec()), "nonce");
        assert!(seen.insert(request.encrypted_key.to_vec()), "wrapped key");
        assert!(seen.insert(request.ciphertext.to_vec()), "ciphertext");
        assert!(seen.insert(opened.id.0.to_vec()), "request id");
        for _ in 0..2 {
            let reply = opened.replier.seal(&body).unwrap();
            assert!(seen.insert(reply.nonce.to_vec()), "nonce of a reply");
            assert!(
                seen.insert(reply.ciphertext.to_vec()),
                "ciphertext of a reply"
            );
        }
    }
}

#[test]
fn a_content_key_is_drawn_anew_for_every_request() {
    // With a reused content key, one reply would open under two requests.
    let agent = test_key();
    let (first, _) = seal(&agent, &cbor_bytes(1));
    let (_, other) = seal(&agent, &cbor_bytes(1));
    let replier = agent.open(TENANT, NOW, &first).unwrap().replier;
    let reply = replier.seal(&cbor_bytes(1)).unwrap();
    assert_eq!(other.open(&reply).unwrap_err(), NotFromAgent);
}

#[test]
fn an_expired_request_is_not_given_out_but_can_be_answered() {
    let agent = test_key();
    let (request, browser) = seal(&agent, &cbor_bytes(1));
    assert!(agent.open(TENANT, EXPIRES - 1, &request).is_ok());
    let Err(OpenError::Expired { replier, .. }) = agent.open(TENANT, EXPIRES, &request) else {
        panic!("opened at its expiry");
    };
    let answer = cbor_bytes(3);
    let reply = replier.seal(&answer).unwrap();
    assert_eq!(browser.open(&reply).unwrap().expose(), answer.expose());
}

#[test]
fn a_request_may_live_ten_minutes_and_no_longer() {
    let agent = test_key();
    let sealed = |expires| {
        Wrapped::new(&mut OsRng, agent.public())
            .and_then(|it| it.seal(&mut OsRng, TENANT, expires, &cbor_bytes(1)))
            .unwrap()
            .0
    };
    let furthest = sealed(NOW + MAX_LIFETIME);
    assert!(agent.open(TENANT, NOW, &furthest).is_ok());
    let further = sealed(NOW + MAX_LIFETIME + 1);
    let refusal = agent.open(TENANT, NOW, &further).unwrap_err();
    assert_eq!(refusal, OpenError::TooFarAhead);
}

#[test]
fn a_tenant_has_a_name_that_needs_no_escaping() {
    for name in ["a", "contoso", "0-9", &"z".repeat(32)] {
        assert!(is_tenant_name(name), "{name}");
    }
    let agent = test_key();
    for name in [
        "",
        "Contoso",
        "a b",
        "a\"",
        "č",
        "a.b",
        "a/b",
        &"z".repeat(33),
    ] {
        assert!(!is_tenant_name(name), "{name}");
        let wrapped = Wrapped::new(&mut OsRng, agent.public()).unwrap();
        let refusal = wrapped
            .seal(&mut OsRng, name, EXPIRES, &cbor_bytes(1))
            .unwrap_err();
        assert_eq!(refusal, SealError::Tenant);
    }
}

#[test]
fn a_public_key_has_one_of_three_sizes() {
    let agent = test_key();
    let modulus = agent.public().modulus();
    assert_eq!(
        PublicKey::from_n(&agent.public().n()).as_ref(),
        Some(agent.public())
    );
    let mut even = modulus.to_vec();
    even[383] &= 0xfe;
    let mut small = modulus.to_vec();
    small[0] &= 0x7f;
    let leading_zero = [&[0], modulus].concat();
    for wrong in [
        &[][..],
        &modulus[..128],
        &modulus[..383],
        &even,
        &small,
        &leading_zero,
    ] {
        assert_eq!(PublicKey::new(wrong.to_vec()), None);
    }
    for wrong in ["", "AQAB", "n+/n", &format!("{}=", agent.public().n())] {
        assert_eq!(PublicKey::from_n(wrong), None, "{wrong}");
    }
}

#[test]
fn a_modulus_that_is_no_product_of_primes_does_not_stop_the_browser() {
    // The portal supplies the key: for any key, sealing must return.
    let ones = PublicKey::new(vec![0xff; 256]).unwrap();
    let mut power = vec![0; 256];
    (power[0], power[255]) = (0x80, 1);
    let power = PublicKey::new(power).unwrap();
    for key in [ones, power] {
        let _sealed_or_refused = Wrapped::new(&mut OsRng, &key);
    }
}

#[test]
fn what_is_not_a_private_key_is_refused() {
    let der = common::test_key_der();
    let short = der.expose()[..der.expose().len() - 1].to_vec();
    for wrong in [Vec::new(), vec![0x30, 0x00], short] {
        assert!(EnvelopeKey::from_pkcs8(&Secret::new(wrong)).is_err());
    }
}

#[test]
fn a_private_key_of_another_kind_is_refused() {
    for (what, pem) in [
        ("EC", include_str!("keys/test-only-ec-p256.pem")),
        ("1024 bits", include_str!("keys/test-only-rsa-1024.pem")),
        ("2560 bits", include_str!("keys/test-only-rsa-2560.pem")),
        // Its JWK would have the exponent 65537, and nothing sealed to that would open.
        (
            "exponent 17",
            include_str!("keys/test-only-rsa-2048-exponent-17.pem"),
        ),
    ] {
        assert!(
            EnvelopeKey::from_pkcs8(&common::der(pem)).is_err(),
            "{what}"
        );
    }
}

#[test]
fn nothing_secret_prints() {
    let agent = test_key();
    let body = Secret::from("correct horse battery staple");
    assert_eq!(format!("{body:?}"), "Secret(28 bytes)");
    assert_eq!(
        format!("{agent:?}"),
        format!("EnvelopeKey({})", agent.kid())
    );
    let (request, browser) = seal(&agent, &cbor_bytes(6));
    let opened = agent.open(TENANT, NOW, &request).unwrap();
    assert_eq!(
        format!("{browser:?}"),
        "ReplyOpener { key: Secret(32 bytes) }"
    );
    assert_eq!(
        format!("{:?}", opened.replier),
        "Replier { key: Secret(32 bytes) }"
    );
    let shown = format!("{opened:?}");
    assert!(shown.contains("body: Secret(6 bytes)"), "{shown}");
    let wrapped = Wrapped::new(&mut OsRng, agent.public()).unwrap();
    let shown = format!("{wrapped:?}");
    assert!(shown.contains("content_key: Secret(32 bytes)"), "{shown}");
}

#[test]
fn random_text_never_panics_a_reader() {
    let agent = test_key();
    let mut rng = common::DeterministicRng::new("random text");
    let (request, browser) = seal(&agent, &cbor_bytes(1));
    let sound = request.to_string().into_bytes();
    for round in 0..20_000 {
        let mut text = sound.clone();
        for _ in 0..=round % 3 {
            let place = rng.next_u32() as usize % text.len();
            match rng.next_u32() % 4 {
                0 => text[place] = rng.next_u32().to_le_bytes()[0],
                1 => text.truncate(place.max(1)),
                2 => text.insert(place, b'.'),
                _ => text[place] = b"ABab01-_"[round % 8],
            }
        }
        if text == sound {
            continue;
        }
        if let Ok(compact) = Compact::parse(&text) {
            assert_eq!(compact.to_string().as_bytes(), text, "one form only");
            assert_eq!(browser.open(&compact).unwrap_err(), NotFromAgent);
            // Opening with RSA is slow, so only a sample is opened.
            if round % 40 == 0 {
                assert!(agent.open(TENANT, NOW, &compact).is_err());
            }
        }
    }
}

fn seal(agent: &EnvelopeKey, body: &Secret) -> (Compact, ReplyOpener) {
    Wrapped::new(&mut OsRng, agent.public())
        .and_then(|wrapped| wrapped.seal(&mut OsRng, TENANT, EXPIRES, body))
        .unwrap()
}

/// Converts a message to text and back, as in the portal, and to CBOR and back, as in the relay.
fn travel(compact: &Compact) -> Compact {
    let text = compact.to_string();
    let parsed = Compact::parse(text.as_bytes()).unwrap();
    assert_eq!(&parsed, compact);
    let packed = minicbor::to_vec(&parsed).unwrap();
    let unpacked: Compact = minicbor::decode(&packed).unwrap();
    unpacked.checked().unwrap()
}

/// Returns one CBOR item of exactly `length` bytes: an integer, or a byte string with the shortest
/// possible head.
fn cbor_bytes(length: usize) -> Secret {
    let head: Vec<u8> = match length {
        1 => return Secret::new(vec![0x05]),
        2..=24 => vec![0x40 + u8::try_from(length - 1).unwrap()],
        // No byte string with a shortest head has 25 bytes: 24 bytes of content need a head of two.
        25..=257 => vec![0x58, u8::try_from(length - 2).unwrap()],
        _ => {
            let [high, low] = u16::try_from(length - 3).unwrap().to_be_bytes();
            vec![0x59, high, low]
        }
    };
    let mut item = head;
    item.resize(length, 0xa5);
    Secret::new(item)
}
