//! Sending mail through an SMTP server, with STARTTLS or TLS.

use super::Mail;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart};
use lettre::transport::smtp::Error as SendError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use postern_envelope::Secret;
use std::error::Error as _;
use std::time::Duration;

/// The first line of a certificate in PEM (RFC 7468 section 5.1).
const PEM_BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// The time limit for connecting to the server.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The time limit for one attempt: a server that does not answer must not hold up all mail.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(60);

/// The protection of the connection to the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// STARTTLS, and nothing is sent without it.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None, only for a server on this machine.
    None,
}

impl Security {
    /// Returns the default port (RFC 6409, RFC 8314).
    #[must_use]
    pub const fn port(self) -> u16 {
        match self {
            Self::Starttls => 587,
            Self::Tls => 465,
            Self::None => 25,
        }
    }
}

/// An error in setting up the SMTP transport.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The CA file contains no PEM certificate.
    #[error("the CA file is not a PEM certificate")]
    Ca,
    /// TLS cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(SendError),
}

/// The transport to an SMTP server, which connects when there is a mail.
#[derive(Clone, Debug)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    host: String,
    port: u16,
    from: Mailbox,
    attempt_timeout: Duration,
}

/// A failed attempt. The server's reply may quote the address, so only its class is kept.
#[derive(Debug)]
pub(super) struct Unsent {
    pub kind: &'static str,
    pub status: Option<String>,
    /// Another attempt would fail in the same way.
    pub permanent: bool,
    /// The cause, if the server cannot be used for any mail; `None` if only this mail is affected.
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

    /// The failure of a greeting, which concerns the server and no mail.
    fn of_greeting(error: &SendError) -> Self {
        Self {
            permanent: false,
            server: Some(cause(error)),
            ..Self::new(error)
        }
    }

    pub(super) fn timed_out() -> Self {
        Self {
            kind: "timeout",
            status: None,
            permanent: false,
            server: Some("no answer in time".to_owned()),
        }
    }
}

impl Smtp {
    /// Sets up the transport.
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
            // The library reads a file without certificates as an empty list, without an error.
            if !pem.windows(PEM_BEGIN.len()).any(|line| line == PEM_BEGIN) {
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
            .timeout(Some(CONNECT_TIMEOUT))
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
            attempt_timeout: ATTEMPT_TIMEOUT,
        })
    }

    /// Sets another time limit for one attempt.
    #[must_use]
    pub fn with_attempt_timeout(self, attempt_timeout: Duration) -> Self {
        Self {
            attempt_timeout,
            ..self
        }
    }

    /// Builds the message of a mail, in text and in HTML; `None` if its address is invalid. `name`
    /// is random and becomes its Message-ID: the library's own would reveal this machine's name.
    pub(super) fn message(&self, name: &[u8; 16], mail: &Mail) -> Option<Message> {
        let name = base16ct::lower::encode_string(name);
        let builder: MessageBuilder = Message::builder();
        builder
            .message_id(Some(format!("<{name}@{}>", self.from.email.domain())))
            .from(self.from.clone())
            .to(Mailbox::new(None, mail.to.parse().ok()?))
            .subject(mail.subject.expose_str()?)
            // RFC 3834, and Exchange's own header: they suppress automatic replies.
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

    /// Returns the server's name and port.
    pub(super) fn server(&self) -> (&str, u16) {
        (&self.host, self.port)
    }

    /// Makes one attempt to send a message.
    pub(super) async fn send(&self, message: &Message) -> Result<(), Unsent> {
        let sent = self
            .with_timeout(self.transport.send(message.clone()))
            .await?;
        match sent.map_err(|error| Unsent::new(&error)) {
            Ok(_) => Ok(()),
            Err(unsent) if unsent.server.is_some() => Err(unsent),
            // A server that refuses all mail, as when the sign-in fails, refuses a greeting too.
            Err(unsent) => Err(self.greet().await.err().unwrap_or(unsent)),
        }
    }

    /// Connects to the server, greets it and signs in, without sending a mail.
    pub(super) async fn greet(&self) -> Result<(), Unsent> {
        let greeted = self.with_timeout(self.transport.test_connection()).await?;
        let greeted = greeted.map_err(|error| Unsent::of_greeting(&error))?;
        greeted.then_some(()).ok_or_else(Unsent::timed_out)
    }

    /// Limits the time of a whole attempt: the library limits only the connecting.
    async fn with_timeout<T>(&self, attempt: impl Future<Output = T>) -> Result<T, Unsent> {
        let attempt = tokio::time::timeout(self.attempt_timeout, attempt).await;
        attempt.map_err(|_| Unsent::timed_out())
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Returns the cause of a failed connection from the system or TLS. The server's own words are left
/// out: they may quote an address.
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
        Some(status) => format!("the server answered {status}"),
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
