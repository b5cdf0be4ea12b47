//! Determines the accounts that are never reset: direct and indirect members of protected groups,
//! accounts that are not people's or that act for others, and the agent's own. `adminCount` and
//! access lists are not used: both are stale or empty exactly where it matters (CVE-2017-8613). The
//! accounts that need two gates are determined in the same way.

use super::account::unreadable;
use super::config::ServiceAccounts;
use super::connection::{Connection, Fault};
use super::entry::Entry;
use postern_protocol::Reason;

/// Protected groups of a domain, by the last part of their SID (MS-DTYP 2.4.2.4).
const DOMAIN_GROUPS: [u32; 9] = [
    512, // Domain Admins
    516, // Domain Controllers
    518, // Schema Admins
    519, // Enterprise Admins
    520, // Group Policy Creator Owners
    521, // Read-only Domain Controllers
    525, // Protected Users
    526, // Key Admins
    527, // Enterprise Key Admins
];

/// Protected built-in groups, under S-1-5-32. Cryptographic Operators (569) is not among them: it
/// grants nothing over accounts, and Windows does not protect it either.
const BUILTIN_GROUPS: [u32; 6] = [
    544, // Administrators
    548, // Account Operators
    549, // Server Operators
    550, // Print Operators
    551, // Backup Operators
    552, // Replicator
];

/// Protected accounts of a domain: Administrator and krbtgt.
const ACCOUNTS: [u32; 2] = [500, 502];

/// Flags of trusts and machines (`userAccountControl`, MS-ADTS 2.2.16).
const NON_PERSON_FLAGS: i64 = 0x800 | 0x1000 | 0x2000;

/// Flags that make a password reset dangerous (`userAccountControl`, MS-ADTS 2.2.16):
/// `SMARTCARD_REQUIRED`, where nobody knows the password, and `TRUSTED_FOR_DELEGATION` and
/// `TRUSTED_TO_AUTH_FOR_DELEGATION`, which let the account act as others.
const SENSITIVE_FLAGS: i64 = 0x4_0000 | 0x8_0000 | 0x100_0000;

/// The binary form of a security identifier (MS-DTYP 2.4.2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sid(Vec<u8>);

impl Sid {
    /// Parses the binary form; `None` if it is not a SID.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let parts = usize::from(*bytes.get(1)?);
        (bytes[0] == 1 && bytes.len() == 8 + 4 * parts && parts > 0).then(|| Self(bytes.to_vec()))
    }

    fn parts(&self) -> Vec<u32> {
        let parts = self.0[8..].as_chunks::<4>().0;
        parts.iter().map(|part| u32::from_le_bytes(*part)).collect()
    }

    /// Returns the RID of S-1-5-21-x-y-z-rid: a group or an account of some domain of the forest.
    fn domain_rid(&self) -> Option<u32> {
        match self.parts()[..] {
            [21, _, _, _, rid] if self.is_nt() => Some(rid),
            _ => None,
        }
    }

    /// Reports whether this is an account or a group of a domain, not a well-known SID.
    pub fn is_domain_sid(&self) -> bool {
        self.domain_rid().is_some()
    }

    /// Returns the RID of S-1-5-32-rid, a built-in group.
    fn builtin_rid(&self) -> Option<u32> {
        match self.parts()[..] {
            [32, rid] if self.is_nt() => Some(rid),
            _ => None,
        }
    }

    fn is_nt(&self) -> bool {
        self.0[2..8] == [0, 0, 0, 0, 0, 5]
    }
}

/// The groups of the configuration, and the other rules for protected accounts.
#[derive(Debug)]
pub(super) struct Groups {
    /// The groups whose members are protected too.
    pub protected: Vec<Sid>,
    /// The groups whose members need two gates.
    pub two_gates: Vec<Sid>,
    /// The SIDs under which the agent has signed in: its own account's and its groups'. No other
    /// account has one of them.
    pub agent: Vec<Sid>,
    /// The treatment of accounts with a `servicePrincipalName`.
    pub service_accounts: ServiceAccounts,
}

/// The restrictions of an account that follow from its groups and flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AccountRestrictions {
    /// The account is never reset.
    pub protected: bool,
    /// The account needs two gates.
    pub two_gates: bool,
}

/// Determines the restrictions of an entry's account. Data that cannot be read is a fault, never
/// taken to mean "unrestricted".
pub(super) async fn restrictions(
    connection: &Connection,
    entry: &Entry,
    configured: &Groups,
) -> Result<AccountRestrictions, Fault> {
    // A constructed attribute: only a base search of the entry returns it.
    let tokens = connection.read(&entry.dn, &["tokenGroups"]).await?;
    let tokens = tokens.ok_or_else(|| unreadable("tokenGroups"))?;
    evaluate(entry, tokens.all("tokenGroups"), configured)
}

/// Reads the SIDs of the groups that a key of the configuration names.
pub(super) async fn resolve(
    connection: &Connection,
    key: &str,
    dns: &[String],
) -> Result<Vec<Sid>, Fault> {
    let mut sids = Vec::with_capacity(dns.len());
    for dn in dns {
        let group = match connection.read(dn, &["objectSid"]).await {
            Err(Fault::Answered { .. }) => None,
            group => group?,
        };
        let sid = group.and_then(|group| group.bytes("objectSid").and_then(Sid::parse));
        sids.push(sid.ok_or_else(|| {
            Fault::refused(
                Reason::Internal,
                format_args!(
                    "{key}: no group can be read at {dn}: expected the name of a group that \
                     exists and that the agent's account may read"
                ),
            )
        })?);
    }
    Ok(sids)
}

fn evaluate(
    entry: &Entry,
    tokens: &[Vec<u8>],
    configured: &Groups,
) -> Result<AccountRestrictions, Fault> {
    let control = entry
        .number("userAccountControl")
        .ok_or_else(|| unreadable("userAccountControl"))?;
    let own = entry.bytes("objectSid").and_then(Sid::parse);
    let own = own.ok_or_else(|| unreadable("objectSid"))?;
    let primary = entry
        .number("primaryGroupID")
        .ok_or_else(|| unreadable("primaryGroupID"))?;
    // Every account is at least in its primary group: an empty list means that it is not readable.
    if tokens.is_empty() {
        return Err(unreadable("tokenGroups"));
    }
    let mut two_gates = false;
    let mut member = DOMAIN_GROUPS.iter().any(|rid| i64::from(*rid) == primary);
    for token in tokens {
        let group = Sid::parse(token).ok_or_else(|| unreadable("tokenGroups"))?;
        member |= group
            .domain_rid()
            .is_some_and(|rid| DOMAIN_GROUPS.contains(&rid))
            || group
                .builtin_rid()
                .is_some_and(|rid| BUILTIN_GROUPS.contains(&rid))
            || configured.protected.contains(&group);
        two_gates |= configured.two_gates.contains(&group);
    }
    let is_builtin_account = own.domain_rid().is_some_and(|rid| ACCOUNTS.contains(&rid));
    let is_service = configured.service_accounts == ServiceAccounts::Refuse
        && !entry.all("servicePrincipalName").is_empty();
    Ok(AccountRestrictions {
        protected: member
            || is_builtin_account
            || is_service
            || configured.agent.contains(&own)
            || control & (NON_PERSON_FLAGS | SENSITIVE_FLAGS) != 0,
        two_gates,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sid(parts: &[u32]) -> Vec<u8> {
        let count = u8::try_from(parts.len()).unwrap();
        let mut bytes = vec![1, count, 0, 0, 0, 0, 0, 5];
        bytes.extend(parts.iter().flat_map(|part| part.to_le_bytes()));
        bytes
    }

    fn in_domain(rid: u32) -> Vec<u8> {
        sid(&[21, 7, 8, 9, rid])
    }

    fn is_protected(
        own: u32,
        control: &str,
        primary: &str,
        tokens: &[Vec<u8>],
    ) -> Result<bool, Fault> {
        restrictions_of(own, control, primary, tokens).map(|restrictions| restrictions.protected)
    }

    fn restrictions_of(
        own: u32,
        control: &str,
        primary: &str,
        tokens: &[Vec<u8>],
    ) -> Result<AccountRestrictions, Fault> {
        let own = in_domain(own);
        let entry = Entry::of(&[
            ("objectSid", &own),
            ("userAccountControl", control.as_bytes()),
            ("primaryGroupID", primary.as_bytes()),
        ]);
        let configured = Groups {
            protected: vec![Sid::parse(&in_domain(5_555)).unwrap()],
            two_gates: vec![Sid::parse(&in_domain(6_666)).unwrap()],
            agent: agent(),
            service_accounts: ServiceAccounts::Refuse,
        };
        evaluate(&entry, tokens, &configured)
    }

    /// The agent's account has RID 7777 and is in Domain Users, as every account.
    fn agent() -> Vec<Sid> {
        let sids = [in_domain(7_777), in_domain(513), sid(&[11])];
        sids.map(|sid| Sid::parse(&sid).unwrap()).into()
    }

    #[test]
    fn each_group_and_each_account_counts() {
        let users = in_domain(513);
        let check =
            |token: Vec<u8>| is_protected(1_104, "512", "513", &[users.clone(), token]).unwrap();
        for rid in DOMAIN_GROUPS {
            assert!(check(in_domain(rid)), "{rid}");
            assert!(check(sid(&[21, 1, 2, 3, rid])), "{rid} of another domain");
        }
        for rid in BUILTIN_GROUPS {
            assert!(check(sid(&[32, rid])), "{rid}");
        }
        assert!(check(in_domain(5_555)), "configured");
        for other in [
            in_domain(544),
            in_domain(1_200),
            sid(&[32, 545]),
            sid(&[32, 512]),
        ] {
            assert!(!check(other));
        }
        for rid in ACCOUNTS {
            assert!(
                is_protected(rid, "512", "513", std::slice::from_ref(&users)).unwrap(),
                "{rid}"
            );
        }
        assert!(
            is_protected(1_104, "512", "512", std::slice::from_ref(&users)).unwrap(),
            "primary"
        );
        let flags = [0x800, 0x1000, 0x2000, 0x4_0000, 0x8_0000, 0x100_0000];
        for flag in flags {
            let control = (512 | flag).to_string();
            let protected = is_protected(1_104, &control, "513", std::slice::from_ref(&users));
            assert!(protected.unwrap(), "{flag:x}");
        }
        // DONT_EXPIRE_PASSWORD, NOT_DELEGATED
        for flag in [0x1_0000, 0x10_0000] {
            let control = (512 | flag).to_string();
            let protected = is_protected(1_104, &control, "513", std::slice::from_ref(&users));
            assert!(!protected.unwrap(), "{flag:x}");
        }
        assert!(!is_protected(1_104, "512", "513", &[users]).unwrap());
    }

    #[test]
    fn the_agents_own_account_counts_and_nobody_who_shares_its_groups() {
        let users = [in_domain(513)];
        assert!(is_protected(7_777, "512", "513", &users).unwrap());
        assert!(!is_protected(7_778, "512", "513", &users).unwrap());
    }

    #[test]
    fn an_account_with_a_service_principal_name_counts_unless_allowed() {
        let own = in_domain(1_104);
        let entry = Entry::of(&[
            ("objectSid", &own),
            ("userAccountControl", b"512"),
            ("primaryGroupID", b"513"),
            ("servicePrincipalName", b"HTTP/web.corp.example"),
        ]);
        for (service_accounts, protected) in [
            (ServiceAccounts::Refuse, true),
            (ServiceAccounts::Allow, false),
        ] {
            let configured = Groups {
                protected: Vec::new(),
                two_gates: Vec::new(),
                agent: agent(),
                service_accounts,
            };
            let restrictions = evaluate(&entry, &[in_domain(513)], &configured).unwrap();
            assert_eq!(restrictions.protected, protected, "{service_accounts:?}");
        }
    }

    #[test]
    fn two_gates_are_for_members_of_their_groups_alone() {
        for (group, protected, two_gates) in [
            (6_666, false, true),
            (5_555, true, false),
            (1_200, false, false),
        ] {
            let tokens = [in_domain(513), in_domain(group)];
            let seen = restrictions_of(1_104, "512", "513", &tokens).unwrap();
            let expected = AccountRestrictions {
                protected,
                two_gates,
            };
            assert_eq!(seen, expected, "{group}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_a_fault() {
        assert!(is_protected(1_104, "512", "513", &[]).is_err());
        assert!(is_protected(1_104, "512", "513", &[b"no sid".to_vec()]).is_err());
        assert!(is_protected(1_104, "", "513", &[in_domain(513)]).is_err());
        assert!(is_protected(1_104, "512", "", &[in_domain(513)]).is_err());
        for bytes in [
            &b""[..],
            b"\x01",
            b"\x01\x02\0\0\0\0\0\x05\x15\0\0\0",
            b"\x01\0\0\0\0\0\0\x05",
        ] {
            assert!(Sid::parse(bytes).is_none(), "{bytes:?}");
        }
    }
}
