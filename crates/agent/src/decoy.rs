//! Decoys: what a `decoy` tenant shows for a name behind which there is nothing to reset.
//!
//! Everything of a decoy comes from a keyed hash of the name, so that it is the same at every try.

use crate::{StoreKey, mask};
use postern_protocol::GateKind;

/// What a decoy looks like.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoy {
    /// Its masked mail address.
    pub hint: String,
    /// Its masked phone number.
    pub number: String,
    /// Whether it shows an authenticator, a phone, recovery codes and a passkey, where that is left
    /// to the account.
    pub authenticator: bool,
    pub phone: bool,
    pub recovery: bool,
    pub passkey: bool,
}

impl Decoy {
    /// Which of the tenant's kinds of gates it shows: at least as many as are needed, and those that
    /// everybody needs.
    pub(crate) fn kinds(
        &self,
        allowed: &[GateKind],
        needed: usize,
        always: &[GateKind],
    ) -> Vec<GateKind> {
        let shown = |kind: &GateKind| match kind {
            kind if always.contains(kind) => true,
            GateKind::Mail => true,
            GateKind::Authenticator => self.authenticator,
            GateKind::Sms | GateKind::Voice => self.phone,
            GateKind::RecoveryCode => self.recovery,
            GateKind::Passkey => self.passkey,
            // Nobody has one unless the helpdesk was asked for it just now.
            GateKind::HelpdeskPass => false,
            // Opens a change alone, which asks for nothing else.
            GateKind::Password => false,
        };
        let missing = needed.saturating_sub(allowed.iter().filter(|kind| shown(kind)).count());
        let mut others: Vec<_> = allowed.iter().filter(|kind| !shown(kind)).collect();
        others.sort_by_key(|kind| **kind == GateKind::HelpdeskPass);
        let more = &others[..missing.min(others.len())];
        let kinds = allowed.iter();
        let kinds = kinds.filter(|kind| shown(kind) || more.contains(kind));
        kinds.copied().collect()
    }

    /// What is shown of the place that a kind of gate sends to.
    pub(crate) fn hint(&self, kind: GateKind) -> Option<String> {
        match kind {
            GateKind::Mail => Some(self.hint.clone()),
            GateKind::Sms | GateKind::Voice => Some(self.number.clone()),
            _ => None,
        }
    }
}

/// The decoy of a name, in a tenant whose people have addresses at `domain`.
pub(crate) fn of(key: &StoreKey, name: &str, domain: &str) -> Decoy {
    let bare = bare(name);
    let hash = key.hash("decoy", &[bare.as_bytes()]);
    // Most addresses begin as the name does, some do not: so with decoys.
    let letter = match bare.chars().next() {
        Some(first) if first.is_alphabetic() && !hash[0].is_multiple_of(8) => first,
        _ => char::from(b'a' + hash[1] % 26),
    };
    Decoy {
        hint: mask::mail_address(&format!("{letter}@{domain}")),
        number: mask::phone_number(&format!("{:02}", hash[3] % 100)),
        authenticator: hash[2].is_multiple_of(2),
        phone: !hash[4].is_multiple_of(4),
        recovery: hash[5].is_multiple_of(4),
        passkey: hash[6].is_multiple_of(4),
    }
}

/// Whose tries a decoy spends.
pub(crate) fn subject(key: &StoreKey, name: &str) -> [u8; 16] {
    let mut subject = [0; 16];
    subject.copy_from_slice(&key.hash("decoy tries", &[bare(name).as_bytes()])[..16]);
    subject
}

/// A login name without its domain, lower case: `CORP\Alice` and `alice@corp.example` are one.
fn bare(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let name = name
        .rsplit_once('\\')
        .map_or(name.as_str(), |(_, name)| name);
    name.split_once('@')
        .map_or(name, |(name, _)| name)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_envelope::Secret;

    fn key(byte: u8) -> StoreKey {
        StoreKey::new(Secret::new(vec![byte; 32])).unwrap()
    }

    #[test]
    fn a_decoy_is_the_same_for_every_way_to_write_a_name() {
        let seen = of(&key(1), "zed", "contoso.example");
        for name in ["Zed", " zed ", "CORP\\zed", "zed@corp.example"] {
            assert_eq!(of(&key(1), name, "contoso.example"), seen);
            assert_eq!(subject(&key(1), name), subject(&key(1), "zed"));
        }
        assert_ne!(subject(&key(1), "zed"), subject(&key(1), "zoe"));
        assert_ne!(subject(&key(1), "zed"), subject(&key(2), "zed"));
    }

    #[test]
    fn decoys_look_like_addresses_and_differ() {
        let names: Vec<_> = (0..200).map(|number| format!("user{number}")).collect();
        let decoys: Vec<_> = names
            .iter()
            .map(|name| of(&key(1), name, "contoso.example"))
            .collect();
        assert!(
            decoys
                .iter()
                .all(|decoy| decoy.hint.ends_with("••@c••.example"))
        );
        let usual = decoys
            .iter()
            .filter(|decoy| decoy.hint.starts_with('u'))
            .count();
        assert!((150..200).contains(&usual), "{usual}");
        let with = decoys.iter().filter(|decoy| decoy.authenticator).count();
        assert!((70..130).contains(&with), "{with}");
        let with = decoys.iter().filter(|decoy| decoy.phone).count();
        assert!((120..180).contains(&with), "{with}");
        let with = decoys.iter().filter(|decoy| decoy.passkey).count();
        assert!((30..70).contains(&with), "{with}");
    }

    #[test]
    fn a_decoy_shows_the_kinds_that_everybody_needs() {
        let allowed = [GateKind::Mail, GateKind::Authenticator, GateKind::Passkey];
        for name in 0..40 {
            let decoy = of(&key(1), &name.to_string(), "contoso.example");
            let shown = decoy.kinds(&allowed, 1, &[GateKind::Passkey]);
            assert!(shown.contains(&GateKind::Passkey));
        }
    }

    #[test]
    fn a_decoy_shows_as_many_kinds_as_are_needed() {
        let [mail, sms, voice, recovery, pass] = [
            GateKind::Mail,
            GateKind::Sms,
            GateKind::Voice,
            GateKind::RecoveryCode,
            GateKind::HelpdeskPass,
        ];
        let passkey = GateKind::Passkey;
        let decoy = |phone, recovery| Decoy {
            hint: String::new(),
            number: String::new(),
            authenticator: false,
            phone,
            recovery,
            passkey: false,
        };
        for (decoy, allowed, needed, shown) in [
            (decoy(false, false), vec![mail, sms], 1, vec![mail]),
            (decoy(false, false), vec![sms, mail], 2, vec![sms, mail]),
            (
                decoy(true, false),
                vec![sms, voice, mail],
                1,
                vec![sms, voice, mail],
            ),
            (
                decoy(false, true),
                vec![pass, recovery, mail],
                2,
                vec![recovery, mail],
            ),
            (decoy(false, false), vec![mail, pass], 2, vec![mail, pass]),
            (decoy(false, false), vec![pass, recovery], 1, vec![recovery]),
            (decoy(false, false), vec![mail, passkey], 1, vec![mail]),
            (
                decoy(false, false),
                vec![passkey, pass, mail],
                2,
                vec![passkey, mail],
            ),
        ] {
            assert_eq!(decoy.kinds(&allowed, needed, &[]), shown);
        }
    }
}
