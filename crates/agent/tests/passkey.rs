//! The passkey gate from end to end: a software authenticator against the agent.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::kit::soft_key::SoftKey;
use crate::kit::{Browser, GOOD, ORIGIN, START, Seeded, World, gate_of, identify_for};
use postern_directory::Directory;
use postern_directory::sandbox::FIRST_PASSWORD;
use postern_gates::Registration;
use postern_protocol::{FlowKind, Gate, GateKind, Method, Operation, Reason, Reply, Step};
use postern_relay::Answer;

const ALL: &str = "gates = ['mail', 'passkey']";
const BOTH: &str = "gates = ['mail', 'passkey']\ngates_required = 2";

#[tokio::test]
async fn a_passkey_opens_its_gate() {
    let world = World::with("gates = ['passkey']").await;
    let mut alice = world.add_passkey("alice", 1).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    let gate = gate_at(&reply);
    assert_eq!(
        (gate.hint, gate.sent_until, gate.challenge),
        (None, None, None)
    );
    let (gate, challenge) = challenge(&mut browser, &world, &reply).await;
    let reply = browser.answer(&world, gate, &alice.sign(&challenge)).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
    assert_eq!(browser.set(&world, GOOD).await.step, Step::Done);
    assert!(
        world
            .mails()
            .iter()
            .all(|mail| !mail.subject.contains("code"))
    );
}

#[tokio::test]
async fn it_is_offered_where_there_is_one() {
    let world = World::with(ALL).await;
    let mut browser = Browser::new(1);
    assert_eq!(
        kinds(&browser.identify(&world, "alice").await),
        [GateKind::Mail]
    );
    world.add_passkey("alice", 1).await;
    let both = [GateKind::Mail, GateKind::Passkey];
    assert_eq!(kinds(&browser.identify(&world, "alice").await), both);
    for flow_kind in [FlowKind::Unlock, FlowKind::Reset] {
        let reply = browser.send(&world, identify_for(flow_kind, "alice")).await;
        assert_eq!(kinds(&reply), both);
    }
    // Not offered if the policy lacks it, nor if it is the only one of two gates that are needed.
    let world = World::with("gates = ['mail']").await;
    world.add_passkey("alice", 1).await;
    assert_eq!(
        kinds(&browser.identify(&world, "alice").await),
        [GateKind::Mail]
    );
    let world = World::with(BOTH).await;
    let reply = browser.identify(&world, "alice").await;
    assert_eq!(reply.reason, Some(Reason::TooFewGates));
}

#[tokio::test]
async fn with_two_kinds_needed_it_is_one_of_them() {
    let world = World::with(BOTH).await;
    world.add_passkey("alice", 1).await;
    let mut second = world.add_passkey("alice", 2).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    let (gate, options) = challenge(&mut browser, &world, &reply).await;
    let reply = browser.answer(&world, gate, &second.sign(&options)).await;
    let Step::Gates { passed, .. } = &reply.step else {
        panic!("{reply:?}");
    };
    assert_eq!(passed, &[GateKind::Passkey]);
    // Another passkey is not another kind of gate.
    let reply = browser.send(&world, Operation::SendCode { gate }).await;
    assert_eq!(reply.reason, Some(Reason::CodeUsed));
    let reply = browser.set(&world, GOOD).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    assert_eq!(world.writes("alice"), (0, 0));
}

#[tokio::test]
async fn what_is_wrong_is_a_try_and_uses_the_challenge_up() {
    let world = World::with(ALL).await;
    let mut alice = world.add_passkey("alice", 1).await;
    let mut bob = world.add_passkey("bob", 2).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    // Wrong answers are limited per flow and do not count against the account.
    let mut left = 10;
    for wrong in 0..10 {
        let (gate, options) = challenge(&mut browser, &world, &reply).await;
        let answer = match wrong {
            0 => bob.sign(&options),
            1 => {
                let mut elsewhere = SoftKey::new("https://evil.example", 1);
                elsewhere.sign(&options)
            }
            2 => {
                alice.verifies_the_user = false;
                let answer = alice.sign(&options);
                alice.verifies_the_user = true;
                answer
            }
            3 => "{\"id\":".to_owned(),
            _ => "x".repeat(900),
        };
        let reply = browser.answer(&world, gate, &answer).await;
        left -= 1;
        if left == 0 {
            assert_eq!(reply.reason, Some(Reason::FlowExpired));
            assert_eq!(reply.token, None);
            break;
        }
        assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: left }));
        assert_eq!(
            (gate_at(&reply).sent_until, gate_at(&reply).challenge),
            (None, None)
        );
        // A right answer comes too late: the wrong one has used up the challenge.
        let reply = browser.answer(&world, gate, &alice.sign(&options)).await;
        assert_eq!(reply.reason, Some(Reason::CodeExpired));
    }
    assert_eq!(left, 0);
    assert_eq!(world.writes("alice"), (0, 0));
}

#[tokio::test]
async fn an_assertion_is_good_once_and_for_its_flow() {
    let world = World::with(ALL).await;
    let mut alice = world.add_passkey("alice", 1).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    let (gate, options) = challenge(&mut browser, &world, &reply).await;
    let answer = alice.sign(&options);
    // A later challenge replaces an earlier one.
    let (_, newer) = challenge(&mut browser, &world, &reply).await;
    assert_ne!(newer, options);
    let reply = browser.answer(&world, gate, &answer).await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 9 }));
    let (_, options) = challenge(&mut browser, &world, &reply).await;
    let answer = alice.sign(&options);
    let reply = browser.answer(&world, gate, &answer).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));

    let mut other = Browser::new(2);
    let reply = other.identify(&world, "alice").await;
    let reply = other
        .answer(&world, gate_of(&reply, GateKind::Passkey), &answer)
        .await;
    assert_eq!(
        reply.reason,
        Some(Reason::CodeExpired),
        "there is no challenge yet"
    );
    let (gate, _) = challenge(&mut other, &world, &reply).await;
    let reply = other.answer(&world, gate, &answer).await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 9 }));
}

#[tokio::test]
async fn a_challenge_expires() {
    let world = World::with(ALL).await;
    let mut alice = world.add_passkey("alice", 1).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    let (gate, options) = challenge(&mut browser, &world, &reply).await;
    world.pass(600);
    let reply = browser.answer(&world, gate, &alice.sign(&options)).await;
    assert_eq!(reply.reason, Some(Reason::CodeExpired));
    assert_eq!(gate_at(&reply).challenge, None);
    let (gate, options) = challenge(&mut browser, &world, &reply).await;
    world.pass(299);
    let reply = browser.answer(&world, gate, &alice.sign(&options)).await;
    // The flow's lifetime is 15 minutes, and its challenges do not outlive it.
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
}

#[tokio::test]
async fn a_counter_that_goes_back_is_refused_whatever_happens_between() {
    let folder = tempfile::tempdir().unwrap();
    let store = || crate::kit::file_store(folder.path());
    let mut world = World::on(store(), ALL).await;
    let mut alice = world.add_passkey("alice", 1).await;
    for (seed, counter, right) in [
        (1, 7, true),
        (2, 8, true),
        (3, 8, false),
        (4, 0, false),
        (5, 9, true),
    ] {
        let mut browser = Browser::new(seed);
        let reply = browser.identify(&world, "alice").await;
        let (gate, options) = challenge(&mut browser, &world, &reply).await;
        alice.counter = counter;
        let reply = browser.answer(&world, gate, &alice.sign(&options)).await;
        let passed = matches!(reply.step, Step::NewPassword { .. });
        assert_eq!(passed, right, "{counter}: {reply:?}");
        world = world.restarted(store).await;
    }
}

#[tokio::test]
async fn a_passkey_that_is_removed_opens_nothing_in_the_midst_of_a_flow() {
    let world = World::with(ALL).await;
    let mut alice = world.add_passkey("alice", 1).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    let (gate, options) = challenge(&mut browser, &world, &reply).await;
    let anchor = world.directory.find("alice").await.unwrap().anchor;
    let passkeys = world.passkey_gate();
    let remove = move |tables: &_| passkeys.remove(tables, anchor, Some(&[1; 32]));
    assert!(world.store.write(remove).await.unwrap());
    let reply = browser.answer(&world, gate, &alice.sign(&options)).await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 9 }));
}

#[tokio::test]
async fn a_person_adds_and_removes_passkeys() {
    let world = World::with(ALL).await;
    let mut browser = signed_in(&world, 1).await;
    let reply = add(&mut browser, &world).await;
    let mut first = SoftKey::new(ORIGIN, 1);
    let reply = confirm(&mut browser, &world, &first.register(&offer(&reply))).await;
    assert_eq!(reply.reason, None);
    world.pass(60);
    let reply = add(&mut browser, &world).await;
    let mut second = SoftKey::new(ORIGIN, 2);
    let reply = confirm(&mut browser, &world, &second.register(&offer(&reply))).await;
    let seen: Vec<_> = passkeys(&reply)
        .iter()
        .map(|one| (one.own, one.hint.clone()))
        .collect();
    let added = |seconds: u64| (true, Some(seconds.to_string()));
    assert_eq!(seen, [added(START), added(START + 60)]);
    let notices = world
        .mails()
        .into_iter()
        .filter(|mail| mail.text.contains("passkey was added"));
    assert_eq!(notices.count(), 2);

    // Each opens the gate; after the first is removed, it no longer does.
    for (seed, soft) in [(2, &mut first), (3, &mut second)] {
        assert!(opens(&world, seed, soft).await);
    }
    let id = passkeys(&reply)[0].id;
    let reply = browser.send(&world, Operation::RemoveMethod { id }).await;
    assert_eq!(passkeys(&reply).len(), 1);
    assert_eq!(passkeys(&reply)[0].hint, Some((START + 60).to_string()));
    assert!(!opens(&world, 4, &mut first).await);
    assert!(opens(&world, 5, &mut second).await);
    assert!(world.mails()[0].text.contains("passkey was removed"));
}

#[tokio::test]
async fn an_offer_is_good_once_for_its_flow_and_its_account() {
    let world = World::with(ALL).await;
    let mut browser = signed_in(&world, 1).await;
    let soft = SoftKey::new(ORIGIN, 1);
    let old = offer(&add(&mut browser, &world).await);
    // A new offer replaces the previous one, and a wrong answer ends it.
    let newer = offer(&add(&mut browser, &world).await);
    let reply = confirm(&mut browser, &world, &soft.register(&old)).await;
    assert_eq!(reply.reason, Some(Reason::MethodNotAdded));
    assert!(passkeys(&reply).is_empty());
    let answer = postern_envelope::Secret::from(&*soft.register(&newer));
    let reply = browser
        .send(&world, Operation::ConfirmMethod { answer })
        .await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    assert_eq!(reply.token, None);
    // The answer of another page, or one without user verification, does not count either.
    let mut browser = signed_in(&world, 2).await;
    let mut elsewhere = SoftKey::new("https://evil.example", 1);
    elsewhere.rp_id = "reset.contoso.example".to_owned();
    let mut nobody = SoftKey::new(ORIGIN, 1);
    nobody.verifies_the_user = false;
    for soft in [elsewhere, nobody] {
        let offered = offer(&add(&mut browser, &world).await);
        let reply = confirm(&mut browser, &world, &soft.register(&offered)).await;
        assert_eq!(reply.reason, Some(Reason::MethodNotAdded));
    }
    assert!(!opens(&world, 3, &mut SoftKey::new(ORIGIN, 1)).await);
}

#[tokio::test]
async fn ten_passkeys_are_enough_and_every_offer_fits_a_message() {
    let world = World::with(ALL).await;
    for id in 1..=9 {
        world.add_passkey("alice", id).await;
    }
    let mut browser = signed_in_by(&world, 1, true).await;
    let reply = add(&mut browser, &world).await;
    let tenth = SoftKey::new(ORIGIN, 10);
    let reply = confirm(&mut browser, &world, &tenth.register(&offer(&reply))).await;
    assert_eq!(passkeys(&reply).len(), 10);
    let Step::Methods { addable, .. } = &reply.step else {
        panic!("{reply:?}");
    };
    assert!(!addable.contains(&GateKind::Passkey));
    let kind = GateKind::Passkey;
    let reply = browser.send(&world, Operation::AddMethod { kind }).await;
    assert_eq!(reply.reason, Some(Reason::MethodPresent));
}

#[tokio::test]
async fn a_decoy_shows_and_answers_what_an_account_does() {
    let policy = "unknown_names = 'decoy'\ngates = ['passkey']";
    let world = World::with(policy).await;
    let mut key = world.add_passkey("alice", 1).await;
    let mut seen = Vec::new();
    for (seed, name) in [(1, "alice"), (2, "zoe"), (3, "carol")] {
        let mut browser = Browser::with(Seeded::new(seed));
        let reply = browser.identify(&world, name).await;
        let mut steps = vec![(kinds(&reply), reply.reason.clone(), 0, 0)];
        key.id = vec![9; 32];
        for _ in 0..5 {
            let gate = gate_of(&reply, GateKind::Passkey);
            let sealed = browser.seal(&world, Operation::SendCode { gate });
            let given = world.ask(sealed.message.clone()).await;
            let Answer::Reply { message } = &given else {
                panic!("{given:?}");
            };
            let (size, given) = (message.ciphertext.len(), sealed.open(&given));
            browser.token = given.token;
            let options = gate_at(&given).challenge.unwrap();
            let reply = browser.answer(&world, gate, &key.sign(&options)).await;
            let shown = if reply.token.is_some() {
                kinds(&reply)
            } else {
                Vec::new()
            };
            steps.push((shown, reply.reason, size, options.len()));
        }
        seen.push(steps);
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    assert_eq!(seen[0][1].2, 512);
}

#[tokio::test]
async fn what_a_page_sends_of_a_long_assertion_fits_a_message() {
    let world = World::with("gates = ['mail', 'sms', 'voice', 'recovery', 'passkey']").await;
    world.directory.more_addresses.lock().unwrap().extend([
        "somebody.else@sandbox.example".to_owned(),
        "another.one@sandbox.example".to_owned(),
    ]);
    let mut soft = world.add_passkey("vito", 1).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "vito").await;
    let (gate, options) = challenge(&mut browser, &world, &reply).await;
    // An ordinary answer.
    let code = postern_envelope::Secret::from(&*soft.sign(&options));
    let sealed = browser.seal(&world, Operation::Answer { gate, code });
    assert_eq!(sealed.message.ciphertext.len(), 512, "{ORIGIN}");
    // The longest answer: Windows Hello signs by RSA, Chromium sometimes adds a remark to the
    // signed data, and the origin has 60 characters.
    let client = 36 + 43 + 12 + 60 + 21 + 110 + 1;
    let long = [43, base64(client), base64(37), base64(256), 100];
    let code = postern_envelope::Secret::from(&*"x".repeat(long.iter().sum()));
    let sealed = browser.seal(&world, Operation::Answer { gate, code });
    assert_eq!(sealed.message.ciphertext.len(), 1024);
}

const fn base64(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

/// Requests a challenge and returns its gate and options.
async fn challenge(browser: &mut Browser, world: &World, reply: &Reply) -> (u8, String) {
    let gate = gate_of(reply, GateKind::Passkey);
    let reply = browser.send(world, Operation::SendCode { gate }).await;
    assert_eq!(reply.reason, None);
    let shown = gate_at(&reply);
    assert!(shown.sent_until.is_some_and(|until| until > world.now()));
    (gate, shown.challenge.unwrap())
}

/// Returns the passkey gate.
fn gate_at(reply: &Reply) -> Gate {
    let Step::Gates { gates, .. } = &reply.step else {
        panic!("no gates: {reply:?}");
    };
    let passkey = |gate: &&Gate| gate.kind == GateKind::Passkey;
    gates.iter().find(passkey).unwrap().clone()
}

fn kinds(reply: &Reply) -> Vec<GateKind> {
    let Step::Gates { gates, .. } = &reply.step else {
        panic!("no gates: {reply:?}");
    };
    gates.iter().map(|gate| gate.kind).collect()
}

/// Signs in to alice's methods by the password and a mailed code.
async fn signed_in(world: &World, seed: u8) -> Browser {
    signed_in_by(world, seed, false).await
}

async fn signed_in_by(world: &World, seed: u8, has_passkeys: bool) -> Browser {
    let mut browser = Browser::new(seed);
    let reply = browser
        .send(world, identify_for(FlowKind::Methods, "alice"))
        .await;
    let gate = gate_of(&reply, GateKind::Password);
    let reply = browser.answer(world, gate, FIRST_PASSWORD).await;
    assert_eq!(kinds(&reply).contains(&GateKind::Passkey), has_passkeys);
    let gate = gate_of(&reply, GateKind::Mail);
    browser.send(world, Operation::SendCode { gate }).await;
    let reply = browser.answer(world, gate, &world.mailed_code()).await;
    assert!(matches!(reply.step, Step::Methods { .. }), "{reply:?}");
    browser
}

async fn add(browser: &mut Browser, world: &World) -> Reply {
    let kind = GateKind::Passkey;
    browser.send(world, Operation::AddMethod { kind }).await
}

async fn confirm(browser: &mut Browser, world: &World, answer: &str) -> Reply {
    let answer = postern_envelope::Secret::from(answer);
    browser
        .send(world, Operation::ConfirmMethod { answer })
        .await
}

fn offer(reply: &Reply) -> String {
    let Step::NewMethod {
        kind: GateKind::Passkey,
        offer,
        ..
    } = &reply.step
    else {
        panic!("no offer: {reply:?}");
    };
    offer.expose_str().unwrap().to_owned()
}

fn passkeys(reply: &Reply) -> Vec<&Method> {
    let Step::Methods { methods, .. } = &reply.step else {
        panic!("no methods: {reply:?}");
    };
    methods
        .iter()
        .filter(|one| one.kind == GateKind::Passkey)
        .collect()
}

/// Reports whether a passkey opens the gate of alice's account.
async fn opens(world: &World, seed: u8, soft: &mut SoftKey) -> bool {
    let mut browser = Browser::new(seed);
    let reply = browser.identify(world, "alice").await;
    if !kinds(&reply).contains(&GateKind::Passkey) {
        return false;
    }
    let (gate, options) = challenge(&mut browser, world, &reply).await;
    let reply = browser.answer(world, gate, &soft.sign(&options)).await;
    matches!(reply.step, Step::NewPassword { .. })
}
