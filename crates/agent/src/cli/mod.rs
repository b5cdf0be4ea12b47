//! The command line.

pub mod control;
pub mod enroll;
pub mod run;

use clap::{Args, Parser, Subcommand};
use postern_agent::config::{Config, ConfigError, DEFAULT_FILE};
use std::path::{Path, PathBuf};

/// What a command ends with.
pub type Outcome = Result<(), Box<dyn core::error::Error>>;

/// Postern's on-premises agent.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// The configuration file
    #[arg(long, global = true, default_value = DEFAULT_FILE)]
    pub config: PathBuf,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Commands besides `run` and `enroll` speak to the running agent over its Unix socket. They are for
root, the agent's own user and members of the group postern-operators.

Exit codes: 0 done; 1 not done, and standard error says why (the agent does not run, it refused);
2 wrong command line; 3 not permitted to give commands.";

/// What the program does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Connect to the portal and answer until stopped
    Run,
    /// Enroll this agent with the portal, by the code of `postern tenant add`
    Enroll(Enroll),
    /// Tell whether the agent runs, is connected and reaches the directory
    Status,
    /// Keep the authenticators of accounts
    #[command(subcommand)]
    Authenticator(Authenticator),
    /// Issue recovery codes to accounts
    #[command(subcommand)]
    Recovery(Recovery),
    /// Issue passes to people whom the helpdesk has made sure of
    #[command(subcommand)]
    Pass(Pass),
    /// Give back what accounts have lost by wrong answers and by codes sent
    #[command(subcommand)]
    Tries(Tries),
}

/// How to enroll.
#[derive(Debug, Args)]
pub struct Enroll {
    /// The portal's address; if given, it must be that of the configuration
    pub portal: Option<String>,
    /// The tenant; if given, it must be that of the configuration
    #[arg(long)]
    pub tenant: Option<String>,
    /// A file with the code; else POSTERN_ENROLLMENT_CODE, else it is asked for
    #[arg(long)]
    pub code_file: Option<PathBuf>,
    /// Enroll anew, with a new key for browsers to seal to
    #[arg(long)]
    pub replace: bool,
}

/// What to do with an authenticator.
#[derive(Debug, Subcommand)]
pub enum Authenticator {
    /// Make an authenticator for an account and show its otpauth:// address, once
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

/// What to do with recovery codes.
#[derive(Debug, Subcommand)]
pub enum Recovery {
    /// Make a set of codes for an account and show it, once; the set before is good no more
    Issue {
        /// The login name
        login_name: String,
    },
}

/// What to do with passes.
#[derive(Debug, Subcommand)]
pub enum Pass {
    /// Make a pass for an account and show it, once; it is good once, and clears the account's tries
    Issue {
        /// The login name
        login_name: String,
        /// How long it is good, in minutes: 1 to 60
        #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..=60))]
        minutes: u16,
    },
}

/// Commands on the counters of an account's wrong answers and sent codes.
#[derive(Debug, Subcommand)]
pub enum Tries {
    /// Forget the wrong answers at an account's gates and the codes sent to it
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
