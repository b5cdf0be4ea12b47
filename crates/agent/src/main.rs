//! `postern-agent`: runs the agent, enrolls it, keeps authenticators and issues codes.

mod cli;

use clap::Parser;
use cli::{Cli, Command};
use std::io::Write;
use std::process::ExitCode;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match start(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If not even this can be written, the exit code says it.
            let _unheard = writeln!(std::io::stderr(), "postern-agent: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start(cli: Cli) -> Result<(), Box<dyn core::error::Error>> {
    log()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Run => cli::run::run(&cli.config).await,
            Command::Enroll(enroll) => cli::enroll::enroll(&cli.config, enroll).await,
            Command::Authenticator(command) => {
                cli::authenticator::authenticator(&cli.config, command).await
            }
            Command::Recovery(command) => cli::issue::recovery(&cli.config, command).await,
            Command::Pass(command) => cli::issue::pass(&cli.config, command).await,
        }
    })
}

/// Logs as JSON to standard error. `POSTERN_LOG` sets the level of our own crates; what other
/// crates say below a warning is never logged, because we cannot know what is in it.
fn log() -> Result<(), String> {
    let level = match std::env::var("POSTERN_LOG") {
        Ok(level) => level
            .parse::<LevelFilter>()
            .map_err(|_| "POSTERN_LOG: allowed are off, error, warn, info, debug and trace")?,
        Err(_) => LevelFilter::INFO,
    };
    let targets = Targets::new()
        .with_default(level.min(LevelFilter::WARN))
        .with_targets(
            ["postern_agent", "postern_directory", "postern_relay"].map(|own| (own, level)),
        );
    tracing_subscriber::registry()
        .with(targets)
        .with(
            tracing_subscriber::fmt::layer()
                .json()
                .with_writer(std::io::stderr),
        )
        .init();
    Ok(())
}
