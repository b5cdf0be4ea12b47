//! `/relay/{tenant}`: where agents dial in, and where they enroll.

use crate::Portal;
use crate::asked::TenantName;
use crate::messages::now;
use crate::problem::Failed;
use crate::tenants::Enrolled;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::future::ready;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use postern_envelope::package::PackageKey;
use postern_protocol::Problem;
use postern_relay::embedded::{
    Authorization, confirm_enrollment, receive_enrollment, secret_matches,
};
use postern_relay::package::MAX_FRAME;

/// Serves an agent that shows its secret, or enrolls one that shows a one-time code.
pub async fn connect(
    State(portal): State<Portal>,
    TenantName(tenant): TenantName,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let Some(tenant) = portal.tenants.get(&tenant) else {
        return Failed::new(Problem::TenantUnknown).into_response();
    };
    let tenant = tenant.id.clone();
    let upgrade = upgrade.max_message_size(MAX_FRAME);
    let shown = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| Authorization::parse(value.to_str().ok()?));
    match shown {
        Some(Authorization::Bearer(secret)) => match portal.tenants.enrolled(&tenant) {
            Some(enrolled) if secret_matches(&secret, &enrolled.secret_hash) => {
                upgrade.on_upgrade(|socket| serve(portal, tenant, enrolled.package_key, socket))
            }
            _ => refused(&tenant, "its secret is not the enrolled one"),
        },
        Some(Authorization::Enroll(code)) if portal.tenants.take_code(&tenant, &code, now()) => {
            upgrade.on_upgrade(|socket| enroll(portal, tenant, socket))
        }
        Some(Authorization::Enroll(_)) => refused(&tenant, "its code is wrong, used or too old"),
        None => refused(&tenant, "it showed neither secret nor code"),
    }
}

async fn serve(portal: Portal, tenant: String, key: PackageKey, socket: WebSocket) {
    let mut stopping = portal.stopping.clone();
    tokio::select! {
        ended = portal.relay.serve(&tenant, key, binary(socket)) => match ended {
            Ok(()) => tracing::info!(%tenant, "agent disconnected"),
            Err(error) => tracing::warn!(%tenant, %error, "agent disconnected"),
        },
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
}

async fn enroll(portal: Portal, tenant: String, socket: WebSocket) {
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
    };
    if let Err(error) = portal.tenants.enroll(&tenant, &enrolled) {
        tracing::error!(%tenant, %error, "an enrollment could not be kept");
        return;
    }
    match confirm_enrollment(&mut socket).await {
        Ok(()) => tracing::info!(%tenant, "agent enrolled"),
        Err(error) => tracing::warn!(%tenant, %error, "agent enrolled, and may not know it"),
    }
}

fn refused(tenant: &str, why: &'static str) -> Response {
    tracing::warn!(%tenant, why, "agent refused");
    StatusCode::UNAUTHORIZED.into_response()
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
