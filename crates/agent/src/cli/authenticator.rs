//! `authenticator`: make and remove the authenticators of accounts.

use super::{Authenticator, Outcome};
use postern_agent::Authenticators;
use postern_agent::assemble::directory;
use postern_agent::config::DirectoryConfig;
use postern_agent::data::Data;
use std::io::Write;
use std::path::Path;

/// Does it.
pub async fn authenticator(file: &Path, command: Authenticator) -> Outcome {
    let config = super::load(file)?;
    if matches!(config.directory, DirectoryConfig::Sandbox) {
        return Err("the sandbox's authenticators are scripted and cannot be changed".into());
    }
    let files = Data::at(&config.agent.data_directory).authenticators()?;
    let (Authenticator::Add { login_name } | Authenticator::Remove { login_name }) = &command;
    let account = directory(&config)?.find(login_name).await?;
    let mut stdout = std::io::stdout();
    match command {
        Authenticator::Add { .. } => {
            let tenant = &config.agent.tenant_name;
            let url = files.add(account.anchor, tenant, &account.login_name)?;
            writeln!(stdout, "{}", url.expose_str().unwrap_or_default())?;
        }
        Authenticator::Remove { .. } => {
            if !files.remove(account.anchor)? {
                return Err("the account has no authenticator".into());
            }
            writeln!(stdout, "removed")?;
        }
    }
    Ok(())
}
