//! Environment variables that override the configuration file.

use super::{AgentConfig, ConfigError, PasskeyConfig, Rules, SmtpConfig};
use postern_config::{Key, Kind, keys as keys_of};
use postern_directory::ldap::LdapConfig;
use postern_notify::phone::GatewaySection;
use toml::Table;

const PREFIX: &str = "POSTERN_AGENT_";

/// Returns every key of the file, read off the types that it is deserialized into.
pub(super) fn keys() -> Vec<Key> {
    // `type` is in no struct: it chooses the one that the other keys are deserialized into.
    let kind = |section: &str| vec![Key::new(&[section, ".type"].concat(), Kind::Text)];
    [
        keys_of::<AgentConfig>(""),
        kind("directory"),
        keys_of::<LdapConfig>("directory"),
        kind("mail"),
        keys_of::<SmtpConfig>("mail"),
        keys_of::<GatewaySection>("sms"),
        keys_of::<GatewaySection>("voice"),
        keys_of::<PasskeyConfig>("passkeys"),
        keys_of::<Rules>("policy"),
    ]
    .concat()
}

/// Writes the variables' values into the table, over those of the file.
pub(super) fn overlay(
    table: &mut Table,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<(), ConfigError> {
    let keys: Vec<_> = keys()
        .into_iter()
        // A list in a variable is separated by commas, and the names of groups contain them.
        .filter(|key| key.kind() != Kind::Texts)
        .filter_map(|key| Some((key.variable(PREFIX)?, key)))
        .collect();
    for (variable, text) in environment {
        if !variable.starts_with(PREFIX) {
            continue;
        }
        let Some((_, key)) = keys.iter().find(|(name, _)| *name == variable) else {
            let names: Vec<_> = keys.iter().map(|(name, _)| name.as_str()).collect();
            let fault = format!("unknown variable, expected one of {}", names.join(", "));
            return Err(ConfigError::new(variable, fault));
        };
        let put = key.put(table, text);
        put.map_err(|fault| ConfigError::new(&variable, fault))?;
    }
    Ok(())
}
