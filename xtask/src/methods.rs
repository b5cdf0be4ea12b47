//! What shows one's methods, for the browser: a script with the module that draws QR codes, both
//! loaded when somebody has signed in and not before.

use crate::inputs::read;
use crate::quality::Placed;
use crate::run::root;
use crate::site::{self, minified, text, without_comments};
use crate::wasm::{QR, named};
use serde_json::json;
use std::path::Path;

/// Places the module, then the script, which names it.
pub fn place(site: &Path) -> Result<Placed, String> {
    let module = QR.module()?;
    let wasm = site::place(site, "qr", "wasm", &module.wasm)?;
    let style = text(read(&root().join("style/methods.css"))?)?;
    let (qr, style) = (named(&wasm), json!(without_comments(&style)));
    let shown = text(read(&root().join("app/methods.js"))?)?;
    let head = format!("const QR = {qr};\nconst STYLE = {style};\n");
    let script = minified(&[&head, &module.script, &shown].map(String::as_str).concat())?;
    let script = site::place(site, "methods", "js", script.as_bytes())?;
    let later = vec![wasm["name"].clone()];
    Ok(Placed { script, later })
}
