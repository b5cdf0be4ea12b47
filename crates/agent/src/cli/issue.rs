//! `recovery issue` and `pass issue`: codes that are handed to people beforehand.

use super::{Outcome, Pass, Recovery};
use postern_agent::assemble::directory;
use postern_agent::config::Config;
use postern_agent::data::Data;
use postern_agent::issue::{self, Issuer};
use postern_agent::{system_clock, system_random};
use std::io::Write;
use std::path::Path;

/// Issues a set of recovery codes.
pub async fn recovery(file: &Path, command: Recovery) -> Outcome {
    let Recovery::Issue { login_name } = command;
    let config = super::load(file)?;
    let codes = issuer(&config)?.recovery_codes(&login_name).await?;
    let mut stdout = std::io::stdout();
    for code in codes {
        writeln!(stdout, "{}", code.expose_str().unwrap_or_default())?;
    }
    Ok(())
}

/// Issues a pass.
pub async fn pass(file: &Path, command: Pass) -> Outcome {
    let Pass::Issue {
        login_name,
        minutes,
    } = command;
    let config = super::load(file)?;
    let pass = issuer(&config)?.pass(&login_name, minutes).await?;
    let mut stdout = std::io::stdout();
    writeln!(stdout, "{}", pass.code.expose_str().unwrap_or_default())?;
    writeln!(stdout, "Good once, for {minutes} minutes.")?;
    writeln!(stdout, "Support code {}", pass.support_code)?;
    Ok(())
}

fn issuer(config: &Config) -> Result<Issuer, Box<dyn core::error::Error>> {
    Ok(Issuer {
        directory: directory(config)?,
        files: Data::at(&config.agent.data_directory).issued()?,
        random: system_random(),
        clock: system_clock(),
        issued_by: issue::system_user(),
    })
}
