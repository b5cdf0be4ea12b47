//! Runs the applicable Wycheproof vectors: RSA-OAEP with the agent's library, AES-256-GCM and
//! HKDF-SHA-256 with the libraries of both halves.

#![expect(
    clippy::print_stdout,
    reason = "test code outside the test functions themselves; it prints how much it has run"
)]

use aes_gcm::aead::{AeadInPlace, KeyInit};
use aes_gcm::{Aes256Gcm, Tag};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use aws_lc_rs::rsa::{OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use hkdf::Hkdf;
use sha2::Sha256;
use wycheproof::{TestResult, aead, rsa_oaep};

#[test]
fn rsa_oaep_opens_what_it_should_and_nothing_else() {
    let mut count = 0;
    for name in [
        rsa_oaep::TestName::Rsa2048Sha256Mgf1Sha256,
        rsa_oaep::TestName::Rsa3072Sha256Mgf1Sha256,
        rsa_oaep::TestName::Rsa4096Sha256Mgf1Sha256,
    ] {
        let set = rsa_oaep::TestSet::load(name).unwrap();
        for group in set.test_groups {
            let key = PrivateDecryptingKey::from_pkcs8(&group.pkcs8).unwrap();
            let key = OaepPrivateDecryptingKey::new(key).unwrap();
            for test in group.tests {
                let mut buffer = vec![0; key.min_output_size()];
                let label = (!test.label.is_empty()).then_some(&test.label[..]);
                let opened = key
                    .decrypt(&OAEP_SHA256_MGF1SHA256, &test.ct, &mut buffer, label)
                    .ok();
                check(name, test.tc_id, test.result, opened.as_deref(), &test.pt);
                count += 1;
            }
        }
    }
    report("RSA-OAEP SHA-256, aws-lc-rs", count, 111);
}

#[test]
fn aes_256_gcm_is_the_same_in_both_halves() {
    let mut count = 0;
    let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
    let groups = set.test_groups.into_iter();
    for group in groups.filter(|it| (it.key_size, it.nonce_size, it.tag_size) == (256, 96, 128)) {
        for test in group.tests {
            let name = "AES-256-GCM";
            let cipher = Aes256Gcm::new_from_slice(&test.key).unwrap();
            let mut buffer = test.ct.to_vec();
            let browser = cipher
                .decrypt_in_place_detached(
                    aes_gcm::Nonce::from_slice(&test.nonce),
                    &test.aad,
                    &mut buffer,
                    Tag::from_slice(&test.tag),
                )
                .ok()
                .map(|()| &buffer[..]);
            check(name, test.tc_id, test.result, browser, &test.pt);

            let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &test.key).unwrap());
            let nonce = || Nonce::try_assume_unique_for_key(&test.nonce).unwrap();
            let mut buffer = [&test.ct[..], &test.tag[..]].concat();
            let agent = key
                .open_in_place(nonce(), Aad::from(&test.aad), &mut buffer)
                .ok();
            check(name, test.tc_id, test.result, agent.as_deref(), &test.pt);

            if test.result == TestResult::Valid {
                let mut buffer = test.pt.to_vec();
                let tag = cipher
                    .encrypt_in_place_detached(
                        aes_gcm::Nonce::from_slice(&test.nonce),
                        &test.aad,
                        &mut buffer,
                    )
                    .unwrap();
                assert_eq!((&buffer[..], &tag[..]), (&test.ct[..], &test.tag[..]));
                let mut buffer = test.pt.to_vec();
                let tag = key
                    .seal_in_place_separate_tag(nonce(), Aad::from(&test.aad), &mut buffer)
                    .unwrap();
                assert_eq!((&buffer[..], tag.as_ref()), (&test.ct[..], &test.tag[..]));
            }
            count += 1;
        }
    }
    report("AES-256-GCM, aes-gcm and aws-lc-rs", count, 66);
}

#[test]
fn hkdf_sha_256_is_the_same_in_both_halves() {
    let mut count = 0;
    let name = wycheproof::hkdf::TestName::HkdfSha256;
    let set = wycheproof::hkdf::TestSet::load(name).unwrap();
    for group in set.test_groups {
        for test in group.tests {
            let mut okm = vec![0; test.size];
            let browser = Hkdf::<Sha256>::new(Some(&test.salt), &test.ikm)
                .expand(&test.info, &mut okm)
                .ok()
                .map(|()| &okm[..]);
            check(name, test.tc_id, test.result, browser, &test.okm);

            let mut okm = vec![0; test.size];
            let agent = Salt::new(HKDF_SHA256, &test.salt)
                .extract(&test.ikm)
                .expand(&[&test.info[..]], Length(test.size))
                .and_then(|it| it.fill(&mut okm))
                .ok()
                .map(|()| &okm[..]);
            check(name, test.tc_id, test.result, agent, &test.okm);
            count += 1;
        }
    }
    report("HKDF-SHA-256, hkdf and aws-lc-rs", count, 86);
}

/// An output length of HKDF.
struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// Checks that a valid vector gives its output, and any other none.
fn check(
    name: impl core::fmt::Debug,
    id: usize,
    result: TestResult,
    seen: Option<&[u8]>,
    expected: &[u8],
) {
    let expected = (result != TestResult::Invalid).then_some(expected);
    assert_eq!(seen, expected, "{name:?}, vector {id}");
}

/// Prints and checks the number of vectors, so that skipped vectors are noticed.
fn report(what: &str, count: usize, expected: usize) {
    println!("{what}: {count} vectors");
    assert_eq!(count, expected, "{what}");
}
