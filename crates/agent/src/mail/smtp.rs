//! Mail through an SMTP server: STARTTLS or TLS, and one attempt at a time.

use super::Mail;
use crate::files::hex;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart};
use lettre::transport::smtp::Error as SendError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use postern_envelope::Secret;
use std::error::Error as _;
use std::time::Duration;

/// How a certificate begins in PEM (RFC 7468 section 5.1).
const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// How long the server may take to be connected to.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How long one attempt may take: one server that says nothing must not hold up all mail.
const ATTEMPT: Duration = Duration::from_secs(60);

/// How the connection to the server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// STARTTLS, and nothing is sent without it.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None: for a server on this machine only.
    None,
}

impl Security {
    /// The port that goes with it (RFC 6409, RFC 8314).
    #[must_use]
    pub const fn port(self) -> u16 {
        match self {
            Self::Starttls => 587,
            Self::Tls => 465,
            Self::None => 25,
        }
    }
}

/// Why mail cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The CA file holds no certificate.
    #[error("the CA file is not a PEM certificate")]
    Ca,
    /// TLS cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(SendError),
}

/// A connection to an SMTP server, made when there is a mail.
#[derive(Clone, Debug)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    host: String,
    port: u16,
    from: Mailbox,
    patience: Duration,
}

/// A mail was not taken. The server's own words may quote the address: only their class is told.
#[derive(Debug)]
pub(super) struct Unsent {
    pub kind: &'static str,
    pub status: Option<String>,
    /// Another attempt would end the same way.
    pub permanent: bool,
    /// Why the server cannot be used at all, whatever the mail; `None` if it is about the mail.
    pub server: Option<String>,
}

impl Unsent {
    fn new(error: &SendError) -> Self {
        let about_the_mail = error.is_permanent() || error.is_transient() || error.is_client();
        Self {
            kind: kind(error),
            status: error.status().map(|code| code.to_string()),
            permanent: error.is_permanent(),
            server: (!about_the_mail).then(|| cause(error)),
        }
    }

    /// The same of a server that was only greeted: it is about no mail.
    fn of_server(error: &SendError) -> Self {
        Self {
            permanent: false,
            server: Some(cause(error)),
            ..Self::new(error)
        }
    }

    pub(super) fn late() -> Self {
        Self {
            kind: "timeout",
            status: None,
            permanent: false,
            server: Some("no answer in time".to_owned()),
        }
    }
}

impl Smtp {
    /// Sets the connection up.
    ///
    /// # Errors
    /// [`SmtpError`]
    pub fn new(
        host: &str,
        port: u16,
        security: Security,
        ca: Option<&[u8]>,
        credentials: Option<(String, Secret)>,
        from: Mailbox,
    ) -> Result<Self, SmtpError> {
        let mut parameters = TlsParameters::builder(host.to_owned());
        if let Some(pem) = ca {
            // The library takes a file without any certificate for an empty list of them.
            if !pem.windows(BEGIN.len()).any(|window| window == BEGIN) {
                return Err(SmtpError::Ca);
            }
            let certificate = Certificate::from_pem(pem).map_err(|_| SmtpError::Ca)?;
            parameters = parameters.add_root_certificate(certificate);
        }
        let parameters = || parameters.build_rustls().map_err(SmtpError::Tls);
        let tls = match security {
            Security::Starttls => Tls::Required(parameters()?),
            Security::Tls => Tls::Wrapper(parameters()?),
            Security::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(port)
            .timeout(Some(TIMEOUT))
            .tls(tls);
        if let Some((user, password)) = credentials {
            let password = password.expose_str().unwrap_or_default().to_owned();
            builder = builder.credentials(Credentials::new(user, password));
        }
        let transport = builder.build();
        Ok(Self {
            transport,
            host: host.to_owned(),
            port,
            from,
            patience: ATTEMPT,
        })
    }

    /// The same, with another limit for one attempt.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// A mail as it travels, in text and in HTML; `None` if its address is none. `name` is random
    /// and becomes its Message-ID: the library's own would tell this machine's name.
    pub(super) fn message(&self, name: &[u8; 16], mail: &Mail) -> Option<Message> {
        let name = hex(name);
        let builder: MessageBuilder = Message::builder();
        builder
            .message_id(Some(format!("<{name}@{}>", self.from.email.domain())))
            .from(self.from.clone())
            .to(Mailbox::new(None, mail.to.parse().ok()?))
            .subject(mail.subject.expose_str()?)
            // RFC 3834, and Exchange's own: no holiday notice comes back.
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"))
            // RFC 3282
            .raw_header(header("Content-Language", &mail.language))
            .multipart(MultiPart::alternative_plain_html(
                mail.text.expose_str()?.to_owned(),
                mail.html.expose_str()?.to_owned(),
            ))
            .ok()
    }

    /// The server's name and port.
    pub(super) fn server(&self) -> (&str, u16) {
        (&self.host, self.port)
    }

    /// Sends it, once.
    pub(super) async fn send(&self, message: &Message) -> Result<(), Unsent> {
        let sent = self.in_time(self.transport.send(message.clone())).await?;
        match sent.map_err(|error| Unsent::new(&error)) {
            Ok(_) => Ok(()),
            Err(unsent) if unsent.server.is_some() => Err(unsent),
            // A server that refuses everybody, as when the sign-in fails, refuses a greeting too.
            Err(unsent) => Err(self.greet().await.err().unwrap_or(unsent)),
        }
    }

    /// Greets the server, signs in and hands nothing over.
    pub(super) async fn greet(&self) -> Result<(), Unsent> {
        let greeted = self.in_time(self.transport.test_connection()).await?;
        let greeted = greeted.map_err(|error| Unsent::of_server(&error))?;
        greeted.then_some(()).ok_or_else(Unsent::late)
    }

    /// The library limits the connecting alone.
    async fn in_time<T>(&self, attempt: impl Future<Output = T>) -> Result<T, Unsent> {
        let attempt = tokio::time::timeout(self.patience, attempt).await;
        attempt.map_err(|_| Unsent::late())
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// What the system or TLS says of a connection. The server's own words are left out: they may quote
/// an address.
fn cause(error: &SendError) -> String {
    let mut source = error.source();
    while let Some(next) = source {
        if let Some(error) = next.downcast_ref::<std::io::Error>() {
            return error.to_string();
        }
        if error.is_tls() && next.source().is_none() {
            return next.to_string();
        }
        source = next.source();
    }
    match error.status() {
        Some(status) => format!("it answers {status}"),
        None => kind(error).to_owned(),
    }
}

fn kind(error: &SendError) -> &'static str {
    if error.is_tls() {
        "tls"
    } else if error.is_timeout() {
        "timeout"
    } else if error.is_permanent() {
        "refused"
    } else if error.is_transient() {
        "deferred"
    } else if error.is_client() {
        "client"
    } else {
        "connection"
    }
}
