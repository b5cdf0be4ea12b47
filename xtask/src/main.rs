//! The commands of the workspace: `cargo xtask <command>`.

#![allow(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "these programs speak to a terminal"
)]

mod dc;
mod run;
mod site;
mod stack;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "the commands are:
  demo [--port N]      build everything and run it here until Ctrl-C
  site                 build the browser's files into target/site
  dc run -- <command>  run a command beside a real Active Directory domain controller (Samba)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words[..] {
        ["demo", ..] => stack::demo(&arguments[1..]),
        ["site"] => site::build(),
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
