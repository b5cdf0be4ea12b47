//! Commands from the agent's host over its Unix socket: permissions, the effect of each command,
//! and the error if no agent runs.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::kit::{Browser, GOOD, Log, World, gate_of};
use postern_agent::control::{
    Command, CommandError, ControlSocket, MAX_MESSAGE_BYTES, Refusal, Reply, VERSION, send_command,
};
use postern_agent::data::Data;
use postern_envelope::Secret;
use postern_envelope::open::{EnvelopeKey, KeyBits};
use postern_envelope::package::PackageKey;
use postern_gates::current_code;
use postern_protocol::{GateKind, Operation, Reason, Step};
use postern_relay::embedded::Credentials;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::task::JoinHandle;

const ALL: &str = "gates = ['mail', 'authenticator', 'recovery', 'pass']";

/// A running agent with its socket and a configuration file.
struct Host {
    world: World,
    folder: TempDir,
    serving: JoinHandle<()>,
}

impl Host {
    async fn with(policy: &str) -> Self {
        let world = World::with(policy).await;
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "tenant = 'contoso'\ntenant_name = 'Contoso'\nhelpdesk = 'x'\n\
             portal = 'http://127.0.0.1:1'\ndata_directory = '{}'\n\
             [directory]\ntype = 'sandbox'\n[mail]\ntype = 'sandbox'\n",
            folder.path().display()
        );
        std::fs::write(folder.path().join("agent.toml"), text).unwrap();
        let socket = ControlSocket::bind(&socket_in(&folder)).unwrap();
        let serving = tokio::spawn(socket.serve(world.agent.clone()));
        Self {
            world,
            folder,
            serving,
        }
    }

    fn socket(&self) -> PathBuf {
        socket_in(&self.folder)
    }

    async fn ask(&self, command: Command) -> Result<Reply, CommandError> {
        send_command(&self.socket(), &command).await
    }

    /// Sends raw bytes and returns the body of the reply.
    async fn send(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = UnixStream::connect(self.socket()).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        let length = stream.read_u32().await.unwrap();
        let mut reply = vec![0; usize::try_from(length).unwrap()];
        stream.read_exact(&mut reply).await.unwrap();
        reply
    }

    /// Runs the program and returns its output and exit code.
    async fn run(&self, words: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_postern-agent").as_ref();
        run(program, &self.folder.path().join("agent.toml"), words, None).await
    }
}

fn socket_in(folder: &TempDir) -> PathBuf {
    folder.path().join("agent.sock")
}

async fn run(program: &Path, config: &Path, words: &[&str], uid: Option<u32>) -> Output {
    let mut program = std::process::Command::new(program);
    program.arg("--config").arg(config).args(words);
    if let Some(uid) = uid {
        std::os::unix::process::CommandExt::uid(&mut program, uid);
        std::os::unix::process::CommandExt::gid(&mut program, uid);
    }
    let output = tokio::task::spawn_blocking(move || program.output());
    output.await.unwrap().unwrap()
}

fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn frame(body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap();
    [&length.to_be_bytes(), body].concat()
}

fn login_name() -> String {
    "alice".to_owned()
}

#[tokio::test]
async fn an_authenticator_is_added_and_removed_while_the_agent_runs() {
    let host = Host::with(ALL).await;
    let address = printed(&host.run(&["authenticator", "add", "alice"]).await);
    let secret = address.trim().split("secret=").nth(1).unwrap();
    let secret = secret.split('&').next().unwrap().to_owned();
    let secret = Secret::new(totp_rs::Secret::Encoded(secret).to_bytes().unwrap());
    let output = host.run(&["authenticator", "add", "alice"]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("has an authenticator already"));

    let mut browser = Browser::new(1);
    let reply = browser.identify(&host.world, "alice").await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    // An authenticator that is removed during a flow opens nothing; the next one is another.
    let output = host.run(&["authenticator", "remove", "alice"]).await;
    assert_eq!(printed(&output), "removed\n");
    let code = current_code(&secret, host.world.now());
    let reply = browser.answer(&host.world, gate, &code).await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 4 }));
    let output = host.run(&["authenticator", "remove", "alice"]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("has no authenticator"));

    let login_name = login_name();
    let reply = host.ask(Command::AddAuthenticator { login_name }).await;
    assert!(matches!(reply, Ok(Reply::Authenticator { .. })));
    let code = host.world.authenticator_code("alice").await;
    let reply = browser.answer(&host.world, gate, &code).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
}

#[tokio::test]
async fn recovery_codes_are_issued_to_a_running_agent() {
    let host = Host::with(ALL).await;
    let codes = printed(&host.run(&["recovery", "issue", "alice"]).await);
    let codes: Vec<_> = codes.lines().collect();
    assert_eq!(codes.len(), 10);
    let mut browser = Browser::new(1);
    let reply = browser.identify(&host.world, "alice").await;
    let gate = gate_of(&reply, GateKind::RecoveryCode);
    let reply = browser.answer(&host.world, gate, codes[9]).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    assert_eq!(reply.codes_left, Some(9));
    let output = host.run(&["recovery", "issue", "nobody-at-all"]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("user_not_found"));
}

#[tokio::test]
async fn a_pass_gives_back_what_wrong_answers_and_sends_have_taken() {
    let log = Log::of_this_program();
    let host = Host::with(&[ALL, "\ntries = 2\npause_seconds = 600"].concat()).await;
    lock(&host.world, "bob").await;
    let printed = printed(&host.run(&["pass", "issue", "bob", "--minutes", "5"]).await);
    let [pass, good, support] = printed.lines().collect::<Vec<_>>()[..] else {
        panic!("{printed}");
    };
    assert_eq!(good, "Valid once, for 5 minutes.");
    let mut browser = Browser::new(3);
    let reply = browser.identify(&host.world, "bob").await;
    let gate = gate_of(&reply, GateKind::Mail);
    let sent = browser
        .send(&host.world, Operation::SendCode { gate })
        .await;
    assert_eq!(sent.reason, None, "no pause is left");
    let gate = gate_of(&reply, GateKind::HelpdeskPass);
    let reply = browser.answer(&host.world, gate, pass).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    assert_eq!(browser.set(&host.world, GOOD).await.step, Step::Done);
    // Its issue and its use are logged with the issuer, but never the pass itself.
    let support = support.strip_prefix("Support code ").unwrap();
    let log = log.text();
    let lines: Vec<_> = log.lines().filter(|line| line.contains(support)).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    for line in lines {
        assert!(line.contains(&format!("(uid {})", own_uid())), "{line}");
    }
    assert!(!log.contains(pass));
}

#[tokio::test]
async fn cleared_tries_are_as_if_there_were_none() {
    let host = Host::with(&[ALL, "\ntries = 2\npause_seconds = 600"].concat()).await;
    lock(&host.world, "bob").await;
    assert_eq!(
        printed(&host.run(&["tries", "clear", "bob"]).await),
        "cleared\n"
    );
    let mut browser = Browser::new(3);
    let reply = browser.identify(&host.world, "bob").await;
    let gate = gate_of(&reply, GateKind::Mail);
    let reply = browser
        .send(&host.world, Operation::SendCode { gate })
        .await;
    assert_eq!(reply.reason, None);
    let gate = gate_of(&reply, GateKind::Authenticator);
    let reply = browser.answer(&host.world, gate, "000000").await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 1 }));
}

/// In a `decoy` tenant, where tries are counted by the name.
#[tokio::test]
async fn tries_are_cleared_under_every_name_of_an_account() {
    let policy = "\ntries = 2\npause_seconds = 600\nunknown_names = 'decoy'";
    let host = Host::with(&[ALL, policy].concat()).await;
    let names = ["bob", "bob.kowalski@sandbox.example"];
    for name in names {
        lock(&host.world, name).await;
    }
    printed(&host.run(&["tries", "clear", "bob"]).await);
    let mut browser = Browser::new(3);
    for name in names {
        let reply = browser.identify(&host.world, name).await;
        let gate = gate_of(&reply, GateKind::Authenticator);
        let reply = browser.answer(&host.world, gate, "000000").await;
        assert_eq!(
            reply.reason,
            Some(Reason::WrongCode { tries_left: 1 }),
            "{name}"
        );
    }
}

/// Sends a code, so that its pause has begun, and uses up every try.
async fn lock(world: &World, name: &str) {
    let mut browser = Browser::fresh(1);
    let reply = browser.identify(world, name).await;
    let gate = gate_of(&reply, GateKind::Mail);
    let reply = browser.send(world, Operation::SendCode { gate }).await;
    let gate = gate_of(&reply, GateKind::Authenticator);
    let mut reply = browser.answer(world, gate, "000000").await;
    assert_eq!(reply.reason, Some(Reason::WrongCode { tries_left: 1 }));
    for _ in 0..2 {
        reply = browser.answer(world, gate, "000000").await;
        assert!(matches!(reply.reason, Some(Reason::Locked { .. })));
    }
    let mut browser = Browser::new(2);
    let reply = browser.identify(world, "bob").await;
    let gate = gate_of(&reply, GateKind::Mail);
    let reply = browser.send(world, Operation::SendCode { gate }).await;
    assert!(matches!(reply.reason, Some(Reason::SentTooRecently { .. })));
}

#[tokio::test]
async fn what_nobody_would_be_asked_for_is_not_made() {
    let host = Host::with("gates = ['mail']").await;
    for (words, gate) in [
        (["pass", "issue", "alice"], "pass"),
        (["recovery", "issue", "alice"], "recovery"),
        (["authenticator", "add", "alice"], "authenticator"),
    ] {
        let output = host.run(&words).await;
        assert_eq!(output.status.code(), Some(1));
        let told = told(&output);
        assert!(
            told.contains(&format!("policy.gates has no \"{gate}\"")),
            "{told}"
        );
    }
    // An authenticator from before can still be removed.
    let output = host.run(&["authenticator", "remove", "bob"]).await;
    assert_eq!(printed(&output), "removed\n");
}

#[tokio::test]
async fn status_tells_of_portal_and_directory() {
    let host = Host::with(ALL).await;
    let status = async || printed(&host.run(&["status"]).await);
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!("version {version}\ntenant contoso\nconnected no\ndirectory up\n");
    assert_eq!(status().await, expected);
    // The relay does this with every heartbeat.
    postern_relay::Handler::directory_up(&host.world.agent).await;
    *host.world.directory.refuse.lock().unwrap() = Some(Reason::DirectoryUnreachable);
    let expected = format!("version {version}\ntenant contoso\nconnected yes\ndirectory down\n");
    assert_eq!(status().await, expected);
    host.world.pass(60);
    assert!(status().await.contains("connected no"));
}

#[tokio::test]
async fn without_an_agent_the_socket_is_named_and_what_to_do() {
    let host = Host::with(ALL).await;
    host.serving.abort();
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("gone.sock");
    let command = Command::Status;
    let Err(CommandError::NotRunning { .. }) = send_command(&socket, &command).await else {
        panic!("somebody answered");
    };
    // A killed agent leaves its socket behind.
    drop(std::os::unix::net::UnixListener::bind(&socket).unwrap());
    let refused = send_command(&socket, &command).await.unwrap_err();
    assert!(matches!(refused, CommandError::NotRunning { .. }));
    let config = host.folder.path().join("agent.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let text = format!("socket = '{}'\n{text}", socket.display());
    std::fs::write(&config, text).unwrap();
    let output = host.run(&["tries", "clear", "alice"]).await;
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    for part in [
        &socket.display().to_string(),
        "start it with `postern-agent run`",
    ] {
        assert!(told.contains(part), "{told}");
    }
    // The next agent replaces that socket.
    let next = ControlSocket::bind(&socket).unwrap();
    let serving = tokio::spawn(next.serve(host.world.agent.clone()));
    assert!(send_command(&socket, &command).await.is_ok());
    // The socket of a running agent is not replaced.
    let refused = ControlSocket::bind(&socket).unwrap_err().to_string();
    assert!(
        refused.contains("expected no running agent at this socket"),
        "{refused}"
    );
    serving.abort();
    let _aborted = serving.await;
    assert!(!socket.exists(), "removed with its agent");
}

/// A running program, which is killed at the end of the test.
struct Running(std::process::Child);

impl Running {
    fn start(config: &Path) -> Self {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_postern-agent"));
        program.arg("--config").arg(config).arg("run");
        program.stderr(std::process::Stdio::null());
        Self(program.spawn().unwrap())
    }

    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill();
    }
}

#[tokio::test]
async fn the_program_takes_commands_and_so_does_the_next_after_it_was_killed() {
    // The configuration and folder are those of an enrolled agent.
    let host = Host::with(ALL).await;
    host.serving.abort();
    let data = Data::at(host.folder.path());
    data.prepare(false).unwrap();
    let credentials = Credentials {
        secret: Secret::new(vec![1; 32]),
        package_key: PackageKey::new(Secret::new(vec![2; 32])).unwrap(),
    };
    let key = EnvelopeKey::generate(KeyBits::Rsa2048).unwrap();
    data.enroll(&key, &credentials).unwrap();
    let config = host.folder.path().join("agent.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let socket = host.folder.path().join("program.sock");
    std::fs::write(&config, format!("socket = '{}'\n{text}", socket.display())).unwrap();
    let up = async || {
        for _ in 0..1500 {
            if send_command(&socket, &Command::Status).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the program does not come up");
    };
    let mut program = Running::start(&config);
    up().await;
    let address = printed(&host.run(&["authenticator", "add", "alice"]).await);
    assert!(address.starts_with("otpauth://totp/Contoso:alice?"));
    assert!(printed(&host.run(&["status"]).await).contains("connected no"));
    program.kill();
    assert!(socket.exists());
    let output = host.run(&["status"]).await;
    assert!(told(&output).contains("start it with `postern-agent run`"));
    let _next = Running::start(&config);
    up().await;
}

#[tokio::test]
async fn an_agent_that_stops_takes_no_more_commands() {
    let host = Host::with(ALL).await;
    host.world.agent.stop().await;
    let login_name = login_name();
    let refused = host.ask(Command::ClearTries { login_name }).await;
    assert_eq!(refused, Err(Refusal::Stopping.into()));
}

#[tokio::test]
async fn what_is_no_command_is_refused_and_the_next_one_is_done() {
    let host = Host::with(ALL).await;
    let version = u8::try_from(VERSION).unwrap();
    let too_long = u32::try_from(MAX_MESSAGE_BYTES + 1).unwrap().to_be_bytes();
    for bytes in [
        // A message of another version.
        frame(&[0x82, version + 1, 0x82, 0x00, 0x80]),
        // A command that this version does not know.
        frame(&[0x82, version, 0x82, 0x18, 0x63, 0x80]),
        frame(b"GET / HTTP/1.1"),
        frame(b""),
        too_long.to_vec(),
        // A message that is cut off.
        vec![0, 0],
    ] {
        let reply = host.send(&bytes).await;
        // This version, and a refusal: unknown command.
        assert_eq!(
            reply,
            [0x82, version, 0x82, 5, 0x81, 0x82, 5, 0x80],
            "{bytes:?}"
        );
    }
    assert!(host.ask(Command::Status).await.is_ok());
    let minutes = 61;
    let login_name = login_name();
    let refused = host
        .ask(Command::IssuePass {
            login_name,
            minutes,
        })
        .await;
    let Err(CommandError::Refused(Refusal::Value(fault))) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(fault, "minutes: expected 1 to 60, found 61");
}

#[tokio::test]
async fn a_reply_of_another_version_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let socket = socket_in(&folder);
    let listener = tokio::net::UnixListener::bind(&socket).unwrap();
    let served = tokio::spawn(async move {
        for body in [&b"\x82\x07\x00"[..], b"\x82\x01", b""] {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 9];
            stream.read_exact(&mut asked).await.unwrap();
            if !body.is_empty() {
                stream.write_all(&frame(body)).await.unwrap();
            }
        }
    });
    let refused = send_command(&socket, &Command::Status).await.unwrap_err();
    assert_eq!(refused, CommandError::Version { found: 7 });
    for _ in 0..2 {
        let refused = send_command(&socket, &Command::Status).await.unwrap_err();
        assert!(matches!(refused, CommandError::NoReply(_)), "{refused}");
    }
    served.await.unwrap();
}

#[tokio::test]
async fn the_socket_is_for_its_owner_in_a_directory_that_nobody_else_writes() {
    let host = Host::with(ALL).await;
    let metadata = host.socket().metadata().unwrap();
    let mode = metadata.permissions().mode() & 0o777;
    // The mode for the operators' group, if this system has it.
    let expected = if metadata.gid() == own_gid() {
        0o600
    } else {
        0o660
    };
    assert_eq!(mode, expected);

    let folder = tempfile::tempdir().unwrap();
    let mode = |mode| {
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(mode)).unwrap();
        ControlSocket::bind(&socket_in(&folder))
    };
    for others_write in [0o770, 0o702, 0o1777] {
        let refused = mode(others_write).unwrap_err().to_string();
        assert!(
            refused.contains("others may write to its directory"),
            "{refused}"
        );
    }
    for fine in [0o700, 0o750, 0o755] {
        drop(mode(fine).unwrap());
    }
    let place = socket_in(&folder);
    std::fs::write(&place, "kept").unwrap();
    let refused = ControlSocket::bind(&place).unwrap_err().to_string();
    assert!(refused.contains("found something else"), "{refused}");
    assert_eq!(std::fs::read(&place).unwrap(), b"kept");
}

/// Only root can act as another user: if tests run as another user, only `peer.rs` tests this.
#[tokio::test]
async fn another_user_is_kept_out_by_the_system_and_by_the_agent() {
    if own_uid() != 0 {
        return;
    }
    const NOBODY: u32 = 65_534;
    let host = Host::with(ALL).await;
    let folder = host.folder.path();
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).unwrap();
    // A copy that everybody may run, regardless of the build folder's mode.
    let program = folder.join("postern-agent");
    std::fs::copy(env!("CARGO_BIN_EXE_postern-agent"), &program).unwrap();
    let config = folder.join("agent.toml");
    let run = async || {
        run(
            &program,
            &config,
            &["tries", "clear", "alice"],
            Some(NOBODY),
        )
        .await
    };
    let output = run().await;
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(told(&output).contains("for root, the agent's own user and members"));
    // Refused even if the socket's mode admits everybody.
    std::fs::set_permissions(host.socket(), PermissionsExt::from_mode(0o666)).unwrap();
    let output = run().await;
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(
        told(&output).contains("(uid 65534) is not root"),
        "{output:?}"
    );
}

fn own_uid() -> u32 {
    tempfile::tempdir()
        .unwrap()
        .path()
        .metadata()
        .unwrap()
        .uid()
}

fn own_gid() -> u32 {
    tempfile::tempdir()
        .unwrap()
        .path()
        .metadata()
        .unwrap()
        .gid()
}
