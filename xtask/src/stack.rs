//! A running Postern: a portal, and an agent for each tenant, in a folder of their own, on
//! loopback. Used by the demo and by the browser tests.

use crate::run::{Outcome, Step, program, target};
use crate::{clock, compile, intranet, site, tools};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

/// A tenant of the stack.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// Its name in addresses.
    pub id: &'static str,
    /// The organisation's name.
    pub name: &'static str,
    /// Its colour.
    pub color: &'static str,
    /// The origins that may embed its pages.
    pub frame_origins: Vec<String>,
    /// The agent's configuration, after the keys that every agent has.
    pub agent: String,
}

/// Returns the two tenants of the demo, both on the sandbox directory: `contoso` reports unknown
/// names and requires one gate of any kind; `fabrikam` shows decoy gates for unknown names and
/// requires two.
pub fn demo_tenants() -> Vec<Tenant> {
    // Passkeys are bound to host names, and 127.0.0.1 is not one.
    let sandbox = "[directory]\ntype = \"sandbox\"\n[mail]\ntype = \"sandbox\"\n\
                   [passkeys]\norigins = [\"http://localhost:PORT\"]\n[policy]\n";
    vec![
        Tenant {
            id: "contoso",
            name: "Contoso",
            color: "#0a58a6",
            frame_origins: Vec::new(),
            agent: [
                sandbox,
                "unknown_names = \"tell\"\ngates = [\"mail\", \"authenticator\", \"sms\", \"voice\", \
                 \"passkey\", \"recovery\", \"pass\"]\n",
            ]
            .concat(),
        },
        Tenant {
            id: "fabrikam",
            name: "Fabrikam",
            color: "#7a2048",
            frame_origins: Vec::new(),
            agent: [sandbox, "unknown_names = \"decoy\"\ngates_required = 2\n"].concat(),
        },
    ]
}

/// A portal with its agents; dropping it stops them all.
#[derive(Debug)]
pub struct Stack {
    folder: PathBuf,
    port: u16,
    programs: Vec<(String, Child)>,
}

/// Builds the browser's files and both programs, at the same time.
pub fn build() -> Outcome {
    eprintln!(
        "Building: about 10 minutes on two cores the first time, seconds if little has changed."
    );
    let programs = || compile::programs(&["postern", "postern-agent"]).run();
    thread::scope(|scope| {
        let site = scope.spawn(|| timed("the browser's files", site::build));
        let built = timed("portal and agent", programs);
        let site = site.join();
        built.and(site.unwrap_or_else(|_| Err(String::from("the browser's build panicked"))))
    })
}

/// Runs a build and prints how long it took.
fn timed(what: &str, work: impl FnOnce() -> Outcome) -> Outcome {
    let started = Instant::now();
    let outcome = work();
    let seconds = started.elapsed().as_secs();
    match &outcome {
        Ok(()) => eprintln!("Built: {what}, {seconds} s"),
        Err(_) => eprintln!("Not built: {what}, {seconds} s"),
    }
    outcome
}

/// Returns a free port of 127.0.0.1.
pub fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    Ok(address.port())
}

impl Stack {
    /// Starts a portal on a port of 127.0.0.1, adds the tenants, enrolls and starts their agents.
    pub fn start(folder: &Path, port: u16, tenants: &[Tenant]) -> Result<Self, String> {
        Self::with(folder, port, tenants, "")
    }

    /// Starts a stack on a free port for browser tests, with high limits: they send many requests
    /// from one network.
    pub fn for_tests(folder: &Path, tenants: &[Tenant]) -> Result<Self, String> {
        let high_limits = "[throttle]\nnetwork_free = 100000\nnetwork_cap = 1000000\n\
                          tenant_free = 100000\ntenant_cap = 1000000\n";
        let mut tenants = tenants.to_vec();
        for tenant in &mut tenants {
            // The last section of the tenant's configuration is `[policy]`.
            tenant.agent.push_str(
                "network_tries = 60000\nnetwork_codes = 60000\nnetwork_names = 60000\n\
                 alarm_wrong_answers = 60000\n",
            );
        }
        Self::with(folder, free_port()?, &tenants, high_limits)
    }

    fn with(folder: &Path, port: u16, tenants: &[Tenant], settings: &str) -> Result<Self, String> {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Err(format!(
                "expected a free port, but 127.0.0.1:{port} is in use: stop the program that \
                 listens there, or choose another port with --port"
            ));
        }
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        make_folder(folder)?;
        let config = folder.join("postern.toml");
        let text = format!(
            "listen = \"127.0.0.1:{port}\"\ndata_directory = {:?}\nassets_directory = {:?}\n\
             {settings}",
            folder.join("portal"),
            site::directory()
        );
        write(&config, &text)?;
        let mut stack = Self {
            folder: folder.to_owned(),
            port,
            programs: Vec::new(),
        };
        stack.run_portal()?;
        for tenant in tenants {
            stack.add(tenant)?;
        }
        for tenant in tenants {
            stack.await_service(tenant.id)?;
        }
        Ok(stack)
    }

    /// Starts the portal and waits until it answers.
    fn run_portal(&mut self) -> Outcome {
        let child = self
            .portal(&["serve"])
            .log(&self.folder.join("portal.log"))?;
        self.programs.push((String::from("portal"), child));
        let port = self.port;
        wait("the portal", || get(port, "/readyz").is_some())
    }

    /// Stops the portal and starts it again. Its agents reconnect by themselves.
    fn restart_portal(&mut self) -> Outcome {
        if let Some(index) = self.programs.iter().position(|(name, _)| name == "portal") {
            stop(&mut self.programs.remove(index).1);
        }
        self.run_portal()
    }

    /// Adds a tenant, enrolls its agent and starts it.
    fn add(&mut self, tenant: &Tenant) -> Outcome {
        let code = self
            .portal(&["tenant", "add", tenant.id, "--name", tenant.name])
            .argument("--color")
            .argument(tenant.color)
            .argument("--helpdesk-mail")
            .argument(["helpdesk@", tenant.id, ".example"].concat())
            .output()?;
        if !tenant.frame_origins.is_empty() {
            // Before the first request for the tenant, whose file the portal reads once.
            let name = [tenant.id, ".toml"].concat();
            let file = self.folder.join("portal/tenants").join(name);
            let failed = |error| format!("{}: {error}", file.display());
            let text = fs::read_to_string(&file).map_err(failed)?;
            write(
                &file,
                &format!("{text}frame_origins = {:?}\n", tenant.frame_origins),
            )?;
        }
        let folder = self.folder.join(tenant.id);
        make_folder(&folder)?;
        let config = folder.join("agent.toml");
        let text = format!(
            "tenant = {:?}\ntenant_name = {:?}\nhelpdesk = \"helpdesk@{}.example\"\n\
             portal = \"http://127.0.0.1:{}\"\ndata_directory = {:?}\n\n{}",
            tenant.id,
            tenant.name,
            tenant.id,
            self.port,
            folder.join("data"),
            tenant.agent.replace("PORT", &self.port.to_string())
        );
        write(&config, &text)?;
        let agent = |verb| {
            Step::new(program("postern-agent"), &["--config"])
                .argument(&config)
                .argument(verb)
                .variables(clock::variables())
        };
        agent("enroll")
            .variable("POSTERN_ENROLLMENT_CODE", code.trim())
            .output()?;
        let child = agent("run").log(&self.folder.join([tenant.id, ".log"].concat()))?;
        self.programs.push((tenant.id.to_owned(), child));
        Ok(())
    }

    fn await_service(&self, tenant: &str) -> Outcome {
        let path = ["/api/", tenant, "/status"].concat();
        wait(&["the agent of ", tenant].concat(), || {
            get(self.port, &path)
                .filter(|answer| answer.contains("\"up\""))
                .is_some()
        })
    }

    fn portal(&self, arguments: &[&str]) -> Step {
        Step::new(program("postern"), &["--config"])
            .argument(self.folder.join("postern.toml"))
            .arguments(arguments)
            .variables(clock::variables())
    }

    /// Returns the environment variables by which the browser tests find it.
    pub fn environment(&self) -> Vec<(String, String)> {
        let pids: serde_json::Map<_, _> = self
            .programs
            .iter()
            .map(|(name, child)| (name.clone(), child.id().into()))
            .collect();
        let variable = |name: &str, value: String| (name.to_owned(), value);
        vec![
            variable("POSTERN_URL", format!("http://127.0.0.1:{}", self.port)),
            variable("POSTERN_FOLDER", self.folder.display().to_string()),
            variable("POSTERN_PIDS", serde_json::Value::Object(pids).to_string()),
            variable("POSTERN_TARGET", target().display().to_string()),
        ]
    }

    /// Returns the body of one of its pages. Fails unless the status is 200.
    pub fn page(&self, path: &str) -> Result<String, String> {
        body(self.port, path)
    }

    /// Requests the page of every tenant and all files that it loads. Fails if one is not served.
    fn check(&self) -> Outcome {
        for tenant in demo_tenants() {
            let html = self.page(&["/", tenant.id, "/"].concat())?;
            let loaded = html.split('"').filter(|part| part.starts_with("/assets/"));
            let mut endings: Vec<_> = loaded
                .map(|address| {
                    let served = get(self.port, address).map(|_| address.rsplit('.').next());
                    served.ok_or_else(|| [address, ": expected status 200"].concat())
                })
                .collect::<Result<_, _>>()?;
            endings.sort_unstable();
            endings.dedup();
            for ending in ["js", "wasm"] {
                if !endings.contains(&Some(ending)) {
                    return Err(format!(
                        "the page of {}: expected a .{ending} file, found none",
                        tenant.id
                    ));
                }
            }
        }
        println!("The pages and all files that they load are served.");
        Ok(())
    }

    /// Returns its folder, with configuration, data and logs.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        for (_, child) in self.programs.iter_mut().rev() {
            stop(child);
        }
    }
}

/// Stops a program: with SIGTERM first, so that it can finish its requests, then with SIGKILL.
fn stop(child: &mut Child) {
    let terminated = Step::new("kill", &["-TERM"])
        .argument(child.id().to_string())
        .output();
    let deadline = Instant::now() + Duration::from_secs(12);
    while terminated.is_ok() && Instant::now() < deadline {
        if matches!(child.try_wait(), Ok(Some(_))) {
            break;
        }
        sleep(Duration::from_millis(50));
    }
    let _already_gone = child.kill();
    let _already_gone = child.wait();
}

/// `cargo xtask demo`: runs everything on this machine until Ctrl-C; with `--check` until the pages
/// and all files that they load were served once.
pub fn demo(arguments: &[&str]) -> Outcome {
    let (port, other_port, check) = match arguments {
        [] => (3000, 3001, false),
        ["--check"] => (free_port()?, free_port()?, true),
        ["--port", port] => {
            let number: Option<u16> = port.parse().ok();
            let next = number.and_then(|number| number.checked_add(1));
            let (Some(number), Some(next)) = (number, next) else {
                return Err(format!(
                    "--port: expected a number from 1 to 65534, found {port:?}"
                ));
            };
            (number, next, false)
        }
        _ => {
            return Err(format!(
                "demo: expected no argument, --port <number>, or --check, found {:?}",
                arguments.join(" ")
            ));
        }
    };
    build()?;
    let folder = target().join("demo");
    let mut interrupts = tools::interrupts()?;
    let mut tenants = demo_tenants();
    for tenant in &mut tenants {
        if tenant.id == intranet::TENANT {
            tenant.frame_origins = intranet::origins(other_port);
        }
    }
    let mut stack = Stack::start(&folder, port, &tenants)?;
    intranet::serve(other_port, port)?;
    if check {
        intranet::check(other_port)?;
        return stack.check();
    }
    println!(
        "
Postern is running.

  Reset page   http://127.0.0.1:{port}/contoso/    one confirmation, unknown names are reported
               http://127.0.0.1:{port}/fabrikam/   two confirmations, unknown names are not reported
  Sandbox      http://127.0.0.1:{port}/contoso/sandbox    the accounts and their mailbox
               http://127.0.0.1:{port}/fabrikam/sandbox
  Intranet     http://127.0.0.1:{other_port}/    an invented one, which embeds the portal:
               /password in a frame, /password-element as <postern-reset>
  Passkeys     work at http://localhost:{port}/contoso/ only: they are bound to names

  Begin with the sandbox: it has an account for each outcome, and a link that starts each.

Logs are in {}. Stop with Ctrl-C.",
        stack.folder().display()
    );
    let manifest = site::manifest_file();
    let mut served = fs::read(&manifest).ok();
    tools::until_interrupted(&mut interrupts, || {
        let built = fs::read(&manifest).ok();
        if built == served {
            return Ok(());
        }
        // For the development loop: a portal reads the files that it serves when it starts.
        println!("The browser's files have changed: restarting the portal.");
        served = built;
        stack.restart_portal()
    })?;
    println!("\nStopping.");
    Ok(())
}

fn make_folder(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}

/// Waits until a program has started, at most 20 seconds.
pub fn wait(program: &str, has_started: impl Fn() -> bool) -> Outcome {
    let deadline = Instant::now() + Duration::from_secs(20);
    while Instant::now() < deadline {
        if has_started() {
            return Ok(());
        }
        sleep(Duration::from_millis(50));
    }
    Err([program, " did not start; see its log"].concat())
}

/// Returns the body of our own portal's response to a GET. Fails unless the status is 200.
pub fn body(port: u16, path: &str) -> Result<String, String> {
    let answer = get(port, path).ok_or_else(|| [path, ": expected status 200"].concat())?;
    let body = answer.split_once("\r\n\r\n");
    body.map(|(_, body)| body.to_owned())
        .ok_or_else(|| [path, ": expected a body, found none"].concat())
}

/// Returns our own portal's response to a GET, with its headers, if the status is 200.
pub fn get(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let request = format!("GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.starts_with("HTTP/1.0 200").then_some(answer)
}
