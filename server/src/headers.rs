//! Security headers on every answer, strict from the first: nothing is allowed that is not named.

use crate::Portal;
use crate::tenants::Origin;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Of everything that is not a page.
const NOTHING: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Marks an answer whose policy names who may frame it: `X-Frame-Options` cannot name anyone.
#[derive(Clone, Copy, Debug)]
pub struct MayBeFramed;

/// The policy of a page: its own script and WASM, exactly one style, its own address to send to.
/// `'wasm-unsafe-eval'` allows WebAssembly and nothing else; `eval` stays blocked.
pub fn page_policy(style_hash: &str, frame_origins: &[Origin]) -> String {
    let ancestors: String = match frame_origins {
        [] => String::from(" 'none'"),
        some => some.iter().map(|origin| format!(" {origin}")).collect(),
    };
    [
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src '",
        style_hash,
        "'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors",
        &ancestors,
    ]
    .concat()
}

/// Adds the headers that a handler has not set itself.
pub async fn secure(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let may_be_framed = response.extensions().get::<MayBeFramed>().is_some();
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        if !(may_be_framed && name == header::X_FRAME_OPTIONS) {
            set(headers, name, value);
        }
    }
    set(headers, header::CONTENT_SECURITY_POLICY, NOTHING);
    set(headers, header::CACHE_CONTROL, "no-store");
    if portal.config.behind_proxy {
        let two_years = "max-age=63072000; includeSubDomains";
        set(headers, header::STRICT_TRANSPORT_SECURITY, two_years);
    }
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}
