//! `postern`: the portal's command line.

use clap::{Args, Parser, Subcommand};
use postern_server::config::Config;
use postern_server::tenants::{TenantConfig, Tenants};
use postern_server::{Portal, now};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// The time that a stopping portal waits for pending answers.
const STOP_TIMEOUT: Duration = Duration::from_secs(10);

/// The portal: serves the reset pages and carries sealed messages to the agents.
#[derive(Parser)]
#[command(version)]
struct Command {
    /// The configuration [default: /etc/postern/postern.toml]
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Serve pages and agents until stopped
    Serve,
    /// Add and list tenants
    #[command(subcommand)]
    Tenant(TenantVerb),
}

#[derive(Subcommand)]
enum TenantVerb {
    /// Add a tenant and print the one-time code for its agent
    Add(Add),
    /// Print a new one-time code; the previous one becomes void
    Code {
        /// The tenant
        id: String,
    },
    /// List the tenants and the state of their agents
    List,
}

#[derive(Args)]
struct Add {
    /// Its name in addresses: 1 to 32 of a-z, 0-9 and -
    id: String,
    /// The organisation's name, as people know it
    #[arg(long)]
    name: String,
    /// The helpdesk's mail address
    #[arg(long)]
    helpdesk_mail: Option<String>,
    /// A link to the helpdesk, https://…
    #[arg(long)]
    helpdesk_link: Option<String>,
    /// The address at which people sign in, https://…
    #[arg(long)]
    sign_in_link: Option<String>,
    /// The organisation's colour, #rrggbb, at least 7:1 on white
    #[arg(long)]
    color: Option<String>,
    /// An origin that may frame its pages, https://…; may be given more than once
    #[arg(long = "frame-origin")]
    frame_origins: Vec<String>,
    /// A host name of this tenant only; may be given more than once
    #[arg(long = "host")]
    hosts: Vec<String>,
}

fn main() -> ExitCode {
    let command = Command::parse();
    tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .with_max_level(tracing::Level::INFO)
        .init();
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _stderr_may_be_closed = writeln!(std::io::stderr(), "postern: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Box<dyn Error>> {
    let config = Config::load(command.config.as_deref(), |name| std::env::var(name).ok())?;
    match command.verb {
        Verb::Serve => tokio::runtime::Runtime::new()?.block_on(serve(config)),
        Verb::Tenant(verb) => tenant(&config, verb),
    }
}

async fn serve(mut config: Config) -> Result<(), Box<dyn Error>> {
    config.limits.fit(raise_open_files());
    let (stop, stopping) = watch::channel(false);
    let address = config.listen;
    let portal = Portal::new(config, stopping.clone())?;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .map_err(|error| format!("listen: {address}: {error}"))?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        tracing::info!("stopping");
        stop.send_replace(true);
    });
    let mut stopping = stopping;
    tokio::select! {
        () = portal.serve(listener) => {}
        () = async {
            // An error means that the sender was dropped, which is a reason to stop too.
            let _either_way = stopping.wait_for(|stopping| *stopping).await;
            tokio::time::sleep(STOP_TIMEOUT).await;
        } => tracing::warn!("stopped with answers pending"),
    }
    Ok(())
}

/// Raises the limit of open files as far as the system allows, and returns it.
fn raise_open_files() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        ..limit
    };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the limit of open files was not raised");
    }
    // `None` means unlimited.
    let open_files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    tracing::info!(open_files, "limit of open files");
    open_files
}

fn tenant(config: &Config, verb: TenantVerb) -> Result<(), Box<dyn Error>> {
    // A defect of a tenant is in the log and in the list; it does not stop the command.
    let tenants = Tenants::load(&config.data_directory)?;
    let mut out = std::io::stdout().lock();
    match verb {
        TenantVerb::Add(add) => {
            let tenant = TenantConfig {
                name: add.name,
                helpdesk_mail: add.helpdesk_mail,
                helpdesk_link: add.helpdesk_link,
                sign_in_link: add.sign_in_link,
                color: add.color,
                frame_origins: add.frame_origins,
                hosts: add.hosts,
                ..TenantConfig::default()
            };
            let code = tenants.add(&add.id, &tenant, now())?;
            writeln!(out, "{}", code.expose_str().unwrap_or_default())?;
        }
        TenantVerb::Code { id } => {
            let code = tenants.new_code(&id, now())?;
            writeln!(out, "{}", code.expose_str().unwrap_or_default())?;
        }
        TenantVerb::List => {
            for id in tenants.list()? {
                let agent = match (tenants.get(&id), tenants.enrolled_agent(&id)) {
                    (Some(tenant), Some(_)) if !tenant.broken => "agent enrolled",
                    (Some(tenant), None) if !tenant.broken => "no agent yet",
                    _ => "not available: its file cannot be used",
                };
                writeln!(out, "{id}\t{agent}")?;
            }
        }
    }
    Ok(())
}
