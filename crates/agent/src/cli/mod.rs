//! The command line.

pub mod control;
pub mod enroll;
pub mod run;

use clap::{Args, Parser, Subcommand};
use postern_agent::config::{Config, ConfigError, DEFAULT_FILE};
use std::path::{Path, PathBuf};

/// The result of a command.
pub type Outcome = Result<(), Box<dyn core::error::Error>>;

/// Postern's on-premises agent.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// The configuration file
    #[arg(long, global = true, default_value = DEFAULT_FILE)]
    pub config: PathBuf,
    /// The command to run
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Commands other than `run` and `enroll` go to the running agent over its Unix socket. They are for
root, the agent's own user and members of the group postern-operators.

Exit codes: 0 success; 1 failure, with the reason on standard error (the agent does not run, or it
refused); 2 wrong command line; 3 not permitted to give commands.";

/// The commands of the program.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Connect to the portal and serve it until stopped
    Run,
    /// Enroll this agent with the portal, using the code from `postern tenant add`
    Enroll(Enroll),
    /// Show whether the agent runs, is connected and reaches the directory
    Status,
    /// Add and remove the authenticators of accounts
    #[command(subcommand)]
    Authenticator(Authenticator),
    /// Issue recovery codes to accounts
    #[command(subcommand)]
    Recovery(Recovery),
    /// Issue passes to people whose identity the helpdesk has verified
    #[command(subcommand)]
    Pass(Pass),
    /// Clear the counters of wrong answers and of codes sent
    #[command(subcommand)]
    Tries(Tries),
}

/// The arguments of `enroll`.
#[derive(Debug, Args)]
pub struct Enroll {
    /// The portal's URL; if given, it must match the configuration
    pub portal: Option<String>,
    /// The tenant; if given, it must match the configuration
    #[arg(long)]
    pub tenant: Option<String>,
    /// A file with the code; otherwise POSTERN_ENROLLMENT_CODE, otherwise standard input
    #[arg(long)]
    pub code_file: Option<PathBuf>,
    /// Enroll again, with a new key for browsers to seal to
    #[arg(long)]
    pub replace: bool,
}

/// Commands on the authenticators of accounts.
#[derive(Debug, Subcommand)]
pub enum Authenticator {
    /// Create an authenticator for an account and show its otpauth:// address, once
    Add {
        /// The login name
        login_name: String,
    },
    /// Remove an account's authenticator
    Remove {
        /// The login name
        login_name: String,
    },
}

/// Commands on recovery codes.
#[derive(Debug, Subcommand)]
pub enum Recovery {
    /// Create a set of codes for an account and show it, once; the previous set becomes invalid
    Issue {
        /// The login name
        login_name: String,
    },
}

/// Commands on passes.
#[derive(Debug, Subcommand)]
pub enum Pass {
    /// Create a single-use pass for an account and show it, once; this clears the account's tries
    Issue {
        /// The login name
        login_name: String,
        /// The lifetime of the pass, in minutes: 1 to 60
        #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..=60))]
        minutes: u16,
    },
}

/// Commands on the counters of an account's wrong answers and sent codes.
#[derive(Debug, Subcommand)]
pub enum Tries {
    /// Clear an account's counters of wrong answers and of codes sent
    Clear {
        /// The login name
        login_name: String,
    },
}

/// Reads the configuration and the environment.
fn load(file: &Path) -> Result<Config, ConfigError> {
    let environment = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    Config::load(file, environment)
}
