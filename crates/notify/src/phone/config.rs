//! `[sms]` and `[voice]`: the HTTP gateways that text messages and calls go through.

use super::{ConfigError, is_loopback, section};
use crate::phone::template::{Name, Place, Template};
use core::time::Duration;
use reqwest::Url;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Value;

/// The settings of an HTTP gateway, with its templates parsed.
#[derive(Clone, Debug)]
pub struct GatewayConfig {
    pub(crate) method: Method,
    pub(crate) url: Template,
    /// The client refuses every request that is not `https://`.
    pub(crate) https_only: bool,
    pub(crate) headers: Vec<(String, Template)>,
    pub(crate) body: Option<Template>,
    pub(crate) secret_file: Option<PathBuf>,
    pub(crate) timeout: Duration,
    pub(crate) ca_file: Option<PathBuf>,
    expect: Vec<u16>,
}

/// The section as it is written. `url`, `headers` and `body` may contain `{number}` (such as
/// `+420601234567`), `{digits}` (without the plus), `{text}`, `{code}`, `{language}` and
/// `{secret}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    /// `"POST"`, `"PUT"` or `"GET"`. Default `"POST"`.
    #[serde(default)]
    method: Method,
    /// The request's URL; `http://` only for a gateway on this machine. No default.
    url: String,
    /// The request's headers. Default: none.
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// The request's body: a JSON text or a form, as the header `Content-Type` says. Default: none.
    body: Option<String>,
    /// The file with the value of `{secret}`; its mode must be 0600.
    secret_file: Option<PathBuf>,
    /// The status codes that mean that the gateway accepted a message. Default: 200 to 299.
    #[serde(default)]
    expect: Vec<Status>,
    /// The time limit of a request, in seconds, 1 to 60. Default 10.
    #[serde(default)]
    timeout_seconds: Seconds,
    /// The certificates of authorities that are trusted besides the system's, in PEM.
    ca_file: Option<PathBuf>,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Method {
    #[default]
    Post,
    Put,
    Get,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "i64")]
struct Status(u16);

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "i64")]
struct Seconds(u64);

impl Default for Seconds {
    fn default() -> Self {
        Self(10)
    }
}

impl TryFrom<i64> for Status {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        let status = u16::try_from(number).ok();
        let status = status.filter(|status| (200..600).contains(status));
        let status = status.map(Self);
        status.ok_or_else(|| format!("expected a status from 200 to 599, found {number}"))
    }
}

impl TryFrom<i64> for Seconds {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        let seconds = u64::try_from(number).ok();
        let seconds = seconds.filter(|seconds| (1..=60).contains(seconds));
        let seconds = seconds.map(Self);
        seconds.ok_or_else(|| format!("expected a number from 1 to 60, found {number}"))
    }
}

impl From<Method> for reqwest::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Get => Self::GET,
        }
    }
}

impl GatewayConfig {
    /// Reads and checks a section, named `sms` or `voice`.
    pub(super) fn read(name: &str, value: Value) -> Result<Self, ConfigError> {
        let error_at =
            |key: &str, fault: String| ConfigError::new([name, ".", key].concat(), fault);
        let raw: Section = section(name, value)?;
        let url = Template::parse(&raw.url, Place::Url).map_err(|fault| error_at("url", fault))?;
        let https_only = is_https(&url).map_err(|fault| error_at("url", fault.to_owned()))?;
        let mut headers = Vec::new();
        let mut place = None;
        for (header, text) in raw.headers {
            let key = ["headers.", &header].concat();
            let template = Template::parse(&text, Place::Header);
            let template = template.map_err(|fault| error_at(&key, fault))?;
            let is_valid = reqwest::header::HeaderName::from_bytes(header.as_bytes()).is_ok()
                && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            if !is_valid {
                return Err(error_at(
                    &key,
                    "expected visible ASCII characters".to_owned(),
                ));
            }
            if header.eq_ignore_ascii_case("content-type") {
                place = body_place(&text);
            }
            headers.push((header, template));
        }
        let body = match (raw.body, place) {
            (None, _) => None,
            (Some(_), None) => {
                let fault = "expected Content-Type = \"application/json\" or \
                             \"application/x-www-form-urlencoded\" with a body";
                return Err(error_at("headers", fault.to_owned()));
            }
            (Some(text), Some(place)) => {
                let template = Template::parse(&text, place);
                Some(template.map_err(|fault| error_at("body", fault))?)
            }
        };
        if let (Some(template), Some(Place::Json)) = (&body, place) {
            // Escaped as they would be in a string, these two are no JSON outside of one.
            let probe = template.fill(|_| "\"\\");
            if serde_json::from_slice::<serde_json::Value>(probe.expose()).is_err() {
                let fault = "expected a JSON text with its values inside strings, \
                             such as {\"to\": \"{number}\"}";
                return Err(error_at("body", fault.to_owned()));
            }
        }
        let config = Self {
            method: raw.method,
            url,
            https_only,
            headers,
            body,
            secret_file: raw.secret_file,
            timeout: Duration::from_secs(raw.timeout_seconds.0),
            ca_file: raw.ca_file,
            expect: raw.expect.into_iter().map(|status| status.0).collect(),
        };
        if !config.sends(&[Name::Number, Name::Digits]) {
            return Err(error_at(
                "url",
                "expected {number} or {digits} in url or body, found neither".to_owned(),
            ));
        }
        if !config.sends(&[Name::Text, Name::Code]) {
            return Err(error_at(
                "url",
                "expected {text} or {code} in url or body, found neither".to_owned(),
            ));
        }
        if config.uses(Name::Secret) != config.secret_file.is_some() {
            let fault = "expected {secret} and secret_file together, or neither, found one alone";
            return Err(error_at("secret_file", fault.to_owned()));
        }
        Ok(config)
    }

    /// Reports whether a status means that the gateway accepted a message.
    pub(crate) fn expects(&self, status: u16) -> bool {
        match self.expect[..] {
            [] => (200..300).contains(&status),
            _ => self.expect.contains(&status),
        }
    }

    fn sends(&self, names: &[Name]) -> bool {
        let places = [Some(&self.url), self.body.as_ref()];
        let mut places = places.into_iter().flatten();
        places.any(|place| names.iter().any(|name| place.has(*name)))
    }

    fn uses(&self, name: Name) -> bool {
        self.sends(&[name]) || self.headers.iter().any(|(_, value)| value.has(name))
    }
}

/// Checks a gateway's URL and reports whether it uses TLS; the error says what was expected.
fn is_https(template: &Template) -> Result<bool, &'static str> {
    // The value is not quoted in the error: it may contain a password.
    const EXPECTED: &str = "expected an address such as https://gateway.example/send?to={number}";
    let filled = template.fill(|_| "x");
    let url = filled.expose_str().and_then(|url| Url::parse(url).ok());
    let url = url.filter(|url| url.username().is_empty() && url.password().is_none());
    let url = url.ok_or(EXPECTED)?;
    let host = url.host_str().ok_or(EXPECTED)?;
    // No value may choose the host: the first one must come after it.
    let prefix = template.literal_prefix();
    let (_, rest) = prefix.split_once("://").ok_or(EXPECTED)?;
    let is_fixed = rest.contains(['/', '?']) || filled.expose() == prefix.as_bytes();
    match url.scheme() {
        _ if !is_fixed => Err(EXPECTED),
        "https" => Ok(true),
        "http" if is_loopback(host) => Ok(false),
        "http" => Err("expected https:// unless the gateway is on this machine, found http://"),
        _ => Err(EXPECTED),
    }
}

/// Returns the place of values in a body of a content type.
fn body_place(content_type: &str) -> Option<Place> {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    match kind.to_ascii_lowercase().as_str() {
        "application/json" => Some(Place::Json),
        "application/x-www-form-urlencoded" => Some(Place::Form),
        _ => None,
    }
}
