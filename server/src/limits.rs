//! `[limits]` of the portal's configuration: numbers of connections, and times for a request.

use serde::Deserialize;

/// The longest head of a request, in bytes.
pub const MAX_HEAD_BYTES: usize = 32 * 1024;

/// The open files that are reserved for anything but connections.
const RESERVED_FILES: u64 = 64;

/// The limits of open connections, and of the time that a request takes to arrive.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Connections in all, without those of agents. Default: 4096, or as many as the limit of open
    /// files allows.
    pub connections: usize,
    /// Connections of one network (an IPv4 address, an IPv6 /64); trusted proxies have no such
    /// limit. Default: 256.
    pub connections_per_network: usize,
    /// Connections of agents in all, at most 8 for each tenant. Default: 512.
    pub relay_connections: usize,
    /// The time in which the head of a request must arrive, in seconds. Default: 10.
    pub head_seconds: u64,
    /// The time in which the body of a request must arrive, in seconds. Default: 10.
    pub body_seconds: u64,
}

impl Limits {
    /// Checks the ranges of all values.
    ///
    /// # Errors
    /// The key, the expected range and the value found.
    pub fn check(&self) -> Result<(), String> {
        let (all, network) = (self.connections, self.connections_per_network);
        for (key, value, range) in [
            ("connections", all, 16..=100_000),
            ("connections_per_network", network, 1..=all),
            ("relay_connections", self.relay_connections, 1..=100_000),
        ] {
            if !range.contains(&value) {
                let (least, most) = range.into_inner();
                return Err(format!(
                    "limits.{key}: expected {least} to {most}, found {value}"
                ));
            }
        }
        for (key, value) in [
            ("head_seconds", self.head_seconds),
            ("body_seconds", self.body_seconds),
        ] {
            if !(1..=60).contains(&value) {
                return Err(format!("limits.{key}: expected 1 to 60, found {value}"));
            }
        }
        Ok(())
    }

    /// Lowers the limits to fit a limit of open files: a portal that has none left answers no
    /// request.
    pub fn fit(&mut self, open_files: u64) {
        let available =
            usize::try_from(open_files.saturating_sub(RESERVED_FILES)).unwrap_or(usize::MAX);
        self.relay_connections = self.relay_connections.min(available / 4);
        self.connections = self.connections.min(available - self.relay_connections);
        self.connections_per_network = self.connections_per_network.min(self.connections);
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            connections_per_network: 256,
            relay_connections: 512,
            head_seconds: 10,
            body_seconds: 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_connections_are_allowed_than_files_can_be_open() {
        for open_files in [0, 64, 256, 1024, 65_536, u64::MAX] {
            let mut limits = Limits::default();
            limits.fit(open_files);
            let all = (limits.connections + limits.relay_connections) as u64;
            assert!(
                all <= open_files.saturating_sub(RESERVED_FILES),
                "{open_files}"
            );
            assert!(limits.connections_per_network <= limits.connections);
        }
        let mut limits = Limits::default();
        limits.fit(65_536);
        assert_eq!(limits.connections, 4096);
    }
}
