//! The flows other than the reset: change, unlock, forgotten user name.

#![expect(clippy::panic, reason = "tests")]

use crate::kit::{Browser, GOOD, World, gate_of, identify_for, set};
use postern_directory::sandbox::FIRST_PASSWORD;
use postern_envelope::Secret;
use postern_protocol::{FlowKind, GateKind, Operation, Reason, Reply, Step};
use std::sync::atomic::Ordering;
use std::time::Duration;

fn change(current: &str, password: &str) -> Operation {
    Operation::ChangePassword {
        current: Secret::from(current),
        password: Secret::from(password),
    }
}

/// Starts a change and passes the gate of the current password.
async fn sign_in(world: &World, browser: &mut Browser, name: &str, password: &str) -> Reply {
    let reply = browser
        .send(world, identify_for(FlowKind::Change, name))
        .await;
    match reply.reason {
        Some(_) => reply,
        None => {
            let gate = gate_of(&reply, GateKind::Password);
            browser.answer(world, gate, password).await
        }
    }
}

#[tokio::test]
async fn a_password_is_changed_by_the_current_one() {
    for name in ["alice", "yvona"] {
        let world = World::with("").await;
        let mut browser = Browser::new(1);
        let reply = sign_in(&world, &mut browser, name, FIRST_PASSWORD).await;
        let Step::NewPassword { policy, .. } = &reply.step else {
            panic!("{reply:?}");
        };
        assert!(policy.history_enforced);
        let reply = browser.send(&world, change(FIRST_PASSWORD, GOOD)).await;
        assert_eq!((reply.step, reply.reason), (Step::Done, None));
        let sandbox = &world.directory.sandbox;
        assert!(sandbox.password_is(name, &Secret::from(GOOD)));
        let notice = &world.mails()[0];
        assert!(notice.subject.contains("was changed"));
        assert!(notice.text.contains("Device: tablet"), "{}", notice.text);
    }
}

#[tokio::test]
async fn a_change_that_takes_longer_keeps_its_place() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = browser
        .send(&world, identify_for(FlowKind::Change, "alice"))
        .await;
    let gate = gate_of(&reply, GateKind::Password);
    world.pass(800);
    let reply = browser.send(&world, Operation::Extend).await;
    assert_eq!(
        (gate_of(&reply, GateKind::Password), reply.reason),
        (gate, None)
    );
    world.pass(800);
    let reply = browser.answer(&world, gate, FIRST_PASSWORD).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    let reply = browser.send(&world, Operation::Extend).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    world.pass(800);
    let reply = browser.send(&world, change(FIRST_PASSWORD, GOOD)).await;
    assert_eq!((reply.step, reply.reason), (Step::Done, None));
}

#[tokio::test]
async fn what_is_unlocked_is_not_put_off_and_is_told_where_the_reply_was_lost() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = browser
        .send(&world, identify_for(FlowKind::Unlock, "frank"))
        .await;
    let gate = gate_of(&reply, GateKind::Mail);
    browser.send(&world, Operation::SendCode { gate }).await;
    let last_known = browser.token;
    browser.answer(&world, gate, &world.mailed_code()).await;
    for _ in 0..2 {
        browser.token = last_known;
        let reply = browser.send(&world, Operation::Extend).await;
        assert_eq!((reply.step, reply.reason), (Step::Unlocked, None));
    }
    world.pass(901);
    browser.token = last_known;
    let reply = browser.send(&world, Operation::Extend).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
}

#[tokio::test]
async fn wrong_current_passwords_lock_before_the_directory_does() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    for tries_left in [2, 1] {
        let reply = sign_in(&world, &mut browser, "alice", "wrong").await;
        assert_eq!(reply.reason, Some(Reason::WrongPassword { tries_left }));
    }
    let reply = sign_in(&world, &mut browser, "alice", "wrong").await;
    assert!(
        matches!(reply.reason, Some(Reason::Locked { .. })),
        "{reply:?}"
    );
    // The right password does not open the gate now either, and nothing was written.
    let reply = sign_in(&world, &mut browser, "alice", FIRST_PASSWORD).await;
    assert!(
        matches!(reply.reason, Some(Reason::Locked { .. })),
        "{reply:?}"
    );
    assert_eq!(world.writes("alice"), (0, 0));
}

#[tokio::test]
async fn a_right_current_password_costs_no_try() {
    let world = World::with("").await;
    for _ in 0..10 {
        let mut browser = Browser::new(1);
        let reply = sign_in(&world, &mut browser, "alice", FIRST_PASSWORD).await;
        assert_eq!(reply.reason, None);
    }
}

#[tokio::test]
async fn the_steps_of_one_flow_do_not_serve_another() {
    let world = World::with("").await;
    // A change does not become a reset, which would need no current password …
    let mut browser = Browser::new(1);
    sign_in(&world, &mut browser, "alice", FIRST_PASSWORD).await;
    let reply = browser.send(&world, set(GOOD)).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    // … and passing gates does not permit a change.
    let mut browser = Browser::new(2);
    browser.prove(&world, "alice").await;
    let reply = browser.send(&world, change(FIRST_PASSWORD, GOOD)).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    assert_eq!(world.writes("alice"), (0, 0));
}

#[tokio::test]
async fn the_current_password_is_checked_again_when_it_is_changed() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    sign_in(&world, &mut browser, "alice", FIRST_PASSWORD).await;
    for tries_left in [2, 1] {
        let reply = browser.send(&world, change("another", GOOD)).await;
        assert_eq!(reply.reason, Some(Reason::WrongPassword { tries_left }));
        assert!(matches!(reply.step, Step::NewPassword { .. }));
    }
    let reply = browser.send(&world, change("another", GOOD)).await;
    assert!(matches!(reply.reason, Some(Reason::Locked { .. })));
    assert_eq!(world.writes("alice").1, 0);
}

#[tokio::test]
async fn an_account_that_is_locked_or_protected_is_not_changed() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = sign_in(&world, &mut browser, "frank", FIRST_PASSWORD).await;
    assert_eq!(reply.reason, Some(Reason::AccountLocked));
    // An outsider must not be able to try an administrator's passwords here.
    let reply = sign_in(&world, &mut browser, "dave", FIRST_PASSWORD).await;
    assert_eq!(reply.reason, Some(Reason::AccountProtected));
}

#[tokio::test]
async fn the_password_of_an_account_that_became_protected_meanwhile_is_not_tried() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let flow_kind = identify_for(FlowKind::Change, "alice");
    let reply = browser.send(&world, flow_kind).await;
    let gate = gate_of(&reply, GateKind::Password);
    world.directory.protect.store(true, Ordering::Relaxed);
    let before = world.directory.questions();
    let reply = browser.answer(&world, gate, FIRST_PASSWORD).await;
    assert_eq!(reply.reason, Some(Reason::AccountProtected));
    assert_eq!(world.directory.questions() - before, 1, "for the account");
}

#[tokio::test]
async fn a_password_that_the_directory_does_not_try_costs_no_try() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    for _ in 0..5 {
        let flow_kind = identify_for(FlowKind::Change, "alice");
        let reply = browser.send(&world, flow_kind).await;
        let gate = gate_of(&reply, GateKind::Password);
        *world.directory.refuse.lock().unwrap() = Some(Reason::PasswordNotTried);
        let reply = browser.answer(&world, gate, FIRST_PASSWORD).await;
        assert_eq!(reply.reason, Some(Reason::PasswordNotTried));
        *world.directory.refuse.lock().unwrap() = None;
    }
    let reply = sign_in(&world, &mut browser, "alice", FIRST_PASSWORD).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
}

#[tokio::test]
async fn gates_unlock_an_account_and_keep_its_password() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = unlock(&world, &mut browser, "frank").await;
    assert_eq!((reply.step, reply.reason), (Step::Unlocked, None));
    let sandbox = &world.directory.sandbox;
    assert!(!sandbox.is_locked("frank"));
    assert!(sandbox.password_is("frank", &Secret::from(FIRST_PASSWORD)));
    let [notice, code] = &world.mails()[..] else {
        panic!("{:?}", world.mails().len());
    };
    assert!(notice.subject.contains("was unlocked"));
    assert!(
        code.text.contains("to unlock your account"),
        "{}",
        code.text
    );
    for mail in [notice, code] {
        assert!(mail.text.contains("Device: tablet"), "{}", mail.text);
    }
}

#[tokio::test]
async fn an_account_that_is_not_locked_may_have_a_new_password_instead() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = unlock(&world, &mut browser, "alice").await;
    assert_eq!(reply.reason, Some(Reason::NotLocked));
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    let reply = browser.set(&world, GOOD).await;
    assert_eq!((reply.step, reply.reason), (Step::Done, None));
}

async fn unlock(world: &World, browser: &mut Browser, name: &str) -> Reply {
    let reply = browser
        .send(world, identify_for(FlowKind::Unlock, name))
        .await;
    let gate = gate_of(&reply, GateKind::Mail);
    browser.send(world, Operation::SendCode { gate }).await;
    browser.answer(world, gate, &world.mailed_code()).await
}

#[tokio::test(start_paused = true)]
async fn a_user_name_is_mailed_to_its_address_and_nobody_else_learns_it() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let ask = async |browser: &mut Browser, address: &str| {
        let operation = identify_for(FlowKind::UserName, address);
        let reply = browser.send(&world, operation).await;
        // The paused clock advances only once the work after the answer is done.
        tokio::time::sleep(Duration::from_millis(50)).await;
        reply
    };
    let known = ask(&mut browser, " ALICE@sandbox.example ").await;
    assert_eq!((&known.step, &known.reason), (&Step::UserNameSent, &None));
    let mails = world.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "alice@sandbox.example", "as it is stored");
    assert!(mails[0].text.contains("\n\nalice\n\n"), "{}", mails[0].text);
    assert!(
        mails[0].text.contains("Device: tablet"),
        "{}",
        mails[0].text
    );
    for unknown in [
        "nobody@sandbox.example",
        "",
        "carol@sandbox.example",
        "*@*",
        // The directory finds alice by this address, but the domain is somebody else's.
        "alice@sandbóx.example",
    ] {
        assert_eq!(ask(&mut browser, unknown).await, known, "{unknown}");
    }
    assert_eq!(world.mails().len(), 1, "a disabled account is not told");
    for _ in 0..4 {
        ask(&mut browser, "alice@sandbox.example").await;
    }
    let much = ask(&mut browser, "alice@sandbox.example").await;
    assert!(matches!(much.reason, Some(Reason::TooManyCodes { .. })));
    assert_eq!(world.mails().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_user_name_that_was_asked_for_a_moment_ago_is_not_mailed_again() {
    let world = World::with("pause_seconds = 30").await;
    let mut browser = Browser::new(1);
    for (passed, mails) in [(0, 1), (29, 1), (1, 2), (59, 2), (1, 3)] {
        world.pass(passed);
        let operation = identify_for(FlowKind::UserName, "alice@sandbox.example");
        let reply = browser.send(&world, operation).await;
        assert_eq!((reply.step, reply.reason), (Step::UserNameSent, None));
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(world.mails().len(), mails, "after {passed} more seconds");
    }
}

#[tokio::test(start_paused = true)]
async fn user_names_count_as_codes_do_and_wait_for_the_tenants_minute() {
    let world = World::with("codes_per_minute = 2\ncodes_per_address = 2\ngates = ['mail']").await;
    let mut browser = Browser::new(1);
    let mut ask = async |name: &str| {
        let address = format!("{name}@sandbox.example");
        let operation = identify_for(FlowKind::UserName, &address);
        let reply = browser.send(&world, operation).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        reply.reason
    };
    // An unknown address gets no mail, and does not count towards the minute.
    for name in ["alice", "nobody", "frank", "bob"] {
        assert_eq!(ask(name).await, None);
    }
    assert_eq!(world.mails().len(), 2, "the minute is full");
    world.pass(60);
    tokio::time::sleep(Duration::from_secs(61)).await;
    assert_eq!(world.mails()[0].to, "bob@sandbox.example");
    assert_eq!(ask("alice").await, None);
    // Alice's mailbox has received its maximum.
    world.pass(60);
    let mut other = Browser::new(2);
    other.identify(&world, "alice").await;
    let reply = other.send(&world, Operation::SendCode { gate: 1 }).await;
    assert!(matches!(reply.reason, Some(Reason::TooManyCodes { .. })));
}

#[tokio::test]
async fn a_flow_that_is_not_offered_is_refused() {
    let world = World::with("flows = ['reset']").await;
    let mut browser = Browser::new(1);
    for flow_kind in [FlowKind::Change, FlowKind::Unlock, FlowKind::UserName] {
        let reply = browser.send(&world, identify_for(flow_kind, "alice")).await;
        assert_eq!(reply.reason, Some(Reason::NotOffered));
    }
    assert!(browser.identify(&world, "alice").await.reason.is_none());
}

#[tokio::test]
async fn nobody_is_asked_for_a_password_like_everybody() {
    let world = World::with("unknown_names = 'decoy'").await;
    let mut browser = Browser::new(1);
    for name in ["nobody", "dave", "carol"] {
        for tries_left in [2, 1] {
            let reply = sign_in(&world, &mut browser, name, "wrong").await;
            assert_eq!(reply.reason, Some(Reason::WrongPassword { tries_left }));
        }
        let reply = sign_in(&world, &mut browser, name, "wrong").await;
        assert!(matches!(reply.reason, Some(Reason::Locked { .. })));
    }
}

#[tokio::test]
async fn an_account_that_is_not_locked_gets_no_new_password_where_no_resets_are_offered() {
    let world = World::with("flows = ['unlock']").await;
    let mut browser = Browser::new(1);
    let reply = unlock(&world, &mut browser, "alice").await;
    assert_eq!(
        (&reply.step, &reply.reason),
        (&Step::Identify, &Some(Reason::NotLocked))
    );
    let reply = browser.set(&world, GOOD).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    assert_eq!(world.writes("alice"), (0, 0));
    // An account that is locked is unlocked all the same.
    let reply = unlock(&world, &mut browser, "frank").await;
    assert_eq!((reply.step, reply.reason), (Step::Unlocked, None));
}

/// A temporary failure of the directory leaves a flow with all gates passed and nothing done.
#[tokio::test]
async fn an_unlock_that_could_not_be_done_takes_no_password() {
    let world = World::with("flows = ['unlock']").await;
    let mut browser = Browser::new(1);
    let reply = browser
        .send(&world, identify_for(FlowKind::Unlock, "frank"))
        .await;
    let gate = gate_of(&reply, GateKind::Mail);
    browser.send(&world, Operation::SendCode { gate }).await;
    *world.directory.refuse.lock().unwrap() = Some(Reason::DirectoryUnreachable);
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert_eq!(reply.reason, Some(Reason::DirectoryUnreachable));
    *world.directory.refuse.lock().unwrap() = None;
    let reply = browser.set(&world, GOOD).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    assert_eq!(world.writes("frank"), (0, 0));
}

/// Somebody who knows the password must not be able to clear the wrong answers at other gates.
#[tokio::test]
async fn a_change_forgets_no_wrong_answer() {
    let world = World::with("").await;
    let guess = async |seed| {
        let mut browser = Browser::new(seed);
        let reply = browser.identify(&world, "bob").await;
        let gate = gate_of(&reply, GateKind::Authenticator);
        browser.answer(&world, gate, "000000").await.reason
    };
    for (seed, tries_left) in [(1, 4), (2, 3)] {
        assert_eq!(guess(seed).await, Some(Reason::WrongCode { tries_left }));
    }
    let mut browser = Browser::new(3);
    sign_in(&world, &mut browser, "bob", FIRST_PASSWORD).await;
    let reply = browser.send(&world, change(FIRST_PASSWORD, GOOD)).await;
    assert_eq!((reply.step, reply.reason), (Step::Done, None));
    assert_eq!(guess(4).await, Some(Reason::WrongCode { tries_left: 2 }));
}

/// Returns the number of gates that are needed, and the kinds that can be chosen.
fn gates(reply: &Reply) -> (u8, Vec<GateKind>) {
    let Step::Gates { needed, gates, .. } = &reply.step else {
        panic!("no gates: {reply:?}");
    };
    (*needed, gates.iter().map(|gate| gate.kind).collect())
}

#[tokio::test]
async fn a_change_asks_for_the_gates_that_the_tenant_demands() {
    const TWO: &str = "gates_required = 2";
    const ALWAYS: &str = "gates_always = ['authenticator']";
    for (policy, name, needed) in [
        (ALWAYS, "bob", Some((2, GateKind::Authenticator))),
        // Any other gate, if the account lacks the one that is demanded.
        (ALWAYS, "alice", Some((2, GateKind::Mail))),
        (TWO, "alice", Some((2, GateKind::Mail))),
        ("", "tina", Some((2, GateKind::Mail))),
        // The password alone, if no gate is demanded or the account has none.
        ("", "alice", None),
        (TWO, "olga", None),
        (ALWAYS, "olga", None),
    ] {
        let world = World::with(policy).await;
        let mut browser = Browser::new(1);
        let mut reply = sign_in(&world, &mut browser, name, FIRST_PASSWORD).await;
        assert_eq!(reply.reason, None);
        if let Some((needed, kind)) = needed {
            let (all, kinds) = gates(&reply);
            assert_eq!((all, kinds[0]), (needed, kind), "{policy} {name}");
            // Refused before the gate is passed.
            let mut hasty = Browser::new(2);
            sign_in(&world, &mut hasty, name, FIRST_PASSWORD).await;
            let refused = hasty.send(&world, change(FIRST_PASSWORD, GOOD)).await;
            assert_eq!(refused.reason, Some(Reason::FlowExpired));
            assert_eq!(world.writes(name), (0, 0));
            let gate = gate_of(&reply, kind);
            let code = match kind {
                GateKind::Mail => {
                    browser.send(&world, Operation::SendCode { gate }).await;
                    assert!(world.mails()[0].text.contains("confirm it’s you"));
                    world.mailed_code()
                }
                _ => world.authenticator_code(name).await,
            };
            reply = browser.answer(&world, gate, &code).await;
        }
        assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
        let reply = browser.send(&world, change(FIRST_PASSWORD, GOOD)).await;
        assert_eq!((reply.step, reply.reason), (Step::Done, None), "{name}");
    }
}

/// The password may have been changed elsewhere since the gate was passed: wrong ones are counted.
#[tokio::test]
async fn a_change_tries_no_more_wrong_passwords_than_its_gate() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.sign_in(&world, FlowKind::Change, "alice").await;
    let change = |current: &str| Operation::ChangePassword {
        current: Secret::from(current),
        password: Secret::from(GOOD),
    };
    for tries_left in [2, 1] {
        let reply = browser.send(&world, change("not the password")).await;
        assert_eq!(reply.reason, Some(Reason::WrongPassword { tries_left }));
    }
    for current in ["not the password", "nor this", FIRST_PASSWORD] {
        let reply = browser.send(&world, change(current)).await;
        assert!(
            matches!(reply.reason, Some(Reason::Locked { .. })),
            "{reply:?}"
        );
    }
    assert_eq!(world.writes("alice"), (3, 0), "asked for, and done");
}
