//! `[mail]`: how codes and notices are sent.

use super::{ConfigError, is_loopback, kind, nothing_else, section};
use crate::mail::Security;
use lettre::message::Mailbox;
use serde::Deserialize;
use std::path::PathBuf;
use toml::{Table, Value};

/// How mails are sent: `type` and the keys that go with it.
#[derive(Clone, Debug)]
pub enum MailConfig {
    /// `"sandbox"`: kept in memory and shown on the sandbox's page. No further keys.
    Sandbox,
    /// `"smtp"`: through a server.
    Smtp(SmtpConfig),
}

/// The server that mails are sent through.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    /// Its name, which its certificate must carry. No default.
    pub host: String,
    /// Its port. Default: 587 for `starttls`, 465 for `tls`, 25 for `none`.
    pub port: Option<u16>,
    /// `"starttls"` (nothing is sent without it), `"tls"`, or `"none"` for a server on this machine
    /// only. Default `"starttls"`.
    #[serde(default)]
    pub security: Security,
    /// The certificates of authorities that are trusted besides the system's, in PEM.
    pub ca_file: Option<PathBuf>,
    /// The name to sign in with. Default: no sign-in.
    pub user: Option<String>,
    /// The file with the password to sign in with. Needed with `user`.
    pub password_file: Option<PathBuf>,
    /// The sender, as `Contoso <reset@contoso.example>`. No default.
    pub from: Sender,
}

/// A sender's address.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Sender(pub Mailbox);

impl TryFrom<String> for Sender {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mailbox = text.parse().map(Self);
        mailbox.map_err(|_| "allowed is an address as Contoso <reset@contoso.example>")
    }
}

impl MailConfig {
    pub(super) fn read(mut table: Table) -> Result<Self, ConfigError> {
        match kind(&mut table, "mail")?.as_str() {
            "sandbox" => nothing_else("mail", &table).map(|()| Self::Sandbox),
            "smtp" => {
                let smtp: SmtpConfig = section("mail", Value::Table(table))?;
                smtp.checked().map(Self::Smtp)
            }
            _ => Err(ConfigError::new(
                "mail.type",
                "allowed are \"sandbox\" and \"smtp\"",
            )),
        }
    }
}

impl SmtpConfig {
    fn checked(self) -> Result<Self, ConfigError> {
        if self.security == Security::None && !is_loopback(&self.host) {
            let fault = "\"none\" is allowed only where mail.host is this machine";
            return Err(ConfigError::new("mail.security", fault));
        }
        if self.user.is_some() != self.password_file.is_some() {
            let fault = "allowed are mail.user and mail.password_file together, or neither";
            return Err(ConfigError::new("mail.user", fault));
        }
        Ok(self)
    }
}
