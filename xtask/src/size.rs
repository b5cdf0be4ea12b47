//! `cargo xtask size`: the weight of the cold reset page, part by part, as brotli 11 sends it.

use crate::run::{Outcome, root};
use crate::site::{self, brotli};
use crate::stack::{self, Stack, demo_tenants};

/// What the whole cold page may weigh, in bytes.
const LIMIT: usize = 110 * 1024;

/// The floor measured for this stack: Leptos alone, and sealing alone.
const FLOOR: [(&str, usize); 2] = [("framework", 47 * 1024), ("seal", 25 * 1024)];

/// Prints the parts; an error if the page is over its limit.
pub fn run() -> Outcome {
    stack::build()?;
    let stack = Stack::start(&root().join("target/size"), 3250, &demo_tenants()[..1])?;
    let mut heaviest = 0;
    let mut heaviest_words = 0;
    println!("{:<26} {:>10} {:>10}", "bytes", "plain", "brotli 11");
    for language in ["en", "cs", "pl", "sl", "lt"] {
        let html = stack.page(&["/contoso/?lang=", language].concat())?;
        let compressed = brotli(html.as_bytes())?.len();
        row(
            &["HTML with style, ", language].concat(),
            html.len(),
            compressed,
        );
        heaviest = heaviest.max(compressed);
        let words = html
            .split('"')
            .find(|value| value.starts_with("/contoso/words/"))
            .ok_or("the page names no words")?;
        let words = stack.page(words)?;
        let compressed = brotli(words.as_bytes())?.len();
        row(
            &["later words, ", language].concat(),
            words.len(),
            compressed,
        );
        heaviest_words = heaviest_words.max(compressed);
    }
    let manifest = std::fs::read(site::directory().join("manifest.json"));
    let manifest: serde_json::Value =
        serde_json::from_slice(&manifest.map_err(|error| error.to_string())?)
            .map_err(|error| error.to_string())?;
    let style = manifest["style"].as_str().unwrap_or_default();
    row(
        "  of which style",
        style.len(),
        brotli(style.as_bytes())?.len(),
    );
    let mut sum = heaviest;
    for part in ["script", "wasm", "icon"] {
        let name = manifest[part]["name"].as_str().unwrap_or_default();
        let bytes =
            std::fs::read(site::directory().join(name)).map_err(|error| error.to_string())?;
        let compressed = brotli(&bytes)?.len();
        row(part, bytes.len(), compressed);
        sum += compressed;
    }
    println!("{:<26} {:>10} {sum:>10}", "cold page, heaviest", "");
    println!(
        "{:<26} {:>10} {heaviest_words:>10}",
        "on the first submission", ""
    );
    let floor: usize = FLOOR.iter().map(|(_, bytes)| bytes).sum();
    for (name, bytes) in FLOOR {
        row(&["floor: ", name].concat(), 0, bytes);
    }
    println!(
        "\n{:.1} KB of {} KB allowed; {:.2} times the floor of {} KB",
        kilobytes(sum),
        LIMIT / 1024,
        kilobytes(sum) / kilobytes(floor),
        floor / 1024
    );
    if sum > LIMIT {
        return Err(String::from("the page is heavier than it may be"));
    }
    Ok(())
}

fn row(name: &str, plain: usize, compressed: usize) {
    let plain = if plain == 0 {
        String::new()
    } else {
        plain.to_string()
    };
    println!("{name:<26} {plain:>10} {compressed:>10}");
}

fn kilobytes(bytes: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a page is far below 2^52 bytes")]
    let bytes = bytes as f64;
    bytes / 1024.0
}
