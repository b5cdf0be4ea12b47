//! Tests the sandbox: the contract of every engine, and its scripts.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that panics fails"
)]

mod contract;

use async_trait::async_trait;
use contract::{Kind, World};
use core::sync::atomic::{AtomicU64, Ordering};
use postern_directory::sandbox::{AnswerStep, Behaviour, FIRST_PASSWORD, Sandbox};
use postern_directory::{Account, Directory, Verified};
use postern_envelope::Secret;
use postern_protocol::{Argument, Reason};
use std::sync::Arc;

const NOW: u64 = 1_800_000_000;

struct Scripted(Sandbox);

async fn world() -> Scripted {
    Scripted(Sandbox::new(Arc::new(|| NOW)))
}

contract!(
    world();
    can_be_asked,
    finds_by_three_forms,
    finds_nobody_by_odd_names,
    an_anchor_leads_back,
    tells_who_may_not_be_reset_and_does_not,
    tells_the_effective_policy,
    sets_a_password_once,
    takes_256_units,
    unlocks_with_the_same_write,
    names_the_rule_that_the_directory_held,
    keeps_history_where_it_says_so,
    tells_when_a_password_is_too_young,
    tells_that_it_lacks_the_right,
    doubt_is_said_and_nothing_is_sent_twice,
    verifies_a_password_and_nothing_like_one,
    changes_by_the_current_password_alone,
    unlocks_and_keeps_the_password,
    finds_by_mail_address,
);

#[async_trait]
impl World for Scripted {
    fn engine(&self) -> &dyn Directory {
        &self.0
    }

    fn domain(&self) -> (&'static str, &'static str) {
        ("SANDBOX", "sandbox.example")
    }

    async fn person(&self, kind: Kind) -> String {
        let behaviour = match kind {
            Kind::Plain => Behaviour::Works,
            Kind::Disabled => Behaviour::Disabled,
            Kind::Expired => Behaviour::Expired,
            Kind::Protected => Behaviour::Protected,
            Kind::Locked => Behaviour::Locked,
            Kind::FineGrained => Behaviour::FineGrained,
            Kind::TooYoung => Behaviour::TooYoung,
            Kind::NoRight => Behaviour::LacksRight,
            Kind::InDoubt => Behaviour::InDoubt,
        };
        login_name(behaviour).to_owned()
    }

    async fn key_version(&self, login_name: &str) -> u32 {
        self.0.key_version(login_name)
    }

    async fn password_is(&self, login_name: &str, password: &Secret) -> bool {
        self.0.password_is(login_name, password)
    }

    async fn is_locked(&self, login_name: &str) -> bool {
        self.0.is_locked(login_name)
    }
}

fn login_name(behaviour: Behaviour) -> &'static str {
    let mut scripts = Sandbox::scripts().iter();
    let found = scripts.find(|script| script.behaviour == behaviour);
    found.unwrap().login_name
}

async fn reset(sandbox: &Sandbox, behaviour: Behaviour) -> Result<Account, Reason> {
    let account = sandbox
        .find(login_name(behaviour))
        .await
        .map_err(|failure| failure.reason)?;
    let password = Secret::from("Vasara-2026-prie-jūros");
    let answer = sandbox.set_password(&account, &password).await;
    answer.map(|()| account).map_err(|failure| failure.reason)
}

#[tokio::test]
async fn each_script_has_its_outcome() {
    let sandbox = world().await.0;
    for script in Sandbox::scripts() {
        let expected = match script.behaviour {
            Behaviour::Works
            | Behaviour::MustChange
            | Behaviour::Authenticator
            | Behaviour::Locked
            | Behaviour::FineGrained
            | Behaviour::NoGates
            | Behaviour::PolicyUnreadable
            | Behaviour::Sms
            | Behaviour::Voice
            | Behaviour::NotSent
            | Behaviour::Recovery
            | Behaviour::Pass
            | Behaviour::TwoGates
            | Behaviour::EveryGate
            | Behaviour::TwoAddresses => None,
            // The agent refuses these before it calls the directory.
            Behaviour::BannedWord | Behaviour::KnownFromBreaches => None,
            Behaviour::Disabled => Some(Reason::AccountDisabled),
            Behaviour::Protected => Some(Reason::AccountProtected),
            Behaviour::Expired => Some(Reason::AccountExpired),
            Behaviour::UsedBefore => Some(Reason::UsedBefore { remembered: 24 }),
            Behaviour::TooYoung => Some(Reason::TooYoung {
                until: NOW + 20 * 60 * 60,
            }),
            Behaviour::Filter => Some(Reason::Filter),
            Behaviour::HistoryOrFilter => Some(Reason::HistoryOrFilter),
            Behaviour::Unreachable => Some(Reason::DirectoryUnreachable),
            Behaviour::LacksRight => Some(Reason::AgentLacksRight),
            Behaviour::Ambiguous => Some(Reason::AccountAmbiguous),
            Behaviour::InDoubt => Some(Reason::InDoubt),
            Behaviour::Answers => unreachable!("none of these accounts"),
        };
        let answer = reset(&sandbox, script.behaviour).await;
        assert_eq!(answer.err(), expected, "{:?}", script.behaviour);
    }
}

#[tokio::test]
async fn gates_and_policies_are_as_scripted() {
    let sandbox = world().await.0;
    let olga = sandbox.find("olga").await.unwrap();
    assert!(olga.mail_addresses.is_empty());
    let wanda = sandbox.find("wanda").await.unwrap();
    let addresses = ["wanda@sandbox.example", "home@kaczmarek.example"];
    assert_eq!(wanda.mail_addresses, addresses);
    let pavel = sandbox.find("pavel").await.unwrap();
    let policy = sandbox.policy(&pavel).await.unwrap_err();
    assert_eq!(policy.reason, Reason::PolicyUnreadable);
    let with: Vec<_> = Sandbox::scripts()
        .iter()
        .filter(|script| script.authenticator.is_some())
        .map(|script| script.login_name)
        .collect();
    assert_eq!(with, ["bob", "tina", "eva"]);
    let eva = sandbox.find("eva").await.unwrap();
    assert_eq!(eva.mobile_numbers, ["+447700900056"]);
    assert_eq!(eva.phone_numbers, ["+447700900056", "+441632960078"]);
    for script in Sandbox::scripts() {
        if let Ok(account) = sandbox.find(script.login_name).await {
            assert_eq!(account.two_gates, script.behaviour == Behaviour::TwoGates);
        }
    }
}

#[tokio::test]
async fn youth_passes() {
    let now = Arc::new(AtomicU64::new(NOW));
    let clock = Arc::clone(&now);
    let sandbox = Sandbox::new(Arc::new(move || clock.load(Ordering::Relaxed)));
    assert!(reset(&sandbox, Behaviour::TooYoung).await.is_err());
    now.store(NOW + 20 * 60 * 60, Ordering::Relaxed);
    assert!(reset(&sandbox, Behaviour::TooYoung).await.is_ok());
}

#[tokio::test]
async fn only_24_passwords_are_remembered() {
    let sandbox = world().await.0;
    let alice = sandbox.find("alice").await.unwrap();
    let set = async |number: u32| {
        let password = Secret::from(format!("Vasara-prie-jūros-{number:02}").as_str());
        sandbox.set_password(&alice, &password).await
    };
    for number in 0..24 {
        set(number).await.unwrap();
    }
    assert!(set(0).await.is_err());
    set(24).await.unwrap();
    set(0).await.unwrap();
    assert_eq!(sandbox.key_version("alice"), 27);
}

#[tokio::test]
async fn every_reason_has_an_account_that_gets_it_where_it_happens() {
    let sandbox = world().await.0;
    let password = Secret::from("Vasara-2026-prie-jūros");
    let first = Secret::from(FIRST_PASSWORD);
    for reason in Reason::ALL {
        let code = reason.code();
        let answer = Sandbox::answer(Sandbox::anchor_of(code).unwrap(), NOW).unwrap();
        assert_eq!(
            (answer.reason.code(), answer.step),
            (code, AnswerStep::of(reason))
        );
        // With plausible numbers: never 0 characters, or a time in 1970.
        for (name, argument) in answer.reason.arguments() {
            match argument {
                Argument::Text(text) => assert!(!text.is_empty(), "{name}"),
                Argument::Count(count) => assert!(count > 0, "{name}"),
                Argument::Time(time) | Argument::Clock(time) => assert!(time > NOW, "{name}"),
            }
        }
        let found = sandbox.find(code).await.map_err(|failure| failure.reason);
        if answer.step == AnswerStep::UserName {
            assert_eq!(found.unwrap_err(), answer.reason);
            continue;
        }
        // Elsewhere the directory does nothing unusual, or the answer is the agent's.
        let account = found.unwrap();
        let read = sandbox.policy(&account).await;
        let verified = sandbox.verify_password(&account, &first).await;
        let written = sandbox.set_password(&account, &password).await;
        let written = written.map_err(|failure| failure.reason);
        let (reads, rights) = (read.is_ok(), verified.ok() == Some(Verified::Right));
        match answer.step {
            AnswerStep::NewPassword => {
                assert_eq!(written, Err(answer.reason));
                assert!(rights, "{code}");
                assert_eq!(reads, code != "policy_unreadable");
            }
            AnswerStep::CurrentPassword => assert!(!rights && reads, "{code}"),
            _ => assert!(written.is_ok() && rights && reads, "{code}"),
        }
    }
}

#[tokio::test]
async fn names_are_compared_as_active_directory_compares_them() {
    let sandbox = world().await;
    let alice = sandbox.engine().find("alice").await.unwrap();
    for form in [
        "Álice",
        "ａｌｉｃｅ",
        "ＳＡＮＤＢＯＸ\\ALICE",
        "alice@Sandbox.Example",
    ] {
        assert_eq!(sandbox.engine().find(form).await.unwrap(), alice, "{form}");
    }
    for foreign in ["NOSUCH\\alice", "alice@elsewhere.example"] {
        assert!(sandbox.engine().find(foreign).await.is_err(), "{foreign}");
    }
}
