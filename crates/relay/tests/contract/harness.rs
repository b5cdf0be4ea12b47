//! The engine interface of the suite, an agent whose handler does as the message says, and a proxy
//! that can fail.

use async_trait::async_trait;
use postern_envelope::package::PackageKey;
use postern_envelope::{Compact, PublicKey, Secret};
use postern_relay::embedded::Timing;
use postern_relay::{
    Answer, Ask, Clock, Handler, Hello, Metadata, Relay, SandboxAccount, SandboxView, VERSION,
};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

/// Short times in the proportions of the default; the waits of the back-off are the default's.
pub const TIMING: Timing = Timing {
    hello: Duration::from_secs(1),
    beat: Duration::from_millis(200),
    silence: Duration::from_millis(600),
    back_off: Duration::from_millis(200),
    back_off_limit: Duration::from_secs(4),
    refused: Duration::from_millis(400),
    answer: Duration::from_secs(3),
    stop: Duration::from_secs(2),
};

/// An engine under test: a portal on this machine, with the tenants `contoso` and `fabrikam`.
#[async_trait]
pub trait Engine: Send + Sync + 'static {
    /// Starts an engine.
    async fn start() -> Self;
    /// Returns the portal's side.
    fn relay(&self) -> Arc<dyn Relay>;
    /// Returns the address to which agents connect.
    fn address(&self) -> SocketAddr;
    /// Returns the number of connections that ended because the agent's hello was not accepted.
    fn refused(&self) -> usize;
    /// Stops the portal and closes every connection.
    async fn stop_portal(&self);
    /// Starts the portal again at the same address.
    async fn start_portal(&self);
    /// Runs the engine's agent against `address`.
    async fn run_agent(address: SocketAddr, setup: Setup, stopped: oneshot::Receiver<()>);
}

/// Returns the package key of a tenant.
pub fn key(tenant: &str) -> PackageKey {
    let byte = tenant.as_bytes()[0];
    PackageKey::new(Secret::new(vec![byte; 32])).unwrap()
}

/// Returns the relay secret of a tenant.
pub fn secret(tenant: &str) -> Secret {
    Secret::new(vec![tenant.as_bytes()[1]; 32])
}

#[expect(clippy::disallowed_methods, reason = "the frames' time is real")]
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap().as_secs()
}

pub fn clock() -> Clock {
    Arc::new(now)
}

/// Returns the expiry of an ask in these tests.
pub fn soon() -> u64 {
    now() + 30
}

pub fn hello() -> Hello {
    Hello {
        version: VERSION,
        program: "0.1.0".into(),
        key: PublicKey::new(vec![0xff; 384]).unwrap(),
        sandbox: true,
        flows: vec!["reset".into()],
        now: None,
    }
}

/// The configuration of an agent.
#[derive(Clone)]
pub struct Setup {
    pub tenant: String,
    pub key: PackageKey,
    pub secret: Secret,
    pub hello: Hello,
    pub handler: Arc<TestHandler>,
    pub clock: Clock,
}

impl Setup {
    pub fn of(tenant: &str) -> Self {
        Self {
            tenant: tenant.into(),
            key: key(tenant),
            secret: secret(tenant),
            hello: hello(),
            handler: Arc::new(TestHandler::new(tenant)),
            clock: clock(),
        }
    }
}

/// A handler whose behaviour is selected by the `language` of a message.
pub struct TestHandler {
    name: String,
    pub calls: AtomicUsize,
    pub directory_up: AtomicBool,
    pub mail_up: AtomicBool,
    pub alarmed: AtomicBool,
    beats: AtomicUsize,
}

impl TestHandler {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            calls: AtomicUsize::new(0),
            directory_up: AtomicBool::new(true),
            mail_up: AtomicBool::new(true),
            alarmed: AtomicBool::new(false),
            beats: AtomicUsize::new(0),
        }
    }

    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// Returns the number of heartbeats that were begun.
    pub fn beats(&self) -> usize {
        self.beats.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl Handler for TestHandler {
    async fn answer(&self, ask: Ask) -> Answer {
        self.calls.fetch_add(1, Ordering::SeqCst);
        match ask {
            Ask::Message { metadata, .. } if metadata.language == "hang" => {
                std::future::pending().await
            }
            Ask::Message { message, .. } => Answer::Reply { message },
            Ask::Sandbox { language } => {
                match language.as_str() {
                    "hang" => std::future::pending().await,
                    // Without a backtrace, which takes longer than `TIMING.silence`.
                    "panic" => std::panic::resume_unwind(Box::new("asked to")),
                    "slow" => tokio::time::sleep(Duration::from_millis(300)).await,
                    _ => {}
                }
                sandbox_answer(&self.name, &language)
            }
            Ask::SandboxMail { .. } => Answer::NotAccepted,
        }
    }

    async fn directory_up(&self) -> bool {
        self.beats.fetch_add(1, Ordering::SeqCst);
        self.directory_up.load(Ordering::SeqCst)
    }

    fn mail_up(&self) -> bool {
        self.mail_up.load(Ordering::SeqCst)
    }

    fn is_alarmed(&self) -> bool {
        self.alarmed.load(Ordering::SeqCst)
    }
}

pub fn ask(what: &str) -> Ask {
    Ask::Sandbox {
        language: what.into(),
    }
}

/// Creates a message from one of many networks; its language selects the handler's behaviour.
pub fn message(network: usize, what: &str) -> Ask {
    let mut hash = [0; 16];
    hash[..8].copy_from_slice(&network.to_le_bytes());
    Ask::Message {
        metadata: Metadata {
            support_code: String::from("7H3K-9QZD"),
            received_at: now(),
            networks: vec![hash.into()],
            language: what.into(),
        },
        message: Compact::parse(b"e30.AAAA.AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA").unwrap(),
    }
}

/// Returns the answer of the agent `name` to `ask(what)`.
pub fn sandbox_answer(name: &str, what: &str) -> Answer {
    Answer::Sandbox {
        view: SandboxView {
            accounts: vec![SandboxAccount {
                login_name: name.into(),
                script: what.into(),
                codes: Vec::new(),
                flow: String::new(),
            }],
            mails: vec![],
            first_password: String::new(),
            answers: Vec::new(),
        },
    }
}

/// A running agent with its proxy and its handler.
pub struct Running {
    pub wire: Wire,
    pub handler: Arc<TestHandler>,
    pub task: JoinHandle<()>,
    stop: Option<oneshot::Sender<()>>,
}

impl Running {
    /// Starts an agent without waiting for its connection.
    pub async fn start<E: Engine>(engine: &E, setup: Setup) -> Self {
        let wire = Wire::to(engine.address()).await;
        let (stop, stopped) = oneshot::channel();
        Self {
            handler: Arc::clone(&setup.handler),
            task: tokio::spawn(E::run_agent(wire.address, setup, stopped)),
            stop: Some(stop),
            wire,
        }
    }

    /// Starts a tenant's agent and waits until the portal reports it with its directory up.
    pub async fn connected<E: Engine>(engine: &E, tenant: &str) -> Self {
        let running = Self::start(engine, Setup::of(tenant)).await;
        let up = || matches!(engine.relay().agent(tenant), Some(agent) if agent.directory_up);
        within(Duration::from_secs(5), up).await;
        running
    }

    pub fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    /// Waits until the handler has been called `times` times.
    pub async fn called(&self, times: usize) {
        within(Duration::from_secs(5), || self.handler.calls() == times).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Waits until `condition` is true; returns the time that it took.
pub async fn within(limit: Duration, condition: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < limit, "not within {limit:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    start.elapsed()
}

/// A TCP proxy that can be cut (connections break, new ones are closed at once) or frozen (no data
/// passes, and no side is notified).
pub struct Wire {
    pub address: SocketAddr,
    state: watch::Sender<State>,
    in_vain: Arc<AtomicUsize>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Passing,
    Frozen,
    Cut,
}

impl Wire {
    async fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (state, seen) = watch::channel(State::Passing);
        let in_vain = Arc::<AtomicUsize>::default();
        let unreached = Arc::clone(&in_vain);
        tokio::spawn(async move {
            loop {
                let mut cut = seen.clone();
                tokio::select! {
                    Ok((near, _)) = listener.accept() => {
                        if *seen.borrow() != State::Cut {
                            let unreached = Arc::clone(&unreached);
                            tokio::spawn(carry(near, target, seen.clone(), unreached));
                        }
                    }
                    // The test is over.
                    Err(_) = cut.wait_for(|_| false) => return,
                }
            }
        });
        Self {
            address,
            state,
            in_vain,
        }
    }

    /// Returns the number of connections that did not reach the target.
    pub fn in_vain(&self) -> usize {
        self.in_vain.load(Ordering::SeqCst)
    }

    pub fn cut(&self) {
        self.state.send_replace(State::Cut);
    }

    pub fn freeze(&self) {
        self.state.send_replace(State::Frozen);
    }

    pub fn mend(&self) {
        self.state.send_replace(State::Passing);
    }
}

async fn carry(
    near: TcpStream,
    target: SocketAddr,
    state: watch::Receiver<State>,
    unreached: Arc<AtomicUsize>,
) {
    let Ok(far) = TcpStream::connect(target).await else {
        unreached.fetch_add(1, Ordering::SeqCst);
        return;
    };
    let (near_in, near_out) = near.into_split();
    let (far_in, far_out) = far.into_split();
    let mut cut = state.clone();
    tokio::select! {
        () = pass(near_in, far_out, state.clone()) => {}
        () = pass(far_in, near_out, state) => {}
        _ = cut.wait_for(|state| *state == State::Cut) => {}
    }
}

async fn pass(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    mut state: watch::Receiver<State>,
) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(read) = from.read(&mut buffer).await {
        if state
            .wait_for(|state| *state != State::Frozen)
            .await
            .is_err()
        {
            return;
        }
        if read == 0 || to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
}
