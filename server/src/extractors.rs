//! What every request says: whose page, in which language, in whose frame. Anything can be asked;
//! what cannot be read belongs to nobody, and an unknown language is left to the browser.

use crate::hosts::HostOf;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::header;
use axum::http::request::Parts;
use postern_i18n::Language;
use serde::Deserialize;
use std::collections::HashMap;
use std::convert::Infallible;

/// The tenant's name in the address, as it came; empty on a host that belongs to another tenant.
#[derive(Debug)]
pub struct TenantName(pub String);

/// The language: by link (`?lang=lt`), else the browser's, else English.
#[derive(Clone, Copy, Debug)]
pub struct PageLanguage(pub Language);

/// The frame that the page is asked for (`?frame=https://…&theme=dark`), as it came.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FrameQuery {
    pub frame: String,
    pub theme: String,
}

impl<S: Send + Sync> FromRequestParts<S> for TenantName {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let name = path.ok().and_then(|Path(mut path)| path.remove("tenant"));
        let host = parts.extensions.get::<HostOf>();
        let here = name.filter(|name| host.is_none_or(|HostOf(owner)| owner == name));
        Ok(Self(here.unwrap_or_default()))
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

impl<S: Send + Sync> FromRequestParts<S> for FrameQuery {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let asked = Query::<Self>::try_from_uri(&parts.uri);
        Ok(asked.map_or_else(|_| Self::default(), |Query(asked)| asked))
    }
}
