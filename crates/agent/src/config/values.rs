//! The types of single values before the first section.

use super::is_loopback;
use jiff::tz::TimeZone;
use postern_envelope::open::KeyBits;
use serde::Deserialize;
use std::net::IpAddr;

/// A tenant's name: 1 to 32 characters of `a-z`, `0-9` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct TenantName(String);

/// The portal's URL in the form that the relay takes: `wss://…` or `ws://…`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PortalUrl(String);

/// The size of the envelope key, in bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct Bits(pub KeyBits);

/// A time zone of the IANA database.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Zone(pub TimeZone);

impl TenantName {
    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TenantName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        if postern_envelope::is_tenant_name(&name) {
            Ok(Self(name))
        } else {
            Err(format!(
                "expected 1 to 32 characters of a-z, 0-9 and -, found {name:?}"
            ))
        }
    }
}

impl PortalUrl {
    /// Returns the URL: `wss://…`, or `ws://…` for a portal on this machine.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the portal's host, if browsers elsewhere can know it: a name with a dot, not an IP
    /// address.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        let (_, authority) = self.0.split_once("://")?;
        let host = authority.split(['/', ':']).next()?;
        let named = host.contains('.') && host.parse::<IpAddr>().is_err();
        named.then_some(host)
    }
}

impl TryFrom<String> for PortalUrl {
    type Error = &'static str;

    fn try_from(url: String) -> Result<Self, Self::Error> {
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        let rest = rest.trim_end_matches('/');
        let scheme = match scheme {
            "https" | "wss" => "wss",
            "http" | "ws" if is_loopback(rest) => "ws",
            "http" | "ws" => {
                return Err("expected https:// unless the portal is on this machine, found no TLS");
            }
            _ => "",
        };
        if scheme.is_empty() || rest.is_empty() || rest.contains(['@', '?', '#', ' ']) {
            // Not quoted in the error: it may contain a password.
            return Err("expected an address such as https://reset.contoso.example");
        }
        Ok(Self(format!("{scheme}://{rest}")))
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::system())
    }
}

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        let zone = TimeZone::get(&name).map(Self);
        zone.map_err(|_| {
            format!("expected a time zone such as Europe/Vilnius or UTC, found {name:?}")
        })
    }
}

impl Default for Bits {
    fn default() -> Self {
        Self(KeyBits::Rsa3072)
    }
}

impl TryFrom<i64> for Bits {
    type Error = String;

    fn try_from(bits: i64) -> Result<Self, Self::Error> {
        match bits {
            2048 => Ok(Self(KeyBits::Rsa2048)),
            3072 => Ok(Self(KeyBits::Rsa3072)),
            4096 => Ok(Self(KeyBits::Rsa4096)),
            _ => Err(format!("expected 2048, 3072 or 4096, found {bits}")),
        }
    }
}
