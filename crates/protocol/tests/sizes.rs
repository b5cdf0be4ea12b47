//! Tests that the size of a sealed message does not reveal its password, and that the longest
//! password fits.

#![expect(
    clippy::unwrap_used,
    reason = "test code outside the test functions themselves"
)]

use postern_envelope::seal::Wrapped;
use postern_envelope::{Compact, PublicKey, Secret};
use postern_protocol::policy::MAX_LENGTH;
use postern_protocol::{Device, FlowKind, FlowToken, GateKind, Operation, Request, encode};
use rand_core::OsRng;
use std::collections::BTreeSet;

#[test]
fn a_password_of_1_to_64_characters_gives_one_size() {
    for (bits, lengths) in [(2048, 1..=64), (3072, 63..=64), (4096, 63..=64)] {
        let mut sizes = BTreeSet::new();
        for length in lengths {
            sizes.insert(sealed(bits, &"a".repeat(length)).to_string().len());
            sizes.insert(sealed(bits, &"č".repeat(length)).to_string().len());
            sizes.insert(sealed(bits, &"漢".repeat(length)).to_string().len());
        }
        assert_eq!(sizes.len(), 1, "RSA-{bits}: {sizes:?}");
    }
}

#[test]
fn the_longest_password_fits_whatever_it_is_made_of() {
    // UTF-8 needs at most three bytes per UTF-16 unit; an emoji has four bytes and two units.
    for (unit, repeat, bytes) in [
        ("a", 256, 256),
        ("č", 256, 512),
        ("漢", 256, 768),
        ("🗝", 128, 512),
    ] {
        let password = unit.repeat(repeat);
        assert_eq!(password.encode_utf16().count(), usize::from(MAX_LENGTH));
        assert_eq!(password.len(), bytes);
        let size = sealed(2048, &password).ciphertext.len();
        assert!(size <= 1024, "{bytes} bytes take {size}");
    }
}

#[test]
fn every_operation_but_a_long_password_fills_the_smallest_bucket() {
    let token = Some(FlowToken([7; 16]));
    let name = Secret::from(&*"ž".repeat(90));
    let code = || Secret::from("123456");
    for (token, operation) in [
        (
            None,
            Operation::Identify {
                name,
                flow_kind: Some(FlowKind::Unlock),
                device: Some(Device::Computer),
            },
        ),
        (token, Operation::SendCode { gate: 255 }),
        (
            token,
            Operation::Answer {
                gate: 255,
                code: code(),
            },
        ),
        (token, Operation::Resume),
        (token, Operation::Extend),
        (
            token,
            Operation::AddMethod {
                kind: GateKind::Authenticator,
            },
        ),
        (token, Operation::ConfirmMethod { answer: code() }),
        (token, Operation::RemoveMethod { id: 255 }),
        (token, Operation::ConfirmMethods),
    ] {
        let shown = format!("{operation:?}");
        let body = encode(&Request { token, operation });
        assert_eq!(seal(3072, &body).ciphertext.len(), 256, "{shown}");
    }
}

fn sealed(bits: usize, password: &str) -> Compact {
    let operation = Operation::SetPassword {
        password: Secret::from(password),
    };
    let token = Some(FlowToken([0xff; 16]));
    seal(bits, &encode(&Request { token, operation }))
}

/// Seals to a modulus without a private key, because only sizes are checked.
fn seal(bits: usize, body: &Secret) -> Compact {
    let key = PublicKey::new(vec![0xff; bits / 8]).unwrap();
    Wrapped::new(&mut OsRng, &key)
        .and_then(|wrapped| wrapped.seal(&mut OsRng, "contoso", 1_800_000_300, body))
        .unwrap()
        .0
}
