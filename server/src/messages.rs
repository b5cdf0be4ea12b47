//! `POST /api/{tenant}/messages`: takes a sealed message and returns the agent's sealed reply.

use crate::connections::Connection;
use crate::copies::{FirstCopy, LaterCopy, Outcome};
use crate::extractors::{PageLanguage, TenantName};
use crate::problem::{ProblemResponse, SUPPORT_CODE};
use crate::throttle::{self, Submission, Verdict};
use crate::{Portal, client, copies, support_code};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Extension, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use postern_envelope::{Compact, MAX_COMPACT};
use postern_host::clock::now;
use postern_protocol::Problem;
use postern_relay::{Answer, Ask, AskError, Metadata, Relay};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// The media type of messages and replies.
const JOSE: &str = "application/jose";

/// Carries one message to the tenant's agent and returns the reply.
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
    let received = read_message(&portal, &tenant, &headers, body).await;
    let now = now();
    let address = client::address(&portal.config, peer, &headers);
    let admission = received
        .map_err(Refusal::from)
        .and_then(|(bytes, message)| {
            let submission = Submission {
                tenant: &tenant,
                networks: &client::networks(address),
                message: &bytes,
                proof: proof_header(&headers),
                alarmed: portal
                    .relay
                    .agent(&tenant)
                    .is_some_and(|agent| agent.alarmed),
            };
            portal.admit(&submission, message, now)
        });
    let admission = match admission {
        Ok(admission) => admission,
        Err(refusal) => return respond_with_problem(&tenant, started, refusal, support_code),
    };
    let _not_evicted = connection.keep();
    let outcome = match admission {
        Admission::Copy(copy) => copy.outcome().await.unwrap_or(Err(Problem::NoAnswer)),
        Admission::Carry(message, first) => {
            let metadata = Metadata {
                support_code: support_code.clone(),
                received_at: now,
                networks: portal.network_hasher.hashes(address),
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
        Err(problem) => respond_with_problem(&tenant, started, problem.into(), support_code),
    }
}

/// The treatment of a message that is not refused.
enum Admission {
    /// The message is carried, and copies of it may be waiting.
    Carry(Compact, Option<FirstCopy>),
    /// The message gets the answer of an earlier copy.
    Copy(LaterCopy),
}

impl Portal {
    fn admit(
        &self,
        submission: &Submission<'_>,
        message: Compact,
        now: u64,
    ) -> Result<Admission, Refusal> {
        let key = copies::key(submission.tenant, submission.message);
        // Held until the first copy is registered, so that the second finds it.
        let mut copies = self.copies.lock();
        let verdict = match self.throttle.judge(*submission, now) {
            Verdict::Copy => match copies.find(&key, now) {
                Some(copy) => return Ok(Admission::Copy(copy)),
                None => self.throttle.judge(
                    Submission {
                        proof: None,
                        ..*submission
                    },
                    now,
                ),
            },
            verdict => verdict,
        };
        match verdict {
            Verdict::Carry => {
                let has_proof = submission.proof.is_some();
                let first = has_proof.then(|| copies.register(&self.copies, key, now));
                Ok(Admission::Carry(message, first.flatten()))
            }
            Verdict::Prove(challenge) => Err(Refusal::with_challenge(challenge)),
            Verdict::Copy | Verdict::Wait => Err(Problem::TooManyRequests.into()),
        }
    }

    async fn carry(&self, tenant: &str, metadata: Metadata, message: Compact) -> Outcome {
        let expires = metadata.received_at + self.config.answer_seconds;
        let ask = Ask::Message { metadata, message };
        match self.relay.ask(tenant, expires, ask).await {
            Ok(Answer::Reply { message }) => Ok(Arc::new(message)),
            Ok(Answer::Expired) => Err(Problem::MessageExpired),
            Ok(Answer::NotAccepted | Answer::Sandbox { .. } | Answer::SandboxMail { .. }) => {
                Err(Problem::NotAccepted)
            }
            Err(AskError::Down) => Err(Problem::ServiceDown),
            Err(AskError::NoAnswer) => Err(Problem::NoAnswer),
        }
    }
}

/// The reason for which a message is not carried.
struct Refusal {
    problem: Problem,
    /// The challenge after whose proof the message would be carried.
    challenge: Option<String>,
}

impl Refusal {
    fn with_challenge(challenge: String) -> Self {
        Self {
            problem: Problem::TooManyRequests,
            challenge: Some(challenge),
        }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            challenge: None,
        }
    }
}

async fn read_message(
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
    let body_timeout = Duration::from_secs(portal.config.limits.body_seconds);
    let bytes = match timeout(body_timeout, to_bytes(body, MAX_COMPACT)).await {
        Ok(bytes) => bytes.map_err(|_| Problem::TooLarge)?,
        Err(_) => return Err(Problem::MessageTimedOut),
    };
    let message = Compact::parse(&bytes).map_err(|_| Problem::Malformed)?;
    Ok((bytes, message))
}

/// Returns the proof that came with a message.
fn proof_header(headers: &HeaderMap) -> Option<&str> {
    headers.get(throttle::PROOF_HEADER)?.to_str().ok()
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

fn respond_with_problem(
    tenant: &str,
    started: Instant,
    refusal: Refusal,
    support_code: String,
) -> Response {
    let Refusal { problem, challenge } = refusal;
    let milliseconds = started.elapsed().as_millis();
    // The name of an unknown tenant is arbitrary text from outside and must not be logged.
    let tenant = if problem == Problem::TenantUnknown {
        "unknown"
    } else {
        tenant
    };
    let work = challenge.is_some();
    tracing::warn!(%tenant, %support_code, problem = problem.code(), work, milliseconds, "not answered");
    ProblemResponse {
        problem,
        support_code,
        challenge,
    }
    .into_response()
}
