//! An HTTP gateway for text messages or calls: configured requests, a queue, three attempts.

use super::template::Name;
use super::{GatewayConfig, Message};
use postern_envelope::Secret;
use postern_store::Clock;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Client, Url, redirect};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};

/// The number of messages that may wait.
const QUEUE_LENGTH: usize = 256;

/// The number of messages that are delivered at the same time.
const MAX_DELIVERIES: usize = 4;

/// The pauses before the second and the third attempt.
const RETRY_PAUSES: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(8)];

/// The time for which a gateway counts as broken after a failure, in seconds: people are told that
/// no code can be sent. After it the next code tries the gateway again.
const BROKEN_SECONDS: u64 = 60;

/// An error in setting up a gateway.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The CA file contains no certificate.
    #[error("the CA file holds no certificate in PEM")]
    Ca,
    /// The HTTP client cannot be set up.
    #[error("HTTP cannot be set up: {0}")]
    Http(reqwest::Error),
}

/// A queue in front of an HTTP gateway.
#[derive(Clone, Debug)]
pub struct Gateway {
    queue: mpsc::Sender<Message>,
    health: Arc<Health>,
}

/// The health of the gateway, regardless of recipients.
struct Health {
    /// The time of the last failure, in seconds since the Unix epoch; 0 after a success.
    broken_at: AtomicU64,
    clock: Clock,
}

impl Gateway {
    /// Sets up the client and starts the queue; needs a Tokio runtime. The gateway is not contacted
    /// before the first message. The handle ends once every [`Gateway`] is dropped and the queue is
    /// empty.
    ///
    /// # Errors
    /// [`GatewayError`]
    pub fn start(
        config: GatewayConfig,
        ca: Option<&[u8]>,
        secret: Secret,
        clock: Clock,
    ) -> Result<(Self, JoinHandle<()>), GatewayError> {
        let mut builder = Client::builder()
            .timeout(config.timeout)
            .https_only(config.https_only)
            .user_agent("postern-agent")
            // A redirect would send the number and the code to an address that is not configured.
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy();
        if let Some(pem) = ca {
            let certificates = Certificate::from_pem_bundle(pem).unwrap_or_default();
            if certificates.is_empty() {
                return Err(GatewayError::Ca);
            }
            builder = builder.tls_certs_merge(certificates);
        }
        let http = builder.build().map_err(GatewayError::Http)?;
        let health = Arc::new(Health {
            broken_at: AtomicU64::new(0),
            clock,
        });
        let client = Arc::new(GatewayClient {
            http,
            config,
            secret,
            health: Arc::clone(&health),
        });
        let (queue, messages) = mpsc::channel(QUEUE_LENGTH);
        let worker = tokio::spawn(work(messages, client));
        Ok((Self { queue, health }, worker))
    }

    /// Reports whether the gateway works, as far as is known, and has room for another message.
    pub(super) fn is_ready(&self) -> bool {
        self.queue.capacity() > 0 && !self.health.is_broken()
    }

    /// Queues a message; `false` if too many wait already.
    pub(super) fn queue(&self, message: Message) -> bool {
        let support_code = message.support_code.clone();
        let queued = self.queue.try_send(message).is_ok();
        if !queued {
            tracing::error!(support_code, "message dropped: the queue is full");
        }
        queued
    }
}

impl Health {
    fn is_broken(&self) -> bool {
        let at = self.broken_at.load(Ordering::Relaxed);
        at != 0 && (self.clock)() < at.saturating_add(BROKEN_SECONDS)
    }

    fn set(&self, works: bool) {
        let at = if works { 0 } else { (self.clock)() };
        self.broken_at.store(at, Ordering::Relaxed);
    }
}

impl core::fmt::Debug for Health {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Health(broken: {})", self.is_broken())
    }
}

/// The HTTP client with the settings of one gateway.
struct GatewayClient {
    http: Client,
    config: GatewayConfig,
    secret: Secret,
    health: Arc<Health>,
}

/// The result of one attempt.
enum Attempt {
    Accepted,
    /// The gateway refuses this message, with this status: another attempt would fail too.
    Refused(u16),
    /// The gateway does not work, or refuses us: the kind of failure, and the status if there is
    /// one.
    Broken(&'static str, Option<u16>),
}

/// Delivers the queued messages, a few at a time: a deferred one holds up no other.
async fn work(mut messages: mpsc::Receiver<Message>, client: Arc<GatewayClient>) {
    let mut deliveries = JoinSet::new();
    while let Some(message) = messages.recv().await {
        if deliveries.len() >= MAX_DELIVERIES {
            deliveries.join_next().await;
        }
        let client = Arc::clone(&client);
        deliveries.spawn(async move { client.deliver(message).await });
    }
    deliveries.join_all().await;
}

impl GatewayClient {
    #[tracing::instrument(skip_all, fields(support_code = message.support_code))]
    async fn deliver(&self, message: Message) {
        for attempt in 0..=RETRY_PAUSES.len() {
            match self.attempt(&message).await {
                Attempt::Accepted => {
                    self.health.set(true);
                    return tracing::info!(attempt, "message sent");
                }
                // The gateway's reply may quote the number: only the status is logged.
                Attempt::Refused(status) => {
                    tracing::warn!(attempt, status, "message refused");
                    break;
                }
                Attempt::Broken(kind, status) => {
                    self.health.set(false);
                    tracing::warn!(attempt, kind, status, "message not sent");
                }
            }
            if let Some(pause) = RETRY_PAUSES.get(attempt) {
                tokio::time::sleep(*pause).await;
            }
        }
        tracing::error!("message given up");
    }

    async fn attempt(&self, message: &Message) -> Attempt {
        let Some(request) = self.request(message) else {
            return Attempt::Broken("configuration", None);
        };
        match self.http.execute(request).await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                match status {
                    _ if self.config.expects(status) => Attempt::Accepted,
                    400 | 422 => Attempt::Refused(status),
                    _ => Attempt::Broken("status", Some(status)),
                }
            }
            // The error's text contains the URL, and with it perhaps the number and the secret.
            Err(error) if error.is_timeout() => Attempt::Broken("timeout", None),
            Err(error) if error.is_connect() => Attempt::Broken("connection", None),
            Err(_) => Attempt::Broken("request", None),
        }
    }

    fn request(&self, message: &Message) -> Option<reqwest::Request> {
        let value = |name| match name {
            Name::Number => message.number.as_str(),
            Name::Digits => message.number.trim_start_matches('+'),
            Name::Text => message.text.expose_str().unwrap_or_default(),
            Name::Code => message.code.expose_str().unwrap_or_default(),
            Name::Language => message.language,
            Name::Secret => self.secret.expose_str().unwrap_or_default(),
        };
        let url = Url::parse(self.config.url.fill(value).expose_str()?).ok()?;
        let mut headers = HeaderMap::new();
        for (name, template) in &self.config.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            let mut value = HeaderValue::from_bytes(template.fill(value).expose()).ok()?;
            value.set_sensitive(true);
            headers.append(name, value);
        }
        let mut request = self.http.request(self.config.method.into(), url);
        request = request.headers(headers);
        if let Some(body) = &self.config.body {
            request = request.body(body.fill(value).expose().to_vec());
        }
        request.build().ok()
    }
}
