//! Accepts connections and serves them, each within its limits.

use crate::connections::OpenConnection;
use crate::repeated::LogLimiter;
use crate::{Portal, limits};
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use postern_host::clock::now;
use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower_service::Service;

/// The pause before the next attempt when the system cannot accept a connection.
const ACCEPT_RETRY_PAUSE: Duration = Duration::from_millis(200);

impl Portal {
    /// Serves all connections, until the portal stops and the last answer is sent.
    pub async fn serve(self, listener: TcpListener) {
        let server = Server {
            router: self.clone().router(),
            portal: self,
        };
        let mut stopping = server.portal.stopping.clone();
        let failure_log = LogLimiter::default();
        let (all_closed, still_open) = watch::channel(());
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _ = stopping.wait_for(|stopping| *stopping) => break,
            };
            match accepted {
                Ok((stream, peer)) => {
                    let connections = &server.portal.connections;
                    let config = &server.portal.config;
                    if let Some(connection) = connections.open(config, peer.ip(), now()) {
                        let (server, still_open) = (server.clone(), still_open.clone());
                        tokio::spawn(async move {
                            server.serve_connection(stream, peer, connection).await;
                            drop(still_open);
                        });
                    }
                }
                Err(error) if is_connection_error(&error) => {}
                Err(error) => {
                    if let Some(times) = failure_log.log(now()) {
                        tracing::error!(times, %error, "connections cannot be accepted");
                    }
                    tokio::time::sleep(ACCEPT_RETRY_PAUSE).await;
                }
            }
        }
        drop((listener, still_open));
        all_closed.closed().await;
    }
}

/// The state that all connections share.
#[derive(Clone)]
struct Server {
    portal: Portal,
    router: Router,
}

impl Server {
    async fn serve_connection(self, stream: TcpStream, peer: SocketAddr, open: OpenConnection) {
        // Without Nagle's algorithm, because frames of the relay are small and must not be delayed.
        let _only_slower = stream.set_nodelay(true);
        let connection = &open.0;
        let service = service_fn(|mut request: Request<Incoming>| {
            connection.note_request();
            let extensions = request.extensions_mut();
            extensions.insert(ConnectInfo(peer));
            extensions.insert(Arc::clone(connection));
            self.router.clone().call(request)
        });
        let head_timeout = Duration::from_secs(self.portal.config.limits.head_seconds);
        let serving = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(head_timeout)
            .max_buf_size(limits::MAX_HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let mut serving = pin!(serving);
        let mut stopping = self.portal.stopping.clone();
        tokio::select! {
            // An error concerns this connection only and needs no handling.
            _ = serving.as_mut() => return,
            () = connection.wait_for_eviction() => return,
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
        serving.as_mut().graceful_shutdown();
        let _ended = serving.await;
    }
}

/// Reports whether accepting failed because of the connection, not of the system.
fn is_connection_error(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}
