//! `/relay/{tenant}`: the WebSocket endpoint at which agents connect and enroll.

use crate::Portal;
use crate::extractors::TenantName;
use crate::problem::ProblemResponse;
use crate::repeated::LogLimiter;
use crate::tenants::{EnrolledAgent, Tenants};
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::future::ready;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use postern_envelope::package::PackageKey;
use postern_host::clock::now;
use postern_protocol::Problem;
use postern_relay::Hello;
use postern_relay::embedded::{
    Authorization, confirm_enrollment, receive_enrollment, secret_matches,
};
use postern_relay::package::MAX_FRAME;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The most connections of one tenant: that of its agent, and some that are closing.
const MAX_PER_TENANT: usize = 8;

/// The interval of checks that an agent is still the enrolled one: another may have enrolled at
/// another portal.
const VOID_CHECK_INTERVAL: Duration = Duration::from_secs(5);

/// The read buffer of a socket, in bytes: small, because frames are and sockets may be many.
const READ_BUFFER_BYTES: usize = 16 * 1024;

/// The limit of data that is written to a socket but not sent yet, in bytes.
const MAX_WRITE_BUFFER_BYTES: usize = 4 * MAX_FRAME;

/// Logged for a connection that is no WebSocket.
const NO_UPGRADE: &str = "expected a WebSocket upgrade, found none: a reverse proxy must forward the \
                          headers Upgrade and Connection below /relay/ (nginx: \
                          proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; \
                          proxy_set_header Connection upgrade)";

/// The number of open agent connections for each tenant, and the log of refused ones.
#[derive(Debug, Default)]
pub struct RelayConnections {
    open: Mutex<HashMap<String, usize>>,
    refused_log: LogLimiter,
}

/// An open connection of an agent, counted until this is dropped.
struct OpenRelayConnection {
    connections: Arc<RelayConnections>,
    tenant: String,
}

impl RelayConnections {
    fn open(self: &Arc<Self>, tenant: &str, limit: usize) -> Option<OpenRelayConnection> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let total: usize = open.values().sum();
        let tenant_count = open.get(tenant).copied().unwrap_or_default();
        if total >= limit || tenant_count >= MAX_PER_TENANT {
            return None;
        }
        open.insert(tenant.to_owned(), tenant_count + 1);
        Some(OpenRelayConnection {
            connections: Arc::clone(self),
            tenant: tenant.to_owned(),
        })
    }
}

impl Drop for OpenRelayConnection {
    fn drop(&mut self) {
        let open = self.connections.open.lock();
        let mut open = open.unwrap_or_else(PoisonError::into_inner);
        match open.get_mut(&self.tenant) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.remove(&self.tenant)),
        }
    }
}

/// Limits the sizes of frames and buffers.
fn with_limits(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .max_message_size(MAX_FRAME)
        .max_frame_size(MAX_FRAME)
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_write_buffer_size(MAX_WRITE_BUFFER_BYTES)
}

/// Serves an agent that presents its secret, or enrolls one that presents a one-time code.
pub async fn connect(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Some(tenant) = portal.tenants.get(&tenant) else {
        return ProblemResponse::new(Problem::TenantUnknown).into_response();
    };
    let tenant = tenant.id.clone();
    let authorization = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| Authorization::parse(value.to_str().ok()?));
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => {
            return portal.refuse(&tenant, NO_UPGRADE, rejection);
        }
    };
    let unauthorized = StatusCode::UNAUTHORIZED;
    let enrolled = match &authorization {
        Some(Authorization::Bearer(secret)) => match portal.tenants.enrolled_agent(&tenant) {
            Some(enrolled) if secret_matches(secret, &enrolled.secret_hash) => Some(enrolled),
            _ => {
                let why = "its secret differs from the enrolled one";
                return portal.refuse(&tenant, why, unauthorized);
            }
        },
        Some(Authorization::Enroll(_)) => None,
        None => {
            let why = "expected a secret or an enrollment code, found neither";
            return portal.refuse(&tenant, why, unauthorized);
        }
    };
    let limit = portal.config.limits.relay_connections;
    let Some(open) = portal.relay_connections.open(&tenant, limit) else {
        let why = "too many agent connections are open: 8 of this tenant, or \
                   limits.relay_connections in all";
        return portal.refuse(&tenant, why, StatusCode::SERVICE_UNAVAILABLE);
    };
    let upgrade = with_limits(upgrade);
    match (enrolled, authorization) {
        (Some(enrolled), _) => {
            upgrade.on_upgrade(|socket| serve(portal, tenant, enrolled, socket, open))
        }
        (None, Some(Authorization::Enroll(code)))
            if portal.tenants.take_code(&tenant, &code, now()) =>
        {
            upgrade.on_upgrade(|socket| enroll(portal, tenant, socket, open))
        }
        _ => {
            let why = "its enrollment code is wrong, used or expired";
            portal.refuse(&tenant, why, unauthorized)
        }
    }
}

async fn serve(
    portal: Portal,
    tenant: String,
    enrolled: EnrolledAgent,
    socket: WebSocket,
    _open: OpenRelayConnection,
) {
    let mut stopping = portal.stopping.clone();
    let tenants = &portal.tenants;
    let is_enrolled = |hello: &Hello| {
        let kid = hello.key.thumbprint();
        tenants.accept_agent(&tenant, &enrolled.secret_hash, &kid)
    };
    let key = enrolled.package_key.clone();
    let socket = binary_messages(socket);
    tokio::select! {
        ended = portal.relay.serve(&tenant, key, is_enrolled, socket) => match ended {
            Ok(()) => tracing::info!(%tenant, "agent disconnected"),
            Err(error) => tracing::warn!(%tenant, %error, "agent disconnected"),
        },
        () = wait_until_void(tenants, &tenant, &enrolled) => {
            tracing::warn!(%tenant, "agent disconnected: another has enrolled in its place");
        }
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
}

/// Waits until another agent has enrolled, or the record of the tenant's agent was removed.
async fn wait_until_void(tenants: &Tenants, tenant: &str, enrolled: &EnrolledAgent) {
    while !tenants.is_void(tenant, &enrolled.secret_hash) {
        tokio::time::sleep(VOID_CHECK_INTERVAL).await;
    }
}

async fn enroll(portal: Portal, tenant: String, socket: WebSocket, _open: OpenRelayConnection) {
    let mut socket = binary_messages(socket);
    let enrollment = match receive_enrollment(&mut socket).await {
        Ok(enrollment) => enrollment,
        Err(error) => {
            tracing::warn!(%tenant, %error, "an enrollment was not completed");
            return;
        }
    };
    let Some(package_key) = PackageKey::new(enrollment.package_key) else {
        tracing::warn!(%tenant, "an enrollment had no usable package key");
        return;
    };
    let enrolled = EnrolledAgent {
        secret_hash: enrollment.secret_hash,
        package_key,
        kid: enrollment.kid,
    };
    if let Err(error) = portal.tenants.enroll(&tenant, &enrolled) {
        tracing::error!(%tenant, %error, "an enrollment could not be stored");
        return;
    }
    portal.relay.dismiss(&tenant);
    match confirm_enrollment(&mut socket).await {
        Ok(()) => tracing::info!(%tenant, "agent enrolled"),
        Err(error) => {
            tracing::warn!(%tenant, %error, "agent enrolled, but the confirmation failed")
        }
    }
}

impl Portal {
    fn refuse(&self, tenant: &str, why: &'static str, answer: impl IntoResponse) -> Response {
        if let Some(times) = self.relay_connections.refused_log.log(now()) {
            tracing::warn!(%tenant, why, times, "agent refused");
        }
        answer.into_response()
    }
}

/// Returns the socket's binary messages only; the layer below answers pings.
fn binary_messages(
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
