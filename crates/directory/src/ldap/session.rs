//! A connection with the data about its directory that operations need.

use super::account::{self, ATTRIBUTES};
use super::config::LdapConfig;
use super::connection::{Connection, Fault};
use super::entry::Entry;
use super::names::{self, DomainNames};
use super::protected::{self, Groups, Sid};
use super::time::from_generalized;
use crate::{Account, Anchor};
use core::sync::atomic::{AtomicBool, Ordering};
use ldap3::Scope;
use postern_envelope::Secret;
use postern_protocol::Reason;
use rustls::ClientConfig;
use std::sync::Arc;

/// Policy hints, newest first (MS-ADTS 3.1.1.3.4.1.27).
const POLICY_HINTS: [&str; 2] = ["1.2.840.113556.1.4.2239", "1.2.840.113556.1.4.2066"];

/// A session with a domain controller.
#[derive(Debug)]
pub(super) struct Session {
    pub connection: Connection,
    /// The DN below which accounts are searched.
    pub base: String,
    /// The DN of the domain.
    pub domain: String,
    /// The domain functional level.
    pub functionality: i64,
    /// Whether the domain controller is the PDC emulator.
    pub is_pdc: bool,
    names: DomainNames,
    /// The control for policy hints that the domain controller lists.
    hints: Option<&'static str>,
    /// The domain controller listed the control and then answered 12.
    hints_refused: AtomicBool,
    groups: Groups,
}

impl Session {
    /// Opens a session with the PDC emulator, to which Windows forwards a new password at once;
    /// with the configured domain controller if the emulator is not known or cannot be reached.
    pub async fn open(
        config: &LdapConfig,
        tls: &Arc<ClientConfig>,
        password: &Secret,
    ) -> Result<Self, Fault> {
        let name = &config.bind_name;
        let first = Connection::open(name, password, tls, &config.url, config.address).await?;
        let first = Self::from_connection(config, first).await?;
        let pdc = match &config.pdc {
            Some(pdc) => Some(pdc.clone()),
            None => first
                .pdc_host()
                .await?
                .and_then(|host| config.url.with_host(&host)),
        };
        let Some(pdc) = pdc else {
            tracing::warn!("the PDC emulator is not known");
            return Ok(first);
        };
        if pdc == config.url {
            return Ok(Self {
                is_pdc: true,
                ..first
            });
        }
        match Connection::open(name, password, tls, &pdc, None).await {
            Ok(connection) => Ok(Self {
                is_pdc: true,
                ..Self::from_connection(config, connection).await?
            }),
            Err(fault) => {
                tracing::warn!(
                    ?fault,
                    pdc = pdc.to_string(),
                    "the PDC emulator cannot be reached"
                );
                Ok(first)
            }
        }
    }

    async fn from_connection(config: &LdapConfig, connection: Connection) -> Result<Self, Fault> {
        let root = connection
            .read(
                "",
                &[
                    "defaultNamingContext",
                    "configurationNamingContext",
                    "supportedControl",
                    "domainFunctionality",
                    "tokenGroups",
                ],
            )
            .await?
            .unwrap_or_default();
        let required = |name: &str| {
            let value = root.text(name).map(str::to_owned);
            value.ok_or_else(|| {
                Fault::refused(Reason::Internal, format_args!("the root DSE has no {name}"))
            })
        };
        let domain = required("defaultNamingContext")?;
        let configuration = required("configurationNamingContext")?;
        let hints = POLICY_HINTS
            .into_iter()
            .find(|oid| root.texts("supportedControl").any(|listed| listed == *oid));
        Ok(Self {
            names: domain_names(&connection, &domain, &configuration).await?,
            groups: groups(&connection, config, agent_sids(&root)?).await?,
            base: config.base.clone().unwrap_or_else(|| domain.clone()),
            functionality: root.number("domainFunctionality").unwrap_or(i64::MAX),
            is_pdc: false,
            hints,
            hints_refused: AtomicBool::new(false),
            domain,
            connection,
        })
    }

    /// Finds the entry of a login name.
    pub async fn find(&self, login_name: &str, contact: &[String]) -> Result<Entry, Fault> {
        let Some(filter) = names::filter(login_name, &self.names) else {
            return Err(Fault::refused(
                Reason::UserNotFound,
                "no account can have this name",
            ));
        };
        exactly_one(self.find_users(&filter, contact).await?)
    }

    /// Finds the entry of an anchor.
    pub async fn find_by_anchor(&self, anchor: Anchor, contact: &[String]) -> Result<Entry, Fault> {
        let filter = format!(
            "(&(objectClass=user)(|{}{}))",
            names::bytes_are("objectGUID", &anchor.0),
            names::bytes_are("mS-DS-ConsistencyGuid", &anchor.0),
        );
        let mut found = self.find_users(&filter, contact).await?;
        // An account may carry another's objectGUID as its own mS-DS-ConsistencyGuid.
        found.retain(|entry| account::anchor(entry).is_ok_and(|own| own == anchor));
        exactly_one(found)
    }

    /// Builds the account of an entry.
    pub async fn account(
        &self,
        entry: &Entry,
        config: &LdapConfig,
        now: u64,
    ) -> Result<Account, Fault> {
        let restrictions = protected::restrictions(&self.connection, entry, &self.groups).await?;
        account::account(entry, restrictions, config, now)
    }

    /// Reports whether an entry is the agent's own account.
    pub fn is_agent(&self, entry: &Entry) -> bool {
        let sid = entry.bytes("objectSid").and_then(Sid::parse);
        sid.is_some_and(|sid| self.groups.agent.contains(&sid))
    }

    /// Checks that the search base exists and may be read.
    pub async fn check_base(&self) -> Result<(), Fault> {
        let base = self.connection.read(&self.base, &["objectClass"]).await?;
        base.map(|_| ()).ok_or_else(|| {
            Fault::refused(
                Reason::Internal,
                format_args!(
                    "directory.base: nothing can be read at {}: expected the name of a container \
                     that exists and that the agent's account may read",
                    self.base
                ),
            )
        })
    }

    /// Reads the directory's clock, in seconds since the Unix epoch.
    pub async fn time(&self) -> Result<u64, Fault> {
        let root = self.connection.read("", &["currentTime"]).await?;
        let time = root.and_then(|root| root.text("currentTime").and_then(from_generalized));
        time.ok_or_else(|| Fault::refused(Reason::Internal, "the root DSE has no currentTime"))
    }

    /// Returns the control that enforces history and minimum age on a reset, if it is supported.
    pub fn hints(&self) -> Option<&'static str> {
        self.hints
            .filter(|_| !self.hints_refused.load(Ordering::Relaxed))
    }

    /// Reports whether history and minimum age are enforced on a reset.
    pub fn honours_hints(&self) -> bool {
        self.hints().is_some()
    }

    /// Remembers that policy hints are listed but not honoured.
    pub fn mark_hints_unsupported(&self) {
        tracing::warn!("the domain controller lists policy hints and does not honour them");
        self.hints_refused.store(true, Ordering::Relaxed);
    }

    /// Searches the entries that match a filter, with their contact attributes.
    pub async fn find_users(&self, filter: &str, contact: &[String]) -> Result<Vec<Entry>, Fault> {
        let mut attributes = ATTRIBUTES.to_vec();
        attributes.extend(contact.iter().map(String::as_str));
        let found = self
            .connection
            .search(&self.base, Scope::Subtree, filter, &attributes);
        match found.await {
            Err(Fault::Answered { code: 32, loggable }) => Err(Fault::refused(
                Reason::Internal,
                format_args!(
                    "directory.base: nothing can be read at {}: {loggable}",
                    self.base
                ),
            )),
            found => found,
        }
    }

    /// Returns the host of the PDC emulator; `None` if the entries that name it may not be read.
    async fn pdc_host(&self) -> Result<Option<String>, Fault> {
        let head = self
            .connection
            .read(&self.domain, &["fSMORoleOwner"])
            .await?;
        let settings = head.and_then(|head| head.text("fSMORoleOwner").map(str::to_owned));
        // CN=NTDS Settings,CN=DC1,CN=Servers,…: the server object is its parent.
        let Some((_, server)) = settings.as_deref().and_then(|dn| dn.split_once(',')) else {
            return Ok(None);
        };
        let server = self.connection.read(server, &["dNSHostName"]).await?;
        Ok(server.and_then(|server| server.text("dNSHostName").map(str::to_owned)))
    }
}

async fn groups(
    connection: &Connection,
    config: &LdapConfig,
    agent: Vec<Sid>,
) -> Result<Groups, Fault> {
    let resolve = |key, dns| protected::resolve(connection, key, dns);
    Ok(Groups {
        protected: resolve("directory.protected_groups", &config.protected_groups).await?,
        two_gates: resolve("policy.two_gates_groups", &config.two_gates_groups).await?,
        agent,
        service_accounts: config.service_accounts,
    })
}

/// Returns the SIDs of the account that has signed in and of its groups, from the root DSE: they do
/// not depend on the name with which the agent's account signed in (MS-ADTS 3.1.1.3.2).
fn agent_sids(root: &Entry) -> Result<Vec<Sid>, Fault> {
    let sids = root.all("tokenGroups").iter();
    let sids: Option<Vec<Sid>> = sids.map(|sid| Sid::parse(sid)).collect();
    // If the account's own SID were not among them, it would not be recognised and could be reset.
    sids.filter(|sids| sids.iter().any(Sid::is_domain_sid))
        .ok_or_else(|| {
            Fault::refused(
                Reason::Internal,
                "the root DSE does not name the account that signed in (tokenGroups): the agent's \
                 own account could not be distinguished from others",
            )
        })
}

async fn domain_names(
    connection: &Connection,
    domain: &str,
    configuration: &str,
) -> Result<DomainNames, Fault> {
    let filter = format!(
        "(&(objectClass=crossRef)(nCName={}))",
        ldap3::ldap_escape(domain)
    );
    let partitions = format!("CN=Partitions,{configuration}");
    let attributes = ["dnsRoot", "nETBIOSName"];
    let found = connection
        .search(&partitions, Scope::OneLevel, &filter, &attributes)
        .await?;
    let text = |name| {
        let value = found.first().and_then(|entry| entry.text(name));
        value.unwrap_or_default().to_owned()
    };
    Ok(DomainNames {
        dns: text("dnsRoot"),
        netbios: text("nETBIOSName"),
    })
}

fn exactly_one(mut found: Vec<Entry>) -> Result<Entry, Fault> {
    match (found.pop(), found.is_empty()) {
        (Some(entry), true) => Ok(entry),
        (None, _) => Err(Fault::refused(Reason::UserNotFound, "no such account")),
        (Some(_), false) => Err(Fault::refused(
            Reason::AccountAmbiguous,
            "several accounts have this name",
        )),
    }
}
