//! Mail through a server that really listens: delivery, a second attempt, and no word without TLS.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use postern_agent::mail::{Mail, Mailer, Security, Smtp};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
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

fn send(port: u16, security: Security) -> tokio::task::JoinHandle<()> {
    let from = "Contoso <reset@contoso.example>".parse().unwrap();
    let (smtp, worker) = Smtp::start("127.0.0.1", port, security, None, None, from).unwrap();
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
            let _ended = converse(stream, rcpt, &notes).await;
        }
    });
    (port, heard)
}

async fn converse(
    stream: TcpStream,
    rcpt: &str,
    heard: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
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
    }
}
