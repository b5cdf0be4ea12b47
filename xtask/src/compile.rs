//! Compiles the workspace with one set of features, for the demo, tests, lints and documentation
//! alike: a dependency that has other features in one of them would be compiled once more for it.

use crate::run::{Step, cargo};

const FEATURES: &str = "postern-envelope/seal,postern-envelope/open,postern-app/ssr";

/// Returns a command of cargo for the whole workspace.
pub fn workspace(command: &str) -> Step {
    Step::new(cargo(), &[command, "--workspace", "--features", FEATURES])
}

/// Returns a build of programs.
pub fn programs(names: &[&str]) -> Step {
    let names = names.iter().map(|name| ["--bin=", name].concat());
    // With any test, because the features of dev-dependencies count only where a test is compiled.
    names.fold(workspace("build").argument("--test=rooms"), Step::argument)
}
