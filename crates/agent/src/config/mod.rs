//! The agent's configuration: a TOML file and `POSTERN_AGENT_…` environment variables. The agent
//! does not start with a wrong one; the error names the file, the key and what was expected.

mod environment;
mod external_store;
mod gateway;
mod mail;
mod passkeys;
pub mod rules;
mod values;

pub use external_store::ExternalPasswordStore;
pub use mail::{MailConfig, SmtpConfig};
pub use passkeys::{Origin, PasskeyConfig};
pub use postern_notify::phone::GatewayConfig;
pub use rules::{Gates, Rules, UnknownNames};
pub use values::{Bits, PortalUrl, TenantName, Zone};

use core::fmt;
use postern_directory::ldap::LdapConfig;
use postern_protocol::GateKind;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The default path of the configuration file.
pub const DEFAULT_FILE: &str = "/etc/postern/agent.toml";

/// The configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The agent's identity and its connection to the portal.
    pub agent: AgentConfig,
    /// `[directory]`: the directory of the accounts.
    pub directory: DirectoryConfig,
    /// `[mail]`: the transport of mails.
    pub mail: MailConfig,
    /// `[sms]`: the gateway for text messages, if there is one.
    pub sms: Option<GatewayConfig>,
    /// `[voice]`: the gateway for calls, if there is one.
    pub voice: Option<GatewayConfig>,
    /// `[passkeys]`: the origins that may use passkeys, if there are any.
    pub passkeys: Option<PasskeyConfig>,
    /// `[policy]`: the tenant's rules.
    pub rules: Rules,
}

/// The agent's identity and its connection to the portal: the keys before the first section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentConfig {
    /// The tenant's name, as in the portal's URLs: 1 to 32 of `a-z`, `0-9` and `-`. No default.
    pub tenant: TenantName,
    /// The name that people know the tenant by, used in mails. No default.
    pub tenant_name: String,
    /// The helpdesk's contact details, used in mails. No default.
    pub helpdesk: String,
    /// The time zone of the times in mails, such as `Europe/Vilnius`. Default: this machine's.
    #[serde(default)]
    pub time_zone: Zone,
    /// A folder with files `<language>.ftl`, which override our texts of mails and of messages to
    /// phones. Default: none.
    pub texts: Option<PathBuf>,
    /// The portal, such as `https://reset.contoso.example`; `http://` only for a portal on this
    /// machine. No default.
    pub portal: PortalUrl,
    /// The certificates of the authorities that must have issued the portal's certificate, in PEM.
    /// Default: those of the system.
    pub portal_ca_file: Option<PathBuf>,
    /// The directory of the keys and the store. Default `/var/lib/postern-agent`.
    #[serde(default = "default_data_directory")]
    pub data_directory: PathBuf,
    /// The Unix socket on which the agent accepts commands from its host. Default `agent.sock` in
    /// the data directory.
    pub socket: Option<PathBuf>,
    /// The size in bits of the key that browsers seal to: 2048, 3072 or 4096. Default 3072.
    #[serde(default)]
    pub key_bits: Bits,
}

impl AgentConfig {
    /// Returns the path of the socket for commands from this host.
    #[must_use]
    pub fn control_socket(&self) -> PathBuf {
        let default = || self.data_directory.join("agent.sock");
        self.socket.clone().unwrap_or_else(default)
    }
}

fn default_data_directory() -> PathBuf {
    "/var/lib/postern-agent".into()
}

/// The directory of the accounts: `type` and the keys of that type.
#[derive(Clone, Debug)]
pub enum DirectoryConfig {
    /// `"sandbox"`: scripted accounts in memory. No further keys.
    Sandbox,
    /// `"ldap"`: Active Directory.
    Ldap(Box<LdapConfig>),
}

/// An error in the configuration: its place, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct ConfigError {
    place: String,
    fault: String,
}

impl ConfigError {
    /// Creates an error at a place: a file, a key in it, or a variable.
    pub fn new(place: impl fmt::Display, fault: impl fmt::Display) -> Self {
        Self {
            place: place.to_string(),
            fault: fault.to_string().trim().to_owned(),
        }
    }
}

impl Config {
    /// Reads the file and the environment variables that override it.
    ///
    /// # Errors
    /// [`ConfigError`] names the file, the key and what was expected.
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
        let directory = DirectoryConfig::read(take_section(&mut table, "directory")?)?;
        let mail = MailConfig::read(take_section(&mut table, "mail")?)?;
        let mut gateway = |name| {
            let section = table.remove(name);
            section
                .map(|section| gateway::read(name, section))
                .transpose()
        };
        let (sms, voice) = (gateway("sms")?, gateway("voice")?);
        let passkeys = table.remove("passkeys");
        let passkeys = passkeys.map(|passkeys| section::<PasskeyConfig>("passkeys", passkeys));
        let passkeys = passkeys
            .transpose()?
            .map(PasskeyConfig::validate)
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
        config.validate()
    }

    /// Checks the rules that span sections, and hands the groups of the policy to the directory.
    fn validate(mut self) -> Result<Self, ConfigError> {
        let sandbox = matches!(self.directory, DirectoryConfig::Sandbox);
        if matches!(self.mail, MailConfig::Sandbox) && !sandbox {
            let fault = "expected \"smtp\" unless directory.type is \"sandbox\", found \"sandbox\"";
            return Err(ConfigError::new("mail.type", fault));
        }
        let required = usize::from(self.rules.gates_required.get());
        let kinds = self.rules.gates.kinds();
        if kinds.len() < required {
            let most = kinds.len();
            let fault = format!(
                "expected at most {most}, the number of kinds in policy.gates, found {required}"
            );
            return Err(ConfigError::new("policy.gates_required", fault));
        }
        let mut always = self.rules.gates_always().iter();
        if let Some(other) = always.find(|kind| !kinds.contains(kind)) {
            let name = other.name();
            let fault = format!("expected kinds that are in policy.gates, found \"{name}\"");
            return Err(ConfigError::new("policy.gates_always", fault));
        }
        let groups = &self.rules.two_gates_groups;
        if kinds.len() < 2 && !groups.is_empty() {
            let fault = "expected no groups unless policy.gates has two kinds or more";
            return Err(ConfigError::new("policy.two_gates_groups", fault));
        }
        for (kind, gateway) in [(GateKind::Sms, &self.sms), (GateKind::Voice, &self.voice)] {
            let sandbox_mail = matches!(self.mail, MailConfig::Sandbox);
            if self.rules.gates.kinds().contains(&kind) && gateway.is_none() && !sandbox_mail {
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
        match take_type(&mut table, "directory")?.as_str() {
            "sandbox" => reject_other_keys("directory", &table).map(|()| Self::Sandbox),
            "ldap" => section("directory", Value::Table(table)).map(Self::Ldap),
            other => Err(ConfigError::new(
                "directory.type",
                format!("expected \"sandbox\" or \"ldap\", found {other:?}"),
            )),
        }
    }
}

/// Reports whether `host`, `host:port` or `host:port/path` is this machine.
pub(crate) fn is_loopback(authority: &str) -> bool {
    let authority = authority.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    postern_relay::is_loopback(host)
}

/// Deserializes a section into its type; the error names the key.
fn section<T: for<'de> Deserialize<'de>>(name: &str, value: Value) -> Result<T, ConfigError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let key = Some(path.as_str()).filter(|path| *path != ".");
        let section = Some(name).filter(|name| !name.is_empty());
        let place: Vec<_> = section.into_iter().chain(key).collect();
        ConfigError::new(place.join("."), error.inner().message())
    })
}

/// Removes a required section from the table.
fn take_section(table: &mut Table, name: &str) -> Result<Table, ConfigError> {
    match table.remove(name) {
        Some(Value::Table(section)) => Ok(section),
        _ => Err(ConfigError::new(
            name,
            format!("expected the section [{name}]"),
        )),
    }
}

/// Removes the `type` of a section.
fn take_type(table: &mut Table, name: &str) -> Result<String, ConfigError> {
    match table.remove("type") {
        Some(Value::String(kind)) => Ok(kind),
        _ => Err(ConfigError::new(
            format!("{name}.type"),
            "expected a string",
        )),
    }
}

fn reject_other_keys(name: &str, table: &Table) -> Result<(), ConfigError> {
    match table.keys().next() {
        None => Ok(()),
        Some(key) => {
            let fault = "expected no other key than type where it is \"sandbox\"";
            Err(ConfigError::new(format!("{name}.{key}"), fault))
        }
    }
}

#[cfg(test)]
mod tests;
