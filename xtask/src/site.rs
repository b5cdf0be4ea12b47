//! `cargo xtask site`: builds the browser's half into `target/site`: scripts and WASM named by
//! their content, with SRI values and ready-made compressions, the style, and what other sites load.

use crate::run::{Outcome, Step, root};
use crate::{lean, methods, quality, tools};
use base64ct::{Base64, Encoding};
use flate2::write::GzEncoder;
use postern_i18n::{File, Language, Template, Words};
use serde_json::json;
use sha2::{Digest, Sha256, Sha384};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The parts of the style, in their order.
const STYLE: [&str; 4] = ["tokens", "base", "form", "sandbox"];

/// What a page in another site's frame has besides.
const FRAME_STYLE: [&str; 1] = ["frame"];

/// The parts of the style of `<postern-reset>`.
const ELEMENT_STYLE: [&str; 4] = ["tokens", "base", "form", "element"];

/// What the browser's half is built from; when none of it changed, nothing is built.
const SOURCES: [&str; 17] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "app",
    "crates/agent/src/quality/common.txt",
    "crates/envelope/src",
    "crates/protocol/src",
    "crates/qr/src",
    "crates/quality/src",
    "crates/quality/words",
    "public",
    "style",
    "xtask/src/lean.rs",
    "xtask/src/methods.rs",
    "xtask/src/module.rs",
    "xtask/src/quality.rs",
    "xtask/src/site.rs",
];

/// What `wasm-opt` may use and does. The features are named one by one: with all of them it
/// writes compact imports, which Chromium refuses.
const WASM_OPT: [&str; 16] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--always-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    "-O2",
    "--flatten",
    "--rereloop",
    "-O2",
    "-O2",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
];

/// Where the site is.
pub fn directory() -> PathBuf {
    root().join("target/site")
}

/// Builds what changed.
pub fn build() -> Outcome {
    let fingerprint = fingerprint()?;
    let stamp = directory().join("built-from");
    if fs::read_to_string(&stamp).is_ok_and(|built| built == fingerprint) {
        return Ok(());
    }
    let folders = tools::for_site()?;
    Step::new("trunk", &["build"])
        .variable("PATH", tools::path_with(&folders)?)
        // Trunk takes NO_COLOR for a true/false option of its own.
        .variable("NO_COLOR", "true")
        .run()?;
    let later = (quality::build(&folders)?, methods::build(&folders)?);
    finish(&root().join("target/trunk"), &later, &directory())?;
    write(&stamp, fingerprint.as_bytes())
}

fn finish(
    built: &Path,
    (quality, methods): &(quality::Built, methods::Built),
    site: &Path,
) -> Outcome {
    fs::create_dir_all(site).map_err(|error| format!("{}: {error}", site.display()))?;
    let before = fs::read_to_string(site.join("manifest.json")).unwrap_or_default();
    let script = text(read(&built.join("postern-app.js"))?)?;
    let wasm = read(&built.join("postern-app_bg.wasm"))?;
    let (wasm, script) = lean::lean(&wasm, &script)?;
    let wasm = optimized(&wasm, built)?;
    let boot = text(read(&root().join("app/boot.js"))?)?;
    let script = minified(&[script, boot].concat())?;
    let icon = read(&root().join("public/icon.svg"))?;
    let (quality, methods) = (quality.place(site)?, methods.place(site)?);
    let passkey = minified(&text(read(&root().join("app/passkey.js"))?)?)?;
    let manifest = json!({
        "quality": quality.script,
        "methods": methods.script,
        "later": ([quality.later, methods.later].concat()),
        "passkey": place(site, "passkey", "js", passkey.as_bytes())?,
        "script": place(site, "postern", "js", script.as_bytes())?,
        "wasm": place(site, "postern", "wasm", &wasm)?,
        "icon": place(site, "icon", "svg", &icon)?,
        "frame": place(site, "frame", "js", minified(&part("frame")?)?.as_bytes())?,
        "embed": place(site, "embed", "js", embedding("embed", &["embed-title"])?.as_bytes())?,
        "element": place(site, "postern-reset", "js", embedding("element", &[])?.as_bytes())?,
        "style": style(&STYLE)?,
        "frame_style": style(&FRAME_STYLE)?,
    });
    let manifest = format!("{manifest:#}\n");
    write(&site.join("manifest.json"), manifest.as_bytes())?;
    prune(site, &[before, manifest])
}

/// A script that other sites load: closed in itself, with its texts (all, if none is named) and
/// its style.
fn embedding(name: &str, keys: &[&str]) -> Result<String, String> {
    // In a shadow root there is no `:root`.
    let style = style(&ELEMENT_STYLE)?.replace(":root", ":host");
    let words: serde_json::Map<_, _> = Language::ALL
        .into_iter()
        .map(|language| (language.code().to_owned(), words(language, keys)))
        .collect();
    let script = [
        "{const WORDS=",
        &serde_json::Value::Object(words).to_string(),
        ";const STYLE=",
        &serde_json::Value::String(style).to_string(),
        ";\n",
        &part("theme")?,
        &part(name)?,
        "}",
    ];
    minified(&script.concat())
}

fn part(name: &str) -> Result<String, String> {
    text(read(
        &root().join("app/embed").join([name, ".js"].concat()),
    )?)
}

/// The texts of these scripts in a language.
fn words(language: Language, keys: &[&str]) -> serde_json::Value {
    let templates = Words::of(language).templates(File::Embed);
    let plain = templates
        .into_iter()
        .filter_map(|(key, template)| match template {
            Template::Plain(text) if keys.is_empty() || keys.contains(&&*key) => {
                Some((key, text.into()))
            }
            _ => None,
        });
    serde_json::Value::Object(plain.collect())
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
        let kept = ["manifest.json", "built-from"].contains(&plain)
            || manifests.iter().any(|manifest| manifest.contains(plain));
        if !kept {
            fs::remove_file(&path).map_err(failed)?;
        }
    }
    Ok(())
}

/// Writes a file under a name made of its content, with its compressions beside it.
pub fn place(
    site: &Path,
    stem: &str,
    ending: &str,
    bytes: &[u8],
) -> Result<serde_json::Value, String> {
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
pub fn without_comments(style: &str) -> String {
    let mut out = String::new();
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.lines().map(str::trim).collect::<Vec<_>>().concat()
}

/// The module by `wasm-opt`: for few bytes on the way, not on the disk. So nothing is inlined and
/// `-O2` is better than `-Oz`: what is written out the same each time compresses well.
pub fn optimized(wasm: &[u8], folder: &Path) -> Result<Vec<u8>, String> {
    if !tools::found("npm") {
        eprintln!("npm is not found: the page works, and is larger without wasm-opt and terser");
        return Ok(wasm.to_vec());
    }
    let (lean, small) = (folder.join("lean.wasm"), folder.join("small.wasm"));
    write(&lean, wasm)?;
    Step::new(tools::binaryen()?.join("wasm-opt"), &WASM_OPT)
        .argument(&lean)
        .argument("-o")
        .argument(&small)
        .run()?;
    read(&small)
}

/// The script by `terser`, which npm keeps in the cache.
pub fn minified(script: &str) -> Result<String, String> {
    if !tools::found("npm") {
        return Ok(script.to_owned());
    }
    let folder = tools::terser()?;
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
    let writing = std::thread::spawn(move || stdin.write_all(script.as_bytes()));
    let output = child
        .wait_with_output()
        .map_err(|error| format!("terser: {error}"))?;
    match writing.join() {
        Ok(Ok(())) if output.status.success() => text(output.stdout),
        _ => Err(format!("terser: {}", output.status)),
    }
}

fn fingerprint() -> Result<String, String> {
    let mut hash = Sha256::new();
    for source in SOURCES {
        hash_tree(&root().join(source), &mut hash)?;
    }
    for language in Language::ALL {
        let texts = root().join("locales").join(language.code());
        hash_tree(&texts.join("embed.ftl"), &mut hash)?;
    }
    Ok(format!("{:x}\n", hash.finalize()))
}

fn hash_tree(path: &Path, hash: &mut Sha256) -> Outcome {
    if !path.is_dir() {
        hash.update(path.to_string_lossy().as_bytes());
        hash.update(read(path)?);
        return Ok(());
    }
    let mut entries: Vec<_> = fs::read_dir(path)
        .map_err(|error| format!("{}: {error}", path.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    entries.sort();
    entries.iter().try_for_each(|entry| hash_tree(entry, hash))
}

pub fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| String::from("not UTF-8"))
}

pub fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn write(file: &Path, bytes: &[u8]) -> Outcome {
    fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}
