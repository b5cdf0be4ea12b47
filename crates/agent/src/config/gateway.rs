//! `[sms]` and `[voice]`: the HTTP gateways that text messages and calls go through.

use super::{ConfigError, is_loopback, section};
use crate::phone::template::{Name, Place, Template};
use core::time::Duration;
use reqwest::Url;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Value;

/// An HTTP gateway, ready to be asked.
#[derive(Clone, Debug)]
pub struct GatewayConfig {
    pub(crate) method: Method,
    pub(crate) url: Template,
    /// Only `https://` is asked, whatever happens on the way.
    pub(crate) https_only: bool,
    pub(crate) headers: Vec<(String, Template)>,
    pub(crate) body: Option<Template>,
    pub(crate) secret_file: Option<PathBuf>,
    pub(crate) timeout: Duration,
    pub(crate) ca_file: Option<PathBuf>,
    expect: Vec<u16>,
}

/// The section as it is written. In `url`, `headers` and `body` stand `{number}` (as
/// `+420601234567`), `{digits}` (without the plus), `{text}`, `{code}`, `{language}` and
/// `{secret}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    /// `"POST"`, `"PUT"` or `"GET"`. Default `"POST"`.
    #[serde(default)]
    method: Method,
    /// The address; `http://` for a gateway on this machine only. No default.
    url: String,
    /// Default: none.
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// A JSON text or a form, as the header `Content-Type` says. Default: none.
    body: Option<String>,
    /// The file with what is put in for `{secret}`; its mode must be 0600.
    secret_file: Option<PathBuf>,
    /// The status codes that mean that a message was taken. Default: 200 to 299.
    #[serde(default)]
    expect: Vec<Status>,
    /// How long the gateway may take, in seconds, 1 to 60. Default 10.
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
    type Error = &'static str;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        let status = u16::try_from(number).ok();
        let status = status.filter(|status| (200..600).contains(status));
        status.map(Self).ok_or("allowed is 200 to 599")
    }
}

impl TryFrom<i64> for Seconds {
    type Error = &'static str;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        let seconds = u64::try_from(number).ok();
        let seconds = seconds.filter(|seconds| (1..=60).contains(seconds));
        seconds.map(Self).ok_or("allowed is 1 to 60")
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
    /// Reads a section, named `sms` or `voice`.
    pub(super) fn read(name: &str, value: Value) -> Result<Self, ConfigError> {
        let wrong = |key: &str, fault: String| ConfigError::new([name, ".", key].concat(), fault);
        let raw: Section = section(name, value)?;
        let url = Template::parse(&raw.url, Place::Url).map_err(|fault| wrong("url", fault))?;
        let https_only = address(&url).map_err(|fault| wrong("url", fault.to_owned()))?;
        let mut headers = Vec::new();
        let mut place = None;
        for (header, text) in raw.headers {
            let key = ["headers.", &header].concat();
            let template = Template::parse(&text, Place::Header);
            let template = template.map_err(|fault| wrong(&key, fault))?;
            let sound = reqwest::header::HeaderName::from_bytes(header.as_bytes()).is_ok()
                && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            if !sound {
                return Err(wrong(
                    &key,
                    "allowed are visible ASCII characters".to_owned(),
                ));
            }
            if header.eq_ignore_ascii_case("content-type") {
                place = place_of(&text);
            }
            headers.push((header, template));
        }
        let body = match (raw.body, place) {
            (None, _) => None,
            (Some(_), None) => {
                let fault = "a body needs Content-Type = \"application/json\" or \
                             \"application/x-www-form-urlencoded\"";
                return Err(wrong("headers", fault.to_owned()));
            }
            (Some(text), Some(place)) => {
                let template = Template::parse(&text, place);
                Some(template.map_err(|fault| wrong("body", fault))?)
            }
        };
        if let (Some(template), Some(Place::Json)) = (&body, place) {
            // Outside a string these two could not stand, escaped as they are.
            let probe = template.fill(|_| "\"\\");
            if serde_json::from_slice::<serde_json::Value>(probe.expose()).is_err() {
                let fault = "allowed is a JSON text with its values inside strings, \
                             as {\"to\": \"{number}\"}";
                return Err(wrong("body", fault.to_owned()));
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
            return Err(wrong(
                "url",
                "{number} or {digits} must stand in url or body".to_owned(),
            ));
        }
        if !config.sends(&[Name::Text, Name::Code]) {
            return Err(wrong(
                "url",
                "{text} or {code} must stand in url or body".to_owned(),
            ));
        }
        if config.uses(Name::Secret) != config.secret_file.is_some() {
            let fault = "allowed are {secret} and the file with it together, or neither";
            return Err(wrong("secret_file", fault.to_owned()));
        }
        Ok(config)
    }

    /// Whether a status means that a message was taken.
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

/// Whether an address is one over TLS; an error if it is none that is allowed.
fn address(template: &Template) -> Result<bool, &'static str> {
    const ALLOWED: &str = "allowed is an address as https://gateway.example/send?to={number}";
    let filled = template.fill(|_| "x");
    let url = filled.expose_str().and_then(|url| Url::parse(url).ok());
    let url = url.filter(|url| url.username().is_empty() && url.password().is_none());
    let url = url.ok_or(ALLOWED)?;
    let host = url.host_str().ok_or(ALLOWED)?;
    // No value may say which machine is asked: the first stands behind the host.
    let (_, rest) = template.beginning().split_once("://").ok_or(ALLOWED)?;
    let is_fixed = rest.contains(['/', '?']) || filled.expose() == template.beginning().as_bytes();
    match url.scheme() {
        _ if !is_fixed => Err(ALLOWED),
        "https" => Ok(true),
        "http" if is_loopback(host) => Ok(false),
        "http" => Err("without TLS only a gateway on this machine is allowed"),
        _ => Err(ALLOWED),
    }
}

fn place_of(content_type: &str) -> Option<Place> {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    match kind.to_ascii_lowercase().as_str() {
        "application/json" => Some(Place::Json),
        "application/x-www-form-urlencoded" => Some(Place::Form),
        _ => None,
    }
}
