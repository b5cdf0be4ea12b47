//! `cargo deny check`: the licences, crates and sources in `Cargo.lock` are those that `deny.toml`
//! allows. Advisories are not checked: their database is a git repository outside the registries.

use crate::run::{Outcome, Step, cargo};
use crate::tools;
use std::path::PathBuf;

/// The version of cargo-deny.
const DENY_VERSION: &str = "0.20.2";

/// Installs cargo-deny if it is missing, and checks.
pub fn check() -> Outcome {
    // Not offline: it reads the crates of every platform, and cargo fetches those that builds for
    // this one did not need.
    Step::new(deny()?, &["--locked", "check", "--deny=warnings"])
        .arguments(&["licenses", "bans", "sources"])
        .run()
}

fn deny() -> Result<PathBuf, String> {
    let folder = tools::cache()?.join(["deny-", DENY_VERSION].concat());
    let program = folder.join("bin/cargo-deny");
    if !program.is_file() {
        // Not optimised: it compiles in 1.6 minutes of one core instead of 4, and a check still
        // takes only 3 seconds.
        Step::new(cargo(), &["install", "--locked", "--profile=dev"])
            .arguments(&["cargo-deny", "--version", DENY_VERSION, "--root"])
            .argument(&folder)
            .variable("CARGO_PROFILE_DEV_DEBUG", "false")
            .variable("CARGO_PROFILE_DEV_INCREMENTAL", "false")
            // Outside the workspace, so that its cargo settings do not apply to the tool.
            .directory(&tools::cache()?)
            .run()?;
    }
    Ok(program)
}
