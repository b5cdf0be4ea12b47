//! What something was built from, found while it is built: every file that was read, and every source
//! that cargo names. When none of it has changed, nothing is built again.

use crate::run::{Outcome, root, target};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The files that were read so far by [`read`].
static READ: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// What decides over every build, and is named by no source.
const ALWAYS: [&str; 4] = [
    "Cargo.lock",
    "Cargo.toml",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

/// Reads a file, which is an input from then on.
pub fn read(file: &Path) -> Result<Vec<u8>, String> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    read.insert(file.to_owned());
    Ok(bytes)
}

/// Whether everything that is written in a stamp is as it was.
pub fn unchanged(stamp: &Path) -> bool {
    let text = fs::read(stamp).unwrap_or_default();
    let inputs: Map<String, Value> = serde_json::from_slice(&text).unwrap_or_default();
    let same = |(file, hash): (&String, &Value)| {
        let bytes = fs::read(root().join(file)).unwrap_or_default();
        *hash == hash_of(&bytes)
    };
    !inputs.is_empty() && inputs.iter().all(same)
}

/// Writes a stamp: what was read, and the sources of programs and libraries that cargo has built
/// (by the `.d` files that it leaves beside them).
pub fn stamp(stamp: &Path, built: &[PathBuf]) -> Outcome {
    let mut inputs = READ.lock().unwrap_or_else(PoisonError::into_inner).clone();
    inputs.extend(ALWAYS.map(|file| root().join(file)));
    for built in built {
        for source in sources(&built.with_extension("d"))? {
            // Features and dependencies stand in the manifest of its package.
            let manifests = source.ancestors().map(|folder| folder.join("Cargo.toml"));
            inputs.extend(
                manifests
                    .take_while(|file| file.starts_with(root()))
                    .find(|file| file.is_file()),
            );
            inputs.insert(source);
        }
    }
    let mut written = Map::new();
    for file in inputs {
        // What was built itself follows from the rest.
        let Ok(name) = file.strip_prefix(root()) else {
            continue;
        };
        if file.starts_with(target()) {
            continue;
        }
        let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        written.insert(name.to_string_lossy().into_owned(), hash_of(&bytes));
    }
    let text = format!("{:#}\n", Value::Object(written));
    fs::write(stamp, text).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// The sources that a `.d` file of cargo names, as in a makefile: `built: source source`.
fn sources(file: &Path) -> Result<Vec<PathBuf>, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let rule = text.lines().next().and_then(|line| line.split_once(": "));
    let (_, sources) = rule.ok_or_else(|| format!("{}: no rule in it", file.display()))?;
    // A space within a name is written with a backslash before it.
    let sources = sources.replace("\\ ", "\0");
    let sources = sources.split(' ').filter(|source| !source.is_empty());
    Ok(sources
        .map(|source| PathBuf::from(source.replace('\0', " ")))
        .collect())
}

fn hash_of(bytes: &[u8]) -> Value {
    Value::String(format!("{:x}", Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_read_as_cargo_writes_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("postern.d");
        fs::write(&file, "/t/debug/postern: /a/main.rs /my\\ own/lib.rs\n").unwrap();
        let expected = ["/a/main.rs", "/my own/lib.rs"].map(PathBuf::from);
        assert_eq!(sources(&file).unwrap(), expected);
    }

    #[test]
    fn a_stamp_holds_what_was_read_and_what_cargo_names() {
        let folder = tempfile::tempdir().unwrap();
        let (file, built) = (folder.path().join("stamp"), folder.path().join("built"));
        assert!(!unchanged(&file));
        let icon = root().join("public/icon.svg");
        read(&icon).unwrap();
        let source = root().join("xtask/src/main.rs");
        fs::write(
            built.with_extension("d"),
            format!("built: {}\n", source.display()),
        )
        .unwrap();
        stamp(&file, &[built]).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        for name in [
            "public/icon.svg",
            "xtask/src/main.rs",
            "xtask/Cargo.toml",
            "Cargo.lock",
        ] {
            assert!(text.contains(&format!("\"{name}\"")), "{name}");
        }
        assert!(unchanged(&file));
        fs::write(&file, text.replacen("\": \"", "\": \"0", 1)).unwrap();
        assert!(!unchanged(&file), "a file that has changed");
    }
}
