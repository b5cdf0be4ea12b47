//! Counts open connections, in all and by network, and evicts one when there are too many.
//!
//! At a cap, the connection of the busiest network that has had no request for longest is evicted:
//! a client that opens many loses its own, and new clients are served. A connection that waits for
//! an agent's answer is never evicted.

use crate::client::{Network, networks};
use crate::config::Config;
use crate::repeated::LogLimiter;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// The open connections of this portal.
pub struct Connections {
    /// A logical clock, advanced by each accepted connection and request: older ones have lower
    /// numbers.
    clock: AtomicU64,
    open: Mutex<OpenConnections>,
    refused_log: LogLimiter,
}

#[derive(Default)]
struct OpenConnections {
    total: usize,
    networks: HashMap<Network, Vec<Arc<Connection>>>,
}

/// A connection, shared with the handlers of its requests.
pub struct Connection {
    connections: Arc<Connections>,
    network: Network,
    /// The time of its last request or, without one, of its start, by the logical clock.
    last_activity: AtomicU64,
    /// One of its requests waits for an agent.
    waits_for_agent: AtomicBool,
    evicted: Notify,
}

/// An open connection, counted until this is dropped.
pub struct OpenConnection(pub Arc<Connection>);

/// Protects a connection from eviction until this is dropped.
pub struct EvictionGuard<'a>(&'a Connection);

impl Connections {
    /// Creates a register without connections.
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            clock: AtomicU64::new(0),
            open: Mutex::default(),
            refused_log: LogLimiter::default(),
        })
    }

    /// Counts a new connection and evicts another one if necessary. None if it is refused because
    /// all that could be evicted wait for agents.
    pub fn open(
        self: &Arc<Self>,
        config: &Config,
        peer: IpAddr,
        now: u64,
    ) -> Option<OpenConnection> {
        let network = *networks(peer).first()?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let network_connections = open.networks.get(&network).map_or(0, Vec::len);
        // The connections of a proxy are those of many networks.
        let capped = !config.is_trusted_proxy(peer);
        let full = if capped && network_connections >= config.limits.connections_per_network {
            !open.evict(network)
        } else if open.total >= config.limits.connections {
            !open.busiest().is_some_and(|busiest| open.evict(busiest))
        } else {
            false
        };
        if full {
            drop(open);
            if let Some(times) = self.refused_log.log(now) {
                tracing::warn!(times, "connections refused: too many are open (`[limits]`)");
            }
            return None;
        }
        let connection = Arc::new(Connection {
            connections: Arc::clone(self),
            network,
            last_activity: AtomicU64::new(self.tick()),
            waits_for_agent: AtomicBool::new(false),
            evicted: Notify::new(),
        });
        open.total += 1;
        let network_connections = open.networks.entry(network).or_default();
        network_connections.push(Arc::clone(&connection));
        Some(OpenConnection(connection))
    }

    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed)
    }
}

impl OpenConnections {
    fn busiest(&self) -> Option<Network> {
        let busiest = self.networks.iter().max_by_key(|(_, open)| open.len())?;
        Some(*busiest.0)
    }

    /// Evicts the connection of a network that has had no request for longest. False if all of them
    /// wait for agents.
    fn evict(&mut self, network: Network) -> bool {
        let network_connections = self.networks.get(&network).into_iter().flatten();
        let oldest = network_connections
            .filter(|connection| !connection.waits_for_agent.load(Ordering::Relaxed))
            .min_by_key(|connection| connection.last_activity.load(Ordering::Relaxed))
            .cloned();
        match oldest {
            None => false,
            Some(oldest) => {
                oldest.evicted.notify_one();
                self.remove(&oldest);
                true
            }
        }
    }

    fn remove(&mut self, connection: &Arc<Connection>) {
        let Some(network_connections) = self.networks.get_mut(&connection.network) else {
            return;
        };
        if let Some(index) = network_connections
            .iter()
            .position(|one| Arc::ptr_eq(one, connection))
        {
            network_connections.swap_remove(index);
            self.total -= 1;
        }
        if network_connections.is_empty() {
            self.networks.remove(&connection.network);
        }
    }
}

impl Connection {
    /// Notes that a request has arrived.
    pub fn note_request(&self) {
        self.last_activity
            .store(self.connections.tick(), Ordering::Relaxed);
    }

    /// Protects the connection from eviction while a request waits for an agent.
    pub fn keep(&self) -> EvictionGuard<'_> {
        self.waits_for_agent.store(true, Ordering::Relaxed);
        EvictionGuard(self)
    }

    /// Waits until the connection is evicted.
    pub async fn wait_for_eviction(&self) {
        self.evicted.notified().await;
    }
}

impl Drop for EvictionGuard<'_> {
    fn drop(&mut self) {
        self.0.waits_for_agent.store(false, Ordering::Relaxed);
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        let open = &self.0.connections.open;
        let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn config(text: &str) -> Config {
        toml::from_str(text).unwrap()
    }

    fn is_evicted(connection: &OpenConnection) -> bool {
        connection.0.wait_for_eviction().now_or_never().is_some()
    }

    #[test]
    fn a_network_at_its_cap_loses_its_own_oldest_connection() {
        let config = config("[limits]\nconnections = 100\nconnections_per_network = 3");
        let connections = Connections::new();
        let open = |peer: &str| connections.open(&config, peer.parse().unwrap(), 0).unwrap();
        let other = open("2001:db8:0:1::1");
        let same_network: Vec<_> = (1..=3)
            .map(|host| open(&format!("2001:db8::{host}")))
            .collect();
        same_network[0].0.note_request();
        let _fourth = open("2001:db8::4");
        let evicted: Vec<_> = same_network.iter().map(is_evicted).collect();
        assert_eq!(evicted, [false, true, false]);
        assert!(!is_evicted(&other));
    }

    #[test]
    fn at_the_cap_of_all_the_busiest_network_loses_and_a_quiet_one_is_served() {
        let config = config("[limits]\nconnections = 5\nconnections_per_network = 4");
        let connections = Connections::new();
        let open = |peer: &str| connections.open(&config, peer.parse().unwrap(), 0);
        let quiet = open("192.0.2.1").unwrap();
        let busy: Vec<_> = (0..4).map(|_| open("192.0.2.2").unwrap()).collect();
        let _new = open("192.0.2.3").unwrap();
        assert!(is_evicted(&busy[0]) && !is_evicted(&quiet));
    }

    #[test]
    fn what_waits_for_an_agent_stays_and_what_has_ended_makes_room() {
        let config = config("[limits]\nconnections = 100\nconnections_per_network = 2");
        let connections = Connections::new();
        let open = || connections.open(&config, "192.0.2.1".parse().unwrap(), 0);
        let (one, two) = (open().unwrap(), open().unwrap());
        let (first, second) = (one.0.keep(), two.0.keep());
        assert!(open().is_none());
        drop(first);
        let three = open().unwrap();
        assert!(is_evicted(&one) && !is_evicted(&two));
        drop(second);
        drop(two);
        drop(open().unwrap());
        assert!(!is_evicted(&three));
    }

    #[test]
    fn a_trusted_proxy_has_no_cap_of_its_own() {
        let config =
            config("behind_proxy = true\n[limits]\nconnections = 100\nconnections_per_network = 1");
        let connections = Connections::new();
        let open = || connections.open(&config, "127.0.0.1".parse().unwrap(), 0);
        let all: Vec<_> = (0..10).map(|_| open().unwrap()).collect();
        assert!(!all.iter().any(is_evicted));
    }
}
