//! The commands that the running agent executes: each is one message over its socket.

use super::{Authenticator, Outcome, Pass, Recovery, Tries};
use postern_agent::control::{Command, Reply, send_command};
use postern_envelope::Secret;
use std::io::Write;
use std::path::Path;

/// Runs `status`.
pub async fn status(file: &Path) -> Outcome {
    run(file, Command::Status).await
}

/// Runs `authenticator`.
pub async fn authenticator(file: &Path, command: Authenticator) -> Outcome {
    let command = match command {
        Authenticator::Add { login_name } => Command::AddAuthenticator { login_name },
        Authenticator::Remove { login_name } => Command::RemoveAuthenticator { login_name },
    };
    run(file, command).await
}

/// Runs `recovery`.
pub async fn recovery(file: &Path, Recovery::Issue { login_name }: Recovery) -> Outcome {
    run(file, Command::IssueRecoveryCodes { login_name }).await
}

/// Runs `pass`.
pub async fn pass(file: &Path, command: Pass) -> Outcome {
    let Pass::Issue {
        login_name,
        minutes,
    } = command;
    let command = Command::IssuePass {
        login_name,
        minutes,
    };
    run(file, command).await
}

/// Runs `tries`.
pub async fn tries(file: &Path, Tries::Clear { login_name }: Tries) -> Outcome {
    run(file, Command::ClearTries { login_name }).await
}

/// Sends a command to the running agent and prints its reply.
async fn run(file: &Path, command: Command) -> Outcome {
    let config = super::load(file)?;
    let reply = send_command(&config.agent.control_socket(), &command).await?;
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
        Reply::Authenticator { address } => writeln!(stdout, "{}", expose(&address))?,
        Reply::RecoveryCodes { codes } => {
            for code in &codes {
                writeln!(stdout, "{}", expose(code))?;
            }
        }
        Reply::Pass { code, support_code } => {
            writeln!(stdout, "{}", expose(&code))?;
            if let Command::IssuePass { minutes, .. } = command {
                writeln!(stdout, "Valid once, for {minutes} minutes.")?;
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

fn expose(secret: &Secret) -> &str {
    secret.expose_str().unwrap_or_default()
}
