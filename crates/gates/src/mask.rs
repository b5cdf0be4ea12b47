//! Masked contact data: enough to recognize one's own, nothing more.

/// The placeholder for everything left out. Always the same, so that it reveals no length.
const DOTS: &str = "••";

/// The maximum length of the last label of a domain that is shown.
const MAX_LABEL_BYTES: usize = 12;

/// Masks a mail address: `alice@contoso.example` becomes `a••@c••.example`.
pub(crate) fn mail_address(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let (name, last) = domain.rsplit_once('.').unwrap_or((domain, ""));
    let mut masked = format!("{}{DOTS}@{}{DOTS}", first_letter(local), first_letter(name));
    if (1..=MAX_LABEL_BYTES).contains(&last.len()) {
        masked.push('.');
        masked.push_str(last);
    }
    masked
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
            assert_eq!(mail_address(address), masked);
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
