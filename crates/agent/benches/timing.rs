//! The times of known and unknown names in a `decoy` tenant, measured in pairs over the relay;
//! `cargo xtask timing`.
//!
//! A real agent with its store on disk and a mail server that listens, behind the embedded relay
//! over TCP. In each pair one name has an account and the other has not, in random order. It prints
//! the median of the differences with its 95 % interval, and fails if a median is beyond
//! [`MAX_DIFFERENCE_MICROS`].
//!
//! On the sandbox, where a lookup costs nothing, there is no floor under the time of an answer to
//! a name, so that no other difference is hidden. If `POSTERN_DC_URL` names a domain controller,
//! its directory is measured too, with a floor of a tenth of the usual one.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement panics if it fails, and prints to a terminal"
)]

#[path = "../tests/kit/mod.rs"]
mod kit;

use futures_util::{SinkExt, TryStreamExt, future};
use jiff::tz::TimeZone;
use kit::{Browser, Sealed, Seeded, envelope_key, rules};
use postern_agent::{Agent, Parts, Quality};
use postern_directory::Directory;
use postern_directory::ldap::{LdapConfig, LdapDirectory, ServiceAccounts};
use postern_directory::sandbox::Sandbox;
use postern_envelope::Secret;
use postern_envelope::package::PackageKey;
use postern_gates::{GateParts, Gates};
use postern_notify::mail::{Mailer, Outbox, Security, Smtp};
use postern_notify::phone::Phones;
use postern_notify::{Tenant, Wording};
use postern_protocol::{FlowToken, Operation, Reason, Reply, Request, encode};
use postern_relay::embedded::{Dial, Embedded, Timing, run};
use postern_relay::{Answer, Ask, Clock, Hello, Metadata, Relay, VERSION};
use postern_store::{Memory, StoreKey};
use rand_core::RngCore;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;

/// The greatest median difference, in microseconds.
const MAX_DIFFERENCE_MICROS: i64 = 500;

/// The default number of pairs.
const PAIRS: usize = 2_000;

/// The steps that are measured with both names, in this order.
const STEPS: [&str; 3] = ["identify", "send code", "wrong answer"];

/// The time after which every counter has run out, in seconds.
const COUNTERS_EXPIRE_SECONDS: u64 = 25 * 60 * 60;

fn main() -> ExitCode {
    // Cargo passes arguments of its own too.
    let number = std::env::args().find_map(|word| word.parse().ok());
    let pairs = number.unwrap_or(PAIRS);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let sandbox = Arc::new(Sandbox::new(Arc::new(wall_clock)));
        let names = ["alice", "frank", "grace", "heidi", "ivan", "judy", "nora"];
        let mut within_bounds = measure("sandbox", sandbox, &names, Duration::ZERO, pairs).await;
        if std::env::var_os("POSTERN_DC_URL").is_some() {
            let directory = Arc::new(domain());
            let floor = Duration::from_millis(60);
            // The agent's own account may be reset.
            let known = variable("POSTERN_DC_BIND_NAME");
            within_bounds &= measure("Active Directory", directory, &[&known], floor, pairs).await;
        }
        if within_bounds {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    })
}

/// Measures on one directory and reports whether every median is within its bound.
async fn measure(
    directory_name: &str,
    directory: Arc<dyn Directory>,
    known: &[&str],
    floor: Duration,
    pairs: usize,
) -> bool {
    let world = World::start(directory, floor).await;
    let mut random = Seeded::new(9);
    let mut differences = STEPS.map(|_| Vec::with_capacity(pairs));
    let mut times = STEPS.map(|_| Vec::with_capacity(pairs));
    for pair in 0..pairs {
        let name = known[random.next_u32() as usize % known.len()];
        // The unknown name is as long as the known one and has the same domain.
        let unknown: String = (0..)
            .zip(name.chars())
            .map(|(place, letter)| match letter {
                _ if place > name.find('@').unwrap_or(usize::MAX) => letter,
                letter if letter.is_alphabetic() => char::from(b'a' + random.next_u32() as u8 % 26),
                other => other,
            })
            .collect();
        let mut tokens: [Option<FlowToken>; 2] = [None, None];
        for step in 0..STEPS.len() {
            let operation = |name: &str| match step {
                0 => kit::identify(name),
                1 => Operation::SendCode { gate: 1 },
                _ => Operation::Answer {
                    gate: 1,
                    code: Secret::from("00000000"),
                },
            };
            let sealed = [(name, tokens[0]), (&unknown, tokens[1])]
                .map(|(name, token)| world.seal(&mut random, token, operation(name)));
            let mut took = [0; 2];
            let mut sizes = [0; 2];
            let first = random.next_u32() as usize % 2;
            for which in [first, 1 - first] {
                let (reply, size, time) = world.ask(&sealed[which]).await;
                let expected = (step == 2).then_some(Reason::WrongCode { tries_left: 4 });
                assert_eq!(
                    reply.reason, expected,
                    "{name} or {unknown}, {}",
                    STEPS[step]
                );
                (tokens[which], sizes[which], took[which]) = (reply.token, size, time);
            }
            assert_eq!(sizes[0], sizes[1], "replies of one size");
            differences[step].push(took[0] - took[1]);
            times[step].push(took[0]);
        }
        world
            .now
            .fetch_add(COUNTERS_EXPIRE_SECONDS, Ordering::Relaxed);
        if pair % 100 == 99 {
            world.agent.purge().await.unwrap();
        }
    }
    println!("\n{pairs} pairs on {directory_name}: known less unknown, in microseconds");
    println!(
        "{:<14} {:>9} {:>19} {:>13}",
        "step", "median", "95 % interval", "known takes"
    );
    let mut within_bounds = true;
    for ((step, differences), times) in STEPS.iter().zip(differences).zip(times) {
        let (median, low, high) = median(differences);
        let (takes, ..) = self::median(times);
        println!("{step:<14} {median:>9} {low:>9}{high:>+10} {takes:>13}");
        within_bounds &= median.abs() <= MAX_DIFFERENCE_MICROS;
    }
    within_bounds
}

/// Returns the median with the bounds of its 95 % interval (by the binomial distribution).
fn median(mut values: Vec<i64>) -> (i64, i64, i64) {
    values.sort_unstable();
    let middle = values.len() / 2;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few thousand"
    )]
    let reach = (0.98 * (values.len() as f64).sqrt()).ceil() as usize;
    let at = |place: usize| values[place.min(values.len() - 1)];
    (
        at(middle),
        at(middle.saturating_sub(reach)),
        at(middle + reach),
    )
}

/// A portal's relay, an agent that is connected to it, and the clock of both.
struct World {
    relay: Arc<Embedded>,
    agent: Agent,
    now: Arc<AtomicU64>,
    _store: tempfile::TempDir,
}

impl World {
    async fn start(directory: Arc<dyn Directory>, floor: Duration) -> Self {
        let now = Arc::new(AtomicU64::new(wall_clock()));
        let clock: Clock = {
            let now = Arc::clone(&now);
            Arc::new(move || now.load(Ordering::Relaxed))
        };
        let store = tempfile::tempdir().unwrap();
        let policy = "unknown_names = 'decoy'\ngates = ['mail']";
        let kept = kit::file_store(store.path());
        let memory = Memory {
            store: kept,
            key: StoreKey::new(Secret::new(vec![7; 32])).unwrap(),
            clock: Arc::clone(&clock),
            random: Seeded::new(1).random(),
        };
        let mailer = Mailer::Smtp(mail_server(memory.clone()).await);
        let tenant = Tenant {
            name: "contoso".into(),
            display_name: "Contoso".into(),
            helpdesk: "+370 5 000".into(),
        };
        let wording = Wording::new(tenant, TimeZone::UTC);
        let gates = Gates::new(GateParts {
            memory: memory.clone(),
            mailer: mailer.clone(),
            phones: Phones::default(),
            wording: wording.clone(),
            own_domains: Vec::new(),
            relying_party: None,
            sandbox_codes: None,
        });
        let agent = Agent::new(Parts {
            quality: Quality::load(&rules(policy), false).unwrap(),
            rules: rules(policy),
            key: envelope_key(),
            memory,
            directory,
            gates,
            mailer,
            wording,
            sandbox: false,
            decoy_floor: floor,
        });
        let timing = Timing::default();
        let key = || PackageKey::new(Secret::new(vec![8; 32])).unwrap();
        let relay = Arc::new(Embedded::new(timing, Arc::clone(&clock)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let dial = Dial {
            url: format!("ws://{}", listener.local_addr().unwrap()),
            tenant: "contoso".into(),
            secret: Secret::new(vec![9; 32]),
            package_key: key(),
            ca_file: None,
            timing,
            clock,
        };
        let hello = Hello {
            version: VERSION,
            program: "timing".into(),
            key: agent.public_key().clone(),
            sandbox: false,
            flows: vec!["reset".into()],
            now: None,
        };
        tokio::spawn(serve(listener, Arc::clone(&relay), key()));
        tokio::spawn(run(dial, hello, Arc::new(agent.clone()), future::pending()));
        while !relay
            .agent("contoso")
            .is_some_and(|agent| agent.directory_up)
        {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Self {
            relay,
            agent,
            now,
            _store: store,
        }
    }

    fn seal(&self, random: &mut Seeded, token: Option<FlowToken>, operation: Operation) -> Sealed {
        let mut browser = Browser::with(random.clone());
        let expires = self.now.load(Ordering::Relaxed) + 60;
        browser.seal_body("contoso", expires, &encode(&Request { token, operation }))
    }

    /// Sends a message over the relay; returns the reply, its size, and the time in microseconds.
    async fn ask(&self, sealed: &Sealed) -> (Reply, usize, i64) {
        let now = self.now.load(Ordering::Relaxed);
        let metadata = Metadata {
            support_code: "TIME-TIME".into(),
            received_at: now,
            networks: vec![[0; 16].into()],
            language: "en".into(),
        };
        let message = sealed.message.clone();
        let begun = Instant::now();
        let asked = Ask::Message { metadata, message };
        let answer = self.relay.ask("contoso", now + 30, asked).await.unwrap();
        let took = i64::try_from(begun.elapsed().as_micros()).unwrap();
        let size = match &answer {
            Answer::Reply { message } => message.to_string().len(),
            other => panic!("no reply: {other:?}"),
        };
        (sealed.open(&answer), size, took)
    }
}

/// The portal's end of the agent's connection.
async fn serve(listener: TcpListener, relay: Arc<Embedded>, key: PackageKey) {
    while let Ok((stream, _)) = listener.accept().await {
        stream.set_nodelay(true).unwrap();
        let socket = tokio_tungstenite::accept_async(stream).await.unwrap();
        let frames = socket
            .with(|frame: Vec<u8>| future::ready(Ok(Message::binary(frame))))
            .try_filter_map(|message| {
                future::ready(Ok(match message {
                    Message::Binary(frame) => Some(frame.to_vec()),
                    _ => None,
                }))
            });
        let ended = relay.serve("contoso", key.clone(), |_| true, frames).await;
        println!("the agent's connection ended: {ended:?}");
    }
}

/// Starts a mail server that accepts everything, and the agent's queue in front of it.
async fn mail_server(memory: Memory) -> Outbox {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(take_mail(stream));
        }
    });
    let from = "Contoso <reset@contoso.example>".parse().unwrap();
    let smtp = Smtp::new("127.0.0.1", port, Security::None, None, None, from).unwrap();
    Outbox::start(smtp, memory).await.unwrap().0
}

async fn take_mail(mut stream: TcpStream) -> std::io::Result<()> {
    let (read, mut write) = stream.split();
    let mut lines = BufReader::new(read).lines();
    let mut in_text = false;
    write.write_all(b"220 here\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let reply = match line.split(' ').next().unwrap_or_default() {
            "." => "250 taken",
            _ if in_text => continue,
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 yes",
        };
        in_text = reply.starts_with("354");
        write.write_all(reply.as_bytes()).await?;
        write.write_all(b"\r\n").await?;
    }
    Ok(())
}

/// Returns the directory of the domain controller of `cargo xtask dc run`.
fn domain() -> LdapDirectory {
    let config = LdapConfig {
        url: variable("POSTERN_DC_URL").parse().unwrap(),
        address: Some(variable("POSTERN_DC_ADDRESS").parse().unwrap()),
        ca_file: variable("POSTERN_DC_CA").into(),
        bind_name: variable("POSTERN_DC_BIND_NAME"),
        bind_password_file: variable("POSTERN_DC_BIND_PASSWORD_FILE").into(),
        base: None,
        mail_attributes: vec!["userPrincipalName".to_owned()],
        protected_groups: Vec::new(),
        mobile_attributes: Vec::new(),
        phone_attributes: Vec::new(),
        country_prefix: None,
        two_gates_groups: Vec::new(),
        pdc: None,
        password_filter_installed: false,
        service_accounts: ServiceAccounts::Refuse,
    };
    LdapDirectory::new(config, Arc::new(wall_clock)).unwrap()
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap()
}

fn wall_clock() -> u64 {
    let since = SystemTime::UNIX_EPOCH.elapsed();
    since.unwrap().as_secs()
}
