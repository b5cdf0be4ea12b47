//! The commands that the running agent does: each is one message over its socket.

use super::{Authenticator, Outcome, Pass, Recovery, Tries};
use postern_agent::control::{Command, Reply, ask};
use postern_envelope::Secret;
use std::io::Write;
use std::path::Path;

/// `status`
pub async fn status(file: &Path) -> Outcome {
    give(file, Command::Status).await
}

/// `authenticator`
pub async fn authenticator(file: &Path, command: Authenticator) -> Outcome {
    let command = match command {
        Authenticator::Add { login_name } => Command::AddAuthenticator { login_name },
        Authenticator::Remove { login_name } => Command::RemoveAuthenticator { login_name },
    };
    give(file, command).await
}

/// `recovery`
pub async fn recovery(file: &Path, Recovery::Issue { login_name }: Recovery) -> Outcome {
    give(file, Command::IssueRecoveryCodes { login_name }).await
}

/// `pass`
pub async fn pass(file: &Path, command: Pass) -> Outcome {
    let Pass::Issue {
        login_name,
        minutes,
    } = command;
    let command = Command::IssuePass {
        login_name,
        minutes,
    };
    give(file, command).await
}

/// `tries`
pub async fn tries(file: &Path, Tries::Clear { login_name }: Tries) -> Outcome {
    give(file, Command::ClearTries { login_name }).await
}

async fn give(file: &Path, command: Command) -> Outcome {
    let config = super::load(file)?;
    let reply = ask(&config.agent.control_socket(), &command).await?;
    let mut stdout = std::io::stdout();
    match reply {
        Reply::Status(status) => {
            let connected = if status.connected { "yes" } else { "no" };
            let directory = if status.directory_up { "up" } else { "down" };
            writeln!(stdout, "version {}", status.program)?;
            writeln!(stdout, "tenant {}", status.tenant)?;
            writeln!(stdout, "connected {connected}")?;
            writeln!(stdout, "directory {directory}")?;
        }
        Reply::Authenticator { address } => writeln!(stdout, "{}", shown(&address))?,
        Reply::RecoveryCodes { codes } => {
            for code in &codes {
                writeln!(stdout, "{}", shown(code))?;
            }
        }
        Reply::Pass { code, support_code } => {
            writeln!(stdout, "{}", shown(&code))?;
            if let Command::IssuePass { minutes, .. } = command {
                writeln!(stdout, "Good once, for {minutes} minutes.")?;
            }
            writeln!(stdout, "Support code {support_code}")?;
        }
        Reply::Done => {
            let done = match command {
                Command::RemoveAuthenticator { .. } => "removed",
                Command::ClearTries { .. } => "cleared",
                _ => "done",
            };
            writeln!(stdout, "{done}")?;
        }
        Reply::Refused(refusal) => return Err(refusal.into()),
    }
    Ok(())
}

fn shown(secret: &Secret) -> &str {
    secret.expose_str().unwrap_or_default()
}
