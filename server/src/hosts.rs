//! Host names of one tenant: `/` redirects to its page, and no other tenant is found there.

use crate::Portal;
use crate::tenants::Host;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// The tenant that owns the host of a request.
#[derive(Clone, Debug)]
pub struct HostOwner(pub String);

/// Stores the tenant of the host for [`TenantName`](crate::extractors::TenantName).
pub async fn resolve_tenant_host(
    State(portal): State<Portal>,
    mut request: Request,
    next: Next,
) -> Response {
    let owner = request_host(request.headers()).and_then(|host| portal.tenants.owner(&host));
    let Some(owner) = owner else {
        return next.run(request).await;
    };
    let uri = request.uri();
    if uri.path() == "/" {
        let query = uri
            .query()
            .map_or(String::new(), |query| ["?", query].concat());
        return Redirect::temporary(&["/", &owner, "/", &query].concat()).into_response();
    }
    request.extensions_mut().insert(HostOwner(owner));
    next.run(request).await
}

fn request_host(headers: &HeaderMap) -> Option<Host> {
    let header = headers.get(header::HOST)?.to_str().ok()?;
    Some(Host::from_header(header))
}
