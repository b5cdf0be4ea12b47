//! What helps to choose a new password, for the browser: a module and a script of its own, and the
//! lists, all loaded when they are needed and not before.

use crate::run::{Step, cargo, root};
use crate::site::{minified, optimized, place, read, text, without_comments};
use crate::{lean, tools};
use postern_i18n::{File, Language, Template, Words};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// The words that are common, as the agent has them.
const COMMON: &str = "crates/agent/src/quality/common.txt";

/// The module and its script.
pub struct Built {
    wasm: Vec<u8>,
    script: String,
}

/// What was placed: the script, and the names of what it loads.
pub struct Placed {
    pub script: Value,
    pub later: Vec<Value>,
}

/// Builds the module with the tools in these folders.
pub fn build(folders: &[PathBuf]) -> Result<Built, String> {
    let target = root().join("target");
    let package = ["build", "--package", "postern-quality", "--lib"];
    Step::new(cargo(), &package)
        .argument("--target=wasm32-unknown-unknown")
        .argument("--profile=wasm-release")
        .run()?;
    let folder = target.join("quality");
    Step::new(
        "wasm-bindgen",
        &["--target=web", "--no-typescript", "--out-name=quality"],
    )
    .variable("PATH", tools::path_with(folders)?)
    .argument("--out-dir")
    .argument(&folder)
    .argument(target.join("wasm32-unknown-unknown/wasm-release/postern_quality.wasm"))
    .run()?;
    let script = text(read(&folder.join("quality.js"))?)?;
    let (wasm, script) = lean::lean(&read(&folder.join("quality_bg.wasm"))?, &script)?;
    let wasm = optimized(&wasm, &folder)?;
    Ok(Built { wasm, script })
}

impl Built {
    /// Places the module and the lists, then the script, which names them.
    pub fn place(&self, site: &Path) -> Result<Placed, String> {
        let list = |stem: &str, file: &str| {
            let list = text(read(&root().join(file))?)?;
            let words = list
                .lines()
                .filter(|line| !line.starts_with('#') && !line.is_empty());
            let words = words.collect::<Vec<_>>().join("\n");
            place(site, stem, "txt", words.as_bytes())
        };
        let wasm = place(site, "quality", "wasm", &self.wasm)?;
        let common = list("common", COMMON)?;
        let mut later = vec![wasm["name"].clone(), common["name"].clone()];
        let (mut phrases, mut texts) = (Map::new(), Map::new());
        for language in Language::ALL {
            let code = language.code();
            let file = ["crates/quality/words/", code, ".txt"].concat();
            let words = list(&["words-", code].concat(), &file)?;
            let said = texts_of(language)?.to_string();
            let said = place(site, &["quality-", code].concat(), "json", said.as_bytes())?;
            later.extend([words["name"].clone(), said["name"].clone()]);
            phrases.insert(code.to_owned(), named(&words));
            texts.insert(code.to_owned(), named(&said));
        }
        let files = json!({
            "wasm": named(&wasm),
            "common": named(&common),
            "phrases": phrases,
            "texts": texts,
        });
        let style = text(read(&root().join("style/quality.css"))?)?;
        let style = json!(without_comments(&style));
        let shown = text(read(&root().join("app/quality.js"))?)?;
        let head = format!("const FILES = {files};\nconst STYLE = {style};\n");
        let script = minified(&[&head, &self.script, &shown].map(String::as_str).concat())?;
        let script = place(site, "quality", "js", script.as_bytes())?;
        Ok(Placed { script, later })
    }
}

/// What it says in a language.
fn texts_of(language: Language) -> Result<Value, String> {
    let templates = Words::of(language).templates(File::Quality).into_iter();
    let texts = templates.map(|(key, template)| match template {
        Template::Plain(text) => Ok((key, Value::String(text))),
        Template::Plural { .. } => Err([&key, ": a plural, which quality.js has not"].concat()),
    });
    texts.collect::<Result<Map<_, _>, _>>().map(Value::Object)
}

/// A file as its script loads it: name and SRI value.
fn named(placed: &Value) -> Value {
    json!([placed["name"], placed["integrity"]])
}
