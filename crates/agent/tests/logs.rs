//! The log of whole resets, at every level and from every crate: it contains support codes and
//! reasons, but never a name, a code, a password or an address.

mod kit;

use kit::mail::{mail, server, start_outbox, until};
use kit::{Browser, Log, World, gate_of, identify_for};
use postern_notify::mail::Security;
use postern_protocol::{FlowKind, GateKind, Operation, Reason, Step};
use postern_relay::Handler;
use postern_store::Store;
use std::sync::atomic::Ordering;
use std::time::Duration;

const PASSWORD: &str = "Canary-Password-4711";

#[tokio::test]
async fn a_log_names_nobody_and_holds_no_secret() {
    let log = Log::of_this_program();

    let world = World::with("").await;
    let mut canaries = vec![
        PASSWORD.to_owned(),
        "999888".to_owned(),
        "+370 5 000".to_owned(),
    ];
    for (seed, name) in (1..).zip(["alice", "grace", "vera", "ken", "pavel"]) {
        let mut browser = Browser::new(seed);
        let reply = browser.identify(&world, name).await;
        let gate = gate_of(&reply, GateKind::Mail);
        browser.send(&world, Operation::SendCode { gate }).await;
        browser.answer(&world, gate, "999888").await;
        let resumed = browser.send(&world, Operation::Resume).await;
        assert_eq!(resumed.name.unwrap().expose_str(), Some(name));
        canaries.push(world.mailed_code());
        browser.answer(&world, gate, &world.mailed_code()).await;
        browser.set(&world, "Canary").await;
        browser.set(&world, PASSWORD).await;
        canaries.extend([name.to_owned(), format!("{name}@sandbox.example")]);
    }
    let mut browser = Browser::new(90);
    for name in ["carol", "mia", "canary.nobody"] {
        browser.identify(&world, name).await;
        canaries.push(name.to_owned());
    }
    let log = log.text();
    for part in [
        "TEST-CODE",
        "set_password",
        "used_before",
        "in_doubt",
        "user_not_found",
    ] {
        assert!(log.contains(part), "{part} is missing:\n{log}");
    }
    for canary in canaries {
        assert!(!log.contains(&canary), "{canary} was logged:\n{log}");
    }
}

#[tokio::test]
async fn a_directory_that_answers_is_not_called_down() {
    let log = Log::of_this_program();
    for (reason, headline) in [
        (Reason::DirectoryUnreachable, "the directory is down"),
        (Reason::Internal, "the directory cannot be used"),
        (Reason::ClockWrong, "the directory cannot be used"),
    ] {
        let world = World::with("").await;
        assert!(world.agent.directory_up().await);
        let before = log.text().matches(headline).count();
        *world.directory.refuse.lock().unwrap() = Some(reason);
        assert!(!world.agent.directory_up().await);
        assert_eq!(log.text().matches(headline).count(), before + 1);
    }
}

#[tokio::test]
async fn a_message_that_comes_too_late_is_logged_with_what_the_clocks_say() {
    let log = Log::of_this_program();
    let world = World::with("").await;
    let sealed = Browser::new(91).seal(&world, kit::identify("alice"));
    let sent = world.now();
    world.pass(200);
    let answer = kit::ask_agent(world.agent.clone(), sealed.message.clone(), sent).await;
    let reason = sealed.open(&answer).reason;
    assert_eq!(reason, Some(Reason::MessageExpired));
    let log = log.text();
    let mut lines = log.lines();
    let line = lines.find(|line| line.contains("expired before it was opened"));
    let line = line.unwrap_or_default();
    for part in ["\"WARN\"", "\"received_ago\":200"] {
        assert!(line.contains(part), "{part}: {line}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_given_up_is_logged_with_its_support_code_and_no_more() {
    let log = Log::of_this_program();
    let (port, _) = server(&["550 <alice@contoso.example> unknown", "451 482913 alice"]).await;
    let (outbox, worker) =
        start_outbox(port, Security::None, None, Store::in_memory().unwrap()).await;
    outbox.send_durably(vec![mail(600)]).await;
    until("the refusal", || log.text().contains("mail given up")).await;
    outbox.send(mail(30));
    let given_up = || log.text().matches("mail given up").count() == 2;
    until("the end of the code", given_up).await;
    drop(outbox);
    worker.await.unwrap();
    let log = log.text();
    for part in ["TEST-CODE", "refused", "deferred", "550", "451"] {
        assert!(log.contains(part), "{part} is missing:\n{log}");
    }
    for secret in ["alice", "482913", "unknown"] {
        assert!(!log.contains(secret), "{secret} was logged:\n{log}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_directory_is_asked_for_few_addresses_at_a_time() {
    let log = Log::of_this_program();
    let world = World::with("codes_per_minute = 1000\nnetwork_codes = 1000").await;
    let hang = &world.directory.hang_on_questions;
    hang.store(true, Ordering::Relaxed);
    let mut browser = Browser::new(1);
    for number in 0..100 {
        let address = format!("user{number}@sandbox.example");
        let operation = identify_for(FlowKind::UserName, &address);
        let reply = browser.send(&world, operation).await;
        assert_eq!((reply.step, reply.reason), (Step::UserNameSent, None));
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(world.directory.questions(), 4);
    // Each question times out after 20 seconds; those that find no place are dropped.
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(world.directory.questions(), 68);
    assert_eq!(log.text().matches("asked for too fast").count(), 1);
}
