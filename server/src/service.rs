//! The state of the service and the agent's public keys, for the pages and over HTTP.

use crate::Portal;
use crate::extractors::TenantName;
use crate::problem::ProblemResponse;
use crate::tenants::Tenant;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use postern_envelope::MAX_LIFETIME;
use postern_host::clock::now;
use postern_protocol::Problem;
use postern_relay::{AgentState, Relay};
use std::sync::Arc;

impl Portal {
    /// Returns a tenant that is entitled to the service and can be served.
    pub(crate) fn entitled(&self, tenant: &str) -> Result<Arc<Tenant>, Problem> {
        match self.tenants.get(tenant) {
            None => Err(Problem::TenantUnknown),
            Some(tenant) if !tenant.entitled => Err(Problem::TenantNotEntitled),
            Some(tenant) if tenant.broken => Err(Problem::ServiceDown),
            Some(tenant) => Ok(tenant),
        }
    }

    /// Returns the tenant's agent, if it is connected, reaches its directory and has a clock that
    /// agrees with the portal's.
    pub(crate) fn working_agent(&self, tenant: &str) -> Option<AgentState> {
        self.entitled(tenant).ok()?;
        let agent = self.relay.agent(tenant)?;
        (agent.directory_up && self.clocks_agree(&agent)).then_some(agent)
    }

    /// Reports whether messages are neither expired nor too far in the future by the agent's clock.
    fn clocks_agree(&self, agent: &AgentState) -> bool {
        let max_ahead = self
            .config
            .answer_seconds
            .saturating_sub(CLOCK_MARGIN_SECONDS);
        match u64::try_from(agent.clock_ahead) {
            Ok(ahead) => ahead < max_ahead,
            Err(_) => agent.clock_ahead.unsigned_abs() < MAX_BEHIND_SECONDS,
        }
    }
}

/// The time that a message has left at least, in seconds, given the error of the comparison.
const CLOCK_MARGIN_SECONDS: u64 = 2;

/// The time by which an agent's clock may be behind, in seconds: pages seal messages for two
/// minutes, and an agent opens none that is valid for longer than [`MAX_LIFETIME`] by its clock.
const MAX_BEHIND_SECONDS: u64 = MAX_LIFETIME - 120 - CLOCK_MARGIN_SECONDS;

/// `GET /api/{tenant}/keys`: a JWK Set (RFC 7517 section 5).
pub async fn keys(State(portal): State<Portal>, TenantName(tenant): TenantName) -> Response {
    if let Err(problem) = portal.entitled(&tenant) {
        return ProblemResponse::new(problem).into_response();
    }
    match portal.relay.agent(&tenant) {
        None => ProblemResponse::new(Problem::ServiceDown).into_response(),
        Some(agent) => json(
            &["{\"keys\":[", &agent.hello.key.to_jwk(), "]}"].concat(),
            "application/jwk-set+json",
        ),
    }
}

/// `GET /api/{tenant}/status`: `{"service": "up" | "down"}`, with `"cause": "clock"` if it is down
/// only because the clocks differ, and with `"mail": "down"` if it is up without a mail server.
pub async fn status(State(portal): State<Portal>, TenantName(tenant): TenantName) -> Response {
    match portal.entitled(&tenant) {
        // A service that is down is a valid answer here.
        Ok(_) | Err(Problem::ServiceDown) => {}
        Err(problem) => return ProblemResponse::new(problem).into_response(),
    }
    let agent = portal
        .relay
        .agent(&tenant)
        .filter(|agent| agent.directory_up);
    let service = match agent {
        None => "{\"service\":\"down\"}",
        Some(agent) if !portal.clocks_agree(&agent) => "{\"service\":\"down\",\"cause\":\"clock\"}",
        Some(agent) if !agent.mail_up => "{\"service\":\"up\",\"mail\":\"down\"}",
        Some(_) => "{\"service\":\"up\"}",
    };
    json(service, "application/json")
}

/// `GET /healthz`: succeeds if the process can answer.
pub async fn healthy() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: succeeds if the portal is not stopping, its data directory can be read, and at
/// least one tenant in it can be used, if there are any.
pub async fn ready(State(portal): State<Portal>) -> Response {
    let not_ready = |why: &'static str| (StatusCode::SERVICE_UNAVAILABLE, why).into_response();
    if *portal.stopping.borrow() {
        return not_ready("stopping\n");
    }
    match portal.tenants.ready() {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            if let Some(times) = portal.not_ready_log.log(now()) {
                tracing::error!(times, %error, "not ready");
            }
            not_ready("the data directory or every tenant in it is unusable: see the log\n")
        }
    }
}

fn json(body: &str, media_type: &'static str) -> Response {
    let media_type = HeaderValue::from_static(media_type);
    ([(header::CONTENT_TYPE, media_type)], body.to_owned()).into_response()
}
