//! The portal's configuration: one TOML file, overridden by `POSTERN_…` variables.

use crate::limits::Limits;
use crate::proxies::TrustedProxies;
use crate::throttle::Throttling;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use toml::Table;

/// The default path of the configuration.
pub const DEFAULT_FILE: &str = "/etc/postern/postern.toml";

/// The prefix of the variables: `throttle.network_free` is `POSTERN_THROTTLE_NETWORK_FREE`.
const PREFIX: &str = "POSTERN_";

/// The portal's configuration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on. Default: `127.0.0.1:3000`.
    #[serde(default = "defaults::listen", deserialize_with = "socket_address")]
    pub listen: SocketAddr,
    /// The directory of the tenants' files and their agents' hashes. Default: `/var/lib/postern`.
    #[serde(default = "defaults::data_directory")]
    pub data_directory: PathBuf,
    /// The directory of script, WASM and icon. Default: `/usr/share/postern/site`.
    #[serde(default = "defaults::assets_directory")]
    pub assets_directory: PathBuf,
    /// The time in which an agent must answer, in seconds, 5 to 120. Default: 30.
    #[serde(default = "defaults::answer_seconds")]
    pub answer_seconds: u64,
    /// A reverse proxy, on this host or one of `trusted_proxies`, terminates TLS for the browsers
    /// and names the client in `X-Forwarded-For`. Default: false; then `listen` must be a loopback
    /// address.
    #[serde(default)]
    pub behind_proxy: bool,
    /// Addresses and networks of reverse proxies on other hosts. Default: none; then `listen` must
    /// be a loopback address.
    #[serde(default)]
    pub trusted_proxies: TrustedProxies,
    /// The file of the key for hashing networks, the same on every portal of a tenant; created if
    /// it does not exist. Default: `cluster.secret` in the data directory.
    pub cluster_secret_file: Option<PathBuf>,
    /// The limits of connections, and of the time that a request takes to arrive.
    #[serde(default)]
    pub limits: Limits,
    /// The permitted rates, and the work that high rates require.
    #[serde(default)]
    pub throttle: Throttling,
}

/// The reason for which a configuration is rejected.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{file}: {cause}")]
    Unreadable {
        /// The path of the file.
        file: PathBuf,
        /// The error of the system.
        cause: std::io::Error,
    },
    /// The content of the file is not valid.
    #[error("{file}: {cause}")]
    Malformed {
        /// The path of the file.
        file: PathBuf,
        /// The key, the expected value and the value found.
        cause: String,
    },
    /// The value of a variable is not valid.
    #[error("{variable}: {cause}")]
    Variable {
        /// The name of the variable.
        variable: String,
        /// The expected value and the value found.
        cause: String,
    },
}

impl Config {
    /// Reads the file and overrides its keys by the `POSTERN_…` variables. A missing file is an
    /// error only if `file` names it.
    ///
    /// # Errors
    /// [`ConfigError`] names the file or variable, the key, and the expected value.
    pub fn load(
        file: Option<&Path>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let path = file.unwrap_or(Path::new(DEFAULT_FILE));
        let text = read_text(path, file.is_none())?;
        // Parsed before any variable is applied, so that an error in the file is reported with its
        // line.
        let malformed = |error: toml::de::Error| ConfigError::Malformed {
            file: path.to_owned(),
            cause: error.to_string(),
        };
        let mut config: Self = toml::from_str(&text).map_err(malformed)?;
        let file_passes = config.check().is_ok();
        let mut table: Table = toml::from_str(&text).map_err(malformed)?;
        let mut variables = Vec::new();
        for key in postern_config::keys::<Self>("") {
            let Some(name) = key.variable(PREFIX) else {
                continue;
            };
            if let Some(text) = variable(&name) {
                config = key
                    .put(&mut table, text.clone())
                    .map_err(|expected| format!("{expected}, found {text:?}"))
                    .and_then(|()| {
                        let read = table.clone().try_into();
                        read.map_err(|error: toml::de::Error| error.message().to_owned())
                    })
                    .map_err(|cause| ConfigError::Variable {
                        variable: name.clone(),
                        cause,
                    })?;
                variables.push(name);
            }
        }
        config.check().map_err(|cause| match file_passes {
            // The file alone is as it should be: the variables are not.
            true => ConfigError::Variable {
                variable: variables.join(", "),
                cause,
            },
            false => ConfigError::Malformed {
                file: path.to_owned(),
                cause,
            },
        })?;
        Ok(config)
    }

    /// Reports whether a peer is a reverse proxy whose `X-Forwarded-For` is trusted.
    #[must_use]
    pub fn is_trusted_proxy(&self, peer: IpAddr) -> bool {
        let is_loopback = peer.to_canonical().is_loopback();
        self.behind_proxy && (is_loopback || self.trusted_proxies.contains(peer))
    }

    /// Returns the path of the key for hashing networks.
    #[must_use]
    pub fn cluster_secret_file(&self) -> PathBuf {
        let default = || self.data_directory.join("cluster.secret");
        self.cluster_secret_file.clone().unwrap_or_else(default)
    }

    fn check(&self) -> Result<(), String> {
        if !(5..=120).contains(&self.answer_seconds) {
            return Err(format!(
                "answer_seconds: expected 5 to 120, found {}",
                self.answer_seconds
            ));
        }
        if !self.behind_proxy && !self.listen.ip().is_loopback() {
            return Err(format!(
                "listen is {}, which is not loopback: browsers would connect without TLS. \
                 Put a reverse proxy with TLS in front of it, set behind_proxy = true and add the \
                 proxy to trusted_proxies",
                self.listen
            ));
        }
        if !self.behind_proxy && !self.trusted_proxies.is_empty() {
            return Err(String::from(
                "trusted_proxies lists proxies but behind_proxy is false: set behind_proxy = true, \
                 or remove trusted_proxies",
            ));
        }
        if self.trusted_proxies.is_empty() && !self.listen.ip().is_loopback() {
            return Err(format!(
                "listen is {}, which is not loopback, and trusted_proxies is empty: list the \
                 reverse proxy in front of it, as trusted_proxies = [\"10.0.0.5\", \"10.1.0.0/16\"]. \
                 X-Forwarded-For is trusted only from there",
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
        D::Error::custom(format!("{expected}, found {text:?}"))
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

/// Reads a file; one that may be missing is then empty.
fn read_text(path: &Path, may_be_missing: bool) -> Result<String, ConfigError> {
    match std::fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| ConfigError::Malformed {
            file: path.to_owned(),
            cause: String::from("expected UTF-8 text"),
        }),
        Err(error) if may_be_missing && error.kind() == std::io::ErrorKind::NotFound => {
            Ok(String::new())
        }
        Err(cause) => Err(ConfigError::Unreadable {
            file: path.to_owned(),
            cause,
        }),
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
    fn assert_refused(text: &str, expected: &[&str]) {
        let error = load(text, None).unwrap_err();
        for part in expected.iter().chain(&["postern.toml"]) {
            assert!(error.contains(part), "{error:?} does not contain {part:?}");
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
        assert_refused("lisen = 1", &["lisen", "listen"]);
        assert_refused("listen = \"here\"", &["listen"]);
        assert_refused("answer_seconds = 1", &["answer_seconds", "5 to 120"]);
        assert_refused(
            "listen = \"localhost:80\"",
            &["localhost:80", "127.0.0.1:3000"],
        );
        assert_refused("listen = \"0.0.0.0:80\"", &["behind_proxy"]);
        let open = "listen = \"0.0.0.0:80\"\nbehind_proxy = true";
        assert_refused(open, &["trusted_proxies", "10.0.0.5"]);
        let proxies = "trusted_proxies = [\"10.0.0.5\", \"10.1.0.0/16\"]";
        load(&[open, proxies].join("\n"), None).unwrap();
        assert_refused(proxies, &["behind_proxy"]);
        assert_refused("trusted_proxies = [\"proxy\"]", &["proxy", "10.1.0.0/16"]);
        assert_refused(
            "[limits]\nconnections = 1",
            &["limits.connections", "16 to"],
        );
        assert_refused(
            "[limits]\nconnections = 20\nconnections_per_network = 21",
            &["limits.connections_per_network", "1 to 20"],
        );
        assert_refused("[limits]\nrelay_connections = 0", &["relay_connections"]);
        assert_refused("[limits]\nhead_seconds = 0", &["head_seconds", "1 to 60"]);
        assert_refused("[limits]\nbody_seconds = 61", &["body_seconds", "1 to 60"]);
        assert_refused("[[", &["1"]);
        assert_refused("[throttle]\nfree = 1", &["free", "network_free"]);
        assert_refused("[throttle]\nnetwork_free = 600", &["network_cap", "less"]);
        assert_refused("[throttle]\ntenant_free = 0", &["tenant_free", "1 to"]);
        assert_refused("[throttle]\nmost_bits = 21", &["most_bits", "1 to 20"]);
        assert_refused("[throttle]\nleast_bits = 18", &["least_bits", "not more"]);
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
            // Any text is a valid string; for every other type the error names the variable.
            assert!(
                wrong.as_ref().is_ok_and(|config| config.contains("\\0"))
                    || wrong.as_ref().is_err_and(|error| error.contains(&name)),
                "{name}: {wrong:?}"
            );
        }
    }

    #[test]
    fn a_variable_out_of_range_is_named_and_not_the_file() {
        for text in ["", "answer_seconds = 30"] {
            let error = load(text, Some(("POSTERN_ANSWER_SECONDS", "1"))).unwrap_err();
            assert!(error.starts_with("POSTERN_ANSWER_SECONDS: "), "{error}");
            assert!(error.contains("5 to 120"), "{error}");
        }
        let error = load(
            "answer_seconds = 1",
            Some(("POSTERN_LISTEN", "127.0.0.1:81")),
        );
        assert!(error.unwrap_err().contains("postern.toml"));
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
