//! `[mail]`: the transport of codes and notices.

use super::{ConfigError, is_loopback, reject_other_keys, section, take_type};
use postern_gates::{MAX_OWN_DOMAIN_BYTES, OwnDomain};
use postern_notify::mail::{Address, Security};
use serde::Deserialize;
use std::path::PathBuf;
use toml::{Table, Value};

/// The transport of mails: `type` and the keys of that type.
#[derive(Clone, Debug)]
pub enum MailConfig {
    /// `"sandbox"`: mails are kept in memory and shown on the sandbox's page. No further keys.
    Sandbox,
    /// `"smtp"`: mails are sent through an SMTP server.
    Smtp(SmtpConfig),
}

/// The SMTP server that mails are sent through.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    /// The server's host name, which its certificate must carry. No default.
    pub host: String,
    /// The server's port. Default: 587 for `starttls`, 465 for `tls`, 25 for `none`.
    pub port: Option<u16>,
    /// `"starttls"` (nothing is sent without it), `"tls"`, or `"none"`, only for a server on this
    /// machine. Default `"starttls"`.
    #[serde(default)]
    pub security: Security,
    /// The certificates of authorities that are trusted besides the system's, in PEM.
    pub ca_file: Option<PathBuf>,
    /// The user name to sign in with. Default: no sign-in.
    pub user: Option<String>,
    /// The file with the password to sign in with. Required with `user`.
    pub password_file: Option<PathBuf>,
    /// The sender, such as `Contoso <reset@contoso.example>`. No default.
    pub from: Sender,
    /// The organisation's own mail domains, of at most 32 bytes each: an address in exactly one of
    /// these is masked with its domain in full, every other with the first letter of it. Default:
    /// the domain of `from`.
    pub own_domains: Option<Vec<MailDomain>>,
}

/// A mail domain of the organisation's own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct MailDomain(pub OwnDomain);

impl TryFrom<String> for MailDomain {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let domain = OwnDomain::new(&text).map(Self);
        domain.ok_or_else(|| {
            format!(
                "expected a domain such as contoso.example, of at most {MAX_OWN_DOMAIN_BYTES} \
                 bytes, found {text:?}"
            )
        })
    }
}

/// A sender's address.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Sender(pub Address);

impl TryFrom<String> for Sender {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mailbox = text.parse().map(Self);
        mailbox.map_err(|_| {
            format!("expected an address such as Contoso <reset@contoso.example>, found {text:?}")
        })
    }
}

impl MailConfig {
    pub(super) fn read(mut table: Table) -> Result<Self, ConfigError> {
        match take_type(&mut table, "mail")?.as_str() {
            "sandbox" => reject_other_keys("mail", &table).map(|()| Self::Sandbox),
            "smtp" => {
                let smtp: SmtpConfig = section("mail", Value::Table(table))?;
                smtp.validate().map(Self::Smtp)
            }
            other => Err(ConfigError::new(
                "mail.type",
                format!("expected \"sandbox\" or \"smtp\", found {other:?}"),
            )),
        }
    }
}

impl SmtpConfig {
    /// Returns the organisation's own mail domains.
    pub(crate) fn own_domains(&self) -> Vec<OwnDomain> {
        match &self.own_domains {
            Some(domains) => domains.iter().map(|domain| domain.0.clone()).collect(),
            None => OwnDomain::new(self.from.0.email.domain())
                .into_iter()
                .collect(),
        }
    }

    fn validate(self) -> Result<Self, ConfigError> {
        if self.security == Security::None && !is_loopback(&self.host) {
            let fault = "expected \"starttls\" or \"tls\" unless mail.host is this machine, \
                         found \"none\"";
            return Err(ConfigError::new("mail.security", fault));
        }
        if self.user.is_some() != self.password_file.is_some() {
            let fault = "expected mail.user and mail.password_file together, or neither, found \
                         one alone";
            return Err(ConfigError::new("mail.user", fault));
        }
        Ok(self)
    }
}
