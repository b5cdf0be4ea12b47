//! Origins that may show a tenant's pages, and a tenant's host names: parsed strictly, because
//! browsers compare origins byte by byte.

use std::fmt;
use std::str::FromStr;

/// A web origin (RFC 6454) as browsers write it: `https://intranet.contoso.example`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// A host name without a port: `reset.contoso.example`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Host(String);

/// The text is not an accepted origin.
#[derive(Debug, thiserror::Error)]
#[error(
    "expected https://, the host in lower case (an international one as xn--…), its port unless \
     it is 443, and nothing after it, or http:// for localhost and 127.0.0.1 only, found {0:?}"
)]
pub struct NotAnOrigin(String);

/// The text is not an accepted host name.
#[derive(Debug, thiserror::Error)]
#[error(
    "expected a host name in lower case (an international one as xn--…), without https:// and \
     without a port, found {0:?}"
)]
pub struct NotAHost(String);

impl Origin {
    /// Returns the origin as it stands in headers.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let parse = || {
            let (scheme, authority) = text.split_once("://")?;
            let (host, port) = match authority.split_once(':') {
                None => (authority, None),
                Some((host, port)) => (host, Some(port)),
            };
            // Browsers omit the default port and leading zeros.
            let port_valid = port.is_none_or(|port| {
                !port.starts_with(['0', '+'])
                    && port.parse::<u16>().is_ok()
                    && port != default_port(scheme)
            });
            let safe = scheme == "https" || (scheme == "http" && is_loopback(host));
            (safe && port_valid && is_host(host)).then(|| Self(text.to_owned()))
        };
        parse().ok_or_else(|| NotAnOrigin(text.to_owned()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Host {
    /// Parses the `Host` header of a request.
    pub fn from_header(header: &str) -> Self {
        let host = match header.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => header,
        };
        Self(host.trim_end_matches('.').to_ascii_lowercase())
    }
}

impl FromStr for Host {
    type Err = NotAHost;

    fn from_str(text: &str) -> Result<Self, NotAHost> {
        if is_host(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAHost(text.to_owned()))
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn default_port(scheme: &str) -> &'static str {
    if scheme == "https" { "443" } else { "80" }
}

/// Reports whether browsers trust a host without TLS, because it is their own machine (Secure Contexts,
/// section 3.1).
fn is_loopback(host: &str) -> bool {
    host == "127.0.0.1" || host == "localhost" || host.ends_with(".localhost")
}

fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(plain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_https_and_nothing_more() {
        for good in [
            "https://intranet.contoso.example",
            "https://intranet.contoso.example:8443",
            "https://xn--bcher-kva.example",
            "http://localhost:3000",
            "http://127.0.0.1:8080",
            "http://a.localhost",
        ] {
            assert_eq!(good.parse::<Origin>().unwrap().as_str(), good);
        }
        for wrong in [
            "",
            "*",
            "null",
            "https://*",
            "https://*.contoso.example",
            "intranet.contoso.example",
            "http://intranet.contoso.example",
            "http://localhost.example",
            "https://Intranet.contoso.example",
            "https://intranet.contoso.example/",
            "https://intranet.contoso.example/a",
            "https://intranet.contoso.example:443",
            "https://intranet.contoso.example:",
            "https://intranet.contoso.example:0",
            "https://intranet.contoso.example:99999",
            "https://intranet.contoso.example; script-src *",
            "https://a b",
            "https://bücher.example",
            "https://user@contoso.example",
            "https://[::1]",
            "https://",
            "ftp://contoso.example",
        ] {
            let error = wrong.parse::<Origin>().unwrap_err().to_string();
            assert!(error.contains("https://"), "{error}");
        }
    }

    #[test]
    fn a_host_is_found_by_its_header() {
        let host: Host = "reset.contoso.example".parse().unwrap();
        for header in [
            "reset.contoso.example",
            "Reset.Contoso.example:8443",
            "reset.contoso.example.:443",
        ] {
            assert_eq!(Host::from_header(header), host, "{header}");
        }
        for wrong in [
            "",
            "https://a.example",
            "a.example:443",
            "A.example",
            "a..b",
            "-a.example",
        ] {
            assert!(wrong.parse::<Host>().is_err(), "{wrong}");
        }
    }
}
