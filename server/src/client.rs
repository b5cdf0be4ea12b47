//! The client's address and its networks, which agents receive only as keyed hashes.

use crate::config::Config;
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use axum::http::{HeaderMap, HeaderValue};
use postern_envelope::Secret;
use postern_envelope::package::random;
use postern_host::files::{self, Readers};
use postern_relay::NetworkHash;
use std::fs;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The length of the cluster secret, in bytes.
const KEY_BYTES: usize = 32;

/// The reason for which the cluster secret cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {cause}")]
pub struct ClusterSecretError {
    file: PathBuf,
    cause: String,
}

/// Hashes networks with the secret that the portals share, so that an agent recognises a network
/// through every portal, and after a restart.
pub struct NetworkHasher(hmac::Key);

impl NetworkHasher {
    /// Reads the secret, or creates one if the file does not exist.
    ///
    /// # Errors
    /// [`ClusterSecretError`] names the file.
    pub fn load(file: &Path) -> Result<Self, ClusterSecretError> {
        let error = |cause: String| ClusterSecretError {
            file: file.to_owned(),
            cause,
        };
        match fs::metadata(file) {
            Err(missing) if missing.kind() == ErrorKind::NotFound => {
                let key = random(KEY_BYTES).map_err(|cause| error(cause.to_string()))?;
                match files::create(file, key.expose(), Readers::Owner) {
                    // Another portal created it meanwhile.
                    Err(there) if there.kind() == ErrorKind::AlreadyExists => {}
                    created => {
                        created.map_err(|cause| error(format!("cannot be created: {cause}")))?;
                    }
                }
            }
            Err(cause) => return Err(error(cause.to_string())),
            Ok(metadata) if metadata.permissions().mode() & 0o077 != 0 => {
                let found = metadata.permissions().mode() & 0o7777;
                return Err(error(format!(
                    "expected mode 0600, found {found:04o}: others than its owner may read it; \
                     run chmod 600, or remove it to have a new one created"
                )));
            }
            Ok(_) => {}
        }
        let key = fs::read(file).map_err(|cause| error(cause.to_string()))?;
        let key = Secret::new(key);
        if key.expose().len() != KEY_BYTES {
            let found = key.expose().len();
            return Err(error(format!("expected {KEY_BYTES} bytes, found {found}")));
        }
        Ok(Self(hmac::Key::new(HMAC_SHA256, key.expose())))
    }

    /// Returns the keyed hashes of a client's networks, the narrowest first: the IPv4 address, or
    /// the /64, /56 and /48 of IPv6.
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

impl std::fmt::Debug for NetworkHasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NetworkHasher")
    }
}

/// A network whose messages are counted: its family, its length in bytes, and that many bytes.
pub type Network = [u8; 10];

/// Returns the networks of a client, the narrowest first: the IPv4 address, or the /64, /56 and /48
/// of IPv6. A household or an office has or shares the first. A client that holds a wider one can
/// use any number of the first, and so is counted by the wider ones too.
pub fn networks(address: IpAddr) -> Vec<Network> {
    let network = |family, bytes: &[u8]| {
        let mut network = [0; 10];
        network[0] = family;
        network[1] = u8::try_from(bytes.len()).unwrap_or_default();
        network[2..2 + bytes.len()].copy_from_slice(bytes);
        network
    };
    match address.to_canonical() {
        IpAddr::V4(address) => vec![network(4, &address.octets())],
        IpAddr::V6(address) => [8, 7, 6]
            .map(|length| network(6, &address.octets()[..length]))
            .to_vec(),
    }
}

/// Returns the address of the client: the peer, or the client that a trusted proxy reports. Proxies
/// append to `X-Forwarded-For`, so the last entry that is not a trusted proxy is the peer of the
/// outermost one; the entries before it may be forged by the client.
pub fn address(config: &Config, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let mut client = peer.ip();
    let lines = headers.get_all("x-forwarded-for").iter();
    // As bytes: an entry that is not text counts too, and nothing before it is trusted.
    let lines: Vec<_> = lines.map(HeaderValue::as_bytes).collect();
    let entries = lines.iter().rev();
    for entry in entries.flat_map(|line| line.rsplit(|byte| *byte == b',')) {
        if !config.is_trusted_proxy(client) {
            break;
        }
        match parse_entry(entry) {
            Some(address) => client = address,
            None => break,
        }
    }
    client
}

/// Parses an address as proxies write it: some add the port, some use brackets.
fn parse_entry(entry: &[u8]) -> Option<IpAddr> {
    let text = str::from_utf8(entry).ok()?.trim();
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(with_port).or_else(in_brackets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv4_address_has_one_hash_and_an_ipv6_address_three() {
        let folder = tempfile::tempdir().unwrap();
        let hasher = NetworkHasher::load(&folder.path().join("secret")).unwrap();
        let hashes = |text: &str| hasher.hashes(text.parse().unwrap());
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
    fn a_client_is_counted_by_its_ipv4_address_or_three_networks_of_ipv6() {
        let of = |text: &str| networks(text.parse().unwrap());
        assert_eq!(of("192.0.2.1").len(), 1);
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("192.0.2.1"), of("::ffff:192.0.2.1"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::2"));
        assert_ne!(of("2001:db8::1")[0], of("2001:db8:0:1::1")[0]);
        assert_eq!(of("2001:db8::1")[1..], of("2001:db8:0:1::1")[1..]);
        assert_eq!(of("2001:db8::1")[2..], of("2001:db8:0:100::1")[2..]);
        let every: Vec<_> = ["4.0.0.0", "400::", "::"]
            .into_iter()
            .flat_map(of)
            .collect();
        let distinct: std::collections::HashSet<_> = every.iter().collect();
        assert_eq!(distinct.len(), every.len());
    }

    #[test]
    fn the_cluster_secret_is_made_once_is_private_and_gives_the_same_hashes_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cluster.secret");
        let address = "192.0.2.1".parse().unwrap();
        let hashes = || NetworkHasher::load(&file).unwrap().hashes(address);
        assert_eq!(hashes(), hashes());
        assert_eq!(fs::read(&file).unwrap().len(), 32);
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        let other = NetworkHasher::load(&folder.path().join("other")).unwrap();
        assert_ne!(hashes(), other.hashes(address));
    }

    #[test]
    fn a_cluster_secret_that_is_short_or_open_is_refused_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        for (name, length, mode, expected) in [
            ("short", 31, 0o600, "32 bytes"),
            ("open", 32, 0o640, "chmod 600"),
        ] {
            let file = folder.path().join(name);
            fs::write(&file, vec![7; length]).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            let error = NetworkHasher::load(&file).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains(expected), "{error}");
            assert_eq!(fs::read(&file).unwrap().len(), length);
        }
        let error = NetworkHasher::load(&folder.path().join("no/folder")).unwrap_err();
        assert!(error.to_string().contains("cannot be created"), "{error}");
    }

    #[test]
    fn the_last_entry_that_is_no_trusted_proxy_is_the_client() {
        let client_address = |text: &str, peer: &str, lines: &[&str]| {
            let config: Config = toml::from_str(text).unwrap();
            let mut headers = HeaderMap::new();
            for line in lines {
                // As ISO 8859-1, so that some bytes are not UTF-8.
                let bytes: Vec<_> = line.chars().map(|each| each as u8).collect();
                let value = HeaderValue::from_bytes(&bytes).unwrap();
                headers.append("x-forwarded-for", value);
            }
            address(&config, peer.parse().unwrap(), &headers).to_string()
        };
        let here = |behind_proxy: bool, lines: &[&str]| {
            client_address(
                &format!("behind_proxy = {behind_proxy}"),
                "127.0.0.1:9",
                lines,
            )
        };
        assert_eq!(here(false, &["192.0.2.1"]), "127.0.0.1");
        assert_eq!(here(true, &[]), "127.0.0.1");
        assert_eq!(here(true, &["192.0.2.1"]), "192.0.2.1");
        assert_eq!(here(true, &["10.0.0.1, 192.0.2.1"]), "192.0.2.1");
        assert_eq!(here(true, &["10.0.0.1", "192.0.2.1"]), "192.0.2.1");
        assert_eq!(here(true, &["192.0.2.1:4711"]), "192.0.2.1");
        assert_eq!(here(true, &["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(here(true, &["[2001:db8::1]"]), "2001:db8::1");
        assert_eq!(here(true, &["192.0.2.1, unknown"]), "127.0.0.1");
        assert_eq!(here(true, &["ÿ, 192.0.2.1"]), "192.0.2.1");
        assert_eq!(here(true, &["10.0.0.1", "ÿ, 192.0.2.1"]), "192.0.2.1");
        assert_eq!(here(true, &["192.0.2.1", "ÿ"]), "127.0.0.1");
        let list = "behind_proxy = true\ntrusted_proxies = [\"10.0.0.5\", \"10.1.0.0/16\"]";
        let listed = |peer: &str, lines: &[&str]| client_address(list, peer, lines);
        assert_eq!(listed("10.0.0.5:9", &["192.0.2.1"]), "192.0.2.1");
        assert_eq!(
            listed("10.0.0.5:9", &["192.0.2.9, 192.0.2.1, 10.1.2.3"]),
            "192.0.2.1"
        );
        assert_eq!(listed("[::ffff:10.1.2.3]:9", &["192.0.2.1"]), "192.0.2.1");
        assert_eq!(
            listed("10.0.0.6:9", &["192.0.2.1"]),
            "10.0.0.6",
            "a stranger"
        );
        assert_eq!(
            listed("10.0.0.5:9", &["10.1.0.1"]),
            "10.1.0.1",
            "the proxy itself"
        );
        assert_eq!(here(true, &["10.0.0.5"]), "10.0.0.5", "not listed");
    }
}
