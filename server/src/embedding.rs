//! What other sites load and ask for: the two scripts at addresses that stay, which anyone may
//! read and pin, and what `<postern-reset>` has to know of a tenant.

use crate::Portal;
use crate::extractors::{PageLanguage, TenantName};
use crate::messages::now;
use crate::problem::Failed;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use postern_app::pages::{card_footer, first_words};

/// How long a browser may keep a script whose address stays: an hour.
const KEPT: &str = "public, max-age=3600";

/// `GET /embed.js`: frames the page.
pub async fn embed(State(portal): State<Portal>) -> Response {
    script(&portal.assets.embed)
}

/// `GET /postern-reset.js`: the element that mounts the reset without a frame.
pub async fn element(State(portal): State<Portal>) -> Response {
    script(&portal.assets.element)
}

/// `GET /api/{tenant}/page`: where the script, the WASM and the words are, what stands under
/// the card, and the colours. The
/// key is not here: it is checked on its own.
pub async fn page(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    PageLanguage(language): PageLanguage,
) -> Response {
    let tenant = match portal.entitled(&tenant) {
        Ok(tenant) => tenant,
        Err(problem) => return Failed::new(problem).into_response(),
    };
    let assets = &portal.assets.assets;
    let body = serde_json::json!({
        "tenant": tenant.id,
        "language": language.code(),
        "script": assets.script.address,
        "wasm": assets.wasm.address,
        "words": first_words(&tenant.view, language),
        "later": tenant.words.asset(language).map(|words| &words.address),
        "card_footer": card_footer(&tenant.view, language),
        "color": tenant.style.light.to_string(),
        "colorDark": tenant.style.dark.to_string(),
        "now": now(),
    });
    let media_type = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, media_type)], body.to_string()).into_response()
}

fn script(bytes: &[u8]) -> Response {
    let fixed = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, KEPT),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ];
    (fixed, bytes.to_vec()).into_response()
}
