//! Tests the further guarantees of the embedded engine: the limit of 15 seconds, secrets, TLS and
//! enrollment.

use crate::embedded_portal::{CODE, Portal, binary, dial};
use crate::harness::*;
use futures_util::{SinkExt, StreamExt};
use postern_envelope::Secret;
use postern_relay::embedded::{DialError, Disconnect, Embedded, EnrollError, Timing, enroll, run};
use postern_relay::package::{Channel, Content, Direction, Package};
use postern_relay::{Answer, AskError, Handler, Heartbeat, Hello, Relay};
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;

#[tokio::test(start_paused = true)]
async fn with_the_default_timing_a_vanished_agent_is_known_gone_within_15_seconds() {
    let (near, far) = tokio::io::duplex(64 * 1024);
    let portal = Arc::new(Embedded::new(Timing::default(), clock()));
    let serving = Arc::clone(&portal);
    let served = tokio::spawn(async move {
        let socket = WebSocketStream::from_raw_socket(near, Role::Server, None).await;
        serving
            .serve("contoso", key("contoso"), |_| true, binary(socket))
            .await
    });
    let mut agent = binary(WebSocketStream::from_raw_socket(far, Role::Client, None).await);
    let channel = Channel {
        tenant: "contoso".into(),
        direction: Direction::ToPortal,
        key: key("contoso"),
    };
    let frame = |content| Package::new(content).unwrap().seal(&channel).unwrap();
    agent.send(frame(Content::Hello(hello()))).await.unwrap();
    // A heartbeat at every interval keeps the connection open for any length of time.
    for _ in 0..10 {
        tokio::time::sleep(Timing::default().beat).await;
        let beat = Content::Heartbeat(Heartbeat::plain(true));
        agent.send(frame(beat)).await.unwrap();
        agent.next().await.unwrap().unwrap();
        assert!(portal.agent("contoso").unwrap().directory_up);
    }
    // From here on the agent is silent, and its end of the connection stays open.
    let start = Instant::now();
    while portal.agent("contoso").is_some() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let gone = start.elapsed();
    println!("known gone after {gone:?}");
    assert!(gone > Duration::from_secs(11) && gone < Duration::from_secs(15));
    assert_eq!(served.await.unwrap(), Err(Disconnect::Silent));
}

#[tokio::test(start_paused = true)]
async fn what_was_never_written_was_never_handed_over() {
    // A buffer so small that the first ask fills it, as if the agent had stopped reading.
    let (near, far) = tokio::io::duplex(256);
    let portal = Arc::new(Embedded::new(Timing::default(), clock()));
    let serving = Arc::clone(&portal);
    tokio::spawn(async move {
        let socket = WebSocketStream::from_raw_socket(near, Role::Server, None).await;
        serving
            .serve("contoso", key("contoso"), |_| true, binary(socket))
            .await
    });
    let mut agent = binary(WebSocketStream::from_raw_socket(far, Role::Client, None).await);
    let channel = Channel {
        tenant: "contoso".into(),
        direction: Direction::ToPortal,
        key: key("contoso"),
    };
    let hello = Package::new(Content::Hello(hello())).unwrap();
    agent.send(hello.seal(&channel).unwrap()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1)).await;
    let (first, second) = tokio::join!(
        portal.ask("contoso", now() + 5, ask(&"x".repeat(1024))),
        portal.ask("contoso", now() + 5, ask("x")),
    );
    assert_eq!(first, Err(AskError::NoAnswer));
    assert_eq!(second, Err(AskError::Down));
}

/// An agent that sent no time receives its heartbeat back unchanged.
#[tokio::test(start_paused = true)]
async fn the_portal_tells_its_clock_to_agents_that_told_theirs() {
    for now in [None, Some(now() - 90)] {
        let (near, far) = tokio::io::duplex(64 * 1024);
        let portal = Arc::new(Embedded::new(Timing::default(), Arc::new(|| 1_763_621_940)));
        let serving = Arc::clone(&portal);
        tokio::spawn(async move {
            let socket = WebSocketStream::from_raw_socket(near, Role::Server, None).await;
            serving
                .serve("contoso", key("contoso"), |_| true, binary(socket))
                .await
        });
        let mut agent = binary(WebSocketStream::from_raw_socket(far, Role::Client, None).await);
        let channel = |direction| Channel {
            tenant: "contoso".into(),
            direction,
            key: key("contoso"),
        };
        let hello = Hello { now, ..hello() };
        let beat = Content::Heartbeat(Heartbeat::plain(true));
        let beat = Package::new(beat).unwrap();
        for package in [Package::new(Content::Hello(hello)).unwrap(), beat.clone()] {
            let frame = package.seal(&channel(Direction::ToPortal)).unwrap();
            agent.send(frame).await.unwrap();
        }
        let echo = agent.next().await.unwrap().unwrap();
        let echo = Package::open(&channel(Direction::ToAgent), &echo).unwrap();
        let expected = Heartbeat {
            now: now.map(|_| 1_763_621_940),
            ..Heartbeat::plain(true)
        };
        assert_eq!(echo.id, beat.id);
        assert_eq!(echo.content, Content::Heartbeat(expected));
    }
}

#[tokio::test]
async fn a_clock_that_is_off_is_said_once_on_both_sides() {
    let log = Log::default();
    let _guard = log.capture();
    let portal = Portal::start().await;
    let setup = Setup {
        clock: Arc::new(|| now() + 90),
        ..Setup::of("contoso")
    };
    let agent = Running::start(&portal, setup).await;
    let warnings = || {
        let log = log.text();
        let lines = log
            .lines()
            .filter(|line| line.contains("the agent's clock is"));
        lines
            .filter(|line| line.contains("seconds ahead of the portal's"))
            .count()
    };
    within(Duration::from_secs(5), || warnings() == 2).await;
    // The clocks are compared with every heartbeat.
    let enough = agent.handler.beats() + 6;
    within(Duration::from_secs(5), || agent.handler.beats() >= enough).await;
    assert_eq!(warnings(), 2);
    let answer = portal.relay().ask("contoso", soon(), ask("x")).await;
    assert_eq!(answer, Ok(Answer::Expired));
    let log = log.text();
    let late = log.lines().find(|line| line.contains("came too late"));
    assert!(late.is_some_and(|line| line.contains("WARN")), "{late:?}");
}

#[tokio::test]
async fn a_refused_secret_is_said_in_the_log_and_tried_again() {
    let log = Log::default();
    let _guard = log.capture();
    let portal = Portal::start().await;
    let setup = Setup {
        secret: Secret::new(vec![0; 32]),
        ..Setup::of("contoso")
    };
    let _agent = Running::start(&portal, setup).await;
    within(Duration::from_secs(5), || {
        log.text().matches("not enrolled").count() == 2
    })
    .await;
    assert!(portal.relay().agent("contoso").is_none());
    // The secret itself, in base64url.
    assert!(!log.text().contains("AAAAAAAA"), "{}", log.text());
}

#[tokio::test]
async fn versions_that_differ_are_said_on_both_sides() {
    let log = Log::default();
    let _guard = log.capture();
    let portal = Portal::start().await;
    let setup = Setup {
        hello: Hello {
            version: 2,
            ..hello()
        },
        ..Setup::of("contoso")
    };
    let _agent = Running::start(&portal, setup).await;
    let expected = "the portal speaks version 1, this agent version 2";
    within(Duration::from_secs(5), || log.text().contains(expected)).await;
    within(Duration::from_secs(5), || !portal.ended().is_empty()).await;
    let [agent, portal_speaks] = [2, 1];
    assert_eq!(
        portal.ended()[0],
        Err(Disconnect::Version {
            agent,
            portal: portal_speaks
        })
    );
    assert!(portal.relay().agent("contoso").is_none());
}

#[tokio::test]
async fn an_enrolled_agent_connects() {
    let portal = Portal::start().await;
    let url = format!("ws://{}", portal.address());
    let credentials = enroll(&url, "northwind", &CODE.into(), None, None)
        .await
        .unwrap();
    let setup = Setup {
        key: credentials.package_key,
        secret: credentials.secret,
        ..Setup::of("northwind")
    };
    let _agent = Running::start(&portal, setup).await;
    let relay = portal.relay();
    within(Duration::from_secs(5), || {
        relay.agent("northwind").is_some()
    })
    .await;
    let answer = relay.ask("northwind", soon(), ask("x")).await;
    assert_eq!(answer, Ok(sandbox_answer("northwind", "x")));
}

#[tokio::test]
async fn a_wrong_code_enrolls_nobody() {
    let portal = Portal::start().await;
    let url = format!("ws://{}", portal.address());
    for code in ["guessed", "not\na header"] {
        let refused = enroll(&url, "contoso", &code.into(), None, None).await;
        assert!(matches!(refused, Err(EnrollError::Code)), "{refused:?}");
    }
    let _agent = Running::connected(&portal, "contoso").await;
}

#[tokio::test]
async fn tls_trusts_the_named_authority_alone() {
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let portal = Portal::with_tls(Some(acceptor(&certified))).await;
    let url = format!("wss://localhost:{}", portal.address().port());
    let authority = |pem: String| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(pem.as_bytes()).unwrap();
        file
    };

    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let other = authority(other.cert.pem());
    let refused = enroll(&url, "contoso", &CODE.into(), Some(other.path()), None).await;
    let refused = refused.unwrap_err();
    assert!(
        matches!(refused, EnrollError::Dial(DialError::Connect(_))),
        "{refused:?}"
    );

    let right = authority(certified.cert.pem());
    let setup = Setup::of("contoso");
    let mut dial = dial(url, &setup);
    dial.ca_file = Some(right.path().into());
    let handler: Arc<dyn Handler> = setup.handler;
    let running = tokio::spawn(run(dial, setup.hello, handler, std::future::pending()));
    let relay = portal.relay();
    within(Duration::from_secs(5), || relay.agent("contoso").is_some()).await;
    let answer = relay.ask("contoso", soon(), ask("x")).await;
    assert_eq!(answer, Ok(sandbox_answer("contoso", "x")));
    running.abort();
}

fn acceptor(certified: &rcgen::CertifiedKey<rcgen::KeyPair>) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let key = certified.signing_key.serialize_der().try_into().unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// The log of this test's thread. These tests run on one thread, so that it contains everything.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn capture(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || log.clone())
            .finish();
        tracing::subscriber::set_default(subscriber)
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
