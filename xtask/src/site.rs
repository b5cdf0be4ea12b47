//! `cargo xtask site`: builds the browser's half into `target/site`: scripts and WASM named by
//! their content, with SRI values and ready-made compressions, the style, and what other sites load.

use crate::assets::Asset;
use crate::inputs::{self, read};
use crate::run::{Outcome, Step, program, root, target};
use crate::{compile, tools, wasm};
use base64ct::{Base64, Encoding};
use flate2::write::GzEncoder;
use postern_i18n::{File, Language, Template, Words};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha384};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

/// The parts of the style, in their order.
const STYLE: [&str; 4] = ["tokens", "base", "form", "wide"];

/// The parts of the style that only the sandbox page has.
const SANDBOX_STYLE: [&str; 1] = ["sandbox"];

/// The parts of the style that only a page in another site's frame has.
const FRAME_STYLE: [&str; 1] = ["frame"];

/// The parts of the style that the later steps need, fetched with their words.
const LATER_STYLE: [&str; 3] = ["later", "methods", "quality"];

/// The parts of the style of `<postern-reset>`.
const ELEMENT_STYLE: [&str; 4] = ["tokens", "base", "form", "element"];

/// The split point whose chunks are loaded beside the first step.
const FIRST_CHUNKS: &str = "later";

/// The common words, as the agent has them.
const COMMON_WORDS: &str = "crates/agent/src/quality/common.txt";

/// The list of the files for the portal, in the same directory.
const MANIFEST: &str = "manifest.json";

/// Where the site is.
pub fn directory() -> PathBuf {
    target().join("site")
}

/// Where its manifest is.
pub fn manifest_file() -> PathBuf {
    directory().join(MANIFEST)
}

/// Builds what changed.
pub fn build() -> Outcome {
    let stamp = directory().join("built-from.json");
    if inputs::unchanged(&stamp) {
        return Ok(());
    }
    // The splitter is compiled, and npm's tools are fetched, beside the module.
    thread::scope(|scope| {
        let tools = scope.spawn(|| {
            if tools::npm_tools()?.is_none() {
                eprintln!(
                    "npm is not found: the page works, and is larger without wasm-opt and terser"
                );
            }
            compile::programs(&["xtask-wasm"]).argument("--quiet").run()
        });
        tools::wasm_target()?;
        wasm::compile()?;
        tools
            .join()
            .unwrap_or_else(|_| Err(String::from("a build was given up")))
    })?;
    finish(&directory())?;
    let [xtask, xtask_wasm] = ["xtask", "xtask-wasm"].map(program);
    inputs::stamp(&stamp, &[wasm::compiled(), xtask, xtask_wasm])
}

fn finish(site: &Path) -> Outcome {
    fs::create_dir_all(site).map_err(|error| format!("{}: {error}", site.display()))?;
    let before = fs::read_to_string(manifest_file()).unwrap_or_default();
    let app = wasm::module()?;
    let mut later = Map::new();
    let mut chunks = chunks(site, &app, &mut later)?;
    let lists = lists(site, &mut later)?;
    // The script names what it loads at once; the rest is named by a file of its own.
    let first = json!({ FIRST_CHUNKS: chunks.remove(FIRST_CHUNKS) });
    let parts = json!({ "chunks": chunks, "lists": lists }).to_string();
    let parts = place_later(site, Asset::Parts, parts.as_bytes(), &mut later)?;
    let head = format!("const CHUNKS = {first};\nconst PARTS = {parts};\n");
    let boot = text(read(&root().join("app/boot.js"))?)?;
    let script = minified(&[head, app.script, boot].concat())?;
    let icon = read(&root().join("public/icon.svg"))?;
    let sandbox = minified(&text(read(&root().join("app/sandbox.js"))?)?)?;
    let mut manifest = Map::new();
    for (asset, bytes) in [
        (Asset::Script, script.into_bytes()),
        (Asset::Wasm, app.main),
        (Asset::Icon, icon),
        (Asset::Frame, minified(&part(Asset::Frame)?)?.into_bytes()),
        (Asset::Embed, embedding(Asset::Embed, &["embed-title"])?),
        (Asset::Element, embedding(Asset::Element, &[])?),
        (Asset::Sandbox, sandbox.into_bytes()),
    ] {
        let (stem, ending) = asset.file_name();
        manifest.insert(asset.name(), place(site, &stem, ending, &bytes)?);
    }
    manifest.insert("later".to_owned(), Value::Object(later));
    manifest.insert("style".to_owned(), style(&STYLE)?.into());
    manifest.insert("frame_style".to_owned(), style(&FRAME_STYLE)?.into());
    manifest.insert("sandbox_style".to_owned(), style(&SANDBOX_STYLE)?.into());
    let manifest = format!("{:#}\n", Value::Object(manifest));
    write(&manifest_file(), manifest.as_bytes())?;
    prune(site, &[before, manifest])
}

/// Places the chunks of the module. Returns for each split point the files that it needs, each with
/// its SRI value, as the script loads them.
fn chunks(
    site: &Path,
    module: &wasm::Module,
    later: &mut Map<String, Value>,
) -> Result<Map<String, Value>, String> {
    let mut files = BTreeMap::new();
    for (name, bytes) in &module.chunks {
        let file = place(site, name.trim_start_matches("split_"), "wasm", bytes)?;
        files.insert(name, json!([file["name"], file["integrity"]]));
        later.insert(name.clone(), file["name"].clone());
    }
    let needed = module.needed.iter().map(|(point, names)| {
        let files: Vec<_> = names.iter().filter_map(|name| files.get(name)).collect();
        (point.clone(), json!(files))
    });
    Ok(needed.collect())
}

/// Places the files that a chunk fetches by a name: lists of words, and the style of the later steps.
/// Returns for each name the file with its SRI value.
fn lists(site: &Path, later: &mut Map<String, Value>) -> Result<Value, String> {
    let mut lists = Map::new();
    let mut add = |asset: Asset, text: String| {
        let file = place_later(site, asset, text.as_bytes(), later)?;
        lists.insert(asset.name(), file);
        Ok::<(), String>(())
    };
    add(Asset::Common, words_of(COMMON_WORDS)?)?;
    for language in Language::ALL {
        let file = ["crates/quality/words/", language.code(), ".txt"].concat();
        add(Asset::Words(language), words_of(&file)?)?;
    }
    add(Asset::LaterStyle, style(&LATER_STYLE)?)?;
    Ok(Value::Object(lists))
}

/// The words of a list, one a line, without its comments.
fn words_of(file: &str) -> Result<String, String> {
    let list = text(read(&root().join(file))?)?;
    let words = list
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    Ok(words.collect::<Vec<_>>().join("\n"))
}

/// A script that other sites load: closed in itself, with its texts (all, if none is named) and
/// its style.
fn embedding(asset: Asset, keys: &[&str]) -> Result<Vec<u8>, String> {
    // In a shadow root there is no `:root`.
    let style = style(&ELEMENT_STYLE)?.replace(":root", ":host");
    let words: Map<_, _> = Language::ALL
        .into_iter()
        .map(|language| (language.code().to_owned(), words(language, keys)))
        .collect();
    let script = [
        "{const WORDS=",
        &Value::Object(words).to_string(),
        ";const STYLE=",
        &Value::String(style).to_string(),
        ";\n",
        &embed_source("theme")?,
        &part(asset)?,
        "}",
    ];
    minified(&script.concat()).map(String::into_bytes)
}

/// The source of a script, which has the name of what is made of it.
fn part(asset: Asset) -> Result<String, String> {
    embed_source(&asset.name())
}

fn embed_source(name: &str) -> Result<String, String> {
    let file = [name, ".js"].concat();
    text(read(&root().join("app/embed").join(file))?)
}

/// The texts of these scripts in a language.
fn words(language: Language, keys: &[&str]) -> Value {
    let templates = Words::of(language).templates(File::Embed);
    let plain = templates
        .into_iter()
        .filter_map(|(key, template)| match template {
            Template::Plain(text) if keys.is_empty() || keys.contains(&&*key) => {
                Some((key, text.into()))
            }
            _ => None,
        });
    Value::Object(plain.collect())
}

/// Parts of the style, one after the other.
fn style(parts: &[&str]) -> Result<String, String> {
    let read_part = |part: &&str| {
        let file = root().join("style").join([part, ".css"].concat());
        Ok(without_comments(&text(read(&file)?)?))
    };
    parts.iter().map(read_part).collect()
}

/// Removes what no manifest names. The build before stays: a portal that is running serves it.
fn prune(site: &Path, manifests: &[String]) -> Outcome {
    let failed = |error| format!("{}: {error}", site.display());
    for entry in fs::read_dir(site).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let plain = name.trim_end_matches(".br").trim_end_matches(".gz");
        let kept = [MANIFEST, "built-from.json"].contains(&plain)
            || manifests.iter().any(|manifest| manifest.contains(plain));
        if !kept {
            fs::remove_file(&path).map_err(failed)?;
        }
    }
    Ok(())
}

/// Places a file that is loaded later, and names it in the manifest. Returns it as the script loads
/// it: with its SRI value.
fn place_later(
    site: &Path,
    asset: Asset,
    bytes: &[u8],
    later: &mut Map<String, Value>,
) -> Result<Value, String> {
    let (stem, ending) = asset.file_name();
    let file = place(site, &stem, ending, bytes)?;
    later.insert(asset.name(), file["name"].clone());
    Ok(json!([file["name"], file["integrity"]]))
}

/// Writes a file under a name made of its content, with its compressions beside it.
fn place(site: &Path, stem: &str, ending: &str, bytes: &[u8]) -> Result<Value, String> {
    let hash = Sha256::digest(bytes);
    let short: String = hash
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let name = [stem, "-", &short, ".", ending].concat();
    write(&site.join(&name), bytes)?;
    write(&site.join([&name, ".br"].concat()), &brotli(bytes)?)?;
    let mut gzip = GzEncoder::new(Vec::new(), flate2::Compression::best());
    let gzip = gzip.write_all(bytes).and_then(|()| gzip.finish());
    write(
        &site.join([&name, ".gz"].concat()),
        &gzip.map_err(|error| error.to_string())?,
    )?;
    let integrity = ["sha384-", &Base64::encode_string(&Sha384::digest(bytes))].concat();
    Ok(json!({ "name": name, "integrity": integrity }))
}

/// Brotli at its best (quality 11).
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters)
        .map_err(|error| format!("brotli: {error}"))?;
    Ok(out)
}

/// The style without comments and the white space that means nothing.
fn without_comments(style: &str) -> String {
    let mut out = String::new();
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.lines().map(str::trim).collect::<Vec<_>>().concat()
}

/// The script by `terser`, which npm keeps in the cache.
fn minified(script: &str) -> Result<String, String> {
    let Some(folder) = tools::npm_tools()? else {
        return Ok(script.to_owned());
    };
    let mut step = Step::new(
        folder.join("terser"),
        &["--module", "--compress", "--mangle"],
    );
    let mut child = step
        .command()
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .map_err(|error| format!("terser: {error}"))?;
    let mut stdin = child.stdin.take().ok_or("terser: no standard input")?;
    let script = script.to_owned();
    let writing = thread::spawn(move || stdin.write_all(script.as_bytes()));
    let output = child
        .wait_with_output()
        .map_err(|error| format!("terser: {error}"))?;
    match writing.join() {
        Ok(Ok(())) if output.status.success() => text(output.stdout),
        _ => Err(format!("terser: {}", output.status)),
    }
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| String::from("not UTF-8"))
}

fn write(file: &Path, bytes: &[u8]) -> Outcome {
    fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}
