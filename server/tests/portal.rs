//! Tests the portal over real sockets: its answers to browsers and agents, and when an agent fails.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use base64ct::{Base64UrlUnpadded, Encoding};
use postern_envelope::open::{EnvelopeKey, KeyBits};
use postern_envelope::package::PackageKey;
use postern_envelope::{PublicKey, Secret};
use postern_relay::embedded::{Credentials, Dial, EnrollError, Timing, enroll, run};
use postern_relay::{Answer, Ask, Clock, Handler, Hello, VERSION};
use postern_server::Portal;
use postern_server::config::Config;
use postern_server::tenants::{TenantConfig, Tenants};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A running portal, until this is dropped.
struct TestPortal {
    address: SocketAddr,
    tenants: Tenants,
    _stop: watch::Sender<bool>,
    folder: tempfile::TempDir,
}

/// A response of the portal.
struct HttpResponse {
    status: u16,
    head: String,
    body: String,
}

impl TestPortal {
    async fn start() -> Self {
        Self::start_with("").await
    }

    /// Starts a portal with additional lines of configuration.
    async fn start_with(settings: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        write_site(&site);
        let data = folder.path().join("data");
        let tenants = Tenants::load(&data).unwrap();
        let text = format!(
            "data_directory = {data:?}\nassets_directory = {site:?}\nanswer_seconds = 5\n{settings}"
        );
        let file = folder.path().join("postern.toml");
        std::fs::write(&file, text).unwrap();
        let config = Config::load(Some(&file), |_| None).unwrap();
        let (stop, stopping) = watch::channel(false);
        let portal = Portal::new(config, stopping).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(portal.serve(listener));
        Self {
            address,
            tenants,
            _stop: stop,
            folder,
        }
    }

    /// Adds a tenant and enrolls its agent.
    async fn add_enrolled(&self, id: &str) -> Credentials {
        let code = self.add(id);
        enroll(&self.url(), id, &code, None, None).await.unwrap()
    }

    fn add(&self, id: &str) -> Secret {
        let config: TenantConfig = toml::from_str("name = \"Contoso\"").unwrap();
        self.tenants.add(id, &config, now()).unwrap()
    }

    fn url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// Runs an agent with fixed answers, and waits until its service is up.
    async fn agent(&self, id: &str, credentials: Credentials, answers: Answers) {
        self.connect(id, credentials, answers, hello(), Arc::new(now));
        self.wait_for_service(id, "up").await;
    }

    /// Waits until the tenant's service is up or down.
    async fn wait_for_service(&self, id: &str, state: &str) {
        self.wait_for(id, |body| body.contains(state)).await;
    }

    /// Connects as an agent does, and returns the status and the upgraded stream.
    async fn upgrade(&self, id: &str, secret: &Secret) -> (u16, TcpStream) {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let encoded = Base64UrlUnpadded::encode_string(secret.expose());
        let head = format!(
            "GET /relay/{id} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\n\
             upgrade: websocket\r\nsec-websocket-version: 13\r\n\
             sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nauthorization: Bearer {encoded}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut status = [0; 12];
        stream.read_exact(&mut status).await.unwrap();
        let status = std::str::from_utf8(&status[9..]).unwrap();
        (status.parse().unwrap(), stream)
    }

    /// Writes a tenant's file as an administrator would.
    fn write_tenant(&self, name: &str, text: &str) {
        let folder = self.folder.path().join("data/tenants");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), text).unwrap();
    }

    /// Runs an agent with a `hello` and a clock, without waiting for it.
    fn connect(
        &self,
        id: &str,
        credentials: Credentials,
        answers: Answers,
        hello: Hello,
        clock: Clock,
    ) {
        let dial = Dial {
            url: self.url(),
            tenant: id.to_owned(),
            secret: credentials.secret,
            package_key: credentials.package_key,
            ca_file: None,
            timing: Timing {
                beat: Duration::from_millis(200),
                ..Timing::default()
            },
            clock,
        };
        tokio::spawn(run(dial, hello, Arc::new(answers), std::future::pending()));
    }

    /// Waits until a tenant's status is exactly this.
    async fn wait_for_status(&self, id: &str, status: &str) {
        self.wait_for(id, |body| body == status).await;
    }

    async fn wait_for(&self, id: &str, so: impl Fn(&str) -> bool) {
        let path = format!("/api/{id}/status");
        for _ in 0..500 {
            if so(&self.get(&path).await.body) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{id}: {}", self.get(&path).await.body);
    }

    async fn get(&self, path: &str) -> HttpResponse {
        self.send(&format!("GET {path} HTTP/1.1\r\n"), b"").await
    }

    async fn post(&self, tenant: &str, media_type: &str, body: &[u8]) -> HttpResponse {
        let length = body.len();
        let head = format!(
            "POST /api/{tenant}/messages HTTP/1.1\r\ncontent-type: {media_type}\r\n\
             content-length: {length}\r\n"
        );
        self.send(&head, body).await
    }

    async fn send(&self, head: &str, body: &[u8]) -> HttpResponse {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let head = format!("{head}host: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        // A portal that refuses early may close before it has read everything.
        let _refused_early = stream.write_all(body).await;
        let mut bytes = Vec::new();
        let _closed_hard = stream.read_to_end(&mut bytes).await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        HttpResponse {
            status: head[9..12].parse().unwrap(),
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }
}

impl HttpResponse {
    #[track_caller]
    fn assert_problem(&self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{}", self.body);
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(body["code"], code);
        assert_eq!(body["status"], status);
        let support_code = body["support_code"].as_str().unwrap().to_lowercase();
        assert!(self.head.contains("application/problem+json"));
        assert!(
            self.head
                .contains(&format!("postern-support-code: {support_code}"))
        );
    }
}

/// The answer of an agent to every message.
enum Answers {
    Reply,
    Expired,
    NotAccepted,
    Never,
    /// Not accepted, and the agent cannot send mail.
    NoMail,
    /// A reply, during an alarm of the agent.
    Alarmed,
}

#[async_trait::async_trait]
impl Handler for Answers {
    async fn answer(&self, ask: Ask) -> Answer {
        match (self, ask) {
            (Self::Reply | Self::Alarmed, Ask::Message { message, .. }) => {
                Answer::Reply { message }
            }
            (Self::Expired, _) => Answer::Expired,
            (Self::Never, _) => std::future::pending().await,
            (Self::Reply | Self::Alarmed | Self::NotAccepted | Self::NoMail, _) => {
                Answer::NotAccepted
            }
        }
    }

    async fn directory_up(&self) -> bool {
        true
    }

    fn mail_up(&self) -> bool {
        !matches!(self, Self::NoMail)
    }

    fn is_alarmed(&self) -> bool {
        matches!(self, Self::Alarmed)
    }
}

static KEY: LazyLock<PublicKey> = LazyLock::new(key);

/// The log of all tests of this program, from the first use on.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn global() -> &'static Self {
        static LOG: LazyLock<Log> = LazyLock::new(|| {
            let log = Log::default();
            let writer = log.clone();
            let logging = tracing_subscriber::fmt().json();
            logging.with_writer(move || writer.clone()).init();
            log
        });
        &LOG
    }

    /// Counts the lines that contain all of these words.
    fn count_lines(&self, words: &[&str]) -> usize {
        let log = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        let has_all = |line: &&str| words.iter().all(|word| line.contains(word));
        log.lines().filter(has_all).count()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn hello() -> Hello {
    Hello {
        version: VERSION,
        program: String::from("0.0.0"),
        key: KEY.clone(),
        sandbox: false,
        flows: vec![String::from("reset"), String::from("change")],
        now: None,
    }
}

/// Reads until the other side closes.
async fn read_all(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    let _closed_hard = stream.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

fn key() -> PublicKey {
    let der = EnvelopeKey::generate(KeyBits::Rsa2048).unwrap();
    EnvelopeKey::from_pkcs8(&der).unwrap().public().clone()
}

/// A well-formed message that no agent can open.
const MESSAGE: &[u8] = b"e30.AAAA.AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA";

fn now() -> u64 {
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed();
    since.unwrap().as_secs()
}

/// Writes the browser's files; their content is irrelevant here.
fn write_site(site: &Path) {
    std::fs::create_dir_all(site).unwrap();
    for file in [
        "a.js",
        "a.wasm",
        "a.svg",
        "list.txt",
        "frame.js",
        "embed.js",
        "element.js",
        "sandbox.js",
    ] {
        std::fs::write(site.join(file), "x").unwrap();
    }
    let manifest = r#"{
        "script": {"name": "a.js", "integrity": "sha384-script"},
        "wasm": {"name": "a.wasm", "integrity": "sha384-wasm"},
        "later": {"common": "list.txt"},
        "icon": {"name": "a.svg", "integrity": "sha384-icon"},
        "frame": {"name": "frame.js", "integrity": "sha384-frame"},
        "embed": {"name": "embed.js", "integrity": "sha384-embed"},
        "element": {"name": "element.js", "integrity": "sha384-element"},
        "sandbox": {"name": "sandbox.js", "integrity": "sha384-sandbox"},
        "style": "body{}",
        "frame_style": "header{}",
        "sandbox_style": "code{}"
    }"#;
    std::fs::write(site.join("manifest.json"), manifest).unwrap();
}

#[tokio::test]
async fn bad_input_gets_a_problem_with_its_code() {
    let portal = TestPortal::start().await;
    portal.add("contoso");
    let jose = "application/jose";
    portal
        .post("nobody", jose, MESSAGE)
        .await
        .assert_problem(404, "tenant_unknown");
    portal
        .post("%ff", jose, MESSAGE)
        .await
        .assert_problem(404, "tenant_unknown");
    let long = "a".repeat(5000);
    portal
        .post(&long, jose, MESSAGE)
        .await
        .assert_problem(404, "tenant_unknown");
    for other in ["text/plain", "application/json", "application/jose+json"] {
        let response = portal.post("contoso", other, MESSAGE).await;
        response.assert_problem(415, "unsupported_media_type");
    }
    for malformed in [
        &b""[..],
        b"....",
        b"\xff\xfe",
        b"a.b.c",
        b"{}",
        &[b'.'; 4096],
    ] {
        let response = portal.post("contoso", jose, malformed).await;
        response.assert_problem(400, "malformed");
    }
    let huge = vec![b'A'; 4097];
    portal
        .post("contoso", jose, &huge)
        .await
        .assert_problem(413, "too_large");
    portal
        .post("contoso", jose, MESSAGE)
        .await
        .assert_problem(503, "service_down");
    assert_eq!(portal.get("/api/contoso/messages").await.status, 405);
    assert_eq!(portal.get("/nobody/").await.status, 404);
    assert_eq!(portal.get("/nobody/sandbox").await.status, 404);
    assert_eq!(portal.get("/a/b/c").await.status, 404);
}

#[tokio::test]
async fn the_page_says_that_the_service_is_down_before_it_asks_anything() {
    let portal = TestPortal::start().await;
    let credentials = portal.add_enrolled("contoso").await;
    let down = portal.get("/contoso/").await;
    assert_eq!(down.status, 503);
    assert!(!down.body.contains("<input"), "{}", down.body);
    portal.agent("contoso", credentials, Answers::Reply).await;
    let up = portal.get("/contoso/").await;
    assert_eq!(up.status, 200);
    assert!(up.body.contains("<input") && up.body.contains(&KEY.n()));
    assert!(
        portal
            .get("/api/contoso/keys")
            .await
            .body
            .contains(&KEY.thumbprint())
    );
}

/// The portal waits 5 seconds for an answer: an agent ahead by more treats every message as late.
#[tokio::test]
async fn a_service_whose_clocks_differ_too_much_is_down_and_says_so_before_it_asks_anything() {
    let portal = TestPortal::start().await;
    for (id, clock, status, page) in [
        (
            "ahead",
            Arc::new(|| now() + 90) as Clock,
            r#"{"service":"down","cause":"clock"}"#,
            503,
        ),
        (
            "long-before",
            Arc::new(|| now() - 600),
            r#"{"service":"down","cause":"clock"}"#,
            503,
        ),
        (
            "before",
            Arc::new(|| now() - 60),
            r#"{"service":"up"}"#,
            200,
        ),
    ] {
        let credentials = portal.add_enrolled(id).await;
        portal.connect(id, credentials, Answers::Reply, hello(), clock);
        portal.wait_for_status(id, status).await;
        assert_eq!(portal.get(&format!("/{id}/")).await.status, page, "{id}");
    }
}

#[tokio::test]
async fn a_mail_server_that_is_down_is_said_by_the_status_and_closes_no_other_gate() {
    let portal = TestPortal::start().await;
    let credentials = portal.add_enrolled("contoso").await;
    portal.connect(
        "contoso",
        credentials,
        Answers::NoMail,
        hello(),
        Arc::new(now),
    );
    let status = r#"{"service":"up","mail":"down"}"#;
    portal.wait_for_status("contoso", status).await;
    assert_eq!(portal.get("/contoso/").await.status, 200);
}

#[tokio::test]
async fn what_an_agent_answers_becomes_the_portals_answer() {
    let portal = TestPortal::start().await;
    for (id, answers, status) in [
        ("reply", Answers::Reply, 200),
        ("expired", Answers::Expired, 410),
        ("refused", Answers::NotAccepted, 422),
        ("never", Answers::Never, 504),
    ] {
        let credentials = portal.add_enrolled(id).await;
        portal.agent(id, credentials, answers).await;
        let response = portal.post(id, "application/jose", MESSAGE).await;
        assert_eq!(response.status, status, "{id}: {}", response.body);
        assert!(response.head.contains("postern-support-code: "));
        if status == 200 {
            assert_eq!(response.body.as_bytes(), MESSAGE);
        }
    }
}

#[tokio::test]
async fn agents_that_are_refused_write_one_line_a_minute() {
    let log = Log::global();
    let portal = TestPortal::start().await;
    let _enrolled = portal.add_enrolled("knocked").await;
    for guess in 0..30 {
        let (status, _stream) = portal
            .upgrade("knocked", &Secret::new(vec![guess; 32]))
            .await;
        assert_eq!(status, 401);
    }
    assert_eq!(log.count_lines(&["knocked", "agent refused"]), 1);
}

#[tokio::test]
async fn an_agent_without_the_secret_of_this_tenant_is_refused() {
    let portal = TestPortal::start().await;
    let contoso = portal.add_enrolled("contoso").await;
    let fabrikam = portal.add_enrolled("fabrikam").await;
    let mixed = Credentials {
        secret: contoso.secret.clone(),
        package_key: fabrikam.package_key,
    };
    let stranger = Credentials {
        secret: Secret::new(vec![7; 32]),
        package_key: PackageKey::generate().unwrap(),
    };
    for credentials in [mixed, stranger] {
        let connected = portal.agent("fabrikam", credentials, Answers::Reply);
        let waited = tokio::time::timeout(Duration::from_secs(2), connected).await;
        assert!(waited.is_err(), "the portal took an agent for fabrikam's");
    }
    let response = portal.post("fabrikam", "application/jose", MESSAGE).await;
    response.assert_problem(503, "service_down");
}

#[tokio::test]
async fn an_enrollment_code_is_good_once() {
    let portal = TestPortal::start().await;
    let code = portal.add("contoso");
    enroll(&portal.url(), "contoso", &code, None, None)
        .await
        .unwrap();
    let again = enroll(&portal.url(), "contoso", &code, None, None).await;
    assert!(matches!(again, Err(EnrollError::Code)), "{again:?}");
    let guess = Secret::from("guess");
    let guessed = enroll(&portal.url(), "contoso", &guess, None, None).await;
    assert!(matches!(guessed, Err(EnrollError::Code)), "{guessed:?}");
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let portal = TestPortal::start().await;
    portal.add("contoso");
    for path in [
        "/contoso/",
        "/nobody/",
        "/api/contoso/keys",
        "/assets/a.js",
        "/healthz",
    ] {
        let head = portal.get(path).await.head;
        for header in [
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "x-frame-options: deny",
            "content-security-policy: default-src 'none';",
            "cross-origin-opener-policy: same-origin",
        ] {
            assert!(head.contains(header), "{path}: no {header} in {head}");
        }
        for forbidden in ["unsafe-inline", "'unsafe-eval'", "set-cookie", "server:"] {
            assert!(!head.contains(forbidden), "{path}: {forbidden} in {head}");
        }
    }
    let asset = portal.get("/assets/a.js").await.head;
    assert!(asset.contains("immutable"), "{asset}");
    let page = portal.get("/contoso/").await.head;
    assert!(page.contains("cache-control: no-store"), "{page}");
}

#[tokio::test]
async fn no_name_can_leave_the_tenants_folder_or_the_page() {
    let portal = TestPortal::start().await;
    portal.add("contoso");
    for path in [
        "/..%2fcontoso/",
        "/contoso%00/",
        "/%3Cscript%3E/",
        "/contoso/?lang=%3Cscript%3E",
        "/assets/../../data/tenants/contoso.toml",
        "/assets/%2e%2e/%2e%2e/data/tenants/contoso.toml",
    ] {
        let response = portal.get(path).await;
        assert!(
            matches!(response.status, 404 | 503 | 400),
            "{path}: {}",
            response.status
        );
        assert!(!response.body.contains("<script>"), "{path}");
        assert!(!response.body.contains("name ="), "{path}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up_and_its_connection_closed() {
    let portal = TestPortal::start_with("[limits]\nbody_seconds = 1").await;
    portal.add("contoso");
    let mut slow = TcpStream::connect(portal.address).await.unwrap();
    let head = b"POST /api/contoso/messages HTTP/1.1\r\nhost: localhost\r\n\
                 content-type: application/jose\r\ncontent-length: 4000\r\n\r\ne30.";
    slow.write_all(head).await.unwrap();
    let response = read_all(slow).await.to_lowercase();
    assert!(response.starts_with("http/1.1 408 "), "{response}");
    assert!(response.contains("connection: close"), "{response}");
    assert!(response.contains("message_timed_out"), "{response}");
}

#[tokio::test]
async fn a_head_that_does_not_come_is_given_up() {
    let portal = TestPortal::start_with("[limits]\nhead_seconds = 1").await;
    for part in [&b""[..], b"GET /healthz HTTP/1.1\r\nhost:"] {
        let mut slow = TcpStream::connect(portal.address).await.unwrap();
        slow.write_all(part).await.unwrap();
        assert_eq!(read_all(slow).await, "");
    }
}

#[tokio::test]
async fn many_connections_of_one_network_close_each_other_and_leave_the_page_to_be_read() {
    // The timeouts exceed the duration of the test: only the cap closes connections.
    let limits = "[limits]\nconnections = 100\nconnections_per_network = 20\n\
                  head_seconds = 60\nbody_seconds = 60";
    let portal = TestPortal::start_with(limits).await;
    portal.add("contoso");
    let mut open = Vec::new();
    for round in 0..200 {
        let mut one = TcpStream::connect(portal.address).await.unwrap();
        // In turns idle, with a part of a head, and with a part of a body.
        let part: &[u8] = match round % 3 {
            0 => b"",
            1 => b"GET /healthz HTTP/1.1\r\n",
            _ => {
                b"POST /api/contoso/messages HTTP/1.1\r\nhost: localhost\r\n\
                  content-type: application/jose\r\ncontent-length: 4000\r\n\r\ne30."
            }
        };
        one.write_all(part).await.unwrap();
        open.push(one);
    }
    assert_eq!(portal.get("/healthz").await.status, 200);
    assert_eq!(portal.get("/contoso/help").await.status, 200);
    // The first was closed long ago; the last is still served.
    let first = tokio::time::timeout(Duration::from_secs(10), read_all(open.swap_remove(0)));
    assert_eq!(first.await.expect("the first is still open"), "");
    let mut last = open.pop().unwrap();
    last.write_all(b"host: localhost\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    assert!(read_all(last).await.starts_with("HTTP/1.1 "));
}

#[tokio::test]
async fn behind_a_trusted_proxy_two_thousand_idle_connections_leave_the_page_to_be_read() {
    // Both ends of each connection are open files of this process.
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    let raised = rustix::process::Rlimit {
        current: limit.maximum,
        ..limit
    };
    rustix::process::setrlimit(rustix::process::Resource::Nofile, raised).unwrap();
    let portal = TestPortal::start_with("behind_proxy = true").await;
    portal.add("contoso");
    let mut idle = Vec::new();
    for _ in 0..2_000 {
        idle.push(TcpStream::connect(portal.address).await.unwrap());
    }
    assert_eq!(portal.get("/contoso/help").await.status, 200);
    // None of them was closed to make room.
    let mut first = idle.swap_remove(0);
    first
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    assert!(read_all(first).await.starts_with("HTTP/1.1 200"));
    drop(idle);
}

/// Solves a challenge as a browser does.
fn solve(challenge: &str) -> String {
    let bits: u32 = challenge.split_once('.').unwrap().0.parse().unwrap();
    let mut proofs = (0_u64..).map(|number| format!("{challenge}.{number}"));
    let is_valid = |proof: &String| {
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, proof.as_bytes());
        let first = u32::from_be_bytes(hash.as_ref()[..4].try_into().unwrap());
        first.leading_zeros() >= bits
    };
    proofs.find(is_valid).unwrap()
}

#[tokio::test]
async fn while_very_much_is_guessed_the_first_message_of_anybody_costs_work() {
    let portal = TestPortal::start_with("[throttle]\nnetwork_free = 500").await;
    for (id, answers, requires_work) in [
        ("calm", Answers::Reply, false),
        ("alarmed", Answers::Alarmed, true),
    ] {
        let credentials = portal.add_enrolled(id).await;
        portal.agent(id, credentials, answers).await;
        // The alarm arrives with the second heartbeat at the earliest; that none does, only time
        // can show.
        let mut response = portal.post(id, "application/jose", MESSAGE).await;
        for _ in 0..50 {
            if response.status == 429 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
            response = portal.post(id, "application/jose", MESSAGE).await;
        }
        assert_eq!(
            response.status == 429,
            requires_work,
            "{id}: {}",
            response.body
        );
        if requires_work {
            response.assert_problem(429, "too_many_requests");
            let problem: serde_json::Value = serde_json::from_str(&response.body).unwrap();
            let bits = problem["challenge"].as_str().unwrap().split('.').next();
            // The midpoint of the least and the most.
            assert_eq!(bits, Some("14"));
        }
    }
}

#[tokio::test]
async fn copies_of_one_message_under_load_are_all_answered_by_one_proof() {
    let settings = "[throttle]\nnetwork_free = 1\nleast_bits = 4\nmost_bits = 4";
    let portal = Arc::new(TestPortal::start_with(settings).await);
    let credentials = portal.add_enrolled("contoso").await;
    portal.agent("contoso", credentials, Answers::Reply).await;
    let challenge = loop {
        let response = portal.post("contoso", "application/jose", MESSAGE).await;
        if response.status == 429 {
            let problem: serde_json::Value = serde_json::from_str(&response.body).unwrap();
            break problem["challenge"].as_str().unwrap().to_owned();
        }
    };
    let head = format!(
        "POST /api/contoso/messages HTTP/1.1\r\ncontent-type: application/jose\r\n\
         content-length: {}\r\npostern-proof: {}\r\n",
        MESSAGE.len(),
        solve(&challenge)
    );
    let copies: Vec<_> = (0..100)
        .map(|_| {
            let (portal, head) = (Arc::clone(&portal), head.clone());
            tokio::spawn(async move { portal.send(&head, MESSAGE).await.status })
        })
        .collect();
    for copy in copies {
        assert_eq!(copy.await.unwrap(), 200);
    }
}

#[tokio::test]
async fn a_tenant_without_a_sandbox_asks_nothing_of_its_agent() {
    let portal = TestPortal::start().await;
    let credentials = portal.add_enrolled("contoso").await;
    assert_eq!(portal.get("/contoso/sandbox").await.status, 503);
    portal.agent("contoso", credentials, Answers::Never).await;
    // This agent never answers: if it were asked, the portal would report that the service is down.
    assert_eq!(portal.get("/contoso/sandbox").await.status, 404);
}

#[tokio::test]
async fn names_and_problems_in_links_mean_something_in_the_sandbox_only() {
    for sandbox in [false, true] {
        let portal = TestPortal::start().await;
        let credentials = portal.add_enrolled("contoso").await;
        let hello = Hello { sandbox, ..hello() };
        let clock = Arc::new(now);
        portal.connect("contoso", credentials, Answers::Reply, hello, clock);
        portal.wait_for_service("contoso", "up").await;
        for path in ["", "change"] {
            let path = format!("/contoso/{path}?name=alice&problem=too_large");
            let response = portal.get(&path).await;
            assert_eq!(response.status, 200);
            assert_eq!(response.body.contains("alice"), sandbox, "{path}");
            assert_eq!(response.body.contains("too_large"), sandbox, "{path}");
        }
        let hostile = "/contoso/?name=%3Cscript%3E&problem=%22";
        assert!(!portal.get(hostile).await.body.contains("\"name\":"));
        let address = "/contoso/sandbox/problems/too_large/api/contoso/messages";
        let head = format!("POST {address} HTTP/1.1\r\ncontent-length: 0\r\n");
        let response = portal.send(&head, b"").await;
        if sandbox {
            response.assert_problem(413, "too_large");
        } else {
            assert_eq!(response.status, 404);
        }
        let mail = portal.get("/contoso/sandbox/mails/1").await;
        assert_eq!(mail.status, 404);
    }
}

#[tokio::test]
async fn the_sandbox_is_throttled_apart_from_messages() {
    let portal = TestPortal::start_with("[throttle]\nnetwork_free = 1\nnetwork_cap = 2").await;
    let credentials = portal.add_enrolled("contoso").await;
    let sandbox = Hello {
        sandbox: true,
        ..hello()
    };
    portal.connect(
        "contoso",
        credentials,
        Answers::Reply,
        sandbox,
        Arc::new(now),
    );
    portal.wait_for_service("contoso", "up").await;
    // The rate decays every second, so the third or the fourth request exceeds it.
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(portal.get("/contoso/sandbox").await.status);
    }
    assert_eq!((statuses[0], statuses[3]), (404, 429), "{statuses:?}");
    let response = portal.post("contoso", "application/jose", MESSAGE).await;
    assert_eq!(response.status, 200);
}

#[tokio::test]
async fn when_another_agent_enrolls_the_one_before_is_let_go_at_once_and_refused() {
    let portal = TestPortal::start().await;
    let before = portal.add_enrolled("contoso").await;
    portal
        .agent("contoso", before.clone(), Answers::NotAccepted)
        .await;
    let code = portal.tenants.new_code("contoso", now()).unwrap();
    let after = enroll(&portal.url(), "contoso", &code, None, None)
        .await
        .unwrap();
    portal
        .post("contoso", "application/jose", MESSAGE)
        .await
        .assert_problem(503, "service_down");
    assert_eq!(portal.upgrade("contoso", &before.secret).await.0, 401);
    portal.agent("contoso", after, Answers::Reply).await;
    let response = portal.post("contoso", "application/jose", MESSAGE).await;
    assert_eq!(
        response.status, 200,
        "the new agent answers: {}",
        response.body
    );
}

#[tokio::test]
async fn when_another_agent_enrolls_at_another_portal_the_one_before_is_let_go() {
    let portal = TestPortal::start().await;
    let before = portal.add_enrolled("contoso").await;
    portal.agent("contoso", before, Answers::Reply).await;
    let enrolled = portal.tenants.enrolled_agent("contoso").unwrap();
    let other = postern_server::tenants::EnrolledAgent {
        secret_hash: [7; 32],
        ..enrolled
    };
    portal.tenants.enroll("contoso", &other).unwrap();
    portal.wait_for_service("contoso", "down").await;
}

#[tokio::test]
async fn an_agent_with_another_envelope_key_is_refused_until_it_enrolls_again() {
    let portal = TestPortal::start().await;
    let code = portal.add("contoso");
    let kid = KEY.thumbprint();
    let enrolled = enroll(&portal.url(), "contoso", &code, None, Some(&kid)).await;
    let credentials = enrolled.unwrap();
    // An attacker with all secrets of the portal and the wire still has another envelope key.
    let thief = Hello {
        key: key(),
        ..hello()
    };
    portal.connect(
        "contoso",
        credentials.clone(),
        Answers::Reply,
        thief.clone(),
        Arc::new(now),
    );
    let waited = tokio::time::timeout(
        Duration::from_secs(2),
        portal.wait_for_service("contoso", "up"),
    );
    assert!(waited.await.is_err(), "another key was accepted");
    portal.agent("contoso", credentials, Answers::Reply).await;
    assert!(portal.get("/contoso/").await.body.contains(&KEY.n()));

    let code = portal.tenants.new_code("contoso", now()).unwrap();
    let kid = thief.key.thumbprint();
    let enrolled = enroll(&portal.url(), "contoso", &code, None, Some(&kid)).await;
    portal.connect(
        "contoso",
        enrolled.unwrap(),
        Answers::Reply,
        thief.clone(),
        Arc::new(now),
    );
    portal.wait_for_service("contoso", "up").await;
    assert!(portal.get("/contoso/").await.body.contains(&thief.key.n()));
}

#[tokio::test]
async fn a_connection_that_was_not_upgraded_is_refused() {
    let portal = TestPortal::start().await;
    portal.add("contoso");
    let response = portal.get("/relay/contoso").await;
    assert!(matches!(response.status, 400 | 426), "{}", response.status);
}

#[tokio::test]
async fn a_frame_longer_than_any_package_ends_its_connection() {
    let portal = TestPortal::start().await;
    let credentials = portal.add_enrolled("contoso").await;
    let (status, mut agent) = portal.upgrade("contoso", &credentials.secret).await;
    assert_eq!(status, 101);
    // The head of a frame of 15 MiB, without the payload.
    let mut frame = vec![0x82, 0xff];
    frame.extend_from_slice(&(15_u64 << 20).to_be_bytes());
    frame.extend_from_slice(&[0; 4]);
    agent.write_all(&frame).await.unwrap();
    // The deadline is before the portal would stop waiting for a hello.
    let closed = tokio::time::timeout(Timing::default().hello * 4 / 5, read_all(agent));
    assert!(closed.await.is_ok(), "the portal waits for 15 MiB");
}

#[tokio::test]
async fn an_agents_connections_have_a_cap_of_their_own() {
    let portal = TestPortal::start().await;
    let credentials = portal.add_enrolled("contoso").await;
    let mut open = Vec::new();
    let mut statuses = Vec::new();
    for _ in 0..9 {
        let (status, agent) = portal.upgrade("contoso", &credentials.secret).await;
        statuses.push(status);
        open.push(agent);
    }
    assert_eq!(statuses, [101, 101, 101, 101, 101, 101, 101, 101, 503]);
}

#[tokio::test]
async fn a_tenant_whose_file_is_wrong_is_not_available_and_all_others_are() {
    let portal = TestPortal::start().await;
    portal.add("contoso");
    portal.write_tenant("broken.toml", "nmae = \"Broken\"");
    portal.write_tenant("Not A Tenant.toml", "name = \"C\"");
    let page = portal.get("/broken/").await;
    assert_eq!(page.status, 503);
    assert!(page.head.contains("retry-after: "), "{}", page.head);
    portal
        .post("broken", "application/jose", MESSAGE)
        .await
        .assert_problem(503, "service_down");
    portal
        .get("/api/broken/keys")
        .await
        .assert_problem(503, "service_down");
    assert!(portal.get("/api/broken/status").await.body.contains("down"));
    assert_eq!(portal.get("/contoso/help").await.status, 200);
    assert_eq!(portal.get("/Not%20A%20Tenant/").await.status, 404);
    assert_eq!(portal.get("/readyz").await.status, 200);

    portal.write_tenant("broken.toml", "name = \"Mended once again\"");
    let response = portal.get("/broken/help").await;
    assert!(
        response.body.contains("Mended once again"),
        "{}",
        response.body
    );
}

#[tokio::test]
async fn ready_is_a_portal_with_a_data_directory_and_a_tenant_that_can_be_used() {
    let portal = TestPortal::start().await;
    assert_eq!(portal.get("/readyz").await.status, 200);
    portal.write_tenant("broken.toml", "");
    assert_eq!(portal.get("/readyz").await.status, 503);
    portal.add("contoso");
    assert_eq!(portal.get("/readyz").await.status, 200);
    std::fs::remove_dir_all(portal.folder.path().join("data")).unwrap();
    assert_eq!(portal.get("/readyz").await.status, 503);
    assert_eq!(portal.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_data_directory_is_made_and_without_one_the_portal_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    write_site(&site);
    std::fs::write(folder.path().join("file"), "").unwrap();
    let start = |data: &str| {
        let data = folder.path().join(data);
        let text = format!("data_directory = {data:?}\nassets_directory = {site:?}");
        let (_stop, stopping) = watch::channel(false);
        Portal::new(toml::from_str(&text).unwrap(), stopping)
    };
    start("new/data").unwrap();
    assert!(folder.path().join("new/data/cluster.secret").is_file());
    let error = start("file/data").err().unwrap().to_string();
    assert!(
        error.contains("data_directory") && error.contains("file/data"),
        "{error}"
    );
}
