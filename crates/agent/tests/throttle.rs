//! How often codes are tried and sent, by code, account, mailbox and tenant; and that no restart,
//! no new code and no decoy changes anything about it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod kit;

use kit::{Browser, START, World, file_store, gate_of, identify};
use postern_agent::Store;
use postern_envelope::Secret;
use postern_protocol::{GateKind, Operation, Reason, Reply, Step};
use std::collections::HashSet;

const DAY: u64 = 24 * 60 * 60;

/// The sandbox's accounts with a mailbox and nothing against them.
const NAMES: [&str; 8] = [
    "alice", "frank", "grace", "heidi", "ivan", "judy", "ken", "liam",
];

#[tokio::test]
async fn five_wrong_answers_use_a_code_up_and_a_new_one_gives_no_tries_back() {
    let world = World::with("tries = 100").await;
    let mut browser = Browser::new(1);
    let gate = to_mail_gate(&world, &mut browser, "alice").await;
    browser.send(&world, Operation::SendCode { gate }).await;
    let code = world.mailed_code();
    for tries_left in [99, 98, 97, 96, 95] {
        let reply = browser.answer(&world, gate, "000000").await;
        assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left }));
    }
    let reply = browser.answer(&world, gate, &code).await;
    assert_eq!(reply.reason, Some(Reason::CodeExpired));
    assert_eq!(sent_until(&reply), None, "the page offers a new one");

    browser.send(&world, Operation::SendCode { gate }).await;
    let reply = browser.answer(&world, gate, "000000").await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 94 }));
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
}

#[tokio::test]
async fn every_code_is_waited_for_longer_in_whatever_flow_and_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::on(file_store(folder.path()), "pause_seconds = 30").await;
    let mut browser = Browser::new(1);
    for pause in [30, 60, 120, 240] {
        let gate = to_mail_gate(&world, &mut browser, "alice").await;
        let send = Operation::SendCode { gate };
        let reply = browser.send(&world, send.clone()).await;
        assert_eq!(reply.reason, None);
        assert!(sent_until(&reply).is_some());

        let until = (world.now() + pause).next_multiple_of(60);
        world.pass(pause - 1);
        let soon = Some(Reason::SentTooRecently { until });
        let reply = browser.send(&world, send.clone()).await;
        assert_eq!(reply.reason, soon);
        assert!(sent_until(&reply).is_some(), "the last code still works");

        drop(browser);
        world = world.restarted(|| file_store(folder.path())).await;
        browser = Browser::new(u8::try_from(pause % 251).unwrap());
        to_mail_gate(&world, &mut browser, "alice").await;
        assert_eq!(
            browser.send(&world, send).await.reason,
            soon,
            "another flow"
        );
        world.pass(1);
    }
    let gate = to_mail_gate(&world, &mut browser, "alice").await;
    browser.send(&world, Operation::SendCode { gate }).await;
    let reply = browser.send(&world, Operation::SendCode { gate }).await;
    let until = START + DAY;
    assert_eq!(reply.reason, Some(Reason::TooManyCodes { until }));
    assert_eq!(world.mails().len(), 5);
}

#[tokio::test]
async fn accounts_that_share_a_mailbox_cannot_flood_it_and_a_restart_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let policy = "codes_per_address = 3\ngates = ['mail']";
    let world = World::on(file_store(folder.path()), policy).await;
    let shared = "office@contoso.example".to_owned();
    world.directory.more_addresses.lock().unwrap().push(shared);
    let mut names = NAMES.iter().zip(0..);
    let mut send = async |world: &World, gate| {
        let (name, seed) = names.next().unwrap();
        let mut browser = Browser::new(seed);
        browser.identify(world, name).await;
        browser.send(world, Operation::SendCode { gate }).await
    };
    // The second address is the one that all have.
    for _ in 0..3 {
        assert_eq!(send(&world, 2).await.reason, None);
    }
    let world = world.restarted(|| file_store(folder.path())).await;
    let full = Some(Reason::TooManyCodes { until: START + DAY });
    let reply = send(&world, 2).await;
    assert_eq!(reply.reason, full);
    assert!(reply.token.is_some(), "another way may still do");
    assert_eq!(send(&world, 1).await.reason, None, "its own mailbox");
    world.pass(DAY);
    assert_eq!(send(&world, 2).await.reason, None);
}

#[tokio::test]
async fn a_tenant_sends_so_many_codes_a_minute_and_decoys_count() {
    let world =
        World::with("codes_per_minute = 4\nunknown_names = 'decoy'\ngates = ['mail']").await;
    let mut seeds = 0..;
    let mut send = async |name: &str| {
        let mut browser = Browser::new(seeds.next().unwrap());
        browser.identify(&world, name).await;
        let send = Operation::SendCode { gate: 1 };
        browser.send(&world, send).await.reason
    };
    for name in ["alice", "zoe", "frank", "zed"] {
        assert_eq!(send(name).await, None);
    }
    let until = (START + 60).next_multiple_of(60);
    for name in ["grace", "nobody"] {
        assert_eq!(send(name).await, Some(Reason::SentTooRecently { until }));
    }
    world.pass(60);
    for name in ["grace", "nobody"] {
        assert_eq!(send(name).await, None);
    }
}

/// What a decoy is told, and when, is what an account is told.
#[tokio::test]
async fn a_decoy_pauses_counts_and_is_used_up_as_an_account_is() {
    let policy = "unknown_names = 'decoy'\ngates = ['mail']\npause_seconds = 30\ntries = 100";
    let mut told = Vec::new();
    for name in ["alice", "zoe"] {
        let world = World::with(policy).await;
        let mut browser = Browser::new(1);
        let mut replies = Vec::new();
        for _ in 0..7 {
            let gate = to_mail_gate(&world, &mut browser, name).await;
            for _ in 0..2 {
                let reply = browser.send(&world, Operation::SendCode { gate }).await;
                replies.push((reply.reason.clone(), sent_until(&reply)));
            }
            for _ in 0..6 {
                let reply = browser.answer(&world, gate, "000000").await;
                replies.push((reply.reason.clone(), sent_until(&reply)));
            }
            world.pass(300);
        }
        told.push(replies);
    }
    assert_eq!(told[0], told[1]);
    let codes: HashSet<_> = told[0]
        .iter()
        .map(|(reason, _)| reason.as_ref().map_or("none", Reason::code))
        .collect();
    let all = [
        "none",
        "sent_too_recently",
        "too_many_codes",
        "wrong_code",
        "code_expired",
    ];
    assert_eq!(codes, HashSet::from(all));
}

/// One code, two hundred flows of one account, all at once.
#[tokio::test]
async fn two_hundred_parallel_right_answers_in_as_many_flows_give_one_success() {
    let world = World::with("").await;
    let code = world.authenticator_code("bob").await;
    let mut sealed = Vec::new();
    for seed in 0..200 {
        let mut browser = Browser::new(seed);
        let reply = browser.identify(&world, "bob").await;
        let gate = gate_of(&reply, GateKind::Authenticator);
        let code = Secret::from(code.as_str());
        sealed.push(browser.seal(&world, Operation::Answer { gate, code }));
    }
    let asks = sealed.iter().map(|sealed| {
        let (agent, message) = (world.agent.clone(), sealed.message.clone());
        tokio::spawn(kit::ask_agent(agent, message, world.now()))
    });
    let mut passed = 0;
    for (sealed, answer) in sealed.iter().zip(asks.collect::<Vec<_>>()) {
        let reply = sealed.open(&answer.await.unwrap());
        match reply.reason {
            None => passed += 1,
            reason => assert_eq!(reason, Some(Reason::CodeUsed)),
        }
    }
    assert_eq!(passed, 1);
}

/// Both ways ask the directory as often, write as often, and answer as many bytes, at each step.
#[tokio::test]
async fn a_decoy_does_what_an_account_does_step_by_step() {
    let policy = "unknown_names = 'decoy'\npause_seconds = 30\ngates_required = 2";
    let mut done = Vec::new();
    for name in ["alice", "zoe"] {
        let backend = kit::Counting::default();
        let world = World::on(Store::on(backend.clone()).unwrap(), policy).await;
        let mut browser = Browser::new(1);
        let mut steps = Vec::new();
        let answer = |gate, code: &str| Operation::Answer {
            gate,
            code: Secret::from(code),
        };
        for operation in [
            identify(name),
            Operation::SendCode { gate: 1 },
            Operation::SendCode { gate: 1 },
            answer(1, "000000"),
            answer(1, "0000"),
            answer(2, "000000"),
            Operation::Resume,
        ] {
            let (writes, questions) = (backend.commits(), world.directory.questions());
            let sealed = browser.seal(&world, operation);
            let answer = world.ask(sealed.message.clone()).await;
            let postern_relay::Answer::Reply { message } = &answer else {
                panic!("{answer:?}");
            };
            browser.token = sealed.open(&answer).token;
            steps.push((
                backend.commits() - writes,
                world.directory.questions() - questions,
                message.ciphertext.len(),
            ));
        }
        done.push(steps);
    }
    assert_eq!(done[0], done[1]);
    assert!(done[0].iter().all(|(writes, ..)| *writes > 0), "{done:?}");
    assert_eq!(
        done[0][0].1, 2,
        "a name is looked up with its domain and without"
    );
}

async fn to_mail_gate(world: &World, browser: &mut Browser, name: &str) -> u8 {
    let reply = browser.identify(world, name).await;
    gate_of(&reply, GateKind::Mail)
}

/// Until when the page may wait for a code.
fn sent_until(reply: &Reply) -> Option<u64> {
    let Step::Gates { gates, .. } = &reply.step else {
        panic!("no gates: {reply:?}");
    };
    gates.iter().find_map(|gate| gate.sent_until)
}
