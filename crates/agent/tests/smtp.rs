//! Mail through a server that really listens: delivery, a second attempt, and no word without TLS.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use postern_agent::mail::{Mail, Mailer, Security, Smtp};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

const TEXT: &str = "Your code to reset your password:\n\n482913\n\nIt works once. Žinutė.";

#[tokio::test]
async fn a_mail_is_delivered_as_it_is() {
    let (port, heard) = server("250 taken").await;
    let worker = send(port, Security::None);
    worker.await.unwrap();
    let heard = heard.lock().unwrap().join("\n");
    for part in [
        "MAIL FROM:<reset@contoso.example>",
        "RCPT TO:<alice@contoso.example>",
        "From: Contoso <reset@contoso.example>",
        "Auto-Submitted: auto-generated",
        "Message-ID: <",
        "Content-Type: text/plain; charset=utf-8",
        "482913",
    ] {
        assert!(heard.contains(part), "{part} is missing:\n{heard}");
    }
}

#[tokio::test]
async fn for_a_decoy_the_server_is_greeted_and_gets_nothing() {
    let (port, heard) = server("250 taken").await;
    let from = "Contoso <reset@contoso.example>".parse().unwrap();
    let started = Smtp::start("127.0.0.1", port, Security::None, None, None, from);
    let (smtp, worker) = started.unwrap();
    let mailer = Mailer::Smtp(smtp);
    mailer.send_nothing(Mail {
        to: String::new(),
        subject: String::from("482913 is your code"),
        text: TEXT.to_owned(),
        support_code: String::from("TEST-CODE"),
    });
    drop(mailer);
    worker.await.unwrap();
    let heard = heard.lock().unwrap().join("\n");
    assert!(heard.contains("EHLO"), "{heard}");
    for secret in ["482913", "MAIL", "RCPT"] {
        assert!(!heard.contains(secret), "{heard}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_mail_that_is_deferred_is_tried_three_times() {
    let (port, heard) = server("451 not now").await;
    send(port, Security::None).await.unwrap();
    let heard = heard.lock().unwrap();
    assert_eq!(
        heard.iter().filter(|line| line.starts_with("RCPT")).count(),
        3
    );
}

#[tokio::test]
async fn a_mail_that_is_refused_is_not_tried_again() {
    let (port, heard) = server("550 <alice@contoso.example> unknown").await;
    send(port, Security::None).await.unwrap();
    let heard = heard.lock().unwrap();
    assert_eq!(
        heard.iter().filter(|line| line.starts_with("RCPT")).count(),
        1
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_without_starttls_hears_no_address_and_no_code() {
    let (port, heard) = server("250 taken").await;
    send(port, Security::Starttls).await.unwrap();
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
        send_trusting(port, security, Some(&ca)).await.unwrap();
        let heard = heard.lock().unwrap().join("\n");
        assert!(heard.contains("482913"), "{security:?}: {heard}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_of_an_authority_that_is_not_trusted_hears_nothing() {
    for security in [Security::Tls, Security::Starttls] {
        let (port, heard, _) = tls_server(security).await;
        let (_, _, other) = tls_server(security).await;
        send_trusting(port, security, Some(&other)).await.unwrap();
        let heard = heard.lock().unwrap().join("\n");
        for secret in ["alice", "482913", "MAIL"] {
            assert!(!heard.contains(secret), "{security:?}: {heard}");
        }
    }
}

#[test]
fn a_file_that_is_no_certificate_is_refused() {
    let from = "reset@contoso.example".parse().unwrap();
    let started = Smtp::start("127.0.0.1", 25, Security::Tls, Some(b"no PEM"), None, from);
    assert!(started.is_err());
}

fn send(port: u16, security: Security) -> tokio::task::JoinHandle<()> {
    send_trusting(port, security, None)
}

fn send_trusting(port: u16, security: Security, ca: Option<&str>) -> tokio::task::JoinHandle<()> {
    let from = "Contoso <reset@contoso.example>".parse().unwrap();
    let ca = ca.map(str::as_bytes);
    let (smtp, worker) = Smtp::start("127.0.0.1", port, security, ca, None, from).unwrap();
    Mailer::Smtp(smtp).send(Mail {
        to: "alice@contoso.example".into(),
        subject: "Kodas".into(),
        text: TEXT.into(),
        support_code: "TEST-CODE".into(),
    });
    worker
}

/// A server that notes what it hears and answers `RCPT` with one and the same line.
async fn server(rcpt: &'static str) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Whoever hangs up has said what was to be said.
            let _ended = talk(stream, rcpt, &notes, true).await;
        }
    });
    (port, heard)
}

/// A server with a certificate of an authority of its own: its port, what it hears, the authority.
async fn tls_server(security: Security) -> (u16, Arc<Mutex<Vec<String>>>, String) {
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
                // Whoever hangs up has said what was to be said.
                let _ended = talk(stream, "250 taken", &notes, greet).await;
            }
        }
    });
    (port, heard, ca.pem())
}

/// The words before TLS, as RFC 3207 has them.
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

async fn talk(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    rcpt: &str,
    heard: &Mutex<Vec<String>>,
    greet: bool,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    if greet {
        stream.write_all(b"220 sink\r\n").await?;
    }
    let mut data = false;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        heard.lock().unwrap().push(line.to_owned());
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            _ if data && line != "." => continue,
            "." => "250 queued",
            "DATA" => "354 go on",
            "RCPT" => rcpt,
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        data = answer.starts_with("354");
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        stream.flush().await?;
    }
}
