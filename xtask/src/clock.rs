//! The clock of the tests: the machine's, or one that `cargo xtask test --at <moment>` sets for the
//! tests, the programs that they start, the browser and the domain controller. Compilers keep the
//! machine's clock, by which cargo detects changed files.

use crate::run::Step;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

/// Debian's libfaketime for multi-threaded programs; `e2e/support/clock.ts` has the same path.
pub const LIBRARY: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

/// The dates on which tests may fail that pass on others, in a format that `date` reads. The tests
/// are run on them before a release.
pub const DATES: [(&str, &str); 5] = [
    ("in 40 days", "+40 days"),
    ("a 29 February", "2028-02-29 12:00 UTC"),
    ("before midnight", "2026-12-31 23:59 UTC"),
    ("summer time begins", "2027-03-28 00:59:30 UTC"),
    ("summer time ends", "2027-10-31 00:59:30 UTC"),
];

/// The environment variables that set it; empty for the machine's own clock.
static VARIABLES: OnceLock<Vec<(String, String)>> = OnceLock::new();

/// Sets the clock of all tests of this run. Fails if `date` cannot read the moment, or without
/// libfaketime.
#[expect(
    clippy::disallowed_methods,
    reason = "the commands' only use of the clock"
)]
pub fn set(moment: &str) -> Result<(), String> {
    let start = Step::new("date", &["+%s", "--date", moment]).output()?;
    let start: i64 = start
        .trim()
        .parse()
        .map_err(|_| format!("--at: expected a date and time, found {moment:?}"))?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_err(|error| error.to_string())?.as_secs();
    let ahead = start.saturating_sub_unsigned(now);
    if !std::path::Path::new(LIBRARY).is_file() {
        return Err(format!(
            "{LIBRARY} is missing: install Debian's package libfaketime"
        ));
    }
    let variables = [
        ("LD_PRELOAD", LIBRARY.to_owned()),
        // An offset, so that every process has the same clock, whenever it starts.
        ("FAKETIME", format!("{ahead:+}s")),
        // Time-outs and file times keep the machine's time.
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ("NO_FAKE_STAT", "1".to_owned()),
        // Otherwise the modules of Samba's database would read the time from the C library itself.
        ("LDB_MODULES_DISABLE_DEEPBIND", "1".to_owned()),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value));
    // Set once, before any program is started.
    let _already_set = VARIABLES.set(variables.into());
    Ok(())
}

/// Returns the environment variables that give a program the clock of the tests.
pub fn variables() -> &'static [(String, String)] {
    VARIABLES.get().map_or(&[], Vec::as_slice)
}

/// Returns cargo's variable for the runner that gives cargo's tests the clock of the tests.
pub fn runner() -> Vec<(String, String)> {
    let variables = variables().iter();
    let set: Vec<_> = variables
        .map(|(name, value)| [name, "=", value].concat())
        .collect();
    if set.is_empty() {
        return Vec::new();
    }
    let name = "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER";
    vec![(name.to_owned(), ["env ", &set.join(" ")].concat())]
}
