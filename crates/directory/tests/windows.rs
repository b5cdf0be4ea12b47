//! The engine against a responder that answers as Windows does; there is no Windows to test with.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that panics fails"
)]

mod contract;
mod responder;

use async_trait::async_trait;
use contract::{Kind, World};
use core::sync::atomic::{AtomicU8, Ordering};
use core::time::Duration;
use postern_directory::ldap::{LdapConfig, LdapDirectory};
use postern_directory::{Account, Directory};
use postern_envelope::Secret;
use postern_protocol::Reason;
use responder::tree::{DOMAIN, Fate, Hints, Node};
use responder::{AGENT, Responder};
use std::sync::Arc;
use std::time::Instant;

/// The responder's `currentTime`.
const NOW: u64 = 1_800_000_000;

const GOOD: &str = "Vasara-2026-prie-jūros";

struct Windows {
    responder: Responder,
    engine: LdapDirectory,
    count: AtomicU8,
}

async fn windows() -> Windows {
    windows_with(Hints::Honoured, |_| ()).await
}

async fn windows_with(hints: Hints, change: impl FnOnce(&mut LdapConfig)) -> Windows {
    let responder = Responder::start(hints).await;
    let mut config = config(&responder);
    change(&mut config);
    Windows {
        engine: LdapDirectory::new(config, Arc::new(|| NOW)).unwrap(),
        responder,
        count: AtomicU8::new(1),
    }
}

fn config(responder: &Responder) -> LdapConfig {
    let url = format!("ldaps://dc1.corp.example:{}", responder.address.port());
    LdapConfig {
        url: url.parse().unwrap(),
        address: Some(responder.address),
        ca_file: responder.folder.path().join("ca.pem"),
        bind_name: AGENT.to_owned(),
        bind_password_file: responder.folder.path().join("password"),
        base: None,
        mail_attributes: vec!["mail".to_owned()],
        mobile_attributes: vec!["mobile".to_owned()],
        phone_attributes: vec!["telephoneNumber".to_owned()],
        country_prefix: None,
        two_gates_groups: Vec::new(),
        protected_groups: Vec::new(),
        pdc: None,
        filter_known: false,
    }
}

contract!(
    windows();
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
);

impl Windows {
    /// Makes someone, changed as given.
    fn user(&self, change: impl FnOnce(&mut Node)) -> String {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let name = format!("person{number}x");
        let mail = format!("{name}@corp.example");
        let mut node = Node::new(
            &format!("CN={name},OU=People,{DOMAIN}"),
            &[
                ("objectClass", b"user"),
                ("objectGUID", &[number; 16]),
                ("objectSid", &sid(1_100 + u32::from(number))),
                ("sAMAccountName", name.as_bytes()),
                ("displayName", "Rūta Łukaszewicz".as_bytes()),
                ("mail", mail.as_bytes()),
                ("userAccountControl", b"512"),
                ("accountExpires", b"9223372036854775807"),
                ("primaryGroupID", b"513"),
                ("pwdLastSet", b"134444700000000000"),
                ("tokenGroups", &sid(513)),
            ],
        );
        change(&mut node);
        self.responder.tree().put(node);
        name
    }

    async fn reset(&self, change: impl FnOnce(&mut Node), password: &str) -> Result<(), Reason> {
        let name = self.user(change);
        let account = self.engine.find(&name).await.unwrap();
        self.set(&account, password).await
    }

    async fn set(&self, account: &Account, password: &str) -> Result<(), Reason> {
        let password = Secret::from(password);
        let answer = self.engine.set_password(account, &password).await;
        answer.map_err(|failure| failure.reason)
    }
}

#[async_trait]
impl World for Windows {
    fn engine(&self) -> &dyn Directory {
        &self.engine
    }

    fn domain(&self) -> (&'static str, &'static str) {
        ("CORP", "corp.example")
    }

    async fn person(&self, kind: Kind) -> String {
        let pso = |name| format!("CN={name},CN=Password Settings Container,CN=System,{DOMAIN}");
        self.user(|node| match kind {
            Kind::Plain => {}
            Kind::Disabled => node.set("userAccountControl", b"514"),
            Kind::Expired => node.set("accountExpires", b"116444736010000000"),
            Kind::Protected => node.add("tokenGroups", &sid(512)),
            Kind::Locked => node.set("lockoutTime", b"134444700000000000"),
            Kind::FineGrained => {
                node.set("msDS-ResultantPSO", pso("long").as_bytes());
                node.minimum = 15;
            }
            Kind::TooYoung => {
                node.set("msDS-ResultantPSO", pso("young").as_bytes());
                // An hour ago.
                let ticks = (NOW - 3_600 + 11_644_473_600) * 10_000_000;
                node.set("pwdLastSet", ticks.to_string().as_bytes());
                node.too_young = true;
            }
            Kind::NoRight => {
                node.fate = Fate::Answered(
                    50,
                    "00000005: SecErr: DSID-031A11B9, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0\0",
                );
            }
            Kind::InDoubt => node.fate = Fate::Dropped,
        })
    }

    async fn key_version(&self, login_name: &str) -> u32 {
        self.responder.tree().person(login_name).key_version
    }

    async fn password_is(&self, login_name: &str, password: &Secret) -> bool {
        let mut tree = self.responder.tree();
        let current = tree.person(login_name).passwords.last().cloned();
        current.as_deref() == password.expose_str()
    }

    async fn is_locked(&self, login_name: &str) -> bool {
        self.responder.tree().person(login_name).text("lockoutTime") != "0"
    }
}

fn sid(rid: u32) -> Vec<u8> {
    let mut bytes = vec![1, 5, 0, 0, 0, 0, 0, 5];
    for part in [21, 1, 2, 3, rid] {
        bytes.extend(u32::to_le_bytes(part));
    }
    bytes
}

#[tokio::test]
async fn one_connection_serves_and_a_lost_one_is_replaced() {
    let world = windows().await;
    let name = world.user(|_| ());
    let account = world.engine.find(&name).await.unwrap();
    world.set(&account, GOOD).await.unwrap();
    world.engine.check().await.unwrap();
    assert_eq!(world.responder.connections(), 1);
    world.responder.hang_up();
    // Whether the loss is noticed before or after the next question, it is answered.
    world.set(&account, "Ruduo-2026-prie-ežero").await.unwrap();
    assert_eq!(world.responder.connections(), 2);
    assert_eq!(world.key_version(&name).await, 3);
    assert_eq!(world.responder.tree().writes, 2);
}

#[tokio::test]
async fn a_filter_and_history_are_told_apart_as_far_as_can_be() {
    let filtered = |node: &mut Node| node.fate = Fate::Filtered;
    let used = Err(Reason::UsedBefore { remembered: 24 });
    assert_eq!(windows().await.reset(filtered, GOOD).await, used);
    let known = windows_with(Hints::Honoured, |config| config.filter_known = true).await;
    let either = Err(Reason::HistoryOrFilter);
    assert_eq!(known.reset(filtered, GOOD).await, either);
    let without = windows_with(Hints::Unknown, |_| ()).await;
    let filter = Err(Reason::Filter);
    assert_eq!(without.reset(filtered, GOOD).await, filter);
}

#[tokio::test]
async fn hints_that_are_listed_and_refused_are_left_out_from_then_on() {
    let world = windows_with(Hints::Refused, |_| ()).await;
    assert!(world.engine.describe().await.unwrap().history_enforced);
    assert_eq!(world.reset(|_| (), GOOD).await, Ok(()));
    assert_eq!(world.responder.tree().writes, 2);
    assert!(!world.engine.describe().await.unwrap().history_enforced);
    assert_eq!(world.reset(|_| (), GOOD).await, Ok(()));
    assert_eq!(world.responder.tree().writes, 3);
}

#[tokio::test]
async fn answers_that_are_not_about_the_password() {
    let world = windows().await;
    for (code, text, reason) in [
        (
            50,
            "00002098: SecErr: DSID-03150F94",
            Reason::AgentLacksRight,
        ),
        (53, "0000001F: SvcErr: DSID-031A12D2", Reason::Internal),
        (51, "000020E6: SvcErr: BUSY", Reason::DirectoryUnreachable),
        (10, "0000202B: RefErr: DSID-0310074A", Reason::Internal),
        (12, "00000057: LdapErr", Reason::Internal),
    ] {
        let answered = |node: &mut Node| node.fate = Fate::Answered(code, text);
        assert_eq!(world.reset(answered, GOOD).await, Err(reason), "{text}");
    }
}

#[tokio::test]
async fn a_renamed_account_is_looked_for_again() {
    let world = windows().await;
    let renamed = |node: &mut Node| node.fate = Fate::Renamed;
    assert_eq!(world.reset(renamed, GOOD).await, Ok(()));
    assert_eq!(world.responder.tree().writes, 2);
}

#[tokio::test]
async fn an_account_deleted_meanwhile_is_told() {
    let world = windows().await;
    let name = world.user(|_| ());
    let account = world.engine.find(&name).await.unwrap();
    world
        .responder
        .tree()
        .nodes
        .retain(|_, node| node.text("sAMAccountName") != name);
    assert_eq!(world.set(&account, GOOD).await, Err(Reason::UserNotFound));
    assert_eq!(world.responder.tree().writes, 0);
}

#[tokio::test]
async fn a_principal_name_and_an_account_name_may_be_two_peoples() {
    let world = windows().await;
    let name = world.user(|_| ());
    let principal = format!("{name}@corp.example");
    world.user(|node| node.set("userPrincipalName", principal.as_bytes()));
    let found = world.engine.find(&principal).await.unwrap_err();
    assert_eq!(found.reason, Reason::AccountAmbiguous);
}

#[tokio::test]
async fn membership_that_cannot_be_read_is_a_fault() {
    let world = windows().await;
    for attribute in [
        "tokenGroups",
        "objectSid",
        "primaryGroupID",
        "userAccountControl",
    ] {
        let name = world.user(|node| node.values.retain(|(name, _)| name != attribute));
        let failure = world.engine.find(&name).await.unwrap_err();
        assert_eq!(failure.reason, Reason::Internal, "{attribute}");
        assert!(failure.cause.contains(attribute), "{failure}");
    }
}

#[tokio::test]
async fn fine_grained_policies_that_cannot_be_read_are_not_guessed() {
    let world = windows().await;
    let name = world.user(|_| ());
    let account = world.engine.find(&name).await.unwrap();
    {
        let mut tree = world.responder.tree();
        let containers = tree.nodes.values_mut();
        for node in containers.filter(|node| node.text("cn").starts_with("Password")) {
            node.values.retain(|(name, _)| name != "cn");
        }
    }
    let failure = world.engine.policy(&account).await.unwrap_err();
    assert_eq!(failure.reason, Reason::PolicyUnreadable);
    assert!(!world.engine.describe().await.unwrap().policies_readable);
}

#[tokio::test]
async fn writes_go_to_the_pdc_emulator() {
    let pdc = Responder::start(Hints::Honoured).await;
    let url = format!("ldaps://localhost:{}", pdc.address.port());
    let first = Responder::start(Hints::Honoured).await;
    let mut both = config(&first);
    both.pdc = Some(url.parse().unwrap());
    // One authority each: trust both.
    let trusted = first.folder.path().join("both.pem");
    let read = |responder: &Responder| {
        std::fs::read_to_string(responder.folder.path().join("ca.pem")).unwrap()
    };
    std::fs::write(&trusted, read(&first) + &read(&pdc)).unwrap();
    both.ca_file = trusted;
    let engine = LdapDirectory::new(both.clone(), Arc::new(|| NOW)).unwrap();
    let description = engine.describe().await.unwrap();
    assert_eq!(
        (description.server.as_str(), description.is_pdc),
        ("localhost", true)
    );
    assert_eq!((first.connections(), pdc.connections()), (1, 1));

    // One that is known and not to be reached is done without.
    both.pdc = Some("ldaps://localhost:1".parse().unwrap());
    let engine = LdapDirectory::new(both.clone(), Arc::new(|| NOW)).unwrap();
    assert!(!engine.describe().await.unwrap().is_pdc);
    both.pdc = None;
    first.tree().pdc = "nowhere.invalid".to_owned();
    let engine = LdapDirectory::new(both, Arc::new(|| NOW)).unwrap();
    assert!(!engine.describe().await.unwrap().is_pdc);
}

#[tokio::test]
async fn a_wrong_password_of_the_agent_is_told() {
    let responder = Responder::start(Hints::Honoured).await;
    let mut wrong = config(&responder);
    wrong.bind_password_file = responder.folder.path().join("wrong");
    std::fs::write(&wrong.bind_password_file, "Wrong-2026-wrong\n").unwrap();
    let engine = LdapDirectory::new(wrong.clone(), Arc::new(|| NOW)).unwrap();
    let failure = engine.check().await.unwrap_err();
    assert_eq!(failure.reason, Reason::DirectoryUnreachable);
    assert!(
        failure.cause.contains("wrong name or password"),
        "{failure}"
    );

    // It is not tried again, but another one is.
    let before = responder.connections();
    assert_eq!(engine.check().await.unwrap_err(), failure);
    assert_eq!(responder.connections(), before);
    let right = config(&responder).bind_password_file;
    std::fs::copy(right, &wrong.bind_password_file).unwrap();
    engine.check().await.unwrap();

    std::fs::write(&wrong.bind_password_file, "\n").unwrap();
    let refused = LdapDirectory::new(wrong.clone(), Arc::new(|| NOW)).unwrap_err();
    assert!(refused.to_string().starts_with("bind_password_file: "));
    wrong.bind_password_file = config(&responder).bind_password_file;
    wrong.ca_file = wrong.bind_password_file.clone();
    let refused = LdapDirectory::new(wrong, Arc::new(|| NOW)).unwrap_err();
    assert!(refused.to_string().starts_with("ca_file: "));
}

#[tokio::test]
async fn no_answer_in_time_is_doubt() {
    let world = windows().await;
    world.responder.tree().delay = Duration::from_secs(60);
    let started = Instant::now();
    let answer = world.reset(|_| (), GOOD).await;
    assert_eq!(answer, Err(Reason::InDoubt));
    assert!(started.elapsed() < Duration::from_secs(12));
}

#[tokio::test]
async fn two_gates_are_for_members_and_numbers_are_read() {
    const STAFF: &str = "CN=Staff,OU=Groups,DC=corp,DC=example";
    let group = |responder: &Responder| {
        let values: [(&str, &[u8]); 2] = [("objectClass", b"group"), ("objectSid", &sid(4_444))];
        responder.tree().put(Node::new(STAFF, &values));
    };
    let world = windows_with(Hints::Honoured, |config| {
        config.two_gates_groups = vec![STAFF.to_owned()];
        config.country_prefix = Some("+420".to_owned());
    })
    .await;
    group(&world.responder);
    let member = world.user(|node| {
        node.add("tokenGroups", &sid(4_444));
        node.add("mobile", b"601 000 012");
        node.add("telephoneNumber", b"+420 222 000 034");
    });
    let account = world.engine.find(&member).await.unwrap();
    assert!(account.two_gates && !account.protected);
    assert_eq!(account.mobile_numbers, ["+420601000012"]);
    assert_eq!(account.phone_numbers, ["+420222000034"]);
    let again = world.engine.account(account.anchor).await.unwrap();
    assert_eq!(again, account);
    let other = world.user(|_| ());
    assert!(!world.engine.find(&other).await.unwrap().two_gates);

    let world = windows_with(Hints::Honoured, |config| {
        config.two_gates_groups = vec!["CN=Nobody,DC=corp,DC=example".to_owned()];
    })
    .await;
    let failure = world.engine.check().await.unwrap_err();
    assert!(
        failure.cause.contains("policy.two_gates_groups"),
        "{failure}"
    );
}

#[tokio::test]
async fn a_bare_name_leads_to_the_account_whatever_domain_was_typed_with_it() {
    let world = windows().await;
    let name = world.user(|node| {
        node.set("userPrincipalName", b"first.last@elsewhere.example");
    });
    let account = world.engine.find(&name).await.unwrap();
    for bare in [name.as_str(), "first.last"] {
        assert_eq!(world.engine.find_bare(bare).await.unwrap(), account);
    }
    // A login name goes before what a principal name begins with.
    let same = world.user(|node| node.set("sAMAccountName", b"First.Last"));
    let found = world.engine.find_bare("first.last").await.unwrap();
    assert_eq!(found.login_name, "First.Last", "not {name}, and {same} now");
    for nobody in ["first", "first.las", "*", ""] {
        let failure = world.engine.find_bare(nobody).await.unwrap_err();
        assert_eq!(failure.reason, Reason::UserNotFound, "{nobody}");
    }
}
