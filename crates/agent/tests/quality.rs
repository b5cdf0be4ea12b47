//! Banned words and breached passwords are refused on premises, before the directory is asked.

use crate::kit::{Browser, World};
use postern_protocol::{BannedKind, Reason, Step};

const fn banned(kind: BannedKind) -> Option<Reason> {
    Some(Reason::BannedWord { kind })
}

#[tokio::test]
async fn the_sandbox_shows_every_kind_and_sets_nothing() {
    let world = World::with("").await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "wilma").await;
    for (password, reason) in [
        ("Password1234", banned(BannedKind::Common)),
        ("P@ssw0rd-1234", banned(BannedKind::Common)),
        ("Heslo2026Heslo", banned(BannedKind::Common)),
        ("Postern-1234", banned(BannedKind::Organisation)),
        ("My-C0nt0s0-kettle", banned(BannedKind::Name)),
        ("My-M@zur-kettle-7", banned(BannedKind::Name)),
        (
            "CorrectHorseBatteryStaple1",
            Some(Reason::KnownFromBreaches),
        ),
        // The policy is checked first.
        (
            "Heslo1",
            Some(Reason::TooShort {
                minimum: 12,
                length: 6,
            }),
        ),
    ] {
        let reply = browser.set(&world, password).await;
        assert_eq!(reply.reason, reason, "{password}");
        assert!(matches!(reply.step, Step::NewPassword { .. }), "{password}");
    }
    assert_eq!(world.writes("wilma"), (0, 0));
    let reply = browser.set(&world, crate::kit::GOOD).await;
    assert_eq!((reply.reason, reply.step), (None, Step::Done));
    assert_eq!(world.writes("wilma"), (1, 1));
}

#[tokio::test]
async fn the_lists_of_the_configuration_are_used() {
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("words.txt");
    std::fs::write(&words, "# Ours\nwidget\nlondýn\n").unwrap();
    let hashes = folder.path().join("hashes.txt");
    // NTLM of "Green kettle 77", between two others.
    let green = NTLM_OF_GREEN_KETTLE;
    let list = format!("{}:1\r\n{green}:22\r\n{}:3", "0".repeat(32), "F".repeat(32));
    std::fs::write(&hashes, list).unwrap();
    let policy = format!(
        "banned_words_file = '{}'\nbreached_file = '{}'",
        words.display(),
        hashes.display()
    );
    let world = World::with(&policy).await;
    let mut browser = Browser::new(1);
    browser.prove(&world, "alice").await;
    for (password, reason) in [
        ("W1dget-London7", banned(BannedKind::Organisation)),
        ("Green kettle 77", Some(Reason::KnownFromBreaches)),
    ] {
        let reply = browser.set(&world, password).await;
        assert_eq!(reply.reason, reason, "{password}");
    }
    // Without the file the check is impossible, so the password is not set.
    std::fs::remove_file(&hashes).unwrap();
    let reply = browser.set(&world, "Green kettle 78").await;
    assert_eq!(reply.reason, Some(Reason::Internal));
    assert_eq!(world.writes("alice"), (0, 0));
}

const NTLM_OF_GREEN_KETTLE: &str = "4d28cb12aba6b6b74cdeb0cf6cd6add9";
