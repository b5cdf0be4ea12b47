//! The tools that the project's commands need besides cargo's own: npm's, installed from a lockfile
//! into a user cache, so that the next run finds them.

use crate::run::{Outcome, Step, root};
use sha2::{Digest, Sha256};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

/// What the site's build needs of npm: `wasm-opt` and `terser`, in exact versions.
const NPM_TOOLS: [&str; 2] = ["xtask/npm/package.json", "xtask/npm/package-lock.json"];

/// The cache of everything that is not the project's: `$XDG_CACHE_HOME/postern`.
pub fn cache() -> Result<PathBuf, String> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .ok_or("neither XDG_CACHE_HOME nor HOME is set")?;
    Ok(base.join("postern"))
}

/// The programs of `xtask/npm`; none where npm is missing.
pub fn npm_tools() -> Result<Option<PathBuf>, String> {
    if !found("npm") {
        return Ok(None);
    }
    let mut hash = Sha256::new();
    for file in NPM_TOOLS {
        hash.update(crate::inputs::read(&root().join(file))?);
    }
    // A folder for each state of the lockfile, complete or not there.
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
        // Another run may have been faster.
        Err(_) if programs.is_dir() => fs::remove_dir_all(&installing).map_err(failed)?,
        renamed => renamed.map_err(failed)?,
    }
    Ok(Some(programs))
}

/// Ctrl-C and polite requests to stop, heard from now on: whoever is asked while something starts
/// stops it once it has started, and leaves nothing behind.
pub fn interrupts() -> Result<Signals, String> {
    Signals::new([SIGINT, SIGTERM]).map_err(|error| error.to_string())
}

/// Does something every half second until one of them comes.
pub fn until_interrupted(signals: &mut Signals, mut work: impl FnMut() -> Outcome) -> Outcome {
    while signals.pending().next().is_none() {
        work()?;
        sleep(Duration::from_millis(500));
    }
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

/// The WASM target of the toolchain. rustup adds it by itself, unless it is told not to.
pub fn wasm_target() -> Outcome {
    let libraries = Step::new("rustc", &["--print", "target-libdir", "--target"])
        .argument("wasm32-unknown-unknown")
        .output()?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    Step::new("rustup", &["target", "add", "wasm32-unknown-unknown"]).run()
}
