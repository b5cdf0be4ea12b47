//! `postern`: the portal's command line.

use axum::serve::ListenerExt;
use clap::{Args, Parser, Subcommand};
use postern_server::config::Config;
use postern_server::tenants::{TenantConfig, Tenants};
use postern_server::{Portal, now};
use std::error::Error;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How long a stopping portal waits for answers that are under way.
const STOP: Duration = Duration::from_secs(10);

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
    /// Print a new one-time code; the one before is void
    Code {
        /// The tenant
        id: String,
    },
    /// List the tenants and whether an agent is enrolled
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
    /// The organisation's colour, #rrggbb, at least 7:1 on white
    #[arg(long)]
    color: Option<String>,
    /// An origin that may frame its pages, https://…; may be given more than once
    #[arg(long = "frame-origin")]
    frame_origins: Vec<String>,
    /// A host name that belongs to it alone; may be given more than once
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

async fn serve(config: Config) -> Result<(), Box<dyn Error>> {
    let (stop, stopping) = watch::channel(false);
    let address = config.listen;
    let router = Portal::new(config, stopping.clone())?.router();
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .map_err(|error| format!("listen: {address}: {error}"))?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    // A relay's frames are small and awaited: none of them is to wait for another.
    let listener = listener.tap_io(|stream| {
        let _only_slower = stream.set_nodelay(true);
    });
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        tracing::info!("stopping");
        stop.send_replace(true);
    });
    let stopped = |mut stopping: watch::Receiver<bool>| async move {
        // An error means that the sender is gone, which is a reason to stop too.
        let _either_way = stopping.wait_for(|stopping| *stopping).await;
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(stopped(stopping.clone()));
    tokio::select! {
        served = async { server.await } => served?,
        () = async {
            stopped(stopping).await;
            tokio::time::sleep(STOP).await;
        } => tracing::warn!("stopped with answers under way"),
    }
    Ok(())
}

fn tenant(config: &Config, verb: TenantVerb) -> Result<(), Box<dyn Error>> {
    let tenants = Tenants::load(&config.data_directory)?;
    let mut out = std::io::stdout().lock();
    match verb {
        TenantVerb::Add(add) => {
            let tenant = TenantConfig {
                name: add.name,
                helpdesk_mail: add.helpdesk_mail,
                helpdesk_link: add.helpdesk_link,
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
                let agent = match tenants.enrolled(&id) {
                    Some(_) => "agent enrolled",
                    None => "no agent yet",
                };
                writeln!(out, "{id}\t{agent}")?;
            }
        }
    }
    Ok(())
}
