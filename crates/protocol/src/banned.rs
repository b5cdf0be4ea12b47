//! Banned words, judged by the scoring that Microsoft publishes for Entra password protection, by
//! one code in browser and agent.
//!
//! Source: Microsoft Learn, "Password protection in Microsoft Entra ID", section "How are passwords
//! evaluated" (`entra/identity/authentication/concept-password-ban-bad`):
//!
//! 1. *Normalisation*: lower case, then common substitutions (0 for o, 1 for l, $ for s, @ for a).
//!    Ours folds a few more ([`fold`]), diacritics among them, so that one word of a list stands for
//!    `heslo` and `Hésl0`, `hasło` and `HASLO`, `slaptažodis` and `5laptazodis`.
//! 2. *Fuzzy match*: the whole password is a listed word if one edit makes it one.
//! 3. *Substring match*: names of four letters or more may be nowhere in it.
//! 4. *Score*: each listed word found counts one point, each remaining character one. Where words
//!    overlap, the fewest points count. At least five pass.

use crate::Reason;
use postern_envelope::Secret;

/// The points that a password needs.
pub const ENOUGH: usize = 5;

/// The shortest word and name that are looked for, in characters.
pub const SHORTEST: usize = 4;

/// The longest word that a list may have, in characters.
pub const LONGEST: usize = 16;

/// Where a banned word comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BannedKind {
    /// The list that comes with the agent.
    Common,
    /// The organisation's own list.
    Organisation,
    /// The name of the account, the person or the organisation.
    Name,
}

impl BannedKind {
    /// Its number on the wire.
    const ALL: [Self; 3] = [Self::Common, Self::Organisation, Self::Name];

    /// The kind of a number.
    pub(crate) fn of(number: u16) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

crate::fields::encode_as_number!(BannedKind);

/// Folded words.
#[derive(Clone, Default)]
pub struct WordList(Vec<Secret>);

impl WordList {
    /// A list as its file has it: one word a line; empty lines and those that begin with `#` say
    /// nothing.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let lines = text.lines().map(str::trim);
        Self::of(lines.filter(|line| !line.starts_with('#')))
    }

    /// Words or names; those that are too short to be looked for are left out.
    #[must_use]
    pub fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let counts = |word: &Secret| {
            let folded = word.expose_str().unwrap_or_default();
            folded.chars().count() >= SHORTEST
        };
        Self(words.map(fold).filter(counts).collect())
    }

    /// The names that a password may not contain: of the account, each part of the person's, and
    /// of the organisation.
    #[must_use]
    pub fn of_names(account: &str, display: &str, organisation: &[&str]) -> Self {
        let parts = display.split([' ', ',', '.', '-', '_', '#', '\t']);
        let organisation = organisation.iter().copied();
        Self::of(parts.chain([account]).chain(organisation))
    }

    /// The lengths in characters of the words that a text begins with. It has no marks that are
    /// written after their letters.
    pub fn lengths_at(&self, text: &[char]) -> impl Iterator<Item = usize> {
        self.words().filter_map(|word| {
            let word = core::str::from_utf8(word).ok()?;
            let mut rest = text.iter().copied().filter_map(fold_character);
            word.chars()
                .all(|letter| rest.next() == Some(letter))
                .then(|| word.chars().count())
        })
    }

    /// The lengths in bytes of the words that a folded text begins with.
    fn starting(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        let found = self.words().filter(move |word| text.starts_with(word));
        found.map(<[u8]>::len)
    }

    /// Whether a folded text is one of the words, but for one edit.
    fn nearly(&self, text: &[u8]) -> bool {
        self.words().any(|word| is_one_edit(text, word))
    }

    /// Whether one of the words is somewhere in a folded text.
    fn within(&self, text: &[u8]) -> bool {
        (0..text.len()).any(|at| self.starting(&text[at..]).next().is_some())
    }

    fn words(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(Secret::expose)
    }
}

/// What is banned for one account.
#[derive(Clone, Default)]
pub struct Banned<'a> {
    /// The names that a password may not contain.
    pub names: WordList,
    /// The list that comes with the agent.
    pub common: Option<&'a WordList>,
    /// The organisation's own.
    pub organisation: Option<&'a WordList>,
}

impl Banned<'_> {
    /// The kind of word that a candidate is made of, if it is refused for one. Nothing of the
    /// candidate is kept.
    #[must_use]
    pub fn judge(&self, candidate: &str) -> Option<BannedKind> {
        let folded = fold(candidate);
        let text = folded.expose();
        let too_few = |lists: &[Option<&WordList>]| points(text, lists) < ENOUGH;
        if self.names.within(text) {
            Some(BannedKind::Name)
        } else if too_few(&[self.common]) {
            Some(BannedKind::Common)
        } else if too_few(&[self.common, self.organisation]) {
            Some(BannedKind::Organisation)
        } else {
            None
        }
    }

    /// The same as a reason.
    #[must_use]
    pub fn refuse(&self, candidate: &str) -> Option<Reason> {
        let kind = self.judge(candidate)?;
        Some(Reason::BannedWord { kind })
    }
}

/// The points of a folded text: the fewest that any way of finding words in it gives.
fn points(text: &[u8], lists: &[Option<&WordList>]) -> usize {
    let lists = || lists.iter().copied().flatten();
    if lists().any(|list| list.nearly(text)) {
        return 1;
    }
    // From the end: the fewest points of what begins at each byte.
    let mut fewest = vec![0; text.len() + 1];
    for at in (0..text.len()).rev() {
        // What continues a character costs nothing: the character was counted where it begins.
        let continues = text[at] & 0b1100_0000 == 0b1000_0000;
        let alone = fewest[at + 1] + usize::from(!continues);
        let found = lists().flat_map(|list| list.starting(&text[at..]));
        let with_word = found.map(|length| 1 + fewest[at + length]);
        fewest[at] = with_word.chain([alone]).min().unwrap_or(alone);
    }
    fewest[0]
}

/// A text as words are looked for in it: lower case, letters without their marks, and signs and
/// digits that stand for letters as those letters. It needs no tables of Unicode: Latin, Greek and
/// Cyrillic are folded, other scripts stay as they are.
#[must_use]
pub fn fold(text: &str) -> Secret {
    // Nothing gets longer: growing would leave an unwiped copy.
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().filter_map(fold_character));
    Secret::new(folded.into_bytes())
}

/// U+00C0 to U+017F (Latin-1 Supplement, Latin Extended-A) without their marks.
const LATIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnoooooxouuuuyts\
aaaaaaaceeeeiiiidnoooooxouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggg\
gggghhhhiiiiiiiiiiiijjkkklllllll\
lllnnnnnnnnnoooooooorrrrrrssssss\
ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// A character as [`fold`] has it; none if it is left out.
#[must_use]
pub fn fold_character(character: char) -> Option<char> {
    let code = u32::from(character);
    let plain = match code {
        0xc0..=0x17f => char::from(LATIN[code as usize - 0xc0]),
        // Ș ș Ț ț
        0x218 | 0x219 => 's',
        0x21a | 0x21b => 't',
        // A mark that is written after its letter.
        0x300..=0x36f => return None,
        // Capitals of Greek and Cyrillic.
        0x391..=0x3a9 | 0x410..=0x42f => char::from_u32(code + 0x20)?,
        0x400..=0x40f => char::from_u32(code + 0x50)?,
        _ => character.to_ascii_lowercase(),
    };
    Some(match plain {
        '0' => 'o',
        // One letter for all that look alike: `adm1n` is `admin` and `he11o` is `hello`.
        '1' | '!' | '|' | 'i' => 'l',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    })
}

/// Whether two texts are the same, but for at most one byte that is changed, added or missing.
fn is_one_edit(one: &[u8], other: &[u8]) -> bool {
    if one.len() < other.len() {
        return is_one_edit(other, one);
    }
    let longer = one.len() - other.len();
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    match longer {
        0 => same == one.len() || one[same + 1..] == other[same + 1..],
        1 => one[same + 1..] == other[same..],
        _ => false,
    }
}

impl core::fmt::Debug for WordList {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("WordList")
    }
}
