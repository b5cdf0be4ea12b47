//! A WASM module besides the page's own, which a script loads when it is needed and not before.

use crate::run::{Step, cargo, root};
use crate::site::{optimized, read, text};
use crate::{lean, tools};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A module and its wasm-bindgen script.
pub struct Module {
    pub wasm: Vec<u8>,
    pub script: String,
}

/// Builds the module of one of our crates with the tools in these folders.
pub fn module(folders: &[PathBuf], name: &str) -> Result<Module, String> {
    let target = root().join("target");
    let package = ["postern-", name].concat();
    Step::new(cargo(), &["build", "--package", &package, "--lib"])
        .argument("--target=wasm32-unknown-unknown")
        .argument("--profile=wasm-release")
        .run()?;
    let folder = target.join(name);
    let built = [
        "wasm32-unknown-unknown/wasm-release/postern_",
        name,
        ".wasm",
    ]
    .concat();
    Step::new("wasm-bindgen", &["--target=web", "--no-typescript"])
        .variable("PATH", tools::path_with(folders)?)
        .argument(["--out-name=", name].concat())
        .argument("--out-dir")
        .argument(&folder)
        .argument(target.join(built))
        .run()?;
    let script = text(read(&folder.join([name, ".js"].concat()))?)?;
    let wasm = read(&folder.join([name, "_bg.wasm"].concat()))?;
    let (wasm, script) = lean::lean(&wasm, &script)?;
    let wasm = optimized(&wasm, &folder)?;
    Ok(Module { wasm, script })
}

/// A file as its script loads it: name and SRI value.
pub fn named(placed: &Value) -> Value {
    json!([placed["name"], placed["integrity"]])
}
