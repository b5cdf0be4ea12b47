//! Dialling out: the portal's address, the trusted authorities, and the WebSocket over TLS.

use super::Timing;
use crate::is_loopback;
use crate::package::MAX_FRAME;
use futures_util::{Sink, SinkExt, Stream, TryStreamExt, future};
use postern_envelope::{Secret, is_tenant_name};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::client_async_with_config;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::header::AUTHORIZATION;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Uri};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};

/// The reason why the portal could not be reached.
#[derive(Debug, thiserror::Error)]
pub enum DialError {
    /// The portal's address cannot be used.
    #[error("the portal's address {url:?} cannot be used: {problem}")]
    Address {
        /// The configured address.
        url: String,
        /// The error, and the form that is expected.
        problem: &'static str,
    },
    /// There is no certificate authority to trust.
    #[error("no certificate authority: {0}")]
    Authorities(String),
    /// The authority file cannot be used.
    #[error("the certificate authority file {} cannot be used: {problem}", .file.display())]
    AuthorityFile {
        /// The configured file.
        file: PathBuf,
        /// The error.
        problem: String,
    },
    /// The connection or TLS failed.
    #[error("the portal could not be reached: {0}")]
    Connect(#[from] io::Error),
    /// The portal does not know the tenant, or refused the secret or code: HTTP 401, 403 or 404.
    #[error("the portal refused with HTTP status {0}")]
    Refused(u16),
    /// The portal did not speak WebSocket.
    #[error("the portal did not accept a WebSocket: {0}")]
    WebSocket(String),
    /// The portal did not answer within the time limit.
    #[error("the portal did not answer in time")]
    Late,
}

/// A checked configuration, from which connections to one tenant's address at the portal are made.
pub(super) struct Dialler {
    host: String,
    port: u16,
    uri: Uri,
    /// `None` for `ws://`.
    tls: Option<TlsConnector>,
    connect_timeout: Duration,
}

impl Dialler {
    /// Checks the address and loads the authorities to trust: only the file's, or the system's.
    pub fn new(
        url: &str,
        tenant: &str,
        ca_file: Option<&Path>,
        timing: &Timing,
    ) -> Result<Self, DialError> {
        let wrong = |problem| DialError::Address {
            url: url.to_owned(),
            problem,
        };
        if !is_tenant_name(tenant) {
            return Err(wrong(
                "expected a tenant's name of 1 to 32 of a-z, 0-9 and -",
            ));
        }
        let uri: Uri = format!("{}/relay/{tenant}", url.trim_end_matches('/'))
            .parse()
            .map_err(|_| wrong("expected an address as wss://portal.example"))?;
        let host = uri.host().unwrap_or_default();
        let host = host.trim_matches(['[', ']']).to_owned();
        if host.is_empty() || uri.query().is_some() || url.contains(['@', '#']) {
            return Err(wrong("expected an address as wss://portal.example"));
        }
        let (default_port, tls) = match uri.scheme_str() {
            Some("wss") => (443, Some(connector(ca_file)?)),
            Some("ws") if is_loopback(&host) => (80, None),
            Some("ws") => return Err(wrong("ws:// is for this machine only; use wss://")),
            _ => return Err(wrong("expected an address that begins with wss://")),
        };
        Ok(Self {
            port: uri.port_u16().unwrap_or(default_port),
            host,
            uri,
            tls,
            connect_timeout: timing.hello,
        })
    }

    /// Connects, presenting `credential` as `Authorization: scheme credential`.
    pub async fn connect(
        &self,
        scheme: &str,
        credential: &Secret,
    ) -> Result<impl Socket + use<>, DialError> {
        match timeout(self.connect_timeout, self.upgrade(scheme, credential)).await {
            Ok(connected) => connected,
            Err(_) => Err(DialError::Late),
        }
    }

    async fn upgrade(
        &self,
        scheme: &str,
        credential: &Secret,
    ) -> Result<impl Socket + use<>, DialError> {
        let broken = |error: tungstenite::Error| DialError::WebSocket(error.to_string());
        let mut request = self.uri.clone().into_client_request().map_err(broken)?;
        request
            .headers_mut()
            .insert(AUTHORIZATION, authorization(scheme, credential)?);
        let config = WebSocketConfig::default()
            .max_message_size(Some(MAX_FRAME))
            .max_frame_size(Some(MAX_FRAME));
        let stream = self.open_stream().await?;
        match client_async_with_config(request, stream, Some(config)).await {
            Ok((socket, _)) => Ok(socket
                .with(|frame: Vec<u8>| future::ready(Ok(Message::binary(frame))))
                .try_filter_map(|message| {
                    future::ready(Ok(match message {
                        Message::Binary(frame) => Some(frame.to_vec()),
                        _ => None,
                    }))
                })),
            Err(tungstenite::Error::Http(response)) => match response.status().as_u16() {
                status @ (401 | 403 | 404) => Err(DialError::Refused(status)),
                status => Err(DialError::WebSocket(format!("HTTP status {status}"))),
            },
            Err(error) => Err(broken(error)),
        }
    }

    async fn open_stream(&self) -> Result<Box<dyn ByteStream>, DialError> {
        let tcp = TcpStream::connect((self.host.as_str(), self.port)).await?;
        tcp.set_nodelay(true)?;
        let Some(tls) = &self.tls else {
            return Ok(Box::new(tcp));
        };
        let name = ServerName::try_from(self.host.clone()).map_err(|_| DialError::Address {
            url: self.uri.to_string(),
            problem: "expected a DNS name or an IP address as its host",
        })?;
        Ok(Box::new(tls.connect(name, tcp).await?))
    }
}

/// A socket of binary messages.
pub(super) trait Socket:
    Stream<Item = Result<Vec<u8>, tungstenite::Error>>
    + Sink<Vec<u8>, Error = tungstenite::Error>
    + Send
    + Unpin
{
}

impl<S> Socket for S where
    S: Stream<Item = Result<Vec<u8>, tungstenite::Error>>
        + Sink<Vec<u8>, Error = tungstenite::Error>
        + Send
        + Unpin
{
}

trait ByteStream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<W: AsyncRead + AsyncWrite + Send + Unpin> ByteStream for W {}

/// Builds the header, marked as sensitive so that it is not printed.
fn authorization(scheme: &str, credential: &Secret) -> Result<HeaderValue, DialError> {
    let line = Secret::new([scheme.as_bytes(), b" ", credential.expose()].concat());
    // A text that cannot be in a header is not a code that the portal issued.
    let mut value = HeaderValue::from_bytes(line.expose()).map_err(|_| DialError::Refused(401))?;
    value.set_sensitive(true);
    Ok(value)
}

fn connector(ca_file: Option<&Path>) -> Result<TlsConnector, DialError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| DialError::Authorities(error.to_string()))?
        .with_root_certificates(match ca_file {
            Some(file) => load_authorities(file)?,
            None => load_system_authorities()?,
        })
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

fn load_authorities(file: &Path) -> Result<RootCertStore, DialError> {
    postern_host::authorities::load(file).map_err(|problem| DialError::AuthorityFile {
        file: file.to_owned(),
        problem,
    })
}

fn load_system_authorities() -> Result<RootCertStore, DialError> {
    let found = rustls_native_certs::load_native_certs();
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(found.certs);
    if store.is_empty() {
        let problem = found.errors.first().map_or_else(
            || "found none in the system's store; name a file".to_owned(),
            ToString::to_string,
        );
        return Err(DialError::Authorities(problem));
    }
    Ok(store)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(url: &str) -> Option<String> {
        Dialler::new(url, "contoso", None, &Timing::default())
            .err()
            .map(|error| error.to_string())
    }

    #[test]
    fn plain_connections_stay_on_this_machine() {
        for url in [
            "ws://localhost:3000",
            "ws://127.0.0.1:3000/",
            "ws://[::1]:3000/sub",
        ] {
            assert_eq!(problem(url), None, "{url}");
        }
        for url in [
            "ws://portal.example",
            "ws://10.0.0.1",
            "ws://localhost.example",
        ] {
            assert!(problem(url).unwrap().contains("use wss://"), "{url}");
        }
    }

    #[test]
    fn other_addresses_are_refused_by_name() {
        for url in [
            "https://portal.example",
            "portal.example",
            "",
            "wss://",
            "wss://a@b.example",
        ] {
            assert!(problem(url).unwrap().contains("wss://"), "{url}");
        }
    }

    #[test]
    fn a_bad_authority_file_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let timing = Timing::default();
        let dialler = Dialler::new(
            "wss://portal.example",
            "contoso",
            Some(file.path()),
            &timing,
        );
        let error = dialler.err().unwrap().to_string();
        assert!(error.contains(file.path().to_str().unwrap()), "{error}");
        assert!(error.contains("no certificate"), "{error}");
    }
}
