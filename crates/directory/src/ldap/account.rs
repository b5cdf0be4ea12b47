//! Builds an account from the attributes of an entry.

use super::config::LdapConfig;
use super::connection::Fault;
use super::entry::Entry;
use super::phone;
use super::protected::AccountRestrictions;
use super::time::from_filetime;
use crate::{Account, Anchor};
use postern_protocol::Reason;

/// The attributes that an account is built from, without those with its contact data.
pub(super) const ATTRIBUTES: [&str; 11] = [
    "objectGUID",
    "mS-DS-ConsistencyGuid",
    "objectSid",
    "sAMAccountName",
    "userPrincipalName",
    "displayName",
    "userAccountControl",
    "accountExpires",
    "primaryGroupID",
    "pwdLastSet",
    "servicePrincipalName",
];

/// `ACCOUNTDISABLE` (MS-ADTS 2.2.16).
const DISABLED: i64 = 0x2;

/// Builds the account of an entry.
pub(super) fn account(
    entry: &Entry,
    restrictions: AccountRestrictions,
    config: &LdapConfig,
    now: u64,
) -> Result<Account, Fault> {
    let control = entry
        .number("userAccountControl")
        .ok_or_else(|| unreadable("userAccountControl"))?;
    let expires = entry.number("accountExpires").and_then(from_filetime);
    Ok(Account {
        anchor: anchor(entry)?,
        login_name: entry
            .text("sAMAccountName")
            .ok_or_else(|| unreadable("sAMAccountName"))?
            .to_owned(),
        principal_name: entry
            .text("userPrincipalName")
            .unwrap_or_default()
            .to_owned(),
        display_name: entry.text("displayName").unwrap_or_default().to_owned(),
        disabled: control & DISABLED != 0,
        expired: expires.is_some_and(|moment| moment <= now),
        protected: restrictions.protected,
        two_gates: restrictions.two_gates,
        mail_addresses: addresses(entry, &config.mail_attributes),
        mobile_numbers: numbers(entry, &config.mobile_attributes, config),
        phone_numbers: numbers(entry, &config.phone_attributes, config),
    })
}

/// Returns `mS-DS-ConsistencyGuid` if it is 16 bytes, else `objectGUID`.
pub(super) fn anchor(entry: &Entry) -> Result<Anchor, Fault> {
    let guid = |name| entry.bytes(name).and_then(|bytes| bytes.try_into().ok());
    guid("mS-DS-ConsistencyGuid")
        .or_else(|| guid("objectGUID"))
        .map(Anchor)
        .ok_or_else(|| unreadable("objectGUID"))
}

/// The fault for an attribute that every account has and the agent's account may not read.
pub(super) fn unreadable(attribute: &str) -> Fault {
    Fault::refused(
        Reason::AgentLacksRight,
        format_args!("the agent's account cannot read {attribute}"),
    )
}

/// Returns the addresses in the order of the attributes, without duplicates.
fn addresses(entry: &Entry, attributes: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for address in attributes.iter().flat_map(|name| entry.texts(name)) {
        // A value of `otherMailbox` may have an address type as a prefix.
        let address = address.strip_prefix("smtp:").unwrap_or(address).trim();
        let known = found
            .iter()
            .any(|other| other.eq_ignore_ascii_case(address));
        if is_address(address) && !known {
            found.push(address.to_owned());
        }
    }
    found
}

/// Returns the numbers in the order of the attributes, without duplicates.
fn numbers(entry: &Entry, attributes: &[String], config: &LdapConfig) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for written in attributes.iter().flat_map(|name| entry.texts(name)) {
        let number = phone::international(written, config.country_prefix.as_deref());
        if let Some(number) = number.filter(|number| !found.contains(number)) {
            found.push(number);
        }
    }
    found
}

fn is_address(text: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control();
    let parts = text.split_once('@');
    parts.is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty())
        && !text.contains(odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: &[u8] = b"0123456789abcdef";

    fn entry(more: &[(&str, &[u8])]) -> Entry {
        let mut values: Vec<(&str, &[u8])> =
            vec![("objectGUID", GUID), ("sAMAccountName", b"anna")];
        values.extend(more);
        Entry::of(&values)
    }

    fn built_account(more: &[(&str, &[u8])]) -> Account {
        account(&entry(more), UNRESTRICTED, &config(), 1_000_000_000).unwrap()
    }

    const UNRESTRICTED: AccountRestrictions = AccountRestrictions {
        protected: false,
        two_gates: false,
    };

    fn config() -> LdapConfig {
        let text = "url = 'ldaps://dc1'\nca_file = 'ca'\nbind_name = 'a@b'\n\
                    bind_password_file = 'p'\ncountry_prefix = '+420'\n";
        toml::from_str(text).unwrap()
    }

    #[test]
    fn flags_and_times() {
        let plain = built_account(&[("userAccountControl", b"512"), ("accountExpires", b"0")]);
        assert!(!plain.disabled && !plain.expired && plain.anchor.0 == *GUID);
        assert!(built_account(&[("userAccountControl", b"514")]).disabled);
        let gone = built_account(&[
            ("useraccountcontrol", b"512"),
            ("accountExpires", b"116444736010000000"),
        ]);
        assert!(gone.expired);
        let never = built_account(&[
            ("userAccountControl", b"512"),
            ("accountExpires", b"9223372036854775807"),
        ]);
        assert!(!never.expired);
    }

    #[test]
    fn without_its_flags_an_account_is_a_fault() {
        assert!(account(&entry(&[]), UNRESTRICTED, &config(), 0).is_err());
    }

    #[test]
    fn the_anchor_is_the_consistency_guid_if_it_is_one() {
        let with = entry(&[("mS-DS-ConsistencyGuid", b"fedcba9876543210")]);
        assert_eq!(anchor(&with).unwrap().0, *b"fedcba9876543210");
        let odd = entry(&[("mS-DS-ConsistencyGuid", b"short")]);
        assert_eq!(anchor(&odd).unwrap().0, *GUID);
    }

    #[test]
    fn addresses_come_in_order_and_once() {
        let found = built_account(&[
            ("userAccountControl", b"512"),
            ("mail", b"Anna@corp.example"),
            ("mail", b"not an address"),
            ("mail", b"@x"),
            ("otherMailbox", b"smtp:anna@home.example"),
            ("otherMailbox", b"anna@corp.example"),
        ]);
        assert_eq!(
            found.mail_addresses,
            ["anna@home.example", "anna@corp.example"]
        );
    }

    #[test]
    fn numbers_come_in_order_and_once() {
        let found = built_account(&[
            ("userAccountControl", b"512"),
            ("telephoneNumber", b"222 333 444"),
            ("telephoneNumber", b"+420 222 333 444 ext. 5"),
            ("mobile", b"+420 601 234 567"),
            ("mobile", b"00420601234567"),
        ]);
        assert_eq!(found.mobile_numbers, ["+420601234567"]);
        assert_eq!(found.phone_numbers, ["+420601234567", "+420222333444"]);
    }
}
