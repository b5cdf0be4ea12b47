//! The test suites of `cargo xtask test`, with the numbers of tests that passed and failed.

use crate::run::Step;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;

/// The numbers of tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
}

/// The suites of one run.
#[derive(Debug, Default)]
pub struct Suites {
    rows: Vec<(String, Count, u64)>,
}

impl Suites {
    /// Runs a suite that reports how many tests passed. One that does not start, or runs no test,
    /// counts as one failure.
    pub fn run(&mut self, name: &str, suite: impl FnOnce() -> Result<Count, String>) {
        println!("\n\x1b[1m== {name}\x1b[0m");
        let started = Instant::now();
        let count = suite()
            .and_then(|count| match count {
                Count {
                    passed: 0,
                    failed: 0,
                } => Err(String::from("expected at least one test, found none")),
                count => Ok(count),
            })
            .unwrap_or_else(|error| {
                eprintln!("{name}: {error}");
                Count {
                    passed: 0,
                    failed: 1,
                }
            });
        self.rows
            .push((name.to_owned(), count, started.elapsed().as_secs()));
    }

    /// Runs a check that passes or fails as a whole.
    pub fn check(&mut self, name: &str, step: Step) {
        self.run(name, || {
            step.run().map(|()| Count {
                passed: 1,
                failed: 0,
            })
        });
    }

    /// Prints every suite and the closing line. Fails if any test has failed.
    pub fn close(self) -> Result<(), String> {
        let mut sum = Count::default();
        println!(
            "\n{:<44} {:>7} {:>7} {:>6}",
            "suite", "passed", "failed", "s"
        );
        for (name, count, seconds) in &self.rows {
            println!(
                "{name:<44} {:>7} {:>7} {seconds:>6}",
                count.passed, count.failed
            );
            sum.passed += count.passed;
            sum.failed += count.failed;
        }
        println!("\n{} passed, {} failed", sum.passed, sum.failed);
        if sum.failed == 0 {
            Ok(())
        } else {
            Err(String::from("tests failed"))
        }
    }
}

/// Runs a program, shows what it prints, and adds up its closing lines: those of `cargo test`
/// (`test result: ok. 3 passed; 0 failed; …`) and plain ones (`3 passed, 0 failed`).
pub fn counted(mut step: Step) -> Result<Count, String> {
    step.announce();
    let mut child = step
        .command()
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let out = child.stdout.take().ok_or("no standard output")?;
    let mut count = Count::default();
    for line in BufReader::new(out).lines() {
        let line = line.map_err(|error| error.to_string())?;
        println!("{line}");
        if let Some(Count { passed, failed }) = closing_line(&line) {
            count.passed += passed;
            count.failed += failed;
        }
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    if !status.success() && count.failed == 0 {
        // It stopped before it could report a count.
        count.failed = 1;
    }
    Ok(count)
}

/// Reads a JSON report of Playwright.
pub fn playwright(report: &serde_json::Value) -> Result<Count, String> {
    let stats = report.get("stats").ok_or("the report has no stats")?;
    let number = |name: &str| {
        stats
            .get(name)
            .and_then(serde_json::Value::as_u64)
            .and_then(|number| usize::try_from(number).ok())
            .ok_or_else(|| format!("the report has no stats.{name}"))
    };
    Ok(Count {
        passed: number("expected")?,
        // A flaky test is a bug, and a skipped one proves nothing.
        failed: number("unexpected")? + number("flaky")? + number("skipped")?,
    })
}

fn closing_line(line: &str) -> Option<Count> {
    let line = line.trim();
    let line = match line.strip_prefix("test result: ") {
        Some(rest) => rest.split_once(". ")?.1,
        None => line,
    };
    let mut words = line.split([' ', ',', ';']).filter(|word| !word.is_empty());
    let passed = words.next()?.parse().ok()?;
    (words.next()? == "passed").then_some(())?;
    let failed = words.next()?.parse().ok()?;
    (words.next()? == "failed").then_some(Count { passed, failed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_read_and_nothing_else_is() {
        let count = |passed, failed| Some(Count { passed, failed });
        let cargo =
            "test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(closing_line(cargo), count(3, 1));
        assert_eq!(closing_line("186 passed, 0 failed"), count(186, 0));
        assert_eq!(closing_line("3 passed tests"), None);
        assert_eq!(closing_line("test a::b ... ok"), None);
    }

    #[test]
    fn a_skipped_or_flaky_journey_counts_as_failed() {
        let report = serde_json::json!({
            "stats": { "expected": 5, "unexpected": 1, "flaky": 1, "skipped": 2 }
        });
        assert_eq!(
            playwright(&report),
            Ok(Count {
                passed: 5,
                failed: 4
            })
        );
    }
}
