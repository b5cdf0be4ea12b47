//! From a configuration to a running agent.

use crate::config::{Config, ConfigError, DirectoryConfig, MailConfig, SmtpConfig};
use crate::data::{self, Data, DataError};
use crate::mail::{Mailbox, Mailer, Outbox, Smtp};
use crate::{
    Agent, Authenticators, Parts, SandboxAuthenticators, StoreError, Tenant, Wording, system_clock,
    system_random,
};
use postern_directory::Directory;
use postern_directory::ldap::{LdapConfig, LdapDirectory};
use postern_directory::sandbox::Sandbox;
use postern_relay::Hello;
use postern_relay::embedded::{Dial, Timing};
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
    /// The queue of mails, to be waited for when the agent is gone.
    pub mails: Option<JoinHandle<()>>,
}

/// Puts an agent together, and says where it connects.
///
/// # Errors
/// [`StartError`] names what is wrong.
pub async fn assemble(config: &Config) -> Result<(Assembled, Dial), StartError> {
    let clock = system_clock();
    let data = Data::at(&config.agent.data_directory);
    let keys = data.keys()?;
    let (directory, authenticators): (Arc<dyn Directory>, Arc<dyn Authenticators>) =
        match &config.directory {
            DirectoryConfig::Sandbox => {
                let sandbox = Sandbox::new(Arc::clone(&clock));
                let authenticators =
                    SandboxAuthenticators::of(&sandbox, config.rules.gates_required.get()).await;
                (Arc::new(sandbox), Arc::new(authenticators))
            }
            DirectoryConfig::Ldap(_) => (directory(config)?, Arc::new(data.authenticators()?)),
        };
    let store = data.store()?;
    let (mailer, mails) = match &config.mail {
        MailConfig::Sandbox => (Mailer::Sandbox(Mailbox::new(Arc::clone(&clock))), None),
        MailConfig::Smtp(config) => {
            let (store, key) = (store.clone(), keys.store.clone());
            let outbox = Outbox::start(smtp(config)?, store, key, Arc::clone(&clock));
            let (outbox, mails) = outbox.await?;
            (Mailer::Smtp(outbox), Some(mails))
        }
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
        store,
        directory,
        authenticators,
        mailer,
        wording: Wording {
            time_zone: config.agent.time_zone.0.clone(),
        },
        sandbox,
        decoy_floor: DECOY_FLOOR,
        clock,
        random: system_random(),
    });
    let hello = Hello {
        version: postern_relay::VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        key: agent.public_key().clone(),
        sandbox,
    };
    let assembled = Assembled {
        agent,
        hello,
        mails,
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

fn smtp(config: &SmtpConfig) -> Result<Smtp, StartError> {
    let ca = match &config.ca_file {
        None => None,
        Some(file) => {
            let pem = std::fs::read(file);
            Some(
                pem.map_err(|error| wrong_mail("ca_file", format!("{}: {error}", file.display())))?,
            )
        }
    };
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
    .map_err(|error| wrong_mail("ca_file", error).into())
}

fn wrong_mail(key: &str, fault: impl core::fmt::Display) -> ConfigError {
    ConfigError::new(format!("mail.{key}"), fault)
}
