//! `cargo xtask site`: builds the browser's half into `target/site`: scripts and WASM named by
//! their content, with SRI values and ready-made compressions, the style, and what other sites load.

use crate::inputs::{self, read};
use crate::run::{Outcome, Step, cargo, program, root, target};
use crate::wasm::{APP, Crate, QR, QUALITY};
use crate::{methods, quality, tools};
use base64ct::{Base64, Encoding};
use flate2::write::GzEncoder;
use postern_i18n::{File, Language, Template, Words};
use serde_json::json;
use sha2::{Digest, Sha256, Sha384};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

/// The parts of the style, in their order.
const STYLE: [&str; 4] = ["tokens", "base", "form", "sandbox"];

/// What a page in another site's frame has besides.
const FRAME_STYLE: [&str; 1] = ["frame"];

/// The parts of the style of `<postern-reset>`.
const ELEMENT_STYLE: [&str; 4] = ["tokens", "base", "form", "element"];

/// The modules that a browser loads.
const MODULES: [Crate; 3] = [APP, QUALITY, QR];

/// Where the site is.
pub fn directory() -> PathBuf {
    target().join("site")
}

/// Builds what changed.
pub fn build() -> Outcome {
    let stamp = directory().join("built-from.json");
    if inputs::unchanged(&stamp) {
        return Ok(());
    }
    // What makes modules is compiled, and npm's tools are fetched, beside the modules themselves.
    thread::scope(|scope| {
        let tools = scope.spawn(|| {
            if tools::npm_tools()?.is_none() {
                eprintln!(
                    "npm is not found: the page works, and is larger without wasm-opt and terser"
                );
            }
            Step::new(cargo(), &["build", "--quiet", "--package=xtask-wasm"]).run()
        });
        tools::wasm_target()?;
        for module in MODULES {
            module.compile()?;
        }
        tools
            .join()
            .unwrap_or_else(|_| Err(String::from("a build was given up")))
    })?;
    finish(&directory())?;
    let compiled = MODULES.map(Crate::compiled);
    let programs = ["xtask", "xtask-wasm"].map(program);
    inputs::stamp(&stamp, &[&compiled[..], &programs].concat())
}

fn finish(site: &Path) -> Outcome {
    fs::create_dir_all(site).map_err(|error| format!("{}: {error}", site.display()))?;
    let before = fs::read_to_string(site.join("manifest.json")).unwrap_or_default();
    let app = APP.module()?;
    let boot = text(read(&root().join("app/boot.js"))?)?;
    let script = minified(&[app.script, boot].concat())?;
    let icon = read(&root().join("public/icon.svg"))?;
    let (quality, methods) = (quality::place(site)?, methods::place(site)?);
    let passkey = minified(&text(read(&root().join("app/passkey.js"))?)?)?;
    let manifest = json!({
        "quality": quality.script,
        "methods": methods.script,
        "later": ([quality.later, methods.later].concat()),
        "passkey": place(site, "passkey", "js", passkey.as_bytes())?,
        "script": place(site, "postern", "js", script.as_bytes())?,
        "wasm": place(site, "postern", "wasm", &app.wasm)?,
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
        let kept = ["manifest.json", "built-from.json"].contains(&plain)
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

/// The script by `terser`, which npm keeps in the cache.
pub fn minified(script: &str) -> Result<String, String> {
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

pub fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| String::from("not UTF-8"))
}

fn write(file: &Path, bytes: &[u8]) -> Outcome {
    fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}
