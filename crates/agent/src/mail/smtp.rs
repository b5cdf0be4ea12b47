//! Mail through an SMTP server: STARTTLS or TLS, a queue, three attempts.

use super::Mail;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use postern_envelope::Secret;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// How a certificate begins in PEM (RFC 7468 section 5.1).
const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// How many mails may wait.
const QUEUE: usize = 256;

/// How many mails are delivered at the same time.
const AT_ONCE: usize = 4;

/// How long the server may take for one step.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How long to wait before the second and the third attempt.
const PAUSES: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(8)];

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

/// A queue in front of an SMTP server.
#[derive(Clone, Debug)]
pub struct Smtp {
    queue: mpsc::Sender<Queued>,
}

/// A mail that waits.
struct Queued {
    mail: Mail,
    /// It is a decoy's: the server is greeted, and nothing handed over.
    nothing: bool,
}

impl Smtp {
    /// Sets the connection up and starts the queue; needs a Tokio runtime. The server is first
    /// asked when there is a mail. The handle ends once every [`Smtp`] is gone and the queue is
    /// empty.
    ///
    /// # Errors
    /// [`SmtpError`]
    pub fn start(
        host: &str,
        port: u16,
        security: Security,
        ca: Option<&[u8]>,
        credentials: Option<(String, Secret)>,
        from: Mailbox,
    ) -> Result<(Self, tokio::task::JoinHandle<()>), SmtpError> {
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
        let (queue, mails) = mpsc::channel(QUEUE);
        let worker = tokio::spawn(work(mails, transport, from));
        Ok((Self { queue }, worker))
    }

    /// Whether there is room for another mail.
    pub(super) fn is_ready(&self) -> bool {
        self.queue.capacity() > 0
    }

    /// Queues a mail; if too many wait already, it is dropped and said so in the log.
    pub(super) fn queue(&self, mail: Mail) -> bool {
        self.take(mail, false)
    }

    /// Queues a mail that is not sent.
    pub(super) fn queue_nothing(&self, mail: Mail) -> bool {
        self.take(mail, true)
    }

    fn take(&self, mail: Mail, nothing: bool) -> bool {
        use mpsc::error::TrySendError::{Closed, Full};
        if let Err(Full(queued) | Closed(queued)) = self.queue.try_send(Queued { mail, nothing }) {
            tracing::error!(
                support_code = queued.mail.support_code,
                "mail dropped: the queue is full"
            );
            return false;
        }
        true
    }
}

/// Delivers what is queued, a few mails at a time: one that is deferred holds up no other.
async fn work(
    mut mails: mpsc::Receiver<Queued>,
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
) {
    let mut under_way = JoinSet::new();
    while let Some(Queued { mail, nothing }) = mails.recv().await {
        if under_way.len() >= AT_ONCE {
            under_way.join_next().await;
        }
        let (transport, from) = (transport.clone(), from.clone());
        if nothing {
            // How that went is nobody's concern: it fails where sending fails.
            under_way.spawn(async move { drop(transport.test_connection().await) });
        } else {
            under_way.spawn(deliver(transport, from, mail));
        }
    }
    under_way.join_all().await;
}

#[tracing::instrument(skip_all, fields(support_code = mail.support_code))]
async fn deliver(transport: AsyncSmtpTransport<Tokio1Executor>, from: Mailbox, mail: Mail) {
    let Some(message) = message(from, &mail) else {
        tracing::error!("mail not sent: its address is none");
        return;
    };
    for attempt in 0..=PAUSES.len() {
        match transport.send(message.clone()).await {
            Ok(_) => return tracing::info!(attempt, "mail sent"),
            // The server's own words may quote the address: only their class is told.
            Err(error) => {
                let status = error.status().map(|code| code.to_string());
                let kind = kind(&error);
                tracing::warn!(attempt, kind, status, "mail not sent");
                if error.is_permanent() {
                    break;
                }
            }
        }
        if let Some(pause) = PAUSES.get(attempt) {
            tokio::time::sleep(*pause).await;
        }
    }
    tracing::error!("mail given up");
}

fn message(from: Mailbox, mail: &Mail) -> Option<Message> {
    let builder: MessageBuilder = Message::builder();
    // Our own name for it: the library's would tell this machine's.
    let id = postern_envelope::package::random(16).ok()?;
    let id: String = id
        .expose()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    builder
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .from(from)
        .to(Mailbox::new(None, mail.to.parse().ok()?))
        .subject(mail.subject.as_str())
        .header(ContentType::TEXT_PLAIN)
        .header(AutoSubmitted)
        .body(mail.text.clone())
        .ok()
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

/// `Auto-Submitted: auto-generated` (RFC 3834), so that no holiday notice comes back.
#[derive(Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn core::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
