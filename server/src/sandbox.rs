//! The sandbox page and what belongs to it, only for tenants whose agent uses the sandbox directory:
//! the page itself, its mails in HTML, and flows whose messages are answered with a problem.

use crate::connections::Connection;
use crate::extractors::{FrameQuery, PageLanguage, TenantName};
use crate::pages::{Addition, page, respond_not_found};
use crate::problem::ProblemResponse;
use crate::tenants::Tenant;
use crate::{Portal, client};
use axum::extract::rejection::PathRejection;
use axum::extract::{ConnectInfo, Extension, FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use postern_app::pages::{self, NotFound, SandboxStart};
use postern_host::clock::now;
use postern_i18n::Language;
use postern_protocol::{FlowKind, Problem};
use postern_relay::{Answer, Ask, Relay, SandboxCode, SandboxView};
use serde::Deserialize;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

/// The policy of a mail: its own style, no scripts, and only in the sandbox page. It is of the
/// portal's origin, so that the page can read its height.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
                           form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

/// The maximum length of a user name in a link.
const MAX_NAME_BYTES: usize = 64;

/// `GET /{tenant}/sandbox`: the sandbox page.
pub async fn show(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    PageLanguage(language): PageLanguage,
    client: Client,
    frame: FrameQuery,
) -> Response {
    let tenant = match portal.sandbox_tenant(&tenant, language, &frame) {
        Ok(tenant) => tenant,
        Err(response) => return *response,
    };
    let ask = Ask::Sandbox {
        language: language.code().to_owned(),
    };
    let answer = match portal.ask_sandbox(&tenant, &client, ask).await {
        Ok(answer) => answer,
        Err(response) => return *response,
    };
    let Some(answer) = answer else {
        return portal.sandbox_down(&tenant, language, frame);
    };
    let Answer::Sandbox { view } = answer else {
        return respond_not_found(&portal, Some(&tenant), language, NotFound::Sandbox);
    };
    let names = portal.relay.agent(&tenant.id);
    let names = names.map(|agent| agent.hello.flows).unwrap_or_default();
    let offered = names.iter().filter_map(|name| FlowKind::named(name));
    let contents = contents(view, offered.collect());
    let page = page(&tenant, language, "sandbox", frame);
    let status = StatusCode::OK;
    portal.respond_with(Addition::Sandbox, status, Some(&tenant), page, |document| {
        pages::sandbox(document, contents)
    })
}

/// `GET /{tenant}/sandbox/mails/{number}`: a mail in HTML, as people get it.
pub async fn mail(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    PageLanguage(language): PageLanguage,
    path: Result<Path<(String, u64)>, PathRejection>,
    client: Client,
) -> Response {
    let frame = FrameQuery::default();
    let tenant = match portal.sandbox_tenant(&tenant, language, &frame) {
        Ok(tenant) => tenant,
        Err(response) => return *response,
    };
    let not_found = || respond_not_found(&portal, Some(&tenant), language, NotFound::Page);
    let Ok(Path((_, number))) = path else {
        return not_found();
    };
    let ask = Ask::SandboxMail { number };
    let answer = match portal.ask_sandbox(&tenant, &client, ask).await {
        Ok(answer) => answer,
        Err(response) => return *response,
    };
    match answer {
        None => portal.sandbox_down(&tenant, language, frame),
        Some(Answer::SandboxMail { html: Some(html) }) => {
            let headers = [
                (
                    header::CONTENT_SECURITY_POLICY,
                    HeaderValue::from_static(MAIL_POLICY),
                ),
                (
                    header::X_FRAME_OPTIONS,
                    HeaderValue::from_static("SAMEORIGIN"),
                ),
            ];
            (headers, Html(html)).into_response()
        }
        Some(_) => not_found(),
    }
}

/// `POST /{tenant}/sandbox/problems/{problem}/api/{tenant}/messages`: answers every message with the
/// problem, without reading it.
pub async fn problem(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Response {
    let named = path
        .ok()
        .and_then(|Path((_, code, _))| problem_named(&code));
    match named {
        Some(problem) if portal.is_sandbox(&tenant) => {
            ProblemResponse::new(problem).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The parameters of a link from the sandbox page to a flow, unchecked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StartQuery {
    name: String,
    problem: String,
}

impl StartQuery {
    /// Returns the beginning of the flow. What is not well-formed is left out. To be called for
    /// tenants on the sandbox directory only.
    pub fn start(self, tenant: &str) -> SandboxStart {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.@-".contains(&byte);
        let is_name = self.name.len() <= MAX_NAME_BYTES && self.name.bytes().all(allowed);
        let base = problem_named(&self.problem).map(|problem| {
            let code = problem.code();
            ["/", tenant, "/sandbox/problems/", code].concat()
        });
        SandboxStart {
            name: if is_name { self.name } else { String::new() },
            base: base.unwrap_or_default(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for StartQuery {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = Query::<Self>::try_from_uri(&parts.uri);
        Ok(query.map_or_else(|_| Self::default(), |Query(start)| start))
    }
}

/// The client of a request, for the throttle.
pub struct Client {
    peer: SocketAddr,
    connection: Arc<Connection>,
    headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, state).await;
        let ConnectInfo(peer) = peer.map_err(IntoResponse::into_response)?;
        let connection = Extension::<Arc<Connection>>::from_request_parts(parts, state).await;
        let Extension(connection) = connection.map_err(IntoResponse::into_response)?;
        Ok(Self {
            peer,
            connection,
            headers: parts.headers.clone(),
        })
    }
}

impl Portal {
    /// Reports whether a tenant runs on the sandbox directory, as far as its agent is connected.
    fn is_sandbox(&self, tenant: &str) -> bool {
        let agent = self.relay.agent(tenant);
        agent.is_some_and(|agent| agent.hello.sandbox)
    }

    /// Returns the tenant if it runs on the sandbox directory; else the response that says that there
    /// is nothing here, or that its service is down.
    fn sandbox_tenant(
        &self,
        tenant: &str,
        language: Language,
        frame: &FrameQuery,
    ) -> Result<Arc<Tenant>, Box<Response>> {
        let Some(tenant) = self.tenants.get(tenant) else {
            let response = respond_not_found(self, None, language, NotFound::Page);
            return Err(Box::new(response));
        };
        match self.relay.agent(&tenant.id) {
            None => {
                let response = self.sandbox_down(&tenant, language, frame.clone());
                Err(Box::new(response))
            }
            // An agent without a sandbox is not asked, so requests here cause it no work.
            Some(agent) if !agent.hello.sandbox || tenant.broken => {
                let kind = NotFound::Sandbox;
                let response = respond_not_found(self, Some(&tenant), language, kind);
                Err(Box::new(response))
            }
            Some(_) => Ok(tenant),
        }
    }

    /// Asks the agent of a sandbox, at the rate that the throttle allows; `None` if it does not answer.
    async fn ask_sandbox(
        &self,
        tenant: &Tenant,
        client: &Client,
        ask: Ask,
    ) -> Result<Option<Answer>, Box<Response>> {
        let address = client::address(&self.config, client.peer, &client.headers);
        let networks = client::networks(address);
        if !self.throttle.judge_sandbox(&tenant.id, &networks, now()) {
            let problem = ProblemResponse::new(Problem::TooManyRequests);
            return Err(Box::new(problem.into_response()));
        }
        let _not_evicted = client.connection.keep();
        let expires = now() + self.config.answer_seconds;
        Ok(self.relay.ask(&tenant.id, expires, ask).await.ok())
    }

    fn sandbox_down(
        &self,
        tenant: &Arc<Tenant>,
        language: Language,
        frame: FrameQuery,
    ) -> Response {
        let page = page(tenant, language, "sandbox", frame);
        let status = StatusCode::SERVICE_UNAVAILABLE;
        self.respond(status, Some(tenant), page, pages::down)
    }
}

fn problem_named(code: &str) -> Option<Problem> {
    let mut problems = Problem::ALL.into_iter();
    problems.find(|problem| problem.code() == code)
}

fn contents(view: SandboxView, offered: Vec<FlowKind>) -> pages::Sandbox {
    let accounts = view.accounts.into_iter();
    let accounts = accounts.map(|account| pages::SandboxAccount {
        login_name: account.login_name,
        script: account.script,
        codes: codes(account.codes),
        flow_kind: FlowKind::named(&account.flow).unwrap_or_default(),
    });
    let answers = view.answers.into_iter();
    let answers = answers.map(|answer| pages::SandboxAnswer {
        login_name: answer.login_name,
        step: answer.step,
        flow_kind: FlowKind::named(&answer.flow).unwrap_or_default(),
        codes: codes(answer.codes),
        numbers: answer.numbers,
    });
    let mails = view.mails.into_iter().map(|mail| pages::SandboxMail {
        number: mail.number,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        code: mail.code,
        has_html: mail.has_html,
        sent_at: utc(mail.sent_at),
    });
    pages::Sandbox {
        accounts: accounts.collect(),
        answers: answers.collect(),
        mails: mails.collect(),
        first_password: view.first_password,
        offered,
    }
}

fn codes(codes: Vec<SandboxCode>) -> Vec<pages::SandboxCode> {
    let codes = codes.into_iter().map(|code| pages::SandboxCode {
        kind: code.kind,
        code: code.code,
        seconds: code.seconds,
    });
    codes.collect()
}

/// Returns a time as `2026-11-20T09:12:00Z`.
fn utc(time: u64) -> String {
    let (days, second) = (time / 86_400, time % 86_400);
    let (year, month, day) = date(days);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Returns the year, month and day of a number of days since 1 January 1970, in years that begin in
/// March, so that a leap day is the last day of its year.
fn date(days: u64) -> (u64, u64, u64) {
    // The days of 400, 100 and 4 years. 1 March of the year 0 was 719,468 days before 1970.
    let (cycle, hundred, four) = (146_097, 36_524, 1_460);
    let days = days + 719_468;
    let (era, of_era) = (days / cycle, days % cycle);
    let year = (of_era - of_era / four + of_era / hundred - of_era / (cycle - 1)) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let in_next_year = month >= 10;
    let month = if in_next_year { month - 9 } else { month + 3 };
    (era * 400 + year + u64::from(in_next_year), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_utc() {
        for (time, written) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_165_920, "2026-11-20T09:12:00Z"),
            (1_830_297_599, "2027-12-31T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(utc(time), written);
        }
    }

    #[test]
    fn a_link_fills_in_well_formed_names_and_known_problems_only() {
        let start = |name: &str, problem: &str| {
            let query = StartQuery {
                name: name.to_owned(),
                problem: problem.to_owned(),
            };
            let start = query.start("contoso");
            (start.name, start.base)
        };
        let base = "/contoso/sandbox/problems/too_large";
        let both = ("alice".to_owned(), base.to_owned());
        assert_eq!(start("alice", "too_large"), both);
        for name in ["al ice", "<b>", "é", &"a".repeat(65)] {
            assert_eq!(start(name, "no_such").0, "");
        }
        assert_eq!(start("", "../x").1, "");
    }
}
