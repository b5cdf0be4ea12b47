//! How to reach Active Directory: the `[directory]` table of the agent's configuration.

use super::phone;
use core::fmt;
use core::str::FromStr;
use postern_envelope::Secret;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde::Deserialize;
use std::io::Read;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The port of LDAP over TLS.
const LDAPS_PORT: u16 = 636;

/// How to reach Active Directory.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LdapConfig {
    /// A domain controller, as `ldaps://dc1.corp.example` or with `:port`. No default.
    pub url: LdapsUrl,
    /// Where to connect instead of resolving the host of `url`, as `10.0.0.1:636`. The certificate
    /// is still checked against the host of `url`. Default: resolve.
    pub address: Option<SocketAddr>,
    /// The certificates of the authorities that are trusted, in PEM; nothing else is. No default.
    pub ca_file: PathBuf,
    /// The agent's account, as a DN or `svc-postern@corp.example`. No default.
    pub bind_name: String,
    /// The file with the password of the agent's account, read at every sign-in; its mode must be
    /// 0600. No default.
    pub bind_password_file: PathBuf,
    /// Where accounts are looked for. Default: the whole domain (`defaultNamingContext`).
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
    /// The prefix of numbers that are written without one, as `+420`. Default: such numbers are
    /// not used.
    pub country_prefix: Option<String>,
    /// The DNs of groups whose members are protected too. Default: none.
    #[serde(default)]
    pub protected_groups: Vec<String>,
    /// What becomes of accounts with a `servicePrincipalName`: `"refuse"` or `"allow"`.
    /// Default: `"refuse"`.
    #[serde(default)]
    pub service_accounts: ServiceAccounts,
    /// The PDC emulator, in the form of `url`. Default: asked of the directory (`fSMORoleOwner`).
    pub pdc: Option<LdapsUrl>,
    /// Whether a password filter is installed, so that a refusal without a rule may be its doing.
    /// Default: `false`.
    #[serde(default)]
    pub password_filter_installed: bool,
    /// The DNs of groups whose members need two gates: `policy.two_gates_groups`.
    #[serde(skip)]
    pub two_gates_groups: Vec<String>,
}

/// What becomes of accounts with a `servicePrincipalName`: services run under them, and stop when
/// the password is not the one that they were given.
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

/// A configuration that cannot work.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file that cannot be used.
    #[error("{key}: {}: {cause}", path.display())]
    File {
        /// The key that names it.
        key: &'static str,
        /// Its path.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// A value that is not allowed.
    #[error("{key}: {cause}")]
    Value {
        /// The key.
        key: &'static str,
        /// What is allowed.
        cause: &'static str,
    },
}

impl LdapConfig {
    /// The password of the agent's account, without the line end that editors add.
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
        // The exact size first: a buffer that grows leaves copies behind.
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
            // An empty password would be an anonymous sign-in that succeeds (RFC 4513, 5.1.2).
            return Err(wrong("it is empty".to_owned()));
        }
        Ok(Secret::from(text))
    }

    /// TLS that trusts the authorities of `ca_file` and nothing else.
    pub(super) fn tls(&self) -> Result<Arc<ClientConfig>, ConfigError> {
        let wrong = |cause: String| file_error("ca_file", &self.ca_file, cause);
        let mut roots = RootCertStore::empty();
        for certificate in
            CertificateDer::pem_file_iter(&self.ca_file).map_err(|e| wrong(e.to_string()))?
        {
            let certificate = certificate.map_err(|e| wrong(e.to_string()))?;
            roots.add(certificate).map_err(|e| wrong(e.to_string()))?;
        }
        if roots.is_empty() {
            return Err(wrong("it holds no certificate in PEM".to_owned()));
        }
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| wrong(e.to_string()))?;
        Ok(Arc::new(
            builder.with_root_certificates(roots).with_no_client_auth(),
        ))
    }

    /// The attributes that tell where a person can be reached.
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

    /// Refuses values that are of the right type and still cannot work.
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        let value = |key, cause| Err(ConfigError::Value { key, cause });
        if self.bind_name.trim().is_empty() {
            return value("bind_name", "a DN or user@domain is needed");
        }
        if self.mail_attributes.iter().any(|name| !is_attribute(name)) {
            return value("mail_attributes", "names of attributes are needed");
        }
        for (key, numbers) in [
            ("mobile_attributes", &self.mobile_attributes),
            ("phone_attributes", &self.phone_attributes),
        ] {
            if numbers.iter().any(|name| !is_attribute(name)) {
                return value(key, "names of attributes are needed");
            }
        }
        let prefix = self.country_prefix.as_deref();
        if prefix.is_some_and(|prefix| !phone::is_prefix(prefix)) {
            return value("country_prefix", "a plus and 1 to 3 digits, as +420");
        }
        for (key, groups) in [
            ("protected_groups", &self.protected_groups),
            ("policy.two_gates_groups", &self.two_gates_groups),
        ] {
            if groups.iter().any(|dn| !dn.contains('=')) {
                return value(key, "distinguished names are needed");
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

/// The address of a domain controller that speaks LDAP over TLS from the first byte.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LdapsUrl {
    /// The host, lower case; the certificate has to be made out to it.
    pub(super) host: String,
    pub(super) port: u16,
}

impl LdapsUrl {
    /// The same port on another host.
    pub(super) fn with_host(&self, host: &str) -> Option<Self> {
        format!("ldaps://{host}:{}", self.port).parse().ok()
    }
}

impl fmt::Display for LdapsUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ldaps://{}:{}", self.host, self.port)
    }
}

/// Not the address of a domain controller over TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("only ldaps:// with a host and perhaps a port is allowed, as ldaps://dc1.corp.example:636")]
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
        let told = wrong.unwrap_err().to_string();
        assert!(
            told.contains("`refuse`") && told.contains("`allow`"),
            "{told}"
        );
        let wrong = toml::from_str::<LdapConfig>(&format!("{text}verify = false\n"));
        assert!(wrong.unwrap_err().to_string().contains("verify"));
        let wrong = toml::from_str::<LdapConfig>(&text.replace("ldaps:", "ldap:"));
        assert!(wrong.unwrap_err().to_string().contains("only ldaps://"));
    }
}
