//! The handlers of pages, which choose the tenant, the language, the frame and the policy.

use crate::assets::IMMUTABLE_CACHE_CONTROL;
use crate::extractors::{FrameQuery, PageLanguage, TenantName};
use crate::headers::{MayBeFramed, page_policy};
use crate::hosts::HostOwner;
use crate::sandbox::StartQuery;
use crate::tenants::{Tenant, in_theme, style_hash};
use crate::{Portal, support_code};
use axum::extract::rejection::PathRejection;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use postern_app::pages::{self, Document, FlowPage, Frame, NotFound, Page};
use postern_host::clock::now;
use postern_i18n::Language;
use postern_protocol::FlowKind;
use std::sync::Arc;

/// The parts of a page that others do not have: style, and frames of the portal's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addition {
    /// None.
    None,
    /// The parts of the sandbox page.
    Sandbox,
}

/// `GET /{tenant}`: redirects to the address with a slash.
pub async fn add_slash(TenantName(tenant): TenantName, uri: Uri) -> Redirect {
    let query = uri
        .query()
        .map_or(String::new(), |query| ["?", query].concat());
    // The name is arbitrary input: only a valid tenant name is put into the address.
    if postern_envelope::is_tenant_name(&tenant) {
        Redirect::permanent(&["/", &tenant, "/", &query].concat())
    } else {
        Redirect::to("/not-found/")
    }
}

/// `GET /{tenant}/`: the reset page, or a notice that the service is down.
pub async fn reset(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    PageLanguage(language): PageLanguage,
    frame: FrameQuery,
    start: StartQuery,
) -> Response {
    portal.flow_page(&tenant, language, frame, FlowKind::Reset, start)
}

/// `GET /{tenant}/{flow}`: the page of another flow.
pub async fn flow_page(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    path: Result<Path<(String, String)>, PathRejection>,
    PageLanguage(language): PageLanguage,
    frame: FrameQuery,
    start: StartQuery,
) -> Response {
    // A path that is not UTF-8 names no flow.
    match path
        .ok()
        .and_then(|Path((_, flow_kind))| FlowKind::named(&flow_kind))
    {
        None | Some(FlowKind::Reset) => {
            let tenant = portal.tenants.get(&tenant);
            respond_not_found(&portal, tenant.as_ref(), language, NotFound::Page)
        }
        Some(flow_kind) => portal.flow_page(&tenant, language, frame, flow_kind, start),
    }
}

/// `GET /{tenant}/help`: the help page, available even when the service is down.
pub async fn help(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    PageLanguage(language): PageLanguage,
    frame: FrameQuery,
) -> Response {
    let Some(tenant) = portal.tenants.get(&tenant) else {
        return respond_not_found(&portal, None, language, NotFound::Page);
    };
    let page = page(&tenant, language, "help", frame);
    portal.respond(StatusCode::OK, Some(&tenant), page, pages::help)
}

/// `GET /{tenant}/logo?lang=cs`: the tenant's logo in a language.
pub async fn logo(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    PageLanguage(language): PageLanguage,
) -> Response {
    let tenant = portal.tenants.get(&tenant);
    match tenant.and_then(|tenant| tenant.logos.get(&language).cloned()) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(logo) => {
            let headers = [
                (
                    header::CONTENT_TYPE,
                    HeaderValue::from_static(logo.media_type),
                ),
                (header::VARY, HeaderValue::from_static("accept-language")),
                (
                    header::CACHE_CONTROL,
                    HeaderValue::from_static("public, max-age=3600"),
                ),
            ];
            (headers, logo.bytes.to_vec()).into_response()
        }
    }
}

/// `GET /{tenant}/words/{name}`: the texts, cached forever because the name changes with them.
pub async fn words(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Response {
    let tenant = portal.tenants.get(&tenant);
    let name = path.map_or_else(|_| String::new(), |Path((_, name))| name);
    let words = tenant.as_ref().and_then(|tenant| tenant.words.find(&name));
    match words {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(words) => {
            let headers = [
                (header::CONTENT_TYPE, "application/json"),
                (header::CACHE_CONTROL, IMMUTABLE_CACHE_CONTROL),
            ];
            (headers, words.to_owned()).into_response()
        }
    }
}

/// Answers every other address: one below a tenant's with the way to its page.
pub async fn not_found(
    State(portal): State<Portal>,
    PageLanguage(language): PageLanguage,
    owner: Option<Extension<HostOwner>>,
    uri: Uri,
) -> Response {
    let name = uri.path().split('/').nth(1).unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let is_here = owner.is_none_or(|Extension(HostOwner(owner))| owner == name);
    let tenant = is_here.then(|| portal.tenants.get(&name)).flatten();
    respond_not_found(&portal, tenant.as_ref(), language, NotFound::Page)
}

/// Responds that there is nothing at the address.
pub fn respond_not_found(
    portal: &Portal,
    tenant: Option<&Arc<Tenant>>,
    language: Language,
    kind: NotFound,
) -> Response {
    let page = Page {
        tenant: tenant.map(|tenant| tenant.view.clone()),
        language,
        path: String::new(),
        frame: None,
    };
    let status = StatusCode::NOT_FOUND;
    portal.respond(status, tenant, page, |document| {
        pages::not_found(document, kind)
    })
}

impl Portal {
    fn flow_page(
        &self,
        tenant: &str,
        language: Language,
        frame: FrameQuery,
        flow_kind: FlowKind,
        start: StartQuery,
    ) -> Response {
        let Some(tenant) = self.tenants.get(tenant) else {
            return respond_not_found(self, None, language, NotFound::Page);
        };
        let name = match flow_kind {
            FlowKind::Reset => "",
            other => other.name(),
        };
        let page = page(&tenant, language, name, frame);
        if !tenant.entitled {
            let status = StatusCode::FORBIDDEN;
            return self.respond(status, Some(&tenant), page, pages::not_entitled);
        }
        let Some(agent) = self.working_agent(&tenant.id) else {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            return self.respond(status, Some(&tenant), page, pages::down);
        };
        let names = agent.hello.flows.iter();
        let offered: Vec<_> = names.filter_map(|name| FlowKind::named(name)).collect();
        if !offered.contains(&flow_kind) {
            return respond_not_found(self, Some(&tenant), language, NotFound::Page);
        }
        // Nobody else's link fills in anything.
        let sandbox = agent.hello.sandbox.then(|| start.start(&tenant.id));
        self.respond(StatusCode::OK, Some(&tenant), page, |document| {
            let page = FlowPage {
                flow_kind,
                offered: &offered,
                key: &agent.hello.key.n(),
                now: now(),
                sandbox,
            };
            pages::flow(document, &page)
        })
    }

    /// Renders a page and responds with it.
    pub fn respond(
        &self,
        status: StatusCode,
        tenant: Option<&Arc<Tenant>>,
        page: Page,
        render: impl FnOnce(&Document<'_>) -> String,
    ) -> Response {
        self.respond_with(Addition::None, status, tenant, page, render)
    }

    /// Renders a page with an addition and responds with it.
    pub fn respond_with(
        &self,
        addition: Addition,
        status: StatusCode,
        tenant: Option<&Arc<Tenant>>,
        page: Page,
        render: impl FnOnce(&Document<'_>) -> String,
    ) -> Response {
        let words = tenant.and_then(|tenant| tenant.words.asset(page.language));
        let style = tenant.map_or(self.tenants.plain_style(), |tenant| &tenant.style);
        let mut style = style.css(&self.assets.style);
        if addition == Addition::Sandbox {
            style.push_str(&self.assets.sandbox_style);
        }
        if let Some(frame) = &page.frame {
            style.push_str(&self.assets.frame_style);
            if let Some(theme) = frame.theme {
                style = in_theme(&style, theme);
            }
        }
        let document = Document {
            page,
            style: &style,
            assets: &self.assets.assets,
            words,
        };
        let mut response = (status, Html(render(&document))).into_response();
        let frame_origins = tenant.map_or(&[][..], |tenant| &tenant.frame_origins);
        if !frame_origins.is_empty() {
            response.extensions_mut().insert(MayBeFramed);
        }
        let headers = response.headers_mut();
        let shows_frames = addition == Addition::Sandbox;
        let policy = page_policy(&style_hash(document.style), frame_origins, shows_frames);
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
            let support_code = support_code::new();
            tracing::warn!(%support_code, "service down");
        }
        response
    }
}

/// Returns the page at `path` below the tenant's address. Its height is sent only to a parent that
/// may frame it.
pub fn page(tenant: &Tenant, language: Language, path: &str, query: FrameQuery) -> Page {
    let frame = tenant.may_frame(query.frame.as_bytes()).then(|| Frame {
        origin: query.frame,
        theme: query.theme.parse().ok(),
    });
    Page {
        tenant: Some(tenant.view.clone()),
        language,
        path: ["/", &tenant.id, "/", path].concat(),
        frame,
    }
}
