//! Checks passwords for banned words with the scoring that Microsoft publishes for Entra password
//! protection; the same code runs in browser and agent.
//!
//! Source: Microsoft Learn, "Password protection in Microsoft Entra ID", section "How are passwords
//! evaluated" (`entra/identity/authentication/concept-password-ban-bad`):
//!
//! 1. *Normalisation*: lower case, then common substitutions (0 for o, 1 for l, $ for s, @ for a).
//!    [`fold`] replaces a few more, diacritics among them, so that one word of a list matches
//!    `heslo` and `Hésl0`, `hasło` and `HASLO`, `slaptažodis` and `5laptazodis`.
//! 2. *Fuzzy match*: the whole password is a listed word if one edit makes it one.
//! 3. *Substring match*: names of four letters or more may not occur anywhere in it.
//! 4. *Score*: each listed word found counts one point, and so does each remaining character. Where
//!    words overlap, the lowest score counts. A password needs at least five points.

use crate::Reason;
use crate::policy::name_parts;
use postern_envelope::Secret;

/// The minimum score of a password, in points.
pub const MIN_POINTS: usize = 5;

/// The minimum length of a banned word or name, in characters; shorter ones are ignored.
pub const MIN_WORD_LENGTH: usize = 4;

/// The maximum length of a word in a list, in characters.
pub const MAX_WORD_LENGTH: usize = 16;

/// The source of a banned word.
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
    /// The kinds, in the order of their numbers on the wire.
    const ALL: [Self; 3] = [Self::Common, Self::Organisation, Self::Name];

    /// Finds a kind by its number.
    pub(crate) fn from_number(number: u16) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

crate::fields::encode_as_number!(BannedKind);

/// A list of folded words.
#[derive(Clone, Default)]
pub struct WordList(Vec<Secret>);

impl WordList {
    /// Parses a list file: one word per line; ignores empty lines and lines that begin with `#`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let lines = text.lines().map(str::trim);
        Self::of(lines.filter(|line| !line.starts_with('#')))
    }

    /// Creates a list of words or names; those shorter than [`MIN_WORD_LENGTH`] are left out.
    #[must_use]
    pub fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let counts = |word: &Secret| {
            let folded = word.expose_str().unwrap_or_default();
            folded.chars().count() >= MIN_WORD_LENGTH
        };
        Self(words.map(fold).filter(counts).collect())
    }

    /// Creates the list of names that a password may not contain: the account's, each part of the
    /// person's, and the organisation's.
    #[must_use]
    pub fn of_names(account: &str, display: &str, organisation: &[&str]) -> Self {
        let organisation = organisation.iter().copied();
        Self::of(name_parts(display).chain([account]).chain(organisation))
    }

    /// Returns the lengths in characters of the words that `text` starts with. `text` must not
    /// contain combining marks.
    pub fn lengths_at(&self, text: &[char]) -> impl Iterator<Item = usize> {
        self.words().filter_map(|word| {
            let word = core::str::from_utf8(word).ok()?;
            let mut rest = text.iter().copied().filter_map(fold_character);
            word.chars()
                .all(|letter| rest.next() == Some(letter))
                .then(|| word.chars().count())
        })
    }

    /// Returns the lengths in bytes of the words that a folded text starts with.
    fn prefix_lengths(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        let found = self.words().filter(move |word| text.starts_with(word));
        found.map(<[u8]>::len)
    }

    /// Reports whether a folded text differs from one of the words by at most one edit.
    fn matches_with_one_edit(&self, text: &[u8]) -> bool {
        self.words().any(|word| is_one_edit(text, word))
    }

    /// Reports whether one of the words occurs in a folded text.
    fn occurs_in(&self, text: &[u8]) -> bool {
        (0..text.len()).any(|at| self.prefix_lengths(&text[at..]).next().is_some())
    }

    fn words(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(Secret::expose)
    }
}

/// The banned words and names for one account.
#[derive(Clone, Default)]
pub struct Banned<'a> {
    /// The names that a password may not contain.
    pub names: WordList,
    /// The list that comes with the agent.
    pub common: Option<&'a WordList>,
    /// The organisation's own list.
    pub organisation: Option<&'a WordList>,
}

impl Banned<'_> {
    /// Checks a candidate; returns the kind of word for which it is refused. No copy of the
    /// candidate is kept.
    #[must_use]
    pub fn judge(&self, candidate: &str) -> Option<BannedKind> {
        let folded = fold(candidate);
        let text = folded.expose();
        let too_few = |lists: &[Option<&WordList>]| points(text, lists) < MIN_POINTS;
        if self.names.occurs_in(text) {
            Some(BannedKind::Name)
        } else if too_few(&[self.common]) {
            Some(BannedKind::Common)
        } else if too_few(&[self.common, self.organisation]) {
            Some(BannedKind::Organisation)
        } else {
            None
        }
    }

    /// Checks a candidate; returns the reason for which it is refused.
    #[must_use]
    pub fn refuse(&self, candidate: &str) -> Option<Reason> {
        let kind = self.judge(candidate)?;
        Some(Reason::BannedWord { kind })
    }
}

/// Returns the score of a folded text: the lowest that any way of finding words in it gives.
fn points(text: &[u8], lists: &[Option<&WordList>]) -> usize {
    let lists = || lists.iter().copied().flatten();
    if lists().any(|list| list.matches_with_one_edit(text)) {
        return 1;
    }
    // Computed from the end: the lowest score of the rest of the text from each byte.
    let mut fewest = vec![0; text.len() + 1];
    for at in (0..text.len()).rev() {
        // A continuation byte adds no point: the character is counted at its first byte.
        let continues = text[at] & 0b1100_0000 == 0b1000_0000;
        let without_word = fewest[at + 1] + usize::from(!continues);
        let found = lists().flat_map(|list| list.prefix_lengths(&text[at..]));
        let with_word = found.map(|length| 1 + fewest[at + length]);
        fewest[at] = with_word
            .chain([without_word])
            .min()
            .unwrap_or(without_word);
    }
    fewest[0]
}

/// Folds a text for the search for words: converts it to lower case, removes diacritics, and
/// replaces symbols and digits by the letters that they stand for. It needs no Unicode tables:
/// Latin, Greek and Cyrillic are folded, other scripts stay unchanged.
#[must_use]
pub fn fold(text: &str) -> Secret {
    // Folding makes no text longer, so this does not grow, which would leave an unwiped copy.
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().filter_map(fold_character));
    Secret::new(folded.into_bytes())
}

/// U+00C0 to U+017F (Latin-1 Supplement, Latin Extended-A) without diacritics.
const LATIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnoooooxouuuuyts\
aaaaaaaceeeeiiiidnoooooxouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggg\
gggghhhhiiiiiiiiiiiijjkkklllllll\
lllnnnnnnnnnoooooooorrrrrrssssss\
ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Folds a character as in [`fold`]; `None` if it is left out.
#[must_use]
pub fn fold_character(character: char) -> Option<char> {
    let code = u32::from(character);
    let plain = match code {
        0xc0..=0x17f => char::from(LATIN[code as usize - 0xc0]),
        // Ș ș Ț ț
        0x218 | 0x219 => 's',
        0x21a | 0x21b => 't',
        // A combining mark, which follows its letter.
        0x300..=0x36f => return None,
        // Capitals of Greek and Cyrillic.
        0x391..=0x3a9 | 0x410..=0x42f => char::from_u32(code + 0x20)?,
        0x400..=0x40f => char::from_u32(code + 0x50)?,
        _ => character.to_ascii_lowercase(),
    };
    Some(match plain {
        '0' => 'o',
        // One letter for all that look alike: `adm1n` matches `admin`, and `he11o` matches `hello`.
        '1' | '!' | '|' | 'i' => 'l',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    })
}

/// Reports whether two texts differ by at most one byte that is changed, added or missing.
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
