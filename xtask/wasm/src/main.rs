//! `xtask-wasm <module.wasm> <folder> <name>`: writes `<name>.wasm` and `<name>.js` into the folder:
//! the module as a browser loads it, and the script that wasm-bindgen makes for it.
//!
//! A program of its own, so that `cargo xtask` starts before wasm-bindgen is compiled, and so that
//! it is compiled beside everything else.

#![allow(clippy::print_stderr, reason = "this program speaks to a terminal")]

mod lean;

use core::fmt::Display;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use walrus::Module;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match &arguments[..] {
        [module, folder, name] => make(Path::new(module), Path::new(folder), name),
        _ => Err(String::from(
            "expected: xtask-wasm <module.wasm> <folder> <name>",
        )),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn make(module: &Path, folder: &Path, name: &str) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).typescript(false);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder))
        .map_err(|error| format!("{}: {error:#}", module.display()))?;
    let file = |ending: &str| folder.join([name, ending].concat());
    let failed = |file: &Path, error: &dyn Display| format!("{}: {error}", file.display());
    let (bound, script) = (file("_bg.wasm"), file(".js"));
    let mut module = Module::from_file(&bound).map_err(|error| failed(&bound, &error))?;
    let text = fs::read_to_string(&script).map_err(|error| failed(&script, &error))?;
    let (wasm, text) = lean::lean(&mut module, &text).map_err(|error| failed(&bound, &error))?;
    let lean = file(".wasm");
    fs::write(&lean, wasm).map_err(|error| failed(&lean, &error))?;
    fs::write(&script, text).map_err(|error| failed(&script, &error))
}
