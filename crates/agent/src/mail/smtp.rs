//! Mail through an SMTP server: STARTTLS or TLS, and one attempt at a time.

use super::Mail;
use crate::files::hex;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use postern_envelope::Secret;
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
    Tls(lettre::transport::smtp::Error),
}

/// A connection to an SMTP server, made when there is a mail.
#[derive(Clone, Debug)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
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
}

impl Unsent {
    fn new(error: &lettre::transport::smtp::Error) -> Self {
        Self {
            kind: kind(error),
            status: error.status().map(|code| code.to_string()),
            permanent: error.is_permanent(),
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
            .subject(mail.subject.as_str())
            // RFC 3834, and Exchange's own: no holiday notice comes back.
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"))
            // RFC 3282
            .raw_header(header("Content-Language", &mail.language))
            .multipart(MultiPart::alternative_plain_html(
                mail.text.clone(),
                mail.html.clone(),
            ))
            .ok()
    }

    /// Sends it, once.
    pub(super) async fn send(&self, message: &Message) -> Result<(), Unsent> {
        self.in_time(self.transport.send(message.clone())).await
    }

    /// Greets the server, once, and hands nothing over.
    pub(super) async fn greet(&self) -> Result<(), Unsent> {
        self.in_time(self.transport.test_connection()).await
    }

    async fn in_time<T>(
        &self,
        attempt: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<(), Unsent> {
        match tokio::time::timeout(self.patience, attempt).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(Unsent::new(&error)),
            // The library limits the connecting alone.
            Err(_) => Err(Unsent {
                kind: "timeout",
                status: None,
                permanent: false,
            }),
        }
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn kind(error: &lettre::transport::smtp::Error) -> &'static str {
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
