//! If a tenant demands a kind of gate, a method that replaces one of that kind opens nothing for a
//! day, and its owner is notified.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::kit::soft_key::SoftKey;
use crate::kit::{Browser, GOOD, ORIGIN, START, World, gate_of, set};
use postern_envelope::Secret;
use postern_gates::current_code;
use postern_protocol::{FlowKind, GateKind, Method, Operation, Reason, Reply, Step};

const DAY: u64 = 86_400;

const AUTHENTICATOR: &str =
    "gates = ['mail', 'authenticator', 'recovery', 'pass']\ngates_always = ['authenticator']";

const PASSKEY: &str = "gates = ['mail', 'passkey']\ngates_always = ['passkey']";

/// Starts a methods flow and passes the gate of the current password.
async fn sign_in(world: &World, seed: u8, name: &str) -> (Browser, Reply) {
    let mut browser = Browser::new(seed);
    let reply = browser.sign_in(world, FlowKind::Methods, name).await;
    (browser, reply)
}

/// Starts a methods flow and passes the gates of the current password and of the mail.
async fn sign_in_by_mail(world: &World, seed: u8, name: &str) -> (Browser, Reply) {
    let (mut browser, reply) = sign_in(world, seed, name).await;
    assert_eq!(gates(&reply), [GateKind::Mail]);
    let reply = browser.pass_mail(world, &reply).await;
    (browser, reply)
}

/// Passes the gate of a passkey.
async fn answer_passkey(
    world: &World,
    browser: &mut Browser,
    reply: &Reply,
    key: &mut SoftKey,
) -> Reply {
    let gate = gate_of(reply, GateKind::Passkey);
    let reply = browser.send(world, Operation::SendCode { gate }).await;
    let Step::Gates { gates, .. } = &reply.step else {
        panic!("no gates: {reply:?}");
    };
    let mut challenges = gates.iter().filter_map(|gate| gate.challenge.as_ref());
    let answer = key.sign(challenges.next().unwrap());
    browser.answer(world, gate, &answer).await
}

async fn add_authenticator(world: &World, browser: &mut Browser) -> Reply {
    let kind = GateKind::Authenticator;
    let reply = browser.send(world, Operation::AddMethod { kind }).await;
    let secret = offer(&reply).split("secret=").nth(1).unwrap();
    let secret = secret.split('&').next().unwrap().to_owned();
    let secret = totp_rs::Secret::Encoded(secret).to_bytes().unwrap();
    let answer = current_code(&Secret::new(secret), world.now());
    confirm(world, browser, &answer).await
}

async fn add_passkey(world: &World, browser: &mut Browser, key: &SoftKey) -> Reply {
    let kind = GateKind::Passkey;
    let reply = browser.send(world, Operation::AddMethod { kind }).await;
    confirm(world, browser, &key.register(offer(&reply))).await
}

async fn confirm(world: &World, browser: &mut Browser, answer: &str) -> Reply {
    let answer = Secret::from(answer);
    let reply = browser.send(world, Operation::ConfirmMethod { answer });
    let reply = reply.await;
    assert_eq!(reply.reason, None);
    reply
}

async fn remove(world: &World, browser: &mut Browser, id: u8) -> Reply {
    browser.send(world, Operation::RemoveMethod { id }).await
}

fn offer(reply: &Reply) -> &str {
    match &reply.step {
        Step::NewMethod { offer, .. } => offer.expose_str().unwrap(),
        _ => panic!("nothing new: {reply:?}"),
    }
}

fn gates(reply: &Reply) -> Vec<GateKind> {
    match &reply.step {
        Step::Gates { gates, .. } => gates.iter().map(|gate| gate.kind).collect(),
        _ => panic!("no gates: {reply:?}"),
    }
}

/// Returns the newest method of a kind, and whether the methods are due for confirmation.
fn newest(reply: &Reply, kind: GateKind) -> (Option<&Method>, bool) {
    match &reply.step {
        Step::Methods { methods, due, .. } => {
            let mut of_kind = methods.iter().filter(|method| method.kind == kind);
            (of_kind.next_back(), *due)
        }
        _ => panic!("no methods: {reply:?}"),
    }
}

/// Returns the time from which the newest method of a kind can be used; `None` if at once.
fn from(reply: &Reply, kind: GateKind) -> Option<u64> {
    let from = newest(reply, kind).0.unwrap().from.as_ref();
    from.map(|from| from.parse().unwrap())
}

/// Reports whether an account's password can be reset.
async fn resettable(world: &World, seed: u8, name: &str) -> bool {
    let reply = Browser::new(seed).identify(world, name).await;
    reply.reason != Some(Reason::TooFewGates)
}

#[tokio::test]
async fn a_first_method_of_a_demanded_kind_counts_after_a_day_and_its_owner_is_told() {
    let kind = GateKind::Authenticator;
    let world = World::with(AUTHENTICATOR).await;
    let (mut browser, _) = sign_in_by_mail(&world, 1, "alice").await;
    let reply = add_authenticator(&world, &mut browser).await;
    assert_eq!(from(&reply, kind), Some(START + DAY));
    let notice = &world.mails()[0].text;
    assert!(
        notice.contains("used only from 21 November 2026, 09:12 (UTC)"),
        "{notice}"
    );
    assert!(!resettable(&world, 2, "alice").await);
    // Anybody who signs in can remove it; for the next one the day starts again.
    world.pass(60);
    let (mut browser, reply) = sign_in_by_mail(&world, 3, "alice").await;
    assert_eq!(from(&reply, kind), Some(START + DAY));
    let id = newest(&reply, kind).0.unwrap().id;
    let reply = remove(&world, &mut browser, id).await;
    assert_eq!((newest(&reply, kind).0, &reply.reason), (None, &None));
    let reply = add_authenticator(&world, &mut browser).await;
    assert_eq!(from(&reply, kind), Some(START + 60 + DAY));
    // Exact to the second, also after expired data was purged.
    world.pass(DAY - 1);
    world.agent.purge().await.unwrap();
    assert!(!resettable(&world, 4, "alice").await);
    world.pass(1);
    world.agent.purge().await.unwrap();
    let mut owner = Browser::new(5);
    let reply = owner.identify(&world, "alice").await;
    assert_eq!(gates(&reply), [kind]);
    let code = world.authenticator_code("alice").await;
    owner.answer(&world, gate_of(&reply, kind), &code).await;
    assert_eq!(owner.set(&world, GOOD).await.step, Step::Done);
}

#[tokio::test]
async fn a_method_of_a_kind_that_is_not_demanded_counts_at_once() {
    let world = World::with(AUTHENTICATOR).await;
    let (mut browser, _) = sign_in_by_mail(&world, 1, "alice").await;
    let kind = GateKind::RecoveryCode;
    browser.send(&world, Operation::AddMethod { kind }).await;
    let reply = confirm(&world, &mut browser, "").await;
    assert_eq!(from(&reply, kind), None);
}

#[tokio::test]
async fn the_first_method_of_all_counts_at_once() {
    let world = World::with(AUTHENTICATOR).await;
    let (mut browser, reply) = sign_in(&world, 1, "olga").await;
    assert_eq!(newest(&reply, GateKind::Authenticator), (None, false));
    let reply = add_authenticator(&world, &mut browser).await;
    assert_eq!(from(&reply, GateKind::Authenticator), None);
    assert!(resettable(&world, 2, "olga").await);
}

/// Somebody who got in once must not be able to replace the demanded method permanently.
#[tokio::test]
async fn what_comes_after_the_last_of_a_demanded_kind_counts_after_a_day() {
    let kind = GateKind::Passkey;
    for policy in [PASSKEY, "gates = ['passkey']\ngates_always = ['passkey']"] {
        let world = World::with(policy).await;
        let mut first = world.add_passkey("alice", 1).await;
        let (mut thief, reply) = sign_in(&world, 1, "alice").await;
        let reply = answer_passkey(&world, &mut thief, &reply, &mut first).await;
        // Next to the passkey that was passed, another one counts at once, and may replace it.
        let reply = match policy {
            PASSKEY => {
                let second = SoftKey::new(ORIGIN, 2);
                let id = newest(&reply, kind).0.unwrap().id;
                let reply = add_passkey(&world, &mut thief, &second).await;
                assert_eq!(from(&reply, kind), None);
                remove(&world, &mut thief, id).await
            }
            _ => reply,
        };
        let id = newest(&reply, kind).0.unwrap().id;
        let reply = remove(&world, &mut thief, id).await;
        assert_eq!((newest(&reply, kind).0, &reply.reason), (None, &None));
        let reply = add_passkey(&world, &mut thief, &SoftKey::new(ORIGIN, 3)).await;
        assert_eq!(from(&reply, kind), Some(START + DAY));
        // The same holds in another flow, although no other gate may be left to ask for.
        let id = newest(&reply, kind).0.unwrap().id;
        remove(&world, &mut thief, id).await;
        world.pass(60);
        let (mut thief, _) = match policy {
            PASSKEY => sign_in_by_mail(&world, 2, "alice").await,
            _ => sign_in(&world, 2, "alice").await,
        };
        let reply = add_passkey(&world, &mut thief, &SoftKey::new(ORIGIN, 4)).await;
        assert_eq!(from(&reply, kind), Some(START + 60 + DAY));
        assert!(!resettable(&world, 3, "alice").await);
    }
}

#[tokio::test]
async fn recovery_codes_that_take_the_place_of_those_that_were_used_count_at_once() {
    let kind = GateKind::RecoveryCode;
    let policy = "gates = ['mail', 'recovery']\ngates_always = ['recovery']";
    let world = World::with(policy).await;
    let (mut browser, reply) = sign_in(&world, 1, "rita").await;
    let code = world.code_at_hand("rita", 19).await;
    let reply = browser.answer(&world, gate_of(&reply, kind), &code).await;
    assert_eq!(from(&reply, kind), None);
    browser.send(&world, Operation::AddMethod { kind }).await;
    let reply = confirm(&world, &mut browser, "").await;
    assert_eq!(from(&reply, kind), None);
    assert!(resettable(&world, 2, "rita").await);
}

#[tokio::test]
async fn with_the_helpdesks_pass_a_new_method_counts_at_once_and_one_that_is_held_is_confirmed() {
    let kind = GateKind::Authenticator;
    for held_before in [false, true] {
        let world = World::with(AUTHENTICATOR).await;
        let address = "hugo@home.example".to_owned();
        world.directory.more_addresses.lock().unwrap().push(address);
        if held_before {
            let (mut browser, reply) = sign_in(&world, 1, "hugo").await;
            let gate = gate_of(&reply, GateKind::Mail);
            browser.send(&world, Operation::SendCode { gate }).await;
            browser.answer(&world, gate, &world.mailed_code()).await;
            let reply = add_authenticator(&world, &mut browser).await;
            assert_eq!(from(&reply, kind), Some(START + DAY));
            // Without the pass the methods can be confirmed too, but the method stays held.
            let reply = browser.send(&world, Operation::ConfirmMethods).await;
            assert_eq!(from(&reply, kind), Some(START + DAY));
        }
        let (mut browser, reply) = sign_in(&world, 2, "hugo").await;
        let pass = world.code_at_hand("hugo", 11).await;
        let gate = gate_of(&reply, GateKind::HelpdeskPass);
        let reply = browser.answer(&world, gate, &pass).await;
        let reply = if held_before {
            assert_eq!(from(&reply, kind), Some(START + DAY));
            assert!(newest(&reply, kind).1, "asks whether all is right");
            browser.send(&world, Operation::ConfirmMethods).await
        } else {
            add_authenticator(&world, &mut browser).await
        };
        assert_eq!((from(&reply, kind), &reply.reason), (None, &None));
        assert!(!newest(&reply, kind).1 || !held_before);
        assert!(resettable(&world, 3, "hugo").await);
    }
}

/// The method was added to the account while the flow was already at its methods.
#[tokio::test]
async fn a_method_of_a_demanded_kind_is_not_removed_without_passing_it() {
    let world = World::with(PASSKEY).await;
    let (mut thief, _) = sign_in_by_mail(&world, 1, "alice").await;
    let mut key = world.add_passkey("alice", 1).await;
    let reply = thief.send(&world, Operation::ConfirmMethods).await;
    let id = newest(&reply, GateKind::Passkey).0.unwrap().id;
    let reply = remove(&world, &mut thief, id).await;
    assert_eq!(
        (reply.step, reply.reason, reply.token),
        (Step::Identify, Some(Reason::FlowExpired), None)
    );
    // Somebody who passes it can remove it.
    let (mut owner, reply) = sign_in(&world, 2, "alice").await;
    assert_eq!(gates(&reply), [GateKind::Passkey]);
    let reply = answer_passkey(&world, &mut owner, &reply, &mut key).await;
    let id = newest(&reply, GateKind::Passkey).0.unwrap().id;
    assert_eq!(remove(&world, &mut owner, id).await.reason, None);
}

/// The gate still accepts another passkey, which is not held.
#[tokio::test]
async fn a_passkey_that_is_held_opens_no_gate() {
    let world = World::with(PASSKEY).await;
    let (mut thief, _) = sign_in_by_mail(&world, 1, "alice").await;
    let mut held = SoftKey::new(ORIGIN, 7);
    let reply = add_passkey(&world, &mut thief, &held).await;
    assert_eq!(from(&reply, GateKind::Passkey), Some(START + DAY));
    let mut other = world.add_passkey("alice", 1).await;
    let mut thief = Browser::new(2);
    let reply = thief.identify(&world, "alice").await;
    let reply = answer_passkey(&world, &mut thief, &reply, &mut held).await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 9 }));
    let reply = answer_passkey(&world, &mut thief, &reply, &mut other).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    world.pass(DAY);
    let mut thief = Browser::new(3);
    let reply = thief.identify(&world, "alice").await;
    let reply = answer_passkey(&world, &mut thief, &reply, &mut held).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    assert_eq!(thief.send(&world, set(GOOD)).await.step, Step::Done);
}
