//! `[passkeys]`: the origins that may use passkeys.

use super::ConfigError;
use serde::Deserialize;
use url::Url;

/// The origins that may use passkeys, and the RP ID.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasskeyConfig {
    /// The origins of the portal's pages, such as `["https://reset.contoso.example"]`;
    /// `http://localhost` with any port for a portal on this machine. No default.
    pub origins: Vec<Origin>,
    /// The name that passkeys are bound to permanently (RP ID): the host of every origin, or a
    /// domain that contains it. Default: the host of the first origin.
    pub rp_id: Option<String>,
}

/// An origin that may use passkeys: `https://`, or `http://localhost`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Origin(pub Url);

impl PasskeyConfig {
    /// Returns the name that passkeys are bound to (RP ID).
    #[must_use]
    pub fn rp_id(&self) -> &str {
        let first = self.origins.first().map(Origin::host);
        self.rp_id.as_deref().or(first).unwrap_or_default()
    }

    pub(super) fn validate(self) -> Result<Self, ConfigError> {
        if self.origins.is_empty() {
            let fault = "expected at least one origin such as https://reset.contoso.example";
            return Err(ConfigError::new("passkeys.origins", fault));
        }
        let id = self.rp_id();
        let is_name = id.split('.').all(|label| {
            let allowed =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            !label.is_empty() && label.bytes().all(allowed)
        });
        if !is_name || !(id.contains('.') || id == "localhost") {
            let fault =
                format!("expected a domain in lower case such as contoso.example, found {id:?}");
            return Err(ConfigError::new("passkeys.rp_id", fault));
        }
        let is_within = |host: &str| host == id || host.ends_with(&[".", id].concat());
        match self.origins.iter().find(|origin| !is_within(origin.host())) {
            None => Ok(self),
            Some(other) => {
                let fault = format!(
                    "expected {id} or hosts within it, found {}; set passkeys.rp_id",
                    other.host()
                );
                Err(ConfigError::new("passkeys.origins", fault))
            }
        }
    }
}

impl Origin {
    fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

impl TryFrom<String> for Origin {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        // The value is not quoted in the error: its user part may contain a password.
        const EXPECTED: &str = "expected an origin such as https://reset.contoso.example";
        let url = Url::parse(&text).map_err(|_| EXPECTED)?;
        // The text must be the origin itself, except for a trailing slash: no path, no user.
        if url.origin().ascii_serialization() != text.trim_end_matches('/') {
            return Err(EXPECTED);
        }
        let Some(host) = url.domain() else {
            return Err(
                "expected a host name, found an IP address: passkeys are bound to names; on this \
                        machine use http://localhost with its port",
            );
        };
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if host == "localhost" || host.ends_with(".localhost") => Ok(Self(url)),
            "http" => Err("expected https:// unless the host is localhost, found http://"),
            _ => Err(EXPECTED),
        }
    }
}
