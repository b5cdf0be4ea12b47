//! The commands of the workspace: `cargo xtask dc run -- <command>`.

mod dc;

use std::process::ExitCode;

fn main() -> dc::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["dc", "run", "--", ..] => {
            let status = dc::run(&arguments[3..])?;
            Ok(if status.success() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        _ => Err("the commands are: dc run -- <command>".into()),
    }
}
