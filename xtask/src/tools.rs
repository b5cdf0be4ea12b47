//! The tools that the project's commands need besides cargo's own: npm packages, installed from a
//! lockfile into a user cache, so that the next run finds them.

use crate::run::{Outcome, Step, root};
use sha2::{Digest, Sha256};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

/// The npm packages for the site's build: `wasm-opt` and `terser`, in exact versions.
const NPM_TOOLS: [&str; 2] = ["xtask/npm/package.json", "xtask/npm/package-lock.json"];

/// Returns the cache for everything outside the project: `$XDG_CACHE_HOME/postern`.
pub fn cache() -> Result<PathBuf, String> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .ok_or("neither XDG_CACHE_HOME nor HOME is set")?;
    Ok(base.join("postern"))
}

/// Returns the folder of the programs of `xtask/npm`; none if npm is missing.
pub fn npm_tools() -> Result<Option<PathBuf>, String> {
    if !is_installed("npm") {
        return Ok(None);
    }
    let mut hash = Sha256::new();
    for file in NPM_TOOLS {
        hash.update(crate::inputs::read(&root().join(file))?);
    }
    // A folder for each state of the lockfile; it exists only once it is complete.
    let name = ["npm-", &format!("{:x}", hash.finalize())[..16]].concat();
    let folder = cache()?.join(name);
    let programs = folder.join("node_modules/.bin");
    if programs.is_dir() {
        return Ok(Some(programs));
    }
    let installing = folder.with_extension(std::process::id().to_string());
    let failed = |error| format!("{}: {error}", installing.display());
    fs::create_dir_all(&installing).map_err(failed)?;
    for file in NPM_TOOLS.map(Path::new) {
        let copy = installing.join(file.file_name().unwrap_or_default());
        fs::copy(root().join(file), copy).map_err(failed)?;
    }
    Step::new("npm", &["ci", "--no-audit", "--no-fund", "--silent"])
        .directory(&installing)
        .run()?;
    match fs::rename(&installing, &folder) {
        // Another run may have installed them meanwhile.
        Err(_) if programs.is_dir() => fs::remove_dir_all(&installing).map_err(failed)?,
        renamed => renamed.map_err(failed)?,
    }
    Ok(Some(programs))
}

/// Catches SIGINT (Ctrl-C) and SIGTERM from now on, so that a program that is interrupted while it
/// starts others still stops them.
pub fn interrupts() -> Result<Signals, String> {
    Signals::new([SIGINT, SIGTERM]).map_err(|error| error.to_string())
}

/// Calls `work` every half second until a signal arrives.
pub fn until_interrupted(signals: &mut Signals, mut work: impl FnMut() -> Outcome) -> Outcome {
    while signals.pending().next().is_none() {
        work()?;
        sleep(Duration::from_millis(500));
    }
    Ok(())
}

/// Fails if npm is missing; the error names the packages to install.
pub fn require_npm() -> Outcome {
    if is_installed("npm") {
        return Ok(());
    }
    Err(String::from(
        "expected npm in PATH: install Node.js 20 or later (Debian: nodejs npm)",
    ))
}

/// Reports whether a program is in PATH.
pub fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Installs the WASM target of the toolchain if it is missing. rustup does so itself by default.
pub fn wasm_target() -> Outcome {
    let libraries = Step::new("rustc", &["--print", "target-libdir", "--target"])
        .argument("wasm32-unknown-unknown")
        .output()?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    Step::new("rustup", &["target", "add", "wasm32-unknown-unknown"]).run()
}
