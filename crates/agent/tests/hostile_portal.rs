//! A hostile portal: it carries every message and can keep, repeat, swap and invent them, but it
//! cannot reset or forge anything.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::kit::{Browser, GOOD, Sealed, World, gate_of, identify, set};
use minicbor::bytes::ByteVec;
use postern_envelope::Compact;
use postern_protocol::{GateKind, Operation, Reason, Reply, Request, Step, encode};
use postern_relay::Answer;

#[tokio::test]
async fn a_replayed_message_gets_its_stored_answer_and_sets_nothing_again() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let sealed = browser.seal(&world, set(GOOD));
    let first = world.ask(sealed.message.clone()).await;
    assert_eq!(sealed.open(&first).step, Step::Done);
    for _ in 0..10 {
        assert_eq!(world.ask(sealed.message.clone()).await, first);
    }
    assert_eq!(world.writes("alice"), (1, 1));
    assert_eq!(world.mails().len(), 2, "one code, one notice");
}

#[tokio::test]
async fn every_message_of_a_reset_replayed_afterwards_changes_nothing() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let mut heard = Vec::new();
    let say = async |browser: &mut Browser, operation| {
        let sealed = browser.seal(&world, operation);
        let answer = world.ask(sealed.message.clone()).await;
        browser.token = sealed.open(&answer).token;
        (sealed.message, answer)
    };
    heard.push(say(&mut browser, identify("alice")).await);
    heard.push(say(&mut browser, Operation::SendCode { gate: 1 }).await);
    let code = postern_envelope::Secret::from(world.mailed_code().as_str());
    heard.push(say(&mut browser, Operation::Answer { gate: 1, code }).await);
    heard.push(say(&mut browser, set("too short")).await);
    heard.push(say(&mut browser, set(GOOD)).await);
    for (message, answer) in heard {
        assert_eq!(world.ask(message).await, answer);
    }
    assert_eq!(world.writes("alice"), (1, 1));
    assert_eq!(world.mails().len(), 2);
}

#[tokio::test]
async fn two_hundred_parallel_replays_set_one_password() {
    let world = World::with("").await;
    *world.directory.write_takes.lock().unwrap() = std::time::Duration::from_millis(20);
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let sealed = browser.seal(&world, set(GOOD));
    let answers = at_once(&world, vec![sealed.message.clone(); 200]).await;
    for answer in &answers {
        assert_eq!(answer, &answers[0]);
    }
    assert_eq!(sealed.open(&answers[0]).step, Step::Done);
    assert_eq!(world.writes("alice"), (1, 1));
}

#[tokio::test]
async fn two_hundred_parallel_right_answers_open_the_gate_once() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "bob").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    let code = world.authenticator_code("bob").await;
    let answers = (0..200).map(|_| {
        let code = postern_envelope::Secret::from(code.as_str());
        browser.seal(&world, Operation::Answer { gate, code })
    });
    let (sealed, opened) = open_all(&world, answers.collect()).await;
    assert_eq!(sealed.len(), 200);
    let passed = opened.iter().filter(|reply| reply.token.is_some()).count();
    let refused = opened
        .iter()
        .filter(|reply| reply.reason == Some(Reason::FlowExpired))
        .count();
    assert_eq!((passed, refused), (1, 199));
}

#[tokio::test]
async fn two_hundred_parallel_assertions_open_the_gate_once() {
    let world = World::with("gates = ['passkey']").await;
    let mut alice = world.add_passkey("alice", 1).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    let gate = gate_of(&reply, GateKind::Passkey);
    let reply = browser.send(&world, Operation::SendCode { gate }).await;
    let assertion = alice.sign(&challenge(&reply));
    let answers = (0..200).map(|_| {
        let code = postern_envelope::Secret::from(assertion.as_str());
        browser.seal(&world, Operation::Answer { gate, code })
    });
    let (_, opened) = open_all(&world, answers.collect()).await;
    let passed = opened.iter().filter(|reply| reply.token.is_some()).count();
    assert_eq!(passed, 1);
}

/// A portal that serves another page can have a person sign what it likes, on its own origin. It
/// passes the gate only by the agent's own challenge, in the flow that the challenge was made for.
#[tokio::test]
async fn a_challenge_of_the_portals_own_opens_nothing() {
    let world = World::with("gates = ['passkey']").await;
    let mut alice = world.add_passkey("alice", 1).await;
    let mut portal = Browser::new(1);
    let reply = portal.identify(&world, "alice").await;
    let gate = gate_of(&reply, GateKind::Passkey);
    let own = |challenge: &str| {
        format!(r#"{{"challenge":"{challenge}","rpId":"reset.contoso.example"}}"#)
    };
    // First without a challenge of the agent, then next to one, then with that of another flow.
    let answer = alice.sign(&own(&"A".repeat(43)));
    let reply = portal.answer(&world, gate, &answer).await;
    assert_eq!(reply.reason, Some(Reason::CodeExpired));
    let reply = portal.send(&world, Operation::SendCode { gate }).await;
    let given = challenge(&reply);
    let reply = portal.answer(&world, gate, &answer).await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 9 }));
    let mut person = Browser::new(2);
    person.identify(&world, "alice").await;
    let reply = person.send(&world, Operation::SendCode { gate }).await;
    let persons = alice.sign(&challenge(&reply));
    portal.send(&world, Operation::SendCode { gate }).await;
    let reply = portal.answer(&world, gate, &persons).await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 8 }));
    // A challenge that was issued and then replaced.
    portal.send(&world, Operation::SendCode { gate }).await;
    let reply = portal.answer(&world, gate, &alice.sign(&given)).await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 7 }));
    let reply = portal.set(&world, GOOD).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    assert_eq!(world.writes("alice"), (0, 0));
    // None of this affects the person's own flow.
    let reply = person.answer(&world, gate, &persons).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
}

#[tokio::test]
async fn two_hundred_parallel_passwords_set_one() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let passwords = (0..200).map(|number| browser.seal(&world, set(&format!("{GOOD}-{number}"))));
    let (_, opened) = open_all(&world, passwords.collect()).await;
    let done = opened
        .iter()
        .filter(|reply| reply.step == Step::Done)
        .count();
    assert_eq!(done, 1);
    assert_eq!(world.writes("alice"), (1, 1));
}

#[tokio::test]
async fn parallel_flows_share_the_tries_of_their_account() {
    let world = World::with("").await;
    let mut sealed = Vec::new();
    for seed in 0..40 {
        let mut browser = Browser::new(seed);
        let reply = browser.identify(&world, "bob").await;
        let gate = gate_of(&reply, GateKind::Authenticator);
        let code = postern_envelope::Secret::from("000000");
        sealed.push(browser.seal(&world, Operation::Answer { gate, code }));
    }
    let (_, opened) = open_all(&world, sealed).await;
    let wrong = |reply: &&Reply| matches!(reply.reason, Some(Reason::WrongCode { .. }));
    let wrong = opened.iter().filter(wrong).count();
    let locked = |reply: &&Reply| matches!(reply.reason, Some(Reason::Locked { .. }));
    assert_eq!((wrong, opened.iter().filter(locked).count()), (4, 36));
}

#[tokio::test]
async fn other_bytes_under_a_known_request_id_are_refused() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    // Two browsers with the same random source produce the same request id.
    let (mut one, mut other) = (Browser::new(9), Browser::new(9));
    (one.token, other.token) = (browser.token, browser.token);
    let first = one.seal(&world, set("too short"));
    let second = other.seal(&world, set(GOOD));
    assert_ne!(first.message, second.message);
    let reply = first.open(&world.ask(first.message.clone()).await);
    assert!(matches!(reply.reason, Some(Reason::TooShort { .. })));
    assert_eq!(world.ask(second.message).await, Answer::NotAccepted);
    assert_eq!(world.writes("alice"), (0, 0));
}

#[tokio::test]
async fn a_message_for_another_tenant_is_not_accepted() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let request = Request {
        token: None,
        operation: identify("alice"),
    };
    let expires = world.now() + 60;
    let sealed = browser.seal_body("fabrikam", expires, &encode(&request));
    assert_eq!(world.ask(sealed.message.clone()).await, Answer::NotAccepted);
    // Writing our name over it breaks the seal.
    let mut message = sealed.message;
    let header = String::from_utf8(message.header.to_vec()).unwrap();
    message.header = header.replace("fabrikam", "contoso").into_bytes().into();
    assert_eq!(world.ask(message).await, Answer::NotAccepted);
}

#[tokio::test]
async fn parts_swapped_between_messages_are_not_accepted() {
    let world = World::with("").await;
    let (mut alice, mut mallory) = (Browser::new(1), Browser::new(2));
    alice.prove(&world, "alice").await;
    mallory.prove(&world, "bob").await;
    let mine = alice.seal(&world, set(GOOD)).message;
    let theirs = mallory.seal(&world, set(GOOD)).message;
    let parts: [fn(&mut Compact) -> &mut ByteVec; 4] = [
        |message| &mut message.encrypted_key,
        |message| &mut message.nonce,
        |message| &mut message.ciphertext,
        |message| &mut message.tag,
    ];
    for choice in 1..15_u8 {
        let mut mixed = mine.clone();
        for (bit, part) in (0..).zip(parts) {
            if choice & 1 << bit != 0 {
                *part(&mut mixed) = part(&mut theirs.clone()).clone();
            }
        }
        assert_eq!(world.ask(mixed).await, Answer::NotAccepted, "{choice:04b}");
    }
    assert_eq!(world.writes("alice"), (0, 0));
    assert_eq!(alice.set(&world, GOOD).await.step, Step::Done);
}

#[tokio::test]
async fn a_changed_bit_anywhere_is_not_accepted() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let sealed = browser.seal(&world, set(GOOD)).message;
    let length = minicbor::to_vec(&sealed).unwrap().len();
    for place in (0..length).step_by(7) {
        let mut bytes = minicbor::to_vec(&sealed).unwrap();
        bytes[place] ^= 1;
        if let Ok(changed) = minicbor::decode::<Compact>(&bytes) {
            assert_eq!(world.ask(changed).await, Answer::NotAccepted, "{place}");
        }
    }
    assert_eq!(world.writes("alice"), (0, 0));
}

#[tokio::test]
async fn the_token_of_one_flow_moves_no_other() {
    let world = World::with("").await;
    let (mut alice, mut mallory) = (Browser::new(1), Browser::new(2));
    alice.identify(&world, "alice").await;
    mallory.prove(&world, "bob").await;
    // Mallory's token belongs to bob's flow: it sets bob's password.
    alice.token = mallory.token;
    assert_eq!(alice.set(&world, GOOD).await.step, Step::Done);
    assert_eq!(world.directory.sandbox.key_version("alice"), 1);
    assert_eq!(world.directory.sandbox.key_version("bob"), 2);
}

#[tokio::test]
async fn the_code_of_one_flow_opens_no_other() {
    let world = World::with("").await;
    let (mut victim, mut mallory) = (Browser::new(1), Browser::new(2));
    for browser in [&mut victim, &mut mallory] {
        browser.identify(&world, "alice").await;
    }
    let gate = 1;
    mallory.send(&world, Operation::SendCode { gate }).await;
    victim.send(&world, Operation::SendCode { gate }).await;
    let reply = mallory.answer(&world, gate, &world.mailed_code()).await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 4 }));
}

#[tokio::test]
async fn no_gate_can_be_skipped() {
    for policy in ["", "gates_required = 2"] {
        let world = World::with(policy).await;
        let mut browser = Browser::new(1);
        browser.identify(&world, "bob").await;
        let reply = browser.set(&world, GOOD).await;
        assert_eq!(
            (reply.step, reply.reason),
            (Step::Identify, Some(Reason::FlowExpired))
        );
        assert_eq!(reply.token, None);
        // The flow has ended: its gates cannot be opened any more.
        assert_eq!(
            browser.send(&world, Operation::Resume).await.step,
            Step::Identify
        );
    }
    let world = World::with("gates_required = 2").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "bob").await;
    assert_eq!(
        browser.set(&world, GOOD).await.reason,
        Some(Reason::FlowExpired)
    );
    assert_eq!(world.writes("bob"), (0, 0));
}

#[tokio::test]
async fn a_gate_that_is_not_there_ends_the_flow() {
    let world = World::with("").await;
    for (seed, gate) in (1..).zip([0, 2, 255]) {
        let mut browser = Browser::new(seed);
        browser.identify(&world, "alice").await;
        let reply = browser.send(&world, Operation::SendCode { gate }).await;
        assert_eq!(reply.reason, Some(Reason::FlowExpired));
        browser.identify(&world, "alice").await;
        let reply = browser.answer(&world, gate, "000000").await;
        assert_eq!(reply.reason, Some(Reason::FlowExpired));
    }
}

#[tokio::test]
async fn an_old_token_takes_no_step_and_an_invented_one_neither() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let old = browser.token;
    browser.set(&world, "too short").await;
    let current = browser.token;
    for token in [old, None, Some(postern_protocol::FlowToken([0; 16]))] {
        browser.token = token;
        let reply = browser.set(&world, GOOD).await;
        assert_eq!(
            (reply.token, reply.reason),
            (None, Some(Reason::FlowExpired))
        );
    }
    assert_eq!(world.writes("alice"), (0, 0));
    // The attempts do not disturb the owner of the token.
    browser.token = current;
    assert_eq!(browser.set(&world, GOOD).await.step, Step::Done);
}

#[tokio::test]
async fn a_message_held_past_its_expiry_changes_nothing_and_is_told_so() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let held = browser.seal(&world, set(GOOD));
    world.pass(60);
    let reply = held.open(&world.ask(held.message.clone()).await);
    assert_eq!((reply.token, reply.step), (None, Step::Identify));
    assert_eq!(reply.reason, Some(Reason::MessageExpired));
    assert_eq!(world.writes("alice"), (0, 0));
    // The token was not spent.
    assert_eq!(browser.set(&world, GOOD).await.step, Step::Done);
}

#[tokio::test]
async fn what_was_done_is_not_made_to_look_undone_by_sending_it_again_too_late() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let sent = browser.seal(&world, set(GOOD));
    let kept = world.ask(sent.message.clone()).await;
    assert_eq!(sent.open(&kept).step, Step::Done);
    world.pass(60);
    assert_eq!(world.ask(sent.message.clone()).await, kept);
    assert_eq!(world.writes("alice"), (1, 1));
}

#[tokio::test]
async fn a_message_sealed_for_a_far_future_is_not_accepted() {
    let world = World::with("").await;
    let request = Request {
        token: None,
        operation: identify("alice"),
    };
    let expires = world.now() + 601;
    let sealed = Browser::new(1).seal_body("contoso", expires, &encode(&request));
    assert_eq!(world.ask(sealed.message).await, Answer::NotAccepted);
}

#[tokio::test]
async fn a_result_that_the_agent_did_not_write_is_not_believed() {
    let world = World::with("").await;
    let (mut browser, mut mallory) = (Browser::new(1), Browser::new(2));
    browser.prove(&world, "alice").await;
    mallory.prove(&world, "bob").await;
    let sealed = browser.seal(&world, set("too short"));
    let answer = world.ask(sealed.message.clone()).await;
    let other = mallory.seal(&world, set(GOOD));
    let Answer::Reply { message: success } = world.ask(other.message.clone()).await else {
        panic!("no reply");
    };
    // The success reply of another request, in whole and in parts.
    assert!(sealed.opener.open(&success).is_err());
    let Answer::Reply { message: refusal } = answer else {
        panic!("no reply");
    };
    let mut forged = refusal.clone();
    forged.ciphertext = success.ciphertext.clone();
    forged.tag = success.tag.clone();
    assert!(sealed.opener.open(&forged).is_err());
    // The request sent back as its own reply.
    assert!(sealed.opener.open(&sealed.message).is_err());
    // The true reply is accepted.
    assert!(sealed.opener.open(&refusal).is_ok());
}

#[tokio::test]
async fn the_sandbox_is_shown_only_where_the_directory_is_the_sandbox() {
    use postern_relay::{Ask, Handler};
    let world = World::with("").await;
    Browser::new(1).prove(&world, "alice").await;
    let ask = || Ask::Sandbox {
        language: "en".into(),
    };
    let Answer::Sandbox { view } = world.agent.answer(ask()).await else {
        panic!("no sandbox");
    };
    assert_eq!(view.mails.len(), 1);
    let bob = view
        .accounts
        .iter()
        .find(|account| account.login_name == "bob")
        .unwrap();
    let code = world.authenticator_code("bob").await;
    let shown: Vec<_> = bob.codes.iter().map(|shown| &shown.code).collect();
    assert_eq!(shown, [&code]);
    assert_eq!(bob.codes[0].kind, "authenticator");
    let mail = |number| world.agent.answer(Ask::SandboxMail { number });
    let number = view.mails[0].number;
    let Answer::SandboxMail { html: Some(html) } = mail(number).await else {
        panic!("no mail");
    };
    assert!(html.starts_with("<!doctype html>"));
    assert!(html.contains(view.mails[0].code.as_deref().unwrap()));
    assert_eq!(mail(number + 1).await, Answer::SandboxMail { html: None });
    let world = world.not_the_sandbox().await;
    assert_eq!(world.agent.answer(ask()).await, Answer::NotAccepted);
    let mail = world.agent.answer(Ask::SandboxMail { number });
    assert_eq!(mail.await, Answer::NotAccepted);
}

/// Hands messages to the agent concurrently.
async fn at_once(world: &World, messages: Vec<Compact>) -> Vec<Answer> {
    let mut answers = Vec::new();
    for message in messages {
        use postern_relay::{Ask, Handler, Metadata};
        let agent = world.agent.clone();
        let metadata = Metadata {
            support_code: "TEST-CODE".into(),
            received_at: world.now(),
            networks: vec![[0; 16].into()],
            language: "en".into(),
        };
        answers.push(tokio::spawn(async move {
            agent.answer(Ask::Message { metadata, message }).await
        }));
    }
    let mut answered = Vec::new();
    for answer in answers {
        answered.push(answer.await.unwrap());
    }
    answered
}

async fn open_all(world: &World, sealed: Vec<Sealed>) -> (Vec<Sealed>, Vec<Reply>) {
    let messages = sealed.iter().map(|sealed| sealed.message.clone()).collect();
    let answers = at_once(world, messages).await;
    let opened = sealed
        .iter()
        .zip(&answers)
        .map(|(sealed, answer)| sealed.open(answer));
    let opened = opened.collect();
    (sealed, opened)
}

/// Returns the challenge of the passkey gate.
fn challenge(reply: &Reply) -> String {
    let Step::Gates { gates, .. } = &reply.step else {
        panic!("no gates: {reply:?}");
    };
    gates
        .iter()
        .find_map(|gate| gate.challenge.clone())
        .unwrap()
}
