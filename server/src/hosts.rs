//! Host names that belong to one tenant: `/` leads to its page, and no other tenant is there.

use crate::Portal;
use crate::tenants::Host;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// The tenant to whom the host of this request belongs.
#[derive(Clone, Debug)]
pub struct HostOf(pub String);

/// Notes whose host it is, for [`TenantName`](crate::extractors::TenantName).
pub async fn resolve_tenant_host(
    State(portal): State<Portal>,
    mut request: Request,
    next: Next,
) -> Response {
    let owner = host(request.headers()).and_then(|host| portal.tenants.owner(&host));
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
    request.extensions_mut().insert(HostOf(owner));
    next.run(request).await
}

fn host(headers: &HeaderMap) -> Option<Host> {
    let header = headers.get(header::HOST)?.to_str().ok()?;
    Some(Host::of_header(header))
}
