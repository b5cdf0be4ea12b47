//! Builds a running agent from a configuration.

use crate::agent::{Agent, Parts};
use crate::config::{Config, ConfigError, DirectoryConfig, MailConfig, PasskeyConfig, SmtpConfig};
use crate::data::{self, Data, DataError};
use crate::quality::Quality;
use postern_directory::Directory;
use postern_directory::ldap::{LdapConfig, LdapDirectory};
use postern_directory::sandbox::{DEAD_NUMBER, MAIL_DOMAIN, Sandbox};
use postern_envelope::Secret;
use postern_gates::{GateParts, Gates, OwnDomain, RelyingParty, SandboxCodes};
use postern_i18n::Language;
use postern_notify::mail::{Mailer, Outbox, Smtp};
use postern_notify::phone::{Gateway, GatewayConfig, Phone, Phones};
use postern_notify::{Mailbox, Tenant, Wording};
use postern_relay::Hello;
use postern_relay::embedded::{Credentials, Dial, Timing};
use postern_store::store::StoreError;
use postern_store::{Clock, Memory, system_clock, system_random};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// The least time that an answer to a name takes in a `decoy` tenant: longer than a healthy
/// directory takes.
const DECOY_FLOOR: Duration = Duration::from_millis(600);

/// The reason why an agent does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The data directory is wrong.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An agent, its hello and its queues.
#[derive(Debug)]
pub struct Assembled {
    /// The agent.
    pub agent: Agent,
    /// The agent's description of itself for the portal.
    pub hello: Hello,
    /// The queues of mails and messages, to be awaited after the agent is dropped.
    pub queues: Vec<JoinHandle<()>>,
}

/// Builds an agent, and the settings of its connection to the portal.
///
/// # Errors
/// [`StartError`] names the cause.
pub async fn assemble(config: &Config) -> Result<(Assembled, Dial), StartError> {
    let clock = system_clock();
    let data = Data::at(&config.agent.data_directory);
    let keys = data.keys()?;
    // Before the store is opened, so that errors of the configuration are reported first.
    let (directory, sandbox) = open_directory(config, &clock)?;
    let memory = Memory {
        store: data.store(&keys.store)?,
        key: keys.store,
        clock: Arc::clone(&clock),
        random: system_random(),
    };
    let sandbox_codes = match &sandbox {
        Some(sandbox) => {
            let required = config.rules.gates_required.get();
            Some(SandboxCodes::script(sandbox, &memory, required).await?)
        }
        None => None,
    };
    let sandbox = sandbox.is_some();
    let Transports {
        mailer,
        phones,
        queues,
    } = start_transports(config, &memory).await?;
    let wording = load_wording(config)?;
    let gates = Gates::new(GateParts {
        memory: memory.clone(),
        mailer: mailer.clone(),
        phones,
        wording: wording.clone(),
        own_domains: own_domains(config),
        relying_party: relying_party(config)?,
        sandbox_codes,
    });
    let agent = Agent::new(Parts {
        rules: config.rules.clone(),
        key: keys.envelope,
        memory,
        directory,
        gates,
        quality: Quality::load(&config.rules, sandbox)?,
        mailer,
        wording,
        sandbox,
        decoy_floor: DECOY_FLOOR,
    });
    let hello = hello(config, &agent, sandbox);
    let dial = dial(config, keys.credentials, clock);
    let assembled = Assembled {
        agent,
        hello,
        queues,
    };
    Ok((assembled, dial))
}

/// Returns the agent's description of itself for the portal.
fn hello(config: &Config, agent: &Agent, sandbox: bool) -> Hello {
    let offered = config.rules.flows.offered().iter();
    Hello {
        version: postern_relay::VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        key: agent.public_key().clone(),
        sandbox,
        flows: offered
            .map(|flow_kind| flow_kind.name().to_owned())
            .collect(),
        now: None,
    }
}

/// Returns the settings of the connection to the portal.
fn dial(config: &Config, credentials: Credentials, clock: Clock) -> Dial {
    Dial {
        url: config.agent.portal.as_str().to_owned(),
        tenant: config.agent.tenant.as_str().to_owned(),
        secret: credentials.secret,
        package_key: credentials.package_key,
        ca_file: config.agent.portal_ca_file.clone(),
        timing: Timing::default(),
        clock,
    }
}

/// The transports of mails and messages, and their queues.
struct Transports {
    mailer: Mailer,
    phones: Phones,
    queues: Vec<JoinHandle<()>>,
}

/// Starts the transports. In the sandbox, messages to phones are kept with the mails.
async fn start_transports(config: &Config, memory: &Memory) -> Result<Transports, StartError> {
    let mut queues = Vec::new();
    let mut sandbox_mailbox = None;
    let mailer = match &config.mail {
        MailConfig::Sandbox => {
            let mailbox = Mailbox::new(Arc::clone(&memory.clock));
            sandbox_mailbox = Some(mailbox.clone());
            Mailer::Sandbox(mailbox)
        }
        MailConfig::Smtp(config) => {
            let (outbox, mails) = Outbox::start(smtp(config)?, memory.clone()).await?;
            outbox.check();
            queues.push(mails);
            Mailer::Smtp(outbox)
        }
    };
    let mut phone = |name: &str, gateway: Option<&GatewayConfig>| match gateway {
        Some(config) => {
            let (gateway, messages) = start_gateway(name, config, Arc::clone(&memory.clock))?;
            queues.push(messages);
            Ok::<_, StartError>(Some(Phone::Gateway(gateway)))
        }
        None => Ok(sandbox_mailbox.clone().map(|mailbox| Phone::Sandbox {
            mailbox,
            dead_number: DEAD_NUMBER,
        })),
    };
    let phones = Phones {
        sms: phone("sms", config.sms.as_ref())?,
        voice: phone("voice", config.voice.as_ref())?,
        host: config.agent.portal.host().map(str::to_owned),
    };
    Ok(Transports {
        mailer,
        phones,
        queues,
    })
}

/// Returns the organisation's own mail domains; in the sandbox that of its accounts.
fn own_domains(config: &Config) -> Vec<OwnDomain> {
    match &config.mail {
        MailConfig::Sandbox => OwnDomain::new(MAIL_DOMAIN).into_iter().collect(),
        MailConfig::Smtp(smtp) => smtp.own_domains(),
    }
}

/// Returns the relying party of passkeys, if the tenant uses them.
fn relying_party(config: &Config) -> Result<Option<RelyingParty>, ConfigError> {
    let of = |passkeys: &PasskeyConfig| {
        let origins: Vec<_> = passkeys
            .origins
            .iter()
            .map(|origin| origin.0.clone())
            .collect();
        RelyingParty::new(passkeys.rp_id(), &origins, &config.agent.tenant_name)
            .map_err(|error| ConfigError::new("passkeys.origins", error))
    };
    config.passkeys.as_ref().map(of).transpose()
}

/// The directory and, if it is that, the sandbox.
type OpenDirectory = (Arc<dyn Directory>, Option<Arc<Sandbox>>);

fn open_directory(config: &Config, clock: &Clock) -> Result<OpenDirectory, ConfigError> {
    Ok(match &config.directory {
        DirectoryConfig::Sandbox => {
            let sandbox = Arc::new(Sandbox::new(Arc::clone(clock)));
            (Arc::clone(&sandbox) as _, Some(sandbox))
        }
        DirectoryConfig::Ldap(ldap) => (ldap_directory(ldap)?, None),
    })
}

fn ldap_directory(config: &LdapConfig) -> Result<Arc<dyn Directory>, ConfigError> {
    let directory = LdapDirectory::new(config.clone(), system_clock());
    Ok(Arc::new(
        directory.map_err(|error| ConfigError::new("directory", error))?,
    ))
}

/// Loads the wording of mails and messages: our texts, overridden by the files `<language>.ftl` of
/// the tenant's folder.
fn load_wording(config: &Config) -> Result<Wording, ConfigError> {
    let tenant = Tenant {
        name: config.agent.tenant.as_str().to_owned(),
        display_name: config.agent.tenant_name.clone(),
        helpdesk: config.agent.helpdesk.clone(),
    };
    let mut wording = Wording::new(tenant, config.agent.time_zone.0.clone());
    let Some(folder) = &config.agent.texts else {
        return Ok(wording);
    };
    let error_at = |path: &Path, fault: &dyn core::fmt::Display| {
        ConfigError::new(format!("texts: {}", path.display()), fault)
    };
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    for entry in entries.map_err(|error| error_at(folder, &error))? {
        let path = entry.path();
        let name = entry.file_name();
        let language = name.to_str().and_then(|name| {
            let code = name.strip_suffix(".ftl")?;
            code.parse::<Language>().ok()
        });
        let Some(language) = language else {
            let names = Language::ALL.map(|language| format!("{}.ftl", language.code()));
            let fault = format!("expected one of {}, found {name:?}", names.join(", "));
            return Err(error_at(&path, &fault));
        };
        let source = std::fs::read_to_string(&path).map_err(|error| error_at(&path, &error))?;
        let overridden = wording.with_overrides(language, &source);
        wording = overridden.map_err(|fault| error_at(&path, &fault))?;
    }
    Ok(wording)
}

fn smtp(config: &SmtpConfig) -> Result<Smtp, StartError> {
    let ca = read_ca_file("mail", config.ca_file.as_deref())?;
    let credentials = match (&config.user, &config.password_file) {
        (Some(user), Some(file)) => Some((user.clone(), data::read_line(file)?)),
        _ => None,
    };
    let port = config.port.unwrap_or_else(|| config.security.port());
    let from = config.from.0.clone();
    Smtp::new(
        &config.host,
        port,
        config.security,
        ca.as_deref(),
        credentials,
        from,
    )
    .map_err(|error| ConfigError::new("mail.ca_file", error).into())
}

fn start_gateway(
    name: &str,
    config: &GatewayConfig,
    clock: Clock,
) -> Result<(Gateway, JoinHandle<()>), StartError> {
    let ca = read_ca_file(name, config.ca_file.as_deref())?;
    let secret = match &config.secret_file {
        Some(file) => data::read_line(file)?,
        None => Secret::default(),
    };
    Gateway::start(config.clone(), ca.as_deref(), secret, clock)
        .map_err(|error| ConfigError::new(format!("{name}.ca_file"), error).into())
}

/// Reads the certificates that a section trusts besides the system's.
fn read_ca_file(section: &str, file: Option<&Path>) -> Result<Option<Vec<u8>>, ConfigError> {
    let read = |file: &Path| {
        std::fs::read(file).map_err(|error| {
            let fault = format!("{}: {error}", file.display());
            ConfigError::new(format!("{section}.ca_file"), fault)
        })
    };
    file.map(read).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenants_own_words_are_checked_when_they_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let texts = folder.path().join("texts");
        std::fs::create_dir(&texts).unwrap();
        let file = folder.path().join("agent.toml");
        let text = format!(
            "tenant = 'contoso'\ntenant_name = 'Contoso'\nhelpdesk = 'x'\ntexts = '{}'\n\
             portal = 'http://127.0.0.1:1'\n[directory]\ntype = 'sandbox'\n\
             [mail]\ntype = 'sandbox'\n",
            texts.display()
        );
        std::fs::write(&file, text).unwrap();
        let config = Config::load(&file, []).unwrap();
        load_wording(&config).unwrap();
        for (name, text, fault) in [
            ("en.ftl", "mail-when = At\n", None),
            (
                "en.ftl",
                "mail-wen = At\n",
                Some("mail-wen: there is no text with this key "),
            ),
            (
                "en.ftl",
                "mail-when = { $x }\n",
                Some("mail-when: expected no argument, found $x"),
            ),
            ("de.ftl", "", Some("expected one of en.ftl, cs.ftl, ")),
            ("notes.txt", "", Some("expected one of en.ftl, ")),
        ] {
            let path = texts.join(name);
            std::fs::write(&path, text).unwrap();
            let read = load_wording(&config).map_err(|error| error.to_string());
            std::fs::remove_file(&path).unwrap();
            match (read, fault) {
                (Ok(_), None) => {}
                (Err(error), Some(fault)) => {
                    let begins = format!("texts: {}: {fault}", path.display());
                    assert!(error.starts_with(&begins), "{error}");
                }
                (read, _) => panic!("{name}: {read:?}"),
            }
        }
        std::fs::remove_dir(&texts).unwrap();
        assert!(load_wording(&config).is_err());
    }
}
