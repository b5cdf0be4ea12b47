//! `POST /api/{tenant}/messages`: a sealed message in, the agent's sealed reply out.

use crate::asked::{PageLanguage, TenantName};
use crate::connections::Connection;
use crate::problem::{Failed, SUPPORT_CODE};
use crate::throttle::{self, Sent, Verdict};
use crate::{Portal, client, support_code};
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
        let sent = Sent {
            tenant: &tenant,
            networks: &client::networks(address),
            message: &bytes,
            proof: proof(&headers),
        };
        match portal.throttle.judge(sent, now) {
            Verdict::Carry => Ok(message),
            Verdict::Prove(challenge) => Err(Refused::until_proven(challenge)),
            Verdict::Wait => Err(Problem::TooManyRequests.into()),
        }
    });
    let message = match read {
        Ok(message) => message,
        Err(refused) => return failed(&tenant, started, refused, support_code),
    };
    let metadata = Metadata {
        support_code: support_code.clone(),
        received_at: now,
        networks: portal.clients.hashes(address),
        language: language.code().to_owned(),
    };
    let expires = now + portal.config.answer_seconds;
    let ask = Ask::Message { metadata, message };
    let _kept = connection.keep();
    let problem = match portal.relay.ask(&tenant, expires, ask).await {
        Ok(Answer::Reply { message }) => {
            let bytes = message.ciphertext.len();
            let milliseconds = started.elapsed().as_millis();
            tracing::info!(%tenant, %support_code, bytes, milliseconds, "answered");
            return reply(&message, &support_code);
        }
        Ok(Answer::Expired) => Problem::MessageExpired,
        Ok(Answer::NotAccepted | Answer::Sandbox { .. }) => Problem::NotAccepted,
        Err(AskError::Down) => Problem::ServiceDown,
        Err(AskError::NoAnswer) => Problem::NoAnswer,
    };
    failed(&tenant, started, problem.into(), support_code)
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
    fn until_proven(challenge: String) -> Self {
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
