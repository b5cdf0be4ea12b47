//! The effective policy of an account: the fine-grained one that applies to it, else the domain's.

use super::connection::Fault;
use super::entry::Entry;
use super::session::Session;
use super::time::{from_filetime, from_interval};
use postern_protocol::{Policy, Reason};

/// `DOMAIN_PASSWORD_COMPLEX` in `pwdProperties` (MS-SAMR 2.2.3.1).
const DOMAIN_PASSWORD_COMPLEX: i64 = 1;

/// The domain functional level from which fine-grained policies exist (Windows Server 2008).
const FINE_GRAINED_LEVEL: i64 = 3;

/// The container of fine-grained policies, relative to the domain's DN.
const PSO_CONTAINER: &str = "CN=Password Settings Container,CN=System";

/// Reads the effective policy of an entry's account.
pub(super) async fn effective(session: &Session, entry: &Entry, now: u64) -> Result<Policy, Fault> {
    let rules = match fine_grained(session, entry).await? {
        Some(dn) => pso_rules(session, &dn).await?,
        None => domain_rules(session).await?,
    };
    let last_set = entry.number("pwdLastSet").and_then(from_filetime);
    let until = last_set.map(|moment| moment.saturating_add(rules.minimum_age_seconds));
    let policy = Policy {
        minimum: rules.minimum,
        complexity: rules.complexity,
        history: rules.history,
        too_young_until: until.filter(|until| rules.minimum_age_seconds > 0 && *until > now),
        account_name: String::new(),
        name_parts: Vec::new(),
        history_enforced: rules.history > 0 && session.honours_hints(),
    };
    Ok(policy.with_names(
        entry.text("sAMAccountName").unwrap_or_default(),
        entry.text("displayName").unwrap_or_default(),
    ))
}

/// The lockout policy of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lockout {
    /// The number of wrong passwords that lock the account; 0 for never.
    pub threshold: i64,
    /// The time in seconds after the last wrong password at which the count restarts.
    pub window_seconds: u64,
}

/// Reads the lockout policy that applies to an entry's account.
pub(super) async fn lockout(session: &Session, entry: &Entry) -> Result<Lockout, Fault> {
    let (dn, attributes) = match fine_grained(session, entry).await? {
        Some(dn) => (
            dn,
            ["msDS-LockoutThreshold", "msDS-LockoutObservationWindow"],
        ),
        None => (
            session.domain.clone(),
            ["lockoutThreshold", "lockOutObservationWindow"],
        ),
    };
    let found = session.connection.read(&dn, &attributes).await?;
    let rule = found.and_then(|found| {
        Some(Lockout {
            threshold: found.number(attributes[0])?,
            window_seconds: from_interval(found.number(attributes[1])?),
        })
    });
    rule.ok_or_else(|| unreadable(format_args!("no right to read the lockout of {dn}")))
}

/// Reports whether the agent's account may read fine-grained policies. An ordinary account may not,
/// and would mistake the domain's policy for the effective one.
pub(super) async fn readable(session: &Session) -> Result<bool, Fault> {
    if session.functionality < FINE_GRAINED_LEVEL {
        return Ok(true);
    }
    let dn = format!("{PSO_CONTAINER},{}", session.domain);
    // Everyone may be able to list the entry; its attributes need the right to read.
    let container = session.connection.read(&dn, &["cn"]).await?;
    Ok(container.is_some_and(|container| container.text("cn").is_some()))
}

struct Rules {
    minimum: u16,
    complexity: bool,
    history: u16,
    minimum_age_seconds: u64,
}

async fn fine_grained(session: &Session, entry: &Entry) -> Result<Option<String>, Fault> {
    const RESULTANT: &str = "msDS-ResultantPSO";
    let found = session.connection.read(&entry.dn, &[RESULTANT]).await?;
    let dn = found.and_then(|found| found.text(RESULTANT).map(str::to_owned));
    if dn.is_none() && !readable(session).await? {
        return Err(unreadable(format_args!(
            "no right to read {PSO_CONTAINER}, where fine-grained policies are"
        )));
    }
    Ok(dn)
}

async fn pso_rules(session: &Session, dn: &str) -> Result<Rules, Fault> {
    const ATTRIBUTES: [&str; 4] = [
        "msDS-MinimumPasswordLength",
        "msDS-PasswordComplexityEnabled",
        "msDS-PasswordHistoryLength",
        "msDS-MinimumPasswordAge",
    ];
    let found = session.connection.read(dn, &ATTRIBUTES).await?;
    let rules = found.and_then(|pso| {
        Some(Rules {
            minimum: u16::try_from(pso.number(ATTRIBUTES[0])?).ok()?,
            complexity: pso.boolean(ATTRIBUTES[1])?,
            history: u16::try_from(pso.number(ATTRIBUTES[2])?).ok()?,
            minimum_age_seconds: from_interval(pso.number(ATTRIBUTES[3])?),
        })
    });
    rules.ok_or_else(|| unreadable(format_args!("no right to read {dn}")))
}

async fn domain_rules(session: &Session) -> Result<Rules, Fault> {
    const ATTRIBUTES: [&str; 4] = [
        "minPwdLength",
        "pwdProperties",
        "pwdHistoryLength",
        "minPwdAge",
    ];
    let dn = &session.domain;
    let found = session.connection.read(dn, &ATTRIBUTES).await?;
    let rules = found.and_then(|head| {
        Some(Rules {
            minimum: u16::try_from(head.number(ATTRIBUTES[0])?).ok()?,
            complexity: head.number(ATTRIBUTES[1])? & DOMAIN_PASSWORD_COMPLEX != 0,
            history: u16::try_from(head.number(ATTRIBUTES[2])?).ok()?,
            minimum_age_seconds: from_interval(head.number(ATTRIBUTES[3])?),
        })
    });
    rules.ok_or_else(|| unreadable(format_args!("no right to read the policy of {dn}")))
}

fn unreadable(cause: impl core::fmt::Display) -> Fault {
    Fault::refused(Reason::PolicyUnreadable, cause)
}
