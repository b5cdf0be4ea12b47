//! The browser's modules: one of our crates, compiled to WASM, with the script that wasm-bindgen makes
//! for it, both as small as they become.

use crate::inputs::read;
use crate::run::{Outcome, Step, cargo, program, target};
use crate::tools;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// A crate that is compiled to a module, with the features that it has in the browser.
#[derive(Clone, Copy)]
pub struct Crate {
    name: &'static str,
    features: &'static str,
}

/// The page itself.
pub const APP: Crate = Crate {
    name: "app",
    features: "browser",
};
/// What helps to choose a password.
pub const QUALITY: Crate = Crate {
    name: "quality",
    features: "",
};
/// What draws QR codes.
pub const QR: Crate = Crate {
    name: "qr",
    features: "",
};

/// What `wasm-opt` may use and does. The features are named one by one: with all of them it
/// writes compact imports, which Chromium refuses.
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

/// A module and its script.
pub struct Module {
    pub wasm: Vec<u8>,
    pub script: String,
}

impl Crate {
    /// Compiles it.
    pub fn compile(self) -> Outcome {
        let package = ["postern-", self.name].concat();
        // As a library for browsers alone: beside another kind, cargo leaves link-time
        // optimisation out without a word.
        Step::new(
            cargo(),
            &["rustc", "--quiet", "--package", &package, "--lib"],
        )
        .arguments(&["--crate-type=cdylib", "--features", self.features])
        .arguments(&["--target=wasm32-unknown-unknown", "--profile=wasm-release"])
        .run()
    }

    /// What [`Self::compile`] has written.
    pub fn compiled(self) -> PathBuf {
        let file = ["postern_", self.name, ".wasm"].concat();
        target()
            .join("wasm32-unknown-unknown/wasm-release")
            .join(file)
    }

    /// The module and its script, made of what was compiled, unless they were made of just that
    /// before.
    pub fn module(self) -> Result<Module, String> {
        let (tool, npm) = (program("xtask-wasm"), tools::npm_tools()?);
        let mut made_of = Sha256::new();
        for file in [&self.compiled(), &tool] {
            made_of.update(fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?);
        }
        made_of.update(format!("{npm:?} {WASM_OPT:?}"));
        let made_of = format!("{:x}\n", made_of.finalize());
        let folder = target().join("wasm").join(self.name);
        let file = |ending: &str| folder.join([self.name, ending].concat());
        let (stamp, small) = (file(".made-of"), file(".small.wasm"));
        if !fs::read_to_string(&stamp).is_ok_and(|before| before == made_of) {
            Step::new(tool, &[])
                .argument(self.compiled())
                .argument(&folder)
                .argument(self.name)
                .run()?;
            optimize(npm.as_deref(), &file(".wasm"), &small)?;
            fs::write(&stamp, made_of).map_err(|error| format!("{}: {error}", stamp.display()))?;
        }
        let script = String::from_utf8(read(&file(".js"))?);
        Ok(Module {
            wasm: read(&small)?,
            script: script.map_err(|_| format!("{}: not UTF-8", file(".js").display()))?,
        })
    }
}

/// A file as its script loads it: name and SRI value.
pub fn named(placed: &Value) -> Value {
    json!([placed["name"], placed["integrity"]])
}

/// The module by `wasm-opt`: for few bytes on the way, not on the disk. So nothing is inlined and
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
