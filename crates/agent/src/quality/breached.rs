//! `policy.breached_file`: a list of the hashes of breached passwords, searched on disk.
//!
//! The format is that of Have I Been Pwned's downloads, "ordered by hash": lines `HASH:count`, the
//! hashes SHA-1 (40 digits) of the password's UTF-8 or NTLM (32 digits: MD4 of its UTF-16LE), in
//! upper or lower case, sorted. The file may have 40 GB: about forty short reads find a hash in it.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use md4::{Digest, Md4};
use postern_envelope::Secret;
use std::fs::File;
use std::io::{Cursor, Error, ErrorKind, Read, Result, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// The longest line, in bytes: a hash, a count, and the line's end.
const MAX_LINE_BYTES: usize = 64;

/// The number of lines that are checked to be sorted when the file is opened.
const SAMPLE_COUNT: u64 = 256;

/// The error for a file in any other format.
const EXPECTED: &str = "expected lines HASH:count, sorted by hash, all SHA-1 (40 digits) or all \
                        NTLM (32 digits)";

/// A list of breached passwords.
#[derive(Debug)]
pub struct Breached {
    source: Source,
    format: Format,
}

#[derive(Debug)]
enum Source {
    /// A file, which is opened for each search, so that it can be replaced by a newer list.
    File(PathBuf),
    BuiltIn(&'static [u8]),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Sha1,
    Ntlm,
}

impl Breached {
    /// Checks samples of a file; an error names it and what was expected.
    pub fn open(file: &Path) -> core::result::Result<Self, String> {
        let checked = File::open(file).and_then(check);
        let format = checked.map_err(|error| format!("{}: {error}", file.display()))?;
        let source = Source::File(file.to_owned());
        Ok(Self { source, format })
    }

    /// Checks a list that is compiled in.
    pub fn built_in(list: &'static [u8]) -> Result<Self> {
        let format = check(Cursor::new(list))?;
        let source = Source::BuiltIn(list);
        Ok(Self { source, format })
    }

    /// Reports whether a password is in the list.
    pub fn contains(&self, password: &Secret) -> Result<bool> {
        let hash = self.format.hash(password)?;
        match &self.source {
            Source::File(file) => {
                let named = |error| Error::other(format!("{}: {error}", file.display()));
                let found = File::open(file).and_then(|list| contains(list, &hash));
                found.map_err(named)
            }
            Source::BuiltIn(list) => contains(Cursor::new(list), &hash),
        }
    }
}

impl Format {
    /// Returns the format of a hash by its number of digits.
    const fn of(digits: usize) -> Option<Self> {
        match digits {
            40 => Some(Self::Sha1),
            32 => Some(Self::Ntlm),
            _ => None,
        }
    }

    /// Returns a password's hash, in upper-case digits.
    fn hash(self, password: &Secret) -> Result<Secret> {
        let digits = |bytes: &[u8]| {
            let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
            let mut hash = Vec::with_capacity(2 * bytes.len());
            hash.extend(digits.map(|digit| b"0123456789ABCDEF"[usize::from(digit)]));
            Secret::new(hash)
        };
        Ok(match self {
            Self::Sha1 => digits(digest(&SHA1_FOR_LEGACY_USE_ONLY, password.expose()).as_ref()),
            Self::Ntlm => {
                let text = password.expose_str().ok_or(ErrorKind::InvalidInput)?;
                let mut units = Vec::with_capacity(2 * text.len());
                units.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
                digits(&Md4::digest(Secret::new(units).expose()))
            }
        })
    }
}

/// Checks samples of a list and returns its format.
fn check(list: impl Read + Seek) -> Result<Format> {
    let invalid = || Error::new(ErrorKind::InvalidData, EXPECTED);
    let mut lines = Lines::of(list)?;
    if lines.length == 0 {
        return Err(Error::new(
            ErrorKind::InvalidData,
            format!("{EXPECTED}, found an empty file"),
        ));
    }
    let first = lines.at(0)?;
    let format = Format::of(first.hash.len()).ok_or_else(invalid)?;
    let mut before = first.hash;
    for sample in 1..=SAMPLE_COUNT {
        let at = u128::from(lines.length - 1) * u128::from(sample) / u128::from(SAMPLE_COUNT);
        let line = lines.at(u64::try_from(at).map_err(|_| invalid())?)?;
        if Format::of(line.hash.len()) != Some(format) || line.hash < before {
            return Err(invalid());
        }
        before = line.hash;
    }
    Ok(format)
}

/// Searches a sorted list for a hash, in upper-case digits.
fn contains(list: impl Read + Seek, hash: &Secret) -> Result<bool> {
    let mut lines = Lines::of(list)?;
    // The line with the hash, if any, begins at `low` or after it, and before `high`.
    let (mut low, mut high) = (0, lines.length);
    while low < high {
        let line = lines.at(low + (high - low) / 2)?;
        match line.hash.as_slice().cmp(hash.expose()) {
            core::cmp::Ordering::Equal => return Ok(true),
            core::cmp::Ordering::Less => low = line.end,
            core::cmp::Ordering::Greater => high = line.start,
        }
    }
    Ok(false)
}

/// A list whose lines are read by the position of any of their bytes.
struct Lines<R> {
    list: R,
    length: u64,
}

/// One line, with the positions of its first byte and of the one after its end.
struct Line {
    start: u64,
    end: u64,
    /// In upper-case digits.
    hash: Vec<u8>,
}

impl<R: Read + Seek> Lines<R> {
    fn of(mut list: R) -> Result<Self> {
        let length = list.seek(SeekFrom::End(0))?;
        Ok(Self { list, length })
    }

    /// Reads the line that contains a byte; the end of a line belongs to it.
    fn at(&mut self, byte: u64) -> Result<Line> {
        let from = byte.saturating_sub(MAX_LINE_BYTES as u64);
        self.list.seek(SeekFrom::Start(from))?;
        let mut window = Vec::with_capacity(2 * MAX_LINE_BYTES);
        let size = 2 * MAX_LINE_BYTES as u64;
        self.list.by_ref().take(size).read_to_end(&mut window)?;
        let invalid = || Error::new(ErrorKind::InvalidData, EXPECTED);
        let at = usize::try_from(byte - from).map_err(|_| invalid())?;
        let (before, after) = window.split_at_checked(at).ok_or_else(invalid)?;
        let start = match before.iter().rposition(|byte| *byte == b'\n') {
            Some(newline) => newline + 1,
            None if from == 0 => 0,
            None => return Err(invalid()),
        };
        let end = match after.iter().position(|byte| *byte == b'\n') {
            Some(newline) => at + newline + 1,
            None if from + window.len() as u64 == self.length => window.len(),
            None => return Err(invalid()),
        };
        let line = window.get(start..end).unwrap_or_default();
        Ok(Line {
            start: from + start as u64,
            end: from + end as u64,
            hash: parse(line).ok_or_else(invalid)?,
        })
    }
}

/// Returns the hash of a line `HASH:count`, in upper-case digits.
fn parse(line: &[u8]) -> Option<Vec<u8>> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let mut parts = line.splitn(2, |byte| *byte == b':');
    let (hash, count) = (parts.next()?, parts.next()?);
    let is_valid = Format::of(hash.len()).is_some()
        && hash.iter().all(u8::is_ascii_hexdigit)
        && !count.is_empty()
        && count.iter().all(u8::is_ascii_digit);
    is_valid.then(|| hash.to_ascii_uppercase())
}

#[cfg(test)]
mod tests;
