//! Masked contact data: enough to recognize one's own, nothing more.

use url::Host;

/// The placeholder for everything left out. Always the same, so that it reveals no length.
const DOTS: &str = "••";

/// The maximum length of the last label of a domain that is shown.
const MAX_LABEL_BYTES: usize = 12;

/// The maximum length in bytes of a domain that is shown in full, so that the addresses of an
/// account do not make a larger reply.
pub const MAX_OWN_DOMAIN_BYTES: usize = 32;

/// A mail domain of the organisation's own, which masked addresses show in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnDomain {
    /// The domain as it is shown.
    shown: String,
    /// The domain in the form of the DNS, in which domains are compared.
    ascii: String,
}

impl OwnDomain {
    /// Returns the domain of a name; `None` if that is not a host name with a dot, or longer than
    /// [`MAX_OWN_DOMAIN_BYTES`].
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let shown = name.to_lowercase();
        let ascii = to_ascii(&shown)?;
        let is_label = |label: &str| {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            !label.is_empty() && label.bytes().all(allowed)
        };
        let is_name = ascii.contains('.') && ascii.split('.').all(is_label);
        (is_name && shown.len() <= MAX_OWN_DOMAIN_BYTES).then_some(Self { shown, ascii })
    }
}

/// Masks a mail address: `alice@contoso.example` becomes `a••@contoso.example` where that is a
/// domain of the organisation's own, else `a••@c••.example`.
pub(crate) fn mail_address(address: &str, own_domains: &[OwnDomain]) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let mut masked = [&first_letter(local), DOTS, "@"].concat();
    let ascii = to_ascii(domain);
    if let Some(own) = own_domains
        .iter()
        .find(|own| ascii.as_ref() == Some(&own.ascii))
    {
        masked.push_str(&own.shown);
        return masked;
    }
    let (name, last) = domain.rsplit_once('.').unwrap_or((domain, ""));
    masked.push_str(&first_letter(name));
    masked.push_str(DOTS);
    if (1..=MAX_LABEL_BYTES).contains(&last.len()) {
        masked.push('.');
        masked.push_str(last);
    }
    masked
}

/// Returns a domain in the form of the DNS (RFC 5891): in lower case, every other letter encoded.
fn to_ascii(domain: &str) -> Option<String> {
    // In a URL a host may be encoded by percent signs, in an address it may not.
    match Host::parse(domain) {
        Ok(Host::Domain(ascii)) if !domain.contains('%') => Some(ascii),
        _ => None,
    }
}

/// Masks a phone number: `+420601000012` becomes `••• ••• •12`, with no-break spaces. The
/// country is not shown either.
pub(crate) fn phone_number(number: &str) -> String {
    let digits: Vec<_> = number.chars().filter(char::is_ascii_digit).collect();
    let last: String = digits.iter().skip(digits.len().saturating_sub(2)).collect();
    ["•••\u{a0}•••\u{a0}•", &last].concat()
}

fn first_letter(text: &str) -> String {
    text.chars().take(1).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_first_letters_and_last_label_only() {
        for (address, masked) in [
            ("alice@contoso.example", "a••@c••.example"),
            ("a@c.example", "a••@c••.example"),
            ("Alice.Very.Long@mail.contoso.example", "a••@m••.example"),
            ("šárka@example.cz", "š••@e••.cz"),
            ("root@localhost", "r••@l••"),
            ("no address", "n••@••"),
            ("", "••@••"),
            ("\"a@b\"@c.example", "\"••@c••.example"),
        ] {
            assert_eq!(mail_address(address, &[]), masked);
            let other = OwnDomain::new("fabrikam.example").unwrap();
            assert_eq!(mail_address(address, &[other]), masked);
        }
    }

    #[test]
    fn shows_the_organisations_own_domains_in_full() {
        let own = ["Contoso.example", "dílna.example"].map(|name| OwnDomain::new(name).unwrap());
        for (address, masked) in [
            ("alice@contoso.example", "a••@contoso.example"),
            ("Bob@CONTOSO.Example", "b••@contoso.example"),
            ("a@b@contoso.example", "a••@contoso.example"),
            ("eva@dílna.example", "e••@dílna.example"),
            ("eva@DÍLNA.example", "e••@dílna.example"),
            ("eva@xn--dlna-vpa.example", "e••@dílna.example"),
            ("alice@mail.contoso.example", "a••@m••.example"),
            ("alice@notcontoso.example", "a••@n••.example"),
            ("alice@contoso.example.net", "a••@c••.net"),
            ("alice@contoso%2eexample", "a••@c••"),
            ("contoso.example", "c••@••"),
            ("", "••@••"),
        ] {
            assert_eq!(mail_address(address, &own), masked);
        }
    }

    #[test]
    fn an_own_domain_is_a_host_name_of_a_length() {
        let longest = format!("{}.example", "x".repeat(24));
        for name in ["contoso.example", "a-1.b.cz", "DÍLNA.example", &longest] {
            assert!(OwnDomain::new(name).is_some(), "{name}");
        }
        let too_long = format!("{}.example", "x".repeat(25));
        for name in [
            "",
            "contoso",
            ".example",
            "contoso.",
            "contoso.example.",
            "contoso..example",
            "@contoso.example",
            "alice@contoso.example",
            "*.contoso.example",
            "contoso.example/",
            "contoso.example:25",
            "con toso.example",
            "contoso%2eexample",
            "con_toso.example",
            "192.0.2.1",
            "[2001:db8::1]",
            &too_long,
        ] {
            assert_eq!(OwnDomain::new(name), None, "{name:?}");
        }
    }

    #[test]
    fn shows_the_last_two_digits_only() {
        for (number, masked) in [
            ("+420601000012", "•••\u{a0}•••\u{a0}•12"),
            ("07", "•••\u{a0}•••\u{a0}•07"),
            ("7", "•••\u{a0}•••\u{a0}•7"),
            ("", "•••\u{a0}•••\u{a0}•"),
        ] {
            assert_eq!(phone_number(number), masked);
        }
    }
}
