//! What shows one's methods, for the browser: a script with the module that draws QR codes, both
//! loaded when somebody has signed in and not before.

use crate::module::{Module, module, named};
use crate::quality::Placed;
use crate::run::root;
use crate::site::{minified, place, read, text, without_comments};
use serde_json::json;
use std::path::{Path, PathBuf};

/// The module, not yet placed.
pub struct Built(Module);

/// Builds the module with the tools in these folders.
pub fn build(folders: &[PathBuf]) -> Result<Built, String> {
    module(folders, "qr").map(Built)
}

impl Built {
    /// Places the module, then the script, which names it.
    pub fn place(&self, site: &Path) -> Result<Placed, String> {
        let wasm = place(site, "qr", "wasm", &self.0.wasm)?;
        let style = text(read(&root().join("style/methods.css"))?)?;
        let (qr, style) = (named(&wasm), json!(without_comments(&style)));
        let shown = text(read(&root().join("app/methods.js"))?)?;
        let head = format!("const QR = {qr};\nconst STYLE = {style};\n");
        let script = minified(&[&head, &self.0.script, &shown].map(String::as_str).concat())?;
        let script = place(site, "methods", "js", script.as_bytes())?;
        let later = vec![wasm["name"].clone()];
        Ok(Placed { script, later })
    }
}
