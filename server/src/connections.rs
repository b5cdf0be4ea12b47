//! How many connections are open, in all and by network, and which one goes when there are too
//! many.
//!
//! At a cap the connection goes that has had no request for longest, of the network that has most:
//! so whoever opens many closes its own, and a new one is served. What waits for an agent's answer
//! never goes.

use crate::client::{Network, networks};
use crate::config::Config;
use crate::repeated::Repeated;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// The open connections of this portal.
pub struct Connections {
    /// Counts accepted connections and requests: what is older has the lower number.
    clock: AtomicU64,
    open: Mutex<Open>,
    refused: Repeated,
}

#[derive(Default)]
struct Open {
    all: usize,
    networks: HashMap<Network, Vec<Arc<Connection>>>,
}

/// One connection, as its requests know it.
pub struct Connection {
    connections: Arc<Connections>,
    network: Network,
    /// When its last request came, or itself.
    last: AtomicU64,
    /// A request of it waits for an agent.
    asking: AtomicBool,
    evicted: Notify,
}

/// An open connection: counted until this is dropped.
pub struct Counted(pub Arc<Connection>);

/// A request that waits for an agent, until this is dropped.
pub struct Asking<'a>(&'a Connection);

impl Connections {
    /// None is open.
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            clock: AtomicU64::new(0),
            open: Mutex::default(),
            refused: Repeated::default(),
        })
    }

    /// Counts a new connection, or refuses it: then all others wait for agents.
    pub fn open(self: &Arc<Self>, config: &Config, peer: IpAddr, now: u64) -> Option<Counted> {
        let network = *networks(peer).first()?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let of_network = open.networks.get(&network).map_or(0, Vec::len);
        // Behind a proxy are all networks.
        let capped = !config.is_trusted_proxy(peer);
        let full = if capped && of_network >= config.limits.connections_per_network {
            !open.evict(network)
        } else if open.all >= config.limits.connections {
            !open.busiest().is_some_and(|busiest| open.evict(busiest))
        } else {
            false
        };
        if full {
            drop(open);
            if let Some(times) = self.refused.log(now) {
                tracing::warn!(times, "connections refused: too many are open (`[limits]`)");
            }
            return None;
        }
        let connection = Arc::new(Connection {
            connections: Arc::clone(self),
            network,
            last: AtomicU64::new(self.tick()),
            asking: AtomicBool::new(false),
            evicted: Notify::new(),
        });
        open.all += 1;
        let of_network = open.networks.entry(network).or_default();
        of_network.push(Arc::clone(&connection));
        Some(Counted(connection))
    }

    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed)
    }
}

impl Open {
    fn busiest(&self) -> Option<Network> {
        let busiest = self.networks.iter().max_by_key(|(_, open)| open.len())?;
        Some(*busiest.0)
    }

    /// Ends the connection of a network that has had no request for longest.
    fn evict(&mut self, network: Network) -> bool {
        let of_network = self.networks.get(&network).into_iter().flatten();
        let oldest = of_network
            .filter(|connection| !connection.asking.load(Ordering::Relaxed))
            .min_by_key(|connection| connection.last.load(Ordering::Relaxed))
            .cloned();
        match oldest {
            None => false,
            Some(oldest) => {
                oldest.evicted.notify_one();
                self.forget(&oldest);
                true
            }
        }
    }

    fn forget(&mut self, connection: &Arc<Connection>) {
        let Some(of_network) = self.networks.get_mut(&connection.network) else {
            return;
        };
        if let Some(place) = of_network
            .iter()
            .position(|one| Arc::ptr_eq(one, connection))
        {
            of_network.swap_remove(place);
            self.all -= 1;
        }
        if of_network.is_empty() {
            self.networks.remove(&connection.network);
        }
    }
}

impl Connection {
    /// A request has come.
    pub fn note_request(&self) {
        self.last.store(self.connections.tick(), Ordering::Relaxed);
    }

    /// Keeps the connection while an agent is asked.
    pub fn keep(&self) -> Asking<'_> {
        self.asking.store(true, Ordering::Relaxed);
        Asking(self)
    }

    /// Ends when the connection is to end.
    pub async fn evicted(&self) {
        self.evicted.notified().await;
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.asking.store(false, Ordering::Relaxed);
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let open = &self.0.connections.open;
        let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
        open.forget(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn config(text: &str) -> Config {
        toml::from_str(text).unwrap()
    }

    fn is_evicted(connection: &Counted) -> bool {
        connection.0.evicted().now_or_never().is_some()
    }

    #[test]
    fn a_network_at_its_cap_loses_its_own_oldest_connection() {
        let config = config("[limits]\nconnections = 100\nconnections_per_network = 3");
        let connections = Connections::new();
        let open = |peer: &str| connections.open(&config, peer.parse().unwrap(), 0).unwrap();
        let other = open("2001:db8:0:1::1");
        let mine: Vec<_> = (1..=3)
            .map(|host| open(&format!("2001:db8::{host}")))
            .collect();
        mine[0].0.note_request();
        let _fourth = open("2001:db8::4");
        let evicted: Vec<_> = mine.iter().map(is_evicted).collect();
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
