//! The service's state and the agent's public keys, for pages and for whoever asks.

use crate::Portal;
use crate::extractors::TenantName;
use crate::messages::now;
use crate::problem::Failed;
use crate::tenants::Tenant;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use postern_envelope::MAX_LIFETIME;
use postern_protocol::Problem;
use postern_relay::{AgentState, Relay};
use std::sync::Arc;

impl Portal {
    /// A tenant that has the service and can be served.
    pub(crate) fn entitled(&self, tenant: &str) -> Result<Arc<Tenant>, Problem> {
        match self.tenants.get(tenant) {
            None => Err(Problem::TenantUnknown),
            Some(tenant) if !tenant.entitled => Err(Problem::TenantNotEntitled),
            Some(tenant) if tenant.broken => Err(Problem::ServiceDown),
            Some(tenant) => Ok(tenant),
        }
    }

    /// The tenant's agent, if it is connected, can ask its directory and takes what comes in time
    /// for that.
    pub(crate) fn working_agent(&self, tenant: &str) -> Option<AgentState> {
        self.entitled(tenant).ok()?;
        let agent = self.relay.agent(tenant)?;
        (agent.directory_up && self.clocks_agree(&agent)).then_some(agent)
    }

    /// Whether messages do not come too late, or from too far ahead, by the agent's clock.
    fn clocks_agree(&self, agent: &AgentState) -> bool {
        let most_ahead = self.config.answer_seconds.saturating_sub(MARGIN);
        match u64::try_from(agent.clock_ahead) {
            Ok(ahead) => ahead < most_ahead,
            Err(_) => agent.clock_ahead.unsigned_abs() < MOST_BEHIND,
        }
    }
}

/// How much time a message is left at least, in seconds, however the clocks were compared.
const MARGIN: u64 = 2;

/// How far an agent's clock may be behind, in seconds: pages seal for two minutes, and what is good for
/// longer than [`MAX_LIFETIME`] by its clock an agent does not open.
const MOST_BEHIND: u64 = MAX_LIFETIME - 120 - MARGIN;

/// `GET /api/{tenant}/keys`: a JWK Set (RFC 7517 section 5).
pub async fn keys(State(portal): State<Portal>, TenantName(tenant): TenantName) -> Response {
    if let Err(problem) = portal.entitled(&tenant) {
        return Failed::new(problem).into_response();
    }
    match portal.relay.agent(&tenant) {
        None => Failed::new(Problem::ServiceDown).into_response(),
        Some(agent) => json(
            &["{\"keys\":[", &agent.hello.key.to_jwk(), "]}"].concat(),
            "application/jwk-set+json",
        ),
    }
}

/// `GET /api/{tenant}/status`: `{"service": "up" | "down"}`; down for the clocks alone, with
/// `"cause": "clock"`; up without a mail server, with `"mail": "down"`.
pub async fn status(State(portal): State<Portal>, TenantName(tenant): TenantName) -> Response {
    match portal.entitled(&tenant) {
        // It is down, which is what is asked.
        Ok(_) | Err(Problem::ServiceDown) => {}
        Err(problem) => return Failed::new(problem).into_response(),
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

/// `GET /healthz`: the process answers.
pub async fn healthy() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: it takes requests, is not about to stop, and has its data: the directory can be
/// read, and not every tenant's file in it is wrong.
pub async fn ready(State(portal): State<Portal>) -> Response {
    let not_ready = |why: &'static str| (StatusCode::SERVICE_UNAVAILABLE, why).into_response();
    if *portal.stopping.borrow() {
        return not_ready("stopping\n");
    }
    match portal.tenants.ready() {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            if let Some(times) = portal.not_ready.log(now()) {
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
