//! `POST /api/{tenant}/messages`: a sealed message in, the agent's sealed reply out.

use crate::asked::{PageLanguage, TenantName};
use crate::problem::{Failed, SUPPORT_CODE};
use crate::{Portal, client, support_code};
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use postern_envelope::{Compact, MAX_COMPACT};
use postern_protocol::Problem;
use postern_relay::{Answer, Ask, AskError, Metadata, Relay};
use std::net::SocketAddr;
use std::time::{Instant, SystemTime};

/// The media type of both directions.
const JOSE: &str = "application/jose";

/// Carries one message to the tenant's agent and its reply back.
pub async fn post(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    PageLanguage(language): PageLanguage,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let started = Instant::now();
    let support_code = support_code::new();
    let message = match read(&portal, &tenant, &headers, body).await {
        Ok(message) => message,
        Err(problem) => return failed(&tenant, started, problem, support_code),
    };
    let now = now();
    let metadata = Metadata {
        support_code: support_code.clone(),
        received_at: now,
        network: portal
            .clients
            .hash(client::address(&portal.config, peer, &headers)),
        language: language.code().to_owned(),
    };
    let expires = now + portal.config.answer_seconds;
    let ask = Ask::Message { metadata, message };
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
    failed(&tenant, started, problem, support_code)
}

/// Seconds since the Unix epoch.
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |passed| passed.as_secs())
}

async fn read(
    portal: &Portal,
    tenant: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<Compact, Problem> {
    if portal.tenants.get(tenant).is_none() {
        return Err(Problem::TenantUnknown);
    }
    let media_type = headers.get(header::CONTENT_TYPE);
    if media_type.is_none_or(|value| value != JOSE) {
        return Err(Problem::UnsupportedMediaType);
    }
    let bytes = to_bytes(body, MAX_COMPACT)
        .await
        .map_err(|_| Problem::TooLarge)?;
    Compact::parse(&bytes).map_err(|_| Problem::Malformed)
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

fn failed(tenant: &str, started: Instant, problem: Problem, support_code: String) -> Response {
    let milliseconds = started.elapsed().as_millis();
    // An unknown tenant's name is a stranger's text: it stays out of the log.
    let tenant = if problem == Problem::TenantUnknown {
        "unknown"
    } else {
        tenant
    };
    tracing::warn!(%tenant, %support_code, problem = problem.code(), milliseconds, "not answered");
    Failed {
        problem,
        support_code,
    }
    .into_response()
}
