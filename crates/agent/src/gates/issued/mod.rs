//! Codes that are issued beforehand: the sets of recovery codes that people keep, and the passes
//! that a helpdesk hands out. The store holds their keyed hashes, and remembers which of them were
//! used, in the transaction that lets the person pass.

use super::{Verdict, equal};
use crate::store::{SPENT, StoreError, Tables};
use crate::{NoRandom, Random, Store, StoreKey, system};
use core::fmt;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::GateKind;

/// How many recovery codes are in a set.
const SET: u8 = 10;

/// How many characters a recovery code has: 80 bits, where NIST SP 800-63B-4 asks for 64.
const RECOVERY_LENGTH: usize = 16;

/// How many characters a pass has: 50 bits, for minutes, with few tries.
const PASS_LENGTH: usize = 10;

/// Crockford's base 32: no letter that is taken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What was issued at one time, without the codes.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Issued {
    /// Its random name, under which used codes are remembered.
    #[n(0)]
    id: ByteArray<16>,
    #[n(1)]
    hashes: Vec<ByteArray<32>>,
    /// When it stops being good, if it does.
    #[n(2)]
    pub(crate) expires: Option<u64>,
    /// What was noted of its issue, to be noted of its use again.
    #[n(3)]
    pub(crate) note: Option<Note>,
}

/// What is noted of an issue.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Note {
    /// What it is found by in the logs.
    #[n(0)]
    pub support_code: String,
    /// Who issued it.
    #[n(1)]
    pub issued_by: String,
}

impl Issued {
    /// Makes codes, each as it is shown once, and what is kept of them.
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
            _ => SET,
        };
        Self::make_many(key, random, kind, anchor, count)
    }

    /// The same, of as many codes as are wanted.
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
            shown.push(code.shown());
        }
        let issued = Self {
            id: id.into(),
            hashes,
            expires: None,
            note: None,
        };
        Ok((issued, shown))
    }

    /// Its random name.
    pub(crate) fn id(&self) -> &[u8] {
        &*self.id
    }

    /// The places of the codes that are not used, while it is good.
    pub(crate) fn unused(&self, spent: &Spent, now: u64) -> Vec<usize> {
        if self.expires.is_some_and(|expires| expires <= now) {
            return Vec::new();
        }
        let used = spent.of(self);
        let all = 0..self.hashes.len();
        all.filter(|place| !used.contains(place)).collect()
    }
}

impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Issued({} codes)", self.hashes.len())
    }
}

/// Which codes of what was issued last are used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Spent {
    #[n(0)]
    id: Option<ByteArray<16>>,
    #[n(1)]
    places: Vec<u8>,
}

impl Spent {
    /// Reads what an account has used.
    pub(crate) fn read(tables: &Tables, name: &[u8; 32]) -> Result<Self, StoreError> {
        Ok(tables.get(SPENT, name)?.unwrap_or_default())
    }

    /// Reads it outside a transaction, only to look.
    pub(crate) async fn look(store: &Store, name: &[u8; 32]) -> Result<Self, StoreError> {
        let bytes = store.read(SPENT, name.to_vec()).await?;
        let spent = bytes.map(|bytes| minicbor::decode(&bytes)).transpose();
        Ok(spent.map_err(StoreError::new)?.unwrap_or_default())
    }

    /// Writes it. What was issued before is forgotten with it: it is good no more.
    pub(crate) fn write(&self, tables: &Tables, name: &[u8; 32]) -> Result<(), StoreError> {
        tables.put(SPENT, name, self)
    }

    /// With one more code used.
    fn with(&self, issued: &Issued, place: usize) -> Self {
        let used = self.of(issued).into_iter().chain([place]);
        Self {
            id: Some(issued.id),
            places: used.filter_map(|place| u8::try_from(place).ok()).collect(),
        }
    }

    fn of(&self, issued: &Issued) -> Vec<usize> {
        let same = self.id == Some(issued.id);
        let places = self.places.iter().filter(|_| same);
        places.map(|place| usize::from(*place)).collect()
    }
}

/// Under which name the used codes of an account are kept.
pub(crate) fn spent_name(key: &StoreKey, kind: GateKind, anchor: Anchor) -> [u8; 32] {
    key.hash("spent", &[kind.name().as_bytes(), &anchor.0])
}

/// Checks an answer; with a right one comes what is used from now on.
pub(crate) fn check(
    key: &StoreKey,
    kind: GateKind,
    anchor: Anchor,
    issued: &Issued,
    answer: &IssuedCode,
    spent: &Spent,
    now: u64,
) -> (Verdict, Option<Spent>) {
    let hash = answer.hash(key, kind, anchor, &issued.id);
    let mut found = None;
    // Every code is compared, whichever is right.
    for (place, kept) in issued.hashes.iter().enumerate() {
        if equal(&hash, &**kept) {
            found = Some(place);
        }
    }
    match found {
        _ if issued.expires.is_some_and(|expires| expires <= now) => (Verdict::Expired, None),
        None => (Verdict::Wrong, None),
        Some(place) if spent.of(issued).contains(&place) => (Verdict::Used, None),
        Some(place) => (Verdict::Right, Some(spent.with(issued, place))),
    }
}

/// An issued code as it is compared: capital letters and digits, nothing between them.
pub(crate) struct IssuedCode(Secret);

impl IssuedCode {
    /// Reads what was typed, however it was spaced; `None` if it is no code of its kind.
    pub(crate) fn parse(kind: GateKind, typed: &Secret) -> Option<Self> {
        let mut code = Vec::with_capacity(RECOVERY_LENGTH);
        for character in typed.expose_str()?.chars() {
            let character = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                // The hyphen, and what word processors make of it.
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

    /// A random one, every one equally likely.
    fn random(random: &Random, length: usize) -> Result<Self, NoRandom> {
        let mut bytes = [0; RECOVERY_LENGTH];
        random(&mut bytes)?;
        let code = bytes[..length.min(RECOVERY_LENGTH)]
            .iter()
            .map(|byte| ALPHABET[usize::from(byte & 31)]);
        Ok(Self(Secret::new(code.collect())))
    }

    /// As people read it best: in groups of four or five.
    fn shown(&self) -> Secret {
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
        let none = Spent::default();
        let check = |anchor, place, spent: &Spent| {
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
