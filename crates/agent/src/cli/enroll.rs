//! `enroll`: generates the agent's keys and registers them with the portal by a one-time code.

use super::{Enroll, Outcome};
use postern_agent::config::{ConfigError, PortalUrl};
use postern_agent::data::Data;
use postern_envelope::Secret;
use postern_envelope::open::EnvelopeKey;
use std::io::Write;
use std::path::Path;

/// The environment variable that may contain the code.
const CODE_VARIABLE: &str = "POSTERN_ENROLLMENT_CODE";

/// Enrolls the agent.
pub async fn enroll(file: &Path, arguments: Enroll) -> Outcome {
    let config = super::load(file)?.agent;
    let portal = arguments.portal.map(PortalUrl::try_from).transpose();
    let portal = portal.map_err(|fault| ConfigError::new("the portal's address", fault))?;
    if portal.is_some_and(|portal| portal != config.portal) {
        return Err(mismatch(file, "portal"));
    }
    let tenant = config.tenant.as_str();
    if arguments.tenant.is_some_and(|given| given != tenant) {
        return Err(mismatch(file, "tenant"));
    }
    let data = Data::at(&config.data_directory);
    data.prepare(arguments.replace)?;
    let code = read_code(arguments.code_file.as_deref())?;
    let ca = config.portal_ca_file.as_deref();
    let url = config.portal.as_str();
    // Generated first, so that the portal learns its thumbprint and accepts no other key.
    let envelope_key = EnvelopeKey::generate(config.key_bits.0)?;
    let kid = EnvelopeKey::from_pkcs8(&envelope_key)?.kid().to_owned();
    let credentials = postern_relay::embedded::enroll(url, tenant, &code, ca, Some(&kid)).await?;
    data.enroll(&envelope_key, &credentials)?;
    writeln!(
        std::io::stdout(),
        "enrolled; browsers will seal to the key {kid}"
    )?;
    Ok(())
}

fn mismatch(file: &Path, key: &str) -> Box<dyn core::error::Error> {
    let fault = "expected the value of the command line, found another";
    ConfigError::new(format!("{}: {key}", file.display()), fault).into()
}

/// Reads the code from a file, the environment or standard input.
fn read_code(file: Option<&Path>) -> Result<Secret, std::io::Error> {
    let text = match (file, std::env::var(CODE_VARIABLE)) {
        (Some(file), _) => std::fs::read_to_string(file)?,
        (None, Ok(code)) => code,
        (None, Err(_)) => {
            let mut stderr = std::io::stderr();
            write!(stderr, "Enrollment code: ")?;
            stderr.flush()?;
            let mut line = String::new();
            std::io::stdin().read_line(&mut line)?;
            line
        }
    };
    let code = Secret::from(text.trim());
    drop(Secret::new(text.into_bytes()));
    Ok(code)
}
