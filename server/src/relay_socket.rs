//! `/relay/{tenant}`: where agents dial in, and where they enroll.

use crate::Portal;
use crate::extractors::TenantName;
use crate::messages::now;
use crate::problem::Failed;
use crate::repeated::Repeated;
use crate::tenants::{Enrolled, Tenants};
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::future::ready;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use postern_envelope::package::PackageKey;
use postern_protocol::Problem;
use postern_relay::Hello;
use postern_relay::embedded::{
    Authorization, confirm_enrollment, receive_enrollment, secret_matches,
};
use postern_relay::package::MAX_FRAME;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Connections of one tenant: its agent's, and some that are ending.
const MAX_OF_TENANT: usize = 8;

/// How often it is looked whether an agent is still the one that enrolled: another may have enrolled
/// at another portal.
const VOID_CHECK: Duration = Duration::from_secs(5);

/// What a socket reads at once. Frames are small, and there may be many sockets.
const READ_BUFFER: usize = 16 * 1024;

/// What is written to a socket and not yet taken by it.
const WRITE_BUFFER: usize = 4 * MAX_FRAME;

/// The open connections of agents, and what is logged of those that were refused.
#[derive(Debug, Default)]
pub struct RelayConnections {
    open: Mutex<HashMap<String, usize>>,
    refused: Repeated,
}

/// An open connection: counted until this is dropped.
struct Counted {
    connections: Arc<RelayConnections>,
    tenant: String,
}

impl RelayConnections {
    fn open(self: &Arc<Self>, tenant: &str, most: usize) -> Option<Counted> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let of_tenant = open.get(tenant).copied().unwrap_or_default();
        if all >= most || of_tenant >= MAX_OF_TENANT {
            return None;
        }
        open.insert(tenant.to_owned(), of_tenant + 1);
        Some(Counted {
            connections: Arc::clone(self),
            tenant: tenant.to_owned(),
        })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let open = self.connections.open.lock();
        let mut open = open.unwrap_or_else(PoisonError::into_inner);
        match open.get_mut(&self.tenant) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.remove(&self.tenant)),
        }
    }
}

/// Serves an agent that shows its secret, or enrolls one that shows a one-time code.
pub async fn connect(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Some(tenant) = portal.tenants.get(&tenant) else {
        return Failed::new(Problem::TenantUnknown).into_response();
    };
    let tenant = tenant.id.clone();
    let shown = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| Authorization::parse(value.to_str().ok()?));
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => {
            let why = "it asked for no WebSocket: a reverse proxy has to pass the headers Upgrade \
                       and Connection on below /relay/ (nginx: proxy_http_version 1.1; \
                       proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade)";
            return portal.refuse(&tenant, why, rejection);
        }
    };
    let unauthorized = StatusCode::UNAUTHORIZED;
    let enrolled = match &shown {
        Some(Authorization::Bearer(secret)) => match portal.tenants.enrolled(&tenant) {
            Some(enrolled) if secret_matches(secret, &enrolled.secret_hash) => Some(enrolled),
            _ => {
                let why = "its secret is not the enrolled one";
                return portal.refuse(&tenant, why, unauthorized);
            }
        },
        Some(Authorization::Enroll(_)) => None,
        None => {
            let why = "it showed neither secret nor code";
            return portal.refuse(&tenant, why, unauthorized);
        }
    };
    let most = portal.config.limits.relay_connections;
    let Some(counted) = portal.relay_connections.open(&tenant, most) else {
        let why = "too many connections of agents are open, 8 of this tenant or \
                   limits.relay_connections in all";
        return portal.refuse(&tenant, why, StatusCode::SERVICE_UNAVAILABLE);
    };
    let upgrade = upgrade
        .max_message_size(MAX_FRAME)
        .max_frame_size(MAX_FRAME)
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BUFFER);
    match (enrolled, shown) {
        (Some(enrolled), _) => {
            upgrade.on_upgrade(|socket| serve(portal, tenant, enrolled, socket, counted))
        }
        (None, Some(Authorization::Enroll(code)))
            if portal.tenants.take_code(&tenant, &code, now()) =>
        {
            upgrade.on_upgrade(|socket| enroll(portal, tenant, socket, counted))
        }
        _ => {
            let why = "its code is wrong, used or too old";
            portal.refuse(&tenant, why, unauthorized)
        }
    }
}

async fn serve(
    portal: Portal,
    tenant: String,
    enrolled: Enrolled,
    socket: WebSocket,
    _counted: Counted,
) {
    let mut stopping = portal.stopping.clone();
    let tenants = &portal.tenants;
    let is_enrolled = |hello: &Hello| {
        let kid = hello.key.thumbprint();
        tenants.accept_agent(&tenant, &enrolled.secret_hash, &kid)
    };
    let key = enrolled.package_key.clone();
    tokio::select! {
        ended = portal.relay.serve(&tenant, key, is_enrolled, binary(socket)) => match ended {
            Ok(()) => tracing::info!(%tenant, "agent disconnected"),
            Err(error) => tracing::warn!(%tenant, %error, "agent disconnected"),
        },
        () = voided(tenants, &tenant, &enrolled) => {
            tracing::warn!(%tenant, "agent disconnected: another has enrolled in its place");
        }
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
}

/// Ends when another agent has enrolled, or the tenant's was removed.
async fn voided(tenants: &Tenants, tenant: &str, enrolled: &Enrolled) {
    while !tenants.is_void(tenant, &enrolled.secret_hash) {
        tokio::time::sleep(VOID_CHECK).await;
    }
}

async fn enroll(portal: Portal, tenant: String, socket: WebSocket, _counted: Counted) {
    let mut socket = binary(socket);
    let enrollment = match receive_enrollment(&mut socket).await {
        Ok(enrollment) => enrollment,
        Err(error) => {
            tracing::warn!(%tenant, %error, "an enrollment was not finished");
            return;
        }
    };
    let Some(package_key) = PackageKey::new(enrollment.package_key) else {
        tracing::warn!(%tenant, "an enrollment had no usable package key");
        return;
    };
    let enrolled = Enrolled {
        secret_hash: enrollment.secret_hash,
        package_key,
        kid: enrollment.kid,
    };
    if let Err(error) = portal.tenants.enroll(&tenant, &enrolled) {
        tracing::error!(%tenant, %error, "an enrollment could not be kept");
        return;
    }
    portal.relay.dismiss(&tenant);
    match confirm_enrollment(&mut socket).await {
        Ok(()) => tracing::info!(%tenant, "agent enrolled"),
        Err(error) => tracing::warn!(%tenant, %error, "agent enrolled, and may not know it"),
    }
}

impl Portal {
    fn refuse(&self, tenant: &str, why: &'static str, answer: impl IntoResponse) -> Response {
        if let Some(times) = self.relay_connections.refused.log(now()) {
            tracing::warn!(%tenant, why, times, "agent refused");
        }
        answer.into_response()
    }
}

/// The socket's binary messages alone; pings are answered below it.
fn binary(
    socket: WebSocket,
) -> impl Stream<Item = Result<Vec<u8>, axum::Error>> + Sink<Vec<u8>, Error = axum::Error> + Send + Unpin
{
    socket
        .with(|bytes: Vec<u8>| ready(Ok(Message::Binary(bytes.into()))))
        .filter_map(|message| {
            ready(match message {
                Ok(Message::Binary(bytes)) => Some(Ok(bytes.into())),
                Ok(_) => None,
                Err(error) => Some(Err(error)),
            })
        })
}
