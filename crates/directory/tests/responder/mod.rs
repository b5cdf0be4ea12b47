//! A small LDAP server over TLS that answers as a Windows domain controller does.

pub mod tree;
mod wire;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::{ServerConfig, crypto, pki_types::PrivateKeyDer};
use tree::{Hints, Tree};
use wire::Request;

pub const AGENT: &str = "svc-postern@corp.example";
pub const PASSWORD: &str = "Sv-password-of-the-agent";

/// A running server.
pub struct Responder {
    pub address: SocketAddr,
    pub folder: TempDir,
    tree: Arc<Mutex<Tree>>,
    connections: Arc<AtomicU32>,
    hang_up: broadcast::Sender<()>,
}

impl Responder {
    /// Starts a server, with `ca.pem` and the agent's `password` in its folder.
    pub async fn start(hints: Hints) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let responder = Self {
            address: listener.local_addr().unwrap(),
            tree: Arc::new(Mutex::new(Tree::new(hints))),
            connections: Arc::default(),
            hang_up: broadcast::channel(1).0,
            folder,
        };
        let acceptor = TlsAcceptor::from(responder.certificates());
        secret_file(&responder.folder.path().join("password"), PASSWORD, 0o600);
        let tree = Arc::clone(&responder.tree);
        let connections = Arc::clone(&responder.connections);
        let hang_up = responder.hang_up.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, tree) = (acceptor.clone(), Arc::clone(&tree));
                let mut hang_up = hang_up.subscribe();
                let connections = Arc::clone(&connections);
                tokio::spawn(async move {
                    let Ok(stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    connections.fetch_add(1, Ordering::Relaxed);
                    tokio::select! {
                        () = serve(stream, &tree) => {}
                        _ = hang_up.recv() => {}
                    }
                });
            }
        });
        responder
    }

    /// Locks the directory tree.
    pub fn tree(&self) -> MutexGuard<'_, Tree> {
        self.tree.lock().unwrap()
    }

    /// Returns the number of connections made.
    pub fn connections(&self) -> u32 {
        self.connections.load(Ordering::Relaxed)
    }

    /// Closes every connection.
    pub fn hang_up(&self) {
        let _ = self.hang_up.send(());
    }

    fn certificates(&self) -> Arc<ServerConfig> {
        use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let authority = CertifiedIssuer::self_signed(params, key).unwrap();
        std::fs::write(self.folder.path().join("ca.pem"), authority.pem()).unwrap();
        let names = ["dc1.corp.example", "localhost"].map(str::to_owned);
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(names).unwrap();
        let certificate = params.signed_by(&key, &authority).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let provider = Arc::new(crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key);
        Arc::new(config.unwrap())
    }
}

/// Writes a file with this mode.
pub fn secret_file(path: &Path, text: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, tree: &Mutex<Tree>) {
    while let Some((number, request)) = wire::read(&mut stream).await {
        let bytes = match request {
            Request::Unbind => return,
            Request::Bind { name, password } => {
                let (code, text) = match (name.as_str(), password.as_str()) {
                    (AGENT, PASSWORD) => (0, ""),
                    _ => tree.lock().unwrap().sign_in(&name, &password),
                };
                wire::result(number, 0x61, code, text)
            }
            Request::Search {
                base,
                scope,
                filter,
                attributes,
            } => search(tree, number, &base, scope, &filter, &attributes),
            Request::Modify {
                dn,
                replace,
                critical,
            } => {
                let delay = tree.lock().unwrap().delay;
                tokio::time::sleep(delay).await;
                let answer = tree.lock().unwrap().modify(&dn, &replace, &critical);
                let Some((code, text)) = answer else {
                    return;
                };
                wire::result(number, 0x67, code, text)
            }
        };
        if stream.write_all(&bytes).await.is_err() || stream.flush().await.is_err() {
            return;
        }
    }
}

fn search(
    tree: &Mutex<Tree>,
    number: u32,
    base: &str,
    scope: u8,
    filter: &wire::Filter,
    attributes: &[String],
) -> Vec<u8> {
    let found = tree.lock().unwrap().search(base, scope, filter);
    let Some(found) = found else {
        let text = "0000208D: NameErr: DSID-03100288, problem 2001 (NO_OBJECT), data 0\n\0";
        return wire::result(number, 0x65, 32, text);
    };
    let mut bytes = Vec::new();
    for node in found {
        let requested = |name: &String| attributes.iter().any(|a| a.eq_ignore_ascii_case(name));
        // Constructed: returned only by a base search.
        let returned = |name: &String| scope == 0 || name != "tokenGroups";
        let values: Vec<_> = node
            .values
            .into_iter()
            .filter(|(name, _)| requested(name) && returned(name))
            .collect();
        bytes.extend(wire::entry(number, &node.dn, &values));
    }
    bytes.extend(wire::result(number, 0x65, 0, ""));
    bytes
}
