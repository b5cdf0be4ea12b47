//! Managing one's own methods: access to them, the changes that can be made, and the notices.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::kit::soft_key::SoftKey;
use crate::kit::{Browser, GOOD, World, file_store, gate_of, identify, identify_for, set};
use postern_envelope::Secret;
use postern_gates::current_code;
use postern_protocol::{FlowKind, GateKind, Method, Operation, Reason, Reply, Step};
use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};

/// Every kind of method that people register themselves, and mail.
const ALL: &str = "gates = ['mail', 'authenticator', 'recovery']";

const DAY: u64 = 86_400;

/// Returns a browser with its own seed.
fn new_browser() -> Browser {
    static SEED: AtomicU8 = AtomicU8::new(0);
    Browser::new(SEED.fetch_add(1, Ordering::Relaxed))
}

/// Starts a methods flow and passes the gate of the current password.
async fn sign_in(world: &World, browser: &mut Browser, name: &str) -> Reply {
    browser.sign_in(world, FlowKind::Methods, name).await
}

/// Starts a methods flow and passes the gates of the current password and of the mail, which leads
/// to the methods.
async fn sign_in_by_mail(world: &World, browser: &mut Browser, name: &str) -> Reply {
    let reply = sign_in(world, browser, name).await;
    browser.pass_mail(world, &reply).await
}

async fn add(world: &World, browser: &mut Browser, kind: GateKind) -> Reply {
    browser.send(world, Operation::AddMethod { kind }).await
}

async fn confirm(world: &World, browser: &mut Browser, answer: &str) -> Reply {
    let answer = Secret::from(answer);
    let reply = browser.send(world, Operation::ConfirmMethod { answer });
    reply.await
}

/// Returns the methods, and whether they are due for confirmation.
fn methods(reply: &Reply) -> (&[Method], bool) {
    match &reply.step {
        Step::Methods { methods, due, .. } => (methods, *due),
        _ => panic!("no methods: {reply:?}"),
    }
}

fn kinds(reply: &Reply) -> Vec<GateKind> {
    let (methods, _) = methods(reply);
    methods.iter().map(|method| method.kind).collect()
}

fn offer(reply: &Reply) -> &str {
    match &reply.step {
        Step::NewMethod { offer, .. } => offer.expose_str().unwrap(),
        _ => panic!("nothing new: {reply:?}"),
    }
}

/// Returns the code that an app shows for the offered address.
fn shown(reply: &Reply, now: u64) -> String {
    let address = offer(reply);
    let secret = address.split("secret=").nth(1).unwrap();
    let secret = secret.split('&').next().unwrap().to_owned();
    let secret = totp_rs::Secret::Encoded(secret).to_bytes().unwrap();
    current_code(&Secret::new(secret), now)
}

/// Registers an authenticator for an account that has no gate at all.
async fn register(world: &World, name: &str) -> Reply {
    let mut browser = new_browser();
    sign_in(world, &mut browser, name).await;
    let reply = add(world, &mut browser, GateKind::Authenticator).await;
    confirm(world, &mut browser, &shown(&reply, world.now())).await
}

#[tokio::test]
async fn without_any_gate_the_password_is_enough_and_the_next_time_the_new_method_is_asked_for() {
    let world = World::with(ALL).await;
    let mut browser = new_browser();
    let reply = sign_in(&world, &mut browser, "olga").await;
    assert_eq!(methods(&reply), (&[][..], false));
    let Step::Methods { addable, .. } = &reply.step else {
        panic!("{reply:?}");
    };
    let own = [GateKind::Authenticator, GateKind::RecoveryCode];
    assert_eq!(addable[..], own);
    let reply = add(&world, &mut browser, GateKind::Authenticator).await;
    assert!(offer(&reply).starts_with("otpauth://totp/Contoso:olga?secret="));
    let reply = confirm(&world, &mut browser, &shown(&reply, world.now())).await;
    assert_eq!(reply.reason, None);
    let (all, due) = methods(&reply);
    assert_eq!((all.len(), all[0].kind, all[0].own), (1, own[0], true));
    assert!(!due, "nothing else had to be confirmed");
    // The code that confirmed it cannot be used at a gate too.
    let mut other = new_browser();
    let reply = sign_in(&world, &mut other, "olga").await;
    let Step::Gates { needed, passed, .. } = &reply.step else {
        panic!("{reply:?}");
    };
    assert_eq!((*needed, &passed[..]), (2, &[GateKind::Password][..]));
    let gate = gate_of(&reply, GateKind::Authenticator);
    let code = world.authenticator_code("olga").await;
    let reply = other.answer(&world, gate, &code).await;
    assert_eq!(reply.reason, Some(Reason::CodeUsed));
    world.pass(30);
    let code = world.authenticator_code("olga").await;
    let reply = other.answer(&world, gate, &code).await;
    assert_eq!(kinds(&reply), [GateKind::Authenticator]);
    // The new authenticator resets the password.
    world.pass(30);
    let mut third = new_browser();
    let reply = third.identify(&world, "olga").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    let code = world.authenticator_code("olga").await;
    third.answer(&world, gate, &code).await;
    let reply = third.set(&world, GOOD).await;
    assert_eq!((reply.step, reply.next), (Step::Done, None));
}

#[tokio::test]
async fn a_second_gate_is_asked_for_where_there_is_any() {
    let world = World::with(ALL).await;
    let mut browser = new_browser();
    let reply = sign_in(&world, &mut browser, "alice").await;
    let Step::Gates { needed, gates, .. } = &reply.step else {
        panic!("{reply:?}");
    };
    assert_eq!(
        (*needed, gates.len(), gates[0].kind),
        (2, 1, GateKind::Mail)
    );
    // The methods are not accessible before the gate is passed.
    for operation in [
        Operation::AddMethod {
            kind: GateKind::Authenticator,
        },
        Operation::ConfirmMethods,
        Operation::RemoveMethod { id: 1 },
    ] {
        let mut browser = new_browser();
        sign_in(&world, &mut browser, "alice").await;
        let reply = browser.send(&world, operation).await;
        assert_eq!(reply.reason, Some(Reason::FlowExpired));
        assert_eq!(reply.step, Step::Identify);
    }
    let reply = sign_in_by_mail(&world, &mut browser, "alice").await;
    let (all, due) = methods(&reply);
    let hint = Some("a••@sandbox.example".to_owned());
    assert_eq!(all[0].hint, hint);
    assert!(!all[0].own, "the directory's, not one's own");
    assert!(due, "never confirmed so far");
}

#[tokio::test]
async fn a_password_gate_comes_first_and_alone() {
    let world = World::with(ALL).await;
    let mut browser = new_browser();
    let reply = browser.send(&world, identify_for(FlowKind::Methods, "alice"));
    let reply = reply.await;
    let Step::Gates { needed, gates, .. } = &reply.step else {
        panic!("{reply:?}");
    };
    assert_eq!((*needed, gates.len()), (1, 1));
    assert_eq!(gates[0].kind, GateKind::Password);
    // Without the password no code is sent.
    let reply = browser.send(&world, Operation::SendCode { gate: 2 }).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    assert!(world.mails().is_empty());
}

#[tokio::test]
async fn a_decoy_walks_to_the_password_as_everybody_does() {
    let world = World::with("unknown_names = 'decoy'").await;
    let mut seen = Vec::new();
    for name in ["alice", "olga", "dave", "nobody-at-all"] {
        let mut browser = new_browser();
        let reply = browser.send(&world, identify_for(FlowKind::Methods, name));
        let reply = reply.await;
        let gate = gate_of(&reply, GateKind::Password);
        let wrong = browser.answer(&world, gate, "wrong").await;
        seen.push((reply.step, wrong.step, wrong.reason));
    }
    let tries_left = 2;
    assert_eq!(seen[0].2, Some(Reason::WrongPassword { tries_left }));
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
}

#[tokio::test]
async fn who_may_not_reset_may_not_register() {
    let world = World::with(ALL).await;
    for (name, reason) in [
        ("dave", Reason::AccountProtected),
        ("carol", Reason::AccountDisabled),
        ("erin", Reason::AccountExpired),
        ("nobody-at-all", Reason::UserNotFound),
    ] {
        let mut browser = new_browser();
        let reply = browser.send(&world, identify_for(FlowKind::Methods, name));
        assert_eq!(reply.await.reason, Some(reason), "{name}");
    }
    // An account that has become protected is refused too.
    let mut browser = new_browser();
    sign_in(&world, &mut browser, "olga").await;
    world.directory.protect.store(true, Ordering::Relaxed);
    let reply = add(&world, &mut browser, GateKind::Authenticator).await;
    assert_eq!(reply.reason, Some(Reason::AccountProtected));
    assert_eq!(reply.token, None);
}

#[tokio::test]
async fn a_password_that_must_be_changed_is_changed_first() {
    let world = World::with(ALL).await;
    let mut browser = new_browser();
    let reply = sign_in(&world, &mut browser, "yvona").await;
    assert_eq!(reply.reason, Some(Reason::MustChangeFirst));
    assert_eq!((reply.step, reply.token), (Step::Identify, None));
}

#[tokio::test]
async fn a_wrong_code_leaves_nothing() {
    let world = World::with(ALL).await;
    let mut browser = new_browser();
    sign_in(&world, &mut browser, "olga").await;
    let first = add(&world, &mut browser, GateKind::Authenticator).await;
    for tries_left in [4, 3, 2, 1] {
        let reply = confirm(&world, &mut browser, "000000").await;
        assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left }));
        assert_eq!(offer(&reply), offer(&first), "the same one, still");
        // A malformed code is not counted as a try.
        let reply = confirm(&world, &mut browser, "12 34").await;
        assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left }));
    }
    let reply = confirm(&world, &mut browser, "000000").await;
    assert_eq!(reply.reason, Some(Reason::MethodNotAdded));
    assert_eq!(methods(&reply).0, []);
    // An offer that was given up cannot be confirmed any more.
    let reply = confirm(&world, &mut browser, &shown(&first, world.now())).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    let mut reset = new_browser();
    let reply = reset.send(&world, identify("olga")).await;
    assert_eq!(reply.reason, Some(Reason::TooFewGates));
    assert!(world.mails().is_empty());
}

#[tokio::test]
async fn what_is_not_confirmed_goes_with_its_flow() {
    let world = World::with(ALL).await;
    let mut browser = new_browser();
    sign_in(&world, &mut browser, "olga").await;
    let first = add(&world, &mut browser, GateKind::Authenticator).await;
    // The offer is shown again after a reload …
    let reply = browser.send(&world, Operation::Resume).await;
    assert_eq!(offer(&reply), offer(&first));
    // … until it is given up or replaced, or its flow has ended.
    let reply = browser
        .send(&world, Operation::RemoveMethod { id: 0 })
        .await;
    assert_eq!((methods(&reply).0, &reply.reason), (&[][..], &None));
    add(&world, &mut browser, GateKind::Authenticator).await;
    let reply = confirm(&world, &mut browser, &shown(&first, world.now())).await;
    assert!(matches!(reply.reason, Some(Reason::WrongCode { .. })));
    world.pass(16 * 60);
    let reply = confirm(&world, &mut browser, &shown(&first, world.now())).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    let mut other = new_browser();
    let reply = sign_in(&world, &mut other, "olga").await;
    assert_eq!(methods(&reply).0, []);
}

#[tokio::test]
async fn recovery_codes_replace_the_old_set_when_they_are_kept_and_not_before() {
    let world = World::with(ALL).await;
    let old = world.code_at_hand("rita", 19).await;
    let mut browser = new_browser();
    let reply = sign_in(&world, &mut browser, "rita").await;
    let gate = gate_of(&reply, GateKind::RecoveryCode);
    let reply = browser.answer(&world, gate, &old).await;
    assert_eq!(reply.codes_left, Some(9));
    assert_eq!(methods(&reply).0[0].left, Some(9));
    let old = world.code_at_hand("rita", 19).await;
    let reply = add(&world, &mut browser, GateKind::RecoveryCode).await;
    let codes: Vec<_> = offer(&reply).lines().map(str::to_owned).collect();
    assert_eq!((codes.len(), codes[0].len()), (10, 19));
    // Until they are confirmed, the old codes are valid and the new ones are not.
    for (code, reason) in [
        (&codes[0], Some(Reason::WrongCode { tries_left: 9 })),
        (&old, None),
    ] {
        let mut reset = new_browser();
        let reply = reset.identify(&world, "rita").await;
        let gate = gate_of(&reply, GateKind::RecoveryCode);
        assert_eq!(reset.answer(&world, gate, code).await.reason, reason);
    }
    let old = world.code_at_hand("rita", 19).await;
    let reply = confirm(&world, &mut browser, "").await;
    assert_eq!(methods(&reply).0[0].left, Some(10));
    let mut reset = new_browser();
    let reply = reset.identify(&world, "rita").await;
    let gate = gate_of(&reply, GateKind::RecoveryCode);
    let reply = reset.answer(&world, gate, &old).await;
    assert!(matches!(reply.reason, Some(Reason::WrongCode { .. })));
    let reply = reset.answer(&world, gate, &codes[3]).await;
    assert_eq!((reply.reason, reply.codes_left), (None, Some(9)));
}

#[tokio::test]
async fn one_of_ones_own_is_removed_and_nothing_else_is() {
    let world = World::with(ALL).await;
    register(&world, "olga").await;
    world.pass(60);
    let mut browser = new_browser();
    let reply = sign_in(&world, &mut browser, "olga").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    let code = world.authenticator_code("olga").await;
    let reply = browser.answer(&world, gate, &code).await;
    let id = methods(&reply).0[0].id;
    // The account has an authenticator already.
    let reply = add(&world, &mut browser, GateKind::Authenticator).await;
    assert_eq!(reply.reason, Some(Reason::MethodPresent));
    let reply = browser.send(&world, Operation::RemoveMethod { id }).await;
    assert_eq!((methods(&reply).0, &reply.reason), (&[][..], &None));
    let reply = new_browser().identify(&world, "olga").await;
    assert_eq!(reply.reason, Some(Reason::TooFewGates));
    // Methods in the directory cannot be removed, nor those that do not exist.
    for id in [1, 77] {
        let mut browser = new_browser();
        let reply = sign_in_by_mail(&world, &mut browser, "alice").await;
        assert_eq!(methods(&reply).0[0].id, 1);
        let reply = browser.send(&world, Operation::RemoveMethod { id }).await;
        assert_eq!(reply.reason, Some(Reason::FlowExpired));
    }
}

#[tokio::test]
async fn every_address_is_told_of_every_change() {
    let world = World::with(ALL).await;
    let more = "olga@home.example".to_owned();
    let mut browser = new_browser();
    browser.language = "lt";
    sign_in(&world, &mut browser, "olga").await;
    world.directory.more_addresses.lock().unwrap().push(more);
    let others = "second@home.example".to_owned();
    world.directory.more_addresses.lock().unwrap().push(others);
    let reply = add(&world, &mut browser, GateKind::Authenticator).await;
    assert!(world.mails().is_empty(), "nothing has changed yet");
    let reply = confirm(&world, &mut browser, &shown(&reply, world.now())).await;
    let id = methods(&reply)
        .0
        .iter()
        .find(|method| method.own)
        .unwrap()
        .id;
    browser.send(&world, Operation::RemoveMethod { id }).await;
    add(&world, &mut browser, GateKind::RecoveryCode).await;
    let reply = confirm(&world, &mut browser, "").await;
    let id = methods(&reply)
        .0
        .iter()
        .find(|method| method.own)
        .unwrap()
        .id;
    browser.send(&world, Operation::RemoveMethod { id }).await;
    let mails = world.mails();
    assert_eq!(mails.len(), 8, "four changes, two addresses");
    for address in ["olga@home.example", "second@home.example"] {
        assert_eq!(mails.iter().filter(|mail| mail.to == address).count(), 4);
    }
    for mail in &mails {
        for part in ["olga", "Contoso", "+370 5 000", "organizacijoje"] {
            assert!(mail.text.contains(part), "{}", mail.text);
        }
    }
    // A confirmation changes nothing, and sends no notice.
    browser.send(&world, Operation::ConfirmMethods).await;
    assert_eq!(world.mails().len(), 8);
}

#[tokio::test]
async fn methods_are_to_be_confirmed_again_after_a_set_time() {
    let world = World::with(&format!("{ALL}\nreconfirm_days = 30")).await;
    let due = async || {
        let mut browser = new_browser();
        let reply = sign_in_by_mail(&world, &mut browser, "alice").await;
        (methods(&reply).1, browser)
    };
    let (is_due, mut browser) = due().await;
    assert!(is_due);
    let reply = browser.send(&world, Operation::ConfirmMethods).await;
    assert_eq!((methods(&reply).1, reply.reason), (false, None));
    world.pass(30 * DAY - 60);
    assert!(!due().await.0);
    world.pass(60);
    let (is_due, mut browser) = due().await;
    assert!(is_due);
    // A new method counts as confirmed, but the earlier ones do not.
    let reply = add(&world, &mut browser, GateKind::Authenticator).await;
    let reply = confirm(&world, &mut browser, &shown(&reply, world.now())).await;
    assert!(methods(&reply).1);
    // The tenant can turn confirmations off.
    let world = World::with(&format!("{ALL}\nreconfirm_days = 0")).await;
    let reply = sign_in_by_mail(&world, &mut new_browser(), "alice").await;
    assert!(!methods(&reply).1);
}

#[tokio::test]
async fn a_finished_reset_leads_on_to_ones_methods() {
    for (policy, name, next) in [
        ("", "alice", Some(FlowKind::Methods)),
        ("reconfirm_days = 0", "alice", Some(FlowKind::Methods)),
        ("reconfirm_days = 0", "bob", None),
        ("gates = ['mail']\nreconfirm_days = 0", "alice", None),
        ("flows = ['reset']", "alice", None),
    ] {
        let world = World::with(policy).await;
        let mut browser = new_browser();
        browser.prove(&world, name).await;
        let reply = browser.send(&world, set(GOOD)).await;
        assert_eq!((reply.step, reply.next), (Step::Done, next), "{policy}");
    }
}

/// Overwrites the stored passkeys of all accounts with invalid data.
fn spoil_passkeys(folder: &Path) {
    let database = redb::Database::open(folder.join("postern.redb")).unwrap();
    let transaction = database.begin_write().unwrap();
    let passkeys = redb::TableDefinition::<&[u8], &[u8]>::new("passkeys");
    let mut table = transaction.open_table(passkeys).unwrap();
    let key = table.pop_first().unwrap().unwrap().0.value().to_vec();
    table.insert(&key[..], &b"no passkeys"[..]).unwrap();
    drop(table);
    transaction.commit().unwrap();
}

#[tokio::test]
async fn what_cannot_be_read_does_not_look_like_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let policy = "gates = ['mail', 'passkey']";
    let world = World::on(file_store(folder.path()), policy).await;
    world.add_passkey("olga", 1).await;
    let spoiled = || {
        spoil_passkeys(folder.path());
        file_store(folder.path())
    };
    let world = world.restarted(spoiled).await;
    let mut browser = new_browser();
    let reply = sign_in(&world, &mut browser, "olga").await;
    assert_eq!(reply.reason, Some(Reason::StoreUnavailable));
    let gate = gate_of(&reply, GateKind::Password);
    assert_eq!(gate, 1, "still at the password");
}

#[tokio::test]
async fn the_same_confirmation_again_is_answered_again_and_done_once() {
    let world = World::with(ALL).await;
    let mut browser = new_browser();
    sign_in(&world, &mut browser, "olga").await;
    world
        .directory
        .more_addresses
        .lock()
        .unwrap()
        .push("olga@home.example".into());
    let reply = add(&world, &mut browser, GateKind::Authenticator).await;
    let answer = Secret::from(shown(&reply, world.now()).as_str());
    let sealed = browser.seal(&world, Operation::ConfirmMethod { answer });
    let first = sealed.open(&world.ask(sealed.message.clone()).await);
    let again = sealed.open(&world.ask(sealed.message.clone()).await);
    assert_eq!(first, again);
    assert_eq!(first.reason, None);
    assert_eq!(world.mails().len(), 1);
}

#[tokio::test]
async fn a_tenant_may_leave_it_out() {
    let world = World::with("flows = ['reset', 'change']").await;
    let mut browser = new_browser();
    let reply = browser.send(&world, identify_for(FlowKind::Methods, "alice"));
    assert_eq!(reply.await.reason, Some(Reason::NotOffered));
}

#[tokio::test]
async fn operations_on_methods_serve_no_other_flow() {
    let world = World::with(ALL).await;
    let mut browser = new_browser();
    browser.prove(&world, "alice").await;
    let reply = add(&world, &mut browser, GateKind::Authenticator).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    // A methods flow does not permit a new password either.
    let mut browser = new_browser();
    sign_in(&world, &mut browser, "olga").await;
    let reply = browser.set(&world, GOOD).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    assert_eq!(world.writes("olga"), (0, 0));
    // Kinds that people cannot register here cannot be added.
    for kind in [GateKind::Mail, GateKind::HelpdeskPass, GateKind::Password] {
        let mut browser = new_browser();
        sign_in(&world, &mut browser, "olga").await;
        let reply = add(&world, &mut browser, kind).await;
        assert_eq!(reply.reason, Some(Reason::FlowExpired));
    }
}

/// Returns the number of gates that are needed, and the kinds that can be chosen.
fn gates(reply: &Reply) -> (u8, Vec<GateKind>) {
    let Step::Gates { needed, gates, .. } = &reply.step else {
        panic!("no gates: {reply:?}");
    };
    (*needed, gates.iter().map(|gate| gate.kind).collect())
}

/// Passes the mail gate.
async fn answer_mail(world: &World, browser: &mut Browser, reply: &Reply) -> Reply {
    let gate = gate_of(reply, GateKind::Mail);
    browser.send(world, Operation::SendCode { gate }).await;
    browser.answer(world, gate, &world.mailed_code()).await
}

/// Somebody with a password and a mailbox must not be able to replace the passkey that a reset
/// demands.
#[tokio::test]
async fn a_gate_that_the_tenant_demands_is_asked_for_before_methods_too() {
    let policy = "gates = ['mail', 'passkey']\ngates_always = ['passkey']";
    let world = World::with(policy).await;
    let mut key = world.add_passkey("alice", 1).await;
    let mut thief = new_browser();
    let reply = sign_in(&world, &mut thief, "alice").await;
    assert_eq!(gates(&reply), (2, vec![GateKind::Passkey]));
    for gate in [2, 3] {
        let mut thief = new_browser();
        sign_in(&world, &mut thief, "alice").await;
        let reply = thief.send(&world, Operation::SendCode { gate }).await;
        assert_eq!(reply.reason.is_some(), gate == 2, "{reply:?}");
        assert!(world.mails().is_empty());
    }
    let mut browser = new_browser();
    let reply = sign_in(&world, &mut browser, "alice").await;
    let reply = answer_passkey(&world, &mut browser, &reply, &mut key).await;
    assert_eq!(kinds(&reply), [GateKind::Mail, GateKind::Passkey]);
}

/// Methods ask for as many gates as a reset, as far as the account has them.
#[tokio::test]
async fn methods_ask_for_as_many_gates_as_a_reset() {
    let policy = format!("{ALL}\ngates_required = 2");
    let world = World::with(&policy).await;
    let mut browser = new_browser();
    let reply = sign_in(&world, &mut browser, "eva").await;
    let all = vec![
        GateKind::Mail,
        GateKind::Authenticator,
        GateKind::RecoveryCode,
    ];
    assert_eq!(gates(&reply), (3, all.clone()));
    let reply = answer_mail(&world, &mut browser, &reply).await;
    assert_eq!(gates(&reply), (3, all[1..].to_vec()));
    let reply = add(&world, &mut browser, GateKind::RecoveryCode).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired), "one is not enough");
    let mut browser = new_browser();
    let reply = sign_in(&world, &mut browser, "eva").await;
    let reply = answer_mail(&world, &mut browser, &reply).await;
    let gate = gate_of(&reply, GateKind::RecoveryCode);
    let code = world.code_at_hand("eva", 19).await;
    let reply = browser.answer(&world, gate, &code).await;
    assert_eq!(kinds(&reply), all);
    // An account with fewer gates needs all of them.
    for (name, needed) in [("alice", 2), ("olga", 1)] {
        let mut browser = new_browser();
        let reply = sign_in(&world, &mut browser, name).await;
        match needed {
            1 => assert_eq!(kinds(&reply), []),
            _ => assert_eq!(gates(&reply), (needed, vec![GateKind::Mail])),
        }
    }
    // Members of the groups that need two gates need two here too.
    let world = World::with(ALL).await;
    for (name, needed) in [("eva", 2), ("tina", 3)] {
        let reply = sign_in(&world, &mut new_browser(), name).await;
        assert_eq!(gates(&reply).0, needed, "{name}");
    }
}

/// A temporary failure of the directory leaves a flow with all gates passed and nothing done.
#[tokio::test]
async fn methods_that_could_not_be_read_do_not_lead_to_a_password() {
    let world = World::with(ALL).await;
    let mut browser = new_browser();
    let reply = sign_in(&world, &mut browser, "alice").await;
    let gate = gate_of(&reply, GateKind::Mail);
    browser.send(&world, Operation::SendCode { gate }).await;
    *world.directory.refuse.lock().unwrap() = Some(Reason::DirectoryUnreachable);
    let reply = browser.answer(&world, gate, &world.mailed_code()).await;
    assert_eq!(reply.reason, Some(Reason::DirectoryUnreachable));
    *world.directory.refuse.lock().unwrap() = None;
    let token = browser.token;
    let reply = browser.set(&world, GOOD).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    assert_eq!(world.writes("alice"), (0, 0));
    assert!(token.is_some());
}

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
    let challenge = challenges.next().unwrap().clone();
    browser.answer(world, gate, &key.sign(&challenge)).await
}
