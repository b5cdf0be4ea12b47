//! Mail through a real listening server: delivery, retries, restarts, and no mail without TLS.

#![expect(clippy::unwrap_used, reason = "tests")]

use crate::kit::mail::{
    HANGS, HTML, Heard, ODD, TEXT, count, mail, outbox_over, said, server, start_outbox, talk,
    until,
};
use crate::kit::{Browser, GOOD, Log, World, file_store, gate_of};
use mail_parser::{MessageParser, MimeHeaders};
use postern_notify::mail::{Mail, Security, Smtp};
use postern_protocol::{GateKind, Operation, Reason, Reply, Step};
use postern_store::Store;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

#[tokio::test]
async fn a_mail_is_delivered_as_it_is() {
    let (port, heard) = server(&["250 taken"]).await;
    let (outbox, worker) =
        start_outbox(port, Security::None, None, Store::in_memory().unwrap()).await;
    outbox.send(mail(60));
    drop(outbox);
    worker.await.unwrap();
    let heard = heard.lock().unwrap().join("\r\n");
    for part in [
        "MAIL FROM:<reset@contoso.example>",
        "RCPT TO:<alice@contoso.example>",
    ] {
        assert!(heard.contains(part), "{part} is missing:\n{heard}");
    }
    let (_, message) = heard.split_once("DATA\r\n").unwrap();
    assert!(message.is_ascii(), "{message}");
    assert!(message.lines().all(|line| line.len() <= 998), "{message}");
    let message = MessageParser::default().parse(message.as_bytes()).unwrap();
    assert_eq!(message.subject(), Some(ODD));
    assert_eq!(
        message
            .body_text(0)
            .unwrap()
            .trim_end()
            .replace("\r\n", "\n"),
        TEXT
    );
    assert_eq!(message.body_html(0).unwrap().trim_end(), HTML);
    let kind = message.content_type().unwrap();
    assert_eq!(
        (kind.ctype(), kind.subtype()),
        ("multipart", Some("alternative"))
    );
    let header = |name: &'static str| message.header_raw(name).map(str::trim);
    assert_eq!(header("From"), Some("Contoso <reset@contoso.example>"));
    assert_eq!(header("To"), Some("alice@contoso.example"));
    assert_eq!(header("Auto-Submitted"), Some("auto-generated"));
    assert_eq!(header("X-Auto-Response-Suppress"), Some("All"));
    assert_eq!(header("Content-Language"), Some("lt"));
    assert_eq!(header("MIME-Version"), Some("1.0"));
    assert!(message.date().is_some());
    assert!(message.message_id().unwrap().ends_with("@contoso.example"));
    assert_eq!(header("Reply-To"), None);
}

#[tokio::test]
async fn for_a_decoy_the_server_is_greeted_and_gets_nothing() {
    let (port, heard) = server(&["250 taken"]).await;
    let (outbox, worker) =
        start_outbox(port, Security::None, None, Store::in_memory().unwrap()).await;
    assert!(outbox.send_decoy(mail(60)));
    drop(outbox);
    worker.await.unwrap();
    let heard = heard.lock().unwrap().join("\n");
    assert!(heard.contains("EHLO"), "{heard}");
    for secret in ["482913", "MAIL", "RCPT"] {
        assert!(!heard.contains(secret), "{heard}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_a_decoy_takes_the_room_of_a_code_and_as_long() {
    // A server that accepts connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    let from = "reset@contoso.example".parse().unwrap();
    let smtp = Smtp::new("127.0.0.1", port, Security::None, None, None, from).unwrap();
    let (outbox, worker) = outbox_over(smtp, Store::in_memory().unwrap()).await;
    for number in 0..1024 {
        assert!(outbox.is_ready(), "{number}");
        let taken = match number % 2 {
            0 => outbox.send(mail(600)),
            _ => outbox.send_decoy(mail(600)),
        };
        assert!(taken, "{number}");
    }
    assert!(!outbox.is_ready());
    assert!(!outbox.send(mail(600)) && !outbox.send_decoy(mail(600)));
    tokio::time::sleep(Duration::from_secs(480)).await;
    assert!(
        !outbox.send(mail(600)),
        "both are tried as long as they are good"
    );
    tokio::time::sleep(Duration::from_secs(240)).await;
    assert!(outbox.send(mail(600)));
    assert!(
        !outbox.is_ready(),
        "there is room, and the server says nothing"
    );
    drop(outbox);
    worker.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_mail_that_is_deferred_is_tried_until_it_is_taken() {
    let (port, heard) = server(&["451 not now", "451 not now", "451 not now", "250 taken"]).await;
    let (outbox, worker) =
        start_outbox(port, Security::None, None, Store::in_memory().unwrap()).await;
    let begun = Instant::now();
    outbox.send(mail(600));
    until("the mail", || said(&heard, "482913")).await;
    assert_eq!(count(&heard, "RCPT"), 4);
    assert_eq!(begun.elapsed().as_secs(), 2 + 4 + 8);
    drop(outbox);
    worker.await.unwrap();
    assert_eq!(count(&heard, "RCPT"), 4);
}

#[tokio::test(start_paused = true)]
async fn a_code_is_not_tried_beyond_its_life() {
    let (port, heard) = server(&["451 not now"]).await;
    let (outbox, worker) =
        start_outbox(port, Security::None, None, Store::in_memory().unwrap()).await;
    outbox.send(mail(600));
    tokio::time::sleep(Duration::from_secs(600)).await;
    let tried = count(&heard, "RCPT");
    assert!((10..20).contains(&tried), "{tried}");
    tokio::time::sleep(Duration::from_secs(3600)).await;
    drop(outbox);
    worker.await.unwrap();
    assert_eq!(count(&heard, "RCPT"), tried);
}

#[tokio::test(start_paused = true)]
async fn a_mail_that_is_refused_is_not_tried_again_and_holds_up_no_other() {
    let (port, heard) = server(&["550 <alice@contoso.example> unknown", "250 taken"]).await;
    let store = Store::in_memory().unwrap();
    let (outbox, worker) = start_outbox(port, Security::None, None, store.clone()).await;
    outbox.send_durably(vec![mail(600)]).await;
    until("the refusal", || said(&heard, "RCPT")).await;
    outbox.send(mail(600));
    until("the other", || said(&heard, "482913")).await;
    drop(outbox);
    worker.await.unwrap();
    assert_eq!(count(&heard, "RCPT"), 2);
    assert!(nothing_waits(port, &store, &heard).await);
}

#[tokio::test(start_paused = true)]
async fn a_notice_survives_a_restart_and_is_sent_once() {
    let folder = tempfile::tempdir().unwrap();
    let (deaf, _) = server(&["451 not now"]).await;
    let (outbox, worker) =
        start_outbox(deaf, Security::None, None, file_store(folder.path())).await;
    outbox.send_durably(vec![mail(86_400), mail(86_400)]).await;
    outbox.send(mail(600));
    // When the agent stops, each mail is tried once more, and only the code is given up.
    drop(outbox);
    worker.await.unwrap();
    let disk = std::fs::read(folder.path().join("postern.redb")).unwrap();
    let readable = |text: &str| {
        disk.windows(text.len())
            .any(|bytes| bytes == text.as_bytes())
    };
    assert!(
        !readable("alice@contoso.example"),
        "an address lies open on disk"
    );

    let (port, heard) = server(&["250 taken"]).await;
    let store = file_store(folder.path());
    let (outbox, worker) = start_outbox(port, Security::None, None, store.clone()).await;
    until("both notices", || count(&heard, "RCPT") == 2).await;
    drop(outbox);
    worker.await.unwrap();
    assert_eq!(count(&heard, "RCPT"), 2);
    assert!(nothing_waits(port, &store, &heard).await);
}

#[tokio::test(start_paused = true)]
async fn a_notice_is_tried_for_hours() {
    let deaf: Vec<_> = core::iter::repeat_n("451 not now", 30)
        .chain(["250 taken"])
        .collect();
    let (port, heard) = server(deaf.leak()).await;
    let (outbox, worker) =
        start_outbox(port, Security::None, None, Store::in_memory().unwrap()).await;
    outbox.send_durably(vec![mail(86_400)]).await;
    tokio::time::sleep(Duration::from_secs(4 * 3600)).await;
    assert!(!said(&heard, "482913"));
    tokio::time::sleep(Duration::from_secs(4 * 3600)).await;
    assert!(said(&heard, "482913"));
    drop(outbox);
    worker.await.unwrap();
}

/// The server drops the connection, or greets with a refusal, and later accepts mail.
#[tokio::test]
async fn a_server_that_takes_no_mail_is_told_to_people_and_in_the_log_and_loses_no_notice() {
    for greeting in ["", "421 too busy\r\n", "554 not for you\r\n"] {
        let log = Log::of_this_program();
        let (port, heard, mended) = broken_server(greeting).await;
        let (outbox, _worker) =
            start_outbox(port, Security::None, None, Store::in_memory().unwrap()).await;
        let policy = "unknown_names = 'decoy'\ngates = ['mail']";
        let world = World::with(policy).await.mailing_by(outbox).await;
        let send = Operation::SendCode { gate: 1 };
        let not_sent = Some(Reason::CodeNotSent);
        let mut browser = Browser::new(1);
        browser.identify(&world, "alice").await;
        // The server's failure is not known yet …
        assert_eq!(browser.send(&world, send.clone()).await.reason, None);
        world.mailer.send_durably(vec![mail(600)]).await;
        until("the failure", || !world.mailer.is_ready()).await;
        // … and now it is reported to people who wait for a code, and to those who request one.
        let reply = browser.send(&world, Operation::Resume).await;
        assert_eq!(reply.reason, not_sent);
        for (seed, name) in [(2, "frank"), (3, "nobody")] {
            let mut browser = Browser::new(seed);
            browser.identify(&world, name).await;
            let reply = browser.send(&world, send.clone()).await;
            assert_eq!(reply.reason, not_sent, "{name}");
        }
        let said = |what: &str| {
            let (log, port) = (log.text(), format!("\"port\":{port}"));
            let lines = log.lines().filter(|line| line.contains(&port));
            lines.filter(|line| line.contains(what)).count()
        };
        assert_eq!(said("takes no mail"), 1, "however often it fails");
        assert_eq!(said("\"host\":\"127.0.0.1\""), 1);
        mended.store(true, Ordering::Relaxed);
        until("the mail server", || world.mailer.is_ready()).await;
        until("the notice", || said_to(&heard, "alice@contoso.example")).await;
        assert_eq!(said("takes mail again"), 1);
        let reply = browser.send(&world, Operation::Resume).await;
        assert_eq!(reply.reason, None);
        assert_eq!(browser.send(&world, send).await.reason, None);
    }
}

#[tokio::test(start_paused = true)]
async fn a_mail_that_is_not_taken_says_nothing_of_the_server() {
    for answer in [&["451 not now"], &["550 unknown"]] {
        let (port, heard) = server(answer).await;
        let (outbox, worker) =
            start_outbox(port, Security::None, None, Store::in_memory().unwrap()).await;
        outbox.send(mail(600));
        until("the attempt", || said(&heard, "RCPT")).await;
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert!(outbox.is_ready(), "{answer:?}");
        drop(outbox);
        worker.await.unwrap();
    }
}

/// Notices hang at the server.
#[tokio::test]
async fn a_code_waits_for_no_notice() {
    let (port, heard) = server(&["250 taken"]).await;
    let (outbox, _worker) =
        start_outbox(port, Security::None, None, Store::in_memory().unwrap()).await;
    let notice = Mail {
        to: HANGS.into(),
        ..mail(600)
    };
    outbox.send_durably(vec![notice; 20]).await;
    until("notices under way", || count(&heard, "RCPT") >= 2).await;
    outbox.send(mail(600));
    until("the code", || said(&heard, "482913")).await;
}

/// Neither the code's answer nor the new password's waits for the mail server.
#[tokio::test]
async fn no_answer_waits_for_a_slow_mail_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    // The server accepts connections and never answers.
    let called = Arc::new(AtomicUsize::new(0));
    let calls = Arc::clone(&called);
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok(connection) = listener.accept().await {
            calls.fetch_add(1, Ordering::Relaxed);
            held.push(connection);
        }
    });
    let (slow, _worker) =
        start_outbox(port, Security::None, None, Store::in_memory().unwrap()).await;
    let world = World::with("").await.mailing_by(slow).await;
    let mut browser = Browser::new(1);
    let reply = browser.identify(&world, "bob").await;
    let gate = gate_of(&reply, GateKind::Mail);
    let answered = |reply: Reply| assert_eq!(reply.reason, None);
    let begun = Instant::now();
    answered(browser.send(&world, Operation::SendCode { gate }).await);
    let gate = gate_of(&reply, GateKind::Authenticator);
    let code = world.authenticator_code("bob").await;
    answered(browser.answer(&world, gate, &code).await);
    let done = browser.set(&world, GOOD).await;
    assert_eq!(done.step, Step::Done);
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
    until("both mails under way", || {
        called.load(Ordering::Relaxed) == 2
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_server_without_starttls_hears_no_address_and_no_code() {
    let (port, heard) = server(&["250 taken"]).await;
    send(port, Security::Starttls, None).await;
    let heard = heard.lock().unwrap().join("\n");
    assert!(heard.contains("EHLO"), "{heard}");
    for secret in ["alice", "482913", "MAIL"] {
        assert!(!heard.contains(secret), "{heard}");
    }
}

#[tokio::test]
async fn over_tls_a_mail_is_delivered_to_a_server_of_the_trusted_authority() {
    for security in [Security::Tls, Security::Starttls] {
        let (port, heard, ca) = tls_server(security).await;
        send(port, security, Some(&ca)).await;
        assert!(said(&heard, "482913"), "{security:?}: {heard:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_of_an_authority_that_is_not_trusted_hears_nothing() {
    for security in [Security::Tls, Security::Starttls] {
        let (port, heard, _) = tls_server(security).await;
        let (_, _, other) = tls_server(security).await;
        send(port, security, Some(&other)).await;
        let heard = heard.lock().unwrap().join("\n");
        for secret in ["alice", "482913", "MAIL"] {
            assert!(!heard.contains(secret), "{security:?}: {heard}");
        }
    }
}

#[test]
fn a_file_that_is_no_certificate_is_refused() {
    let from = "reset@contoso.example".parse().unwrap();
    let made = Smtp::new("127.0.0.1", 25, Security::Tls, Some(b"no PEM"), None, from);
    assert!(made.is_err());
}

/// Reports whether the server received a mail to an address.
fn said_to(heard: &Heard, address: &str) -> bool {
    said(heard, &format!("RCPT TO:<{address}>"))
}

/// Starts a server that sends this greeting and hangs up, until the flag is set.
async fn broken_server(greeting: &'static str) -> (u16, Heard, Arc<AtomicBool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (heard, mended) = (Heard::default(), Arc::new(AtomicBool::new(false)));
    let (notes, works) = (Arc::clone(&heard), Arc::clone(&mended));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            if works.load(Ordering::Relaxed) {
                let _ended = talk(stream, &["250 taken"], &notes, true).await;
            } else {
                let _ended = stream.write_all(greeting.as_bytes()).await;
            }
        }
    });
    (port, heard, mended)
}

/// Sends one mail, which is tried until the agent has stopped.
async fn send(port: u16, security: Security, ca: Option<&str>) {
    let (outbox, worker) = start_outbox(port, security, ca, Store::in_memory().unwrap()).await;
    outbox.send(mail(60));
    drop(outbox);
    worker.await.unwrap();
}

/// Reports whether a new start finds nothing to send.
async fn nothing_waits(port: u16, store: &Store, heard: &Heard) -> bool {
    let before = count(heard, "RCPT");
    let (outbox, worker) = start_outbox(port, Security::None, None, store.clone()).await;
    drop(outbox);
    worker.await.unwrap();
    count(heard, "RCPT") == before
}

/// Starts a server with a certificate of its own authority; returns its port, the lines that it
/// receives, and the authority.
async fn tls_server(security: Security) -> (u16, Heard, String) {
    let ca_key = rcgen::KeyPair::generate().unwrap();
    let mut ca = rcgen::CertificateParams::new(Vec::new()).unwrap();
    ca.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let ca = rcgen::CertifiedIssuer::self_signed(ca, ca_key).unwrap();
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(vec!["127.0.0.1".into()]).unwrap();
    let certificate = certificate.signed_by(&key, &ca).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            rustls::pki_types::PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            if security == Security::Starttls && !starttls(&mut stream).await {
                continue;
            }
            if let Ok(stream) = acceptor.accept(stream).await {
                let greet = security == Security::Tls;
                // An error means that the client has hung up.
                let _ended = talk(stream, &["250 taken"], &notes, greet).await;
            }
        }
    });
    (port, heard, ca.pem())
}

/// Answers the commands before TLS (RFC 3207).
async fn starttls(stream: &mut TcpStream) -> bool {
    let mut lines = BufReader::new(stream);
    for answer in [
        "220 sink\r\n",
        "250-sink\r\n250 STARTTLS\r\n",
        "220 go on\r\n",
    ] {
        if !answer.starts_with("220 sink") && lines.read_line(&mut String::new()).await.is_err() {
            return false;
        }
        if lines.write_all(answer.as_bytes()).await.is_err() {
            return false;
        }
    }
    true
}
