//! Tests of passkeys without a flow: registering, storing, and rejecting.

use super::*;
use crate::Registration;
use crate::tests::{ALICE, BOB, memory};
use postern_directory::Anchor;
use postern_store::Memory;
use soft_key::SoftKey;
use std::cell::RefCell;
use std::collections::HashMap;

#[path = "../../../agent/tests/kit/soft_key.rs"]
mod soft_key;

const ORIGIN: &str = "https://reset.contoso.example";

struct Bench {
    relying_party: RelyingParty,
    kept: RefCell<HashMap<Anchor, Vec<StoredPasskey>>>,
}

impl Bench {
    fn new() -> Self {
        let origins = [Url::parse(ORIGIN).unwrap()];
        let relying_party = RelyingParty::new("reset.contoso.example", &origins, "Contoso");
        Self {
            relying_party: relying_party.unwrap(),
            kept: RefCell::default(),
        }
    }

    fn of(&self, anchor: Anchor) -> Vec<StoredPasskey> {
        self.kept.borrow().get(&anchor).cloned().unwrap_or_default()
    }

    /// Registers a passkey for an account.
    fn registered(&self, anchor: Anchor, id: u8) -> SoftKey {
        let soft = SoftKey::new(ORIGIN, id);
        self.register(anchor, &soft).unwrap();
        soft
    }

    fn register(&self, anchor: Anchor, soft: &SoftKey) -> Result<(), PasskeyError> {
        let kept = self.of(anchor);
        let offer = self.relying_party.begin([9; 16], "alice", "Alice", &kept)?;
        let answer = Secret::from(&*soft.register(&offer.options));
        let passkey = self.relying_party.finish(&offer.state, &answer)?;
        let mut all = self.kept.borrow_mut();
        all.entry(anchor)
            .or_default()
            .push(StoredPasskey { passkey, added: 0 });
        Ok(())
    }

    fn check(&self, anchor: Anchor, challenge: &Challenge, answer: &str) -> Option<Assertion> {
        self.relying_party
            .check(&self.of(anchor), challenge, &Secret::from(answer))
    }
}

#[test]
fn a_challenge_asks_for_any_passkey_and_for_the_person() {
    let bench = Bench::new();
    let challenge = bench.relying_party.challenge(100).unwrap();
    let options: Value = serde_json::from_str(&challenge.options).unwrap();
    assert_eq!(options["rpId"], "reset.contoso.example");
    assert_eq!(options["userVerification"], "required");
    assert_eq!(options["allowCredentials"], json!([]));
    assert_eq!(options["challenge"].as_str().map(str::len), Some(43));
    assert!(challenge.options.len() < 200, "{}", challenge.options);
    assert_ne!(bench.relying_party.challenge(100).unwrap(), challenge);
}

#[test]
fn an_offer_asks_for_a_discoverable_passkey_and_fits_a_message() {
    let bench = Bench::new();
    for id in 1..=10 {
        bench.registered(ALICE, id);
    }
    let mut kept = bench.of(ALICE);
    let begin = |kept: &[StoredPasskey]| {
        bench
            .relying_party
            .begin([9; 16], "alice", "Alice Novák", kept)
    };
    assert!(matches!(begin(&kept), Err(PasskeyError::TooMany)));
    kept.pop();
    let offer = begin(&kept).unwrap();
    assert!(offer.options.len() <= MAX_OFFER_BYTES);
    let options: Value = serde_json::from_str(&offer.options).unwrap();
    let selection = &options["authenticatorSelection"];
    assert_eq!(selection["residentKey"], "required");
    assert_eq!(selection["requireResidentKey"], true);
    assert_eq!(selection["userVerification"], "required");
    assert_eq!(options["attestation"], "none");
    let excluded = options["excludeCredentials"].as_array().unwrap();
    // The newest ones, as many as there is room for.
    assert!((2..9).contains(&excluded.len()));
    assert_eq!(excluded[0]["id"], soft_key::base64url(&[9; 32]));
    // It is not registered twice, whether the offer excludes it or not.
    let again = SoftKey::new(ORIGIN, 1);
    let answer = Secret::from(&*again.register(&offer.options));
    assert!(bench.relying_party.finish(&offer.state, &answer).is_err());
}

#[test]
fn an_assertion_is_good_for_its_challenge_and_its_account() {
    let bench = Bench::new();
    let (mut alices, mut bobs) = (bench.registered(ALICE, 1), bench.registered(BOB, 2));
    let mut second = bench.registered(ALICE, 3);
    let challenge = bench.relying_party.challenge(100).unwrap();
    let answer = alices.sign(&challenge.options);
    let assertion = bench.check(ALICE, &challenge, &answer).unwrap();
    assert_eq!((assertion.id, assertion.counter), (vec![1; 32], 0));
    assert!(
        bench
            .check(ALICE, &challenge, &second.sign(&challenge.options))
            .is_some()
    );
    assert_eq!(bench.check(BOB, &challenge, &answer), None);
    assert_eq!(bench.check(Anchor([3; 16]), &challenge, &answer), None);
    let bobs = bobs.sign(&challenge.options);
    assert_eq!(bench.check(ALICE, &challenge, &bobs), None);
    let other = bench.relying_party.challenge(100).unwrap();
    assert_eq!(bench.check(ALICE, &other, &answer), None);
}

#[test]
fn what_a_page_elsewhere_or_nobody_has_signed_is_not_accepted() {
    let bench = Bench::new();
    let mut soft = bench.registered(ALICE, 1);
    let challenge = bench.relying_party.challenge(100).unwrap();
    let mut check = |change: &dyn Fn(&mut SoftKey)| {
        let (origin, rp_id) = (soft.origin.clone(), soft.rp_id.clone());
        change(&mut soft);
        let answer = soft.sign(&challenge.options);
        (soft.origin, soft.rp_id, soft.verifies_the_user) = (origin, rp_id, true);
        bench.check(ALICE, &challenge, &answer).is_some()
    };
    assert!(check(&|_| ()));
    for origin in [
        "https://reset.contoso.example.evil.example",
        "https://evil.example",
        "http://reset.contoso.example",
        "https://reset.contoso.example:8443",
        "https://sub.reset.contoso.example",
        "https://contoso.example",
    ] {
        assert!(!check(&|soft| soft.origin = origin.to_owned()), "{origin}");
    }
    assert!(!check(&|soft| soft.rp_id = "contoso.example".to_owned()));
    assert!(!check(&|soft| soft.verifies_the_user = false));
    // Another key under the same id.
    let mut other = SoftKey::new(ORIGIN, 1);
    let answer = other.sign(&challenge.options);
    assert_eq!(bench.check(ALICE, &challenge, &answer), None);
}

#[test]
fn garbage_is_not_accepted() {
    let bench = Bench::new();
    let mut soft = bench.registered(ALICE, 1);
    let challenge = bench.relying_party.challenge(100).unwrap();
    let good = soft.sign(&challenge.options);
    let without = |path: &str| {
        let mut answer: Value = serde_json::from_str(&good).unwrap();
        *answer.pointer_mut(path).unwrap() = Value::Null;
        answer.to_string()
    };
    let huge = format!("{{\"id\":\"{}\"}}", "A".repeat(1 << 20));
    let deep = "[".repeat(100_000);
    for garbage in [
        "",
        "null",
        "7",
        "\"text\"",
        "[]",
        "{}",
        "{\"id\":7,\"response\":7}",
        "123456",
        &huge,
        &deep,
        &good[..good.len() - 1],
        &good.replace("signature", "Signature"),
        &without("/id"),
        &without("/response"),
        &without("/response/signature"),
        &without("/response/clientDataJSON"),
        &without("/response/authenticatorData"),
    ] {
        let what = &garbage[..garbage.len().min(60)];
        assert_eq!(bench.check(ALICE, &challenge, garbage), None, "{what}");
        let offer = bench
            .relying_party
            .begin([9; 16], "alice", "", &[])
            .unwrap();
        let finished = bench
            .relying_party
            .finish(&offer.state, &Secret::from(garbage));
        assert!(finished.is_err(), "{what}");
    }
    let not_text = Secret::new(vec![0xff; 40]);
    assert_eq!(
        bench
            .relying_party
            .check(&bench.of(ALICE), &challenge, &not_text),
        None
    );
    // All of `toJSON()` is accepted, like the part of it that the page sends.
    let mut full: Value = serde_json::from_str(&good).unwrap();
    full["rawId"] = full["id"].clone();
    full["type"] = json!("public-key");
    full["authenticatorAttachment"] = json!("platform");
    full["clientExtensionResults"] = json!({});
    full["response"]["userHandle"] = json!("CQkJ");
    assert!(bench.check(ALICE, &challenge, &full.to_string()).is_some());
}

#[test]
fn a_passkey_is_registered_by_the_page_alone_and_with_the_person() {
    let bench = Bench::new();
    let refused = |change: fn(&mut SoftKey)| {
        let mut soft = SoftKey::new(ORIGIN, 1);
        change(&mut soft);
        bench.register(ALICE, &soft).is_err()
    };
    assert!(refused(
        |soft| soft.origin = "https://evil.example".to_owned()
    ));
    assert!(refused(|soft| soft.rp_id = "evil.example".to_owned()));
    assert!(refused(|soft| soft.verifies_the_user = false));
    let (one, other) = (
        bench
            .relying_party
            .begin([9; 16], "alice", "", &[])
            .unwrap(),
        bench
            .relying_party
            .begin([9; 16], "alice", "", &[])
            .unwrap(),
    );
    let answer = Secret::from(&*SoftKey::new(ORIGIN, 1).register(&one.options));
    assert!(bench.relying_party.finish(&other.state, &answer).is_err());
    assert!(bench.relying_party.finish(&one.state, &answer).is_ok());
    assert!(bench.of(ALICE).is_empty());
}

#[tokio::test]
async fn passkeys_are_good_for_their_account_and_their_agent() {
    let bench = Bench::new();
    bench.registered(ALICE, 1);
    bench.registered(ALICE, 2);
    let memory_of_gate = memory(1);
    let store = memory_of_gate.store.clone();
    let other_key = Memory {
        key: memory(2).key,
        ..memory_of_gate.clone()
    };
    let gate = PasskeyGate::new(memory_of_gate, None);
    for passkey in bench.of(ALICE) {
        let gate = gate.clone();
        let put = move |tables: &_| gate.put(tables, ALICE, passkey);
        store.write(put).await.unwrap();
    }
    assert_eq!(gate.stored(ALICE).await.unwrap().len(), 2);
    assert!(gate.stored(BOB).await.unwrap().is_empty());
    let other = PasskeyGate::new(other_key, None);
    assert!(other.stored(ALICE).await.unwrap().is_empty());
    let remove = |id: u8| {
        let gate = gate.clone();
        store.write(move |tables| gate.remove(tables, ALICE, Some(&[id; 32])))
    };
    assert!(remove(1).await.unwrap());
    assert!(!remove(1).await.unwrap());
    assert!(remove(2).await.unwrap());
    assert!(gate.stored(ALICE).await.unwrap().is_empty());
    assert!(!remove(2).await.unwrap());
}

#[test]
fn a_counter_goes_on_or_stays_at_zero() {
    for (counter, last, on) in [
        (0, 0, true),
        (1, 0, true),
        (8, 7, true),
        (7, 7, false),
        (6, 7, false),
        (0, 7, false),
    ] {
        assert_eq!(
            counter_advanced(counter, last),
            on,
            "{counter} after {last}"
        );
    }
}
