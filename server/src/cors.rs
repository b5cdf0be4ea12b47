//! Who else may read answers (Fetch, section 3.3): what `<postern-reset>` asks a tenant for may be
//! read from the tenant's `frame_origins`, the browser's files from those of any tenant.

use crate::Portal;
use crate::extractors::TenantName;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// How long a browser may remember that it was allowed to send, in seconds.
const REMEMBERED: &str = "600";

/// What the page reads of an answer, and sends with a message, besides what may always be: the
/// support code, and the work that a busy portal asks for.
const READABLE: HeaderValue = HeaderValue::from_static("postern-support-code, postern-challenge");
const SENDABLE: &str = "content-type, postern-proof";

/// For what belongs to one tenant.
pub async fn of_tenant(
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

/// For what belongs to all.
pub async fn of_any(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let allowed = request
        .headers()
        .get(header::ORIGIN)
        .filter(|origin| portal.tenants.may_frame_any(origin.as_bytes()))
        .cloned();
    share(allowed, request, next).await
}

async fn share(allowed: Option<HeaderValue>, request: Request, next: Next) -> Response {
    let asks_first = request.method() == Method::OPTIONS
        && (request.headers()).contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match &allowed {
        Some(_) if asks_first => StatusCode::NO_CONTENT.into_response(),
        _ => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, READABLE);
        if asks_first {
            add_preflight_headers(headers);
        }
    }
    response
}

/// The answer to a browser that asks before it sends a sealed message.
fn add_preflight_headers(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, SENDABLE),
        (header::ACCESS_CONTROL_MAX_AGE, REMEMBERED),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
