//! `[limits]` of the portal's configuration: how many connections, and how long they may take.

use serde::Deserialize;

/// The longest head of a request, in bytes.
pub const MAX_HEAD: usize = 32 * 1024;

/// Open files that are kept for everything else than connections.
const OTHER_FILES: u64 = 64;

/// How many connections are open, and how long a request may take to arrive.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Connections in all, without those of agents. Default: 4096, or what the limit of open files
    /// allows.
    pub connections: usize,
    /// Connections of one network (an IPv4 address, an IPv6 /64); trusted proxies have no such
    /// limit. Default: 256.
    pub connections_per_network: usize,
    /// Connections of agents in all, 8 of one tenant. Default: 512.
    pub relay_connections: usize,
    /// Within how many seconds the head of a request is there. Default: 10.
    pub head_seconds: u64,
    /// Within how many seconds the body of a request is there. Default: 10.
    pub body_seconds: u64,
}

impl Limits {
    /// Says which key is not as it may be, and what is allowed.
    ///
    /// # Errors
    /// The key, its value and what is allowed.
    pub fn check(&self) -> Result<(), String> {
        let (all, network) = (self.connections, self.connections_per_network);
        for (key, value, allowed) in [
            ("connections", all, 16..=100_000),
            ("connections_per_network", network, 1..=all),
            ("relay_connections", self.relay_connections, 1..=100_000),
        ] {
            if !allowed.contains(&value) {
                let (least, most) = allowed.into_inner();
                return Err(format!(
                    "limits.{key} is {value}, allowed is {least} to {most}"
                ));
            }
        }
        for (key, value) in [
            ("head_seconds", self.head_seconds),
            ("body_seconds", self.body_seconds),
        ] {
            if !(1..=60).contains(&value) {
                return Err(format!("limits.{key} is {value}, allowed is 1 to 60"));
            }
        }
        Ok(())
    }

    /// Takes back what a limit of open files does not allow: a portal that has none left answers
    /// nobody.
    pub fn fit(&mut self, open_files: u64) {
        let room = usize::try_from(open_files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX);
        self.relay_connections = self.relay_connections.min(room / 4);
        self.connections = self.connections.min(room - self.relay_connections);
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
                all <= open_files.saturating_sub(OTHER_FILES),
                "{open_files}"
            );
            assert!(limits.connections_per_network <= limits.connections);
        }
        let mut limits = Limits::default();
        limits.fit(65_536);
        assert_eq!(limits.connections, 4096);
    }
}
