//! The portal's configuration: one TOML file, and `POSTERN_…` variables over it.

use crate::limits::Limits;
use crate::proxies::TrustedProxies;
use crate::throttle::Throttling;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use toml::Table;

/// Where the configuration is looked for.
pub const DEFAULT_FILE: &str = "/etc/postern/postern.toml";

/// What the variables' names begin with: `throttle.network_free` is `POSTERN_THROTTLE_NETWORK_FREE`.
const PREFIX: &str = "POSTERN_";

/// The portal's configuration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on. Default: `127.0.0.1:3000`.
    #[serde(default = "defaults::listen", deserialize_with = "socket_address")]
    pub listen: SocketAddr,
    /// Where tenants and their agents' hashes are kept. Default: `/var/lib/postern`.
    #[serde(default = "defaults::data_directory")]
    pub data_directory: PathBuf,
    /// Where script, WASM and icons are. Default: `/usr/share/postern/site`.
    #[serde(default = "defaults::assets_directory")]
    pub assets_directory: PathBuf,
    /// How long an agent may take to answer, in seconds, 5 to 120. Default: 30.
    #[serde(default = "defaults::answer_seconds")]
    pub answer_seconds: u64,
    /// A reverse proxy speaks TLS to the browsers and names the client in `X-Forwarded-For`: on
    /// this host, or one of `trusted_proxies`. Default: false, and then only loopback may be
    /// listened on.
    #[serde(default)]
    pub behind_proxy: bool,
    /// Addresses and networks of reverse proxies on other hosts. Default: none, and then only
    /// loopback may be listened on.
    #[serde(default)]
    pub trusted_proxies: TrustedProxies,
    /// The key of the networks' hashes, the same on every portal of a tenant; made where it is not
    /// there. Default: `cluster.secret` in the data directory.
    pub cluster_secret_file: Option<PathBuf>,
    /// How many connections, and how long a request may take to arrive.
    #[serde(default)]
    pub limits: Limits,
    /// What may be sent, and for how much work.
    #[serde(default)]
    pub throttle: Throttling,
}

/// Why a configuration is not used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{file}: {cause}")]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The file is not what it should be.
    #[error("{file}: {cause}")]
    Malformed {
        /// Which file.
        file: PathBuf,
        /// Key, value and what is allowed.
        cause: String,
    },
    /// A variable is not what it should be.
    #[error("{variable}: {cause}")]
    Variable {
        /// Which variable.
        variable: String,
        /// What is allowed.
        cause: String,
    },
}

impl Config {
    /// Reads the file and lays the `POSTERN_…` variables over it. A missing file is an error
    /// only where it was asked for by name.
    ///
    /// # Errors
    /// [`ConfigError`] names the file or variable, the key, and what is allowed.
    pub fn load(
        file: Option<&Path>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let path = file.unwrap_or(Path::new(DEFAULT_FILE));
        let text = match std::fs::read(path) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| ConfigError::Malformed {
                file: path.to_owned(),
                cause: String::from("not UTF-8"),
            })?,
            Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                String::new()
            }
            Err(cause) => {
                return Err(ConfigError::Unreadable {
                    file: path.to_owned(),
                    cause,
                });
            }
        };
        // Read whole before any variable is: what is wrong with the file is told with its line.
        let malformed = |error: toml::de::Error| ConfigError::Malformed {
            file: path.to_owned(),
            cause: error.to_string(),
        };
        let mut config: Self = toml::from_str(&text).map_err(malformed)?;
        let mut table: Table = toml::from_str(&text).map_err(malformed)?;
        for key in postern_config::keys::<Self>("") {
            let Some(name) = key.variable(PREFIX) else {
                continue;
            };
            if let Some(text) = variable(&name) {
                config = key
                    .put(&mut table, text.clone())
                    .map_err(str::to_owned)
                    .and_then(|()| {
                        let read = table.clone().try_into();
                        read.map_err(|error: toml::de::Error| error.message().to_owned())
                    })
                    .map_err(|cause| ConfigError::Variable {
                        variable: name,
                        cause: format!("{text:?} is not allowed: {cause}"),
                    })?;
            }
        }
        config.check().map_err(|cause| ConfigError::Malformed {
            file: path.to_owned(),
            cause,
        })?;
        Ok(config)
    }

    /// Whether a peer is a reverse proxy, whose word on the client is taken.
    #[must_use]
    pub fn is_trusted_proxy(&self, peer: IpAddr) -> bool {
        let here = peer.to_canonical().is_loopback();
        self.behind_proxy && (here || self.trusted_proxies.contains(peer))
    }

    /// Where the key of the networks' hashes is.
    #[must_use]
    pub fn cluster_secret_file(&self) -> PathBuf {
        let default = || self.data_directory.join("cluster.secret");
        self.cluster_secret_file.clone().unwrap_or_else(default)
    }

    fn check(&self) -> Result<(), String> {
        if !(5..=120).contains(&self.answer_seconds) {
            return Err(format!(
                "answer_seconds is {}, allowed is 5 to 120",
                self.answer_seconds
            ));
        }
        if !self.behind_proxy && !self.listen.ip().is_loopback() {
            return Err(format!(
                "listen is {}, which is not loopback: browsers would speak to it without TLS. \
                 Put a reverse proxy with TLS before it, set behind_proxy = true and name the \
                 proxy in trusted_proxies",
                self.listen
            ));
        }
        if !self.behind_proxy && !self.trusted_proxies.is_empty() {
            return Err(String::from(
                "trusted_proxies names proxies and behind_proxy is false: set behind_proxy = true, \
                 or leave trusted_proxies out",
            ));
        }
        if self.trusted_proxies.is_empty() && !self.listen.ip().is_loopback() {
            return Err(format!(
                "listen is {}, which is not loopback, and trusted_proxies is empty: name the \
                 reverse proxy before it, as trusted_proxies = [\"10.0.0.5\", \"10.1.0.0/16\"]. \
                 X-Forwarded-For is believed from there alone",
                self.listen
            ));
        }
        self.limits.check()?;
        self.throttle.check()
    }
}

fn socket_address<'de, D: Deserializer<'de>>(text: D) -> Result<SocketAddr, D::Error> {
    let text = String::deserialize(text)?;
    text.parse().map_err(|_| {
        let expected = "expected an IP address and a port, as 127.0.0.1:3000 or [::1]:3000";
        D::Error::custom(format!("{text:?} cannot be listened on: {expected}"))
    })
}

mod defaults {
    use std::net::{Ipv4Addr, SocketAddr};
    use std::path::PathBuf;

    pub fn listen() -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, 3000))
    }
    pub fn data_directory() -> PathBuf {
        PathBuf::from("/var/lib/postern")
    }
    pub fn assets_directory() -> PathBuf {
        PathBuf::from("/usr/share/postern/site")
    }
    pub const fn answer_seconds() -> u64 {
        30
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn load(text: &str, variable: Option<(&str, &str)>) -> Result<Config, String> {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("postern.toml");
        std::fs::write(&file, text).unwrap();
        let value = |name: &str| {
            variable
                .filter(|set| set.0 == name)
                .map(|set| set.1.to_owned())
        };
        Config::load(Some(&file), value).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn refused(text: &str, says: &[&str]) {
        let error = load(text, None).unwrap_err();
        for part in says.iter().chain(&["postern.toml"]) {
            assert!(error.contains(part), "{error:?} does not say {part:?}");
        }
    }

    #[test]
    fn an_empty_file_means_the_defaults() {
        let config = load("", None).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
        assert_eq!(config.answer_seconds, 30);
    }

    #[test]
    fn a_wrong_key_or_value_names_file_key_and_what_is_allowed() {
        refused("lisen = 1", &["lisen", "listen"]);
        refused("listen = \"here\"", &["listen"]);
        refused("answer_seconds = 1", &["answer_seconds", "5 to 120"]);
        refused(
            "listen = \"localhost:80\"",
            &["localhost:80", "127.0.0.1:3000"],
        );
        refused("listen = \"0.0.0.0:80\"", &["behind_proxy"]);
        let open = "listen = \"0.0.0.0:80\"\nbehind_proxy = true";
        refused(open, &["trusted_proxies", "10.0.0.5"]);
        let proxies = "trusted_proxies = [\"10.0.0.5\", \"10.1.0.0/16\"]";
        load(&[open, proxies].join("\n"), None).unwrap();
        refused(proxies, &["behind_proxy"]);
        refused("trusted_proxies = [\"proxy\"]", &["proxy", "10.1.0.0/16"]);
        refused(
            "[limits]\nconnections = 1",
            &["limits.connections", "16 to"],
        );
        refused(
            "[limits]\nconnections = 20\nconnections_per_network = 21",
            &["limits.connections_per_network", "1 to 20"],
        );
        refused("[limits]\nrelay_connections = 0", &["relay_connections"]);
        refused("[limits]\nhead_seconds = 0", &["head_seconds", "1 to 60"]);
        refused("[limits]\nbody_seconds = 61", &["body_seconds", "1 to 60"]);
        refused("[[", &["1"]);
        refused("[throttle]\nfree = 1", &["free", "network_free"]);
        refused("[throttle]\nnetwork_free = 600", &["network_cap", "less"]);
        refused("[throttle]\ntenant_free = 0", &["tenant_free", "1 to"]);
        refused("[throttle]\nmost_bits = 21", &["most_bits", "1 to 20"]);
        refused("[throttle]\nleast_bits = 18", &["least_bits", "not more"]);
    }

    #[test]
    fn the_example_shows_every_key_with_its_default() {
        let example = include_str!("../postern.example.toml");
        let (shown, default) = (load(example, None).unwrap(), load("", None).unwrap());
        assert_eq!(format!("{shown:?}"), format!("{default:?}"));
        let keys = postern_config::keys::<Config>("");
        let keys: BTreeSet<_> = keys.iter().map(|key| key.path().to_owned()).collect();
        assert_eq!(postern_config::example::keys(example), keys);
    }

    #[test]
    fn every_key_has_a_variable() {
        let example: Table = toml::from_str(include_str!("../postern.example.toml")).unwrap();
        for key in postern_config::keys::<Config>("") {
            let Some(name) = key.variable(PREFIX) else {
                continue;
            };
            let path = key.path().split('.');
            let shown = path.fold(None, |at: Option<&toml::Value>, part| match at {
                None => example.get(part),
                Some(section) => section.get(part),
            });
            let Some(shown) = shown else {
                continue;
            };
            let text = match shown {
                toml::Value::String(text) => text.clone(),
                toml::Value::Array(list) => {
                    let texts: Vec<_> = list.iter().filter_map(toml::Value::as_str).collect();
                    texts.join(",")
                }
                other => other.to_string(),
            };
            assert!(load("", Some((&name, &text))).is_ok(), "{name} = {text}");
            let wrong = load("", Some((&name, "\0"))).map(|config| format!("{config:?}"));
            // A text may be anything; whatever else it is, the variable is named.
            assert!(
                wrong.as_ref().is_ok_and(|config| config.contains("\\0"))
                    || wrong.as_ref().is_err_and(|error| error.contains(&name)),
                "{name}: {wrong:?}"
            );
        }
    }

    #[test]
    fn a_variable_lies_over_the_file() {
        let set = Some(("POSTERN_LISTEN", "127.0.0.1:4000"));
        let config = load("listen = \"127.0.0.1:5000\"", set).unwrap();
        assert_eq!(config.listen.port(), 4000);
        let config = load("", Some(("POSTERN_THROTTLE_NETWORK_CAP", "61"))).unwrap();
        assert_eq!(config.throttle.network_cap, 61);
        let config = load("", Some(("POSTERN_LIMITS_CONNECTIONS", "4000"))).unwrap();
        assert_eq!(config.limits.connections, 4000);
        let wrong = load("", Some(("POSTERN_ANSWER_SECONDS", "soon"))).unwrap_err();
        assert!(wrong.contains("POSTERN_ANSWER_SECONDS"), "{wrong}");
    }
}
