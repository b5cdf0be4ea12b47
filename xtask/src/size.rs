//! `cargo xtask size`: the weight of the page, step by step and part by part, as brotli 11 sends it.

use crate::run::{Outcome, target};
use crate::site::{self, brotli};
use crate::stack::{self, Stack, demo_tenants, free_port};
use crate::wasm;
use postern_i18n::Language;
use serde_json::Value;
use std::collections::BTreeSet;

/// The limit of the cold page, in bytes: all that is loaded before the user can send a name.
const LIMIT: usize = 86_000;

/// The floor measured for this stack: Leptos alone, and sealing alone.
const FLOOR: [(&str, usize); 2] = [("framework", 47 * 1024), ("seal", 25 * 1024)];

/// The files that are loaded later, by the step that needs them: the split point whose chunks it needs,
/// if any, and files by their names in the manifest. A name that ends with `*` stands for the heaviest
/// file of a language.
const LATER: [(&str, Option<&str>, &[&str]); 6] = [
    ("after the first page", Some("later"), &["parts", "style"]),
    ("new password", Some("strength"), &["common"]),
    ("a passphrase is asked for", None, &["words-*"]),
    ("one's methods", Some("methods"), &[]),
    ("an authenticator is added", Some("qr"), &[]),
    ("in another site's frame", None, &["embed", "frame"]),
];

/// Bytes: as they are, and as brotli sends them.
type Weight = (usize, usize);

/// Prints the parts; an error if the page is over its limit.
pub fn run() -> Outcome {
    stack::build()?;
    let stack = Stack::start(&target().join("size"), free_port()?, &demo_tenants()[..1])?;
    let manifest = std::fs::read(site::directory().join("manifest.json"));
    let manifest: Value = serde_json::from_slice(&manifest.map_err(|error| error.to_string())?)
        .map_err(|error| error.to_string())?;
    let (mut pages, mut words) = (Vec::new(), Vec::new());
    for language in Language::ALL {
        let html = stack.page(&["/contoso/?lang=", language.code()].concat())?;
        let address = html.split('"');
        let address = address
            .into_iter()
            .find(|value| value.starts_with("/contoso/words/"));
        let later = stack.page(address.ok_or("the page names no words")?)?;
        pages.push(weight(html.as_bytes())?);
        words.push(weight(later.as_bytes())?);
    }

    println!(
        "{:<34} {:>10} {:>10}",
        "bytes, in the heaviest language", "plain", "brotli 11"
    );
    let html = heaviest(&pages);
    row("HTML with style", html);
    row(
        "  of which style",
        weight(manifest["style"].as_str().unwrap_or_default().as_bytes())?,
    );
    let mut cold = html.1;
    for part in ["script", "wasm", "icon"] {
        let weight = file(&manifest, part)?;
        row(part, weight);
        cold += weight.1;
    }
    row("the page, cold", (0, cold));
    println!("\nlater, when it is needed");
    row("first submission: words", heaviest(&words));
    let mut loaded = BTreeSet::new();
    for (step, point, files) in LATER {
        let chunks = point.map(wasm::chunks_of).transpose()?.unwrap_or_default();
        // A chunk that two split points share is loaded once.
        let chunks: Vec<_> = chunks
            .into_iter()
            .filter(|one| loaded.insert(one.clone()))
            .collect();
        let parts = files
            .iter()
            .copied()
            .chain(chunks.iter().map(String::as_str));
        let mut sum = (0, 0);
        for part in parts {
            let (plain, compressed) = file(&manifest, part)?;
            sum = (sum.0 + plain, sum.1 + compressed);
        }
        row(step, sum);
    }
    println!();
    for (name, bytes) in FLOOR {
        row(&["floor: ", name].concat(), (0, bytes));
    }
    let floor: usize = FLOOR.iter().map(|(_, bytes)| bytes).sum();
    println!(
        "\n{cold} bytes of {LIMIT}; {:.2} times the floor of {} KB",
        kilobytes(cold) / kilobytes(floor),
        floor / 1024
    );
    if cold > LIMIT {
        return Err(String::from("the page is heavier than it may be"));
    }
    Ok(())
}

/// The weight of a file by its name in the manifest; of the heaviest, where the name ends with `*`.
fn file(manifest: &Value, part: &str) -> Result<Weight, String> {
    let later = manifest["later"].as_object().into_iter().flatten();
    let fits = |name: &str| match part.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == part,
    };
    let names: Vec<&str> = match manifest[part]["name"].as_str() {
        Some(name) => vec![name],
        None => later
            .filter(|(name, _)| fits(name))
            .filter_map(|(_, file)| file.as_str())
            .collect(),
    };
    if names.is_empty() {
        return Err(format!("the manifest has no {part}"));
    }
    let weigh = |name: &&str| {
        let path = site::directory().join(name);
        let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        weight(&bytes)
    };
    let weights: Vec<Weight> = names.iter().map(weigh).collect::<Result<_, _>>()?;
    Ok(heaviest(&weights))
}

fn weight(bytes: &[u8]) -> Result<Weight, String> {
    Ok((bytes.len(), brotli(bytes)?.len()))
}

fn heaviest(weights: &[Weight]) -> Weight {
    weights
        .iter()
        .copied()
        .max_by_key(|weight| weight.1)
        .unwrap_or_default()
}

fn row(name: &str, (plain, compressed): Weight) {
    let plain = if plain == 0 {
        String::new()
    } else {
        plain.to_string()
    };
    println!("{name:<34} {plain:>10} {compressed:>10}");
}

fn kilobytes(bytes: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a page is far below 2^52 bytes")]
    let bytes = bytes as f64;
    bytes / 1024.0
}
