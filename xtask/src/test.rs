//! `cargo xtask test`: sets up what is missing and runs everything.

use crate::run::{Outcome, Step, cargo, root};
use crate::stack::{self, Stack, demo_tenants};
use crate::suites::{Count, Suites, counted, playwright};
use crate::{dc, dc_stack, setup, tools};

/// The features under which the whole workspace is compiled once, for every test.
const FEATURES: &str = "postern-envelope/seal,postern-envelope/open,postern-app/ssr";

/// The portal's port in the browser journeys.
const PORT: u16 = 3200;

/// Everything; closes with `N passed, N failed`.
pub fn run() -> Outcome {
    setup::everything()?;
    let mut suites = Suites::default();
    code(&mut suites);
    envelope_elsewhere(&mut suites);
    match stack::build() {
        Ok(()) => {
            suites.run("journeys on the sandbox, in Chromium", journeys);
            suites.run("journeys on the domain controller", || {
                dc_stack::run_journeys(&[])
            });
        }
        Err(error) => suites.run("build of the demo", || Err(error)),
    }
    suites.close()
}

/// Format, lints, and every test that cargo runs.
fn code(suites: &mut Suites) {
    let cargo = |arguments: &[&str]| Step::new(cargo(), arguments);
    suites.check("format", cargo(&["fmt", "--all", "--check"]));
    let lints = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        FEATURES,
    ];
    suites.check("lints", cargo(&lints).arguments(&["--", "-D", "warnings"]));
    let browser = [
        "clippy",
        "--package=postern-app",
        "--features=hydrate",
        "--target=wasm32-unknown-unknown",
    ];
    suites.check(
        "lints of the browser's half",
        cargo(&browser).arguments(&["--", "-D", "warnings"]),
    );
    let tests = [
        "test",
        "--workspace",
        "--no-fail-fast",
        "--features",
        FEATURES,
    ];
    suites.run("unit, contract and defect tests", || counted(cargo(&tests)));
    suites.run("real domain controller", || {
        let tests = [
            "test",
            "--package=postern-directory",
            "--features=active-directory-tests",
            "--test=active_directory",
        ];
        let dc = dc::Dc::start().map_err(|error| error.to_string())?;
        counted(cargo(&tests).variables(&dc.environment()))
    });
}

/// The envelope in a browser, and against libraries that are not ours.
fn envelope_elsewhere(suites: &mut Suites) {
    let wasm = |arguments: &[&str]| {
        let runner = tools::wasm_bindgen()?.join("wasm-bindgen-test-runner");
        let test = ["test", "--target=wasm32-unknown-unknown"];
        counted(
            Step::new(cargo(), &test)
                .arguments(arguments)
                .variable("CHROMEDRIVER", setup::CHROMEDRIVER)
                .variable("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner),
        )
    };
    suites.run("sealing in WASM, in Chromium", || {
        wasm(&[
            "--package=postern-envelope",
            "--features=seal",
            "--test=wasm",
        ])
    });
    suites.run("letters in WASM, in Chromium", || {
        wasm(&["--package=postern-app", "--features=hydrate", "--lib"])
    });
    suites.run("interop with jose and jwcrypto", || {
        counted(Step::new(root().join("e2e/interop/run"), &[]))
    });
}

/// The browser journeys on the demo's two tenants.
fn journeys() -> Result<Count, String> {
    let folder = root().join("target/journeys");
    let stack = Stack::for_tests(&folder, PORT, &demo_tenants())?;
    run_playwright(&[], &stack.environment())
}

/// `cargo xtask bench`: the page on an emulated slow phone, beside a trivial page.
pub fn bench() -> Outcome {
    setup::everything()?;
    stack::build()?;
    let stack = Stack::start(&root().join("target/bench"), 3260, &demo_tenants()[..1])?;
    Step::new("node", &["bench/phone.mjs"])
        .directory(&root().join("e2e"))
        .variables(&stack.environment())
        .run()
}

/// `cargo xtask screens`: every state as a picture, in `target/screens`.
pub fn screens() -> Outcome {
    setup::everything()?;
    stack::build()?;
    // None of a state that is no more.
    let _may_not_exist = std::fs::remove_dir_all(root().join("target/screens"));
    let stack = Stack::for_tests(&root().join("target/screens-stack"), 3270, &demo_tenants())?;
    match run_playwright(&["--config=screens.config.ts"], &stack.environment())? {
        Count { failed: 0, .. } => Ok(()),
        Count { failed, .. } => Err(format!("{failed} pictures could not be taken")),
    }
}

/// Runs Playwright in `e2e` and reads its report.
pub fn run_playwright(arguments: &[&str], variables: &[(String, String)]) -> Result<Count, String> {
    let report = root().join("target/playwright.json");
    let _may_not_exist = std::fs::remove_file(&report);
    // Playwright's exit code says no more than its report does.
    let _counted_below = Step::new("npx", &["playwright", "test"])
        .arguments(arguments)
        .directory(&root().join("e2e"))
        .variable("POSTERN_REPORT", &report)
        .variables(variables)
        .run();
    let text = std::fs::read(&report).map_err(|error| format!("{}: {error}", report.display()))?;
    playwright(&serde_json::from_slice(&text).map_err(|error| error.to_string())?)
}
