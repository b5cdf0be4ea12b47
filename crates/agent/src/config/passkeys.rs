//! `[passkeys]`: for which pages passkeys are good.

use super::ConfigError;
use serde::Deserialize;
use webauthn_rs::prelude::Url;

/// The pages that may ask for passkeys.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasskeyConfig {
    /// The origins of the portal's pages, as `["https://reset.contoso.example"]`; `http://localhost`
    /// with any port for a portal on this machine. No default.
    pub origins: Vec<Origin>,
    /// The name that passkeys are bound to for ever (RP ID): the host of every origin, or a domain
    /// that it is in. Default: the host of the first origin.
    pub rp_id: Option<String>,
}

/// An origin that passkeys can be good for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Origin(pub Url);

impl PasskeyConfig {
    /// The name that passkeys are bound to.
    #[must_use]
    pub fn rp_id(&self) -> &str {
        let first = self.origins.first().map(Origin::host);
        self.rp_id.as_deref().or(first).unwrap_or_default()
    }

    pub(super) fn checked(self) -> Result<Self, ConfigError> {
        if self.origins.is_empty() {
            let fault = "at least one is needed, as https://reset.contoso.example";
            return Err(ConfigError::new("passkeys.origins", fault));
        }
        let id = self.rp_id();
        let name = id.split('.').all(|label| {
            let allowed =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            !label.is_empty() && label.bytes().all(allowed)
        });
        if !name || !(id.contains('.') || id == "localhost") {
            let fault = "allowed is a domain in small letters, as contoso.example";
            return Err(ConfigError::new("passkeys.rp_id", fault));
        }
        let under = |host: &str| host == id || host.ends_with(&[".", id].concat());
        match self.origins.iter().find(|origin| !under(origin.host())) {
            None => Ok(self),
            Some(other) => {
                let fault = format!(
                    "{} is not {id}, nor in it; set passkeys.rp_id",
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
        const ALLOWED: &str = "allowed are origins as https://reset.contoso.example";
        let url = Url::parse(&text).map_err(|_| ALLOWED)?;
        // As it was written, but for a slash at its end: no path, no user, nothing else.
        if url.origin().ascii_serialization() != text.trim_end_matches('/') {
            return Err(ALLOWED);
        }
        let Some(host) = url.domain() else {
            return Err(
                "passkeys are bound to names, not to IP addresses; on this machine use \
                        http://localhost with its port",
            );
        };
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if host == "localhost" || host.ends_with(".localhost") => Ok(Self(url)),
            "http" => Err("without TLS only http://localhost is allowed"),
            _ => Err(ALLOWED),
        }
    }
}
