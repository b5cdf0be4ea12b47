//! `postern-agent`: runs the agent, enrolls it, and sends commands to a running one.

mod cli;

use clap::Parser;
use cli::{Cli, Command};
use postern_agent::control::CommandError;
use std::io::Write;
use std::process::ExitCode;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

/// The exit code if this user may not give commands.
const NOT_PERMITTED: u8 = 3;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match start(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If this cannot be written, only the exit code reports the failure.
            let _unwritten = writeln!(std::io::stderr(), "postern-agent: {error}");
            let command = error.downcast_ref::<CommandError>();
            match command.is_some_and(CommandError::is_not_permitted) {
                true => ExitCode::from(NOT_PERMITTED),
                false => ExitCode::FAILURE,
            }
        }
    }
}

fn start(cli: Cli) -> Result<(), Box<dyn core::error::Error>> {
    init_logging()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Run => cli::run::run(&cli.config).await,
            Command::Enroll(enroll) => cli::enroll::enroll(&cli.config, enroll).await,
            Command::Status => cli::control::status(&cli.config).await,
            Command::Authenticator(command) => {
                cli::control::authenticator(&cli.config, command).await
            }
            Command::Recovery(command) => cli::control::recovery(&cli.config, command).await,
            Command::Pass(command) => cli::control::pass(&cli.config, command).await,
            Command::Tries(command) => cli::control::tries(&cli.config, command).await,
        }
    })
}

/// Logs as JSON to standard error. `POSTERN_LOG` sets the level of our own crates; other crates'
/// events below a warning are never logged, because they may contain anything.
fn init_logging() -> Result<(), String> {
    let level = match std::env::var("POSTERN_LOG") {
        Ok(level) => level.parse::<LevelFilter>().map_err(|_| {
            format!("POSTERN_LOG: expected off, error, warn, info, debug or trace, found {level:?}")
        })?,
        Err(_) => LevelFilter::INFO,
    };
    let targets = Targets::new()
        .with_default(level.min(LevelFilter::WARN))
        // A prefix, so that no crate of ours is missed.
        .with_target("postern_", level);
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
