//! From a configuration to a running agent.

use crate::config::{Config, ConfigError, DirectoryConfig, GatewayConfig, MailConfig, SmtpConfig};
use crate::data::{self, Data, DataError};
use crate::mail::{Mailbox, Mailer, Smtp};
use crate::phone::{Gateway, Phone, Phones};
use crate::{
    Agent, Authenticators, Clock, IssuedCodes, Parts, Passkeys, Quality, SandboxAuthenticators,
    SandboxIssued, StoreError, Tenant, system_clock, system_random,
};
use postern_directory::Directory;
use postern_directory::ldap::{LdapConfig, LdapDirectory};
use postern_directory::sandbox::Sandbox;
use postern_envelope::Secret;
use postern_relay::Hello;
use postern_relay::embedded::{Dial, Timing};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// The least time that an answer to a name takes in a `decoy` tenant: longer than a directory
/// that is well takes.
const DECOY_FLOOR: Duration = Duration::from_millis(600);

/// Why an agent does not start.
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

/// An agent, and what it takes to connect it.
#[derive(Debug)]
pub struct Assembled {
    /// The agent.
    pub agent: Agent,
    /// What it says of itself to the portal.
    pub hello: Hello,
    /// The queues of mails and messages, to be waited for when the agent is gone.
    pub queues: Vec<JoinHandle<()>>,
}

/// Puts an agent together, and says where it connects.
///
/// # Errors
/// [`StartError`] names what is wrong.
pub async fn assemble(config: &Config) -> Result<(Assembled, Dial), StartError> {
    let clock = system_clock();
    let data = Data::at(&config.agent.data_directory);
    let keys = data.keys()?;
    let accounts: (
        Arc<dyn Directory>,
        Arc<dyn Authenticators>,
        Arc<dyn IssuedCodes>,
    ) = match &config.directory {
        DirectoryConfig::Sandbox => {
            let sandbox = Sandbox::new(Arc::clone(&clock));
            let authenticators =
                SandboxAuthenticators::of(&sandbox, config.rules.gates_required.get()).await;
            let (key, random) = (&keys.store, system_random());
            let issued = SandboxIssued::of(&sandbox, key, &random, data.issued()?).await;
            (
                Arc::new(sandbox),
                Arc::new(authenticators),
                Arc::new(issued),
            )
        }
        DirectoryConfig::Ldap(_) => (
            directory(config)?,
            Arc::new(data.authenticators()?),
            Arc::new(data.issued()?),
        ),
    };
    let (directory, authenticators, issued) = accounts;
    let mut queues = Vec::new();
    let mut kept = None;
    let mailer = match &config.mail {
        MailConfig::Sandbox => {
            let mailbox = Mailbox::new(Arc::clone(&clock));
            kept = Some(mailbox.clone());
            Mailer::Sandbox(mailbox)
        }
        MailConfig::Smtp(config) => {
            let (smtp, mails) = smtp(config)?;
            queues.push(mails);
            Mailer::Smtp(smtp)
        }
    };
    let mut phone = |name: &str, gateway: Option<&GatewayConfig>| match gateway {
        Some(config) => {
            let (gateway, messages) = gateway_of(name, config, Arc::clone(&clock))?;
            queues.push(messages);
            Ok::<_, StartError>(Some(Phone::Gateway(gateway)))
        }
        None => Ok(kept.clone().map(Phone::Sandbox)),
    };
    let phones = Phones {
        sms: phone("sms", config.sms.as_ref())?,
        voice: phone("voice", config.voice.as_ref())?,
        host: config.agent.portal.host().map(str::to_owned),
    };
    let passkeys = match &config.passkeys {
        Some(passkeys) => {
            let tenant_name = &config.agent.tenant_name;
            Some(Passkeys::new(passkeys, tenant_name, data.passkeys()?)?)
        }
        None => None,
    };
    let sandbox = matches!(config.directory, DirectoryConfig::Sandbox);
    let dial = Dial {
        url: config.agent.portal.as_str().to_owned(),
        tenant: config.agent.tenant.as_str().to_owned(),
        secret: keys.credentials.secret,
        package_key: keys.credentials.package_key,
        ca_file: config.agent.portal_ca_file.clone(),
        timing: Timing::default(),
        clock: Arc::clone(&clock),
    };
    let agent = Agent::new(Parts {
        tenant: Tenant {
            name: dial.tenant.clone(),
            display_name: config.agent.tenant_name.clone(),
            helpdesk: config.agent.helpdesk.clone(),
        },
        rules: config.rules.clone(),
        key: keys.envelope,
        store_key: keys.store,
        store: data.store()?,
        directory,
        authenticators,
        quality: Quality::load(&config.rules, sandbox)?,
        issued,
        passkeys,
        mailer,
        phones,
        sandbox,
        decoy_floor: DECOY_FLOOR,
        clock,
        random: system_random(),
    });
    let offered = config.rules.errands.offered().iter();
    let hello = Hello {
        version: postern_relay::VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        key: agent.public_key().clone(),
        sandbox,
        errands: offered.map(|errand| errand.name().to_owned()).collect(),
    };
    let assembled = Assembled {
        agent,
        hello,
        queues,
    };
    Ok((assembled, dial))
}

/// The directory of a configuration.
///
/// # Errors
/// A file of it cannot be used.
pub fn directory(config: &Config) -> Result<Arc<dyn Directory>, ConfigError> {
    Ok(match &config.directory {
        DirectoryConfig::Sandbox => Arc::new(Sandbox::new(system_clock())),
        DirectoryConfig::Ldap(ldap) => {
            let directory = LdapDirectory::new(LdapConfig::clone(ldap), system_clock());
            Arc::new(directory.map_err(|error| ConfigError::new("directory", error))?)
        }
    })
}

fn smtp(config: &SmtpConfig) -> Result<(Smtp, JoinHandle<()>), StartError> {
    let ca = authorities("mail", config.ca_file.as_deref())?;
    let credentials = match (&config.user, &config.password_file) {
        (Some(user), Some(file)) => Some((user.clone(), data::read_line(file)?)),
        _ => None,
    };
    let port = config.port.unwrap_or_else(|| config.security.port());
    let from = config.from.0.clone();
    Smtp::start(
        &config.host,
        port,
        config.security,
        ca.as_deref(),
        credentials,
        from,
    )
    .map_err(|error| ConfigError::new("mail.ca_file", error).into())
}

fn gateway_of(
    name: &str,
    config: &GatewayConfig,
    clock: Clock,
) -> Result<(Gateway, JoinHandle<()>), StartError> {
    let ca = authorities(name, config.ca_file.as_deref())?;
    let secret = match &config.secret_file {
        Some(file) => data::read_line(file)?,
        None => Secret::default(),
    };
    Gateway::start(config.clone(), ca.as_deref(), secret, clock)
        .map_err(|error| ConfigError::new(format!("{name}.ca_file"), error).into())
}

/// The certificates that a section trusts besides the system's.
fn authorities(section: &str, file: Option<&Path>) -> Result<Option<Vec<u8>>, ConfigError> {
    let read = |file: &Path| {
        std::fs::read(file).map_err(|error| {
            let fault = format!("{}: {error}", file.display());
            ConfigError::new(format!("{section}.ca_file"), fault)
        })
    };
    file.map(read).transpose()
}
