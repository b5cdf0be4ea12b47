//! Environment variables that stand over the configuration file.

use super::ConfigError;
use toml::{Table, Value};

const PREFIX: &str = "POSTERN_AGENT_";

/// The keys that a variable may set: `policy.tries` by `POSTERN_AGENT_POLICY_TRIES`.
pub const SCALARS: &[&str] = &[
    "tenant",
    "tenant_name",
    "helpdesk",
    "time_zone",
    "texts",
    "portal",
    "portal_ca_file",
    "data_directory",
    "key_bits",
    "directory.type",
    "directory.url",
    "directory.address",
    "directory.ca_file",
    "directory.bind_name",
    "directory.bind_password_file",
    "directory.base",
    "directory.pdc",
    "directory.filter_known",
    "directory.country_prefix",
    "mail.type",
    "mail.host",
    "mail.port",
    "mail.security",
    "mail.ca_file",
    "mail.user",
    "mail.password_file",
    "mail.from",
    "sms.method",
    "sms.url",
    "sms.body",
    "sms.secret_file",
    "sms.timeout_seconds",
    "sms.ca_file",
    "voice.method",
    "voice.url",
    "voice.body",
    "voice.secret_file",
    "voice.timeout_seconds",
    "voice.ca_file",
    "passkeys.rp_id",
    "policy.unknown_names",
    "policy.gates_required",
    "policy.tries",
    "policy.lock_hours",
    "policy.network_tries",
    "policy.network_codes",
    "policy.network_names",
    "policy.alarm_wrong_answers",
    "policy.flow_minutes",
    "policy.code_minutes",
    "policy.decoy_domain",
    "policy.banned_words_file",
    "policy.breached_file",
];

/// The keys whose values are not texts.
const NUMBERS: &[&str] = &[
    "key_bits",
    "mail.port",
    "sms.timeout_seconds",
    "voice.timeout_seconds",
    "policy.gates_required",
    "policy.tries",
    "policy.lock_hours",
    "policy.network_tries",
    "policy.network_codes",
    "policy.network_names",
    "policy.alarm_wrong_answers",
    "policy.flow_minutes",
    "policy.code_minutes",
];
const SWITCHES: &[&str] = &["directory.filter_known"];

/// Puts the variables' values into the table.
pub(super) fn overlay(
    table: &mut Table,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<(), ConfigError> {
    for (variable, text) in environment {
        if !variable.starts_with(PREFIX) {
            continue;
        }
        let key = SCALARS.iter().find(|key| variable_of(key) == variable);
        let Some(key) = key else {
            let names: Vec<_> = SCALARS.iter().map(|key| variable_of(key)).collect();
            let fault = format!("no such variable; allowed are {}", names.join(", "));
            return Err(ConfigError::new(variable, fault));
        };
        let value = value(key, text).map_err(|fault| ConfigError::new(&variable, fault))?;
        put(table, key, value).map_err(|fault| ConfigError::new(&variable, fault))?;
    }
    Ok(())
}

fn variable_of(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "_").to_uppercase())
}

fn value(key: &str, text: String) -> Result<Value, &'static str> {
    if NUMBERS.contains(&key) {
        let number = text.parse().map(Value::Integer);
        number.map_err(|_| "a whole number is needed here")
    } else if SWITCHES.contains(&key) {
        let switch = text.parse().map(Value::Boolean);
        switch.map_err(|_| "allowed are true and false")
    } else {
        Ok(Value::String(text))
    }
}

fn put(table: &mut Table, key: &str, value: Value) -> Result<(), &'static str> {
    let (table, key) = match key.split_once('.') {
        None => (table, key),
        Some((section, key)) => {
            let section = table.entry(section).or_insert_with(|| Table::new().into());
            let section = section.as_table_mut();
            (section.ok_or("its section in the file is no section")?, key)
        }
    };
    table.insert(key.to_owned(), value);
    Ok(())
}
