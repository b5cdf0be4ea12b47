//! Active Directory over LDAPS, through one connection to the PDC emulator that is kept open.

mod account;
mod config;
mod connection;
mod entry;
mod lockout;
mod names;
mod phone;
mod policy;
mod protected;
mod result;
mod session;
mod sign_in;
mod time;
mod write;

pub use config::{ConfigError, LdapConfig, LdapsUrl, NotLdaps, ServiceAccounts};

use crate::{Account, Anchor, Clock, Directory, Failure, Verified};
use async_trait::async_trait;
use connection::{Connection, Fault};
use core::fmt;
use entry::Entry;
use lockout::AttemptLocks;
use postern_envelope::Secret;
use postern_protocol::{Policy, Reason};
use result::SignIn;
use rustls::ClientConfig;
use session::Session;
use sign_in::RejectedBindPassword;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::Mutex;

/// The allowed difference in seconds between the agent's clock and the directory's, as in Kerberos.
const CLOCK_TOLERANCE_SECONDS: u64 = 5 * 60;

/// The engine for Active Directory.
pub struct LdapDirectory {
    config: LdapConfig,
    tls: Arc<ClientConfig>,
    clock: Clock,
    session: Mutex<Option<Arc<Session>>>,
    rejected_password: Mutex<Option<RejectedBindPassword>>,
    attempt_locks: AttemptLocks,
}

/// The capabilities of the directory, for the person who sets the agent up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The host of the domain controller in use.
    pub server: String,
    /// Whether it is the PDC emulator.
    pub is_pdc: bool,
    /// The DN below which accounts are searched.
    pub base: String,
    /// Whether the directory enforces history and minimum age on a reset; if not, only the agent's
    /// own check of the minimum age applies.
    pub history_enforced: bool,
    /// Whether the agent's account may read fine-grained policies.
    pub policies_readable: bool,
}

/// Runs a read, and runs it once more on a new session if the kept one turns out to be lost. For
/// reads only: a write must not be repeated like this.
macro_rules! reading {
    ($self:ident, $session:ident => $ask:expr) => {{
        let $session = $self.session().await?;
        match $ask.await {
            Err(fault) if fault.is_lost() => {
                $self.forget(&$session).await;
                let $session = $self.session().await?;
                $ask.await.map(|answer| ($session, answer))
            }
            answer => answer.map(|answer| ($session, answer)),
        }
        .map_err(Failure::from)
    }};
}

impl LdapDirectory {
    /// Creates an engine that has not connected yet. Reads its files, to report a bad one early.
    ///
    /// # Errors
    ///
    /// A value or a file of the configuration cannot be used.
    pub fn new(config: LdapConfig, clock: Clock) -> Result<Self, ConfigError> {
        config.validate()?;
        config.bind_password()?;
        Ok(Self {
            tls: config.tls()?,
            config,
            clock,
            session: Mutex::new(None),
            rejected_password: Mutex::new(None),
            attempt_locks: AttemptLocks::default(),
        })
    }

    /// Describes the capabilities of the directory.
    ///
    /// # Errors
    ///
    /// The directory cannot be reached, or refuses the reads.
    pub async fn describe(&self) -> Result<Description, Failure> {
        let (session, policies_readable) = reading!(self, session => policy::readable(&session))?;
        Ok(Description {
            server: session.connection.host.clone(),
            is_pdc: session.is_pdc,
            base: session.base.clone(),
            history_enforced: session.honours_hints(),
            policies_readable,
        })
    }

    fn now(&self) -> u64 {
        (self.clock)()
    }

    /// Returns the kept session, or opens one. Opening holds the lock, so that only one is opened.
    async fn session(&self) -> Result<Arc<Session>, Failure> {
        let mut kept = self.session.lock().await;
        if let Some(session) = kept.as_ref().filter(|session| session.connection.is_open()) {
            return Ok(Arc::clone(session));
        }
        let session = Arc::new(self.open().await?);
        tracing::info!(
            server = session.connection.host,
            pdc = session.is_pdc,
            policy_hints = session.honours_hints(),
            "signed in to the directory"
        );
        *kept = Some(Arc::clone(&session));
        Ok(session)
    }

    /// Opens a session, unless this password was rejected a short time ago.
    async fn open(&self) -> Result<Session, Failure> {
        let password = self.config.bind_password();
        let password = password.map_err(|error| Failure::new(Reason::Internal, error))?;
        let mut rejected = self.rejected_password.lock().await;
        let known = rejected.as_ref();
        let failure = known.and_then(|rejected| rejected.recent_failure(&password, self.now()));
        if let Some(failure) = failure {
            return Err(failure);
        }
        match Session::open(&self.config, &self.tls, &password).await {
            Err(Fault::WrongPassword(failure)) => {
                *rejected = Some(RejectedBindPassword::new(
                    password,
                    failure.clone(),
                    self.now(),
                ));
                Err(failure)
            }
            opened => {
                *rejected = None;
                opened.map_err(Failure::from)
            }
        }
    }

    /// Drops a lost session, unless another one has replaced it.
    async fn forget(&self, lost: &Arc<Session>) {
        let mut kept = self.session.lock().await;
        if kept
            .as_ref()
            .is_some_and(|session| Arc::ptr_eq(session, lost))
        {
            *kept = None;
        }
    }

    async fn read(&self, session: &Session, entry: Entry) -> Result<Account, Fault> {
        session.account(&entry, &self.config, self.now()).await
    }

    /// Writes a new password: a change if the current one is given, else a reset.
    async fn write(
        &self,
        account: &Account,
        current: Option<&Secret>,
        password: &Secret,
    ) -> Result<(), Failure> {
        let anchor = account.anchor;
        let _attempt = match current {
            Some(_) => Some(self.attempt_locks.lock(anchor).await),
            None => None,
        };
        let (session, entry) = match current {
            Some(_) => reading!(self, session => self.reread_for_try(&session, anchor))?,
            None => reading!(self, session => self.reread_and_check(&session, anchor))?,
        };
        let done = write::set_password(self, &session, anchor, entry, current, password).await;
        if done
            .as_ref()
            .is_err_and(|failure| failure.reason == Reason::InDoubt)
        {
            self.forget(&session).await;
        }
        done
    }

    /// Returns the URL of a session's domain controller, and its address if one is configured.
    fn address_of(&self, host: &str) -> Result<(LdapsUrl, Option<SocketAddr>), Failure> {
        let known = [Some(&self.config.url), self.config.pdc.as_ref()];
        let known = known.into_iter().flatten().find(|url| url.host == host);
        let url = known.cloned().or_else(|| self.config.url.with_host(host));
        let url = url.ok_or_else(|| {
            Failure::new(
                Reason::Internal,
                format_args!("expected the name of a host, found {host:?}"),
            )
        })?;
        let address = self.config.address.filter(|_| url == self.config.url);
        Ok((url, address))
    }

    /// Reads the entry of an anchor again, and checks that its current password may be tried.
    async fn reread_for_try(&self, session: &Session, anchor: Anchor) -> Result<Entry, Fault> {
        let entry = self.reread_and_check(session, anchor).await?;
        lockout::allow_try(session, &entry, self.now()).await?;
        Ok(entry)
    }

    /// Reads the entry of an anchor again, and checks that its account may be reset.
    async fn reread_and_check(&self, session: &Session, anchor: Anchor) -> Result<Entry, Fault> {
        let entry = session.find_by_anchor(anchor, &[]).await?;
        let account = session.account(&entry, &self.config, self.now()).await?;
        let reason = if account.protected {
            Reason::AccountProtected
        } else if account.disabled {
            Reason::AccountDisabled
        } else if account.expired {
            Reason::AccountExpired
        } else {
            return Ok(entry);
        };
        Err(Fault::refused(
            reason,
            "found when the account was read again before use",
        ))
    }
}

#[async_trait]
impl Directory for LdapDirectory {
    async fn find(&self, login_name: &str) -> Result<Account, Failure> {
        let contact = &self.config.contact_attributes();
        let (_, account) = reading!(self, session => async {
            self.read(&session, session.find(login_name, contact).await?).await
        })?;
        Ok(account)
    }

    async fn account(&self, anchor: Anchor) -> Result<Account, Failure> {
        let contact = &self.config.contact_attributes();
        let (_, account) = reading!(self, session => async {
            self.read(&session, session.find_by_anchor(anchor, contact).await?).await
        })?;
        Ok(account)
    }

    async fn policy(&self, account: &Account) -> Result<Policy, Failure> {
        let (_, policy) = reading!(self, session => async {
            let entry = session.find_by_anchor(account.anchor, &[]).await?;
            policy::effective(&session, &entry, self.now()).await
        })?;
        Ok(policy)
    }

    #[tracing::instrument(skip_all)]
    async fn set_password(&self, account: &Account, password: &Secret) -> Result<(), Failure> {
        self.write(account, None, password).await
    }

    #[tracing::instrument(skip_all)]
    async fn change_password(
        &self,
        account: &Account,
        current: &Secret,
        password: &Secret,
    ) -> Result<(), Failure> {
        self.write(account, Some(current), password).await
    }

    async fn verify_password(
        &self,
        account: &Account,
        password: &Secret,
    ) -> Result<Verified, Failure> {
        // A bind with an empty password succeeds without authenticating (RFC 4513 section 5.1.2).
        if password.expose().is_empty() || password.expose_str().is_none() {
            return Ok(Verified::Wrong);
        }
        let anchor = account.anchor;
        let _attempt = self.attempt_locks.lock(anchor).await;
        let (session, entry) = reading!(self, session => self.reread_for_try(&session, anchor))?;
        let (url, address) = self.address_of(&session.connection.host)?;
        let answer = Connection::sign_in(&entry.dn, password, &self.tls, &url, address);
        let (code, text) = answer.await?;
        match result::classify_sign_in(code, &text) {
            SignIn::Verified(verified) => Ok(verified),
            SignIn::Refused(reason) => Err(Failure::new(
                reason,
                result::describe_bind_failure(code, &text),
            )),
        }
    }

    #[tracing::instrument(skip_all)]
    async fn unlock(&self, account: &Account) -> Result<bool, Failure> {
        let anchor = account.anchor;
        let (session, entry) = reading!(self, session => self.reread_and_check(&session, anchor))?;
        write::unlock(&session, &entry).await
    }

    async fn find_by_mail(&self, address: &str) -> Result<Vec<Account>, Failure> {
        let mail = &self.config.mail_attributes;
        let Some(filter) = names::mail_filter(address, mail) else {
            return Ok(Vec::new());
        };
        let (_, accounts) = reading!(self, session => async {
            let mut accounts = Vec::new();
            for entry in session.find_users(&filter, mail).await? {
                if session.is_agent(&entry) {
                    continue;
                }
                accounts.push(self.read(&session, entry).await?);
            }
            Ok::<_, Fault>(accounts)
        })?;
        Ok(accounts)
    }

    async fn check(&self) -> Result<(), Failure> {
        let (_, directory_time) = reading!(self, session => async {
            session.check_base().await?;
            session.time().await
        })?;
        let difference = directory_time.abs_diff(self.now());
        if difference > CLOCK_TOLERANCE_SECONDS {
            return Err(Failure::new(
                Reason::ClockWrong,
                format_args!("{difference} seconds from the directory's clock"),
            ));
        }
        Ok(())
    }
}

impl fmt::Debug for LdapDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LdapDirectory")
            .field("url", &self.config.url)
            .finish_non_exhaustive()
    }
}
