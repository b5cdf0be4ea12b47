//! `[[policy.elsewhere]]`: accounts whose passwords are not kept in this directory.

use serde::Deserialize;

/// The longest place, in characters, so that its reply fits a message.
const LONGEST: usize = 200;

/// Accounts whose passwords are kept elsewhere, and where that is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExternalPasswordStore {
    /// The domains after `@` in their login names. No default.
    pub domains: Vec<Domain>,
    /// Where people reset them: an `https://` address, which becomes a link, or words; at most 200
    /// characters. No default.
    pub place: Place,
}

/// A domain of login names, in small letters.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Domain(String);

/// An address, or words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Place(String);

impl ExternalPasswordStore {
    /// Where the password of a login name is reset, if it is kept elsewhere.
    pub(super) fn place(&self, login_name: &str) -> Option<&str> {
        let (_, domain) = login_name.trim().rsplit_once('@')?;
        let domain = domain.to_lowercase();
        let is = self.domains.iter().any(|one| one.0 == domain);
        is.then_some(&self.place.0)
    }
}

impl TryFrom<String> for Domain {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let domain = text.to_lowercase();
        let foreign = |character: char| character.is_whitespace() || "@/:".contains(character);
        if domain.contains('.') && !domain.contains(foreign) {
            Ok(Self(domain))
        } else {
            Err("allowed is a domain, as cloud.contoso.example")
        }
    }
}

impl TryFrom<String> for Place {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let characters = text.chars().count();
        if (1..=LONGEST).contains(&characters) && !text.contains(char::is_control) {
            Ok(Self(text))
        } else {
            Err("allowed are 1 to 200 characters in one line")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_name_is_kept_elsewhere_by_its_domain_alone() {
        let text = "domains = ['Cloud.contoso.example', 'x.example']\nplace = 'https://p.example/'";
        let elsewhere: ExternalPasswordStore = toml::from_str(text).unwrap();
        for name in ["anna@cloud.contoso.example", " ANNA@X.EXAMPLE "] {
            assert_eq!(elsewhere.place(name), Some("https://p.example/"), "{name}");
        }
        for name in ["anna", "x.example\\anna", "anna@contoso.example", "@", ""] {
            assert_eq!(elsewhere.place(name), None, "{name}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_what_is_allowed() {
        for (text, says) in [
            ("domains = ['cloud']\nplace = 'x'", "allowed is a domain"),
            (
                "domains = ['a@b.example']\nplace = 'x'",
                "allowed is a domain",
            ),
            (
                "domains = ['b.example']\nplace = ''",
                "allowed are 1 to 200",
            ),
            (
                "domains = ['b.example']\nplace = \"a\\nb\"",
                "allowed are 1 to 200",
            ),
            ("domains = ['b.example']", "missing field `place`"),
        ] {
            let error = toml::from_str::<ExternalPasswordStore>(text)
                .unwrap_err()
                .to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
