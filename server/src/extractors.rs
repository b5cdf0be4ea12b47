//! The parts that requests have in common: tenant, language and frame. No input is rejected: a
//! malformed name is no tenant's, and an unknown language falls back to that of the browser.

use crate::hosts::HostOwner;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::header;
use axum::http::request::Parts;
use postern_i18n::Language;
use serde::Deserialize;
use std::collections::HashMap;
use std::convert::Infallible;

/// The tenant's name in the address, in small letters and unchecked; empty on a host of another
/// tenant.
#[derive(Debug)]
pub struct TenantName(pub String);

/// The language: from the link (`?lang=lt`), else from `Accept-Language`, else English.
#[derive(Clone, Copy, Debug)]
pub struct PageLanguage(pub Language);

/// The frame around the page (`?frame=https://…&theme=dark`), unchecked.
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
        let name = name.map(|name| name.to_ascii_lowercase());
        let host = parts.extensions.get::<HostOwner>();
        let here = name.filter(|name| host.is_none_or(|HostOwner(owner)| owner == name));
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
        let query = Query::<Self>::try_from_uri(&parts.uri);
        Ok(query.map_or_else(|_| Self::default(), |Query(frame)| frame))
    }
}
