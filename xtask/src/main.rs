//! The commands of the workspace: `cargo xtask <command>`.

#![allow(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "these programs speak to a terminal"
)]

mod clock;
mod dc;
mod dc_stack;
mod inputs;
mod methods;
mod quality;
mod run;
mod setup;
mod site;
mod size;
mod stack;
mod suites;
mod test;
mod tools;
mod trunk;
mod wasm;

use std::process::ExitCode;

const USAGE: &str = "the commands are:
  demo [--port N]      build everything and run it here until Ctrl-C
  demo --check         the same on a free port, until the page and all that it loads were answered
  test                 set up what is missing, run every test
  test --at MOMENT     the same with another clock, as in \"2028-02-29 12:00 UTC\"
  test --trunk         the developer's loop with Trunk
  test --dates         what depends on the date, on every date that is known to be difficult
  size                 print the weight of the reset page, part by part
  bench                measure the page on an emulated slow phone
  timing [pairs]       known and unknown names timed in pairs; fails beyond half a millisecond
  strangers            10,000 conversations of strangers; fails if an owner is then refused a way
  kills [times]        the agent killed while it sets a password on a domain controller: told truly?
  screens              pictures of every state, language and theme into target/screens
  journeys-dc [...]    only the browser journeys on a domain controller; for Playwright: the rest
  site                 build the browser's files into target/site
  dc run -- <command>  run a command beside a real Active Directory domain controller (Samba)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words[..] {
        ["demo", ..] => stack::demo(&words[1..]),
        ["test"] => test::run(),
        ["test", "--at", moment] => clock::set(moment).and_then(|()| test::run()),
        ["test", "--dates"] => test::dates(),
        ["test", "--trunk"] => trunk::test(),
        ["size"] => size::run(),
        ["bench"] => test::bench(),
        ["timing", ..] => timing(&words[1..]),
        ["strangers", ..] => strangers(&words[1..]),
        ["kills"] => dc_stack::kills("500"),
        ["kills", times] => dc_stack::kills(times),
        ["screens"] => test::screens(),
        ["site"] => site::build(),
        ["journeys-dc", ..] => dc_stack::command(&words[1..]),
        ["dc", "run", "--", ..] => dc::run(&arguments[3..])
            .map_err(|error| error.to_string())
            .and_then(|status| {
                status
                    .success()
                    .then_some(())
                    .ok_or_else(|| status.to_string())
            }),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Strangers in bulk against the agent; for fewer: the numbers of accounts and of conversations.
fn strangers(numbers: &[&str]) -> run::Outcome {
    let bench = [
        "bench",
        "--package=postern-agent",
        "--bench=strangers",
        "--",
    ];
    run::Step::new(run::cargo(), &bench)
        .arguments(numbers)
        .run()
}

/// Beside a domain controller (`dc run -- cargo xtask timing`) its directory is measured too.
fn timing(pairs: &[&str]) -> run::Outcome {
    let bench = ["bench", "--package=postern-agent", "--bench=timing", "--"];
    run::Step::new(run::cargo(), &bench).arguments(pairs).run()
}
