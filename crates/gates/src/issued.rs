//! Codes that are issued in advance: the sets of recovery codes that people keep, and the passes
//! that a helpdesk hands out. The store holds their keyed hashes, and records used codes in the
//! transaction that lets the person pass.

use super::{Verdict, constant_time_eq};
use crate::{NoRandom, Random, Store, StoreKey};
use core::fmt;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_store::store::{SPENT, StoreError, Tables};
use postern_store::system;

/// The number of recovery codes in a set.
const CODES_PER_SET: u8 = 10;

/// The number of characters of a recovery code: 80 bits, where NIST SP 800-63B-4 asks for 64.
const RECOVERY_LENGTH: usize = 16;

/// The number of characters of a pass: 50 bits, for minutes, with few tries.
const PASS_LENGTH: usize = 10;

/// Crockford's base 32: no letter that is mistaken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One issue of codes, as stored: without the codes.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Issued {
    /// The random id of the issue, under which used codes are recorded.
    #[n(0)]
    id: ByteArray<16>,
    #[n(1)]
    hashes: Vec<ByteArray<32>>,
    /// The time at which the codes expire, if they do, in seconds since the Unix epoch.
    #[n(2)]
    pub(crate) expires: Option<u64>,
    /// The note made at the issue, which is logged again when a code is used.
    #[n(3)]
    pub(crate) note: Option<Note>,
}

/// A note about an issue.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Note {
    /// The support code by which the issue is found in the logs.
    #[n(0)]
    pub support_code: String,
    /// The name of the person who issued it.
    #[n(1)]
    pub issued_by: String,
}

impl Issued {
    /// Makes codes. Returns the issue to store, and the codes as they are shown once.
    ///
    /// # Errors
    /// The random source failed.
    pub(crate) fn make(
        key: &StoreKey,
        random: &Random,
        kind: GateKind,
        anchor: Anchor,
    ) -> Result<(Self, Vec<Secret>), NoRandom> {
        let count = match kind {
            GateKind::HelpdeskPass => 1,
            _ => CODES_PER_SET,
        };
        Self::make_many(key, random, kind, anchor, count)
    }

    /// Makes `count` codes, as [`Self::make`] does.
    pub(crate) fn make_many(
        key: &StoreKey,
        random: &Random,
        kind: GateKind,
        anchor: Anchor,
        count: u8,
    ) -> Result<(Self, Vec<Secret>), NoRandom> {
        let id = system::bytes(random)?;
        let mut hashes = Vec::new();
        let mut shown = Vec::new();
        for _ in 0..count {
            let code = IssuedCode::random(random, length(kind))?;
            hashes.push(code.hash(key, kind, anchor, &id).into());
            shown.push(code.grouped());
        }
        let issued = Self {
            id: id.into(),
            hashes,
            expires: None,
            note: None,
        };
        Ok((issued, shown))
    }

    /// Returns the random id of the issue.
    pub(crate) fn id(&self) -> &[u8] {
        &*self.id
    }

    /// Returns the indexes of the unused codes; none once the issue has expired.
    pub(crate) fn unused(&self, spent: &SpentCodes, now: u64) -> Vec<usize> {
        if self.expires.is_some_and(|expires| expires <= now) {
            return Vec::new();
        }
        let used = spent.used_places(self);
        let all = 0..self.hashes.len();
        all.filter(|place| !used.contains(place)).collect()
    }
}

impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Issued({} codes)", self.hashes.len())
    }
}

/// The used codes of the last issue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct SpentCodes {
    #[n(0)]
    id: Option<ByteArray<16>>,
    #[n(1)]
    places: Vec<u8>,
}

impl SpentCodes {
    /// Reads the used codes of an account.
    pub(crate) fn read(tables: &Tables, name: &[u8; 32]) -> Result<Self, StoreError> {
        Ok(tables.get(SPENT, name)?.unwrap_or_default())
    }

    /// Reads the used codes outside a transaction, where none is used up.
    pub(crate) async fn load(store: &Store, name: &[u8; 32]) -> Result<Self, StoreError> {
        let bytes = store.read(SPENT, name.to_vec()).await?;
        let spent = bytes.map(|bytes| minicbor::decode(&bytes)).transpose();
        Ok(spent.map_err(StoreError::new)?.unwrap_or_default())
    }

    /// Writes the used codes. Those of earlier issues, which are no longer valid, are overwritten.
    pub(crate) fn write(&self, tables: &Tables, name: &[u8; 32]) -> Result<(), StoreError> {
        tables.put(SPENT, name, self)
    }

    /// Returns the used codes with one more.
    fn with(&self, issued: &Issued, place: usize) -> Self {
        let used = self.used_places(issued).into_iter().chain([place]);
        Self {
            id: Some(issued.id),
            places: used.filter_map(|place| u8::try_from(place).ok()).collect(),
        }
    }

    fn used_places(&self, issued: &Issued) -> Vec<usize> {
        let same = self.id == Some(issued.id);
        let places = self.places.iter().filter(|_| same);
        places.map(|place| usize::from(*place)).collect()
    }
}

/// Returns the key of an account's used codes in the `spent` table.
pub(crate) fn spent_name(key: &StoreKey, kind: GateKind, anchor: Anchor) -> [u8; 32] {
    key.hash("spent", &[kind.name().as_bytes(), &anchor.0])
}

/// Checks an answer. A right one is returned with the codes that are used from now on.
pub(crate) fn check(
    key: &StoreKey,
    kind: GateKind,
    anchor: Anchor,
    issued: &Issued,
    answer: &IssuedCode,
    spent: &SpentCodes,
    now: u64,
) -> (Verdict, Option<SpentCodes>) {
    let hash = answer.hash(key, kind, anchor, &issued.id);
    let mut found = None;
    // All codes are compared, whichever is right.
    for (place, kept) in issued.hashes.iter().enumerate() {
        if constant_time_eq(&hash, &**kept) {
            found = Some(place);
        }
    }
    match found {
        _ if issued.expires.is_some_and(|expires| expires <= now) => (Verdict::Expired, None),
        None => (Verdict::Wrong, None),
        Some(place) if spent.used_places(issued).contains(&place) => (Verdict::Used, None),
        Some(place) => (Verdict::Right, Some(spent.with(issued, place))),
    }
}

/// An issued code in the form in which it is compared: capital letters and digits, no separators.
pub(crate) struct IssuedCode(Secret);

impl IssuedCode {
    /// Parses typed text, however it is spaced; `None` if it is no code of this kind.
    pub(crate) fn parse(kind: GateKind, typed: &Secret) -> Option<Self> {
        let mut code = Vec::with_capacity(RECOVERY_LENGTH);
        for character in typed.expose_str()?.chars() {
            let character = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                // The hyphen, and the dashes that word processors replace it with.
                '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => continue,
                other if other.is_whitespace() => continue,
                other => other,
            };
            let byte = u8::try_from(character).ok()?;
            if !ALPHABET.contains(&byte) || code.len() == length(kind) {
                return None;
            }
            code.push(byte);
        }
        (code.len() == length(kind)).then(|| Self(Secret::new(code)))
    }

    /// Makes a random code; all codes are equally likely.
    fn random(random: &Random, length: usize) -> Result<Self, NoRandom> {
        let mut bytes = [0; RECOVERY_LENGTH];
        random(&mut bytes)?;
        let code = bytes[..length.min(RECOVERY_LENGTH)]
            .iter()
            .map(|byte| ALPHABET[usize::from(byte & 31)]);
        Ok(Self(Secret::new(code.collect())))
    }

    /// Returns the code in groups of four or five characters, as people read it best.
    fn grouped(&self) -> Secret {
        let code = self.0.expose();
        let group = if code.len().is_multiple_of(4) { 4 } else { 5 };
        let groups: Vec<_> = code.chunks(group).collect();
        Secret::new(groups.join(&b'-'))
    }

    fn hash(&self, key: &StoreKey, kind: GateKind, anchor: Anchor, id: &[u8; 16]) -> [u8; 32] {
        let label = kind.name().as_bytes();
        key.hash("issued code", &[label, &anchor.0, id, self.0.expose()])
    }
}

const fn length(kind: GateKind) -> usize {
    match kind {
        GateKind::HelpdeskPass => PASS_LENGTH,
        _ => RECOVERY_LENGTH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system_random;
    use std::collections::BTreeSet;

    const ALICE: Anchor = Anchor([1; 16]);
    const BOB: Anchor = Anchor([2; 16]);

    fn key(byte: u8) -> StoreKey {
        StoreKey::new(Secret::new(vec![byte; 32])).unwrap()
    }

    fn typed(kind: GateKind, text: &str) -> Option<String> {
        let code = IssuedCode::parse(kind, &Secret::from(text))?;
        Some(code.0.expose_str().unwrap().to_owned())
    }

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        let recovery = |text| typed(GateKind::RecoveryCode, text);
        for text in [
            "7K3M-01PQ-ZX90-1ABC",
            "7k3m01pqzx901abc",
            " 7K3M OLPQ zx9o iabc ",
            "7K3M–01PQ–ZX90–1ABC",
        ] {
            assert_eq!(
                recovery(text).as_deref(),
                Some("7K3M01PQZX901ABC"),
                "{text}"
            );
        }
        for text in [
            "",
            "7K3M-01PQ-ZX90-1AB",
            "7K3M-01PQ-ZX90-1ABCD",
            "7K3M-01PQ-ZX90-1ABU",
            "7K3M-01PQ-ZX90-1ABč",
            "123456",
        ] {
            assert_eq!(recovery(text), None, "{text}");
        }
        let pass = |text| typed(GateKind::HelpdeskPass, text);
        assert_eq!(pass("k7qxm-2p9tr").as_deref(), Some("K7QXM2P9TR"));
        assert_eq!(pass("7K3M-01PQ-ZX90-1ABC"), None);
    }

    #[test]
    fn codes_are_long_random_and_in_groups() {
        let make = |kind| Issued::make(&key(1), &system_random(), kind, ALICE).unwrap();
        let (issued, shown) = make(GateKind::RecoveryCode);
        assert_eq!((issued.hashes.len(), shown.len()), (10, 10));
        let texts: BTreeSet<_> = shown
            .iter()
            .map(|code| code.expose_str().unwrap())
            .collect();
        assert_eq!(texts.len(), 10);
        for text in texts {
            let groups: Vec<_> = text.split('-').map(str::len).collect();
            assert_eq!(groups, [4, 4, 4, 4], "{text}");
            assert!(typed(GateKind::RecoveryCode, text).is_some());
        }
        let (_, shown) = make(GateKind::HelpdeskPass);
        let text = shown[0].expose_str().unwrap();
        assert_eq!(text.split('-').map(str::len).collect::<Vec<_>>(), [5, 5]);
        assert_eq!(shown.len(), 1);
    }

    #[test]
    fn each_code_is_good_once_for_its_account_and_its_kind() {
        let kind = GateKind::RecoveryCode;
        let (issued, shown) = Issued::make(&key(1), &system_random(), kind, ALICE).unwrap();
        let code = |place: usize| IssuedCode::parse(kind, &shown[place]).unwrap();
        let none = SpentCodes::default();
        let check = |anchor, place, spent: &SpentCodes| {
            check(&key(1), kind, anchor, &issued, &code(place), spent, 0)
        };
        assert_eq!(issued.unused(&none, 0).len(), 10);
        let (verdict, spent) = check(ALICE, 3, &none);
        let spent = spent.unwrap();
        assert_eq!(verdict, Verdict::Right);
        assert_eq!(issued.unused(&spent, 0), [0, 1, 2, 4, 5, 6, 7, 8, 9]);
        assert_eq!(check(ALICE, 3, &spent), (Verdict::Used, None));
        assert_eq!(check(BOB, 4, &none), (Verdict::Wrong, None));
        let (verdict, spent) = check(ALICE, 4, &spent);
        assert_eq!(verdict, Verdict::Right);
        assert_eq!(issued.unused(&spent.unwrap(), 0).len(), 8);
        // A new set: none of the old codes, and all of the new ones.
        let (new, _) = Issued::make(&key(1), &system_random(), kind, ALICE).unwrap();
        let seen = super::check(&key(1), kind, ALICE, &new, &code(5), &none, 0);
        assert_eq!(seen, (Verdict::Wrong, None));
    }
}
