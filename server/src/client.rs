//! The client's network as the agent may know it: a keyed hash, never an address.

use crate::config::Config;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_lc_rs::rand::SystemRandom;
use axum::http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

/// Hashes networks under a key that lives as long as the process.
pub struct Networks(hmac::Key);

impl Networks {
    pub fn new() -> Result<Self, Unspecified> {
        hmac::Key::generate(HMAC_SHA256, &SystemRandom::new()).map(Self)
    }

    /// The keyed hash of a client's network: /24 of IPv4, /64 of IPv6.
    pub fn hash(&self, address: IpAddr) -> [u8; 16] {
        let network = match address.to_canonical() {
            IpAddr::V4(address) => address.octets()[..3].to_vec(),
            IpAddr::V6(address) => address.octets()[..8].to_vec(),
        };
        let tag = hmac::sign(&self.0, &network);
        let mut hash = [0; 16];
        hash.copy_from_slice(&tag.as_ref()[..16]);
        hash
    }
}

impl std::fmt::Debug for Networks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Networks")
    }
}

/// Whose request it is: the peer, or what the proxy on this host says of it.
pub fn address(config: &Config, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let forwarded = headers
        .get("x-forwarded-for")
        .filter(|_| config.behind_proxy)
        .and_then(|value| value.to_str().ok())
        // The last entry is the one that our own proxy wrote.
        .and_then(|value| value.rsplit(',').next()?.trim().parse().ok());
    forwarded.unwrap_or_else(|| peer.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_hash_and_strangers_do_not() {
        let networks = Networks::new().unwrap();
        let hash = |text: &str| networks.hash(text.parse().unwrap());
        assert_eq!(hash("192.0.2.1"), hash("192.0.2.200"));
        assert_eq!(hash("192.0.2.1"), hash("::ffff:192.0.2.9"));
        assert_ne!(hash("192.0.2.1"), hash("192.0.3.1"));
        assert_eq!(hash("2001:db8::1"), hash("2001:db8::2"));
        assert_ne!(hash("2001:db8::1"), hash("2001:db8:0:1::1"));
    }
}
