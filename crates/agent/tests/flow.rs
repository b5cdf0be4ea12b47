//! A reset from name to new password on the sandbox directory, and every refusal on the way.

use crate::kit::{Browser, GOOD, START, World, gate_of, set};
use postern_envelope::Secret;
use postern_protocol::{GateKind, Operation, Reason, Reply, Step};

const DAY: u64 = 24 * 60 * 60;

#[tokio::test]
async fn a_mailed_code_leads_to_a_new_password() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);

    let reply = browser.identify(&world, " SANDBOX\\Alice ").await;
    assert_eq!(reply.reason, None);
    let Step::Gates {
        needed,
        passed,
        gates,
        expires,
    } = &reply.step
    else {
        panic!("{reply:?}");
    };
    assert_eq!((*needed, passed.len(), gates.len()), (1, 0, 1));
    assert_eq!(*expires, START + 15 * 60);
    assert_eq!(gates[0].hint.as_deref(), Some("a••@sandbox.example"));
    assert_eq!(gates[0].sent_until, None);

    let gate = gates[0].id;
    let reply = browser.send(&world, Operation::SendCode { gate }).await;
    let Step::Gates { gates, .. } = &reply.step else {
        panic!("{reply:?}");
    };
    assert_eq!(gates[0].sent_until, Some(START + 10 * 60));
    assert_eq!(world.mails()[0].to, "alice@sandbox.example");

    let code = world.mailed_code();
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    let reply = browser.answer(&world, gate, &spaced).await;
    let Step::NewPassword { policy, .. } = &reply.step else {
        panic!("{reply:?}");
    };
    assert_eq!(
        (policy.minimum, policy.account_name.as_str()),
        (12, "alice")
    );

    let reply = browser.set(&world, GOOD).await;
    assert_eq!(
        (reply.step, reply.reason, reply.token),
        (Step::Done, None, None)
    );
    assert!(
        world
            .directory
            .sandbox
            .password_is("alice", &Secret::from(GOOD))
    );
    assert_eq!(world.writes("alice"), (1, 1));
}

#[tokio::test]
async fn a_notice_goes_to_every_address_in_the_persons_language() {
    let world = World::with("").await;
    let more = ["a@home.example".to_owned(), "alice@work.example".to_owned()];
    world.directory.more_addresses.lock().unwrap().extend(more);
    let mut browser = Browser::new(1);
    browser.language = "lt";
    browser.prove(&world, "alice").await;
    let code_mail = world.mails().remove(0);
    assert!(code_mail.text.contains("10 minučių"), "{}", code_mail.text);
    browser.set(&world, GOOD).await;
    let mails = world.mails();
    let to: Vec<_> = mails[..3].iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(
        to,
        [
            "alice@work.example",
            "a@home.example",
            "alice@sandbox.example"
        ]
    );
    for part in [
        "2026 m. lapkričio 20 d. 09:12 (UTC)",
        "telefonas",
        "alice",
        "Contoso",
        "+370 5 000",
    ] {
        assert!(mails[0].text.contains(part), "{}", mails[0].text);
    }
    assert!(!mails[0].text.contains(GOOD));
}

#[tokio::test]
async fn a_flow_is_put_off_ten_times_and_loses_nothing() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    let gate = gate_of(&reply, GateKind::Mail);
    browser.send(&world, Operation::SendCode { gate }).await;
    let code = world.mailed_code();
    let ends = |reply: &Reply| match &reply.step {
        Step::Gates { expires, .. } | Step::NewPassword { expires, .. } => *expires,
        other => panic!("no flow: {other:?}"),
    };
    assert_eq!(ends(&reply), START + 900);
    world.pass(500);
    let reply = browser.send(&world, Operation::Extend).await;
    assert_eq!((ends(&reply), &reply.reason), (START + 1400, &None));
    // The code that was sent, and its destination, are unchanged.
    let reply = browser.answer(&world, gate, &code).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    for time in 2..=12 {
        world.pass(800);
        let now = world.now();
        let reply = browser.send(&world, Operation::Extend).await;
        match time {
            ..=10 => assert_eq!(ends(&reply), now + 900, "{time}"),
            11 => assert_eq!(ends(&reply), now + 100, "the limit"),
            _ => assert_eq!(over(&reply), Some(Reason::FlowExpired)),
        }
    }
    assert_eq!(world.writes("alice"), (0, 0));
}

#[tokio::test]
async fn a_reply_that_was_lost_does_not_lose_the_time_that_was_given() {
    let world = World::with("unknown_names = 'decoy'").await;
    for (seed, name) in [(1, "alice"), (2, "nobody")] {
        let mut browser = Browser::new(seed);
        browser.identify(&world, name).await;
        let lost = browser.token;
        world.pass(800);
        browser.send(&world, Operation::Extend).await;
        browser.token = lost;
        world.pass(200);
        let reply = browser.send(&world, Operation::Extend).await;
        assert_eq!(reply.reason, None, "{name}");
        assert!(matches!(reply.step, Step::Gates { .. }), "{name}");
    }
}

#[tokio::test]
async fn what_has_ended_is_not_put_off() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    world.pass(901);
    let reply = browser.send(&world, Operation::Extend).await;
    assert_eq!(over(&reply), Some(Reason::FlowExpired));
}

#[tokio::test]
async fn an_authenticator_code_opens_its_gate_once() {
    let world = World::with("").await;
    let code = world.authenticator_code("bob").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "bob").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    assert!(matches!(
        browser.answer(&world, gate, &code).await.step,
        Step::NewPassword { .. }
    ));

    let mut browser = Browser::new(2);
    browser.identify(&world, "bob").await;
    let reply = browser.answer(&world, gate, &code).await;
    assert_eq!(reply.reason, Some(Reason::CodeUsed));
    world.pass(30);
    let next = world.authenticator_code("bob").await;
    assert!(matches!(
        browser.answer(&world, gate, &next).await.step,
        Step::NewPassword { .. }
    ));
}

#[tokio::test]
async fn an_authenticator_needs_no_code_to_be_sent() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "bob").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    let reply = browser.send(&world, Operation::SendCode { gate }).await;
    assert_eq!(over(&reply), Some(Reason::FlowExpired));
    assert!(world.mails().is_empty());
}

#[tokio::test]
async fn two_gates_are_of_different_kinds() {
    let world = World::with("gates_required = 2").await;
    let mut browser = Browser::new(1);
    assert_eq!(
        over(&browser.identify(&world, "alice").await),
        Some(Reason::TooFewGates)
    );

    let reply = browser.identify(&world, "bob").await;
    let gate = gate_of(&reply, GateKind::Mail);
    let second = gate_of(&reply, GateKind::Authenticator);
    browser.send(&world, Operation::SendCode { gate }).await;
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
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
    assert_eq!(
        gates.iter().map(|gate| gate.id).collect::<Vec<_>>(),
        [second]
    );

    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert_eq!(reply.reason, Some(Reason::CodeUsed));
    let reply = browser.send(&world, Operation::SendCode { gate }).await;
    assert_eq!(reply.reason, Some(Reason::CodeUsed));

    let code = world.authenticator_code("bob").await;
    browser.answer(&world, second, &code).await;
    assert_eq!(browser.set(&world, GOOD).await.step, Step::Done);
}

#[tokio::test]
async fn a_gate_that_everybody_passes_comes_first() {
    let world = World::with("gates_always = ['authenticator']\ngates_required = 2").await;
    let mut browser = Browser::new(1);
    assert_eq!(
        over(&browser.identify(&world, "alice").await),
        Some(Reason::TooFewGates)
    );
    let reply = browser.identify(&world, "bob").await;
    let Step::Gates { needed, gates, .. } = &reply.step else {
        panic!("{reply:?}");
    };
    assert_eq!(*needed, 2);
    let kinds: Vec<_> = gates.iter().map(|gate| gate.kind).collect();
    assert_eq!(kinds, [GateKind::Authenticator]);
    // The other gate cannot be used yet, even by somebody who knows its number.
    let first = gate_of(&reply, GateKind::Authenticator);
    let mut stranger = Browser::new(2);
    stranger.identify(&world, "bob").await;
    let other = (1..9).find(|id| *id != first).unwrap();
    let refused = stranger.send(&world, Operation::SendCode { gate: other });
    assert_eq!(over(&refused.await), Some(Reason::FlowExpired));
    assert!(world.mails().is_empty());

    let code = world.authenticator_code("bob").await;
    let reply = browser.answer(&world, first, &code).await;
    let gate = gate_of(&reply, GateKind::Mail);
    browser.send(&world, Operation::SendCode { gate }).await;
    browser.answer(&world, gate, &world.mailed_code()).await;
    assert_eq!(browser.set(&world, GOOD).await.step, Step::Done);

    // Where one gate is enough, the others are not offered, and are not sufficient.
    let world = World::with("gates_always = ['authenticator']").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "bob").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    let code = world.authenticator_code("bob").await;
    browser.answer(&world, gate, &code).await;
    assert_eq!(browser.set(&world, GOOD).await.step, Step::Done);
}

#[tokio::test]
async fn what_stands_against_an_account_is_told_where_the_tenant_tells() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    for (name, reason) in [
        (&b"nobody"[..], Reason::UserNotFound),
        (b"", Reason::UserNotFound),
        (b"al\0ice", Reason::UserNotFound),
        (b"*", Reason::UserNotFound),
        (&[0xff, 0xfe], Reason::UserNotFound),
        (&[b'a'; 900], Reason::UserNotFound),
        (b"OTHER\\alice", Reason::UserNotFound),
        (b"carol", Reason::AccountDisabled),
        (b"dave", Reason::AccountProtected),
        (b"erin", Reason::AccountExpired),
        (b"mia", Reason::AccountAmbiguous),
        (b"olga", Reason::TooFewGates),
    ] {
        let name = Secret::new(name.to_vec());
        let reply = browser
            .send(
                &world,
                Operation::Identify {
                    name,
                    flow_kind: None,
                    device: None,
                },
            )
            .await;
        assert_eq!(over(&reply), Some(reason));
    }
    assert!(world.mails().is_empty());
}

#[tokio::test]
async fn every_rule_that_a_password_breaks_is_named_and_another_one_may_be_tried() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    for (password, reason) in [
        (
            b"Short-1".to_vec(),
            Reason::TooShort {
                minimum: 12,
                length: 7,
            },
        ),
        (
            Vec::new(),
            Reason::TooShort {
                minimum: 12,
                length: 0,
            },
        ),
        (
            [b'a'; 257].to_vec(),
            Reason::TooLong {
                maximum: 256,
                length: 257,
            },
        ),
        (
            b"onlylowercase".to_vec(),
            Reason::TooFewClasses {
                needed: 3,
                found: 1,
            },
        ),
        (b"xx-Alice-2026".to_vec(), Reason::ContainsAccountName),
        (b"xx-Novak-2026".to_vec(), Reason::ContainsDisplayName),
        (b"Nul-\0-in-it-99".to_vec(), Reason::ForbiddenCharacter),
        (vec![0xff; 20], Reason::ForbiddenCharacter),
        (
            b"Two-lines\r\nin-it-99".to_vec(),
            Reason::ForbiddenCharacter,
        ),
        (b"Del-\x7f-in-it-99".to_vec(), Reason::ForbiddenCharacter),
        // U+FFFE, and half a surrogate pair, which is not valid UTF-8.
        (
            b"None-\xef\xbf\xbe-in-it-99".to_vec(),
            Reason::ForbiddenCharacter,
        ),
        (
            b"Half-\xed\xa0\x80-in-it-99".to_vec(),
            Reason::ForbiddenCharacter,
        ),
    ] {
        let password = Secret::new(password);
        let reply = browser
            .send(&world, Operation::SetPassword { password })
            .await;
        assert_eq!(reply.reason, Some(reason));
        assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
    }
    assert_eq!(world.writes("alice"), (0, 0));
    assert_eq!(browser.set(&world, GOOD).await.step, Step::Done);
    assert_eq!(world.writes("alice"), (1, 1));
}

#[tokio::test]
async fn every_refusal_of_the_directory_is_told_and_writes_nothing() {
    let world = World::with("").await;
    for (seed, name, reason) in [
        (1, "grace", Reason::UsedBefore { remembered: 24 }),
        (
            2,
            "heidi",
            Reason::TooYoung {
                until: START + 20 * 60 * 60,
            },
        ),
        (3, "ivan", Reason::Filter),
        (4, "judy", Reason::HistoryOrFilter),
        (5, "ken", Reason::DirectoryUnreachable),
        (6, "liam", Reason::AgentLacksRight),
        (
            7,
            "nora",
            Reason::TooShort {
                minimum: 15,
                length: 14,
            },
        ),
    ] {
        let mut browser = Browser::new(seed);
        browser.prove(&world, name).await;
        let reply = browser.set(&world, "Fourteen-9-abc").await;
        assert_eq!(reply.reason, Some(reason), "{name}");
        assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
        assert_eq!(world.directory.sandbox.key_version(name), 1, "{name}");
        let reply = browser.send(&world, Operation::Resume).await;
        assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
        assert_eq!(reply.reason, None);
    }
}

#[tokio::test]
async fn a_policy_that_cannot_be_read_is_told_and_asked_again_on_resuming() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    for _ in 0..2 {
        let reply = match browser.token {
            None => browser.prove(&world, "pavel").await,
            Some(_) => browser.send(&world, Operation::Resume).await,
        };
        assert_eq!(reply.reason, Some(Reason::PolicyUnreadable));
        let Step::Gates { passed, gates, .. } = reply.step else {
            panic!("{:?}", reply.step);
        };
        assert_eq!((passed, gates), (vec![GateKind::Mail], Vec::new()));
    }
    assert_eq!(
        browser.set(&world, GOOD).await.reason,
        Some(Reason::PolicyUnreadable)
    );
}

#[tokio::test]
async fn doubt_is_said_and_stays_said() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "vera").await;
    let token = browser.token;
    assert_eq!(
        over(&browser.set(&world, GOOD).await),
        Some(Reason::InDoubt)
    );
    for _ in 0..2 {
        browser.token = token;
        let reply = browser.send(&world, Operation::Resume).await;
        assert_eq!(over(&reply), Some(Reason::InDoubt));
    }
    browser.token = token;
    assert_eq!(
        over(&browser.set(&world, GOOD).await),
        Some(Reason::FlowExpired)
    );
    assert_eq!(world.writes("vera"), (1, 1));
}

#[tokio::test]
async fn a_directory_that_is_away_is_told_and_nothing_is_lost() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let away = || *world.directory.refuse.lock().unwrap() = Some(Reason::DirectoryUnreachable);
    let back = || *world.directory.refuse.lock().unwrap() = None;
    away();
    let reply = browser.identify(&world, "alice").await;
    assert_eq!(over(&reply), Some(Reason::DirectoryUnreachable));
    back();
    browser.prove(&world, "alice").await;
    away();
    let reply = browser.set(&world, GOOD).await;
    assert_eq!(reply.reason, Some(Reason::DirectoryUnreachable));
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
    back();
    assert_eq!(browser.set(&world, GOOD).await.step, Step::Done);
}

#[tokio::test]
async fn an_account_that_became_protected_meanwhile_is_refused() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let protect = &world.directory.protect;
    protect.store(true, std::sync::atomic::Ordering::Relaxed);
    let reply = browser.set(&world, GOOD).await;
    assert_eq!(over(&reply), Some(Reason::AccountProtected));
    assert_eq!(world.writes("alice"), (0, 0));
}

#[tokio::test]
async fn wrong_codes_are_counted_by_account_and_close_what_can_be_guessed() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "bob").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    for tries_left in [4, 3] {
        let reply = browser.answer(&world, gate, "000000").await;
        assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left }));
    }
    // A text that cannot be a code is wrong, but is not counted.
    for typed in ["", "12345", "1234567", "abcdef"] {
        let reply = browser.answer(&world, gate, typed).await;
        assert_eq!(
            reply.reason,
            Some(Reason::WrongCode { tries_left: 3 }),
            "{typed}"
        );
    }
    // A new flow brings no new tries; a code that is sent has tries of its own.
    let mut browser = Browser::new(2);
    let reply = browser.identify(&world, "SANDBOX\\bob").await;
    let mail = gate_of(&reply, GateKind::Mail);
    browser
        .send(&world, Operation::SendCode { gate: mail })
        .await;
    for tries_left in [4, 3] {
        let reply = browser.answer(&world, mail, "00000000").await;
        assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left }));
    }
    for tries_left in [2, 1] {
        let reply = browser.answer(&world, gate, "000000").await;
        assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left }));
    }
    world.pass(60);
    let until = START + DAY;
    let reply = browser.answer(&world, gate, "000000").await;
    assert_eq!(reply.reason, Some(Reason::Locked { until }));
    let code = world.authenticator_code("bob").await;
    let reply = browser.answer(&world, gate, &code).await;
    assert_eq!(
        reply.reason,
        Some(Reason::Locked { until }),
        "the right one"
    );
    // The flow continues, and another can begin.
    let reply = browser.answer(&world, mail, &world.mailed_code()).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
    assert_eq!(browser.identify(&world, "bob").await.reason, None);
    world.now.store(until, std::sync::atomic::Ordering::Relaxed);
    let mut browser = Browser::new(3).from(9);
    browser.identify(&world, "bob").await;
    let code = world.authenticator_code("bob").await;
    let reply = browser.answer(&world, gate, &code).await;
    assert_eq!(reply.reason, None);
}

#[tokio::test]
async fn a_closed_gate_refuses_even_the_right_code() {
    let world = World::with("tries = 2").await;
    let mut patient = Browser::new(1);
    let reply = patient.identify(&world, "bob").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    let mut guesser = Browser::new(2);
    guesser.identify(&world, "bob").await;
    for _ in 0..2 {
        guesser.answer(&world, gate, "000000").await;
    }
    let until = START + DAY;
    let code = world.authenticator_code("bob").await;
    let reply = patient.answer(&world, gate, &code).await;
    assert_eq!(reply.reason, Some(Reason::Locked { until }));
    assert!(matches!(reply.step, Step::Gates { .. }), "{reply:?}");
}

#[tokio::test]
async fn a_completed_reset_forgets_the_wrong_codes() {
    let world = World::with("").await;
    for seed in 1..3 {
        let mut browser = Browser::new(seed);
        let reply = browser.identify(&world, "bob").await;
        let gate = gate_of(&reply, GateKind::Authenticator);
        let reply = browser.answer(&world, gate, "000000").await;
        assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 4 }));
        let gate = gate_of(&reply, GateKind::Mail);
        browser.send(&world, Operation::SendCode { gate }).await;
        browser.answer(&world, gate, &world.mailed_code()).await;
        assert_eq!(
            browser.set(&world, &format!("{GOOD}{seed}")).await.step,
            Step::Done
        );
    }
}

#[tokio::test]
async fn a_mailed_code_is_good_for_its_time_and_until_the_next_one() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    let gate = gate_of(&reply, GateKind::Mail);
    assert_eq!(
        browser.answer(&world, gate, "12345678").await.reason,
        Some(Reason::CodeExpired)
    );
    browser.send(&world, Operation::SendCode { gate }).await;
    let first = world.mailed_code();
    browser.send(&world, Operation::SendCode { gate }).await;
    let reply = browser.answer(&world, gate, &first).await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 4 }));
    world.pass(10 * 60);
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert_eq!(reply.reason, Some(Reason::CodeExpired));
    browser.send(&world, Operation::SendCode { gate }).await;
    // A code never outlives its flow.
    let reply = browser.send(&world, Operation::Resume).await;
    let Step::Gates { gates, expires, .. } = reply.step else {
        panic!("{:?}", reply.step);
    };
    assert_eq!(gates[0].sent_until, Some(expires));
    world.pass(299);
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
}

#[tokio::test]
async fn five_codes_are_sent_then_one_in_half_an_hour_and_the_last_one_stays_good() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    let gate = gate_of(&reply, GateKind::Mail);
    for _ in 0..5 {
        assert_eq!(
            browser
                .send(&world, Operation::SendCode { gate })
                .await
                .reason,
            None
        );
    }
    let reply = browser.send(&world, Operation::SendCode { gate }).await;
    let until = START + 30 * 60;
    assert_eq!(reply.reason, Some(Reason::TooManyCodes { until }));
    assert_eq!(world.mails().len(), 5);
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
}

#[tokio::test]
async fn a_flow_ends_after_its_time() {
    let world = World::with("flow_minutes = 5").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let token = browser.token;
    world.pass(5 * 60);
    for operation in [Operation::Resume, set(GOOD)] {
        browser.token = token;
        let reply = browser.send(&world, operation).await;
        assert_eq!(over(&reply), Some(Reason::FlowExpired));
    }
    assert_eq!(world.writes("alice"), (0, 0));
}

#[tokio::test]
async fn a_reload_resumes_at_every_step_even_if_the_last_reply_was_lost() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    let gate = gate_of(&reply, GateKind::Mail);
    resumes(&world, &mut browser, &reply.step).await;

    let send = Operation::SendCode { gate };
    let reply = lost(&world, &mut browser, send).await;
    resumes(&world, &mut browser, &reply.step).await;

    let code = Secret::from(world.mailed_code().as_str());
    let reply = lost(&world, &mut browser, Operation::Answer { gate, code }).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    resumes(&world, &mut browser, &reply.step).await;

    let reply = lost(&world, &mut browser, set(GOOD)).await;
    assert_eq!(reply.step, Step::Done);
    let token = browser.token;
    for _ in 0..2 {
        browser.token = token;
        let reply = browser.send(&world, Operation::Resume).await;
        assert_eq!((reply.step, reply.reason), (Step::Done, None));
    }
    assert_eq!(world.writes("alice"), (1, 1));
}

#[tokio::test]
async fn the_name_is_told_to_a_page_that_was_loaded_again_and_in_no_other_reply() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let name = Some(Secret::from("SANDBOX\\Alice"));
    let reply = browser.identify(&world, " SANDBOX\\Alice ").await;
    assert_eq!(reply.name, None);
    let gate = gate_of(&reply, GateKind::Mail);
    for _ in 0..2 {
        let reply = browser.send(&world, Operation::Resume).await;
        assert_eq!(reply.name, name);
    }
    for operation in [Operation::SendCode { gate }, Operation::Extend] {
        let reply = browser.send(&world, operation).await;
        assert_eq!((reply.reason, reply.name), (None, None));
    }
    let reply = browser.answer(&world, gate, "00000000").await;
    assert_eq!(reply.name, None);
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert_eq!(reply.name, None);
    let reply = browser.send(&world, Operation::Resume).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
    assert_eq!(reply.name, name);
    let token = browser.token;
    let reply = browser.set(&world, GOOD).await;
    assert_eq!((reply.step, reply.name), (Step::Done, None));
    browser.token = token;
    let reply = browser.send(&world, Operation::Resume).await;
    assert_eq!((reply.step, reply.name), (Step::Done, None));
}

#[tokio::test(start_paused = true)]
async fn a_reload_while_the_password_is_being_set_waits_for_the_answer() {
    let world = World::with("").await;
    *world.directory.write_takes.lock().unwrap() = std::time::Duration::from_millis(300);
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let set = browser.seal(&world, set(GOOD));
    let resume = browser.seal(&world, Operation::Resume);
    let (one, other) = tokio::join!(world.ask(set.message.clone()), async {
        // The paused clock advances only while nothing but the write is awaited.
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert_eq!(world.writes("alice"), (1, 0));
        world.ask(resume.message.clone()).await
    });
    assert_eq!(set.open(&one).step, Step::Done);
    assert_eq!(resume.open(&other).step, Step::Done);
}

#[tokio::test]
async fn what_is_no_request_is_told_to_be_of_another_version() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    for body in [&[0xf6][..], &[0x82, 0xf6, 0x18, 0x63], &[0x60]] {
        let body = Secret::new(body.to_vec());
        let sealed = browser.seal_body("contoso", world.now() + 60, &body);
        let reply = sealed.open(&world.ask(sealed.message.clone()).await);
        assert_eq!(over(&reply), Some(Reason::VersionMismatch));
    }
}

/// Asserts that a reply ends the flow, and returns its reason.
fn over(reply: &Reply) -> Option<Reason> {
    assert_eq!(
        (reply.token, &reply.step),
        (None, &Step::Identify),
        "{reply:?}"
    );
    reply.reason.clone()
}

/// Sends an operation whose reply never reaches the browser.
async fn lost(world: &World, browser: &mut Browser, operation: Operation) -> Reply {
    let token = browser.token;
    let reply = browser.send(world, operation).await;
    browser.token = token;
    reply
}

/// Resumes twice; the first reply is lost.
async fn resumes(world: &World, browser: &mut Browser, step: &Step) {
    let reply = lost(world, browser, Operation::Resume).await;
    assert_eq!((&reply.step, reply.reason), (step, None));
    let reply = browser.send(world, Operation::Resume).await;
    assert_eq!((&reply.step, reply.reason), (step, None));
}
