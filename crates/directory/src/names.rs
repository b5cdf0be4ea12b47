//! Normalises login names, so that every spelling of a name is looked up, counted and answered as
//! the same name.

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

/// Returns the name in a login name, folded and without its domain: `CORP\Álice`,
/// `alice@corp.example` and `ＡＬＩＣＥ` all give `alice`.
#[must_use]
pub fn bare(login_name: &str) -> String {
    // Folded first, because a full-width `＠` is a separator too.
    let folded = fold(login_name);
    let name = folded.rsplit_once('\\').map_or(&*folded, |(_, name)| name);
    name.split_once('@').map_or(name, |(name, _)| name).into()
}

/// Folds a text as a directory compares it. Active Directory ignores case, width, the type of kana
/// and nonspacing marks (MS-ADTS 6.5.1), and characters that its tables do not contain. This
/// function ignores at least as much, because names that a directory treats as equal must not be
/// counted as two: it drops white space, control characters and symbols beyond ASCII, and removes
/// the strokes of letters.
#[must_use]
pub fn fold(text: &str) -> String {
    let marks = CanonicalCombiningClassMapBorrowed::new();
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd();
    let mut folded = String::with_capacity(text.len());
    let characters = decomposed.normalize_iter(text.chars());
    for character in characters.flat_map(char::to_lowercase) {
        match character {
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ŧ' => folded.push('t'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ς' => folded.push('σ'),
            // Katakana as hiragana.
            'ァ'..='ヶ' => folded.extend(char::from_u32(u32::from(character) - 0x60)),
            _ if character.is_ascii_graphic() => folded.push(character),
            _ if character.is_alphanumeric() && marks.get_u8(character) == 0 => {
                folded.push(character);
            }
            _ => {}
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_name_is_one() {
        for written in [
            "alice",
            "ALICE",
            " alice ",
            "álice",
            "A\u{301}lice",
            "ａｌｉｃｅ",
            "CORP\\alice",
            "NOSUCH\\Alice",
            "corp.example\\alice",
            "\\alice",
            "alice@corp.example",
            "alice@elsewhere.example",
            "alice＠corp.example",
            "CORP＼alice",
            "CORP\\alice@corp.example",
            "al\u{ad}ice",
            "al\u{200d}ice",
            "al\u{1}ice",
            "al ice",
            "alice\u{1f600}",
        ] {
            assert_eq!(bare(written), "alice", "{written:?}");
        }
    }

    #[test]
    fn different_names_stay_different() {
        for (one, other) in [
            ("alice", "alina"),
            ("alice", "alice1"),
            ("anna.maria", "annamaria"),
            ("anna-maria", "anna_maria"),
            ("jan", "jana"),
        ] {
            assert_ne!(bare(one), bare(other));
        }
    }

    #[test]
    fn letters_are_folded_as_the_directory_folds_them() {
        for (written, folded) in [
            ("Čaplinskė", "caplinske"),
            ("Łukasz", "lukasz"),
            ("ĐORĐE", "dorde"),
            ("Žukauskas", "zukauskas"),
            ("STRASSE", "strasse"),
            ("straße", "strasse"),
            ("İpek", "ipek"),
            ("カナ", "かな"),
            ("ｶﾅ", "かな"),
            ("ΟΔΟΣ", "οδοσ"),
            ("", ""),
            ("😀", ""),
        ] {
            assert_eq!(fold(written), folded);
        }
    }
}
