//! The client's network as the agent may know it: a keyed hash, never an address.

use crate::config::Config;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_lc_rs::rand::SystemRandom;
use axum::http::HeaderMap;
use postern_relay::NetworkHash;
use std::net::{IpAddr, SocketAddr};

/// Hashes networks under a key that lives as long as the process.
pub struct Networks(hmac::Key);

impl Networks {
    pub fn new() -> Result<Self, Unspecified> {
        hmac::Key::generate(HMAC_SHA256, &SystemRandom::new()).map(Self)
    }

    /// The keyed hashes of a client's networks, the narrowest first: the address of IPv4; /64, /56
    /// and /48 of IPv6.
    pub fn hashes(&self, address: IpAddr) -> Vec<NetworkHash> {
        match address.to_canonical() {
            IpAddr::V4(address) => vec![self.hash(&address.octets())],
            IpAddr::V6(address) => [8, 7, 6]
                .map(|length| self.hash(&address.octets()[..length]))
                .to_vec(),
        }
    }

    fn hash(&self, network: &[u8]) -> NetworkHash {
        let tag = hmac::sign(&self.0, network);
        let mut hash = [0; 16];
        hash.copy_from_slice(&tag.as_ref()[..16]);
        hash.into()
    }
}

impl std::fmt::Debug for Networks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Networks")
    }
}

/// The network that is held to what it sends: one IPv4 address, one /64 of IPv6. A household or
/// an office shares the one or has the other for itself; in a wider network strangers would
/// answer for each other, and of a narrower one a single device has as many as it likes.
pub fn network(address: IpAddr) -> [u8; 9] {
    let mut network = [0; 9];
    match address.to_canonical() {
        IpAddr::V4(address) => {
            network[0] = 4;
            network[1..5].copy_from_slice(&address.octets());
        }
        IpAddr::V6(address) => {
            network[0] = 6;
            network[1..].copy_from_slice(&address.octets()[..8]);
        }
    }
    network
}

/// Whose request it is: the peer, or what the proxy on this host says of it.
pub fn address(config: &Config, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    // The last entry of the last line is the one that our own proxy wrote.
    let last = headers.get_all("x-forwarded-for").iter().next_back();
    let forwarded = last
        .filter(|_| config.behind_proxy)
        .and_then(|value| value.to_str().ok()?.rsplit(',').next())
        .and_then(|value| ip(value.trim()));
    forwarded.unwrap_or_else(|| peer.ip())
}

/// An address as proxies write it: some with its port.
fn ip(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    text.parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv4_address_has_one_hash_and_an_ipv6_address_three() {
        let networks = Networks::new().unwrap();
        let hashes = |text: &str| networks.hashes(text.parse().unwrap());
        let shared = |one: &str, other: &str| {
            let (one, other) = (hashes(one), hashes(other));
            one.iter().filter(|hash| other.contains(hash)).count()
        };
        assert_eq!(hashes("192.0.2.1"), hashes("::ffff:192.0.2.1"));
        assert_eq!(shared("192.0.2.1", "192.0.2.2"), 0);
        assert_eq!(hashes("2001:db8::1"), hashes("2001:db8::2"));
        assert_eq!(shared("2001:db8::1", "2001:db8:0:1::1"), 2);
        assert_eq!(shared("2001:db8::1", "2001:db8:0:100::1"), 1);
        assert_eq!(shared("2001:db8::1", "2001:db8:1::1"), 0);
    }

    #[test]
    fn a_network_is_an_ipv4_address_or_an_ipv6_64() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("192.0.2.1"), of("::ffff:192.0.2.1"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_ne!(of("4.0.0.0"), of("400::"));
    }

    #[test]
    fn the_proxy_is_believed_only_where_there_is_one_and_only_in_its_own_entry() {
        let told = |behind_proxy: bool, lines: &[&str]| {
            let text = format!("behind_proxy = {behind_proxy}");
            let config: Config = toml::from_str(&text).unwrap();
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            let peer = "127.0.0.1:9".parse().unwrap();
            address(&config, peer, &headers).to_string()
        };
        assert_eq!(told(false, &["192.0.2.1"]), "127.0.0.1");
        assert_eq!(told(true, &[]), "127.0.0.1");
        assert_eq!(told(true, &["192.0.2.1"]), "192.0.2.1");
        assert_eq!(told(true, &["10.0.0.1, 192.0.2.1"]), "192.0.2.1");
        assert_eq!(told(true, &["10.0.0.1", "192.0.2.1"]), "192.0.2.1");
        assert_eq!(told(true, &["192.0.2.1:4711"]), "192.0.2.1");
        assert_eq!(told(true, &["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(told(true, &["192.0.2.1, unknown"]), "127.0.0.1");
    }
}
