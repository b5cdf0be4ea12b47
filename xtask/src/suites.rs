//! The test suites of `cargo xtask test`, with the numbers of tests that passed and failed.

use crate::run::Step;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;

/// The numbers of tests that passed and failed, and what is known of those that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
    /// One text for each test that failed, as far as the suite names them.
    pub failures: Vec<String>,
}

impl Count {
    /// One check that passed.
    pub fn passed() -> Self {
        Count {
            passed: 1,
            ..Count::default()
        }
    }

    /// Prints it as the closing line. Fails if any test has failed.
    pub fn close(self) -> Result<(), String> {
        println!("\n{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 {
            Ok(())
        } else {
            Err(String::from("tests failed"))
        }
    }

    /// One failure, in these words.
    fn failed(why: String) -> Self {
        Count {
            failed: 1,
            failures: vec![why],
            ..Count::default()
        }
    }
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
                    ..
                } => Err(String::from("expected at least one test, found none")),
                count => Ok(count),
            })
            .unwrap_or_else(|error| {
                eprintln!("{name}: {error}");
                Count::failed(error)
            });
        self.rows
            .push((name.to_owned(), count, started.elapsed().as_secs()));
    }

    /// Runs a check that passes or fails as a whole.
    pub fn check(&mut self, name: &str, step: Step) {
        self.run(name, || step.run().map(|()| Count::passed()));
    }

    /// Prints every suite, the tests that failed and the closing line. Fails if any test has failed.
    /// The failures stand last because CI may keep no more than the end of what was printed.
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
        for (name, count, _) in &self.rows {
            for failure in &count.failures {
                println!("\n{name}: {failure}");
            }
        }
        sum.close()
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
        if let Some((passed, failed)) = closing_line(&line) {
            count.passed += passed;
            count.failed += failed;
        }
        count.failures.extend(failed_test(&line));
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    if !status.success() && count.failed == 0 {
        // It stopped before it could report a count.
        count.failed = 1;
    }
    Ok(count)
}

/// Reads a JSON report of Playwright.
pub fn playwright(report: &Value) -> Result<Count, String> {
    let stats = report.get("stats").ok_or("the report has no stats")?;
    let number = |name: &str| {
        stats
            .get(name)
            .and_then(Value::as_u64)
            .and_then(|number| usize::try_from(number).ok())
            .ok_or_else(|| format!("the report has no stats.{name}"))
    };
    let mut failures = Vec::new();
    for suite in array(report, "suites") {
        failed_journeys(suite, &mut failures);
    }
    Ok(Count {
        passed: number("expected")?,
        // A flaky test is a bug, and a skipped one proves nothing.
        failed: number("unexpected")? + number("flaky")? + number("skipped")?,
        failures,
    })
}

/// The journeys of a suite and its parts that did not pass: file, line, title and error.
fn failed_journeys(suite: &Value, failures: &mut Vec<String>) {
    for spec in array(suite, "specs") {
        for test in array(spec, "tests") {
            if test.get("status").and_then(Value::as_str) != Some("expected") {
                let line = spec.get("line").and_then(Value::as_u64).unwrap_or_default();
                let errors = array(test, "results").flat_map(|result| array(result, "errors"));
                let errors: String = errors
                    .map(|error| format!("\n{}", text(error, "message")))
                    .collect();
                let (file, title) = (text(spec, "file"), text(spec, "title"));
                failures.push(format!("{file}:{line} › {title}{errors}"));
            }
        }
    }
    for part in array(suite, "suites") {
        failed_journeys(part, failures);
    }
}

fn array<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The name of a test of cargo or of the interop script that failed.
fn failed_test(line: &str) -> Option<String> {
    let name = match line.strip_prefix("not ok - ") {
        Some(name) => name,
        None => line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?,
    };
    Some(name.to_owned())
}

fn closing_line(line: &str) -> Option<(usize, usize)> {
    let line = line.trim();
    let line = match line.strip_prefix("test result: ") {
        Some(rest) => rest.split_once(". ")?.1,
        None => line,
    };
    let mut words = line.split([' ', ',', ';']).filter(|word| !word.is_empty());
    let passed = words.next()?.parse().ok()?;
    (words.next()? == "passed").then_some(())?;
    let failed = words.next()?.parse().ok()?;
    (words.next()? == "failed").then_some((passed, failed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn closing_lines_are_read_and_nothing_else_is() {
        let cargo =
            "test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(closing_line(cargo), Some((3, 1)));
        assert_eq!(closing_line("186 passed, 0 failed"), Some((186, 0)));
        assert_eq!(closing_line("3 passed tests"), None);
        assert_eq!(closing_line("test a::b ... ok"), None);
    }

    #[test]
    fn a_skipped_or_flaky_journey_counts_as_failed() {
        let report = json!({
            "stats": { "expected": 5, "unexpected": 1, "flaky": 1, "skipped": 2 }
        });
        let count = playwright(&report).unwrap();
        assert_eq!((count.passed, count.failed), (5, 4));
    }

    #[test]
    fn failed_tests_are_named_with_their_errors() {
        let failed = |line| failed_test(line).unwrap_or_default();
        assert_eq!(failed("test flow::name ... FAILED"), "flow::name");
        assert_eq!(failed("not ok - jose.mjs opens it"), "jose.mjs opens it");
        assert_eq!(failed("test flow::name ... ok"), "");

        let spec = |title, status, errors| {
            json!({ "title": title, "file": "a.spec.ts", "line": 7,
                    "tests": [{ "status": status, "results": [{ "errors": errors }] }] })
        };
        let report = json!({
            "stats": { "expected": 1, "unexpected": 1, "flaky": 0, "skipped": 0 },
            "suites": [{ "suites": [{ "specs": [
                spec("goes well", "expected", json!([])),
                spec("goes wrong", "unexpected", json!([{ "message": "expected 1, received 2" }])),
            ] }] }],
        });
        assert_eq!(
            playwright(&report).unwrap().failures,
            ["a.spec.ts:7 › goes wrong\nexpected 1, received 2"]
        );
    }
}
