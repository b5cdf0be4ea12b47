//! The commands of the workspace: `cargo xtask <command>`.

#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "these commands print to a terminal"
)]

mod assets;
mod clock;
mod compile;
mod dc;
mod dc_stack;
mod deny;
mod inputs;
mod intranet;
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

const USAGE: &str = "expected one of these commands:
  demo [--port N]      build everything and run it here until Ctrl-C; with an intranet that embeds the
                       portal on port N + 1
  demo --check         the same on a free port, until the page and its files were served once
  test                 install what is missing, run every test
  test --at MOMENT     the same with another clock, such as \"2028-02-29 12:00 UTC\"
  test --trunk         test the development loop with Trunk
  test --dates         run the date-dependent tests on every date that is known to be difficult
  size                 print the size of the reset page, part by part
  bench                measure the page on an emulated slow phone
  timing [pairs]       time known and unknown names in pairs; fails beyond half a millisecond
  strangers            run 10,000 flows of strangers; fails if an owner is then refused a gate
  kills [times]        kill the agent while it sets a password on a domain controller; fails if the
                       user is then shown a wrong result
  screens              screenshots of every state, language and theme into target/screens
  browsers [...]       run only the main job in Firefox and WebKit; passes the rest of the arguments to
                       Playwright
  journeys-dc [...]    run only the browser journeys on a domain controller; passes the rest of
                       the arguments to Playwright
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
        ["browsers", ..] => test::browsers(&words[1..]),
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

/// Runs many flows of strangers against the agent. `numbers` are those of accounts and of flows.
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

/// Times known and unknown names. With a domain controller (`dc run -- cargo xtask timing`), its
/// directory is measured too.
fn timing(pairs: &[&str]) -> run::Outcome {
    let bench = ["bench", "--package=postern-agent", "--bench=timing", "--"];
    run::Step::new(run::cargo(), &bench).arguments(pairs).run()
}
