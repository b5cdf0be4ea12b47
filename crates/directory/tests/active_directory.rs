//! Tests the engine against a real domain controller: `cargo xtask dc run -- cargo test -p
//! postern-directory --features active-directory-tests --test active_directory`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that panics fails"
)]

mod contract;
mod domain;

use contract::{Kind, World};
use domain::{
    FIRST_PASSWORD, LOCKOUT_THRESHOLD, clock, config, domain, domain_with, secret_file, unique,
};
use postern_directory::ldap::{LdapDirectory, ServiceAccounts};
use postern_directory::{Account, Directory, Failure, Verified};
use postern_envelope::Secret;
use postern_protocol::Reason;
use postern_protocol::rule::Rule;
use std::time::{Duration, Instant};

contract!(
    domain();
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
    verifies_a_password_and_nothing_like_one,
    changes_by_the_current_password_alone,
    unlocks_and_keeps_the_password,
    finds_by_mail_address,
);

const GOOD: &str = "Vasara-2026-prie-jūros";

async fn set(engine: &LdapDirectory, account: &Account, password: &str) -> Result<(), Reason> {
    let answer = engine.set_password(account, &Secret::from(password)).await;
    answer.map_err(|failure| failure.reason)
}

fn reason<T>(answer: Result<T, Failure>) -> Option<Reason> {
    answer.err().map(|failure| failure.reason)
}

#[tokio::test]
async fn describes_itself() {
    let world = domain().await;
    let description = world.engine.describe().await.unwrap();
    assert_eq!(description.server, "dc1.corp.example");
    assert_eq!(description.base, world.base);
    assert!(description.is_pdc && description.policies_readable);
    // Samba lists policy hints from 4.24.
    assert_eq!(description.history_enforced, world.lists_hints().await);
}

#[tokio::test]
async fn names_with_brackets_and_letters_are_found() {
    let world = domain().await;
    for name in [unique("a(b)&!"), unique("ž'ė š"), unique("#-_.")] {
        let dn = format!("CN={},OU=People,{}", unique("c"), world.base);
        world.user_at(&dn, &name, &[]).await;
        let found = world.engine.find(&name).await.unwrap();
        assert_eq!(found.login_name, name);
    }
}

#[tokio::test]
async fn a_principal_name_of_another_domain_is_found() {
    let world = domain().await;
    let principal = format!("{}@mail.example", unique("anna"));
    let name = world.user(&[("userPrincipalName", &principal)]).await;
    let found = world.engine.find(&principal.to_uppercase()).await.unwrap();
    assert_eq!(found.login_name, name);
}

#[tokio::test]
async fn addresses_come_in_the_order_of_the_attributes() {
    let world = domain().await;
    let name = world.user(&[("otherMailbox", "home@home.example")]).await;
    let found = world.engine.find(&name).await.unwrap();
    let work = format!("{name}@corp.example");
    assert_eq!(found.mail_addresses, ["home@home.example", &work]);
}

#[tokio::test]
async fn each_protected_group_protects() {
    const DOMAIN_GROUPS: [u32; 9] = [512, 516, 518, 519, 520, 521, 525, 526, 527];
    const BUILTIN_GROUPS: [u32; 6] = [544, 548, 549, 550, 551, 552];
    let world = domain().await;
    let domain = world.sid().await;
    let in_domain = DOMAIN_GROUPS.map(|rid| format!("{domain}-{rid}"));
    let builtin = BUILTIN_GROUPS.map(|rid| format!("S-1-5-32-{rid}"));
    let mut absent = Vec::new();
    for sid in in_domain.into_iter().chain(builtin) {
        let Some(group) = world.dn_of_sid(&sid).await else {
            absent.push(sid);
            continue;
        };
        let name = world.user(&[]).await;
        assert!(!world.engine.find(&name).await.unwrap().protected);
        world.join(&group, &world.dn(&name).await).await;
        assert!(world.engine.find(&name).await.unwrap().protected, "{group}");
        // `adminCount` would not have shown it:
        assert_ne!(world.text(&name, "adminCount").await.as_deref(), Some("1"));
    }
    // The schema of this Samba is that of Windows Server 2008 R2: Protected Users were added in
    // 2012 R2, Key Admins in 2016.
    let newer = ["-525", "-526", "-527"];
    assert!(
        absent
            .iter()
            .all(|sid| newer.iter().any(|rid| sid.ends_with(rid))),
        "{absent:?}"
    );
}

#[tokio::test]
async fn membership_is_transitive_and_by_primary_group() {
    let world = domain().await;
    let admins = format!("CN=Domain Admins,CN=Users,{}", world.base);
    let nested = world.user(&[]).await;
    let inner = world.group(&world.dn(&nested).await).await;
    let outer = world.group(&inner).await;
    assert!(!world.engine.find(&nested).await.unwrap().protected);
    world.join(&admins, &outer).await;
    assert!(world.engine.find(&nested).await.unwrap().protected);

    let primary = world.user(&[]).await;
    let dn = world.dn(&primary).await;
    world.join(&admins, &dn).await;
    world.set(&dn, "primaryGroupID", b"512").await;
    assert!(world.engine.find(&primary).await.unwrap().protected);
}

#[tokio::test]
async fn built_in_accounts_and_machines_are_protected() {
    let world = domain().await;
    for name in ["Administrator", "krbtgt", "DC1$"] {
        let account = world.engine.find(name).await.unwrap();
        assert!(account.protected, "{name}");
        let answer = set(&world.engine, &account, GOOD).await;
        assert_eq!(answer, Err(Reason::AccountProtected), "{name}");
    }
}

#[tokio::test]
async fn the_agents_own_account_is_never_tried_and_never_written() {
    let world = domain().await;
    let own = "svc-postern";
    let before = (
        world.key_version(own).await,
        world.text(own, "badPwdCount").await,
    );
    let password = Secret::from("Wrong-2026-wrong");
    for form in [own, "CORP\\svc-postern", "svc-postern@corp.example"] {
        let account = world.engine.find(form).await.unwrap();
        assert!(account.protected, "{form}");
        let protected = Some(Reason::AccountProtected);
        let engine = &world.engine;
        assert_eq!(set(engine, &account, GOOD).await.err(), protected);
        let changed = engine.change_password(&account, &password, &password).await;
        assert_eq!(reason(changed), protected);
        let verified = engine.verify_password(&account, &password).await;
        assert_eq!(reason(verified), protected);
        assert_eq!(reason(engine.unlock(&account).await), protected);
    }
    let after = (
        world.key_version(own).await,
        world.text(own, "badPwdCount").await,
    );
    assert_eq!(after, before);
    // Signed in by another of its names; no other account is mistaken for it.
    let other = world.user(&[]).await;
    let dn = world.dn(own).await;
    let named = domain_with(|config| config.bind_name = dn).await;
    assert!(named.engine.find(own).await.unwrap().protected);
    assert!(!named.engine.find(&other).await.unwrap().protected);
}

#[tokio::test]
async fn the_name_of_the_agents_own_account_is_told_to_no_mailbox() {
    let world = domain().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    secret_file(&file, FIRST_PASSWORD);
    let name = world.user(&[]).await;
    let address = format!("{name}@corp.example");
    let found = world.engine.find_by_mail(&address).await.unwrap();
    assert_eq!(found.len(), 1);
    let own = domain_with(|config| {
        config.bind_name.clone_from(&address);
        config.bind_password_file = file;
    })
    .await;
    assert_eq!(own.engine.find_by_mail(&address).await, Ok(Vec::new()));
}

#[tokio::test]
async fn accounts_that_are_trusted_with_more_are_protected() {
    let world = domain().await;
    // Smart card required; trusted for delegation, and with any protocol.
    for control in ["262656", "524800", "16777728"] {
        let name = world.user(&[]).await;
        assert!(!world.engine.find(&name).await.unwrap().protected);
        let dn = world.dn(&name).await;
        world
            .set(&dn, "userAccountControl", control.as_bytes())
            .await;
        let before = world.key_version(&name).await;
        let account = world.engine.find(&name).await.unwrap();
        assert!(account.protected, "{control}");
        let answer = set(&world.engine, &account, GOOD).await;
        assert_eq!(answer, Err(Reason::AccountProtected), "{control}");
        assert_eq!(world.key_version(&name).await, before);
    }
}

#[tokio::test]
async fn an_account_with_a_service_principal_name_is_protected_unless_allowed() {
    let world = domain().await;
    let principal = format!("HTTP/{}.corp.example", unique("web"));
    let name = world.user(&[("servicePrincipalName", &principal)]).await;
    let account = world.engine.find(&name).await.unwrap();
    assert!(account.protected);
    let answer = set(&world.engine, &account, GOOD).await;
    assert_eq!(answer, Err(Reason::AccountProtected));
    let allowing = domain_with(|config| config.service_accounts = ServiceAccounts::Allow).await;
    let account = allowing.engine.find(&name).await.unwrap();
    assert!(!account.protected);
    assert_eq!(set(&allowing.engine, &account, GOOD).await, Ok(()));
}

#[tokio::test]
async fn two_tries_are_left_under_the_directorys_lockout() {
    let world = domain().await;
    let wrong = Secret::from("Wrong-2026-wrong");
    let right = Secret::from(FIRST_PASSWORD);
    // The domain's own threshold, and those of fine-grained policies.
    for (threshold, tried) in [
        (None, LOCKOUT_THRESHOLD - 2),
        (Some(1), 0),
        (Some(2), 0),
        (Some(3), 1),
        (Some(0), 4),
    ] {
        let name = world.user(&[]).await;
        if let Some(threshold) = threshold {
            world.lockout(&world.dn(&name).await, threshold).await;
        }
        let account = world.engine.find(&name).await.unwrap();
        for _ in 0..tried {
            let verified = world.engine.verify_password(&account, &wrong).await;
            assert_eq!(verified, Ok(Verified::Wrong), "{threshold:?}");
        }
        let verified = world.engine.verify_password(&account, &right).await;
        if threshold == Some(0) {
            assert_eq!(verified, Ok(Verified::Right));
            continue;
        }
        assert_eq!(
            reason(verified),
            Some(Reason::PasswordNotTried),
            "{threshold:?}"
        );
        let new = Secret::from(GOOD);
        let changed = world.engine.change_password(&account, &right, &new).await;
        assert_eq!(reason(changed), Some(Reason::PasswordNotTried));
        let count = world.text(&name, "badPwdCount").await;
        let count: u32 = count.map_or(0, |count| count.parse().unwrap());
        assert_eq!(count, tried, "{threshold:?}");
        // The owner still has a try, and a right password resets the count.
        assert!(
            world.can_sign_in(&name, FIRST_PASSWORD).await,
            "{threshold:?}"
        );
    }
}

#[tokio::test]
async fn a_base_that_does_not_exist_is_found_at_once_and_named() {
    let misspelt = domain_with(|config| {
        config.base = Some("OU=Poeple,DC=corp,DC=example".to_owned());
    })
    .await;
    let failure = misspelt.engine.check().await.unwrap_err();
    assert_eq!(failure.reason, Reason::Internal);
    assert!(failure.cause.starts_with("directory.base: "), "{failure}");
}

#[tokio::test]
async fn admin_count_alone_protects_nobody() {
    let world = domain().await;
    let name = world.user(&[("adminCount", "1")]).await;
    assert!(!world.engine.find(&name).await.unwrap().protected);
}

#[tokio::test]
async fn a_configured_group_protects() {
    let world = domain().await;
    let name = world.user(&[]).await;
    let group = world.group(&world.dn(&name).await).await;
    assert!(!world.engine.find(&name).await.unwrap().protected);
    let strict = domain_with(|config| config.protected_groups = vec![group]).await;
    assert!(strict.engine.find(&name).await.unwrap().protected);
    let wrong = format!("CN=Nobody,{}", world.base);
    let wrong = domain_with(|config| config.protected_groups = vec![wrong]).await;
    let failure = wrong.engine.find(&name).await.unwrap_err();
    assert!(failure.cause.contains("protected_groups"), "{failure}");
}

#[tokio::test]
async fn protection_is_judged_again_before_the_write() {
    let world = domain().await;
    let name = world.user(&[]).await;
    let account = world.engine.find(&name).await.unwrap();
    let before = world.key_version(&name).await;
    let admins = format!("CN=Domain Admins,CN=Users,{}", world.base);
    world.join(&admins, &world.dn(&name).await).await;
    let answer = set(&world.engine, &account, GOOD).await;
    assert_eq!(answer, Err(Reason::AccountProtected));
    assert_eq!(world.key_version(&name).await, before);
    assert!(world.can_sign_in(&name, FIRST_PASSWORD).await);
}

#[tokio::test]
async fn an_account_that_moved_is_set_and_one_that_is_gone_is_not() {
    let world = domain().await;
    let name = world.user(&[]).await;
    let account = world.engine.find(&name).await.unwrap();
    let unit = world.dn(&name).await;
    let elsewhere = format!("CN=Users,{}", world.base);
    world.relocate(&unit, &elsewhere).await;
    // Found by its anchor; there the agent has no right.
    let answer = set(&world.engine, &account, GOOD).await;
    assert_eq!(answer, Err(Reason::AgentLacksRight));
    // The directory's own text names the entry; the cause does not.
    let password = Secret::from(GOOD);
    let failure = world.engine.set_password(&account, &password).await;
    let cause = failure.unwrap_err().cause;
    assert!(!cause.contains(&name) && !cause.contains("CN="), "{cause}");
    let people = format!("OU=People,{}", world.base);
    world.relocate(&world.dn(&name).await, &people).await;
    assert_eq!(set(&world.engine, &account, GOOD).await, Ok(()));
    world.delete(&world.dn(&name).await).await;
    let answer = set(&world.engine, &account, GOOD).await;
    assert_eq!(answer, Err(Reason::UserNotFound));
}

#[tokio::test]
async fn the_consistency_guid_is_the_anchor() {
    let world = domain().await;
    let name = world.user(&[]).await;
    let by_guid = world.engine.find(&name).await.unwrap();
    assert_eq!(by_guid.anchor.0[..], world.bytes(&name, "objectGUID").await);
    let dn = world.dn(&name).await;
    world.set(&dn, "mS-DS-ConsistencyGuid", &[0xc7; 16]).await;
    let account = world.engine.find(&name).await.unwrap();
    assert_eq!(account.anchor.0, [0xc7; 16]);
    assert_eq!(
        world.engine.account(account.anchor).await,
        Ok(account.clone())
    );
    assert_eq!(set(&world.engine, &account, GOOD).await, Ok(()));
    // The old anchor belongs to no account now, and an anchor that two accounts share is ambiguous.
    let old = world.engine.account(by_guid.anchor).await;
    assert_eq!(reason(old), Some(Reason::UserNotFound));
    let twin = world.user(&[]).await;
    let twin_dn = world.dn(&twin).await;
    world
        .set(&twin_dn, "mS-DS-ConsistencyGuid", &[0xc7; 16])
        .await;
    let both = world.engine.account(account.anchor).await;
    assert_eq!(reason(both), Some(Reason::AccountAmbiguous));
}

#[tokio::test]
async fn a_locked_account_would_stay_locked_without_the_unlock() {
    let world = domain().await;
    let name = world.person(Kind::Locked).await;
    assert!(!world.can_sign_in(&name, FIRST_PASSWORD).await);
    let account = world.engine.find(&name).await.unwrap();
    assert_eq!(set(&world.engine, &account, GOOD).await, Ok(()));
    assert!(world.can_sign_in(&name, GOOD).await);
}

#[tokio::test]
async fn without_the_right_to_unlock_nothing_is_set() {
    let world = domain().await;
    let name = unique("r");
    let dn = format!("CN={name},OU=ResetOnly,{}", world.base);
    world.user_at(&dn, &name, &[]).await;
    let account = world.engine.find(&name).await.unwrap();
    let before = world.key_version(&name).await;
    let answer = set(&world.engine, &account, GOOD).await;
    assert_eq!(answer, Err(Reason::AgentLacksRight));
    assert_eq!(world.key_version(&name).await, before);
    assert!(!world.can_sign_in(&name, GOOD).await);
}

#[tokio::test]
async fn classes_are_counted_as_the_domain_controller_counts_them() {
    let world = domain().await;
    let name = world.user(&[]).await;
    let account = world.engine.find(&name).await.unwrap();
    let policy = world.engine.policy(&account).await.unwrap();
    for password in [
        "čččččččččččččč1",
        "ČČČČČČČčččččččč1",
        "łłłłłłłłłłłłłłłŁ",
        "łłłłłłłłłłłłłłŁ-",
        "ėėėėėėėėėėėėėė-1",
        "ĖĖĖĖĖĖĖĖĖĖĖĖĖĖ-1",
        "žžžžžžžžžžžžžž--",
        "žžžžžžžžžžžžžžA-",
        "aaaaaaaaaaaaaaA1",
        "aaaaaaaaaaaaaaa1",
        "aaaaaaaaaaaaaa-1",
        "日本語日本語日本語日本語aA",
        "日本語日本語日本語日本語a",
        "aaaaaaaaaaaa 11",
        "ßßßßßßßßßßßßß-1",
        // A symbol outside ASCII is in no class here; Samba treats it as a letter.
        "aaaaaaaaaaaa€11",
        "aaaaaaaaaaaa😀11",
    ] {
        let passes = !policy.judge(password).breaks(Rule::Classes);
        let accepted = set(&world.engine, &account, password).await.is_ok();
        let symbol = password.contains(['€', '😀']);
        // The check must not pass a password that the domain controller refuses.
        assert!(
            passes == accepted || (symbol && accepted),
            "{password}: {passes}, {accepted}"
        );
    }
}

#[tokio::test]
async fn an_ordinary_account_reads_no_policy_and_resets_nobody() {
    let world = domain().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    secret_file(&file, &format!("{FIRST_PASSWORD}\n"));
    let ordinary = world.user(&[]).await;
    let name = world.user(&[]).await;
    let weak = domain_with(|config| {
        config.bind_name = format!("{ordinary}@corp.example");
        config.bind_password_file = file;
    })
    .await;
    let account = weak.engine.find(&name).await.unwrap();
    let policy = weak.engine.policy(&account).await;
    assert_eq!(reason(policy), Some(Reason::PolicyUnreadable));
    let answer = set(&weak.engine, &account, GOOD).await;
    assert_eq!(answer, Err(Reason::AgentLacksRight));
    assert!(!weak.engine.describe().await.unwrap().policies_readable);
}

#[tokio::test]
async fn what_is_not_the_directory_is_not_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("ca.pem");
    let key = rcgen::KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(Vec::new()).unwrap();
    std::fs::write(&other, params.self_signed(&key).unwrap().pem()).unwrap();
    let wrong = folder.path().join("password");
    secret_file(&wrong, "Wrong-2026-wrong");

    let mut of_another_authority = config();
    of_another_authority.ca_file = other;
    let mut of_another_name = config();
    of_another_name.url = "ldaps://dc2.corp.example".parse().unwrap();
    let mut with_a_wrong_password = config();
    with_a_wrong_password.bind_password_file = wrong;
    let mut nowhere = config();
    nowhere.address = Some("127.0.0.1:1".parse().unwrap());
    for (config, words) in [
        (of_another_authority, "invalid peer certificate"),
        (of_another_name, "certificate not valid for name"),
        (with_a_wrong_password, "wrong name or password"),
        (nowhere, "refused"),
    ] {
        let engine = LdapDirectory::new(config, clock()).unwrap();
        let failure = engine.check().await.unwrap_err();
        assert_eq!(failure.reason, Reason::DirectoryUnreachable);
        assert!(failure.cause.contains(words), "{failure}");
        assert!(!failure.cause.contains("Wrong-2026"), "{failure}");
    }
}

#[tokio::test]
async fn a_silent_peer_does_not_hold_us() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut config = config();
    config.address = Some(listener.local_addr().unwrap());
    let engine = LdapDirectory::new(config, clock()).unwrap();
    let started = Instant::now();
    let failure = engine.check().await.unwrap_err();
    assert_eq!(failure.reason, Reason::DirectoryUnreachable);
    assert!(started.elapsed() < Duration::from_secs(7));
}

#[tokio::test]
async fn a_wrong_clock_is_told() {
    let engine = LdapDirectory::new(config(), std::sync::Arc::new(|| 1_000_000_000)).unwrap();
    assert_eq!(reason(engine.check().await), Some(Reason::ClockWrong));
}

#[tokio::test]
async fn many_resets_at_once_are_each_applied_once() {
    let world = std::sync::Arc::new(domain().await);
    let mut accounts = Vec::new();
    for _ in 0..20 {
        let name = world.user(&[]).await;
        accounts.push(world.engine.find(&name).await.unwrap());
    }
    let mut resets = Vec::new();
    for account in accounts.clone() {
        let world = std::sync::Arc::clone(&world);
        resets.push(tokio::spawn(async move {
            set(&world.engine, &account, GOOD).await
        }));
    }
    for reset in resets {
        assert_eq!(reset.await.unwrap(), Ok(()));
    }
    for account in accounts {
        // One when the account was created, and one for the reset.
        assert_eq!(world.key_version(&account.login_name).await, 2);
    }
}
