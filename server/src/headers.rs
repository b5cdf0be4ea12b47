//! Security headers of every response, strict by default: only what is listed is allowed.

use crate::Portal;
use crate::tenants::Origin;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// The policy of every response that is not a page.
const DENY_ALL_POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

const FIXED_HEADERS: [(HeaderName, &str); 6] = [
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
        "camera=(), geolocation=(), microphone=(), payment=(), publickey-credentials-create=(self), \
         publickey-credentials-get=(self), usb=()",
    ),
];

/// Marks a response whose policy lists who may frame it: `X-Frame-Options` cannot list origins.
#[derive(Clone, Copy, Debug)]
pub struct MayBeFramed;

/// Returns the policy of a page: script, WASM and requests of its own origin, exactly one style, and
/// frames of its own origin if it shows any. `'wasm-unsafe-eval'` allows WebAssembly only; `eval` stays
/// blocked.
pub fn page_policy(style_hash: &str, frame_origins: &[Origin], shows_frames: bool) -> String {
    let ancestors: String = match frame_origins {
        [] => String::from(" 'none'"),
        some => some.iter().map(|origin| format!(" {origin}")).collect(),
    };
    [
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src '",
        style_hash,
        "'; img-src 'self'; connect-src 'self'; ",
        if shows_frames {
            "frame-src 'self'; "
        } else {
            ""
        },
        "base-uri 'none'; form-action 'none'; frame-ancestors",
        &ancestors,
    ]
    .concat()
}

/// Adds the headers that the handler has not set.
pub async fn secure(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let may_be_framed = response.extensions().get::<MayBeFramed>().is_some();
    let headers = response.headers_mut();
    for (name, value) in FIXED_HEADERS {
        if !(may_be_framed && name == header::X_FRAME_OPTIONS) {
            set_default(headers, name, value);
        }
    }
    set_default(headers, header::CONTENT_SECURITY_POLICY, DENY_ALL_POLICY);
    set_default(headers, header::CACHE_CONTROL, "no-store");
    if portal.config.behind_proxy {
        let two_years = "max-age=63072000; includeSubDomains";
        set_default(headers, header::STRICT_TRANSPORT_SECURITY, two_years);
    }
    response
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}
