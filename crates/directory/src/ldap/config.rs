//! The connection to Active Directory: the `[directory]` table of the agent's configuration.

use super::phone;
use core::fmt;
use core::str::FromStr;
use postern_envelope::Secret;
use rustls::ClientConfig;
use serde::Deserialize;
use std::io::Read;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The port of LDAP over TLS.
const LDAPS_PORT: u16 = 636;

/// The connection to Active Directory.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LdapConfig {
    /// The URL of a domain controller: `ldaps://dc1.corp.example`, optionally with `:port`. No
    /// default.
    pub url: LdapsUrl,
    /// The address to connect to instead of resolving the host of `url`, such as `10.0.0.1:636`.
    /// The certificate is still checked against the host of `url`. Default: resolve.
    pub address: Option<SocketAddr>,
    /// A PEM file with the only certificate authorities that are trusted. No default.
    pub ca_file: PathBuf,
    /// The agent's account, as a DN or `svc-postern@corp.example`. No default.
    pub bind_name: String,
    /// The file with the password of the agent's account, read at every sign-in; its mode must be
    /// 0600. No default.
    pub bind_password_file: PathBuf,
    /// The DN to search for accounts. Default: the whole domain (`defaultNamingContext`).
    pub base: Option<String>,
    /// The attributes with the addresses for codes and notices, best first.
    /// Default: `["otherMailbox", "mail"]`.
    #[serde(default = "default_mail_attributes")]
    pub mail_attributes: Vec<String>,
    /// The attributes with the numbers for text messages, best first. Default: `["mobile"]`.
    #[serde(default = "default_mobile_attributes")]
    pub mobile_attributes: Vec<String>,
    /// The attributes with the numbers for calls, best first.
    /// Default: `["mobile", "telephoneNumber"]`.
    #[serde(default = "default_phone_attributes")]
    pub phone_attributes: Vec<String>,
    /// The prefix for numbers that are written without one, such as `+420`. Default: such numbers
    /// are not used.
    pub country_prefix: Option<String>,
    /// The DNs of further groups whose members are protected. Default: none.
    #[serde(default)]
    pub protected_groups: Vec<String>,
    /// The treatment of accounts with a `servicePrincipalName`: `"refuse"` or `"allow"`.
    /// Default: `"refuse"`.
    #[serde(default)]
    pub service_accounts: ServiceAccounts,
    /// The PDC emulator, in the form of `url`. Default: read from the directory (`fSMORoleOwner`).
    pub pdc: Option<LdapsUrl>,
    /// Whether a password filter is installed, so that it may be the cause of an unexplained
    /// refusal. Default: `false`.
    #[serde(default)]
    pub password_filter_installed: bool,
    /// The DNs of groups whose members need two gates, from `policy.two_gates_groups`.
    #[serde(skip)]
    pub two_gates_groups: Vec<String>,
}

/// The treatment of accounts with a `servicePrincipalName`: services run under them, and stop when
/// the password is no longer the one that they were configured with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ServiceAccounts {
    /// They are protected.
    #[default]
    Refuse,
    /// They are treated as any other account.
    Allow,
}

fn default_mail_attributes() -> Vec<String> {
    ["otherMailbox", "mail"].map(str::to_owned).into()
}

fn default_mobile_attributes() -> Vec<String> {
    vec!["mobile".to_owned()]
}

fn default_phone_attributes() -> Vec<String> {
    ["mobile", "telephoneNumber"].map(str::to_owned).into()
}

/// An error in the configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file that cannot be used.
    #[error("{key}: {}: {cause}", path.display())]
    File {
        /// The key that names the file.
        key: &'static str,
        /// The path of the file.
        path: PathBuf,
        /// The error.
        cause: String,
    },
    /// A value that cannot be used.
    #[error("{key}: {cause}")]
    Value {
        /// The key.
        key: &'static str,
        /// The values expected, and the value found.
        cause: String,
    },
}

impl LdapConfig {
    /// Reads the password of the agent's account, without the line end that editors add.
    pub(super) fn bind_password(&self) -> Result<Secret, ConfigError> {
        let wrong =
            |cause: String| file_error("bind_password_file", &self.bind_password_file, cause);
        let mut file =
            std::fs::File::open(&self.bind_password_file).map_err(|e| wrong(e.to_string()))?;
        let metadata = file.metadata().map_err(|e| wrong(e.to_string()))?;
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o7777;
            if mode & 0o077 != 0 {
                let cause = format!("others may read it: its mode is {mode:04o}, expected 0600");
                return Err(wrong(cause));
            }
        }
        // Allocated at its exact size: a buffer that grows leaves copies behind.
        let size = usize::try_from(metadata.len()).unwrap_or_default() + 1;
        let mut bytes = Vec::with_capacity(size);
        let read = file.read_to_end(&mut bytes);
        let whole = Secret::new(bytes);
        read.map_err(|e| wrong(e.to_string()))?;
        let text = whole
            .expose_str()
            .ok_or_else(|| wrong("it is not UTF-8".to_owned()))?
            .trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            // A bind with an empty password succeeds as an anonymous one (RFC 4513, 5.1.2).
            return Err(wrong("it is empty".to_owned()));
        }
        Ok(Secret::from(text))
    }

    /// Builds a TLS configuration that trusts only the authorities of `ca_file`.
    pub(super) fn tls(&self) -> Result<Arc<ClientConfig>, ConfigError> {
        let wrong = |cause: String| file_error("ca_file", &self.ca_file, cause);
        let roots = postern_host::authorities::load(&self.ca_file).map_err(wrong)?;
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| wrong(e.to_string()))?;
        Ok(Arc::new(
            builder.with_root_certificates(roots).with_no_client_auth(),
        ))
    }

    /// Returns the attributes with contact data.
    pub(super) fn contact_attributes(&self) -> Vec<String> {
        let lists = [
            &self.mail_attributes,
            &self.mobile_attributes,
            &self.phone_attributes,
        ];
        let mut names: Vec<String> = lists.into_iter().flatten().cloned().collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Checks values whose type is right but which cannot be used.
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        let value = |key, expected: &str, found: &str| {
            let cause = format!("expected {expected}, found {found:?}");
            Err(ConfigError::Value { key, cause })
        };
        if self.bind_name.trim().is_empty() {
            return value("bind_name", "a DN or user@domain", &self.bind_name);
        }
        let mut attributes = self.mail_attributes.iter();
        if let Some(name) = attributes.find(|name| !is_attribute(name)) {
            return value("mail_attributes", "names of attributes", name);
        }
        for (key, numbers) in [
            ("mobile_attributes", &self.mobile_attributes),
            ("phone_attributes", &self.phone_attributes),
        ] {
            if let Some(name) = numbers.iter().find(|name| !is_attribute(name)) {
                return value(key, "names of attributes", name);
            }
        }
        let prefix = self.country_prefix.as_deref();
        if let Some(prefix) = prefix.filter(|prefix| !phone::is_prefix(prefix)) {
            return value("country_prefix", "+ and 1 to 3 digits, as +420", prefix);
        }
        for (key, groups) in [
            ("protected_groups", &self.protected_groups),
            ("policy.two_gates_groups", &self.two_gates_groups),
        ] {
            if let Some(dn) = groups.iter().find(|dn| !dn.contains('=')) {
                return value(key, "distinguished names", dn);
            }
        }
        Ok(())
    }
}

fn file_error(key: &'static str, path: &Path, cause: String) -> ConfigError {
    ConfigError::File {
        key,
        path: path.to_owned(),
        cause,
    }
}

fn is_attribute(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(allowed)
}

/// The URL of a domain controller with LDAP over TLS from the first byte (no StartTLS).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LdapsUrl {
    /// The host in lower case; the certificate must be issued for it.
    pub(super) host: String,
    pub(super) port: u16,
}

impl LdapsUrl {
    /// Returns the URL of the same port on another host; `None` if it is not the name of a host.
    pub(super) fn with_host(&self, host: &str) -> Option<Self> {
        format!("ldaps://{host}:{}", self.port).parse().ok()
    }
}

impl fmt::Display for LdapsUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ldaps://{}:{}", self.host, self.port)
    }
}

/// The error for a text that is not the URL of a domain controller over TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected ldaps:// with a host and an optional port, as ldaps://dc1.corp.example:636")]
pub struct NotLdaps;

impl FromStr for LdapsUrl {
    type Err = NotLdaps;

    fn from_str(text: &str) -> Result<Self, NotLdaps> {
        let rest = text.strip_prefix("ldaps://").ok_or(NotLdaps)?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match rest.split_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| NotLdaps)?),
            None => (rest, LDAPS_PORT),
        };
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        if host.is_empty() || !host.chars().all(allowed) || port == 0 {
            return Err(NotLdaps);
        }
        let host = host.to_ascii_lowercase();
        Ok(Self { host, port })
    }
}

impl TryFrom<String> for LdapsUrl {
    type Error = NotLdaps;

    fn try_from(text: String) -> Result<Self, NotLdaps> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ldaps_is_taken() {
        let url: LdapsUrl = "ldaps://DC1.corp.example".parse().unwrap();
        assert_eq!(url.to_string(), "ldaps://dc1.corp.example:636");
        let url: LdapsUrl = "ldaps://dc1.corp.example:3269/".parse().unwrap();
        assert_eq!(url.port, 3269);
        for wrong in [
            "ldap://dc1.corp.example",
            "dc1.corp.example",
            "ldaps://",
            "ldaps://dc1:0",
            "ldaps://dc1:x",
            "ldaps://u@dc1",
            "ldaps://dc1/dc=x",
        ] {
            assert_eq!(wrong.parse::<LdapsUrl>(), Err(NotLdaps), "{wrong}");
        }
    }

    #[test]
    fn an_unknown_key_is_refused_and_defaults_are_as_documented() {
        let text = "url = 'ldaps://dc1'\nca_file = 'ca'\nbind_name = 'a@b'\n\
                    bind_password_file = 'p'\n";
        let config: LdapConfig = toml::from_str(text).unwrap();
        assert_eq!(config.mail_attributes, ["otherMailbox", "mail"]);
        assert!(!config.password_filter_installed && config.protected_groups.is_empty());
        assert_eq!(config.service_accounts, ServiceAccounts::Refuse);
        let allowing = format!("{text}service_accounts = 'allow'\n");
        let config: LdapConfig = toml::from_str(&allowing).unwrap();
        assert_eq!(config.service_accounts, ServiceAccounts::Allow);
        let wrong = toml::from_str::<LdapConfig>(&allowing.replace("allow", "yes"));
        let message = wrong.unwrap_err().to_string();
        assert!(
            message.contains("`refuse`") && message.contains("`allow`"),
            "{message}"
        );
        let wrong = toml::from_str::<LdapConfig>(&format!("{text}verify = false\n"));
        assert!(wrong.unwrap_err().to_string().contains("verify"));
        let wrong = toml::from_str::<LdapConfig>(&text.replace("ldaps:", "ldap:"));
        assert!(wrong.unwrap_err().to_string().contains("expected ldaps://"));
    }
}
