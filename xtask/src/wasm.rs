//! The browser's module: the app, compiled to WASM and split into chunks, with the script that
//! wasm-bindgen makes for it, all as small as they become.

use crate::inputs::read;
use crate::run::{Outcome, Step, cargo, program, target};
use crate::tools;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The names of the files that `xtask-wasm` writes begin with it.
const NAME: &str = "app";

/// The options of `wasm-opt`. The features are named one by one: with all of them it writes compact
/// imports, which Chromium refuses.
const WASM_OPT: [&str; 16] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--always-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    "-O2",
    "--flatten",
    "--rereloop",
    "-O2",
    "-O2",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
];

/// A module in parts.
pub struct Module {
    /// The part that is loaded at once.
    pub main: Vec<u8>,
    /// Its script.
    pub script: String,
    /// The parts that are loaded later, by name.
    pub chunks: BTreeMap<String, Vec<u8>>,
    /// The chunks that each split point of the app needs (`#[wasm_split]`).
    pub needed: BTreeMap<String, Vec<String>>,
}

/// Compiles the app.
pub fn compile() -> Outcome {
    // As a library for browsers alone: beside another kind, cargo leaves link-time optimisation out
    // without a word.
    Step::new(
        cargo(),
        &["rustc", "--quiet", "--package=postern-app", "--lib"],
    )
    .arguments(&["--crate-type=cdylib", "--features=browser"])
    .arguments(&["--target=wasm32-unknown-unknown", "--profile=wasm-release"])
    // The splitter reads the relocations.
    .arguments(&["--", "-Clink-arg=--emit-relocs"])
    .run()
}

/// The file that [`compile`] writes.
pub fn compiled() -> PathBuf {
    target().join("wasm32-unknown-unknown/wasm-release/postern_app.wasm")
}

/// The module, made of what was compiled unless it was made of just that before.
pub fn module() -> Result<Module, String> {
    let (tool, npm) = (program("xtask-wasm"), tools::npm_tools()?);
    let mut made_of = Sha256::new();
    for file in [&compiled(), &tool] {
        made_of.update(fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?);
    }
    made_of.update(format!("{npm:?} {WASM_OPT:?}"));
    let made_of = format!("{:x}\n", made_of.finalize());
    let folder = target().join("wasm").join(NAME);
    let file = |ending: &str| folder.join([NAME, ending].concat());
    let stamp = file(".made-of");
    let stale = !fs::read_to_string(&stamp).is_ok_and(|before| before == made_of);
    if stale {
        Step::new(tool, &[])
            .argument(compiled())
            .argument(&folder)
            .argument(NAME)
            .run()?;
    }
    let needed = needed()?;
    let names: BTreeSet<&str> = needed.values().flatten().map(String::as_str).collect();
    let part = |name: &str| {
        let (module, small) = (
            folder.join([name, ".wasm"].concat()),
            folder.join([name, ".small.wasm"].concat()),
        );
        if stale {
            optimize(npm.as_deref(), &module, &small)?;
        }
        read(&small)
    };
    let main = part(NAME)?;
    let mut chunks = BTreeMap::new();
    for name in names {
        chunks.insert(name.to_owned(), part(name)?);
    }
    let script = String::from_utf8(read(&file(".js"))?);
    fs::write(&stamp, made_of).map_err(|error| format!("{}: {error}", stamp.display()))?;
    Ok(Module {
        main,
        script: script.map_err(|_| format!("{}: not UTF-8", file(".js").display()))?,
        chunks,
        needed,
    })
}

/// Returns the names of the chunks that each split point needs.
fn needed() -> Result<BTreeMap<String, Vec<String>>, String> {
    let file = target()
        .join("wasm")
        .join(NAME)
        .join([NAME, ".chunks.json"].concat());
    serde_json::from_slice(&read(&file)?).map_err(|error| error.to_string())
}

/// Returns the names of the chunks that one split point needs.
pub fn chunks_of(point: &str) -> Result<Vec<String>, String> {
    needed()?
        .remove(point)
        .ok_or_else(|| format!("expected a split point named {point}"))
}

/// Runs `wasm-opt` on a module, for few bytes on the way, not on the disk. So nothing is inlined and
/// `-O2` is better than `-Oz`: what is written out the same each time compresses well.
fn optimize(npm: Option<&Path>, module: &Path, small: &Path) -> Outcome {
    match npm {
        Some(programs) => Step::new(programs.join("wasm-opt"), &WASM_OPT)
            .argument(module)
            .argument("-o")
            .argument(small)
            .run(),
        None => fs::copy(module, small)
            .map(drop)
            .map_err(|error| format!("{}: {error}", module.display())),
    }
}
