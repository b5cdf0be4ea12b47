//! Splits a module into its main part and the chunks that the page loads later, at the functions that
//! are marked with `#[wasm_split]`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

/// The module from which the main part imports the loaders of chunks. `lean` puts an object of the
/// page's own script in its place.
pub const LOADERS: &str = "./__wasm_split.js";

/// What a loader is called, before the name of its split point.
pub const LOADER: &str = "__wasm_split_load_";

/// A module in parts.
pub struct Split {
    /// The part that is loaded at once.
    pub main: PathBuf,
    /// The other parts.
    pub chunks: Vec<PathBuf>,
    /// The parts, by file name without ending, that each split point needs.
    pub needed: BTreeMap<String, Vec<String>>,
}

/// Splits a module that was linked with `--emit-relocs` and writes its parts into a folder.
pub fn split(module: &Path, folder: &Path) -> Result<Split, String> {
    let failed = |error: &dyn core::fmt::Display| format!("{}: {error:#}", module.display());
    // Chunks of an earlier build.
    let _may_not_exist = fs::remove_dir_all(folder);
    let bytes = fs::read(module).map_err(|error| failed(&error))?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LOADERS;
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let parts = transform(options).map_err(|error| failed(&error))?;
    Ok(Split {
        main: main.clone(),
        chunks: parts.split_modules,
        needed: parts.prefetch_map.into_iter().collect(),
    })
}
