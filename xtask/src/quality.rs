//! What helps to choose a new password, for the browser: a module and a script of its own, and the
//! lists, all loaded when they are needed and not before.

use crate::inputs::read;
use crate::run::root;
use crate::site::{self, minified, text, without_comments};
use crate::wasm::{QUALITY, named};
use postern_i18n::Language;
use serde_json::{Map, Value, json};
use std::path::Path;

/// The words that are common, as the agent has them.
const COMMON: &str = "crates/agent/src/quality/common.txt";

/// What was placed: the script, and the names of what it loads.
pub struct Placed {
    pub script: Value,
    pub later: Vec<Value>,
}

/// Places the module and the lists, then the script, which names them.
pub fn place(site: &Path) -> Result<Placed, String> {
    let list = |stem: &str, file: &str| {
        let list = text(read(&root().join(file))?)?;
        let words = list
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty());
        let words = words.collect::<Vec<_>>().join("\n");
        site::place(site, stem, "txt", words.as_bytes())
    };
    let module = QUALITY.module()?;
    let wasm = site::place(site, "quality", "wasm", &module.wasm)?;
    let common = list("common", COMMON)?;
    let mut later = vec![wasm["name"].clone(), common["name"].clone()];
    let mut phrases = Map::new();
    for language in Language::ALL {
        let code = language.code();
        let file = ["crates/quality/words/", code, ".txt"].concat();
        let words = list(&["words-", code].concat(), &file)?;
        later.push(words["name"].clone());
        phrases.insert(code.to_owned(), named(&words));
    }
    let files = json!({
        "wasm": named(&wasm),
        "common": named(&common),
        "phrases": phrases,
    });
    let style = text(read(&root().join("style/quality.css"))?)?;
    let style = json!(without_comments(&style));
    let shown = text(read(&root().join("app/quality.js"))?)?;
    let head = format!("const FILES = {files};\nconst STYLE = {style};\n");
    let script = minified(&[&head, &module.script, &shown].map(String::as_str).concat())?;
    let script = site::place(site, "quality", "js", script.as_bytes())?;
    Ok(Placed { script, later })
}
