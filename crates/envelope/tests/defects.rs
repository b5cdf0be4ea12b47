//! Runs the hard cases in `tests/defects`: every file is named `part_defect` and contains its own
//! expectation.
//!
//! A file consists of lines `name: value`, an empty line, and the message, byte by byte to the end
//! of the file:
//!
//! - `expect`: `opens`, or the error by the name of its variant;
//! - `opens` (optional): `reply` for a message that the browser's half opens; a request otherwise;
//! - `what`: a description in one sentence.
//!
//! `cargo run -p postern-envelope --features seal,open --example make_defects` generates them. A
//! message that is sent twice (replay) is valid both times: the agent's store refuses it, which the
//! agent's tests check.

#![expect(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "test code outside the test functions themselves; it prints how much it has run"
)]

mod common;

use common::{ANSWERED_REQUEST_LABEL, BODY, DeterministicRng, EXPIRES, NOW, TENANT, test_key};
use postern_envelope::open::{EnvelopeKey, OpenError};
use postern_envelope::seal::{ReplyOpener, Wrapped};
use postern_envelope::{Compact, Secret};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_defect_is_refused_for_its_own_reason() {
    let agent = test_key();
    let browser = answered_request(&agent);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/defects");
    let names: BTreeSet<String> = fs::read_dir(folder.clone())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    let mut wrong = Vec::new();
    for name in &names {
        let case = Case::read(name, &fs::read(folder.join(name)).unwrap());
        let seen = case.run(&agent, &browser);
        if seen != case.expect {
            wrong.push(format!(
                "{name} ({}): expected {}, saw {seen}",
                case.what, case.expect
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(names.len() > 40, "only {} files", names.len());
    println!("{} defect files", names.len());
}

/// One parsed file.
struct Case {
    expect: String,
    what: String,
    is_reply: bool,
    message: Vec<u8>,
}

impl Case {
    fn read(name: &str, file: &[u8]) -> Self {
        let end = file
            .windows(2)
            .position(|pair| pair == b"\n\n")
            .unwrap_or_else(|| panic!("{name}: no empty line after the header"));
        let header = std::str::from_utf8(&file[..end]).unwrap();
        let value = |key: &str| {
            header
                .lines()
                .filter_map(|line| line.split_once(": "))
                .find(|(name, _)| *name == key)
                .map(|(_, value)| value.to_owned())
        };
        Self {
            expect: value("expect").unwrap_or_else(|| panic!("{name}: no `expect`")),
            what: value("what").unwrap_or_else(|| panic!("{name}: no `what`")),
            is_reply: value("opens").is_some_and(|value| value == "reply"),
            message: file[end + 2..].to_vec(),
        }
    }

    /// Returns the outcome, in the notation of the files.
    fn run(&self, agent: &EnvelopeKey, browser: &ReplyOpener) -> String {
        let compact = match Compact::parse(&self.message) {
            Ok(compact) => compact,
            Err(malformed) => return format!("Malformed::{malformed:?}"),
        };
        assert_eq!(
            compact.to_string().as_bytes(),
            self.message,
            "a parsed message has exactly one form"
        );
        let body = if self.is_reply {
            match browser.open(&compact) {
                Ok(body) => body,
                Err(refusal) => return format!("{refusal:?}"),
            }
        } else {
            match agent.open(TENANT, NOW, &compact) {
                Ok(opened) => opened.body,
                Err(OpenError::Expired { .. }) => return "Expired".to_owned(),
                Err(OpenError::Payload(error)) => return format!("Payload::{error:?}"),
                Err(error) => return format!("{error:?}"),
            }
        };
        assert_eq!(body.expose(), BODY);
        "opens".to_owned()
    }
}

/// Returns the browser's half of the request that every `reply_…` file answers.
fn answered_request(agent: &EnvelopeKey) -> ReplyOpener {
    let mut rng = DeterministicRng::new(ANSWERED_REQUEST_LABEL);
    let body = Secret::new(BODY.to_vec());
    Wrapped::new(&mut rng, agent.public())
        .and_then(|wrapped| wrapped.seal(&mut rng, TENANT, EXPIRES, &body))
        .unwrap()
        .1
}
