//! Codes that are issued in advance: the sets of recovery codes that people keep, and the passes
//! that a helpdesk hands out. The store holds their keyed hashes, and records used codes in the
//! transaction that lets the person pass.

use crate::code::constant_time_eq;
use crate::methods::{Place, SealedMethods};
use crate::{AccountMethod, Attempt, Checked, Record, SandboxCodes, Verdict};
use core::fmt;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_protocol::support_code::ALPHABET;
use postern_store::store::{ISSUED, SPENT, StoreError, Tables};
use postern_store::{Memory, NoRandom, Random, Store, StoreKey, random};

/// The maximum number of characters of a code.
const MAX_LENGTH: usize = 16;

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

/// The codes of one kind, issued to accounts.
#[derive(Clone)]
pub struct IssuedCodes {
    kind: GateKind,
    /// The number of characters of a code, at most [`MAX_LENGTH`].
    length: usize,
    methods: SealedMethods,
    /// The codes in plain text, for the sandbox's page; `None` for a real directory.
    sandbox: Option<SandboxCodes>,
}

impl IssuedCodes {
    /// Creates the codes of a kind, of so many characters; at most 16.
    #[must_use]
    pub const fn new(
        memory: Memory,
        kind: GateKind,
        length: usize,
        sandbox: Option<SandboxCodes>,
    ) -> Self {
        let place = place(kind);
        Self {
            kind,
            length,
            methods: SealedMethods { memory, place },
            sandbox,
        }
    }

    /// Returns the codes that were last issued to an account.
    ///
    /// # Errors
    /// The store failed, or holds a value that was not sealed for this account.
    pub async fn load(&self, anchor: Anchor) -> Result<Option<Issued>, StoreError> {
        let opened = self.methods.load(anchor).await?;
        opened.as_ref().map(decode).transpose()
    }

    /// Returns the store.
    pub(crate) const fn store(&self) -> &Store {
        &self.methods.memory.store
    }

    /// Returns the kind of gate.
    pub(crate) const fn kind(&self) -> GateKind {
        self.kind
    }

    /// Returns the time in seconds since the Unix epoch.
    pub(crate) fn now(&self) -> u64 {
        self.methods.memory.now()
    }

    /// Makes `count` codes. Returns the issue to store, and the codes as they are shown once.
    ///
    /// # Errors
    /// The random source failed.
    pub fn make(&self, anchor: Anchor, count: u8) -> Result<(Issued, Vec<Secret>), NoRandom> {
        let Memory { key, random, .. } = &self.methods.memory;
        let id = random::bytes(random)?;
        let mut hashes = Vec::new();
        let mut shown = Vec::new();
        for _ in 0..count {
            let code = IssuedCode::random(random, self.length)?;
            hashes.push(code.hash(key, self.kind, anchor, &id).into());
            shown.push(code.grouped());
        }
        let issued = Issued {
            id: id.into(),
            hashes,
            expires: None,
            note: None,
        };
        Ok((issued, shown))
    }

    /// Stores issued codes in place of those issued before.
    pub(crate) fn put(
        &self,
        tables: &Tables,
        anchor: Anchor,
        issued: &Issued,
        shown: Vec<Secret>,
    ) -> Result<(), StoreError> {
        let bytes = minicbor::to_vec(issued).map_err(StoreError::new)?;
        self.methods.write(tables, anchor, &Secret::new(bytes))?;
        if let Some(sandbox) = &self.sandbox {
            sandbox.keep(self.kind, anchor, shown);
        }
        Ok(())
    }

    /// Removes the issue with an id or, without one, any; returns `false` if the account does not
    /// have it.
    pub(crate) fn remove(
        &self,
        tables: &Tables,
        anchor: Anchor,
        id: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        if let Some(id) = id {
            let opened = self.methods.read(tables, anchor)?;
            let present = opened.as_ref().map(decode).transpose()?;
            if present.is_none_or(|present| *present.id != id) {
                return Ok(false);
            }
        }
        self.methods.remove(tables, anchor)
    }

    /// Returns the codes of an account as one method, which can be used as long as a code is left.
    pub(crate) async fn method(&self, anchor: Anchor) -> Result<Option<AccountMethod>, StoreError> {
        let Some(issued) = self.load(anchor).await? else {
            return Ok(None);
        };
        let left = self.unused(&issued, anchor).await?.len();
        Ok(Some(AccountMethod {
            left: u64::try_from(left).ok(),
            usable: left > 0,
            ..AccountMethod::registered(issued.id())
        }))
    }

    /// Returns the next code that an account can use, as the sandbox shows it.
    pub(crate) async fn sandbox_answer(&self, anchor: Anchor) -> Option<String> {
        let issued = self.load(anchor).await.ok().flatten()?;
        let unused = self.unused(&issued, anchor).await.ok()?;
        let code = self
            .sandbox
            .as_ref()?
            .code(self.kind, anchor, *unused.first()?)?;
        code.expose_str().map(str::to_owned)
    }

    /// Checks an answer.
    pub(crate) fn check(
        &self,
        tables: &Tables,
        attempt: &Attempt,
        now: u64,
    ) -> Result<(Checked, Option<Issued>), StoreError> {
        let anchor = attempt.anchor;
        let Some(typed) = IssuedCode::parse(self.length, &attempt.typed) else {
            return Ok((Checked::new(Verdict::NoCode), None));
        };
        let opened = self.methods.read(tables, anchor)?;
        let Some(issued) = opened.as_ref().map(decode).transpose()? else {
            return Ok((Checked::new(Verdict::Wrong), None));
        };
        let key = &self.methods.memory.key;
        let name = spent_name(key, self.kind, anchor);
        let before: SpentCodes = tables.get(SPENT, &name)?.unwrap_or_default();
        let (verdict, spent) = self.compare(anchor, &issued, &typed, &before, now);
        let left = spent.as_ref().map(|spent| {
            let left = u16::try_from(issued.unused(spent, now).len());
            left.unwrap_or(u16::MAX)
        });
        let record = spent.map(|spent| Record::new(SPENT, name, &spent));
        let checked = Checked {
            method: Some(issued.id()),
            record: record.transpose()?,
            codes_left: left,
            ..Checked::new(verdict)
        };
        Ok((checked, Some(issued)))
    }

    /// Compares an answer with the codes of an issue. A right one is returned with the codes that
    /// are used from then on.
    fn compare(
        &self,
        anchor: Anchor,
        issued: &Issued,
        answer: &IssuedCode,
        spent: &SpentCodes,
        now: u64,
    ) -> (Verdict, Option<SpentCodes>) {
        let hash = answer.hash(&self.methods.memory.key, self.kind, anchor, &issued.id);
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

    /// Returns the indexes of the codes of an issue that can still be used.
    async fn unused(&self, issued: &Issued, anchor: Anchor) -> Result<Vec<usize>, StoreError> {
        let Memory { store, key, .. } = &self.methods.memory;
        let name = spent_name(key, self.kind, anchor);
        let bytes = store.read(SPENT, name.to_vec()).await?;
        let spent = bytes.map(|bytes| minicbor::decode(&bytes)).transpose();
        let spent: SpentCodes = spent.map_err(StoreError::new)?.unwrap_or_default();
        Ok(issued.unused(&spent, self.now()))
    }
}

/// Returns the place of a kind's codes.
pub(crate) const fn place(kind: GateKind) -> Place {
    Place {
        table: ISSUED,
        label: kind.name(),
    }
}

/// Decodes an issue.
pub(crate) fn decode(opened: &Secret) -> Result<Issued, StoreError> {
    minicbor::decode(opened.expose()).map_err(|_| StoreError::new("expected issued codes in CBOR"))
}

impl Issued {
    /// Returns the random id of the issue.
    pub(crate) fn id(&self) -> Secret {
        Secret::new(self.id.to_vec())
    }

    /// Returns the indexes of the unused codes; none once the issue has expired.
    fn unused(&self, spent: &SpentCodes, now: u64) -> Vec<usize> {
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
struct SpentCodes {
    #[n(0)]
    id: Option<ByteArray<16>>,
    #[n(1)]
    places: Vec<u8>,
}

impl SpentCodes {
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
fn spent_name(key: &StoreKey, kind: GateKind, anchor: Anchor) -> [u8; 32] {
    key.hash("spent", &[kind.name().as_bytes(), &anchor.0])
}

/// An issued code in the form in which it is compared: capital letters and digits, no separators.
struct IssuedCode(Secret);

impl IssuedCode {
    /// Parses typed text, however it is spaced; `None` if it is no code of this
    /// length.
    fn parse(length: usize, typed: &Secret) -> Option<Self> {
        let mut code = Vec::with_capacity(MAX_LENGTH);
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
            if !ALPHABET.contains(&byte) || code.len() == length {
                return None;
            }
            code.push(byte);
        }
        (code.len() == length).then(|| Self(Secret::new(code)))
    }

    /// Makes a random code; all codes are equally likely.
    fn random(random: &Random, length: usize) -> Result<Self, NoRandom> {
        let mut bytes = [0; MAX_LENGTH];
        random(&mut bytes)?;
        let code = bytes[..length.min(MAX_LENGTH)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{ALICE, BOB, memory};
    use std::collections::BTreeSet;

    fn length(kind: GateKind) -> usize {
        match kind {
            GateKind::HelpdeskPass => 10,
            _ => 16,
        }
    }

    fn codes(kind: GateKind) -> IssuedCodes {
        IssuedCodes::new(memory(1), kind, length(kind), None)
    }

    fn typed(kind: GateKind, text: &str) -> Option<String> {
        let code = IssuedCode::parse(length(kind), &Secret::from(text))?;
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
        let make = |kind, count| codes(kind).make(ALICE, count).unwrap();
        let (issued, shown) = make(GateKind::RecoveryCode, 10);
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
        let (_, shown) = make(GateKind::HelpdeskPass, 1);
        let text = shown[0].expose_str().unwrap();
        assert_eq!(text.split('-').map(str::len).collect::<Vec<_>>(), [5, 5]);
        assert_eq!(shown.len(), 1);
    }

    #[test]
    fn each_code_is_good_once_for_its_account_and_its_kind() {
        let kind = GateKind::RecoveryCode;
        let (issued, shown) = codes(kind).make(ALICE, 10).unwrap();
        let code = |place: usize| IssuedCode::parse(length(kind), &shown[place]).unwrap();
        let none = SpentCodes::default();
        let check = |anchor, place, spent: &SpentCodes| {
            codes(kind).compare(anchor, &issued, &code(place), spent, 0)
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
        let (new, _) = codes(kind).make(ALICE, 10).unwrap();
        let seen = codes(kind).compare(ALICE, &new, &code(5), &none, 0);
        assert_eq!(seen, (Verdict::Wrong, None));
    }

    async fn issue(codes: &IssuedCodes) -> (Issued, Vec<Secret>) {
        let (mut issued, shown) = codes.make(ALICE, 10).unwrap();
        if codes.kind == GateKind::HelpdeskPass {
            issued.expires = Some(100);
        }
        let (all, one) = (codes.clone(), issued.clone());
        let put = move |tables: &Tables| all.put(tables, ALICE, &one, Vec::new());
        codes.methods.memory.store.write(put).await.unwrap();
        (issued, shown)
    }

    #[tokio::test]
    async fn issued_codes_are_good_for_their_account_and_their_kind() {
        let memory = memory(1);
        let of = |kind| IssuedCodes::new(memory.clone(), kind, length(kind), None);
        let (recovery, pass) = (of(GateKind::RecoveryCode), of(GateKind::HelpdeskPass));
        assert!(recovery.load(ALICE).await.unwrap().is_none());
        let (first, shown) = issue(&recovery).await;
        assert_eq!(recovery.load(ALICE).await.unwrap().unwrap(), first);
        let answer = IssuedCode::parse(recovery.length, &shown[9]).unwrap();
        let none = SpentCodes::default();
        let (verdict, _) = recovery.compare(ALICE, &first, &answer, &none, 0);
        assert_eq!(verdict, Verdict::Right);
        issue(&recovery).await;
        assert_ne!(recovery.load(ALICE).await.unwrap().unwrap(), first);

        let (issued, shown) = issue(&pass).await;
        let answer = IssuedCode::parse(pass.length, &shown[0]).unwrap();
        let check = |now| pass.compare(ALICE, &issued, &answer, &none, now).0;
        assert_eq!((check(99), check(100)), (Verdict::Right, Verdict::Expired));
        let unused = |now| issued.unused(&none, now).len();
        assert_eq!((unused(99), unused(100)), (10, 0));

        let copy = crate::tests::copy;
        let (recovery_place, pass_place) = (place(recovery.kind), place(pass.kind));
        copy(&memory, (recovery_place, ALICE), (recovery_place, BOB)).await;
        assert!(recovery.load(BOB).await.is_err());
        copy(&memory, (recovery_place, ALICE), (pass_place, ALICE)).await;
        assert!(pass.load(ALICE).await.is_err());
    }
}
