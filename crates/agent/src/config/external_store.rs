//! `[[policy.elsewhere]]`: accounts whose passwords are kept in another system.

use serde::Deserialize;

/// The longest place, in characters, so that the reply that carries it fits a message.
const MAX_PLACE_CHARS: usize = 200;

/// Accounts whose passwords are kept in another system, and the place to reset them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExternalPasswordStore {
    /// The domains after `@` in their login names. No default.
    pub domains: Vec<Domain>,
    /// The place where people reset them: an `https://` address, which becomes a link, or words;
    /// at most 200 characters. No default.
    pub place: Place,
}

/// A domain of login names, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Domain(String);

/// An address, or words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Place(String);

impl ExternalPasswordStore {
    /// Returns the place to reset the password of a login name in one of these domains.
    pub(super) fn place(&self, login_name: &str) -> Option<&str> {
        let (_, domain) = login_name.trim().rsplit_once('@')?;
        let domain = domain.to_lowercase();
        let matches = self.domains.iter().any(|one| one.0 == domain);
        matches.then_some(&self.place.0)
    }
}

impl TryFrom<String> for Domain {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let domain = text.to_lowercase();
        let foreign = |character: char| character.is_whitespace() || "@/:".contains(character);
        if domain.contains('.') && !domain.contains(foreign) {
            Ok(Self(domain))
        } else {
            Err(format!(
                "expected a domain such as cloud.contoso.example, found {text:?}"
            ))
        }
    }
}

impl TryFrom<String> for Place {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let characters = text.chars().count();
        if (1..=MAX_PLACE_CHARS).contains(&characters) && !text.contains(char::is_control) {
            Ok(Self(text))
        } else {
            Err(format!(
                "expected 1 to {MAX_PLACE_CHARS} characters in one line, found {text:?}"
            ))
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
            ("domains = ['cloud']\nplace = 'x'", "expected a domain"),
            (
                "domains = ['a@b.example']\nplace = 'x'",
                "expected a domain such as cloud.contoso.example, found \"a@b.example\"",
            ),
            (
                "domains = ['b.example']\nplace = ''",
                "expected 1 to 200 characters in one line, found \"\"",
            ),
            (
                "domains = ['b.example']\nplace = \"a\\nb\"",
                "expected 1 to 200 characters in one line, found \"a\\nb\"",
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
