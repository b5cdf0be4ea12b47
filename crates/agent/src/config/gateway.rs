//! `[sms]` and `[voice]`: the HTTP gateways that text messages and calls go through.

use super::{ConfigError, is_loopback, section};
use postern_notify::phone::GatewayConfig;
use toml::Value;

/// Reads and checks a section, named `sms` or `voice`.
pub(super) fn read(name: &str, value: Value) -> Result<GatewayConfig, ConfigError> {
    let error_at = |key: &str, fault: String| ConfigError::new([name, ".", key].concat(), fault);
    let config = GatewayConfig::new(section(name, value)?);
    let config = config.map_err(|wrong| error_at(&wrong.key, wrong.fault))?;
    if !config.https_only && !is_loopback(&config.host) {
        let fault = "expected https:// unless the gateway is on this machine, found http://";
        return Err(error_at("url", fault.to_owned()));
    }
    Ok(config)
}
