//! Generates `crates/envelope/tests/defects`, byte by byte the same as long as the format is
//! unchanged: `cargo run -p postern-envelope --features seal,open --example make_defects`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a generator for developers: it panics on an error, and prints its result"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use aes_gcm::aead::{AeadInPlace, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use base64ct::{Base64UrlUnpadded, Encoding};
use common::{ANSWERED_REQUEST_LABEL, BODY, DeterministicRng, EXPIRES, NOW, TENANT, test_key};
use hkdf::Hkdf;
use postern_envelope::seal::Wrapped;
use postern_envelope::{Compact, MAX_LIFETIME, PublicKey, REPLY_HEADER, REPLY_LABEL, Secret};
use rand_core::RngCore;
use rsa::{BigUint, Oaep, Pkcs1v15Encrypt, RsaPublicKey};
use sha2::Sha256;
use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/defects");
    let mut cases = Cases(Vec::new());
    let key = test_key();
    messages(&mut cases, key.public());
    headers(&mut cases, key.public());
    keys(&mut cases, key.public());
    payloads(&mut cases, key.public());
    replies(&mut cases, key.public());

    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    // Some of these bytes are line ends, which a checkout must not change.
    fs::write(folder.join(".gitattributes"), "* -text\n")?;
    for (name, file) in &cases.0 {
        assert!(!folder.join(name).exists(), "{name} twice");
        fs::write(folder.join(name), file)?;
    }
    println!("{} defect files in {}", cases.0.len(), folder.display());
    Ok(())
}

/// The files generated so far: name and content.
struct Cases(Vec<(String, Vec<u8>)>);

impl Cases {
    fn request(&mut self, name: &str, expect: &str, what: &str, message: impl AsRef<[u8]>) {
        let header = format!("expect: {expect}\nwhat: {what}\n\n");
        let file = [header.as_bytes(), message.as_ref()].concat();
        self.0.push((name.to_owned(), file));
    }

    fn reply(&mut self, name: &str, expect: &str, what: &str, message: impl AsRef<[u8]>) {
        let header = format!("expect: {expect}\nopens: reply\nwhat: {what}\n\n");
        let file = [header.as_bytes(), message.as_ref()].concat();
        self.0.push((name.to_owned(), file));
    }
}

/// A request under construction, valid until something is changed.
struct Draft {
    header: String,
    content_key: Vec<u8>,
    encrypted_key: Vec<u8>,
    nonce: Vec<u8>,
    payload: Vec<u8>,
}

impl Draft {
    fn new(name: &str, key: &PublicKey) -> Self {
        let mut rng = DeterministicRng::new(name);
        let mut content_key = vec![0; 32];
        let mut nonce = vec![0; 12];
        let mut id = vec![0; 16];
        rng.fill_bytes(&mut content_key);
        rng.fill_bytes(&mut nonce);
        rng.fill_bytes(&mut id);
        let array = [&[0x83, 0x01, 0x50], &id[..], BODY].concat();
        Self {
            header: header(key, ""),
            encrypted_key: wrap(&mut rng, key, &content_key),
            content_key,
            nonce,
            payload: padded(&array, 256),
        }
    }

    fn compact(&self) -> Compact {
        let mut compact = Compact {
            header: self.header.as_bytes().to_vec().into(),
            encrypted_key: self.encrypted_key.clone().into(),
            nonce: self.nonce.clone().into(),
            ciphertext: Vec::new().into(),
            tag: Vec::new().into(),
        };
        let mut buffer = self.payload.clone();
        let tag = Aes256Gcm::new_from_slice(&self.content_key)
            .unwrap()
            .encrypt_in_place_detached(
                Nonce::from_slice(&self.nonce),
                compact.associated_data().as_bytes(),
                &mut buffer,
            )
            .unwrap();
        compact.ciphertext = buffer.into();
        compact.tag = tag.to_vec().into();
        compact
    }
}

/// Adds defects of the compact form, and changed bytes of each part.
fn messages(cases: &mut Cases, key: &PublicKey) {
    let sound = Draft::new("message", key).compact();
    let text = sound.to_string();
    let parts: Vec<&str> = text.split('.').collect();
    let with = |place: usize, part: &str| {
        let mut parts = parts.clone();
        parts[place] = part;
        parts.join(".")
    };

    cases.request("request_sound", "opens", "nothing is wrong", &text);
    let expect = "Malformed::Parts";
    cases.request("message_empty", expect, "there is no message", "");
    let what = "the tag is missing, with its dot";
    cases.request("message_four_parts", expect, what, parts[..4].join("."));
    let what = "a sixth, empty part follows the tag";
    cases.request("message_six_parts", expect, what, format!("{text}."));
    let what = "a second whole message follows the first";
    cases.request("message_twice", expect, what, format!("{text}.{text}"));
    let what = "the message is one byte longer than 4096";
    let oversize = with(3, &"A".repeat(4097 - (text.len() - parts[3].len())));
    cases.request("message_oversize", "Malformed::TooLong", what, oversize);

    let expect = "Malformed::Base64";
    let what = "a line end follows the message";
    cases.request(
        "message_trailing_newline",
        expect,
        what,
        format!("{text}\n"),
    );
    let what = "a carriage return and a line end follow the message";
    cases.request("message_trailing_crlf", expect, what, format!("{text}\r\n"));
    let what = "a space precedes the message";
    cases.request("message_leading_space", expect, what, format!(" {text}"));
    let what = "the third part begins with a byte that is not UTF-8";
    let mut bytes = text.clone().into_bytes();
    bytes[parts[0].len() + parts[1].len() + 2] = 0xff;
    cases.request("message_not_utf8", expect, what, bytes);
    let json = format!(
        r#"{{"protected":"{}","encrypted_key":"{}","iv":"{}","ciphertext":"{}","tag":"{}"}}"#,
        parts[0], parts[1], parts[2], parts[3], parts[4]
    );
    let what = "the flattened JSON serialisation of RFC 7516 section 7.2.2";
    cases.request("message_json", expect, what, json);
    let what = "the header is followed by base64 padding";
    let padded = format!("{}==", parts[0]);
    cases.request("header_padded", expect, what, with(0, &padded));
    let what = "a line end stands in the middle of the header";
    let broken = [&parts[0][..64], "\n", &parts[0][64..]].concat();
    cases.request("header_newline", expect, what, with(0, &broken));
    let what = "the encrypted key uses + and / instead of - and _";
    let standard = parts[1].replace('-', "+").replace('_', "/");
    assert_ne!(standard, parts[1]);
    cases.request(
        "encrypted_key_standard_alphabet",
        expect,
        what,
        with(1, &standard),
    );
    let what = "the encrypted key uses + instead of -, and nothing else";
    let plus = parts[1].replacen('-', "+", 1);
    cases.request("encrypted_key_plus", expect, what, with(1, &plus));
    let what = "the encrypted key uses / instead of _, and nothing else";
    let slash = parts[1].replacen('_', "/", 1);
    cases.request("encrypted_key_slash", expect, what, with(1, &slash));
    let what = "the last character of the ciphertext carries bits that belong to no byte";
    cases.request(
        "ciphertext_trailing_bits",
        expect,
        what,
        with(3, &trailing_bits(parts[3])),
    );
    let what = "the last character of the tag carries bits that belong to no byte";
    cases.request(
        "tag_trailing_bits",
        expect,
        what,
        with(4, &trailing_bits(parts[4])),
    );
    let what = "the tag is followed by base64 padding";
    let padded = format!("{}==", parts[4]);
    cases.request("tag_padded", expect, what, with(4, &padded));
    let what = "a lone character, which is no byte, follows the nonce";
    let lone = format!("{}A", parts[2]);
    cases.request("nonce_lone_character", expect, what, with(2, &lone));

    let changed = |change: &dyn Fn(&mut Compact)| {
        let mut compact = sound.clone();
        change(&mut compact);
        compact.to_string()
    };
    let expect = "Malformed::Nonce";
    let what = "the nonce has 11 bytes";
    let message = changed(&|it| it.nonce.truncate(11));
    cases.request("nonce_short", expect, what, message);
    let what = "the nonce has 16 bytes";
    let message = changed(&|it| it.nonce.extend([0; 4]));
    cases.request("nonce_long", expect, what, message);
    let what = "the nonce is empty";
    cases.request("nonce_empty", expect, what, with(2, ""));
    let expect = "Malformed::Tag";
    let what = "the tag has 12 of its 16 bytes";
    let message = changed(&|it| it.tag.truncate(12));
    cases.request("tag_short", expect, what, message);
    let what = "the tag has 17 bytes";
    let message = changed(&|it| it.tag.push(0));
    cases.request("tag_long", expect, what, message);
    let what = "the tag is empty, its dot is there";
    cases.request("tag_empty", expect, what, with(4, ""));

    let expect = "Undecryptable";
    let what = "one bit of the encrypted key is flipped";
    let message = changed(&|it| it.encrypted_key[100] ^= 1);
    cases.request("encrypted_key_flipped_bit", expect, what, message);
    let what = "one bit of the nonce is flipped";
    let message = changed(&|it| it.nonce[0] ^= 0x80);
    cases.request("nonce_flipped_bit", expect, what, message);
    let what = "one bit of the ciphertext is flipped";
    let message = changed(&|it| it.ciphertext[20] ^= 1);
    cases.request("ciphertext_flipped_bit", expect, what, message);
    let what = "one bit of the tag is flipped";
    let message = changed(&|it| it.tag[15] ^= 1);
    cases.request("tag_flipped_bit", expect, what, message);
    let what = "the tag is all zeros";
    let message = changed(&|it| it.tag.fill(0));
    cases.request("tag_zero", expect, what, message);
    let what = "the ciphertext is empty, its dots are there";
    cases.request("ciphertext_empty", expect, what, with(3, ""));
    let what = "the second half of the ciphertext is missing";
    let message = changed(&|it| it.ciphertext.truncate(128));
    cases.request("ciphertext_truncated", expect, what, message);
    let what = "the ciphertext and the tag are another message's";
    let other = Draft::new("other message", key).compact();
    let message = changed(&|it| {
        it.ciphertext = other.ciphertext.clone();
        it.tag = other.tag.clone();
    });
    cases.request("ciphertext_swapped", expect, what, message);
    let what = "the encrypted key is another message's";
    let message = changed(&|it| it.encrypted_key = other.encrypted_key.clone());
    cases.request("encrypted_key_swapped", expect, what, message);
}

/// Adds defects of the protected header. Unless stated otherwise the message is sealed with the
/// defective header, so that only the header can be the reason.
fn headers(cases: &mut Cases, key: &PublicKey) {
    let sound = header(key, "");
    let kid = key.thumbprint();
    let mut case = |name: &str, expect: &str, what: &str, header: &str| {
        let mut draft = Draft::new(name, key);
        draft.header = header.to_owned();
        cases.request(name, expect, what, draft.compact().to_string());
    };
    let replaced = |from: &str, to: &str| {
        assert!(sound.contains(from), "{from}");
        sound.replacen(from, to, 1)
    };
    let exp = format!(r#","exp":{EXPIRES}"#);

    let expect = "Header";
    case("header_empty", expect, "the header is empty", "");
    case("header_not_json", expect, "the header is not JSON", "RSA");
    case("header_null", expect, "the header is null", "null");
    let what = "the header is an array of the members' values";
    let array = format!(r#"["RSA-OAEP-256","A256GCM","{kid}","postern-1","{TENANT}",{EXPIRES}]"#);
    case("header_array", expect, what, &array);
    let what = "a byte order mark precedes the header";
    case("header_bom", expect, what, &format!("\u{feff}{sound}"));
    let what = "a second object follows the header";
    case(
        "header_trailing_json",
        expect,
        what,
        &format!("{sound}{{}}"),
    );
    let what = "the closing brace is missing";
    case("header_unclosed", expect, what, sound.trim_end_matches('}'));

    let alg = r#""alg":"RSA-OAEP-256""#;
    let what = "alg is RSA-OAEP (with SHA-1)";
    let other = replaced(alg, r#""alg":"RSA-OAEP""#);
    case("header_alg_rsa_oaep", expect, what, &other);
    let what = "alg is RSA-OAEP-512";
    let other = replaced(alg, r#""alg":"RSA-OAEP-512""#);
    case("header_alg_rsa_oaep_512", expect, what, &other);
    let what = "alg is RSA1_5, the one that padding oracles read";
    let other = replaced(alg, r#""alg":"RSA1_5""#);
    case("header_alg_rsa1_5", expect, what, &other);
    let what = "alg is dir, as of a reply";
    let other = replaced(alg, r#""alg":"dir""#);
    case("header_alg_dir", expect, what, &other);
    let what = "alg is ECDH-ES";
    let other = replaced(alg, r#""alg":"ECDH-ES""#);
    case("header_alg_ecdh_es", expect, what, &other);
    let what = "alg is none";
    let other = replaced(alg, r#""alg":"none""#);
    case("header_alg_none", expect, what, &other);
    let what = "alg is in lower case";
    let other = replaced(alg, r#""alg":"rsa-oaep-256""#);
    case("header_alg_lower_case", expect, what, &other);
    let what = "alg is missing";
    let other = replaced(r#""alg":"RSA-OAEP-256","#, "");
    case("header_alg_missing", expect, what, &other);
    let enc = r#""enc":"A256GCM""#;
    let what = "enc is A128GCM";
    let other = replaced(enc, r#""enc":"A128GCM""#);
    case("header_enc_a128gcm", expect, what, &other);
    let what = "enc is A256CBC-HS512";
    let other = replaced(enc, r#""enc":"A256CBC-HS512""#);
    case("header_enc_a256cbc_hs512", expect, what, &other);

    let typ = r#""typ":"postern-1""#;
    let what = "typ is that of another version";
    let other = replaced(typ, r#""typ":"postern-2""#);
    case("header_typ_version", expect, what, &other);
    let what = "typ is that of a reply";
    let other = replaced(typ, r#""typ":"postern-reply-1""#);
    case("header_typ_reply", expect, what, &other);
    let what = "typ is missing";
    let other = replaced(r#""typ":"postern-1","#, "");
    case("header_typ_missing", expect, what, &other);

    for (name, what, member) in [
        (
            "zip",
            "the payload claims to be compressed",
            r#""zip":"DEF""#,
        ),
        (
            "jku",
            "a key is offered by address",
            r#""jku":"https://keys.example/""#,
        ),
        (
            "jwk",
            "a key is brought along",
            r#""jwk":{"kty":"RSA","e":"AQAB","n":"AQ"}"#,
        ),
        (
            "x5u",
            "a certificate is offered by address",
            r#""x5u":"https://keys.example/""#,
        ),
        ("x5c", "a certificate is brought along", r#""x5c":["MIIB"]"#),
        (
            "crit",
            "an extension must be understood",
            r#""crit":["exp"]"#,
        ),
        (
            "b64",
            "the payload claims not to be encoded",
            r#""b64":false"#,
        ),
        ("cty", "a content type is named", r#""cty":"cbor""#),
        ("p2c", "a work factor is named", r#""p2c":2147483647"#),
        (
            "unknown_member",
            "a member of no standard is there",
            r#""admin":true"#,
        ),
        (
            "duplicate_alg",
            "alg is there twice, with the same value",
            alg,
        ),
        (
            "duplicate_tenant",
            "tenant is there twice",
            r#""tenant":"fabrikam""#,
        ),
        ("duplicate_exp", "exp is there twice", r#""exp":1"#),
    ] {
        let other = header(key, &format!(",{member}"));
        case(&format!("header_{name}"), expect, what, &other);
    }
    let what = "alg is written with an escape";
    let other = replaced(alg, r#""alg":"RSA-OAEP-25\u0036""#);
    case("header_escaped", expect, what, &other);

    for (name, what, value) in [
        ("negative", "exp is negative", "-1"),
        ("string", "exp is a string", r#""1800000300""#),
        ("float", "exp is a float", "1800000300.0"),
        ("exponent", "exp has an exponent", "18e8"),
        ("null", "exp is null", "null"),
        ("beyond_64_bits", "exp is 2^64", "18446744073709551616"),
        ("leading_zero", "exp has a leading zero", "01800000300"),
    ] {
        let other = replaced(&exp, &format!(r#","exp":{value}"#));
        case(&format!("header_exp_{name}"), expect, what, &other);
    }
    let what = "exp is missing";
    case("header_exp_missing", expect, what, &replaced(&exp, ""));
    let what = "exp is one second further away than the longest life";
    let far = format!(r#","exp":{}"#, NOW + MAX_LIFETIME + 1);
    let other = replaced(&exp, &far);
    case("header_exp_too_far", "TooFarAhead", what, &other);
    let what = "exp is the last second that 64 bits can name";
    let far = format!(r#","exp":{}"#, u64::MAX);
    case(
        "header_exp_end_of_time",
        "TooFarAhead",
        what,
        &replaced(&exp, &far),
    );
    let what = "exp is exactly now";
    let past = format!(r#","exp":{NOW}"#);
    case("header_exp_now", "Expired", what, &replaced(&exp, &past));
    let what = "exp was an hour ago";
    let past = format!(r#","exp":{}"#, NOW - 3600);
    case("header_exp_passed", "Expired", what, &replaced(&exp, &past));
    let what = "exp is 0";
    case(
        "header_exp_zero",
        "Expired",
        what,
        &replaced(&exp, r#","exp":0"#),
    );
    let what = "exp is the longest life from now, and not a second more";
    let edge = format!(r#","exp":{}"#, NOW + MAX_LIFETIME);
    case("header_exp_furthest", "opens", what, &replaced(&exp, &edge));

    let tenant = r#""tenant":"contoso""#;
    let what = "sealed for another tenant";
    let other = replaced(tenant, r#""tenant":"fabrikam""#);
    case("header_wrong_tenant", "WrongTenant", what, &other);
    let what = "the tenant is written in capitals";
    let other = replaced(tenant, r#""tenant":"CONTOSO""#);
    case("header_tenant_capitals", "WrongTenant", what, &other);
    let what = "the tenant is empty";
    let other = replaced(tenant, r#""tenant":"""#);
    case("header_tenant_empty", "WrongTenant", what, &other);
    let what = "the tenant is missing";
    let other = replaced(r#""tenant":"contoso","#, "");
    case("header_tenant_missing", expect, what, &other);
    let what = "kid names another key, though it is sealed to this one";
    let other = replaced(&kid, &other_key(key).thumbprint());
    case("header_kid_other", "UnknownKey", what, &other);
    let what = "kid is empty";
    let other = replaced(&kid, "");
    case("header_kid_empty", "UnknownKey", what, &other);

    let expect = "Undecryptable";
    let mut late = Draft::new("header_swapped", key).compact();
    late.header = replaced(&exp, &format!(r#","exp":{}"#, EXPIRES + 60))
        .into_bytes()
        .into();
    let what = "the header is another message's, which lives a minute longer";
    cases.request("header_swapped", expect, what, late.to_string());
    let mut spaced = Draft::new("header_spaced", key).compact();
    spaced.header = sound.replace(',', ", ").into_bytes().into();
    let what = "the header says the same with spaces, after sealing";
    cases.request("header_spaced", expect, what, spaced.to_string());
}

/// Adds defects of the wrapped content key.
fn keys(cases: &mut Cases, key: &PublicKey) {
    let expect = "Undecryptable";
    let mut case = |name: &str, what: &str, change: &dyn Fn(&mut Draft, &mut DeterministicRng)| {
        let mut draft = Draft::new(name, key);
        change(&mut draft, &mut DeterministicRng::new(what));
        cases.request(name, expect, what, draft.compact().to_string());
    };
    case(
        "encrypted_key_empty",
        "the encrypted key is empty",
        &|it, _| {
            it.encrypted_key.clear();
        },
    );
    case(
        "encrypted_key_short",
        "the encrypted key lacks its last byte",
        &|it, _| {
            it.encrypted_key.truncate(383);
        },
    );
    case(
        "encrypted_key_long",
        "a zero follows the encrypted key",
        &|it, _| {
            it.encrypted_key.push(0);
        },
    );
    case(
        "encrypted_key_leading_zero",
        "a zero precedes the encrypted key",
        &|it, _| {
            it.encrypted_key.insert(0, 0);
        },
    );
    case(
        "encrypted_key_zero",
        "the encrypted key is all zeros",
        &|it, _| {
            it.encrypted_key.fill(0);
        },
    );
    case(
        "encrypted_key_one",
        "the encrypted key is the number 1",
        &|it, _| {
            it.encrypted_key.fill(0);
            it.encrypted_key[383] = 1;
        },
    );
    case(
        "encrypted_key_beyond_modulus",
        "the encrypted key is all ones",
        &|it, _| {
            it.encrypted_key.fill(0xff);
        },
    );
    case(
        "encrypted_key_plain",
        "the content key stands there unencrypted",
        &|it, _| {
            it.encrypted_key = it.content_key.clone();
        },
    );
    case(
        "encrypted_key_for_other",
        "wrapped for another key of this size",
        &|it, rng| {
            it.encrypted_key = wrap(rng, &other_key(key), &it.content_key);
        },
    );
    case(
        "encrypted_key_pkcs1v15",
        "wrapped as RSA1_5, while alg says OAEP",
        &|it, rng| {
            it.encrypted_key = rsa(key)
                .encrypt(rng, Pkcs1v15Encrypt, &it.content_key)
                .unwrap();
        },
    );
    case(
        "encrypted_key_label",
        "wrapped under an OAEP label",
        &|it, rng| {
            let oaep = Oaep::new_with_label::<Sha256, _>("postern");
            it.encrypted_key = rsa(key).encrypt(rng, oaep, &it.content_key).unwrap();
        },
    );
    case(
        "content_key_short",
        "the content key has 16 bytes, twice over",
        &|it, rng| {
            let half = it.content_key[..16].to_vec();
            it.content_key = half.repeat(2);
            it.encrypted_key = wrap(rng, key, &half);
        },
    );
    case(
        "content_key_long",
        "a 33rd byte follows the content key",
        &|it, rng| {
            let long = [&it.content_key[..], &[0]].concat();
            it.encrypted_key = wrap(rng, key, &long);
        },
    );
    case(
        "content_key_empty",
        "the wrapped content key is empty",
        &|it, rng| {
            it.encrypted_key = wrap(rng, key, &[]);
        },
    );
}

/// Adds defects of the plaintext, correctly sealed.
fn payloads(cases: &mut Cases, key: &PublicKey) {
    let mut case = |name: &str, expect: &str, what: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut draft = Draft::new(name, key);
        change(&mut draft.payload);
        cases.request(name, expect, what, draft.compact().to_string());
    };
    let end = 19 + BODY.len();

    let expect = "Payload::Bucket";
    case("payload_empty", expect, "the payload is empty", &Vec::clear);
    case(
        "payload_unpadded",
        expect,
        "no padding follows the array",
        &|it| {
            it.truncate(end);
        },
    );
    case(
        "payload_255_bytes",
        expect,
        "one byte short of a bucket",
        &|it| {
            it.truncate(255);
        },
    );
    case(
        "payload_257_bytes",
        expect,
        "one byte more than a bucket",
        &|it| it.push(0),
    );
    case(
        "payload_2048_bytes",
        expect,
        "twice the largest bucket",
        &|it| {
            it.resize(2048, 0);
        },
    );

    let expect = "Payload::Padding";
    case(
        "payload_padding_not_zero",
        expect,
        "the padding is all ones",
        &|it| {
            it[end..].fill(0xff);
        },
    );
    case(
        "payload_padding_last_byte",
        expect,
        "the last byte is 1",
        &|it| {
            it[255] = 1;
        },
    );
    case(
        "payload_trailing_cbor",
        expect,
        "a second array follows the first",
        &|it| {
            it[end..end + 2].copy_from_slice(&[0x81, 0x01]);
        },
    );

    case(
        "payload_version_2",
        "Payload::Version(2)",
        "the version is 2",
        &|it| it[1] = 2,
    );
    case(
        "payload_version_0",
        "Payload::Version(0)",
        "the version is 0",
        &|it| it[1] = 0,
    );

    let expect = "Payload::Cbor";
    case("payload_zeros", expect, "the payload is all zeros", &|it| {
        it.fill(0)
    });
    case("payload_break", expect, "the payload is all ones", &|it| {
        it.fill(0xff)
    });
    case("payload_empty_array", expect, "the array is empty", &|it| {
        it[0] = 0x80
    });
    case(
        "payload_two_items",
        expect,
        "the array has two items, as of a reply",
        &|it| {
            it[0] = 0x82;
        },
    );
    case(
        "payload_four_items",
        expect,
        "the array has four items",
        &|it| it[0] = 0x84,
    );
    case(
        "payload_map",
        expect,
        "a map stands in place of the array",
        &|it| it[0] = 0xa3,
    );
    case(
        "payload_indefinite_array",
        expect,
        "the array has no length",
        &|it| {
            it[0] = 0x9f;
            it[end] = 0xff;
        },
    );
    case(
        "payload_version_text",
        expect,
        "the version is a text",
        &|it| it[1] = 0x61,
    );
    case(
        "payload_version_negative",
        expect,
        "the version is -2",
        &|it| it[1] = 0x21,
    );
    case(
        "payload_id_15_bytes",
        expect,
        "the request id has 15 bytes",
        &|it| {
            it[2] = 0x4f;
            it.remove(3);
            it.push(0);
        },
    );
    case(
        "payload_id_17_bytes",
        expect,
        "the request id has 17 bytes",
        &|it| {
            it[2] = 0x51;
            it.insert(3, 0);
            it.pop();
        },
    );
    case(
        "payload_id_text",
        expect,
        "the request id is a text",
        &|it| it[2] = 0x70,
    );
    case(
        "payload_body_endless",
        expect,
        "the body claims 65535 bytes",
        &|it| {
            it[19..22].copy_from_slice(&[0x59, 0xff, 0xff]);
        },
    );
    case(
        "payload_body_break",
        expect,
        "a break stands in place of the body",
        &|it| {
            it[19..].fill(0);
            it[19] = 0xff;
        },
    );
    case(
        "payload_body_unclosed",
        expect,
        "the body is an array without an end",
        &|it| {
            it[19..].fill(0x9f);
        },
    );
}

/// Adds defects of replies, which the browser's half opens.
fn replies(cases: &mut Cases, key: &PublicKey) {
    // `Wrapped` draws the content key first.
    let mut rng = DeterministicRng::new(ANSWERED_REQUEST_LABEL);
    let mut content_key = vec![0; 32];
    rng.fill_bytes(&mut content_key);
    let mut rng = DeterministicRng::new(ANSWERED_REQUEST_LABEL);
    let body = Secret::new(BODY.to_vec());
    let (request, _) = Wrapped::new(&mut rng, key)
        .and_then(|wrapped| wrapped.seal(&mut rng, TENANT, EXPIRES, &body))
        .unwrap();
    let agent = test_key();
    let id = agent.open(TENANT, NOW, &request).unwrap().id.0;
    let derive = |label: &[u8], salt: &[u8]| {
        let mut okm = vec![0; 32];
        let hkdf = Hkdf::<Sha256>::new(Some(salt), &content_key);
        hkdf.expand(label, &mut okm).unwrap();
        okm
    };
    let sound = |name: &str| {
        let mut draft = Draft::new(name, key);
        draft.header = REPLY_HEADER.to_owned();
        draft.content_key = derive(REPLY_LABEL, &id);
        draft.encrypted_key.clear();
        draft.payload = padded(&[&[0x82, 0x01], BODY].concat(), 512);
        draft
    };
    let what = "nothing is wrong";
    let message = sound("reply_sound").compact().to_string();
    cases.reply("reply_sound", "opens", what, &message);
    let what = "the tag lacks its last four bytes";
    let short = &message[..message.len() - 6];
    cases.reply("reply_tag_short", "Malformed::Tag", what, short);

    let expect = "NotFromAgent";
    let what = "the request itself is sent back";
    cases.reply("reply_mirrored", expect, what, request.to_string());

    let mut draft_case = |name: &str, what: &str, change: &dyn Fn(&mut Draft)| {
        let mut draft = sound(name);
        change(&mut draft);
        cases.reply(name, expect, what, draft.compact().to_string());
    };
    draft_case(
        "reply_header_order",
        "the header's members are in another order",
        &|it| {
            it.header = r#"{"enc":"A256GCM","alg":"dir","typ":"postern-reply-1"}"#.to_owned();
        },
    );
    draft_case(
        "reply_header_member",
        "the header has one member more",
        &|it| {
            it.header = REPLY_HEADER.replace('}', r#","exp":1800000300}"#);
        },
    );
    draft_case(
        "reply_header_version",
        "typ is that of another version",
        &|it| {
            it.header = REPLY_HEADER.replace("reply-1", "reply-2");
        },
    );
    draft_case(
        "reply_header_of_request",
        "the header is a request's",
        &|it| {
            it.header = header(key, "");
        },
    );
    draft_case("reply_header_empty", "the header is empty", &|it| {
        it.header.clear()
    });
    draft_case("reply_encrypted_key", "there is an encrypted key", &|it| {
        it.encrypted_key = vec![0];
    });
    draft_case(
        "reply_content_key",
        "sealed under the content key itself",
        &|it| {
            it.content_key.clone_from(&content_key);
        },
    );
    draft_case(
        "reply_other_label",
        "the key is derived under another label",
        &|it| {
            it.content_key = derive(b"postern reply v2", &id);
        },
    );
    draft_case(
        "reply_other_request",
        "the key is bound to another request id",
        &|it| {
            it.content_key = derive(REPLY_LABEL, &[7; 16]);
        },
    );
    draft_case(
        "reply_unsalted",
        "the key is bound to no request id",
        &|it| {
            it.content_key = derive(REPLY_LABEL, &[]);
        },
    );
    draft_case("reply_zero_key", "sealed under a key of zeros", &|it| {
        it.content_key.fill(0);
    });
    draft_case("reply_bucket", "the payload is no bucket", &|it| {
        it.payload.truncate(300)
    });
    draft_case(
        "reply_padding",
        "the last byte of the padding is 1",
        &|it| {
            it.payload[511] = 1;
        },
    );
    draft_case("reply_version", "the payload's version is 2", &|it| {
        it.payload[1] = 2
    });
    draft_case("reply_three_items", "the payload is a request's", &|it| {
        it.payload = padded(&[&[0x83, 0x01, 0x50], &id[..], BODY].concat(), 512);
    });
    draft_case("reply_not_cbor", "the payload is all ones", &|it| {
        it.payload.fill(0xff)
    });

    let mut compact_case = |name: &str, what: &str, change: &dyn Fn(&mut Compact)| {
        let mut compact = sound(name).compact();
        change(&mut compact);
        cases.reply(name, expect, what, compact.to_string());
    };
    compact_case(
        "reply_nonce_flipped_bit",
        "one bit of the nonce is flipped",
        &|it| {
            it.nonce[11] ^= 1;
        },
    );
    compact_case(
        "reply_ciphertext_flipped_bit",
        "one bit of the ciphertext is flipped",
        &|it| {
            it.ciphertext[2] ^= 1;
        },
    );
    compact_case(
        "reply_ciphertext_truncated",
        "half of the ciphertext is missing",
        &|it| {
            it.ciphertext.truncate(256);
        },
    );
    compact_case("reply_ciphertext_empty", "the ciphertext is empty", &|it| {
        it.ciphertext.clear();
    });
    compact_case(
        "reply_tag_flipped_bit",
        "one bit of the tag is flipped",
        &|it| {
            it.tag[0] ^= 0x80;
        },
    );
}

/// Returns a valid header, with more members before its end.
fn header(key: &PublicKey, more: &str) -> String {
    let kid = key.thumbprint();
    format!(
        r#"{{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"{kid}","typ":"postern-1","tenant":"{TENANT}","exp":{EXPIRES}{more}}}"#
    )
}

fn padded(array: &[u8], bucket: usize) -> Vec<u8> {
    let mut bytes = array.to_vec();
    bytes.resize(bucket, 0);
    bytes
}

fn wrap(rng: &mut DeterministicRng, key: &PublicKey, content_key: &[u8]) -> Vec<u8> {
    rsa(key)
        .encrypt(rng, Oaep::new::<Sha256>(), content_key)
        .unwrap()
}

fn rsa(key: &PublicKey) -> RsaPublicKey {
    RsaPublicKey::new(
        BigUint::from_bytes_be(key.modulus()),
        BigUint::from(65_537_u32),
    )
    .unwrap()
}

/// Returns another public key of the same size; its private half is not needed.
fn other_key(key: &PublicKey) -> PublicKey {
    let mut modulus = key.modulus().to_vec();
    modulus[200] ^= 0xff;
    PublicKey::new(modulus).unwrap()
}

/// Returns the same part with the unused low bit of its last character set.
fn trailing_bits(part: &str) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bytes = Base64UrlUnpadded::decode_vec(part).unwrap();
    assert_ne!(bytes.len() % 3, 0, "every bit of this part is used");
    let (rest, last) = part.split_at(part.len() - 1);
    let place = ALPHABET
        .iter()
        .position(|sign| [*sign] == *last.as_bytes())
        .unwrap();
    format!("{rest}{}", char::from(ALPHABET[place | 1]))
}
