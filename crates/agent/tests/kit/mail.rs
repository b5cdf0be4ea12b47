//! Mail in tests: a real listening server, and an outbox in front of it.

use super::START;
use postern_envelope::Secret;
use postern_notify::mail::{Mail, Mailer, Outbox, Security, Smtp};
use postern_store::{Clock, Memory, Store, StoreKey, system_random};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::time::Instant;

/// The lines that a server received.
pub type Heard = Arc<Mutex<Vec<String>>>;

pub const TEXT: &str = "Your code to reset your password:\n\n482913\n\nIt works once. Žinutė.";
pub const HTML: &str = "<!doctype html><html lang=\"lt\"><p>482913 &amp; žinutė</p></html>";
pub const ODD: &str = "482913 – „Ąžuolas & <Sūnūs>“ \u{5d0}\u{5d1} 🌳";

/// The recipient at whom a server stops answering.
pub const HANGS: &str = "hangs@contoso.example";

/// Starts a server that records the lines it receives and gives one answer to each `RCPT`; the last
/// answer repeats. A mail to [`HANGS`] gets none.
pub async fn server(answers: &'static [&'static str]) -> (u16, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Heard::default();
    let notes = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let notes = Arc::clone(&notes);
            // An error means that the client has hung up.
            tokio::spawn(async move { drop(talk(stream, answers, &notes, true).await) });
        }
    });
    (port, heard)
}

pub fn mail(seconds: u64) -> Mail {
    Mail {
        to: "alice@contoso.example".into(),
        subject: ODD.into(),
        text: TEXT.into(),
        html: HTML.into(),
        language: "lt".into(),
        support_code: "TEST-CODE".into(),
        until: START + seconds,
    }
}

/// Starts an outbox whose clock follows that of the runtime.
pub async fn start_outbox(
    port: u16,
    security: Security,
    ca: Option<&str>,
    store: Store,
) -> (Mailer, tokio::task::JoinHandle<()>) {
    let from = "Contoso <reset@contoso.example>".parse().unwrap();
    let ca = ca.map(str::as_bytes);
    let smtp = Smtp::new("127.0.0.1", port, security, ca, None, from).unwrap();
    // A paused clock jumps ahead while the server is being spoken to, so this limit is far away.
    outbox_over(
        smtp.with_attempt_timeout(Duration::from_secs(1 << 32)),
        store,
    )
    .await
}

/// Starts an outbox with a given transport.
pub async fn outbox_over(smtp: Smtp, store: Store) -> (Mailer, tokio::task::JoinHandle<()>) {
    let key = StoreKey::new(Secret::new(vec![7; 32])).unwrap();
    let begun = Instant::now();
    let clock: Clock = Arc::new(move || START + begun.elapsed().as_secs());
    let memory = Memory {
        store,
        key,
        clock,
        random: system_random(),
    };
    let (outbox, worker) = Outbox::start(smtp, memory).await.unwrap();
    (Mailer::Smtp(outbox), worker)
}

pub fn said(heard: &Heard, text: &str) -> bool {
    heard.lock().unwrap().iter().any(|line| line.contains(text))
}

pub fn count(heard: &Heard, beginning: &str) -> usize {
    let heard = heard.lock().unwrap();
    let lines = heard.iter().filter(|line| line.starts_with(beginning));
    lines.count()
}

pub async fn until(what: &str, so: impl Fn() -> bool) {
    for _ in 0..10_000 {
        if so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{what}: not in time");
}

pub async fn talk(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    answers: &[&str],
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
        if line.starts_with("RCPT") && line.contains(HANGS) {
            std::future::pending::<()>().await;
        }
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            _ if data && line != "." => continue,
            "." => "250 queued",
            "DATA" => "354 go on",
            "RCPT" => {
                let said = heard.lock().unwrap();
                let before = said.iter().filter(|line| line.starts_with("RCPT")).count();
                answers[(before - 1).min(answers.len() - 1)]
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        data = answer.starts_with("354");
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        stream.flush().await?;
    }
}
