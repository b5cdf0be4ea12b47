//! The agent is stopped and started: the state in its store is still valid, and a write that was
//! interrupted is in doubt and not repeated.

#![expect(clippy::unwrap_used, reason = "tests")]

use crate::kit::{Browser, GOOD, World, file_store, gate_of, set};
use postern_envelope::Secret;
use postern_protocol::{GateKind, Operation, Reason, Step};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::Runtime;

#[tokio::test]
async fn tries_flows_codes_and_answers_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::on(file_store(folder.path()), "").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "alice").await;
    let gate = gate_of(&reply, GateKind::Mail);
    browser.send(&world, Operation::SendCode { gate }).await;
    let code = world.mailed_code();
    browser.answer(&world, gate, "00000000").await;

    let world = restarted(world, folder.path()).await;
    let reply = browser.answer(&world, gate, "00000001").await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 3 }));
    browser.answer(&world, gate, &code).await;
    let sealed = browser.seal(&world, set(GOOD));
    let token = browser.token;
    let answer = world.ask(sealed.message.clone()).await;
    assert_eq!(sealed.open(&answer).step, Step::Done);

    let world = restarted(world, folder.path()).await;
    assert_eq!(world.ask(sealed.message.clone()).await, answer);
    browser.token = token;
    let reply = browser.send(&world, Operation::Resume).await;
    assert_eq!(reply.step, Step::Done);
    assert_eq!(world.writes("alice"), (1, 1));
}

#[tokio::test]
async fn the_name_of_a_flow_survives_a_restart_and_cannot_be_read_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::on(file_store(folder.path()), "unknown_names = 'decoy'").await;
    let mut browser = Browser::new(1);
    let name = "Canary.Of.Nobody";
    browser.identify(&world, name).await;

    let world = restarted(world, folder.path()).await;
    let reply = browser.send(&world, Operation::Resume).await;
    assert_eq!(reply.name, Some(Secret::from(name)));
    let stored = std::fs::read(folder.path().join("postern.redb")).unwrap();
    let mut parts = stored.windows(name.len());
    assert!(!parts.any(|part| part.eq_ignore_ascii_case(name.as_bytes())));
}

#[tokio::test]
async fn an_authenticator_code_stays_used_and_a_lock_stays_locked() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::on(file_store(folder.path()), "tries = 2").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "bob").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    let code = world.authenticator_code("bob").await;
    browser.answer(&world, gate, &code).await;

    let world = restarted(world, folder.path()).await;
    browser.identify(&world, "bob").await;
    let reply = browser.answer(&world, gate, &code).await;
    assert_eq!(reply.reason, Some(Reason::CodeUsed));
    for _ in 0..2 {
        browser.answer(&world, gate, "000000").await;
    }

    let world = restarted(world, folder.path()).await;
    browser.identify(&world, "bob").await;
    let reply = browser.answer(&world, gate, "000000").await;
    assert!(
        matches!(reply.reason, Some(Reason::Locked { .. })),
        "{reply:?}"
    );
}

/// The agent dies after the directory has set the password and before the agent could reply.
#[test]
fn a_crash_between_write_and_answer_is_in_doubt_and_writes_nothing_again() {
    let folder = tempfile::tempdir().unwrap();
    let first = Runtime::new().unwrap();
    let (world, mut browser, sealed) = first.block_on(async {
        let world = World::on(file_store(folder.path()), "").await;
        let mut browser = Browser::new(1);
        browser.prove(&world, "alice").await;
        let sealed = browser.seal(&world, set(GOOD));
        world
            .directory
            .hang_after_write
            .store(true, Ordering::Relaxed);
        let asked = world.ask(sealed.message.clone());
        let _no_answer = tokio::time::timeout(Duration::from_millis(500), asked).await;
        assert_eq!(world.writes("alice"), (1, 1));
        (world, browser, sealed)
    });
    // Shutting the runtime down drops every running task.
    first.shutdown_timeout(Duration::from_secs(5));
    world
        .directory
        .hang_after_write
        .store(false, Ordering::Relaxed);

    let second = Runtime::new().unwrap();
    second.block_on(async {
        let world = restarted(world, folder.path()).await;
        for _ in 0..3 {
            let reply = sealed.open(&world.ask(sealed.message.clone()).await);
            assert_eq!((reply.token, reply.step), (None, Step::Identify));
            assert_eq!(reply.reason, Some(Reason::InDoubt));
        }
        let token = browser.token;
        let reply = browser.send(&world, Operation::Resume).await;
        assert_eq!(reply.reason, Some(Reason::InDoubt));
        browser.token = token;
        let reply = browser.set(&world, GOOD).await;
        assert_eq!(reply.reason, Some(Reason::FlowExpired));
        assert_eq!(world.writes("alice"), (1, 1));
    });
}

/// The agent dies when the directory has only been asked for the policy.
#[test]
fn a_crash_before_the_write_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let first = Runtime::new().unwrap();
    let (world, mut browser, sealed) = first.block_on(async {
        let world = World::on(file_store(folder.path()), "").await;
        let mut browser = Browser::new(1);
        browser.prove(&world, "alice").await;
        let sealed = browser.seal(&world, set(GOOD));
        world
            .directory
            .hang_on_questions
            .store(true, Ordering::Relaxed);
        let asked = world.ask(sealed.message.clone());
        let _no_answer = tokio::time::timeout(Duration::from_millis(300), asked).await;
        (world, browser, sealed)
    });
    first.shutdown_timeout(Duration::from_secs(5));
    world
        .directory
        .hang_on_questions
        .store(false, Ordering::Relaxed);

    let second = Runtime::new().unwrap();
    second.block_on(async {
        let world = restarted(world, folder.path()).await;
        let reply = sealed.open(&world.ask(sealed.message.clone()).await);
        assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
        assert_eq!(world.writes("alice"), (0, 0));
        browser.token = reply.token;
        assert_eq!(browser.set(&world, GOOD).await.step, Step::Done);
        assert_eq!(world.writes("alice"), (1, 1));
    });
}

#[tokio::test(start_paused = true)]
async fn whoever_stops_waiting_for_an_answer_does_not_stop_the_work() {
    let world = World::with("").await;
    *world.directory.write_takes.lock().unwrap() = Duration::from_millis(200);
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let sealed = browser.seal(&world, set(GOOD));
    let asked = world.ask(sealed.message.clone());
    // The paused clock advances only while nothing but the write is awaited.
    assert!(
        tokio::time::timeout(Duration::from_millis(50), asked)
            .await
            .is_err()
    );
    // A graceful stop waits for the write.
    world.agent.stop().await;
    assert_eq!(world.writes("alice"), (1, 1));
    let answer = world.ask(sealed.message).await;
    assert_eq!(answer, postern_relay::Answer::NotAccepted, "stopped");
}

#[tokio::test]
async fn what_has_expired_is_purged_and_what_has_not_stays() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "bob").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    browser.answer(&world, gate, "000000").await;
    world.agent.purge().await.unwrap();
    assert_eq!(browser.send(&world, Operation::Resume).await.reason, None);
    world.pass(16 * 60);
    world.agent.purge().await.unwrap();
    let reply = browser.send(&world, Operation::Resume).await;
    assert_eq!(reply.reason, Some(Reason::FlowExpired));
    browser.identify(&world, "bob").await;
    let reply = browser.answer(&world, gate, "000000").await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 3 }));
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_is_told_and_a_password_that_was_set_is_told_as_set() {
    let disk = Disk::default();
    let store = postern_store::Store::with_backend(disk.clone()).unwrap();
    let world = World::on(store, "").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let token = browser.token;
    disk.break_down();
    let reply = browser.set(&world, GOOD).await;
    assert_eq!(
        (reply.step, reply.reason),
        (Step::Identify, Some(Reason::StoreUnavailable))
    );
    assert_eq!(world.writes("alice"), (0, 0));
    assert!(token.is_some());

    let disk = Disk::default();
    let store = postern_store::Store::with_backend(disk.clone()).unwrap();
    let world = World::on(store, "").await;
    *world.directory.write_takes.lock().unwrap() = Duration::from_millis(200);
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    let (reply, ()) = tokio::join!(browser.set(&world, GOOD), async {
        // The paused clock advances only while nothing but the write is awaited.
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(world.writes("alice"), (1, 0));
        disk.break_down();
    });
    assert_eq!((reply.step, reply.reason), (Step::Done, None));
    assert_eq!(world.writes("alice"), (1, 1));
}

async fn restarted(world: World, folder: &std::path::Path) -> World {
    world.restarted(|| file_store(folder)).await
}

/// A disk in memory that can be made to fail.
#[derive(Clone, Debug, Default)]
struct Disk(Arc<(Mutex<Vec<u8>>, std::sync::atomic::AtomicBool)>);

impl Disk {
    fn break_down(&self) {
        self.0.1.store(true, Ordering::Relaxed);
    }

    fn works(&self) -> Result<std::sync::MutexGuard<'_, Vec<u8>>, std::io::Error> {
        if self.0.1.load(Ordering::Relaxed) {
            return Err(std::io::Error::other("the disk is broken"));
        }
        Ok(self.0.0.lock().unwrap())
    }
}

impl redb::StorageBackend for Disk {
    fn len(&self) -> Result<u64, std::io::Error> {
        Ok(self.works()?.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), std::io::Error> {
        let offset = usize::try_from(offset).unwrap();
        out.copy_from_slice(&self.works()?[offset..offset + out.len()]);
        Ok(())
    }

    fn set_len(&self, length: u64) -> Result<(), std::io::Error> {
        self.works()?.resize(usize::try_from(length).unwrap(), 0);
        Ok(())
    }

    fn sync_data(&self) -> Result<(), std::io::Error> {
        self.works().map(drop)
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), std::io::Error> {
        let offset = usize::try_from(offset).unwrap();
        self.works()?[offset..offset + data.len()].copy_from_slice(data);
        Ok(())
    }
}
