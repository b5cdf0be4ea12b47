//! Tests the engine against a responder that answers as Windows does, because there is no Windows
//! to test with.

#![expect(
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
use postern_directory::ldap::{LdapConfig, LdapDirectory, ServiceAccounts};
use postern_directory::{Account, Directory, Verified};
use postern_envelope::Secret;
use postern_protocol::Reason;
use responder::tree::{self, DOMAIN, Fate, Hints, Node, sid};
use responder::{AGENT, Responder, secret_file};
use std::sync::Arc;
use std::time::Instant;

/// The responder's `currentTime`.
const NOW: u64 = 1_800_000_000;

const GOOD: &str = "Vasara-2026-prie-jūros";

/// A change to an account's entry.
type Change = fn(&mut Node);

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
        password_filter_installed: false,
        service_accounts: ServiceAccounts::Refuse,
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
    verifies_a_password_and_nothing_like_one,
    finds_by_mail_address,
);

impl Windows {
    /// Creates an account, changed by `change`; returns its login name.
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

    /// Verifies the password of an account through the engine.
    async fn verify(&self, name: &str, password: &str) -> Result<Verified, Reason> {
        let account = self.engine.find(name).await.unwrap();
        let password = Secret::from(password);
        let answer = self.engine.verify_password(&account, &password).await;
        answer.map_err(|failure| failure.reason)
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

#[tokio::test]
async fn one_connection_serves_and_a_lost_one_is_replaced() {
    let world = windows().await;
    let name = world.user(|_| ());
    let account = world.engine.find(&name).await.unwrap();
    world.set(&account, GOOD).await.unwrap();
    world.engine.check().await.unwrap();
    assert_eq!(world.responder.connections(), 1);
    world.responder.hang_up();
    // The next operation succeeds, whether the loss is noticed before or after it is sent.
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
    let known = windows_with(Hints::Honoured, |config| {
        config.password_filter_installed = true
    })
    .await;
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
        assert_eq!(failure.reason, Reason::AgentLacksRight, "{attribute}");
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
    // Each has its own authority: trust both.
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

    // An emulator that is known but cannot be reached is not used.
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
    secret_file(&wrong.bind_password_file, "Wrong-2026-wrong\n", 0o600);
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
async fn the_agents_own_account_is_never_tried_and_never_written() {
    let world = windows().await;
    let password = Secret::from(GOOD);
    for form in ["svc-postern", "CORP\\svc-postern", AGENT] {
        let own = world.engine.find(form).await.unwrap();
        assert!(own.protected, "{form}");
        let protected = Some(Reason::AccountProtected);
        let reason = |failure: postern_directory::Failure| failure.reason;
        let engine = &world.engine;
        assert_eq!(world.set(&own, GOOD).await.err(), protected);
        let changed = engine.change_password(&own, &password, &password).await;
        assert_eq!(changed.map_err(reason).err(), protected);
        let verified = engine.verify_password(&own, &password).await;
        assert_eq!(verified.map_err(reason).err(), protected);
        let unlocked = engine.unlock(&own).await;
        assert_eq!(unlocked.map_err(reason).err(), protected);
    }
    // Nor is its name sent to a mailbox.
    assert_eq!(world.engine.find_by_mail(AGENT).await, Ok(Vec::new()));
    let tree = world.responder.tree();
    assert_eq!((tree.sign_ins, tree.writes), (0, 0));
}

#[tokio::test]
async fn without_knowing_its_own_account_the_engine_does_not_work() {
    let world = windows().await;
    world.responder.tree().anonymous = true;
    let failure = world.engine.check().await.unwrap_err();
    assert_eq!(failure.reason, Reason::Internal);
    assert!(failure.cause.contains("tokenGroups"), "{failure}");
}

#[tokio::test]
async fn accounts_that_are_trusted_with_more_are_protected() {
    let world = windows().await;
    let sensitive: [(&str, Change); 5] = [
        ("Protected Users", |node| node.add("tokenGroups", &sid(525))),
        ("smart card", |node| {
            node.set("userAccountControl", b"262656");
        }),
        ("delegation", |node| {
            node.set("userAccountControl", b"524800");
        }),
        ("delegation, any protocol", |node| {
            node.set("userAccountControl", b"16777728");
        }),
        ("service", |node| {
            node.set("servicePrincipalName", b"HTTP/web.corp.example");
        }),
    ];
    for (kind, change) in sensitive {
        let name = world.user(change);
        let account = world.engine.find(&name).await.unwrap();
        assert!(account.protected, "{kind}");
        let refused = Err(Reason::AccountProtected);
        assert_eq!(world.set(&account, GOOD).await, refused, "{kind}");
        let refused = Err(Reason::AccountProtected);
        assert_eq!(world.verify(&name, GOOD).await, refused, "{kind}");
    }
    let tree = world.responder.tree();
    assert_eq!((tree.sign_ins, tree.writes), (0, 0));
}

#[tokio::test]
async fn an_account_with_a_service_principal_name_is_reset_where_that_is_allowed() {
    let world = windows_with(Hints::Honoured, |config| {
        config.service_accounts = ServiceAccounts::Allow;
    })
    .await;
    let serves = |node: &mut Node| node.set("servicePrincipalName", b"HTTP/web.corp.example");
    assert_eq!(world.reset(serves, GOOD).await, Ok(()));
}

#[tokio::test]
async fn two_tries_are_left_under_the_directorys_lockout() {
    for (threshold, tried) in [("0", 9), ("1", 0), ("2", 0), ("3", 1), ("5", 3), ("10", 8)] {
        let world = windows().await;
        let head = threshold.as_bytes();
        world
            .responder
            .tree()
            .domain()
            .set("lockoutThreshold", head);
        let name = world.user(|node| node.passwords.push(GOOD.to_owned()));
        for _ in 0..tried {
            let wrong = world.verify(&name, "Wrong-2026-wrong").await;
            assert_eq!(wrong, Ok(Verified::Wrong), "{threshold}");
        }
        if threshold != "0" {
            // Not even the right one, so that the answer does not reveal which is right.
            for password in ["Wrong-2026-wrong", GOOD] {
                let refused = world.verify(&name, password).await;
                assert_eq!(refused, Err(Reason::PasswordNotTried), "{threshold}");
            }
        }
        let mut tree = world.responder.tree();
        assert_eq!(tree.sign_ins, tried, "{threshold}");
        assert_eq!(tree.person(&name).text("lockoutTime"), "");
    }
}

#[tokio::test]
async fn the_lockout_of_a_fine_grained_policy_counts_for_its_members() {
    let world = windows().await;
    let strict = format!("CN=strict,CN=Password Settings Container,CN=System,{DOMAIN}");
    world.responder.tree().put(Node::new(
        &strict,
        &[
            ("objectClass", b"msDS-PasswordSettings"),
            ("msDS-LockoutThreshold", b"2"),
            ("msDS-LockoutObservationWindow", b"-18000000000"),
        ],
    ));
    let member = world.user(|node| {
        node.set("msDS-ResultantPSO", strict.as_bytes());
        node.passwords.push(GOOD.to_owned());
    });
    let refused = Err(Reason::PasswordNotTried);
    assert_eq!(world.verify(&member, GOOD).await, refused);
    let other = world.user(|node| node.passwords.push(GOOD.to_owned()));
    assert_eq!(world.verify(&other, GOOD).await, Ok(Verified::Right));
    assert_eq!(world.responder.tree().sign_ins, 1);
}

#[tokio::test]
async fn wrong_passwords_from_elsewhere_count_until_their_window_has_passed() {
    const MINUTE: u64 = 60 * 10_000_000;
    let world = windows().await;
    let counted = |count: &'static str, minutes: u64| {
        let time = tree::NOW - minutes * MINUTE;
        move |node: &mut Node| {
            node.passwords.push(GOOD.to_owned());
            node.set("badPwdCount", count.as_bytes());
            node.set("badPasswordTime", time.to_string().as_bytes());
        }
    };
    for (count, minutes, verified) in [
        ("2", 1, Ok(Verified::Right)),
        ("3", 1, Err(Reason::PasswordNotTried)),
        ("4", 30, Err(Reason::PasswordNotTried)),
        ("4", 36, Ok(Verified::Right)),
    ] {
        let name = world.user(counted(count, minutes));
        assert_eq!(
            world.verify(&name, GOOD).await,
            verified,
            "{count} {minutes}"
        );
    }
    let lockout = |time: &'static str, computed: Option<&'static str>| {
        world.user(|node| {
            node.passwords.push(GOOD.to_owned());
            node.set("lockoutTime", time.as_bytes());
            if let Some(computed) = computed {
                let name = "msDS-User-Account-Control-Computed";
                node.set(name, computed.as_bytes());
            }
        })
    };
    for (time, computed, verified) in [
        ("134444700000000000", Some("16"), Err(Reason::AccountLocked)),
        ("134444700000000000", None, Err(Reason::AccountLocked)),
        ("134444700000000000", Some("0"), Ok(Verified::Right)),
        ("0", None, Ok(Verified::Right)),
    ] {
        let name = lockout(time, computed);
        assert_eq!(world.verify(&name, GOOD).await, verified, "{computed:?}");
    }

    // A change carries the current password too.
    let name = world.user(counted("3", 1));
    let account = world.engine.find(&name).await.unwrap();
    let (current, password) = (Secret::from(GOOD), Secret::from("Ruduo-2026-prie-ežero"));
    let changed = world.engine.change_password(&account, &current, &password);
    assert_eq!(changed.await.unwrap_err().reason, Reason::PasswordNotTried);
    assert_eq!(world.responder.tree().writes, 0);
}

#[tokio::test]
async fn tries_at_once_do_not_share_a_count() {
    let world = Arc::new(windows().await);
    let name = world.user(|_| ());
    let mut tries = Vec::new();
    for _ in 0..20 {
        let (world, name) = (Arc::clone(&world), name.clone());
        tries.push(tokio::spawn(async move {
            world.verify(&name, "Wrong-2026-wrong").await
        }));
    }
    let mut wrong = 0;
    for tried in tries {
        match tried.await.unwrap() {
            Ok(Verified::Wrong) => wrong += 1,
            refused => assert_eq!(refused, Err(Reason::PasswordNotTried)),
        }
    }
    assert_eq!(wrong, 3);
    assert_eq!(world.responder.tree().sign_ins, 3);
}

#[tokio::test]
async fn a_lockout_that_cannot_be_read_is_not_guessed() {
    let world = windows().await;
    let name = world.user(|node| node.passwords.push(GOOD.to_owned()));
    for attribute in ["lockoutThreshold", "lockOutObservationWindow"] {
        let kept = {
            let mut tree = world.responder.tree();
            let kept = tree.domain().clone();
            tree.domain().values.retain(|(name, _)| name != attribute);
            kept
        };
        let refused = world.verify(&name, GOOD).await;
        assert_eq!(refused, Err(Reason::PolicyUnreadable), "{attribute}");
        world.responder.tree().put(kept);
    }
    assert_eq!(world.responder.tree().sign_ins, 0);
}

#[tokio::test]
async fn what_is_told_of_an_answer_holds_no_name() {
    let world = windows().await;
    for (code, text, expected) in [
        (
            50,
            "00002098: Object CN=Carl Cermak,OU=Staff,DC=corp,DC=example has no write property \
             access\n\0",
            "the directory answered the write with 50 (00002098)",
        ),
        (
            34,
            "0000208F: NameErr: DSID-03100225, problem 2006 (BAD_NAME), data 8350, best match of:\
             \n\t'CN=Carl Cermak,OU=Staff,DC=corp,DC=example'\n\0",
            "the directory answered the write with 34 (0000208F, DSID-03100225, problem 2006, data 8350)",
        ),
        (
            1,
            "acl: no rights on CN=Carl Cermak,OU=Staff",
            "the directory answered the write with 1",
        ),
    ] {
        let name = world.user(|node| node.fate = Fate::Answered(code, text));
        let account = world.engine.find(&name).await.unwrap();
        let password = Secret::from(GOOD);
        let failure = world.engine.set_password(&account, &password).await;
        assert_eq!(failure.unwrap_err().cause, expected);
    }
}

#[tokio::test]
async fn a_base_that_does_not_exist_is_found_at_once_and_named() {
    let world = windows_with(Hints::Honoured, |config| {
        config.base = Some(format!("OU=Poeple,{DOMAIN}"));
    })
    .await;
    let failure = world.engine.check().await.unwrap_err();
    assert_eq!(failure.reason, Reason::Internal);
    assert!(
        failure.cause.starts_with("directory.base: ") && failure.cause.contains("OU=Poeple"),
        "{failure}"
    );
    let container = Node::new(&format!("OU=Poeple,{DOMAIN}"), &[("objectClass", b"top")]);
    world.responder.tree().put(container);
    world.engine.check().await.unwrap();
}

#[tokio::test]
async fn a_password_file_that_others_may_read_is_refused() {
    let responder = Responder::start(Hints::Honoured).await;
    let config = config(&responder);
    let file = config.bind_password_file.clone();
    let open = |mode| {
        secret_file(&file, responder::PASSWORD, mode);
        LdapDirectory::new(config.clone(), Arc::new(|| NOW))
    };
    for (mode, named) in [(0o644, "0644"), (0o640, "0640"), (0o602, "0602")] {
        let refused = open(mode).unwrap_err().to_string();
        let place = format!("bind_password_file: {}: ", file.display());
        assert!(
            refused.starts_with(&place) && refused.contains(named),
            "{refused}"
        );
    }
    open(0o400).unwrap();
    // It is read again at every sign-in, and so is its mode.
    let engine = open(0o600).unwrap();
    secret_file(&file, responder::PASSWORD, 0o644);
    let failure = engine.check().await.unwrap_err();
    assert!(failure.cause.contains("0644"), "{failure}");
    secret_file(&file, responder::PASSWORD, 0o600);
    engine.check().await.unwrap();
}

#[tokio::test]
async fn an_account_has_two_login_names() {
    let world = windows().await;
    let principal = "first.last@elsewhere.example";
    let name = world.user(|node| node.set("userPrincipalName", principal.as_bytes()));
    let account = world.engine.find(&name).await.unwrap();
    assert_eq!(
        (&*account.login_name, &*account.principal_name),
        (&*name, principal)
    );
    assert_eq!(world.engine.find(principal).await.unwrap(), account);
}
