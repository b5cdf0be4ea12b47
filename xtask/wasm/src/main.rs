//! `xtask-wasm <module.wasm> <folder> <name>`: makes what a browser loads of a module that was linked
//! with `--emit-relocs`. Writes into the folder: `<name>.wasm`, the part that is loaded at once;
//! `<name>.js`, the script that wasm-bindgen makes for it; the chunks that are loaded later; and
//! `<name>.chunks.json`, which names the chunks that each split point needs.
//!
//! A program of its own, so that `cargo xtask` starts before wasm-bindgen is compiled, and so that
//! it is compiled beside everything else.

#![expect(clippy::print_stderr, reason = "this program speaks to a terminal")]

mod lean;
mod split;

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
    let parts = split::split(module, &folder.join("split"))?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(&parts.main)
        .out_name(name)
        .typescript(false)
        // The chunks use the memory, the table and the stack of the main part.
        .keep_lld_exports(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder))
        .map_err(|error| format!("{}: {error:#}", module.display()))?;
    let file = |ending: &str| folder.join([name, ending].concat());
    let failed = |file: &Path, error: &dyn Display| format!("{}: {error}", file.display());
    let write =
        |file: &Path, bytes: &[u8]| fs::write(file, bytes).map_err(|error| failed(file, &error));
    let (bound, script) = (file("_bg.wasm"), file(".js"));
    let mut main = Module::from_file(&bound).map_err(|error| failed(&bound, &error))?;
    let text = fs::read_to_string(&script).map_err(|error| failed(&script, &error))?;
    let (wasm, text) = lean::main(&mut main, &text).map_err(|error| failed(&bound, &error))?;
    write(&file(".wasm"), &wasm)?;
    write(&script, text.as_bytes())?;
    for chunk in &parts.chunks {
        let mut module = Module::from_file(chunk).map_err(|error| failed(chunk, &error))?;
        let name = chunk.file_name().unwrap_or_default();
        write(&folder.join(name), &lean::chunk(&mut module))?;
    }
    let needed = serde_json::to_vec_pretty(&parts.needed).map_err(|error| error.to_string())?;
    write(&file(".chunks.json"), &needed)
}
