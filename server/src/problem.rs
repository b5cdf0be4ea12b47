//! Failures of the portal as RFC 9457 problem+json, with a stable `code`.

use crate::support_code;
use crate::throttle::CHALLENGE_HEADER;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use postern_protocol::Problem;

/// The header that holds the support code of a response.
pub const SUPPORT_CODE: HeaderName = HeaderName::from_static("postern-support-code");

/// A problem with its support code.
#[derive(Debug)]
pub struct ProblemResponse {
    pub problem: Problem,
    pub support_code: String,
    /// With [`Problem::TooManyRequests`]: the challenge after whose proof the message is accepted.
    pub challenge: Option<String>,
}

impl ProblemResponse {
    /// Creates a response with a new support code.
    pub fn new(problem: Problem) -> Self {
        Self {
            problem,
            support_code: support_code::new(),
            challenge: None,
        }
    }
}

impl IntoResponse for ProblemResponse {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut body = serde_json::json!({
            "type": "about:blank",
            "title": title(self.problem),
            "status": status.as_u16(),
            "code": self.problem.code(),
            "support_code": self.support_code,
        });
        if let Some(challenge) = &self.challenge {
            body["challenge"] = challenge.as_str().into();
        }
        let mut response = (status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Ok(code) = HeaderValue::from_str(&self.support_code) {
            headers.insert(SUPPORT_CODE, code);
        }
        match (self.problem, self.challenge.map(HeaderValue::try_from)) {
            (Problem::ServiceDown, _) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
            }
            (Problem::TooManyRequests, Some(Ok(challenge))) => {
                headers.insert(CHALLENGE_HEADER, challenge);
            }
            // After a minute most of what was counted has faded.
            (Problem::TooManyRequests, _) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
            }
            // The rest of the body is not read.
            (Problem::MessageTimedOut, _) => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            _ => {}
        }
        response
    }
}

/// Returns a title for readers of the raw response; the page shows its own texts.
const fn title(problem: Problem) -> &'static str {
    match problem {
        Problem::TenantUnknown => "no such tenant",
        Problem::ServiceDown => "the tenant's agent is not connected; nothing was handed over",
        Problem::TenantNotEntitled => "the tenant has no right to this service",
        Problem::NoAnswer => "the message was handed over and no answer came in time",
        Problem::MessageExpired => "the agent refused the message because it came too late",
        Problem::TooManyRequests => {
            "too many requests; with a challenge: send the message again with its proof"
        }
        Problem::Malformed => "the body must be a JWE compact message (RFC 7516 section 7.1)",
        Problem::TooLarge => "the body must not be longer than 4096 bytes",
        Problem::UnsupportedMediaType => "the body must be application/jose",
        Problem::MessageTimedOut => "the body did not arrive in time",
        Problem::NotAccepted => "the agent could not open the message: another key or version",
    }
}
