//! An HTTP gateway for text messages or calls: what the configuration says, a queue, three
//! attempts.

use super::Message;
use super::template::Name;
use crate::Clock;
use crate::config::GatewayConfig;
use postern_envelope::Secret;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Client, Url, redirect};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};

/// How many messages may wait.
const QUEUE: usize = 256;

/// How many are handed over at the same time.
const AT_ONCE: usize = 4;

/// How long to wait before the second and the third attempt.
const PAUSES: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(8)];

/// How long a gateway that does not work is left alone, in seconds: people are told meanwhile that
/// no code can be sent. Then the next code tries it again.
const BROKEN_FOR: u64 = 60;

/// Why a gateway cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The CA file holds no certificate.
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

/// What is known of the gateway itself, whoever is written to.
struct Health {
    /// When it last did not work; 0 since it last did.
    broken_at: AtomicU64,
    clock: Clock,
}

impl Gateway {
    /// Sets the client up and starts the queue; needs a Tokio runtime. The gateway is first asked
    /// when there is a message. The handle ends once every [`Gateway`] is gone and the queue is
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
            // A redirection would hand number and code to an address that nobody configured.
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
        let client = builder.build().map_err(GatewayError::Http)?;
        let health = Arc::new(Health {
            broken_at: AtomicU64::new(0),
            clock,
        });
        let caller = Arc::new(Caller {
            client,
            config,
            secret,
            health: Arc::clone(&health),
        });
        let (queue, messages) = mpsc::channel(QUEUE);
        let worker = tokio::spawn(work(messages, caller));
        Ok((Self { queue, health }, worker))
    }

    /// Whether it works, as far as is known, and has room for another message.
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
        at != 0 && (self.clock)() < at.saturating_add(BROKEN_FOR)
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

struct Caller {
    client: Client,
    config: GatewayConfig,
    secret: Secret,
    health: Arc<Health>,
}

/// What became of one attempt.
enum Attempt {
    Taken,
    /// This message is refused: another attempt would be too.
    Refused(u16),
    /// The gateway does not work, or not for us.
    Broken(&'static str, Option<u16>),
}

/// Hands over what is queued, a few messages at a time: one that is deferred holds up no other.
async fn work(mut messages: mpsc::Receiver<Message>, caller: Arc<Caller>) {
    let mut under_way = JoinSet::new();
    while let Some(message) = messages.recv().await {
        if under_way.len() >= AT_ONCE {
            under_way.join_next().await;
        }
        let caller = Arc::clone(&caller);
        under_way.spawn(async move { caller.deliver(message).await });
    }
    under_way.join_all().await;
}

impl Caller {
    #[tracing::instrument(skip_all, fields(support_code = message.support_code))]
    async fn deliver(&self, message: Message) {
        for attempt in 0..=PAUSES.len() {
            match self.attempt(&message).await {
                Attempt::Taken => {
                    self.health.set(true);
                    return tracing::info!(attempt, "message sent");
                }
                // The gateway's own words may quote the number: only the status is told.
                Attempt::Refused(status) => {
                    tracing::warn!(attempt, status, "message refused");
                    break;
                }
                Attempt::Broken(kind, status) => {
                    self.health.set(false);
                    tracing::warn!(attempt, kind, status, "message not sent");
                }
            }
            if let Some(pause) = PAUSES.get(attempt) {
                tokio::time::sleep(*pause).await;
            }
        }
        tracing::error!("message given up");
    }

    async fn attempt(&self, message: &Message) -> Attempt {
        let Some(request) = self.request(message) else {
            return Attempt::Broken("configuration", None);
        };
        match self.client.execute(request).await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                match status {
                    _ if self.config.expects(status) => Attempt::Taken,
                    400 | 422 => Attempt::Refused(status),
                    _ => Attempt::Broken("status", Some(status)),
                }
            }
            // Its own words hold the address, and with it perhaps the number and the secret.
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
        let mut request = self.client.request(self.config.method.into(), url);
        request = request.headers(headers);
        if let Some(body) = &self.config.body {
            request = request.body(body.fill(value).expose().to_vec());
        }
        request.build().ok()
    }
}
