//! Decoys: in a `decoy` tenant a name behind which there is nothing to reset looks like one
//! behind which there is.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod kit;

use kit::{Browser, World, gate_of};
use postern_protocol::{GateKind, Operation, Reason, Reply, Step};
use postern_relay::Answer;
use std::collections::BTreeSet;

/// Nobody, disabled, protected, expired, ambiguous, without gates.
const NOTHING_THERE: [&str; 6] = ["zoe", "carol", "dave", "erin", "mia", "olga"];

#[tokio::test]
async fn a_decoy_answers_as_an_account_does_at_every_step() {
    let world = World::with("unknown_names = 'decoy'\ngates = ['mail']").await;
    let mut sizes = BTreeSet::new();
    let mut seen = Vec::new();
    for (seed, name) in (0..).zip(["alice"].into_iter().chain(NOTHING_THERE)) {
        let mut browser = Browser::new(seed);
        let mut steps = Vec::new();
        let gate = 1;
        for operation in [
            kit::identify(name),
            answer(gate, "00000000"),
            Operation::SendCode { gate },
            answer(gate, "00000000"),
            answer(gate, "000"),
            Operation::Resume,
            answer(gate, "00000000"),
            answer(gate, "00000000"),
            answer(gate, "00000000"),
            answer(gate, "00000000"),
            kit::identify(name),
        ] {
            let sealed = browser.seal(&world, operation);
            let reply = world.ask(sealed.message.clone()).await;
            let Answer::Reply { message } = &reply else {
                panic!("{reply:?}");
            };
            sizes.insert(message.ciphertext.len());
            let reply = sealed.open(&reply);
            browser.token = reply.token;
            steps.push(shape(reply));
        }
        seen.push((name, steps));
    }
    assert_eq!(sizes.into_iter().collect::<Vec<_>>(), [512]);
    for (name, steps) in &seen {
        assert_eq!(steps, &seen[0].1, "{name}");
    }
    assert_eq!(world.mails().len(), 1, "only to the account that is there");
    assert_eq!(seen[0].1[9].2, Some(Reason::CodeExpired), "used up");
    assert_eq!(seen[0].1[10].2, None, "and nobody is locked");
}

#[tokio::test]
async fn a_decoy_is_the_same_at_every_try() {
    let world = World::with("unknown_names = 'decoy'").await;
    let mut hints = BTreeSet::new();
    let mut browser = Browser::new(1);
    for name in ["zoe", "ZOE", "SANDBOX\\zoe", "zoe@sandbox.example"] {
        let reply = browser.identify(&world, name).await;
        hints.insert(format!("{:?}", shape(reply).1));
    }
    assert_eq!(hints.len(), 1, "{hints:?}");
    assert!(
        hints.first().unwrap().contains("••@s••.example"),
        "{hints:?}"
    );
}

#[tokio::test]
async fn a_decoy_of_two_gates_never_opens() {
    let world = World::with("unknown_names = 'decoy'\ngates_required = 2\ntries = 100").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "zoe").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    for tries_left in (1..100).rev() {
        let code = format!("{tries_left:06}");
        let reply = browser.answer(&world, gate, &code).await;
        assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left }));
    }
    let reply = browser.set(&world, kit::GOOD).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
}

#[tokio::test]
async fn a_directory_that_is_away_is_told_to_everybody() {
    let world = World::with("unknown_names = 'decoy'").await;
    *world.directory.refuse.lock().unwrap() = Some(Reason::DirectoryUnreachable);
    for name in ["alice", "zoe"] {
        let reply = Browser::new(name.len() as u8).identify(&world, name).await;
        assert_eq!(reply.reason, Some(Reason::DirectoryUnreachable));
    }
}

fn answer(gate: u8, code: &str) -> Operation {
    let code = postern_envelope::Secret::from(code);
    Operation::Answer { gate, code }
}

/// A reply without what differs from account to account: the token's value, the first letter.
fn shape(reply: Reply) -> (bool, Step, Option<Reason>) {
    let mut step = reply.step;
    if let Step::Gates { gates, .. } = &mut step {
        for gate in gates {
            let hint = gate.hint.take();
            gate.hint = hint.map(|hint| hint.chars().skip(1).collect());
        }
    }
    (reply.token.is_some(), step, reply.reason)
}
