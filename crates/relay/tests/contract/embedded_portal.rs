//! A portal on the embedded engine: like the server's, but with tungstenite in place of axum.

use crate::harness::*;
use async_trait::async_trait;
use futures_util::{Sink, SinkExt, Stream, TryStreamExt, future};
use postern_envelope::Secret;
use postern_envelope::package::PackageKey;
use postern_relay::Relay;
use postern_relay::embedded::{
    Authorization, Dial, Disconnect, Embedded, confirm_enrollment, receive_enrollment, run,
    secret_hash, secret_matches,
};
use postern_relay::package::MAX_FRAME;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, accept_hdr_async_with_config};

/// The code that an agent must present to enroll.
pub const CODE: &str = "enrol-me-once";

pub struct Portal {
    state: Arc<State>,
    address: SocketAddr,
    running: Mutex<Option<JoinHandle<()>>>,
}

struct State {
    relay: Arc<Embedded>,
    tls: Option<TlsAcceptor>,
    /// The hash of the relay secret and the package key of each tenant.
    tenants: Mutex<HashMap<String, ([u8; 32], PackageKey)>>,
    ended: Mutex<Vec<Result<(), Disconnect>>>,
}

impl Portal {
    pub async fn with_tls(tls: Option<TlsAcceptor>) -> Self {
        let tenants = ["contoso", "fabrikam"].map(|tenant| {
            let hash = secret_hash(&encode_secret(&secret(tenant)));
            (tenant.to_owned(), (hash, key(tenant)))
        });
        let state = Arc::new(State {
            relay: Arc::new(Embedded::new(TIMING, clock())),
            tls,
            tenants: Mutex::new(tenants.into()),
            ended: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let running = tokio::spawn(accept(listener, Arc::clone(&state)));
        Self {
            state,
            address,
            running: Mutex::new(Some(running)),
        }
    }

    /// Returns the results of the connections that have ended.
    pub fn ended(&self) -> Vec<Result<(), Disconnect>> {
        self.state.ended.lock().unwrap().clone()
    }
}

#[async_trait]
impl Engine for Portal {
    async fn start() -> Self {
        Self::with_tls(None).await
    }

    fn relay(&self) -> Arc<dyn Relay> {
        Arc::clone(&self.state.relay) as _
    }

    fn address(&self) -> SocketAddr {
        self.address
    }

    fn refused(&self) -> usize {
        let ended = self.ended();
        let refused = |ended: &&Result<_, _>| matches!(ended, Err(Disconnect::Hello(_)));
        ended.iter().filter(refused).count()
    }

    async fn stop_portal(&self) {
        let running = self.running.lock().unwrap().take().unwrap();
        running.abort();
        running.await.ok();
    }

    async fn start_portal(&self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        let running = tokio::spawn(accept(listener, Arc::clone(&self.state)));
        *self.running.lock().unwrap() = Some(running);
    }

    async fn run_agent(address: SocketAddr, setup: Setup, stopped: oneshot::Receiver<()>) {
        let url = format!("ws://{address}");
        let dial = dial(url, &setup);
        let stopped = async { stopped.await.unwrap_or_default() };
        run(dial, setup.hello, setup.handler, stopped)
            .await
            .unwrap();
    }
}

pub fn dial(url: String, setup: &Setup) -> Dial {
    Dial {
        url,
        tenant: setup.tenant.clone(),
        secret: setup.secret.clone(),
        package_key: setup.key.clone(),
        ca_file: None,
        timing: TIMING,
        clock: Arc::clone(&setup.clock),
    }
}

/// Encodes a relay secret as the agent presents it.
pub fn encode_secret(secret: &Secret) -> Secret {
    use base64ct::Encoding;
    base64ct::Base64UrlUnpadded::encode_string(secret.expose())
        .as_str()
        .into()
}

/// Reduces a WebSocket to its binary messages, as the relay expects them.
pub fn binary<W: AsyncRead + AsyncWrite + Unpin>(
    socket: WebSocketStream<W>,
) -> impl Stream<Item = Result<Vec<u8>, tungstenite::Error>>
+ Sink<Vec<u8>, Error = tungstenite::Error>
+ Unpin {
    socket
        .with(|frame: Vec<u8>| future::ready(Ok(Message::binary(frame))))
        .try_filter_map(|message| {
            future::ready(Ok(match message {
                Message::Binary(frame) => Some(frame.to_vec()),
                _ => None,
            }))
        })
}

/// Accepts connections, which are closed when the future is dropped.
async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    while let Ok((tcp, _)) = listener.accept().await {
        // Otherwise the close waits for the acknowledgement of the goodbye.
        tcp.set_nodelay(true).unwrap();
        let state = Arc::clone(&state);
        connections.spawn(async move {
            match &state.tls {
                Some(tls) => match tls.accept(tcp).await {
                    Ok(tcp) => welcome(tcp, &state).await,
                    Err(_) => None,
                },
                None => welcome(tcp, &state).await,
            }
        });
    }
}

/// Serves one connection: authenticates it, then runs the relay or an enrollment.
async fn welcome(wire: impl AsyncRead + AsyncWrite + Send + Unpin, state: &State) -> Option<()> {
    let mut tenant = String::new();
    let mut enrolls = false;
    let config = WebSocketConfig::default().max_message_size(Some(MAX_FRAME));
    #[expect(clippy::result_large_err, reason = "tungstenite's own signature")]
    let check = |request: &Request, response: Response| {
        tenant = request.uri().path().strip_prefix("/relay/").unwrap().into();
        let presented = request.headers()["authorization"].to_str().unwrap();
        let allowed = match Authorization::parse(presented) {
            Some(Authorization::Bearer(secret)) => {
                let tenants = state.tenants.lock().unwrap();
                let known = tenants.get(&tenant);
                known.is_some_and(|(hash, _)| secret_matches(&secret, hash))
            }
            Some(Authorization::Enroll(code)) => {
                enrolls = true;
                secret_matches(&code, &secret_hash(&CODE.into()))
            }
            None => false,
        };
        if allowed {
            return Ok(response);
        }
        let mut refused = ErrorResponse::new(None);
        *refused.status_mut() = tungstenite::http::StatusCode::UNAUTHORIZED;
        Err(refused)
    };
    let socket = accept_hdr_async_with_config(wire, check, Some(config)).await;
    let mut socket = binary(socket.ok()?);
    if enrolls {
        let enrollment = receive_enrollment(&mut socket).await.ok()?;
        let key = PackageKey::new(enrollment.package_key).unwrap();
        let kept = (enrollment.secret_hash, key);
        state.tenants.lock().unwrap().insert(tenant, kept);
        return confirm_enrollment(&mut socket).await.ok();
    }
    let key = state.tenants.lock().unwrap()[&tenant].1.clone();
    let ended = state.relay.serve(&tenant, key, |_| true, socket).await;
    state.ended.lock().unwrap().push(ended);
    None
}
