//! `POST /api/{tenant}/messages`: a sealed message in, the agent's sealed reply out.

use crate::connections::Connection;
use crate::copies::{Another, First, Outcome};
use crate::extractors::{PageLanguage, TenantName};
use crate::problem::{Failed, SUPPORT_CODE};
use crate::throttle::{self, Submission, Verdict};
use crate::{Portal, client, copies, support_code};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Extension, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use postern_envelope::{Compact, MAX_COMPACT};
use postern_protocol::Problem;
use postern_relay::{Answer, Ask, AskError, Metadata, Relay};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::time::timeout;

/// The media type of both directions.
const JOSE: &str = "application/jose";

/// Carries one message to the tenant's agent and its reply back.
pub async fn post(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    PageLanguage(language): PageLanguage,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(connection): Extension<Arc<Connection>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let started = Instant::now();
    let support_code = support_code::new();
    let read = read(&portal, &tenant, &headers, body).await;
    let now = now();
    let address = client::address(&portal.config, peer, &headers);
    let read = read.map_err(Refused::from).and_then(|(bytes, message)| {
        let sent = Submission {
            tenant: &tenant,
            networks: &client::networks(address),
            message: &bytes,
            proof: proof(&headers),
            alarmed: portal
                .relay
                .agent(&tenant)
                .is_some_and(|agent| agent.alarmed),
        };
        portal.admit(&sent, message, now)
    });
    let admitted = match read {
        Ok(admitted) => admitted,
        Err(refused) => return failed(&tenant, started, refused, support_code),
    };
    let _kept = connection.keep();
    let outcome = match admitted {
        Admitted::Copy(another) => another.outcome().await.unwrap_or(Err(Problem::NoAnswer)),
        Admitted::Carry(message, first) => {
            let metadata = Metadata {
                support_code: support_code.clone(),
                received_at: now,
                networks: portal.clients.hashes(address),
                language: language.code().to_owned(),
            };
            let outcome = portal.carry(&tenant, metadata, message).await;
            if let Some(first) = first {
                first.answer(outcome.clone(), crate::now());
            }
            outcome
        }
    };
    match outcome {
        Ok(message) => {
            let bytes = message.ciphertext.len();
            let milliseconds = started.elapsed().as_millis();
            tracing::info!(%tenant, %support_code, bytes, milliseconds, "answered");
            reply(&message, &support_code)
        }
        Err(problem) => failed(&tenant, started, problem.into(), support_code),
    }
}

/// What is done with a message that is not refused.
enum Admitted {
    /// It is carried, and its copies may be waiting.
    Carry(Compact, Option<First>),
    /// It has the answer of another.
    Copy(Another),
}

impl Portal {
    fn admit(
        &self,
        sent: &Submission<'_>,
        message: Compact,
        now: u64,
    ) -> Result<Admitted, Refused> {
        let key = copies::key(sent.tenant, sent.message);
        // Held until a first copy is known, so that the second finds it.
        let mut known = self.copies.lock();
        let verdict = match self.throttle.judge(*sent, now) {
            Verdict::Copy => match known.find(&key, now) {
                Some(another) => return Ok(Admitted::Copy(another)),
                None => self.throttle.judge(
                    Submission {
                        proof: None,
                        ..*sent
                    },
                    now,
                ),
            },
            verdict => verdict,
        };
        match verdict {
            Verdict::Carry => {
                let proven = sent.proof.is_some();
                let first = proven.then(|| known.note(&self.copies, key, now));
                Ok(Admitted::Carry(message, first.flatten()))
            }
            Verdict::Prove(challenge) => Err(Refused::with_challenge(challenge)),
            Verdict::Copy | Verdict::Wait => Err(Problem::TooManyRequests.into()),
        }
    }

    async fn carry(&self, tenant: &str, metadata: Metadata, message: Compact) -> Outcome {
        let expires = metadata.received_at + self.config.answer_seconds;
        let ask = Ask::Message { metadata, message };
        match self.relay.ask(tenant, expires, ask).await {
            Ok(Answer::Reply { message }) => Ok(Arc::new(message)),
            Ok(Answer::Expired) => Err(Problem::MessageExpired),
            Ok(Answer::NotAccepted | Answer::Sandbox { .. }) => Err(Problem::NotAccepted),
            Err(AskError::Down) => Err(Problem::ServiceDown),
            Err(AskError::NoAnswer) => Err(Problem::NoAnswer),
        }
    }
}

/// Seconds since the Unix epoch.
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |passed| passed.as_secs())
}

/// Why a message is not carried.
struct Refused {
    problem: Problem,
    /// What would change that.
    challenge: Option<String>,
}

impl Refused {
    fn with_challenge(challenge: String) -> Self {
        Self {
            problem: Problem::TooManyRequests,
            challenge: Some(challenge),
        }
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            challenge: None,
        }
    }
}

async fn read(
    portal: &Portal,
    tenant: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<(Bytes, Compact), Problem> {
    portal.entitled(tenant)?;
    let media_type = headers.get(header::CONTENT_TYPE);
    if media_type.is_none_or(|value| value != JOSE) {
        return Err(Problem::UnsupportedMediaType);
    }
    let body_time = Duration::from_secs(portal.config.limits.body_seconds);
    let bytes = match timeout(body_time, to_bytes(body, MAX_COMPACT)).await {
        Ok(bytes) => bytes.map_err(|_| Problem::TooLarge)?,
        Err(_) => return Err(Problem::MessageTimedOut),
    };
    let message = Compact::parse(&bytes).map_err(|_| Problem::Malformed)?;
    Ok((bytes, message))
}

/// The proof that came with a message.
fn proof(headers: &HeaderMap) -> Option<&str> {
    headers.get(throttle::PROOF)?.to_str().ok()
}

fn reply(message: &Compact, support_code: &str) -> Response {
    let mut response = message.to_string().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JOSE));
    if let Ok(code) = HeaderValue::from_str(support_code) {
        headers.insert(SUPPORT_CODE, code);
    }
    response
}

fn failed(tenant: &str, started: Instant, refused: Refused, support_code: String) -> Response {
    let Refused { problem, challenge } = refused;
    let milliseconds = started.elapsed().as_millis();
    // An unknown tenant's name is a stranger's text: it stays out of the log.
    let tenant = if problem == Problem::TenantUnknown {
        "unknown"
    } else {
        tenant
    };
    let work = challenge.is_some();
    tracing::warn!(%tenant, %support_code, problem = problem.code(), work, milliseconds, "not answered");
    Failed {
        problem,
        support_code,
        challenge,
    }
    .into_response()
}
