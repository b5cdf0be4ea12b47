//! `trusted_proxies` of the portal's configuration: the proxies whose `X-Forwarded-For` is trusted.

use ipnet::IpNet;
use serde::Deserialize;
use std::net::IpAddr;

/// Addresses and networks of reverse proxies.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Reports whether the list is empty.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reports whether an address is that of a trusted proxy.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl TryFrom<Vec<String>> for TrustedProxies {
    type Error = String;

    fn try_from(texts: Vec<String>) -> Result<Self, String> {
        let parse = |text: &String| {
            let address = || text.parse::<IpAddr>().ok().map(IpNet::from);
            text.parse().ok().or_else(address).ok_or_else(|| {
                format!(
                    "expected an address, as 10.0.0.5, or a network, as 10.1.0.0/16, found {text:?}"
                )
            })
        };
        texts.iter().map(parse).collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_networks_are_named_and_anything_else_is_refused() {
        let parse = |texts: &[&str]| {
            let texts = texts.iter().map(|text| (*text).to_owned());
            TrustedProxies::try_from(texts.collect::<Vec<_>>())
        };
        let proxies = parse(&["10.0.0.5", "10.1.0.0/16", "2001:db8::/32"]).unwrap();
        for (address, trusted) in [
            ("10.0.0.5", true),
            ("10.0.0.6", false),
            ("10.1.255.1", true),
            ("::ffff:10.1.0.1", true),
            ("2001:db8:1::1", true),
            ("2001:db9::1", false),
            ("127.0.0.1", false),
        ] {
            assert_eq!(
                proxies.contains(address.parse().unwrap()),
                trusted,
                "{address}"
            );
        }
        for wrong in ["proxy.example", "10.0.0", "10.0.0.0/33", "10.0.0.5:80"] {
            let error = parse(&[wrong]).unwrap_err();
            assert!(
                error.contains(wrong) && error.contains("10.1.0.0/16"),
                "{error}"
            );
        }
    }
}
