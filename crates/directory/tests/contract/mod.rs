//! The contract of every engine: one suite, run on the sandbox, on a responder that answers as
//! Windows does, and on a real domain controller.

#![allow(dead_code, reason = "each engine runs the tests that apply to it")]

use async_trait::async_trait;
use postern_directory::{Account, Anchor, Directory, Failure, Verified};
use postern_envelope::Secret;
use postern_protocol::Reason;

/// An engine with accounts in it.
#[async_trait]
pub trait World: Sync {
    /// Returns the engine.
    fn engine(&self) -> &dyn Directory;

    /// Returns the domain as in `DOMAIN\name` and as in `name@domain`.
    fn domain(&self) -> (&'static str, &'static str);

    /// Returns the login name of an account of this kind that no other test uses.
    async fn person(&self, kind: Kind) -> String;

    /// Returns `msDS-KeyVersionNumber`, which rises by one with each password that is set.
    async fn key_version(&self, login_name: &str) -> u32;

    /// Reports whether this is the current password.
    async fn password_is(&self, login_name: &str, password: &Secret) -> bool;

    /// Reports whether the account is locked out.
    async fn is_locked(&self, login_name: &str) -> bool;
}

/// The kind of an account. The domain's policy: minimum length 12, complexity, history of 24, no
/// minimum age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An ordinary account, with one mail address that starts with the login name.
    Plain,
    /// Disabled.
    Disabled,
    /// Expired.
    Expired,
    /// In a protected group.
    Protected,
    /// Locked out after wrong passwords.
    Locked,
    /// Under a fine-grained policy with minimum length 15.
    FineGrained,
    /// Under a minimum age, with a password set today.
    TooYoung,
    /// Outside the agent's rights.
    NoRight,
    /// Its password is set, but no answer arrives.
    InDoubt,
}

/// Defines one test for each named behaviour.
#[macro_export]
macro_rules! contract {
    ($world:expr; $($behaviour:ident),* $(,)?) => {
        $(
            #[tokio::test]
            async fn $behaviour() {
                let world = $world.await;
                $crate::contract::$behaviour(&world).await;
            }
        )*
    };
}

const GOOD: &str = "Vasara-2026-prie-jūros";
const BETTER: &str = "Zima-2026-w-górach";

pub async fn can_be_asked(world: &impl World) {
    world.engine().check().await.unwrap();
}

pub async fn finds_by_three_forms(world: &impl World) {
    let name = world.person(Kind::Plain).await;
    let (short, long) = world.domain();
    let account = world.engine().find(&name).await.unwrap();
    assert_eq!(account.login_name, name);
    assert!(!account.disabled && !account.expired && !account.protected);
    assert!(account.mail_addresses[0].starts_with(&name));
    for form in [
        name.to_uppercase(),
        format!(" {name} "),
        format!("{short}\\{name}"),
        format!("{}\\{name}", short.to_lowercase()),
        format!("{name}@{long}"),
    ] {
        assert_eq!(world.engine().find(&form).await.unwrap(), account, "{form}");
    }
}

pub async fn finds_nobody_by_odd_names(world: &impl World) {
    let name = world.person(Kind::Plain).await;
    let (_, long) = world.domain();
    for odd in [
        String::new(),
        "*".to_owned(),
        "nobody-of-this-name".to_owned(),
        format!("{}*", &name[..2]),
        format!("{name})(objectClass=*"),
        format!("*)(sAMAccountName={name}"),
        format!("{name}\0"),
        format!("{name}\\"),
        format!("OTHER\\{name}"),
        format!("{name}@other.example"),
        format!("@{long}"),
        "čaplinskė-łódź-ėjė".to_owned(),
        "\\2a".to_owned(),
        "a".repeat(100_000),
        "😀".repeat(250),
    ] {
        let found = world.engine().find(&odd).await.map_err(|f| f.reason);
        assert_eq!(found, Err(Reason::UserNotFound), "{odd:.40}");
    }
}

pub async fn an_anchor_leads_back(world: &impl World) {
    let account = someone(world, Kind::Plain).await;
    assert_eq!(world.engine().account(account.anchor).await, Ok(account));
    let unknown = world.engine().account(Anchor([0xa5; 16])).await;
    assert_eq!(refusal(unknown), Reason::UserNotFound);
}

pub async fn tells_who_may_not_be_reset_and_does_not(world: &impl World) {
    for (kind, reason) in [
        (Kind::Disabled, Reason::AccountDisabled),
        (Kind::Expired, Reason::AccountExpired),
        (Kind::Protected, Reason::AccountProtected),
    ] {
        let account = someone(world, kind).await;
        assert_eq!(account.disabled, kind == Kind::Disabled, "{kind:?}");
        assert_eq!(account.expired, kind == Kind::Expired, "{kind:?}");
        assert_eq!(account.protected, kind == Kind::Protected, "{kind:?}");
        assert_eq!(refused(world, &account, GOOD).await, reason, "{kind:?}");
    }
}

pub async fn tells_the_effective_policy(world: &impl World) {
    let account = someone(world, Kind::Plain).await;
    let policy = world.engine().policy(&account).await.unwrap();
    assert_eq!((policy.minimum, policy.history), (12, 24));
    assert!(policy.complexity);
    assert_eq!(policy.too_young_until, None);
    assert_eq!(policy.account_name, account.login_name.to_lowercase());
    let account = someone(world, Kind::FineGrained).await;
    let policy = world.engine().policy(&account).await.unwrap();
    assert_eq!((policy.minimum, policy.history), (15, 24));
    assert!(policy.complexity);
    let reason = refused(world, &account, "Abcdef-123456").await;
    assert_eq!(
        reason,
        Reason::TooShort {
            minimum: 15,
            length: 13
        }
    );
}

pub async fn sets_a_password_once(world: &impl World) {
    let account = someone(world, Kind::Plain).await;
    let name = &account.login_name;
    for password in [GOOD, BETTER] {
        let before = world.key_version(name).await;
        set(world, &account, password).await.unwrap();
        assert_eq!(world.key_version(name).await, before + 1);
        assert!(world.password_is(name, &Secret::from(password)).await);
        assert!(!world.password_is(name, &Secret::from("Wrong-2026-!")).await);
    }
}

pub async fn takes_256_units(world: &impl World) {
    let account = someone(world, Kind::Plain).await;
    let password = format!("Aa1{}", "ž".repeat(253));
    set(world, &account, &password).await.unwrap();
    let password = Secret::from(password.as_str());
    assert!(world.password_is(&account.login_name, &password).await);
}

pub async fn unlocks_with_the_same_write(world: &impl World) {
    let account = someone(world, Kind::Locked).await;
    assert!(world.is_locked(&account.login_name).await);
    set(world, &account, GOOD).await.unwrap();
    assert!(!world.is_locked(&account.login_name).await);
    let password = Secret::from(GOOD);
    assert!(world.password_is(&account.login_name, &password).await);
}

pub async fn names_the_rule_that_the_directory_held(world: &impl World) {
    let account = someone(world, Kind::Plain).await;
    let in_name = format!("My-{}-2026", account.login_name);
    for (password, reason) in [
        (
            "Ab-1",
            Reason::TooShort {
                minimum: 12,
                length: 4,
            },
        ),
        (
            "onlylowercaseletters",
            Reason::TooFewClasses {
                needed: 3,
                found: 1,
            },
        ),
        (in_name.as_str(), Reason::ContainsAccountName),
    ] {
        // Samba accepts the account name in a password: only the agent's own check refuses it.
        let refusal = match set(world, &account, password).await {
            Ok(()) if reason == Reason::ContainsAccountName => continue,
            answer => refusal(answer),
        };
        assert_eq!(refusal, reason);
    }
}

pub async fn keeps_history_where_it_says_so(world: &impl World) {
    let account = someone(world, Kind::Plain).await;
    let policy = world.engine().policy(&account).await.unwrap();
    set(world, &account, GOOD).await.unwrap();
    if policy.history_enforced {
        let reason = refused(world, &account, GOOD).await;
        assert_eq!(reason, Reason::UsedBefore { remembered: 24 });
    } else {
        set(world, &account, GOOD).await.unwrap();
    }
}

pub async fn tells_when_a_password_is_too_young(world: &impl World) {
    let account = someone(world, Kind::TooYoung).await;
    let policy = world.engine().policy(&account).await.unwrap();
    let until = policy.too_young_until.unwrap();
    if policy.history_enforced {
        let reason = refused(world, &account, GOOD).await;
        assert_eq!(reason, Reason::TooYoung { until });
    }
}

pub async fn tells_that_it_lacks_the_right(world: &impl World) {
    let account = someone(world, Kind::NoRight).await;
    let reason = refused(world, &account, GOOD).await;
    assert_eq!(reason, Reason::AgentLacksRight);
}

pub async fn doubt_is_said_and_nothing_is_sent_twice(world: &impl World) {
    let account = someone(world, Kind::InDoubt).await;
    let before = world.key_version(&account.login_name).await;
    assert_eq!(refusal(set(world, &account, GOOD).await), Reason::InDoubt);
    let after = world.key_version(&account.login_name).await;
    assert_eq!(after, before + 1);
    // The engine still works.
    world.engine().find(&account.login_name).await.unwrap();
}

pub async fn verifies_a_password_and_nothing_like_one(world: &impl World) {
    let account = someone(world, Kind::Plain).await;
    set(world, &account, GOOD).await.unwrap();
    for (password, verified) in [
        (GOOD, Verified::Right),
        (BETTER, Verified::Wrong),
        ("", Verified::Wrong),
        ("\0", Verified::Wrong),
    ] {
        let password = Secret::from(password);
        let result = world.engine().verify_password(&account, &password).await;
        assert_eq!(result, Ok(verified), "{password:?}");
    }
    let odd = Secret::new(vec![0xff, 0xfe]);
    let verified = world.engine().verify_password(&account, &odd).await;
    assert_eq!(verified, Ok(Verified::Wrong));
}

pub async fn changes_by_the_current_password_alone(world: &impl World) {
    let account = someone(world, Kind::Plain).await;
    let name = &account.login_name;
    set(world, &account, GOOD).await.unwrap();
    let before = world.key_version(name).await;
    let change = async |current: &str, password: &str| {
        let (current, password) = (Secret::from(current), Secret::from(password));
        let engine = world.engine();
        let answer = engine.change_password(&account, &current, &password).await;
        answer.map_err(|failure| failure.reason)
    };
    let wrong = Err(Reason::WrongPassword { tries_left: 0 });
    assert_eq!(change("Wrong-2026-wrong!", BETTER).await, wrong);
    let short = change(GOOD, "Ab-1").await;
    let too_short = Reason::TooShort {
        minimum: 12,
        length: 4,
    };
    assert_eq!(short, Err(too_short));
    // A reset may ignore history; a change always enforces it.
    let used = change(GOOD, GOOD).await;
    assert_eq!(used, Err(Reason::UsedBefore { remembered: 24 }));
    assert_eq!(world.key_version(name).await, before);
    assert_eq!(change(GOOD, BETTER).await, Ok(()));
    assert_eq!(world.key_version(name).await, before + 1);
    assert!(world.password_is(name, &Secret::from(BETTER)).await);
}

pub async fn unlocks_and_keeps_the_password(world: &impl World) {
    let account = someone(world, Kind::Locked).await;
    let name = &account.login_name;
    let before = world.key_version(name).await;
    let password = Secret::from(GOOD);
    let locked = world.engine().verify_password(&account, &password).await;
    assert_eq!(refusal(locked), Reason::AccountLocked);
    assert_eq!(world.engine().unlock(&account).await, Ok(true));
    assert!(!world.is_locked(name).await);
    assert_eq!(world.engine().unlock(&account).await, Ok(false));
    assert_eq!(world.key_version(name).await, before);
    for (kind, reason) in [
        (Kind::Disabled, Reason::AccountDisabled),
        (Kind::Protected, Reason::AccountProtected),
    ] {
        let account = someone(world, kind).await;
        assert_eq!(refusal(world.engine().unlock(&account).await), reason);
    }
}

pub async fn finds_by_mail_address(world: &impl World) {
    let account = someone(world, Kind::Plain).await;
    let address = &account.mail_addresses[0];
    for form in [
        address.clone(),
        address.to_uppercase(),
        format!(" {address} "),
    ] {
        let found = world.engine().find_by_mail(&form).await;
        assert_eq!(found, Ok(vec![account.clone()]), "{form}");
    }
    for odd in ["", "*", "*@*", "@", "nobody@nowhere.example", "a)(mail=*@*"] {
        let found = world.engine().find_by_mail(odd).await;
        assert_eq!(found, Ok(Vec::new()), "{odd}");
    }
}

async fn someone(world: &impl World, kind: Kind) -> Account {
    let name = world.person(kind).await;
    world.engine().find(&name).await.unwrap()
}

async fn set(world: &impl World, account: &Account, password: &str) -> Result<(), Failure> {
    let password = Secret::from(password);
    world.engine().set_password(account, &password).await
}

/// Returns the reason of a refused password, and checks that nothing was changed.
async fn refused(world: &impl World, account: &Account, password: &str) -> Reason {
    let before = world.key_version(&account.login_name).await;
    let answer = set(world, account, password).await;
    assert_eq!(world.key_version(&account.login_name).await, before);
    if let Err(failure) = &answer {
        assert!(!failure.cause.contains(password), "{failure}");
    }
    refusal(answer)
}

fn refusal<T>(answer: Result<T, Failure>) -> Reason {
    match answer {
        Ok(_) => panic!("it was not refused"),
        Err(failure) => failure.reason,
    }
}
