//! Builds search filters from a typed login name, a mail address or bytes.

use crate::names::fold;
use ldap3::ldap_escape;

/// The maximum length in characters of a name or address that is searched for (`userPrincipalName`
/// allows 1,024, which nobody types).
const MAX_LENGTH: usize = 256;

/// The names of this domain in login names.
#[derive(Clone, Debug, Default)]
pub(super) struct DomainNames {
    /// The DNS name, such as `corp.example`.
    pub dns: String,
    /// The NetBIOS name, such as `CORP`.
    pub netbios: String,
}

impl DomainNames {
    fn matches(&self, domain: &str) -> bool {
        let same = |name: &str| !name.is_empty() && fold(name) == fold(domain);
        same(&self.dns) || same(&self.netbios)
    }
}

/// Builds the filter for a login name in one of the three forms `anna`, `CORP\anna` and
/// `anna@corp.example`; `None` for a name that no account of this domain can have.
pub(super) fn filter(login_name: &str, domain: &DomainNames) -> Option<String> {
    let name = login_name.trim();
    if name.is_empty() || name.chars().count() > MAX_LENGTH || name.chars().any(char::is_control) {
        return None;
    }
    let condition = if let Some((prefix, account)) = name.split_once('\\') {
        if account.is_empty() || !domain.matches(prefix) {
            return None;
        }
        account_is(account)
    } else if let Some((account, suffix)) = name.rsplit_once('@') {
        let principal = format!("(userPrincipalName={})", ldap_escape(name));
        // The directory also accepts account@domain where no principal name is set.
        if !account.is_empty() && domain.matches(suffix) {
            format!("(|{principal}{})", account_is(account))
        } else {
            principal
        }
    } else {
        account_is(name)
    };
    Some(format!("(&(objectClass=user){condition})"))
}

/// Builds the filter for a mail address in any of the attributes; `None` if it is not an address.
pub(super) fn mail_filter(address: &str, attributes: &[String]) -> Option<String> {
    let address = address.trim();
    let sound = address.contains('@') && !address.chars().any(char::is_control);
    if !sound || address.chars().count() > MAX_LENGTH {
        return None;
    }
    let value = ldap_escape(address);
    let conditions: String = attributes
        .iter()
        .map(|name| format!("({name}={value})({name}=smtp:{value})"))
        .collect();
    Some(format!("(&(objectClass=user)(|{conditions}))"))
}

/// Builds the filter for an attribute with these bytes, each escaped.
pub(super) fn bytes_are(attribute: &str, bytes: &[u8]) -> String {
    use core::fmt::Write;
    let mut value = String::with_capacity(bytes.len() * 3);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(value, "\\{byte:02x}");
    }
    format!("({attribute}={value})")
}

fn account_is(name: &str) -> String {
    format!("(sAMAccountName={})", ldap_escape(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expect: Option<&str>) {
        let domain = DomainNames {
            dns: "corp.example".to_owned(),
            netbios: "CORP".to_owned(),
        };
        let expect = expect.map(|condition| format!("(&(objectClass=user){condition})"));
        assert_eq!(filter(name, &domain), expect, "{name:?}");
    }

    #[test]
    fn three_forms() {
        check("anna", Some("(sAMAccountName=anna)"));
        check(" anna ", Some("(sAMAccountName=anna)"));
        check("corp\\anna", Some("(sAMAccountName=anna)"));
        check("corp.example\\anna", Some("(sAMAccountName=anna)"));
        check("OTHER\\anna", None);
        check(
            "anna@CORP.example",
            Some("(|(userPrincipalName=anna@CORP.example)(sAMAccountName=anna))"),
        );
        check(
            "anna@mail.example",
            Some("(userPrincipalName=anna@mail.example)"),
        );
    }

    #[test]
    fn odd_names() {
        check("", None);
        check("  ", None);
        check("CORP\\", None);
        check("\\anna", None);
        check("an\0na", None);
        check("an\nna", None);
        check(&"a".repeat(257), None);
        check("*", Some("(sAMAccountName=\\2a)"));
        check("a)(cn=*", Some("(sAMAccountName=a\\29\\28cn=\\2a)"));
        check("corp\\a\\b", Some("(sAMAccountName=a\\5cb)"));
        check("čaplinskė", Some("(sAMAccountName=čaplinskė)"));
        check("@corp.example", Some("(userPrincipalName=@corp.example)"));
        assert_eq!(
            bytes_are("objectGUID", &[0, 0x2a, 0xff]),
            "(objectGUID=\\00\\2a\\ff)"
        );
    }
}
