//! `policy.banned_words_file`: the organisation's own list of banned words.

use postern_protocol::banned::{MAX_WORD_LENGTH, MIN_WORD_LENGTH, WordList, fold};
use std::path::Path;

/// The number of words that the list may contain.
const MAX_WORDS: usize = 1000;

/// Reads the file; an error names it, the line, and what was expected there.
pub fn read(file: &Path) -> Result<WordList, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    parse(&bytes).map_err(|fault| format!("{}: {fault}", file.display()))
}

fn parse(bytes: &[u8]) -> Result<WordList, String> {
    let text = core::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        format!("line {line}: expected text in UTF-8")
    })?;
    // The byte order mark that Windows writes before a text in UTF-8.
    let text = text.trim_start_matches('\u{feff}');
    let mut count = 0;
    for (place, line) in text.lines().enumerate() {
        let (line, word) = (place + 1, line.trim());
        if word.is_empty() || word.starts_with('#') {
            continue;
        }
        count += 1;
        if count > MAX_WORDS {
            return Err(format!(
                "line {line}: expected at most {MAX_WORDS} words, found more; ban the words that \
                 others are made of: their variants are found"
            ));
        }
        let length = word.chars().count();
        let letters = fold(word);
        let letters = letters.expose_str().unwrap_or_default().chars().count();
        if letters < MIN_WORD_LENGTH || length > MAX_WORD_LENGTH {
            return Err(format!(
                "line {line}: expected words of {MIN_WORD_LENGTH} to {MAX_WORD_LENGTH} characters, \
                 one a line, found one of {length}"
            ));
        }
    }
    Ok(WordList::read(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_protocol::BannedKind;
    use postern_protocol::banned::Banned;

    #[test]
    fn what_is_allowed_is_read() {
        for text in [
            "",
            "widget",
            "Widget\r\nLondon\r\n",
            "\u{feff}Widget\n\n# Ours\n  žluťoučký \n",
            "four\nsixteen-letters!\n",
        ] {
            assert!(parse(text.as_bytes()).is_ok(), "{text:?}");
        }
        let words = parse("\u{feff}Widget\r\n".as_bytes()).unwrap();
        let banned = Banned {
            organisation: Some(&words),
            ..Banned::default()
        };
        let kind = banned.judge("W1DG3Twidget77");
        assert_eq!(kind, Some(BannedKind::Organisation));
        let thousand = "word\n".repeat(MAX_WORDS);
        assert!(parse(thousand.as_bytes()).is_ok());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, says) in [
            (
                &b"widget\nabc\n"[..],
                "line 2: expected words of 4 to 16 characters, one a line, found one of 3",
            ),
            (
                b"widget\n\n# x\nseventeen-letters\n",
                "line 4: expected words",
            ),
            (b"widget\ncaf\xe9-bar\n", "line 2: expected text in UTF-8"),
            (b"\xff\xfew\0", "line 1: expected text in UTF-8"),
            (
                "a\u{301}\u{301}\u{301}".as_bytes(),
                "line 1: expected words",
            ),
            (
                "word\n".repeat(MAX_WORDS + 1).as_bytes(),
                "line 1001: expected at most 1000",
            ),
        ] {
            let fault = parse(text).err().unwrap_or_default();
            assert!(fault.starts_with(says), "{fault}");
        }
    }
}
