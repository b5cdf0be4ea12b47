//! Tests of searching lists of hashes.

use super::*;
use proptest::prelude::*;
use std::io::Write;

fn sha1(text: &str) -> Secret {
    Format::Sha1.hash(&Secret::from(text)).unwrap()
}

fn ntlm(text: &str) -> Secret {
    Format::Ntlm.hash(&Secret::from(text)).unwrap()
}

/// Returns a sorted list of hashes with this end of line; the last line has it only if `ended`.
fn list(mut hashes: Vec<String>, newline: &str, ended: bool) -> Vec<u8> {
    hashes.sort();
    let lines: Vec<_> = (hashes.iter().enumerate())
        .map(|(place, hash)| format!("{hash}:{}", place * 977 + 1))
        .collect();
    let end = if ended && !lines.is_empty() {
        newline
    } else {
        ""
    };
    (lines.join(newline) + end).into_bytes()
}

fn finds(list: &[u8], hash: &str) -> bool {
    contains(Cursor::new(list), &Secret::from(hash)).unwrap()
}

#[test]
fn hashes_are_those_of_the_formats() {
    for (hash, digits) in [
        (sha1("password"), "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8"),
        (sha1(""), "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709"),
        (ntlm("password"), "8846F7EAEE8FB117AD06BDD830B7586C"),
        (ntlm(""), "31D6CFE0D16AE931B73C59D7E0C089C0"),
        // The hash is of UTF-16 in little-endian order, as in Active Directory.
        (ntlm("Žluťoučký"), "8D3326F450B58E7F8576B69E4C42767D"),
    ] {
        assert_eq!(hash.expose_str(), Some(digits));
    }
}

#[test]
fn every_line_is_found_in_every_form_of_the_file_and_nothing_else() {
    for count in [1, 2, 3, 7, 100] {
        for newline in ["\n", "\r\n"] {
            for ended in [true, false] {
                for lower in [true, false] {
                    for hash in [sha1, ntlm] {
                        let text = |number: i32| {
                            let hash = hash(&number.to_string());
                            let digits = hash.expose_str().unwrap().to_owned();
                            let lowered = digits.to_ascii_lowercase();
                            (digits.clone(), if lower { lowered } else { digits })
                        };
                        let hashes = (0..count).map(|number| text(number).1).collect();
                        let list = list(hashes, newline, ended);
                        for number in 0..count {
                            assert!(finds(&list, &text(number).0), "{number} of {count}");
                        }
                        for number in count..count + 50 {
                            assert!(!finds(&list, &text(number).0), "{number} of {count}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_is_found_in_nothing_and_nothing_beyond_the_ends() {
    assert!(!finds(b"", sha1("password").expose_str().unwrap()));
    let only = list(
        vec![sha1("password").expose_str().unwrap().into()],
        "\n",
        true,
    );
    assert!(!finds(&only, &"0".repeat(40)));
    assert!(!finds(&only, &"F".repeat(40)));
}

#[test]
fn a_file_that_is_no_such_list_is_refused_with_what_is_allowed() {
    let hash = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8";
    let half = &hash[..32];
    let other = "0018A45C4D1DEF81644B54AB7F969B88D65";
    for (what, text) in [
        ("empty", String::new()),
        ("a line of nothing", "\n".into()),
        ("passwords", "password\n123456\n".into()),
        ("hashes without counts", format!("{hash}\n")),
        ("a count that is none", format!("{hash}:many\n")),
        ("a count that is empty", format!("{hash}:\n")),
        ("a range of the service", format!("{other}:3\n")),
        ("SHA-256", format!("{}:1\n", "a".repeat(64))),
        ("not hexadecimal", format!("{}:1\n", "g".repeat(40))),
        ("one endless line", "A".repeat(100_000)),
        ("mixed", format!("{half}:1\n{hash}:1\n")),
        ("a blank line at the end", format!("{hash}:1\n\n")),
        ("by count", format!("{hash}:9\n{}:2\n", "0".repeat(40))),
        ("UTF-16", format!("{hash}:1\n").replace("", "\0")),
        ("a BOM", format!("\u{feff}{hash}:1\n")),
    ] {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let fault = Breached::open(file.path()).err().unwrap_or_default();
        assert!(fault.contains(EXPECTED), "{what}: {fault}");
        assert!(fault.contains(file.path().to_str().unwrap()), "{fault}");
    }
    let fault = Breached::open(Path::new("/nowhere/hashes")).unwrap_err();
    assert!(fault.starts_with("/nowhere/hashes: "), "{fault}");
    let fault = Breached::open(Path::new("/")).unwrap_err();
    assert!(fault.starts_with("/: "), "{fault}");
}

#[test]
fn a_newer_file_may_take_the_place_and_a_missing_one_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hashes");
    let write = |password: &str| {
        let hash = ntlm(password).expose_str().unwrap().to_owned();
        std::fs::write(&file, list(vec![hash], "\r\n", false)).unwrap();
    };
    write("first");
    let breached = Breached::open(&file).unwrap();
    let knows = |password: &str| breached.contains(&Secret::from(password));
    assert!(knows("first").unwrap() && !knows("second").unwrap());
    write("second");
    assert!(!knows("first").unwrap() && knows("second").unwrap());
    std::fs::remove_file(&file).unwrap();
    assert!(knows("second").is_err());
}

#[test]
fn a_list_is_searched_in_few_reads() {
    /// A reader that counts the bytes read.
    struct Counted(Cursor<Vec<u8>>, usize);
    impl Read for &mut Counted {
        fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
            let read = self.0.read(buffer)?;
            self.1 += read;
            Ok(read)
        }
    }
    impl Seek for &mut Counted {
        fn seek(&mut self, to: SeekFrom) -> Result<u64> {
            self.0.seek(to)
        }
    }
    let hashes = (0..50_000).map(|number| format!("{number:032X}")).collect();
    let mut counted = Counted(Cursor::new(list(hashes, "\n", true)), 0);
    let wanted = Secret::from(format!("{:032X}", 31_415).as_str());
    assert!(contains(&mut counted, &wanted).unwrap());
    assert!(counted.1 < 40 * 2 * MAX_LINE_BYTES, "{}", counted.1);
}

proptest! {
    #[test]
    fn the_search_agrees_with_a_linear_one(
        numbers in prop::collection::btree_set(0_u128..500, 0..120),
        wanted in 0_u128..500,
        crlf: bool,
        ended: bool,
        spread in prop::sample::select(vec![1_u128, 0x0123_4567_89ab, u128::MAX / 500]),
    ) {
        let hash = |number: u128| format!("{:032X}", number * spread);
        let hashes = numbers.iter().map(|number| hash(*number)).collect();
        let list = list(hashes, if crlf { "\r\n" } else { "\n" }, ended);
        let linear = core::str::from_utf8(&list)
            .unwrap()
            .lines()
            .any(|line| line.starts_with(&hash(wanted)));
        prop_assert_eq!(finds(&list, &hash(wanted)), linear);
    }
}
