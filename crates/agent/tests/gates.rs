//! The gates other than mail and authenticator: text messages, calls, recovery codes and passes;
//! and the accounts that need two gates.

#![expect(clippy::panic, reason = "tests")]

use crate::kit::{Browser, GOOD, START, World, gate_of};
use postern_agent::control::{Command, Reply as CommandReply};
use postern_protocol::{Gate, GateKind, Operation, Reason, Reply, Step};

const ALL: &str = "gates = ['mail', 'authenticator', 'sms', 'voice', 'recovery', 'pass']";

#[tokio::test]
async fn a_text_message_opens_its_gate() {
    let world = World::with("gates = ['sms']").await;
    let mut browser = Browser::new(1);
    browser.language = "cs";
    let reply = browser.identify(&world, "sam").await;
    assert_eq!(
        seen(&reply),
        [(GateKind::Sms, Some("•••\u{a0}•••\u{a0}•12"))]
    );
    let gate = gate_of(&reply, GateKind::Sms);
    let reply = browser.send(&world, Operation::SendCode { gate }).await;
    assert_eq!(gates(&reply)[0].sent_until, Some(START + 600));
    let message = &world.mails()[0];
    assert_eq!(
        (&*message.to, &*message.subject),
        ("+447700900012", "SMS zpráva")
    );
    assert!(
        message.text.contains("Nikomu ho nesdělujte."),
        "{}",
        message.text
    );
    let reply = browser.answer(&world, gate, "00000000").await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 4 }));
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    let reply = browser.set(&world, GOOD).await;
    assert_eq!(reply.step, Step::Done);
}

#[tokio::test]
async fn a_call_tells_the_code_digit_by_digit() {
    let world = World::with(ALL).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "vito").await;
    let gate = gate_of(&reply, GateKind::Voice);
    browser.send(&world, Operation::SendCode { gate }).await;
    let call = world.mails()[0].clone();
    assert_eq!((&*call.to, &*call.subject), ("+441632960034", "Phone call"));
    let digits: String = call.text.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits[..8], digits[8..]);
    let spaced: Vec<_> = digits[..8].chars().map(String::from).collect();
    assert!(call.text.contains(&spaced.join(", ")), "{}", call.text);
    world.pass(601);
    let reply = browser.answer(&world, gate, &digits[..8]).await;
    assert_eq!(reply.reason, Some(Reason::CodeExpired));
    browser.send(&world, Operation::SendCode { gate }).await;
    let text = &world.mails()[0].text;
    let digits: String = text.chars().filter(char::is_ascii_digit).take(8).collect();
    let reply = browser.answer(&world, gate, &digits).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
}

#[tokio::test]
async fn what_cannot_be_sent_is_said_and_counts_for_nothing() {
    let world = World::with(ALL).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "ned").await;
    let gate = gate_of(&reply, GateKind::Sms);
    for _ in 0..9 {
        let reply = browser.send(&world, Operation::SendCode { gate }).await;
        assert_eq!(reply.reason, Some(Reason::CodeNotSent));
        assert_eq!(gates(&reply)[0].sent_until, None);
    }
    assert!(world.mails().is_empty());
}

#[tokio::test]
async fn a_recovery_code_is_good_once_and_the_rest_are_counted() {
    let world = World::with(ALL).await;
    let mut browser = Browser::new(1);
    assert_eq!(
        kinds(&browser.identify(&world, "alice").await),
        [GateKind::Mail]
    );
    let codes = world.issue_recovery_codes("alice").await;
    let code = |place: usize| codes[place].expose_str().unwrap();
    let reply = browser.identify(&world, "alice").await;
    let gate = gate_of(&reply, GateKind::RecoveryCode);
    // A malformed code is not counted as a try; a wrong code is.
    let reply = browser.answer(&world, gate, "7K3M-01PQ-ZX90").await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 10 }));
    let reply = browser.answer(&world, gate, "7K3M-01PQ-ZX90-1ABC").await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 9 }));
    let typed = code(2).to_lowercase().replace('-', " ").replace('0', "o");
    let reply = browser.answer(&world, gate, &typed).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    assert_eq!(reply.codes_left, Some(9));

    // The code is used in another flow, and after a restart, too.
    let mut browser = Browser::new(2);
    let reply = browser.identify(&world, "alice").await;
    let gate = gate_of(&reply, GateKind::RecoveryCode);
    let reply = browser.answer(&world, gate, code(2)).await;
    assert_eq!(reply.reason, Some(Reason::CodeUsed));
    // A new set invalidates the old one, even during a flow.
    world.issue_recovery_codes("alice").await;
    let reply = browser.answer(&world, gate, code(3)).await;
    assert!(matches!(reply.reason, Some(Reason::WrongCode { .. })));
}

#[tokio::test]
async fn two_at_a_time_use_a_code_once() {
    let world = World::with(ALL).await;
    let mut browsers = [Browser::new(1), Browser::new(2)];
    let mut sealed = Vec::new();
    for browser in &mut browsers {
        let reply = browser.identify(&world, "rita").await;
        let gate = gate_of(&reply, GateKind::RecoveryCode);
        let code = world.code_at_hand("rita", 19).await;
        let code = postern_envelope::Secret::from(code.as_str());
        sealed.push(browser.seal(&world, Operation::Answer { gate, code }));
    }
    let (one, other) = tokio::join!(
        world.ask(sealed[0].message.clone()),
        world.ask(sealed[1].message.clone())
    );
    let replies = [sealed[0].open(&one), sealed[1].open(&other)];
    let passed = replies
        .iter()
        .filter(|reply| reply.reason.is_none())
        .count();
    assert_eq!(passed, 1);
    let used = |reply: &Reply| reply.reason == Some(Reason::CodeUsed);
    assert_eq!(replies.iter().filter(|reply| used(reply)).count(), 1);
    assert_ne!(
        world.code_at_hand("rita", 19).await,
        "",
        "the next one is shown"
    );
}

#[tokio::test]
async fn the_last_recovery_code_leaves_none_and_no_gate() {
    let world = World::with(ALL).await;
    for left in (0..10).rev() {
        let mut browser = Browser::new(left);
        let reply = browser.identify(&world, "rita").await;
        let gate = gate_of(&reply, GateKind::RecoveryCode);
        let code = world.code_at_hand("rita", 19).await;
        let reply = browser.answer(&world, gate, &code).await;
        assert_eq!(reply.codes_left, Some(u16::from(left)));
    }
    let reply = Browser::new(11).identify(&world, "rita").await;
    assert_eq!(reply.reason, Some(Reason::TooFewGates));
}

#[tokio::test]
async fn a_pass_is_good_once_for_minutes_and_for_accounts_that_may_be_reset() {
    let world = World::with(ALL).await;
    let mut browser = Browser::new(1);
    assert_eq!(
        kinds(&browser.identify(&world, "alice").await),
        [GateKind::Mail]
    );
    let pass = world.issue_pass("alice", 15).await;
    let reply = browser.identify(&world, "alice").await;
    let gate = gate_of(&reply, GateKind::HelpdeskPass);
    world.pass(14 * 60);
    let mut late = Browser::new(2);
    assert_eq!(kinds(&late.identify(&world, "alice").await).len(), 2);
    let reply = browser
        .answer(&world, gate, pass.expose_str().unwrap())
        .await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    assert_eq!(reply.codes_left, None);
    let reply = late.answer(&world, gate, pass.expose_str().unwrap()).await;
    assert_eq!(reply.reason, Some(Reason::CodeUsed));
    assert_eq!(
        kinds(&browser.identify(&world, "alice").await),
        [GateKind::Mail]
    );

    let pass = world.issue_pass("alice", 1).await;
    let reply = browser.identify(&world, "alice").await;
    let gate = gate_of(&reply, GateKind::HelpdeskPass);
    world.pass(60);
    let reply = browser
        .answer(&world, gate, pass.expose_str().unwrap())
        .await;
    assert_eq!(reply.reason, Some(Reason::CodeExpired));

    for (name, says) in [
        ("carol", "account_disabled"),
        ("dave", "account_protected"),
        ("erin", "account_expired"),
        ("mia", "account_ambiguous"),
        ("nobody", "user_not_found"),
    ] {
        let login_name = || name.to_owned();
        for command in [
            Command::IssuePass {
                login_name: login_name(),
                minutes: 15,
            },
            Command::IssueRecoveryCodes {
                login_name: login_name(),
            },
        ] {
            let reply = world.command(command).await;
            let CommandReply::Refused(refusal) = reply else {
                panic!("{reply:?}");
            };
            assert!(refusal.to_string().contains(says), "{name}: {refusal}");
        }
    }
}

#[tokio::test]
async fn guessing_at_a_pass_ends_the_flow_and_locks_nobody() {
    let world = World::with(ALL).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "hugo").await;
    let gate = gate_of(&reply, GateKind::HelpdeskPass);
    for tries_left in (1..10).rev() {
        let reply = browser.answer(&world, gate, "AAAAA-AAAAA").await;
        assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left }));
    }
    let reply = browser.answer(&world, gate, "AAAAA-AAAAA").await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    assert_eq!(reply.token, None);
    browser.identify(&world, "hugo").await;
    let pass = world.code_at_hand("hugo", 11).await;
    let reply = browser.answer(&world, gate, &pass).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
}

#[tokio::test]
async fn members_of_a_group_need_two_gates_of_different_kinds() {
    let world = World::with(ALL).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "tina").await;
    let Step::Gates { needed, .. } = &reply.step else {
        panic!("{reply:?}");
    };
    assert_eq!(*needed, 2);
    let gate = gate_of(&reply, GateKind::Authenticator);
    let code = world.authenticator_code("tina").await;
    let reply = browser.answer(&world, gate, &code).await;
    let gate = gate_of(&reply, GateKind::Mail);
    browser.send(&world, Operation::SendCode { gate }).await;
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));

    let world = World::with("gates = ['mail', 'sms']").await;
    let reply = Browser::new(2).identify(&world, "tina").await;
    assert_eq!(reply.reason, Some(Reason::TooFewGates));
}

#[tokio::test]
async fn every_kind_is_offered_in_the_tenants_order_and_fits_the_smaller_reply() {
    let world = World::with("gates = ['pass', 'voice', 'mail', 'sms', 'recovery']").await;
    *world.directory.more_addresses.lock().unwrap() =
        vec!["eva@home.example".into(), "eva@work.example".into()];
    let mut browser = Browser::new(1);
    let sealed = browser.seal(&world, crate::kit::identify("eva"));
    let answer = world.ask(sealed.message.clone()).await;
    let postern_relay::Answer::Reply { message } = &answer else {
        panic!("{answer:?}");
    };
    assert_eq!(message.ciphertext.len(), 512);
    let reply = sealed.open(&answer);
    let (mail, number) = (Some("e••@sandbox.example"), Some("•••\u{a0}•••\u{a0}•56"));
    assert_eq!(
        seen(&reply),
        [
            (GateKind::HelpdeskPass, None),
            (GateKind::Voice, number),
            (GateKind::Voice, Some("•••\u{a0}•••\u{a0}•78")),
            (GateKind::Mail, mail),
            (GateKind::Mail, Some("e••@h••.example")),
            (GateKind::Mail, Some("e••@w••.example")),
            (GateKind::Sms, number),
            (GateKind::RecoveryCode, None),
        ]
    );
}

#[tokio::test]
async fn decoys_have_phones_and_codes_as_accounts_have() {
    let world = World::with(
        &[
            ALL,
            "\nunknown_names = 'decoy'\ntries = 100\nnetwork_tries = 1000\nnetwork_codes = 1000",
        ]
        .concat(),
    )
    .await;
    let mut seen_kinds = std::collections::BTreeSet::new();
    for number in 0..40 {
        let mut browser = Browser::new(number);
        let name = format!("nobody{number}");
        let reply = browser.identify(&world, &name).await;
        let again = browser.identify(&world, &name).await;
        assert_eq!(seen(&reply), seen(&again));
        for gate in gates(&again) {
            seen_kinds.insert(gate.kind);
            let code = match gate.kind {
                GateKind::RecoveryCode => "7K3M-01PQ-ZX90-1ABC",
                GateKind::HelpdeskPass => "K7QXM-2P9TR",
                GateKind::Authenticator => "123456",
                _ => "12345678",
            };
            if gate.kind.sends() {
                let gate = gate.id;
                let reply = browser.send(&world, Operation::SendCode { gate }).await;
                assert_eq!(reply.reason, None);
            }
            let reply = browser.answer(&world, gate.id, code).await;
            assert!(
                matches!(reply.reason, Some(Reason::WrongCode { .. })),
                "{gate:?}"
            );
        }
    }
    assert!(world.mails().is_empty());
    let all = [
        GateKind::Mail,
        GateKind::Authenticator,
        GateKind::Sms,
        GateKind::Voice,
        GateKind::RecoveryCode,
        GateKind::HelpdeskPass,
    ];
    assert_eq!(seen_kinds.into_iter().collect::<Vec<_>>(), all);
}

fn gates(reply: &Reply) -> &[Gate] {
    match &reply.step {
        Step::Gates { gates, .. } => gates,
        _ => panic!("no gates: {reply:?}"),
    }
}

fn kinds(reply: &Reply) -> Vec<GateKind> {
    gates(reply).iter().map(|gate| gate.kind).collect()
}

fn seen(reply: &Reply) -> Vec<(GateKind, Option<&str>)> {
    let gates = gates(reply).iter();
    gates
        .map(|gate| (gate.kind, gate.hint.as_deref()))
        .collect()
}
