//! What holds for the code that is compiled for the browser.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod sources;

use std::path::Path;

/// The crates that are compiled for the browser.
const CRATES: [&str; 5] = [
    "app",
    "crates/envelope",
    "crates/protocol",
    "crates/qr",
    "crates/quality",
];

/// `xtask/wasm/src/lean.rs` replaces what `{:?}` runs by a trap, which would end the page.
#[test]
fn nothing_is_formatted_for_debugging_where_the_browser_would_trap() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in CRATES {
        let files = sources::files(&project.join(folder).join("src"));
        assert!(!files.is_empty(), "{folder} has no files");
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            // Tests come last in a file.
            let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
            for (number, line) in (1..).zip(code.lines()) {
                let comment = line.trim_start().starts_with("//");
                let debug = line.contains(":?}") || line.contains(":#?}");
                let place = format!("{}:{number}", file.display());
                assert!(comment || !debug, "{place}: expected no {{:?}}");
            }
        }
    }
}
