//! What every request says: whose page, in which language. Anything can be asked; what cannot be
//! read belongs to nobody, and an unknown language is left to the browser.

use axum::extract::{FromRequestParts, Path};
use axum::http::header;
use axum::http::request::Parts;
use postern_i18n::Language;
use std::convert::Infallible;

/// The tenant's name in the address, as it came.
#[derive(Debug)]
pub struct TenantName(pub String);

/// The language: by link (`?lang=lt`), else the browser's, else English.
#[derive(Clone, Copy, Debug)]
pub struct PageLanguage(pub Language);

impl<S: Send + Sync> FromRequestParts<S> for TenantName {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let name = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(name.map_or_else(|_| String::new(), |Path(name)| name)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PageLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let by_link = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("lang=")?.parse().ok());
        let by_browser = || {
            let accepted = parts.headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            Some(Language::negotiate(accepted))
        };
        Ok(Self(by_link.or_else(by_browser).unwrap_or_default()))
    }
}
