//! One signed-in connection to a domain controller, with a time limit on every operation.

use super::config::LdapsUrl;
use super::entry::Entry;
use super::result;
use crate::Failure;
use core::time::Duration;
use ldap3::controls::RawControl;
use ldap3::{
    Ldap, LdapConnAsync, LdapConnSettings, LdapError, Mod, Scope, SearchOptions, StdStream,
};
use postern_envelope::Secret;
use postern_protocol::Reason;
use rustls::ClientConfig;
use std::hash::Hash;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The time limit for connecting, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The time limit for one operation.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(10);

/// An operation that did not succeed.
#[derive(Debug)]
pub(super) enum Fault {
    /// The connection was lost before the operation was sent.
    Unsent(String),
    /// The operation may have been sent, and there is no answer.
    Lost(String),
    /// The directory answered with a result code other than 0.
    Answered {
        code: u32,
        /// The code and the parts of the answer's text that may be logged.
        loggable: String,
    },
    /// The password of the agent's account is wrong: trying it again may lock the account out.
    WrongPassword(Failure),
    /// Any other failure: a value is missing or invalid, say, or forbids the operation.
    Refused(Failure),
}

impl Fault {
    /// Reports whether the connection was lost, so that a new one may succeed.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Unsent(_) | Self::Lost(_))
    }

    /// Creates a fault with its reason and its cause as text.
    pub fn refused(reason: Reason, cause: impl core::fmt::Display) -> Self {
        Self::Refused(Failure::new(reason, cause))
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Unsent(cause) | Fault::Lost(cause) => {
                Self::new(Reason::DirectoryUnreachable, cause)
            }
            Fault::Answered { code, loggable } => Self::new(
                result::read_failure_reason(code),
                format_args!("the directory answered {loggable}"),
            ),
            Fault::WrongPassword(failure) | Fault::Refused(failure) => failure,
        }
    }
}

impl From<LdapError> for Fault {
    fn from(error: LdapError) -> Self {
        match error {
            LdapError::OpSend { .. } => Self::Unsent("the connection is closed".to_owned()),
            LdapError::LdapResult { result } => Self::Answered {
                code: result.rc,
                loggable: result::loggable(result.rc, &result.text),
            },
            LdapError::FilterParsing => {
                Self::refused(Reason::Internal, "this agent built an invalid LDAP filter")
            }
            error => Self::Lost(error.to_string()),
        }
    }
}

/// A connection on which the agent's account has signed in.
#[derive(Debug)]
pub(super) struct Connection {
    ldap: Ldap,
    /// The host of the domain controller.
    pub host: String,
}

impl Connection {
    /// Connects and signs in with the agent's account.
    pub async fn open(
        name: &str,
        password: &Secret,
        tls: &Arc<ClientConfig>,
        url: &LdapsUrl,
        address: Option<SocketAddr>,
    ) -> Result<Self, Fault> {
        let connection = Self::connect_unauthenticated(tls, url, address).await?;
        let (code, text) = connection.bind(name, password).await?;
        if code == 0 {
            return Ok(connection);
        }
        let cause = result::describe_bind_failure(code, &text);
        let cause = format!("{url}: the agent's account cannot sign in: {cause}");
        let failure = Failure::new(Reason::DirectoryUnreachable, cause);
        Err(if result::is_wrong_password(code, &text) {
            Fault::WrongPassword(failure)
        } else {
            Fault::Refused(failure)
        })
    }

    /// Signs a person in on a separate connection; returns the answer's code and text.
    pub async fn sign_in(
        name: &str,
        password: &Secret,
        tls: &Arc<ClientConfig>,
        url: &LdapsUrl,
        address: Option<SocketAddr>,
    ) -> Result<(u32, String), Fault> {
        let connection = Self::connect_unauthenticated(tls, url, address).await?;
        connection.bind(name, password).await
    }

    /// Connects without signing in.
    async fn connect_unauthenticated(
        tls: &Arc<ClientConfig>,
        url: &LdapsUrl,
        address: Option<SocketAddr>,
    ) -> Result<Self, Fault> {
        let unreachable = |cause: String| {
            Fault::refused(Reason::DirectoryUnreachable, format_args!("{url}: {cause}"))
        };
        let ldap = timeout(CONNECT_TIMEOUT, connect(tls, url, address))
            .await
            .map_err(|_| unreachable("no connection within 5 seconds".to_owned()))?
            .map_err(|error| unreachable(error.to_string()))?;
        Ok(Self {
            ldap,
            host: url.host.clone(),
        })
    }

    async fn bind(&self, name: &str, password: &Secret) -> Result<(u32, String), Fault> {
        let mut ldap = self.ldap.clone();
        let text = password.expose_str().unwrap_or_default();
        let cause = |cause: String| {
            let cause = [&self.host, ": no answer to the sign-in: ", &cause].concat();
            Fault::refused(Reason::DirectoryUnreachable, cause)
        };
        let answer = timeout(OPERATION_TIMEOUT, ldap.simple_bind(name, text))
            .await
            .map_err(|_| cause("timed out after 10 seconds".to_owned()))?
            .map_err(|error| cause(error.to_string()))?;
        Ok((answer.rc, answer.text))
    }

    /// Reports whether the connection still accepts operations.
    pub fn is_open(&self) -> bool {
        !self.ldap.clone().is_closed()
    }

    /// Searches. Referrals to other directories are not followed.
    pub async fn search(
        &self,
        base: &str,
        scope: Scope,
        filter: &str,
        attributes: &[&str],
    ) -> Result<Vec<Entry>, Fault> {
        let mut ldap = self.ldap.clone();
        let options = SearchOptions::new().timelimit(10);
        ldap.with_search_options(options);
        let search = ldap.search(base, scope, filter, attributes);
        let (entries, _) = timeout(OPERATION_TIMEOUT, search)
            .await
            .map_err(|_| no_answer())??
            .success()?;
        Ok(entries.into_iter().map(Entry::from).collect())
    }

    /// Reads one entry; `None` if it does not exist or may not be seen.
    pub async fn read(&self, dn: &str, attributes: &[&str]) -> Result<Option<Entry>, Fault> {
        let found = self.search(dn, Scope::Base, "(objectClass=*)", attributes);
        match found.await {
            Ok(entries) => Ok(entries.into_iter().next()),
            Err(Fault::Answered { code: 32, .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Changes one entry; returns the answer's code and text, also if it is a refusal.
    pub async fn modify<S: AsRef<[u8]> + Eq + Hash>(
        &self,
        dn: &str,
        changes: Vec<Mod<S>>,
        controls: Vec<RawControl>,
    ) -> Result<(u32, String), Fault> {
        let mut ldap = self.ldap.clone();
        if !controls.is_empty() {
            ldap.with_controls(controls);
        }
        let answer = timeout(OPERATION_TIMEOUT, ldap.modify(dn, changes))
            .await
            .map_err(|_| no_answer())??;
        Ok((answer.rc, answer.text))
    }
}

async fn connect(
    tls: &Arc<ClientConfig>,
    url: &LdapsUrl,
    address: Option<SocketAddr>,
) -> Result<Ldap, LdapError> {
    let stream = match address {
        Some(address) => TcpStream::connect(address).await?,
        None => TcpStream::connect((url.host.as_str(), url.port)).await?,
    };
    stream.set_nodelay(true)?;
    let settings = LdapConnSettings::new()
        .set_config(Arc::clone(tls))
        .set_std_stream(StdStream::Tcp(stream.into_std()?));
    let (driver, ldap) = LdapConnAsync::with_settings(settings, &url.to_string()).await?;
    // Ends by itself when the last handle is dropped.
    tokio::spawn(async move {
        if let Err(error) = driver.drive().await {
            tracing::debug!(%error, "an LDAP connection ended");
        }
    });
    Ok(ldap)
}

fn no_answer() -> Fault {
    Fault::Lost("no answer within 10 seconds".to_owned())
}
