//! The tools that the project's commands need: installed into a user cache, one folder a version,
//! so that the next run finds them.

use crate::run::{Outcome, Step};
use signal_hook::consts::{SIGINT, SIGTERM};
use std::env;
use std::path::{Path, PathBuf};

const TRUNK: &str = "0.21.14";
/// The same as `wasm-bindgen` in Cargo.lock.
const WASM_BINDGEN: &str = "0.2.130";
const BINARYEN: &str = "132.0.0";
const TERSER: &str = "5.51.2";

/// The cache of everything that is not the project's: `$XDG_CACHE_HOME/postern`.
pub fn cache() -> Result<PathBuf, String> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .ok_or("neither XDG_CACHE_HOME nor HOME is set")?;
    Ok(base.join("postern"))
}

/// What builds the browser's half; gives the folders to look for programs in.
pub fn for_site() -> Result<Vec<PathBuf>, String> {
    wasm_target()?;
    Ok(vec![cargo_tool("trunk", TRUNK, true)?, wasm_bindgen()?])
}

/// The folder of wasm-bindgen's programs, the test runner among them.
pub fn wasm_bindgen() -> Result<PathBuf, String> {
    wasm_target()?;
    // With --locked, 0.2.130 asks for a crate version that was withdrawn.
    cargo_tool("wasm-bindgen-cli", WASM_BINDGEN, false)
}

/// What makes the module small.
pub fn binaryen() -> Result<PathBuf, String> {
    npm_tool("binaryen", BINARYEN)
}

/// What makes the script small.
pub fn terser() -> Result<PathBuf, String> {
    npm_tool("terser", TERSER)
}

/// `PATH` with the folders before it.
pub fn path_with(folders: &[PathBuf]) -> Result<std::ffi::OsString, String> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folders.iter().cloned().chain(env::split_paths(&path)))
        .map_err(|error| format!("PATH: {error}"))
}

/// Waits for Ctrl-C or a polite request to stop.
pub fn wait_for_interrupt() -> Outcome {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])
        .map_err(|error| error.to_string())?;
    signals.forever().next();
    Ok(())
}

/// Says what to install where npm is missing.
pub fn need_npm() -> Outcome {
    if found("npm") {
        return Ok(());
    }
    Err(String::from(
        "npm is needed and not found: install Node.js 20 or later (Debian: nodejs npm)",
    ))
}

/// Whether a program can be found.
pub fn found(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn wasm_target() -> Outcome {
    let libraries = Step::new("rustc", &["--print", "target-libdir", "--target"])
        .argument("wasm32-unknown-unknown")
        .output()?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    Step::new("rustup", &["target", "add", "wasm32-unknown-unknown"]).run()
}

fn cargo_tool(name: &str, version: &str, locked: bool) -> Result<PathBuf, String> {
    let root = cache()?.join("tools").join([name, "-", version].concat());
    let folder = root.join("bin");
    if folder.is_dir() {
        return Ok(folder);
    }
    let mut step = Step::new("cargo", &["install", name, "--version", version, "--root"])
        .argument(&root)
        // A folder of its own: the workspace's settings are not the tool's.
        .directory(&cache()?);
    if locked {
        step = step.argument("--locked");
    }
    step.run()?;
    Ok(folder)
}

fn npm_tool(name: &str, version: &str) -> Result<PathBuf, String> {
    let root = cache()?.join("tools").join([name, "-", version].concat());
    let folder = root.join("node_modules/.bin");
    if folder.is_dir() {
        return Ok(folder);
    }
    need_npm()?;
    Step::new("npm", &["install", "--no-audit", "--no-fund", "--prefix"])
        .argument(&root)
        .argument([name, "@", version].concat())
        .run()?;
    Ok(folder)
}
