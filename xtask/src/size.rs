//! `cargo xtask size`: the weight of the page, step by step and part by part, as brotli 11 sends it.

use crate::assets::Asset;
use crate::run::{Outcome, target};
use crate::site::{self, brotli};
use crate::stack::{self, Stack, demo_tenants, free_port};
use crate::wasm;
use postern_i18n::Language;
use serde_json::Value;
use std::collections::BTreeSet;

/// The limit of the cold page, in bytes: all that is loaded before the user can send a name.
const LIMIT: usize = 88_000;

/// The floor measured for this stack: Leptos alone, and sealing alone.
const FLOOR: [(&str, usize); 2] = [("framework", 47 * 1024), ("seal", 25 * 1024)];

/// The files that are loaded later, by the step that needs them: the split point whose chunks it needs,
/// if any, and the others. Where there is a file for each language, the heaviest counts.
const LATER: [(&str, Option<&str>, &[Asset]); 6] = [
    (
        "after the first page",
        Some("later"),
        &[Asset::Parts, Asset::LaterStyle],
    ),
    ("new password", Some("strength"), &[Asset::Common]),
    (
        "a passphrase is asked for",
        None,
        &[Asset::Words(Language::En)],
    ),
    ("one's methods", Some("methods"), &[]),
    ("an authenticator is added", Some("qr"), &[]),
    (
        "in another site's frame",
        None,
        &[Asset::Embed, Asset::Frame],
    ),
];

/// Bytes: as they are, and as brotli sends them.
type Weight = (usize, usize);

/// Prints the parts; an error if the page is over its limit.
pub fn run() -> Outcome {
    stack::build()?;
    let stack = Stack::start(&target().join("size"), free_port()?, &demo_tenants()[..1])?;
    let manifest = std::fs::read(site::manifest_file());
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
    for asset in [Asset::Script, Asset::Wasm, Asset::Icon] {
        let weight = file(&manifest, &asset.name())?;
        row(&asset.name(), weight);
        cold += weight.1;
    }
    row("the page, cold", (0, cold));
    println!("\nlater, when it is needed");
    row("first submission: words", heaviest(&words));
    print_later(&manifest)?;
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

/// Prints what each later step loads.
fn print_later(manifest: &Value) -> Outcome {
    let mut loaded = BTreeSet::new();
    for (step, point, files) in LATER {
        let chunks = point.map(wasm::chunks_of).transpose()?.unwrap_or_default();
        // A chunk that two split points share is loaded once.
        let chunks: Vec<_> = chunks
            .into_iter()
            .filter(|one| loaded.insert(one.clone()))
            .collect();
        let mut weights = Vec::new();
        for asset in files {
            let names = asset.in_every_language().into_iter().map(Asset::name);
            let files = names.map(|name| file(manifest, &name));
            weights.push(heaviest(&files.collect::<Result<Vec<_>, _>>()?));
        }
        for chunk in chunks {
            weights.push(file(manifest, &chunk)?);
        }
        let sum = |sum: Weight, one: Weight| (sum.0 + one.0, sum.1 + one.1);
        row(step, weights.into_iter().fold((0, 0), sum));
    }
    Ok(())
}

/// The weight of a file by its name in the manifest.
fn file(manifest: &Value, name: &str) -> Result<Weight, String> {
    let named = &manifest[name]["name"];
    let later = &manifest["later"][name];
    let file = named.as_str().or(later.as_str());
    let path = site::directory().join(file.ok_or(["the manifest has no ", name].concat())?);
    let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    weight(&bytes)
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
    #[expect(clippy::cast_precision_loss, reason = "a page is far below 2^52 bytes")]
    let bytes = bytes as f64;
    bytes / 1024.0
}
