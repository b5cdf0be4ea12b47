//! Accepting connections and serving them, each within its limits.

use crate::connections::Counted;
use crate::messages::now;
use crate::repeated::Repeated;
use crate::{Portal, limits};
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower_service::Service;

/// How long nothing is accepted when the system has no room for a connection.
const EXHAUSTED: Duration = Duration::from_millis(200);

impl Portal {
    /// Serves everybody who connects, until the portal stops and the last answer is given.
    pub async fn serve(self, listener: TcpListener) {
        let server = Server {
            router: self.clone().router(),
            portal: self,
        };
        let mut stopping = server.portal.stopping.clone();
        let failures = Repeated::default();
        let (open, last) = watch::channel(());
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _ = stopping.wait_for(|stopping| *stopping) => break,
            };
            match accepted {
                Ok((stream, peer)) => {
                    let connections = &server.portal.connections;
                    let config = &server.portal.config;
                    if let Some(counted) = connections.open(config, peer.ip(), now()) {
                        let (server, last) = (server.clone(), last.clone());
                        tokio::spawn(async move {
                            server.connection(stream, peer, counted).await;
                            drop(last);
                        });
                    }
                }
                Err(error) if is_of_connection(&error) => {}
                Err(error) => {
                    if let Some(times) = failures.log(now()) {
                        tracing::error!(times, %error, "connections cannot be accepted");
                    }
                    tokio::time::sleep(EXHAUSTED).await;
                }
            }
        }
        drop((listener, last));
        open.closed().await;
    }
}

/// What every connection shares.
#[derive(Clone)]
struct Server {
    portal: Portal,
    router: Router,
}

impl Server {
    async fn connection(self, stream: TcpStream, peer: SocketAddr, counted: Counted) {
        // A relay's frames are small and awaited: none of them is to wait for another.
        let _only_slower = stream.set_nodelay(true);
        let connection = &counted.0;
        let service = service_fn(|mut request: Request<Incoming>| {
            connection.note_request();
            let extensions = request.extensions_mut();
            extensions.insert(ConnectInfo(peer));
            extensions.insert(Arc::clone(connection));
            self.router.clone().call(request)
        });
        let head = Duration::from_secs(self.portal.config.limits.head_seconds);
        let serving = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(head)
            .max_buf_size(limits::MAX_HEAD)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let mut serving = pin!(serving);
        let mut stopping = self.portal.stopping.clone();
        tokio::select! {
            // What is wrong with a connection is its client's; there is nothing to be done.
            _ = serving.as_mut() => return,
            () = connection.evicted() => return,
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
        serving.as_mut().graceful_shutdown();
        let _ended = serving.await;
    }
}

/// Whether accepting failed because of the connection, not of the system.
fn is_of_connection(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}
