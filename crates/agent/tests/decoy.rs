//! Decoy tenants: before a gate of an account is passed, nothing reveals whether a name has an
//! account, or what kind of account it is.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::kit::{Browser, Counting, GOOD, Seeded, World, gate_of, identify_for, set};
use postern_directory::sandbox::FIRST_PASSWORD;
use postern_envelope::Secret;
use postern_gates::current_code;
use postern_protocol::{FlowKind, Gate, GateKind, Operation, Reason, Reply, Step};
use postern_relay::Answer;
use postern_store::Store;
use rand_core::RngCore;
use std::collections::BTreeSet;

/// Names with descriptions of their accounts. The last ones have no account.
const NAMES: [(&str, &str); 21] = [
    ("alice", "an account with one address"),
    ("Álice", "the same, as the directory compares"),
    ("NOSUCH\\alice", "of a domain that is not the directory's"),
    ("alice@elsewhere.example", "the same"),
    ("al\u{1}ice", "no name that the directory is asked for"),
    ("wanda", "two addresses"),
    ("sam", "a mobile number, no address"),
    ("ned", "a number to which nothing can be sent"),
    ("rita", "recovery codes alone"),
    ("tina", "in a group that needs two gates"),
    ("eva", "every kind of gate but passkeys"),
    ("olga", "no gate at all"),
    ("frank", "locked"),
    ("yvona", "has to change the password"),
    ("carol", "disabled"),
    ("dave", "protected"),
    ("erin", "expired"),
    ("mia", "two accounts of one name"),
    ("zoe", "nobody"),
    ("NOSUCH\\zoe", "nobody"),
    ("zoe@elsewhere.example", "nobody"),
];

const ALL: &str = "unknown_names = 'decoy'\npause_seconds = 30\n\
     gates = ['mail', 'authenticator', 'sms', 'voice', 'passkey', 'recovery', 'pass']";

/// The kinds of `ALL`, by the numbers of their gates.
const KINDS: [GateKind; 7] = [
    GateKind::Mail,
    GateKind::Authenticator,
    GateKind::Sms,
    GateKind::Voice,
    GateKind::Passkey,
    GateKind::RecoveryCode,
    GateKind::HelpdeskPass,
];

/// One action of a stranger.
enum Act {
    Send(Operation),
    Wait(u64),
}

#[tokio::test]
async fn a_reset_is_the_same_conversation_for_every_name() {
    conversations_are_alike("tries = 100", |name| {
        through_all_gates(FlowKind::Reset, name)
    })
    .await;
}

#[tokio::test]
async fn an_unlock_is_the_same_conversation_for_every_name() {
    conversations_are_alike("gates_required = 2", |name| {
        let acts = [
            identify_for(FlowKind::Unlock, name),
            Operation::SendCode { gate: 1 },
            wrong_answer(1),
            wrong_answer(2),
            Operation::Resume,
        ];
        acts.map(Act::Send).into()
    })
    .await;
}

#[tokio::test]
async fn gates_that_everybody_passes_are_the_same_for_every_name() {
    let policy = "gates_always = ['authenticator', 'mail']";
    conversations_are_alike(policy, |name| {
        let gates = [1, 2, 3].map(|gate| Act::Send(wrong_answer(gate)));
        let begin = Act::Send(identify_for(FlowKind::Reset, name));
        [begin].into_iter().chain(gates).collect()
    })
    .await;
}

#[tokio::test]
async fn what_was_guessed_is_counted_alike_until_nothing_is_left() {
    let kind = GateKind::Authenticator;
    conversations_are_alike("", |name| {
        let mut acts = until_nothing_is_left(FlowKind::Reset, name, kind);
        for (gate, _) in (1..).zip(KINDS) {
            acts.push(Act::Send(identify_for(FlowKind::Reset, name)));
            acts.push(Act::Send(wrong_answer(gate)));
        }
        acts
    })
    .await;
}

#[tokio::test]
async fn a_change_is_the_same_conversation_for_every_name() {
    let kind = GateKind::Password;
    conversations_are_alike("", |name| {
        until_nothing_is_left(FlowKind::Change, name, kind)
    })
    .await;
}

#[tokio::test]
async fn ones_methods_are_the_same_conversation_for_every_name() {
    let kind = GateKind::Password;
    conversations_are_alike("", |name| {
        until_nothing_is_left(FlowKind::Methods, name, kind)
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_user_name_is_the_same_conversation_for_every_address() {
    conversations_are_alike("", |name| {
        let bare = name.rsplit_once('\\').map_or(name, |(_, name)| name);
        // A text that is not an address is refused by its form alone, and is not counted.
        let bare = bare.replace('\u{1}', "");
        let address = format!("{}@sandbox.example", bare.split('@').next().unwrap());
        let ask = || Act::Send(identify_for(FlowKind::UserName, &address));
        (0..7).map(|_| ask()).collect()
    })
    .await;
}

/// Otherwise accounts could be told from unknown names: by two names of one account that are
/// counted as two, or two unknown names that are counted as one.
#[tokio::test]
async fn every_way_to_write_a_name_spends_the_same_tries() {
    let forms = |name: &str| {
        [
            format!("NOSUCH\\{name}"),
            name.to_owned(),
            format!("{name}@elsewhere.example"),
            name.to_uppercase(),
            format!("SANDBOX\\{name}"),
            format!("{name}@sandbox.example"),
            name.replace('a', "á").replace('o', "ó"),
            format!(" {name}\u{200b}"),
            format!("{}\\{name}", "x".repeat(600)),
        ]
    };
    for (flow_kind, gate) in [
        (FlowKind::Change, 1),
        (FlowKind::Reset, 2),
        (FlowKind::Reset, 1),
    ] {
        let mut told = Vec::new();
        for name in ["alice", "zoe", "carol", "mia"] {
            let world = World::with("unknown_names = 'decoy'\ntries = 100").await;
            let mut browser = Browser::new(1);
            let mut reasons = Vec::new();
            for form in forms(name) {
                browser.send(&world, identify_for(flow_kind, &form)).await;
                if gate == 1 {
                    let reply = browser.send(&world, Operation::SendCode { gate }).await;
                    reasons.push(reply.reason);
                    browser.send(&world, identify_for(flow_kind, &form)).await;
                }
                let reply = browser.answer(&world, gate, "000000").await;
                reasons.push(reply.reason);
            }
            told.push((name, reasons));
        }
        for (name, reasons) in &told {
            assert_eq!(reasons, &told[0].1, "{name}, {flow_kind:?}");
        }
    }
}

/// Only a directory knows that a login name and a principal name belong to one account.
#[tokio::test]
async fn two_names_of_an_account_are_counted_as_two_names_of_nobody_are() {
    for (flow_kind, gate) in [
        (FlowKind::Change, 1),
        (FlowKind::Reset, 2),
        (FlowKind::Reset, 1),
    ] {
        let mut told = Vec::new();
        for names in [["alice", "alice.novak"], ["zoe", "zoe.novak"]] {
            let world = World::with("unknown_names = 'decoy'\npause_seconds = 30").await;
            let mut browser = Browser::new(1);
            let mut reasons = Vec::new();
            for turn in 0..14 {
                let name = format!("{}@sandbox.example", names[turn % 2]);
                browser.send(&world, identify_for(flow_kind, &name)).await;
                if flow_kind == FlowKind::Reset {
                    let sent = browser.send(&world, Operation::SendCode { gate: 1 }).await;
                    reasons.push(sent.reason);
                }
                let reply = browser.answer(&world, gate, "000000").await;
                reasons.push(reply.reason);
            }
            told.push(reasons);
        }
        assert_eq!(told[0], told[1], "{flow_kind:?}");
    }
}

/// The directory lets the agent read some accounts and not others.
#[tokio::test]
async fn an_account_that_cannot_be_read_is_a_name_of_nobody() {
    let world = World::with("unknown_names = 'decoy'").await;
    let mut browser = Browser::new(1);
    let nobody = shown(browser.identify(&world, "zoe").await);
    *world.directory.refuse.lock().unwrap() = Some(Reason::AgentLacksRight);
    assert_eq!(shown(browser.identify(&world, "alice").await), nobody);
}

#[tokio::test]
async fn nothing_of_an_account_shows_before_a_gate_is_passed() {
    let world = World::with(&[ALL, "\ngates_required = 2"].concat()).await;
    for (seed, (name, _)) in (0..).zip(NAMES) {
        let mut browser = Browser::new(seed);
        let reply = browser.identify(&world, name).await;
        let Step::Gates { needed, gates, .. } = &reply.step else {
            panic!("{name}: {reply:?}");
        };
        let kinds: Vec<_> = gates.iter().map(|gate| gate.kind).collect();
        assert_eq!((*needed, &kinds[..]), (2, &KINDS[..]), "{name}");
        assert!(gates.iter().all(|gate| gate.hint.is_none()), "{name}");
    }
}

#[tokio::test]
async fn a_page_that_was_loaded_again_is_told_every_name_in_a_reply_of_one_size() {
    let world = World::with(ALL).await;
    let longest = "ž".repeat(128);
    let names = NAMES.map(|(name, _)| name).into_iter();
    let mut sizes = BTreeSet::new();
    for (seed, name) in (0..).zip(names.chain(["z", &longest])) {
        let mut browser = Browser::new(seed);
        browser.identify(&world, name).await;
        let sealed = browser.seal(&world, Operation::Resume);
        let answer = world.ask(sealed.message.clone()).await;
        let Answer::Reply { message } = &answer else {
            panic!("{name}: {answer:?}");
        };
        sizes.insert((message.ciphertext.len(), message.to_string().len()));
        assert_eq!(sealed.open(&answer).name, Some(Secret::from(name)));
    }
    assert_eq!(sizes.len(), 1, "{sizes:?}");
}

#[tokio::test]
async fn a_code_goes_to_every_address_and_number_on_file() {
    let world = World::with(ALL).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "wanda").await;
    let gate = gate_of(&reply, GateKind::Mail);
    browser.send(&world, Operation::SendCode { gate }).await;
    let to: BTreeSet<_> = world.mails().into_iter().map(|mail| mail.to).collect();
    let both = ["home@kaczmarek.example", "wanda@sandbox.example"];
    assert_eq!(to, both.map(String::from).into());
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");

    let reply = browser.identify(&world, "eva").await;
    let gate = gate_of(&reply, GateKind::Voice);
    browser.send(&world, Operation::SendCode { gate }).await;
    let called: Vec<_> = world.mails().drain(..2).map(|mail| mail.to).collect();
    assert_eq!(called, ["+441632960078", "+447700900056"]);
}

#[tokio::test]
async fn a_name_of_another_domain_gets_no_code_and_opens_nothing() {
    let world = World::with("unknown_names = 'decoy'").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "NOSUCH\\bob").await;
    let gate = gate_of(&reply, GateKind::Mail);
    let reply = browser.send(&world, Operation::SendCode { gate }).await;
    assert_eq!(reply.reason, None);
    assert!(world.mails().is_empty());
    let gate = gate_of(&reply, GateKind::Authenticator);
    let code = world.authenticator_code("bob").await;
    let reply = browser.answer(&world, gate, &code).await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 4 }));
}

#[tokio::test]
async fn a_name_has_three_wrong_passwords_however_it_is_written() {
    for name in ["alice", "zoe"] {
        let world = World::with("unknown_names = 'decoy'").await;
        let mut reasons = Vec::new();
        for written in [name, &["NOSUCH\\", name].concat(), &name.replace('e', "É")] {
            let mut browser = Browser::fresh(9);
            let flow_kind = identify_for(FlowKind::Change, written);
            let gate = gate_of(&browser.send(&world, flow_kind).await, GateKind::Password);
            reasons.push(browser.answer(&world, gate, "Wrong 2026!").await.reason);
        }
        let wrong = |tries_left| Some(Reason::WrongPassword { tries_left });
        assert_eq!(reasons[..2], [wrong(2), wrong(1)], "{name}");
        assert!(matches!(reasons[2], Some(Reason::Locked { .. })), "{name}");
    }
}

/// Otherwise each way to write a name would have its own tries at the account.
#[tokio::test]
async fn a_name_that_the_directory_alone_takes_for_another_gets_no_code() {
    for (name, mails) in [("person-7", 1), ("person-07", 0)] {
        let world = World::with("unknown_names = 'decoy'").await;
        let mut browser = Browser::new(1);
        let reply = browser.identify(&world, name).await;
        let gate = gate_of(&reply, GateKind::Mail);
        let reply = browser.send(&world, Operation::SendCode { gate }).await;
        assert_eq!(reply.reason, None, "{name}");
        assert_eq!(world.mails().len(), mails, "{name}");
    }
}

#[tokio::test]
async fn the_owner_is_told_what_is_special_after_a_first_gate() {
    let policy = "unknown_names = 'decoy'\ngates = ['mail', 'authenticator', 'sms']";
    for (name, reason) in [
        ("carol", Reason::AccountDisabled),
        ("dave", Reason::AccountProtected),
        ("erin", Reason::AccountExpired),
    ] {
        for flow_kind in [FlowKind::Reset, FlowKind::Unlock] {
            let world = World::with(policy).await;
            let reply = pass_mail(&world, &mut Browser::new(1), flow_kind, name).await;
            assert_eq!(reply.reason, Some(reason.clone()), "{name}");
            assert_eq!((reply.step, reply.token), (Step::Identify, None));
        }
        for flow_kind in [FlowKind::Change, FlowKind::Methods] {
            let world = World::with(policy).await;
            let mut browser = Browser::new(1);
            let reply = browser.send(&world, identify_for(flow_kind, name)).await;
            let gate = gate_of(&reply, GateKind::Password);
            let asked = world.directory.questions();
            let reply = browser.answer(&world, gate, FIRST_PASSWORD).await;
            if name == "dave" {
                let tries_left = 2;
                assert_eq!(reply.reason, Some(Reason::WrongPassword { tries_left }));
                let asked = world.directory.questions() - asked;
                assert_eq!(asked, 1, "read, and the password not tried");
            } else {
                assert_eq!(reply.reason, Some(reason.clone()), "{name}");
                assert_eq!(reply.token, None);
            }
        }
    }
    let world = World::with(&[policy, "\ngates_required = 2"].concat()).await;
    let reply = pass_mail(&world, &mut Browser::new(1), FlowKind::Reset, "alice").await;
    assert_eq!(reply.reason, Some(Reason::TooFewGates));
    let world = World::with(&[policy, "\ngates_always = ['mail', 'sms']"].concat()).await;
    let reply = pass_mail(&world, &mut Browser::new(1), FlowKind::Reset, "alice").await;
    assert_eq!(reply.reason, Some(Reason::TooFewGates));
}

#[tokio::test]
async fn the_second_gate_of_an_account_is_asked_for_after_the_first() {
    let world = World::with("unknown_names = 'decoy'\ngates = ['mail', 'sms', 'authenticator']");
    let world = world.await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "tina").await;
    assert!(matches!(reply.step, Step::Gates { needed: 1, .. }));
    let reply = pass_mail(&world, &mut browser, FlowKind::Reset, "tina").await;
    let Step::Gates {
        needed,
        passed,
        gates,
        ..
    } = &reply.step
    else {
        panic!("{reply:?}");
    };
    assert_eq!((*needed, &passed[..]), (2, &[GateKind::Mail][..]));
    let kinds: Vec<_> = gates.iter().map(|gate| gate.kind).collect();
    assert_eq!(kinds, [GateKind::Authenticator], "she has no phone");
    let code = world.authenticator_code("tina").await;
    let reply = browser.answer(&world, gates[0].id, &code).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
    let reply = browser.send(&world, set(GOOD)).await;
    assert_eq!(reply.step, Step::Done);
}

#[tokio::test]
async fn the_last_code_of_an_account_opens_its_gate() {
    let world = World::with(ALL).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "hugo").await;
    let gate = gate_of(&reply, GateKind::HelpdeskPass);
    let pass = world.code_at_hand("hugo", 11).await;
    let reply = browser.answer(&world, gate, &pass).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
}

#[tokio::test]
async fn what_could_not_be_told_after_a_gate_is_told_when_the_directory_is_back() {
    let world = World::with("unknown_names = 'decoy'\ngates = ['mail', 'authenticator']").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "tina").await;
    let gate = gate_of(&reply, GateKind::Mail);
    browser.send(&world, Operation::SendCode { gate }).await;
    *world.directory.refuse.lock().unwrap() = Some(Reason::DirectoryUnreachable);
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert_eq!(reply.reason, Some(Reason::DirectoryUnreachable));
    assert!(matches!(reply.step, Step::Gates { .. }), "{reply:?}");
    *world.directory.refuse.lock().unwrap() = None;
    let reply = browser.send(&world, Operation::Resume).await;
    assert_eq!(reply.reason, None);
    assert!(matches!(reply.step, Step::Gates { needed: 2, .. }));
}

/// If an account has no authenticator, answers are compared with a random secret. Even the code of
/// that secret opens nothing.
#[tokio::test]
async fn a_gate_that_an_account_lacks_is_not_passed_by_luck() {
    for place in 0..8 {
        let world = World::with("unknown_names = 'decoy'\ngates = ['authenticator']").await;
        let mut browser = Browser::new(1);
        let reply = browser.identify(&world, "alice").await;
        let gate = gate_of(&reply, GateKind::Authenticator);
        // The random numbers that the agent draws; one of them is that secret.
        let mut random = Seeded::new(1);
        let mut secret = [0; 20];
        for _ in 0..=place {
            random.fill_bytes(&mut secret);
        }
        let code = current_code(&Secret::new(secret.to_vec()), world.now());
        let reply = browser.answer(&world, gate, &code).await;
        assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 4 }));
    }
}

/// Otherwise a stranger could see who resets a password, and when.
#[tokio::test]
async fn a_reset_gives_strangers_nothing_back() {
    let world = World::with("unknown_names = 'decoy'").await;
    for name in ["alice", "zoe"] {
        let guess = async |tries_left| {
            let mut stranger = Browser::fresh(5);
            stranger.identify(&world, name).await;
            let reply = stranger.answer(&world, 2, "000000").await;
            assert_eq!(
                reply.reason,
                Some(Reason::WrongCode { tries_left }),
                "{name}"
            );
        };
        guess(4).await;
        if name == "alice" {
            let mut owner = Browser::fresh(1);
            owner.prove(&world, name).await;
            assert_eq!(owner.set(&world, GOOD).await.step, Step::Done);
        }
        guess(3).await;
    }
}

/// Nothing reveals either which accounts share a mailbox.
#[tokio::test]
async fn a_full_mailbox_is_not_told_to_strangers() {
    let world = World::with("unknown_names = 'decoy'\ncodes_per_address = 1").await;
    for (seed, name) in [(1, "alice"), (2, "alice"), (3, "zoe"), (4, "zoe")] {
        let mut browser = Browser::new(seed);
        let reply = browser.identify(&world, name).await;
        let gate = gate_of(&reply, GateKind::Mail);
        let reply = browser.send(&world, Operation::SendCode { gate }).await;
        assert_eq!(reply.reason, None, "{name}");
    }
    assert_eq!(world.mails().len(), 1);
    // Requests for the user names of an address do not reveal it either.
    for (seed, name) in [(5, "alice"), (6, "zoe")] {
        let address = format!("{name}@sandbox.example");
        let ask = identify_for(FlowKind::UserName, &address);
        let reply = Browser::new(seed).send(&world, ask).await;
        assert_eq!(
            (reply.step, reply.reason),
            (Step::UserNameSent, None),
            "{name}"
        );
    }
    assert_eq!(world.mails().len(), 1);
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
    let reply = browser.set(&world, GOOD).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
}

#[tokio::test]
async fn a_directory_that_is_away_is_told_to_everybody() {
    let world = World::with("unknown_names = 'decoy'").await;
    let away = Some(Reason::DirectoryUnreachable);
    let mut browsers = ["alice", "zoe"].map(|name| (name, Browser::new(name.len() as u8)));
    for (name, browser) in &mut browsers {
        let reply = browser.send(&world, identify_for(FlowKind::Change, name));
        assert_eq!(reply.await.reason, None);
    }
    *world.directory.refuse.lock().unwrap() = away.clone();
    for (_, browser) in &mut browsers {
        let reply = browser.answer(&world, 1, "wrong").await;
        assert_eq!(reply.reason, away, "in the middle of a change");
    }
    for (name, browser) in &mut browsers {
        assert_eq!(browser.identify(&world, name).await.reason, away);
    }
}

/// Asserts that the conversations of all names look the same to a stranger: steps, gates, reasons
/// and counters, sizes of the sealed replies, and the number of writes to the store.
async fn conversations_are_alike(policy: &str, acts: impl Fn(&str) -> Vec<Act>) {
    let mut seen = Vec::new();
    for (name, about) in NAMES {
        let backend = Counting::default();
        let policy = [ALL, "\n", policy].concat();
        let world = World::on(Store::with_backend(backend.clone()).unwrap(), &policy).await;
        let mut browser = Browser::new(1);
        let mut steps = Vec::new();
        for act in acts(name) {
            let operation = match act {
                Act::Wait(seconds) => {
                    world.pass(seconds);
                    continue;
                }
                Act::Send(operation) => operation,
            };
            let written = backend.commits();
            let sealed = browser.seal(&world, operation);
            let answer = world.ask(sealed.message.clone()).await;
            let Answer::Reply { message } = &answer else {
                panic!("{answer:?}");
            };
            let size = (message.ciphertext.len(), message.to_string().len());
            let reply = sealed.open(&answer);
            // The last token is kept: with it a stranger could test whether the flow has ended.
            browser.token = reply.token.or(browser.token);
            steps.push((shown(reply), size, backend.commits() - written));
        }
        seen.push((name, about, steps));
    }
    let (.., nobody) = seen.last().unwrap();
    let reasons: BTreeSet<_> = nobody
        .iter()
        .filter_map(|((.., reason), ..)| reason.as_ref().map(Reason::code))
        .collect();
    assert!(!reasons.contains("internal"), "{reasons:?}");
    for (name, about, steps) in &seen {
        for (place, (step, expected)) in steps.iter().zip(nobody).enumerate() {
            assert_eq!(step, expected, "{name} ({about}), step {place}");
        }
        assert_eq!(steps.len(), nobody.len());
    }
}

/// Returns acts at every gate: codes that are sent, sent again and used up, answers that are wrong
/// or malformed, and operations that do not fit.
fn through_all_gates(flow_kind: FlowKind, name: &str) -> Vec<Act> {
    let begin = || Act::Send(identify_for(flow_kind, name));
    let send = |gate| Act::Send(Operation::SendCode { gate });
    let mut acts = vec![
        begin(),
        Act::Send(Operation::Resume),
        Act::Send(Operation::Extend),
    ];
    for (gate, kind) in (1..).zip(KINDS) {
        acts.extend([Act::Send(wrong_answer(gate)), Act::Send(answer(gate, "x"))]);
        if kind.sends() || kind == GateKind::Passkey {
            acts.extend([send(gate), Act::Send(wrong_answer(gate)), send(gate)]);
            acts.extend([Act::Wait(400), begin()]);
        }
    }
    // Uses up the codes of the day, and the answers to each code.
    for gate in [1, 3, 1] {
        acts.extend([Act::Wait(600), begin(), send(gate)]);
        acts.extend((0..6).map(|_| Act::Send(wrong_answer(gate))));
    }
    acts.extend([Act::Send(Operation::Extend), Act::Wait(901)]);
    // An operation that is too late; then operations for a missing gate, or for none of these.
    acts.extend([Act::Send(Operation::Resume), begin(), send(2)]);
    acts.extend([begin(), send(99)]);
    acts.extend([begin(), Act::Send(set(GOOD)), Act::Send(Operation::Resume)]);
    acts
}

/// Returns wrong answers until no tries are left, in a second flow too, and again on the next day.
fn until_nothing_is_left(flow_kind: FlowKind, name: &str, kind: GateKind) -> Vec<Act> {
    let begin = || Act::Send(identify_for(flow_kind, name));
    let gate = KINDS.iter().position(|one| *one == kind).unwrap_or(0) as u8 + 1;
    let mut acts = vec![
        begin(),
        Act::Send(Operation::Resume),
        Act::Send(Operation::SendCode { gate: 9 }),
        begin(),
        Act::Send(wrong_answer(gate)),
        Act::Send(Operation::Extend),
        Act::Send(answer(gate, "")),
        begin(),
    ];
    acts.extend((0..5).map(|_| Act::Send(wrong_answer(gate))));
    acts.extend([Act::Wait(24 * 60 * 60), begin()]);
    acts.push(Act::Send(wrong_answer(gate)));
    acts
}

async fn pass_mail(world: &World, browser: &mut Browser, flow_kind: FlowKind, name: &str) -> Reply {
    let reply = browser.send(world, identify_for(flow_kind, name)).await;
    browser.pass_mail(world, &reply).await
}

/// Returns a wrong answer in the form that a gate of [`KINDS`] expects.
fn wrong_answer(gate: u8) -> Operation {
    let code = match KINDS.get(usize::from(gate) - 1) {
        Some(GateKind::RecoveryCode) => "7K3M-01PQ-ZX90-1ABC",
        Some(GateKind::HelpdeskPass) => "K7QXM-2P9TR",
        Some(GateKind::Authenticator) => "000000",
        _ => "00000000",
    };
    answer(gate, code)
}

fn answer(gate: u8, code: &str) -> Operation {
    let code = Secret::from(code);
    Operation::Answer { gate, code }
}

/// Returns a reply without its random parts: the token, and a challenge except for its length.
fn shown(reply: Reply) -> (bool, Step, Option<Reason>) {
    let mut step = reply.step;
    if let Step::Gates { gates, .. } = &mut step {
        for Gate { challenge, .. } in gates {
            *challenge = challenge.take().map(|text| text.len().to_string());
        }
    }
    (reply.token.is_some(), step, reply.reason)
}
