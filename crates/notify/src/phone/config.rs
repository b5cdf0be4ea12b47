//! The settings of an HTTP gateway, as they are written and as they are used.

use super::template::{Name, Place, Template};
use core::time::Duration;
use reqwest::Url;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The settings of an HTTP gateway, with its templates parsed.
#[derive(Clone, Debug)]
pub struct GatewayConfig {
    pub(super) method: Method,
    pub(super) url: Template,
    /// The host of the URL, which no value can choose.
    pub host: String,
    /// The client refuses every request that is not `https://`.
    pub https_only: bool,
    pub(super) headers: Vec<(String, Template)>,
    pub(super) body: Option<Template>,
    /// The file with the value of `{secret}`.
    pub secret_file: Option<PathBuf>,
    pub(super) timeout: Duration,
    /// The certificates of authorities that are trusted besides the system's, in PEM.
    pub ca_file: Option<PathBuf>,
    expect: Vec<u16>,
}

/// The section as it is written. `url`, `headers` and `body` may contain `{number}` (such as
/// `+420601234567`), `{digits}` (without the plus), `{text}`, `{code}`, `{language}` and
/// `{secret}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewaySection {
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

/// A value of the section that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The key, such as `headers.Content-Type`.
    pub key: String,
    /// What was expected, and what was found.
    pub fault: String,
}

type Headers = Vec<(String, Template)>;

/// An HTTP method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Method {
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
    /// Checks a section and parses its templates.
    ///
    /// # Errors
    /// [`ConfigFault`] names the key and what was expected.
    pub fn new(raw: GatewaySection) -> Result<Self, ConfigFault> {
        let url = Template::parse(&raw.url, Place::Url).map_err(|fault| error_at("url", fault))?;
        let (https_only, host) = scheme_and_host(&url).map_err(|fault| error_at("url", fault))?;
        let (headers, place) = parse_headers(raw.headers)?;
        let body = parse_body(raw.body, place)?;
        let config = Self {
            method: raw.method,
            url,
            host,
            https_only,
            headers,
            body,
            secret_file: raw.secret_file,
            timeout: Duration::from_secs(raw.timeout_seconds.0),
            ca_file: raw.ca_file,
            expect: raw.expect.into_iter().map(|status| status.0).collect(),
        };
        config.expect_values()?;
        Ok(config)
    }

    /// Fails if a message would be sent without its number or its text, or if a secret is missing.
    fn expect_values(&self) -> Result<(), ConfigFault> {
        if !self.sends(&[Name::Number, Name::Digits]) {
            let fault = "expected {number} or {digits} in url or body, found neither";
            return Err(error_at("url", fault));
        }
        if !self.sends(&[Name::Text, Name::Code]) {
            let fault = "expected {text} or {code} in url or body, found neither";
            return Err(error_at("url", fault));
        }
        if self.uses(Name::Secret) != self.secret_file.is_some() {
            let fault = "expected {secret} and secret_file together, or neither, found one alone";
            return Err(error_at("secret_file", fault));
        }
        Ok(())
    }

    /// Reports whether a status means that the gateway accepted a message.
    #[must_use]
    pub fn expects(&self, status: u16) -> bool {
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

fn error_at(key: &str, fault: impl Into<String>) -> ConfigFault {
    ConfigFault {
        key: key.to_owned(),
        fault: fault.into(),
    }
}

/// Parses the headers. Also returns the place of values in the body, as `Content-Type` says.
fn parse_headers(
    headers: BTreeMap<String, String>,
) -> Result<(Headers, Option<Place>), ConfigFault> {
    let mut parsed = Vec::new();
    let mut place = None;
    for (header, text) in headers {
        let key = ["headers.", &header].concat();
        let template = Template::parse(&text, Place::Header);
        let template = template.map_err(|fault| error_at(&key, fault))?;
        let is_valid = reqwest::header::HeaderName::from_bytes(header.as_bytes()).is_ok()
            && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if !is_valid {
            return Err(error_at(&key, "expected visible ASCII characters"));
        }
        if header.eq_ignore_ascii_case("content-type") {
            place = body_place(&text);
        }
        parsed.push((header, template));
    }
    Ok((parsed, place))
}

fn parse_body(body: Option<String>, place: Option<Place>) -> Result<Option<Template>, ConfigFault> {
    let Some(text) = body else {
        return Ok(None);
    };
    let Some(place) = place else {
        let fault = "expected Content-Type = \"application/json\" or \
                     \"application/x-www-form-urlencoded\" with a body";
        return Err(error_at("headers", fault));
    };
    let template = Template::parse(&text, place).map_err(|fault| error_at("body", fault))?;
    if place == Place::Json {
        // Escaped as they would be in a string, these two are no JSON outside of one.
        let probe = template.fill(|_| "\"\\");
        if serde_json::from_slice::<serde_json::Value>(probe.expose()).is_err() {
            let fault = "expected a JSON text with its values inside strings, \
                         such as {\"to\": \"{number}\"}";
            return Err(error_at("body", fault));
        }
    }
    Ok(Some(template))
}

/// Checks a gateway's URL. Returns whether it uses TLS, and its host; the error says what was
/// expected.
fn scheme_and_host(template: &Template) -> Result<(bool, String), &'static str> {
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
        "https" | "http" if is_fixed => Ok((url.scheme() == "https", host.to_owned())),
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
