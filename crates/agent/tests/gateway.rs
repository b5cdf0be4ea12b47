//! Text messages and calls through a real HTTP server, plain and over TLS: the requests that
//! arrive, and the handling of failures.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::kit::mail::until;
use crate::kit::{Browser, Log, World, gate_of};
use postern_agent::config::Config;
use postern_envelope::Secret;
use postern_notify::phone::{Gateway, GatewayError, Message, Phone, Phones};
use postern_protocol::{GateKind, Operation, Reason};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const SECRET: &str = "s3cret/ value";
const TEXT: &str = "Kód \"012345\"\\\nnikomu & nic=+";

/// An HTTP server that records its requests and answers with given statuses.
#[derive(Clone)]
struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    /// The statuses of its answers; the last one stays.
    statuses: Arc<Mutex<Vec<u16>>>,
}

impl Server {
    async fn start(statuses: &[u16], tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            asked: Arc::default(),
            statuses: Arc::new(Mutex::new(statuses.to_vec())),
        };
        let own = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (own, tls) = (own.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => own.serve(stream).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                own.serve(stream).await;
                            }
                        }
                    }
                });
            }
        });
        server
    }

    async fn serve(&self, mut stream: impl AsyncRead + AsyncWrite + Unpin) {
        let mut request = Vec::new();
        loop {
            let mut buffer = [0; 1024];
            let read = stream.read(&mut buffer).await.unwrap_or(0);
            request.extend_from_slice(&buffer[..read]);
            let text = String::from_utf8_lossy(&request).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else {
                if read == 0 {
                    return;
                }
                continue;
            };
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                let is_length = name.eq_ignore_ascii_case("content-length");
                is_length.then(|| value.parse::<usize>().unwrap())
            });
            if body.len() < length.unwrap_or(0) {
                continue;
            }
            self.asked.lock().unwrap().push(text);
            request.clear();
            let status = {
                let mut statuses = self.statuses.lock().unwrap();
                let next = statuses[0];
                if statuses.len() > 1 {
                    statuses.remove(0);
                }
                next
            };
            let moved = "location: http://127.0.0.1:1/elsewhere\r\n";
            let answer = format!("HTTP/1.1 {status} X\r\n{moved}content-length: 0\r\n\r\n");
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// Waits for a number of requests and returns them.
    async fn asked_times(&self, times: usize) -> Vec<String> {
        for _ in 0..500 {
            if self.asked().len() >= times {
                return self.asked();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("asked {} times, not {times}", self.asked().len());
    }
}

/// Returns a section of the example with another address.
fn example(name: &str, from: &str, to: SocketAddr) -> String {
    let whole = include_str!("../agent.example.toml");
    let (_, rest) = whole.split_once(&format!("# [{name}]\n")).unwrap();
    let section = rest.split("\n\n").next().unwrap().lines();
    let keys = section.filter(|line| line.contains(" = ") && !line.contains("ca_file"));
    let keys: Vec<_> = keys.map(|line| line.trim_start_matches("# ")).collect();
    let url = format!("http://{to}");
    keys.join("\n").replace(from, &url)
}

#[tokio::test]
async fn the_example_works() {
    let server = Server::start(&[201], None).await;
    let sms = example("sms", "https://sms.example", server.address);
    assert!(Phone::Gateway(gateway(&sms).unwrap()).send(message()));
    let asked = server.asked_times(1).await.remove(0);
    assert!(
        asked.starts_with("POST /v1/messages HTTP/1.1\r\n"),
        "{asked}"
    );
    let (_, body) = asked.split_once("\r\n\r\n").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["text"], TEXT);
    let voice = example("voice", "https://voice.example", server.address);
    assert!(Phone::Gateway(gateway(&voice).unwrap()).send(message()));
    let asked = server.asked_times(2).await.remove(1);
    assert!(
        asked.starts_with("POST /calls/420601000012 HTTP/1.1\r\n"),
        "{asked}"
    );
    assert!(asked.contains("\r\n\r\nlang=cs&say=K%C3%B3d"), "{asked}");
}

fn gateway(section: &str) -> Result<Gateway, GatewayError> {
    gateway_with(section, None)
}

fn gateway_with(section: &str, ca: Option<&[u8]>) -> Result<Gateway, GatewayError> {
    let text = format!(
        "tenant = 'contoso'\ntenant_name = 'Contoso'\nhelpdesk = 'x'\n\
         portal = 'http://127.0.0.1:1'\n[directory]\ntype = 'sandbox'\n[mail]\ntype = 'sandbox'\n\
         [sms]\n{section}\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agent.toml");
    std::fs::write(&file, text).unwrap();
    let config = Config::load(&file, []).unwrap().sms.unwrap();
    let clock = postern_store::system_clock();
    let started = Gateway::start(config, ca, Secret::from(SECRET), clock);
    started.map(|(gateway, _)| gateway)
}

fn message() -> Message {
    Message {
        number: "+420601000012".into(),
        about: String::new(),
        text: Secret::from(TEXT),
        code: Secret::from("012345"),
        language: "cs",
        support_code: "TEST-CODE".into(),
    }
}

#[tokio::test]
async fn json_arrives_as_it_was_meant() {
    let server = Server::start(&[202], None).await;
    let section = format!(
        "url = 'http://{}/v1/messages?lang={{language}}'\n\
         headers = {{ Authorization = 'Bearer {{secret}}', Content-Type = 'application/json' }}\n\
         body = '{{\"to\": \"{{number}}\", \"text\": \"{{text}}\", \"n\": 1}}'\n\
         secret_file = 'x'\n",
        server.address
    );
    assert!(Phone::Gateway(gateway(&section).unwrap()).send(message()));
    let asked = server.asked_times(1).await.remove(0);
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    assert!(
        head.starts_with("POST /v1/messages?lang=cs HTTP/1.1\r\n"),
        "{head}"
    );
    assert!(
        head.contains("authorization: Bearer s3cret/ value\r\n"),
        "{head}"
    );
    assert!(
        head.contains("content-type: application/json\r\n"),
        "{head}"
    );
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        (&body["to"], &body["text"]),
        (&"+420601000012".into(), &TEXT.into())
    );
}

#[tokio::test]
async fn a_form_and_an_address_are_escaped() {
    let server = Server::start(&[200], None).await;
    let section = format!(
        "url = 'http://{}/send?key={{secret}}'\nsecret_file = 'x'\n\
         headers = {{ Content-Type = 'application/x-www-form-urlencoded' }}\n\
         body = 'to={{digits}}&text={{text}}'\n",
        server.address
    );
    Phone::Gateway(gateway(&section).unwrap()).send(message());
    let asked = server.asked_times(1).await.remove(0);
    assert!(
        asked.starts_with("POST /send?key=s3cret%2F%20value HTTP/1.1"),
        "{asked}"
    );
    let body = "to=420601000012&text=K%C3%B3d%20%22012345%22%5C%0Anikomu%20%26%20nic%3D%2B";
    assert!(asked.ends_with(body), "{asked}");

    let section = format!(
        "method = 'GET'\nurl = 'http://{}/call/{{digits}}?code={{code}}'\n",
        server.address
    );
    Phone::Gateway(gateway(&section).unwrap()).send(message());
    let asked = server.asked_times(2).await.remove(1);
    assert!(
        asked.starts_with("GET /call/420601000012?code=012345 HTTP/1.1"),
        "{asked}"
    );
}

#[tokio::test]
async fn a_certificate_counts_only_from_a_trusted_authority() {
    let names = ["localhost".to_owned()];
    let own = rcgen::generate_simple_self_signed(names).unwrap();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .unwrap();
    let server = Server::start(&[200], Some(TlsAcceptor::from(Arc::new(config)))).await;
    let port = server.address.port();
    let section = format!("url = 'https://localhost:{port}/{{digits}}?t={{text}}'\n");
    let stranger = gateway(&section).unwrap();
    let phone = Phone::Gateway(stranger);
    phone.send(message());
    for _ in 0..200 {
        if !phone.is_ready(None) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(!phone.is_ready(None), "an authority that nobody trusts");
    assert!(server.asked().is_empty());
    let pem = own.cert.pem();
    let trusted = gateway_with(&section, Some(pem.as_bytes())).unwrap();
    Phone::Gateway(trusted).send(message());
    server.asked_times(1).await;
    let wrong = gateway_with(&section, Some(b"no certificate"));
    assert!(matches!(wrong, Err(GatewayError::Ca)));
}

#[tokio::test]
async fn what_does_not_work_is_tried_again_and_a_refusal_is_not() {
    let log = Log::of_this_program();
    let said = |support_code: &str, what: &str| {
        let log = log.text();
        let mut lines = log.lines().filter(|line| line.contains(support_code));
        lines.any(|line| line.contains(what))
    };
    let message = |support_code: &str| Message {
        support_code: support_code.into(),
        ..message()
    };
    let server = Server::start(&[302, 200], None).await;
    let section = format!("url = 'http://{}/{{digits}}?t={{text}}'\n", server.address);
    let gateway = gateway(&section).unwrap();
    let phone = Phone::Gateway(gateway);
    phone.send(message("TRIED-AGAIN"));
    // The first answer is a redirect, which is not followed.
    server.asked_times(2).await;
    until("the first", || said("TRIED-AGAIN", "message sent")).await;
    *server.statuses.lock().unwrap() = vec![400];
    phone.send(message("REFUSED"));
    server.asked_times(3).await;
    until("the last", || said("REFUSED", "message given up")).await;
    assert_eq!(server.asked().len(), 3);
    assert!(
        phone.is_ready(None),
        "one message refused is no fault of the gateway"
    );
}

#[tokio::test]
async fn a_gateway_that_is_broken_is_broken_for_accounts_and_decoys_alike() {
    let server = Server::start(&[500], None).await;
    let section = format!("url = 'http://{}/{{digits}}?t={{text}}'\n", server.address);
    let phones = |_: &_| Phones {
        sms: Some(Phone::Gateway(gateway(&section).unwrap())),
        ..Phones::default()
    };
    let policy = "gates = ['sms']\nunknown_names = 'decoy'";
    let world = World::with_phones(policy, phones).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "sam").await;
    let gate = gate_of(&reply, GateKind::Sms);
    let reply = browser.send(&world, Operation::SendCode { gate }).await;
    assert_eq!(reply.reason, None, "nobody waits for the gateway");
    let asked = server.asked_times(1).await.remove(0);
    assert!(asked.starts_with("POST /447700900012?t="), "{asked}");
    let phone = world.phones.sms.as_ref().unwrap();
    for _ in 0..200 {
        if !phone.is_ready(None) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for (seed, name) in [(2, "sam"), (3, "nobody")] {
        let mut browser = Browser::new(seed);
        let reply = browser.identify(&world, name).await;
        let gate = gate_of(&reply, GateKind::Sms);
        let reply = browser.send(&world, Operation::SendCode { gate }).await;
        assert_eq!(reply.reason, Some(Reason::CodeNotSent), "{name}");
    }
}
