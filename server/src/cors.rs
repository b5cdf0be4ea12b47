//! Cross-origin access (CORS; Fetch, section 3.3): a tenant's `frame_origins` may read the answers
//! to `<postern-reset>`, and those of any tenant may read the browser's files.

use crate::Portal;
use crate::extractors::TenantName;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The time for which a browser may cache a preflight answer, in seconds.
const PREFLIGHT_MAX_AGE_SECONDS: &str = "600";

/// The headers that the page reads besides the safelisted ones: the support code, and the challenge
/// of a busy portal.
const EXPOSED_HEADERS: HeaderValue =
    HeaderValue::from_static("postern-support-code, postern-challenge");

/// The headers that the page sends with a message besides the safelisted ones.
const ALLOWED_HEADERS: &str = "content-type, postern-proof";

/// Shares the resources of a tenant with its own `frame_origins`.
pub async fn for_tenant(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    request: Request,
    next: Next,
) -> Response {
    let tenant = portal.tenants.get(&tenant);
    let allowed = request
        .headers()
        .get(header::ORIGIN)
        .filter(|origin| tenant.is_some_and(|tenant| tenant.may_frame(origin.as_bytes())))
        .cloned();
    share(allowed, request, next).await
}

/// Shares common resources with the `frame_origins` of every tenant.
pub async fn for_any_tenant(
    State(portal): State<Portal>,
    request: Request,
    next: Next,
) -> Response {
    let allowed = request
        .headers()
        .get(header::ORIGIN)
        .filter(|origin| portal.tenants.may_frame_any(origin.as_bytes()))
        .cloned();
    share(allowed, request, next).await
}

async fn share(allowed: Option<HeaderValue>, request: Request, next: Next) -> Response {
    let is_preflight = request.method() == Method::OPTIONS
        && (request.headers()).contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match &allowed {
        Some(_) if is_preflight => StatusCode::NO_CONTENT.into_response(),
        _ => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS);
        if is_preflight {
            add_preflight_headers(headers);
        }
    }
    response
}

/// Adds the headers that answer a preflight request.
fn add_preflight_headers(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS),
        (header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_MAX_AGE_SECONDS),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
