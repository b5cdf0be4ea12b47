//! wasm-bindgen's test runner. cargo calls it with the compiled tests, as the runner of the target
//! `wasm32-unknown-unknown`.

#![expect(clippy::print_stderr, reason = "this program speaks to a terminal")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
