//! The agent's configuration: a TOML file and `POSTERN_AGENT_…` environment variables. What is
//! wrong is named, with its file, its key and what is allowed, and the agent does not start.

mod environment;
mod external_store;
mod gateway;
mod mail;
mod passkeys;
pub mod rules;

pub use external_store::ExternalPasswordStore;
pub use gateway::GatewayConfig;
pub use mail::{MailConfig, SmtpConfig};
pub use passkeys::{Origin, PasskeyConfig};
pub use rules::{Gates, Rules, UnknownNames};

use core::fmt;
use jiff::tz::TimeZone;
use postern_directory::ldap::LdapConfig;
use postern_envelope::open::KeyBits;
use postern_protocol::GateKind;
use serde::Deserialize;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// Where the configuration is, unless it is said.
pub const DEFAULT_FILE: &str = "/etc/postern/agent.toml";

/// The configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Who the agent is and where it connects.
    pub agent: AgentConfig,
    /// `[directory]`: where the accounts are.
    pub directory: DirectoryConfig,
    /// `[mail]`: how mails are sent.
    pub mail: MailConfig,
    /// `[sms]`: how text messages are sent, if they are.
    pub sms: Option<GatewayConfig>,
    /// `[voice]`: how calls are made, if they are.
    pub voice: Option<GatewayConfig>,
    /// `[passkeys]`: for which pages passkeys are good, if there are any.
    pub passkeys: Option<PasskeyConfig>,
    /// `[policy]`: what is asked of a person.
    pub rules: Rules,
}

/// Who the agent is and where it connects: the keys before the first section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentConfig {
    /// The tenant's name, as in the portal's addresses: 1 to 32 of `a-z`, `0-9` and `-`. No default.
    pub tenant: TenantName,
    /// The name that people know the tenant by; it stands in mails. No default.
    pub tenant_name: String,
    /// How to reach the helpdesk; it stands in mails. No default.
    pub helpdesk: String,
    /// The time zone in which mails tell moments, as `Europe/Vilnius`. Default: this machine's.
    #[serde(default)]
    pub time_zone: Zone,
    /// A folder with files `<language>.ftl`, whose texts stand over ours of mails and of messages to
    /// phones. Default: none.
    pub texts: Option<PathBuf>,
    /// The portal, as `https://reset.contoso.example`; `http://` for a portal on this machine only.
    /// No default.
    pub portal: PortalUrl,
    /// The certificates of the authorities that the portal's own must come from, in PEM.
    /// Default: those of the system.
    pub portal_ca_file: Option<PathBuf>,
    /// Where keys and the store are. Default `/var/lib/postern-agent`.
    #[serde(default = "default_data_directory")]
    pub data_directory: PathBuf,
    /// The Unix socket on which the agent takes commands of its host. Default `agent.sock` in the
    /// data directory.
    pub socket: Option<PathBuf>,
    /// The size of the key that browsers seal to: 2048, 3072 or 4096. Default 3072.
    #[serde(default)]
    pub key_bits: Bits,
}

impl AgentConfig {
    /// Where the agent takes commands of its host.
    #[must_use]
    pub fn control_socket(&self) -> PathBuf {
        let default = || self.data_directory.join("agent.sock");
        self.socket.clone().unwrap_or_else(default)
    }
}

fn default_data_directory() -> PathBuf {
    "/var/lib/postern-agent".into()
}

/// Where the accounts are: `type` and the keys that go with it.
#[derive(Clone, Debug)]
pub enum DirectoryConfig {
    /// `"sandbox"`: scripted accounts in memory. No further keys.
    Sandbox,
    /// `"ldap"`: Active Directory.
    Ldap(Box<LdapConfig>),
}

/// A tenant's name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct TenantName(String);

/// The portal's address, as the relay takes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PortalUrl(String);

/// The size of the envelope key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct Bits(pub KeyBits);

/// A time zone of the IANA database.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Zone(pub TimeZone);

/// What is wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct ConfigError {
    place: String,
    fault: String,
}

impl ConfigError {
    /// A fault at a place: a file, a key in it, a variable.
    pub fn new(place: impl fmt::Display, fault: impl fmt::Display) -> Self {
        Self {
            place: place.to_string(),
            fault: fault.to_string().trim().to_owned(),
        }
    }
}

impl Config {
    /// Reads the file, and the variables that stand over it.
    ///
    /// # Errors
    /// [`ConfigError`] names the file, the key and what is allowed.
    pub fn load(
        file: &Path,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(file)
            .map_err(|error| ConfigError::new(file.display(), error))?;
        let mut table: Table =
            toml::from_str(&text).map_err(|error| ConfigError::new(file.display(), error))?;
        environment::overlay(&mut table, environment)?;
        Self::read(table).map_err(|error| {
            let place = match error.place.as_str() {
                "" => file.display().to_string(),
                key => format!("{}: {key}", file.display()),
            };
            ConfigError::new(place, error.fault)
        })
    }

    fn read(mut table: Table) -> Result<Self, ConfigError> {
        let rules = match table.remove("policy") {
            Some(policy) => section("policy", policy)?,
            None => Rules::default(),
        };
        let directory = DirectoryConfig::read(take(&mut table, "directory")?)?;
        let mail = MailConfig::read(take(&mut table, "mail")?)?;
        let mut gateway = |name| {
            let section = table.remove(name);
            section
                .map(|section| GatewayConfig::read(name, section))
                .transpose()
        };
        let (sms, voice) = (gateway("sms")?, gateway("voice")?);
        let passkeys = table.remove("passkeys");
        let passkeys = passkeys.map(|passkeys| section::<PasskeyConfig>("passkeys", passkeys));
        let passkeys = passkeys
            .transpose()?
            .map(PasskeyConfig::checked)
            .transpose()?;
        let agent = section("", Value::Table(table))?;
        let config = Self {
            agent,
            directory,
            mail,
            sms,
            voice,
            passkeys,
            rules,
        };
        config.checked()
    }

    /// What no section can say alone.
    fn checked(mut self) -> Result<Self, ConfigError> {
        let sandbox = matches!(self.directory, DirectoryConfig::Sandbox);
        if matches!(self.mail, MailConfig::Sandbox) && !sandbox {
            let fault = "\"sandbox\" is allowed only where directory.type is \"sandbox\"";
            return Err(ConfigError::new("mail.type", fault));
        }
        let required = usize::from(self.rules.gates_required.get());
        if self.rules.gates.kinds().len() < required {
            let fault = "allowed is no more than there are kinds in policy.gates";
            return Err(ConfigError::new("policy.gates_required", fault));
        }
        let mut always = self.rules.gates_always().iter();
        if !always.all(|kind| self.rules.gates.kinds().contains(kind)) {
            let fault = "allowed are kinds that are in policy.gates";
            return Err(ConfigError::new("policy.gates_always", fault));
        }
        let groups = &self.rules.two_gates_groups;
        if self.rules.gates.kinds().len() < 2 && !groups.is_empty() {
            let fault = "allowed only where policy.gates has two kinds or more";
            return Err(ConfigError::new("policy.two_gates_groups", fault));
        }
        for (kind, gateway) in [(GateKind::Sms, &self.sms), (GateKind::Voice, &self.voice)] {
            let kept = matches!(self.mail, MailConfig::Sandbox);
            if self.rules.gates.kinds().contains(&kind) && gateway.is_none() && !kept {
                let name = kind.name();
                let fault = format!("\"{name}\" needs the section [{name}]");
                return Err(ConfigError::new("policy.gates", fault));
            }
        }
        if self.rules.gates.kinds().contains(&GateKind::Passkey) && self.passkeys.is_none() {
            let fault = "\"passkey\" needs the section [passkeys]";
            return Err(ConfigError::new("policy.gates", fault));
        }
        if let DirectoryConfig::Ldap(ldap) = &mut self.directory {
            ldap.two_gates_groups
                .clone_from(&self.rules.two_gates_groups);
        }
        Ok(self)
    }
}

impl DirectoryConfig {
    fn read(mut table: Table) -> Result<Self, ConfigError> {
        match kind(&mut table, "directory")?.as_str() {
            "sandbox" => nothing_else("directory", &table).map(|()| Self::Sandbox),
            "ldap" => section("directory", Value::Table(table)).map(Self::Ldap),
            _ => Err(ConfigError::new(
                "directory.type",
                "allowed are \"sandbox\" and \"ldap\"",
            )),
        }
    }
}

impl TenantName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TenantName {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        if postern_envelope::is_tenant_name(&name) {
            Ok(Self(name))
        } else {
            Err("allowed are 1 to 32 of a-z, 0-9 and -")
        }
    }
}

impl PortalUrl {
    /// The address, as `wss://…`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The portal's name, if it has one that people's browsers know too.
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
            "http" | "ws" => return Err("without TLS only a portal on this machine is allowed"),
            _ => "",
        };
        if scheme.is_empty() || rest.is_empty() || rest.contains(['@', '?', '#', ' ']) {
            return Err("allowed is an address as https://reset.contoso.example");
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
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        let zone = TimeZone::get(&name).map(Self);
        zone.map_err(|_| "allowed is a time zone as Europe/Vilnius or UTC")
    }
}

impl Default for Bits {
    fn default() -> Self {
        Self(KeyBits::Rsa3072)
    }
}

impl TryFrom<i64> for Bits {
    type Error = &'static str;

    fn try_from(bits: i64) -> Result<Self, Self::Error> {
        match bits {
            2048 => Ok(Self(KeyBits::Rsa2048)),
            3072 => Ok(Self(KeyBits::Rsa3072)),
            4096 => Ok(Self(KeyBits::Rsa4096)),
            _ => Err("allowed are 2048, 3072 and 4096"),
        }
    }
}

/// Whether `host`, `host:port` or `host:port/path` is this machine.
pub(crate) fn is_loopback(authority: &str) -> bool {
    let authority = authority.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Reads a section into its type; a fault names the key.
fn section<T: for<'de> Deserialize<'de>>(name: &str, value: Value) -> Result<T, ConfigError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let key = Some(path.as_str()).filter(|path| *path != ".");
        let section = Some(name).filter(|name| !name.is_empty());
        let place: Vec<_> = section.into_iter().chain(key).collect();
        ConfigError::new(place.join("."), error.inner().message())
    })
}

/// A section that must be there.
fn take(table: &mut Table, name: &str) -> Result<Table, ConfigError> {
    match table.remove(name) {
        Some(Value::Table(section)) => Ok(section),
        _ => Err(ConfigError::new(
            name,
            format!("the section [{name}] is needed"),
        )),
    }
}

/// A section's `type`.
fn kind(table: &mut Table, name: &str) -> Result<String, ConfigError> {
    match table.remove("type") {
        Some(Value::String(kind)) => Ok(kind),
        _ => Err(ConfigError::new(
            format!("{name}.type"),
            "a text is needed here",
        )),
    }
}

fn nothing_else(name: &str, table: &Table) -> Result<(), ConfigError> {
    match table.keys().next() {
        None => Ok(()),
        Some(key) => {
            let fault = "not allowed where the type is \"sandbox\"";
            Err(ConfigError::new(format!("{name}.{key}"), fault))
        }
    }
}

#[cfg(test)]
mod tests;
