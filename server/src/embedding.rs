//! The resources for other sites: the two scripts at permanent addresses, which anyone may read and
//! pin, and the tenant's data for `<postern-reset>`.

use crate::Portal;
use crate::extractors::{PageLanguage, TenantName};
use crate::problem::ProblemResponse;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use postern_app::pages::{card_footer, first_words};
use postern_host::clock::now;

/// The `Cache-Control` of a script at a permanent address: an hour.
const SCRIPT_CACHE_CONTROL: &str = "public, max-age=3600";

/// `GET /embed.js`: frames the page.
pub async fn embed(State(portal): State<Portal>) -> Response {
    script(&portal.assets.embed)
}

/// `GET /postern-reset.js`: the element that mounts the reset without a frame.
pub async fn element(State(portal): State<Portal>) -> Response {
    script(&portal.assets.element)
}

/// `GET /api/{tenant}/page`: the addresses of the script, the WASM and the words, the footer of the
/// card, and the colours. The agent's key is not included: it is checked separately.
pub async fn page(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    PageLanguage(language): PageLanguage,
) -> Response {
    let tenant = match portal.entitled(&tenant) {
        Ok(tenant) => tenant,
        Err(problem) => return ProblemResponse::new(problem).into_response(),
    };
    let assets = &portal.assets.assets;
    let body = serde_json::json!({
        "tenant": tenant.id,
        "language": language.code(),
        "script": assets.script.address,
        "wasm": assets.wasm.address,
        "words": first_words(&tenant.view, language),
        "later": tenant.words.asset(language).map(|words| &words.address),
        "footer": card_footer(&tenant.view, language),
        "signIn": tenant.view.sign_in_link,
        "color": tenant.style.light.to_string(),
        "colorDark": tenant.style.dark.to_string(),
        "now": now(),
    });
    let media_type = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, media_type)], body.to_string()).into_response()
}

fn script(bytes: &[u8]) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, SCRIPT_CACHE_CONTROL),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ];
    (headers, bytes.to_vec()).into_response()
}
