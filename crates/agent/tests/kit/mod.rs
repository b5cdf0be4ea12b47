//! Shared by the agent's tests: a world with a clock that tests set, a browser, and a directory
//! that can be made to misbehave.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests; each uses its part of it"
)]

pub mod mail;
pub mod soft_key;
pub mod strangers;

use async_trait::async_trait;
use aws_lc_rs::digest::{SHA256, digest};
use jiff::tz::TimeZone;
use postern_agent::config::{Config, Rules};
use postern_agent::control::{Command, Reply as CommandReply};
use postern_agent::{Agent, Parts, Quality};
use postern_directory::sandbox::{DEAD_NUMBER, FIRST_PASSWORD, MAIL_DOMAIN, Sandbox};
use postern_directory::{Account, Anchor, Directory, Failure, Verified};
use postern_envelope::open::{EnvelopeKey, KeyBits};
use postern_envelope::seal::{ReplyOpener, Wrapped};
use postern_envelope::{Compact, Secret};
use postern_gates::{
    AuthenticatorGate, GateParts, Gates, OwnDomain, PasskeyGate, RelyingParty, SandboxCodes,
    StoredPasskey, current_code,
};
use postern_notify::mail::Mailer;
use postern_notify::phone::{Phone, Phones};
use postern_notify::{KeptMessage, Mailbox, Tenant, Wording};
use postern_protocol::{
    Device, FlowKind, FlowToken, GateKind, Operation, Policy, Reason, Reply, Request, Step, encode,
};
use postern_relay::{Answer, Ask, Handler, Metadata, NetworkHash};
use postern_store::{Clock, Memory, Random, Store, StoreKey};
use rand_core::{CryptoRng, RngCore};
use redb::StorageBackend;
use redb::backends::InMemoryBackend;
use soft_key::SoftKey;
use std::io::Write;
use std::ops::Deref;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, OnceLock};
use std::time::Duration;

/// The time at which every test begins: 20 November 2026, 09:12 UTC.
pub const START: u64 = 1_795_165_920;

/// The origin of the reset page, for passkeys.
pub const ORIGIN: &str = "https://reset.contoso.example";

/// A password that every policy of the sandbox accepts.
pub const GOOD: &str = "Correct-Horse-9-Battery";

/// A random source that gives the same numbers in every run.
#[derive(Clone)]
pub struct Seeded(Arc<AtomicU64>, u8);

impl Seeded {
    pub fn new(seed: u8) -> Self {
        Self(Arc::default(), seed)
    }

    pub fn random(&self) -> Random {
        let mut seeded = self.clone();
        let shared = Arc::new(Mutex::new(move |buffer: &mut [u8]| {
            seeded.fill_bytes(buffer)
        }));
        Arc::new(move |buffer| {
            (shared.lock().unwrap())(buffer);
            Ok(())
        })
    }
}

impl RngCore for Seeded {
    fn next_u32(&mut self) -> u32 {
        rand_core::impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        rand_core::impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            let block = digest(&SHA256, &[&[self.1][..], &count.to_be_bytes()].concat());
            chunk.copy_from_slice(&block.as_ref()[..chunk.len()]);
        }
    }

    fn try_fill_bytes(&mut self, buffer: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(buffer);
        Ok(())
    }
}

impl CryptoRng for Seeded {}

/// Returns the agent's key, the same for all tests of a program: generating one is slow.
pub fn envelope_key() -> EnvelopeKey {
    static DER: OnceLock<Secret> = OnceLock::new();
    let der = DER.get_or_init(|| EnvelopeKey::generate(KeyBits::Rsa2048).unwrap());
    EnvelopeKey::from_pkcs8(der).unwrap()
}

/// The sandbox directory, which counts its calls and can be made to misbehave.
#[derive(Debug)]
pub struct Watched {
    pub sandbox: Sandbox,
    /// The number of password writes.
    pub writes: AtomicU32,
    /// The number of queries.
    asks: AtomicU32,
    /// Every account is protected from now on.
    pub protect: AtomicBool,
    /// Writes are done but never answered.
    pub hang_after_write: AtomicBool,
    /// Queries are never answered.
    pub hang_on_questions: AtomicBool,
    /// Every query is refused for this reason.
    pub refuse: Mutex<Option<Reason>>,
    /// Addresses besides the scripted one.
    pub more_addresses: Mutex<Vec<String>>,
    /// The duration of a write.
    pub write_takes: Mutex<Duration>,
}

impl Watched {
    pub fn new(clock: Clock) -> Self {
        Self {
            sandbox: Sandbox::new(clock),
            writes: AtomicU32::new(0),
            asks: AtomicU32::new(0),
            protect: AtomicBool::new(false),
            hang_after_write: AtomicBool::new(false),
            hang_on_questions: AtomicBool::new(false),
            refuse: Mutex::default(),
            more_addresses: Mutex::default(),
            write_takes: Mutex::default(),
        }
    }

    /// Returns the number of queries.
    pub fn questions(&self) -> u32 {
        self.asks.load(Ordering::Relaxed)
    }

    async fn asked(&self) -> Result<(), Failure> {
        self.asks.fetch_add(1, Ordering::Relaxed);
        if self.hang_on_questions.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
        match &*self.refuse.lock().unwrap() {
            Some(reason) => Err(Failure::new(reason.clone(), "the test says so")),
            None => Ok(()),
        }
    }

    /// Returns one of any number of accounts that can pass every kind of gate: `person-17`.
    async fn person(&self, number: u32) -> Result<Account, Failure> {
        let mut anchor = *b"person-number-\0\0";
        anchor[12..].copy_from_slice(&number.to_be_bytes());
        let login_name = format!("person-{number}");
        Ok(Account {
            anchor: Anchor(anchor),
            mail_addresses: vec![format!("{login_name}@sandbox.example")],
            login_name,
            ..self.sandbox.find("eva").await?
        })
    }

    /// Returns the number of such an account.
    fn number(anchor: Anchor) -> Option<u32> {
        let number = anchor.0.strip_prefix(b"person-numbe")?;
        number.try_into().ok().map(u32::from_be_bytes)
    }

    /// Returns the sandbox account whose password and policy such an account uses.
    async fn stand_in(&self, account: &Account) -> Result<Account, Failure> {
        match Self::number(account.anchor) {
            Some(_) => self.sandbox.find("eva").await,
            None => Ok(account.clone()),
        }
    }

    fn seen(&self, mut account: Account) -> Account {
        account.protected |= self.protect.load(Ordering::Relaxed);
        let more = self.more_addresses.lock().unwrap();
        account.mail_addresses.extend(more.iter().cloned());
        account
    }
}

#[async_trait]
impl Directory for Watched {
    async fn find(&self, login_name: &str) -> Result<Account, Failure> {
        self.asked().await?;
        let number = login_name.strip_prefix("person-");
        if let Some(number) = number.and_then(|number| number.parse().ok()) {
            return self.person(number).await;
        }
        self.sandbox
            .find(login_name)
            .await
            .map(|account| self.seen(account))
    }

    async fn account(&self, anchor: Anchor) -> Result<Account, Failure> {
        self.asked().await?;
        if let Some(number) = Self::number(anchor) {
            return self.person(number).await;
        }
        self.sandbox
            .account(anchor)
            .await
            .map(|account| self.seen(account))
    }

    async fn policy(&self, account: &Account) -> Result<Policy, Failure> {
        self.asked().await?;
        self.sandbox.policy(&self.stand_in(account).await?).await
    }

    async fn set_password(&self, account: &Account, password: &Secret) -> Result<(), Failure> {
        self.writes.fetch_add(1, Ordering::Relaxed);
        let takes = *self.write_takes.lock().unwrap();
        tokio::time::sleep(takes).await;
        let written = self.sandbox.set_password(account, password).await;
        if self.hang_after_write.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
        written
    }

    async fn change_password(
        &self,
        account: &Account,
        current: &Secret,
        password: &Secret,
    ) -> Result<(), Failure> {
        self.writes.fetch_add(1, Ordering::Relaxed);
        self.sandbox
            .change_password(account, current, password)
            .await
    }

    async fn verify_password(
        &self,
        account: &Account,
        password: &Secret,
    ) -> Result<Verified, Failure> {
        self.asked().await?;
        let account = self.stand_in(account).await?;
        self.sandbox.verify_password(&account, password).await
    }

    async fn unlock(&self, account: &Account) -> Result<bool, Failure> {
        self.asked().await?;
        self.sandbox.unlock(account).await
    }

    async fn find_by_mail(&self, address: &str) -> Result<Vec<Account>, Failure> {
        self.asked().await?;
        // Active Directory ignores accents.
        self.sandbox.find_by_mail(&address.replace('ó', "o")).await
    }

    async fn check(&self) -> Result<(), Failure> {
        self.asked().await
    }
}

/// An agent and its environment.
pub struct World {
    pub agent: Agent,
    /// The agent's store.
    pub store: Store,
    around: Around,
}

/// The environment that survives a restart of the agent.
pub struct Around {
    pub directory: Arc<Watched>,
    pub mailer: Mailer,
    pub phones: Phones,
    pub now: Arc<AtomicU64>,
    pub clock: Clock,
    rules: Rules,
    sandbox: bool,
}

impl Deref for World {
    type Target = Around;

    fn deref(&self) -> &Around {
        &self.around
    }
}

impl World {
    /// Starts the sandbox tenant with these lines of `[policy]`.
    pub async fn with(policy: &str) -> Self {
        Self::on(Store::in_memory().unwrap(), policy).await
    }

    /// Starts the sandbox tenant on a store.
    pub async fn on(store: Store, policy: &str) -> Self {
        Self::of(store, Around::new(policy).await).await
    }

    /// Starts the sandbox tenant with other transports to phones.
    pub async fn with_phones(policy: &str, phones: impl FnOnce(&Clock) -> Phones) -> Self {
        let mut around = Around::new(policy).await;
        around.phones = phones(&around.clock);
        Self::of(Store::in_memory().unwrap(), around).await
    }

    async fn of(store: Store, around: Around) -> Self {
        let agent = Agent::new(around.parts(store.clone(), 1).await);
        Self {
            agent,
            store,
            around,
        }
    }

    /// Restarts the agent as one that is not the sandbox, on an empty store.
    pub async fn not_the_sandbox(mut self) -> Self {
        self.around.sandbox = false;
        self.restarted(|| Store::in_memory().unwrap()).await
    }

    /// Restarts the agent with this mailer, on an empty store.
    pub async fn mailing_by(mut self, mailer: Mailer) -> Self {
        self.around.mailer = mailer;
        self.restarted(|| Store::in_memory().unwrap()).await
    }

    /// Restarts the agent, on the store that `open` returns.
    pub async fn restarted(self, open: impl FnOnce() -> Store) -> Self {
        let Self {
            agent,
            store,
            around,
        } = self;
        drop((agent, store));
        let store = open();
        let agent = Agent::new(around.parts(store.clone(), 2).await);
        Self {
            agent,
            store,
            around,
        }
    }

    /// Returns the memory of the agent, with random numbers of its own.
    pub fn memory(&self) -> Memory {
        self.around.memory(self.store.clone(), 8)
    }

    /// Returns the passkeys of all accounts.
    pub fn passkey_gate(&self) -> PasskeyGate {
        PasskeyGate::new(self.memory(), Some(self.relying_party()))
    }

    /// Gives a command as a user on the agent's host.
    pub async fn command(&self, command: Command) -> CommandReply {
        self.agent.command("helen (uid 1000)", command).await
    }

    /// Issues a set of recovery codes to an account.
    pub async fn issue_recovery_codes(&self, login_name: &str) -> Vec<Secret> {
        let login_name = login_name.to_owned();
        let command = Command::IssueRecoveryCodes { login_name };
        match self.command(command).await {
            CommandReply::RecoveryCodes { codes } => codes,
            reply => panic!("{reply:?}"),
        }
    }

    /// Issues a pass to an account.
    pub async fn issue_pass(&self, login_name: &str, minutes: u16) -> Secret {
        let login_name = login_name.to_owned();
        let command = Command::IssuePass {
            login_name,
            minutes,
        };
        match self.command(command).await {
            CommandReply::Pass { code, .. } => code,
            reply => panic!("{reply:?}"),
        }
    }

    pub fn pass(&self, seconds: u64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    pub fn now(&self) -> u64 {
        self.now.load(Ordering::Relaxed)
    }

    /// Returns the mails, newest first.
    pub fn mails(&self) -> Vec<KeptMessage> {
        self.mailer.kept()
    }

    /// Returns the code in the newest mail.
    pub fn mailed_code(&self) -> String {
        let mail = self.mails().into_iter().next().unwrap();
        let text = mail.text;
        let code = text.split(|character: char| !character.is_ascii_digit());
        code.into_iter()
            .find(|part| part.len() == 8)
            .unwrap()
            .to_owned()
    }

    /// Returns the current code of an account's authenticator.
    pub async fn authenticator_code(&self, login_name: &str) -> String {
        let account = self.directory.find(login_name).await.unwrap();
        let gate = AuthenticatorGate::new(self.memory(), "Contoso");
        let secret = gate.secret(account.anchor).await;
        current_code(&secret.unwrap().unwrap(), self.now())
    }

    /// Returns the code of this length that the sandbox's page shows for an account; empty if none.
    pub async fn code_at_hand(&self, login_name: &str, length: usize) -> String {
        let language = "en".to_owned();
        let Answer::Sandbox { view } = self.agent.answer(Ask::Sandbox { language }).await else {
            panic!("not the sandbox");
        };
        let accounts = view.accounts.into_iter();
        let mut codes = accounts
            .filter(|account| account.login_name == login_name)
            .flat_map(|account| account.codes);
        let code = codes.find(|code| code.code.len() == length);
        code.map_or_else(String::new, |code| code.code)
    }

    /// Gives an account a passkey.
    pub async fn add_passkey(&self, login_name: &str, id: u8) -> SoftKey {
        let anchor = self.directory.find(login_name).await.unwrap().anchor;
        let (relying_party, gate) = (self.relying_party(), self.passkey_gate());
        let soft = SoftKey::new(ORIGIN, id);
        let kept = gate.stored(anchor).await.unwrap();
        let offer = relying_party
            .begin([id; 16], login_name, "", &kept)
            .unwrap();
        let answer = Secret::from(&*soft.register(&offer.options));
        let added = StoredPasskey {
            passkey: relying_party.finish(&offer.state, &answer).unwrap(),
            added: START,
        };
        let add = move |tables: &_| gate.put(tables, anchor, added);
        self.store.write(add).await.unwrap();
        soft
    }

    /// Returns how often the directory was asked to write, and how often it wrote for an account.
    pub fn writes(&self, login_name: &str) -> (u32, u32) {
        let version = self.directory.sandbox.key_version(login_name);
        (self.directory.writes.load(Ordering::Relaxed), version - 1)
    }

    /// Hands a message to the agent as the portal does.
    pub async fn ask(&self, message: Compact) -> Answer {
        self.ask_in("en", message).await
    }

    pub async fn ask_in(&self, language: &str, message: Compact) -> Answer {
        self.ask_from(&[0], language, message).await
    }

    /// Hands a message to the agent as one from these networks, the narrowest first.
    pub async fn ask_from(&self, networks: &[u64], language: &str, message: Compact) -> Answer {
        let mut metadata = metadata(self.now(), language);
        metadata.networks = networks.iter().map(|number| network(*number)).collect();
        self.agent.answer(Ask::Message { metadata, message }).await
    }
}

/// Returns the hash of a network, in the form that a portal sends.
pub fn network(number: u64) -> NetworkHash {
    let mut hash = [0; 16];
    hash[..8].copy_from_slice(&number.to_be_bytes());
    hash.into()
}

/// Hands a message to an agent; usable in a task of its own.
pub async fn ask_agent(agent: Agent, message: Compact, now: u64) -> Answer {
    let metadata = metadata(now, "en");
    agent.answer(Ask::Message { metadata, message }).await
}

fn metadata(now: u64, language: &str) -> Metadata {
    Metadata {
        support_code: "TEST-CODE".into(),
        received_at: now,
        networks: vec![[0; 16].into()],
        language: language.into(),
    }
}

/// A store's memory that counts how often it was synced.
#[derive(Clone, Debug, Default)]
pub struct Counting {
    memory: Arc<InMemoryBackend>,
    commits: Arc<AtomicU32>,
}

impl Counting {
    pub fn commits(&self) -> u32 {
        self.commits.load(Ordering::Relaxed)
    }
}

impl StorageBackend for Counting {
    fn len(&self) -> std::io::Result<u64> {
        self.memory.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> std::io::Result<()> {
        self.memory.read(offset, out)
    }

    fn set_len(&self, len: u64) -> std::io::Result<()> {
        self.memory.set_len(len)
    }

    fn sync_data(&self) -> std::io::Result<()> {
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.memory.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> std::io::Result<()> {
        self.memory.write(offset, data)
    }
}

/// Returns the rules of these lines of `[policy]`.
pub fn rules(policy: &str) -> Rules {
    config(policy).rules
}

/// Returns the sandbox's configuration with these lines of `[policy]`.
pub fn config(policy: &str) -> Config {
    // Without pauses between codes, unless the test is about them.
    let unhurried = policy.contains("pause_seconds");
    let hurried = if unhurried { "" } else { "pause_seconds = 0" };
    let text = format!(
        "tenant = 'contoso'\ntenant_name = 'Contoso'\nhelpdesk = '+370 5 000'\n\
         portal = 'http://127.0.0.1:1'\n[directory]\ntype = 'sandbox'\n[mail]\ntype = 'sandbox'\n\
         [passkeys]\norigins = ['{ORIGIN}']\n[policy]\n{policy}\n{hurried}\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agent.toml");
    std::fs::write(&file, text).unwrap();
    Config::load(&file, []).unwrap()
}

/// Returns the key of the agent's store.
pub fn store_key() -> StoreKey {
    StoreKey::new(Secret::new(vec![7; 32])).unwrap()
}

impl Around {
    async fn new(policy: &str) -> Self {
        let now = Arc::new(AtomicU64::new(START));
        let clock: Clock = {
            let now = Arc::clone(&now);
            Arc::new(move || now.load(Ordering::Relaxed))
        };
        let directory = Arc::new(Watched::new(Arc::clone(&clock)));
        let mailbox = Mailbox::new(Arc::clone(&clock));
        let phone = Some(Phone::Sandbox {
            mailbox: mailbox.clone(),
            dead_number: DEAD_NUMBER,
        });
        Self {
            directory,
            phones: Phones {
                sms: phone.clone(),
                voice: phone,
                host: None,
            },
            mailer: Mailer::Sandbox(mailbox),
            now,
            clock,
            rules: rules(policy),
            sandbox: true,
        }
    }

    /// Returns the component that registers and verifies passkeys.
    pub fn relying_party(&self) -> RelyingParty {
        let config = config("").passkeys.unwrap();
        let origins: Vec<_> = config.origins.iter().map(|one| one.0.clone()).collect();
        RelyingParty::new(config.rp_id(), &origins, "Contoso").unwrap()
    }

    fn memory(&self, store: Store, seed: u8) -> Memory {
        Memory {
            store,
            key: store_key(),
            clock: Arc::clone(&self.clock),
            random: Seeded::new(seed).random(),
        }
    }

    async fn parts(&self, store: Store, seed: u8) -> Parts {
        let for_script = self.memory(store.clone(), 9 + seed);
        let scripted = SandboxCodes::script(&self.directory.sandbox, &for_script, 1).await;
        let memory = self.memory(store, seed);
        let tenant = Tenant {
            name: "contoso".into(),
            display_name: "Contoso".into(),
            helpdesk: "+370 5 000".into(),
        };
        let wording = Wording::new(tenant, TimeZone::UTC);
        let gates = Gates::new(GateParts {
            memory: memory.clone(),
            mailer: self.mailer.clone(),
            phones: self.phones.clone(),
            wording: wording.clone(),
            own_domains: OwnDomain::new(MAIL_DOMAIN).into_iter().collect(),
            relying_party: Some(self.relying_party()),
            sandbox_codes: Some(scripted.unwrap()),
        });
        Parts {
            rules: self.rules.clone(),
            key: envelope_key(),
            memory,
            directory: Arc::clone(&self.directory) as _,
            gates,
            quality: Quality::load(&self.rules, self.sandbox).unwrap(),
            mailer: self.mailer.clone(),
            wording,
            sandbox: self.sandbox,
            decoy_floor: Duration::ZERO,
        }
    }
}

/// A sealed message with the opener of its reply.
#[derive(Clone)]
pub struct Sealed {
    pub message: Compact,
    pub opener: ReplyOpener,
}

impl Sealed {
    /// Opens an answer that must be a reply to this message.
    pub fn open(&self, answer: &Answer) -> Reply {
        let Answer::Reply { message } = answer else {
            panic!("no reply: {answer:?}");
        };
        let body = self.opener.open(message).unwrap();
        postern_protocol::decode(&body).unwrap()
    }
}

/// A browser in the middle of a reset.
pub struct Browser {
    pub token: Option<FlowToken>,
    pub language: &'static str,
    /// The networks that it is in, the narrowest first.
    pub networks: Vec<u64>,
    random: Seeded,
}

impl Browser {
    pub fn new(seed: u8) -> Self {
        Self::with(Seeded::new(seed.wrapping_add(100)))
    }

    pub fn with(random: Seeded) -> Self {
        Self {
            token: None,
            language: "en",
            networks: vec![0],
            random,
        }
    }

    /// Returns a browser in a network, with a new seed at each call.
    pub fn fresh(network: u64) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let place = NEXT.fetch_add(1, Ordering::Relaxed) << 32;
        Self::with(Seeded(Arc::new(AtomicU64::new(place)), 99)).from(network)
    }

    /// Moves the browser to another network.
    pub fn from(mut self, network: u64) -> Self {
        self.networks = vec![network];
        self
    }

    /// Seals any body for any tenant.
    pub fn seal_body(&mut self, tenant: &str, expires: u64, body: &Secret) -> Sealed {
        let wrapped = Wrapped::new(&mut self.random, envelope_key().public()).unwrap();
        let (message, opener) = wrapped
            .seal(&mut self.random, tenant, expires, body)
            .unwrap();
        Sealed { message, opener }
    }

    /// Seals an operation with the browser's token.
    pub fn seal(&mut self, world: &World, operation: Operation) -> Sealed {
        let request = Request {
            token: self.token,
            operation,
        };
        self.seal_body("contoso", world.now() + 60, &encode(&request))
    }

    /// Sends an operation and takes over the token of the reply.
    pub async fn send(&mut self, world: &World, operation: Operation) -> Reply {
        let sealed = self.seal(world, operation);
        let message = sealed.message.clone();
        let answer = world.ask_from(&self.networks, self.language, message);
        let answer = answer.await;
        let reply = sealed.open(&answer);
        self.token = reply.token;
        reply
    }

    pub async fn identify(&mut self, world: &World, name: &str) -> Reply {
        self.send(world, identify(name)).await
    }

    pub async fn answer(&mut self, world: &World, gate: u8, code: &str) -> Reply {
        let code = Secret::from(code);
        self.send(world, Operation::Answer { gate, code }).await
    }

    pub async fn set(&mut self, world: &World, password: &str) -> Reply {
        self.send(world, set(password)).await
    }

    /// Passes the mail gate of an account.
    pub async fn prove(&mut self, world: &World, name: &str) -> Reply {
        let reply = self.identify(world, name).await;
        self.pass_mail(world, &reply).await
    }

    /// Passes the mail gate that a reply offers.
    pub async fn pass_mail(&mut self, world: &World, offered: &Reply) -> Reply {
        let gate = gate_of(offered, GateKind::Mail);
        self.send(world, Operation::SendCode { gate }).await;
        self.answer(world, gate, &world.mailed_code()).await
    }

    /// Passes the first gate of a change or of methods, the current password.
    pub async fn sign_in(&mut self, world: &World, flow_kind: FlowKind, name: &str) -> Reply {
        let reply = self.send(world, identify_for(flow_kind, name)).await;
        let gate = gate_of(&reply, GateKind::Password);
        self.answer(world, gate, FIRST_PASSWORD).await
    }
}

pub fn identify(name: &str) -> Operation {
    Operation::Identify {
        name: Secret::from(name),
        flow_kind: None,
        device: Some(Device::Phone),
    }
}

pub fn identify_for(flow_kind: FlowKind, name: &str) -> Operation {
    Operation::Identify {
        name: Secret::from(name),
        flow_kind: Some(flow_kind),
        device: Some(Device::Tablet),
    }
}

pub fn set(password: &str) -> Operation {
    Operation::SetPassword {
        password: Secret::from(password),
    }
}

/// Returns the number of the first gate of a kind.
pub fn gate_of(reply: &Reply, kind: GateKind) -> u8 {
    let Step::Gates { gates, .. } = &reply.step else {
        panic!("no gates: {reply:?}");
    };
    gates.iter().find(|gate| gate.kind == kind).unwrap().id
}

/// Opens a store's file in a folder.
pub fn file_store(folder: &Path) -> Store {
    Store::open(&folder.join("postern.redb")).unwrap()
}

/// The log of every event, at every level.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn subscriber(&self) -> impl tracing::Subscriber + use<> {
        let writer = self.clone();
        tracing_subscriber::fmt()
            .json()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
            .with_writer(move || writer.clone())
            .finish()
    }

    /// Installed once for all tests of a program: the interest in spans is cached per process.
    pub fn of_this_program() -> &'static Self {
        static LOG: LazyLock<Log> = LazyLock::new(|| {
            let log = Log::default();
            tracing::subscriber::set_global_default(log.subscriber()).unwrap();
            log
        });
        &LOG
    }

    pub fn text(&self) -> String {
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
