//! `cargo xtask test`: sets up what is missing and runs everything.

use crate::run::{Outcome, Step, cargo, program, root, target};
use crate::stack::{self, Stack, demo_tenants, free_port};
use crate::suites::{Count, Suites, counted, playwright};
use crate::{clock, compile, dc, dc_stack, deny, setup};

/// Everything; closes with `N passed, N failed`.
pub fn run() -> Outcome {
    setup::everything()?;
    let mut suites = Suites::default();
    habits(&mut suites);
    code(&mut suites);
    envelope_elsewhere(&mut suites);
    match stack::build() {
        Ok(()) => {
            suites.run("journeys on the sandbox, in Chromium", journeys);
            suites.run("main job in Firefox and WebKit", || main_job(&[]));
            suites.run("journeys on the domain controller", || {
                dc_stack::run_journeys(&[], &[])
            });
        }
        Err(error) => suites.run("build of the demo", || Err(error)),
    }
    suites.close()
}

/// What depends on the date, on every date of [`clock::DATES`]: each in a run of its own, because a
/// clock is set once.
pub fn dates() -> Outcome {
    let mut failed = Vec::new();
    for (name, moment) in clock::DATES {
        println!("\n\x1b[1m== {name}: {moment}\x1b[0m");
        let own = std::env::current_exe().map_err(|error| error.to_string())?;
        if let Err(error) = Step::new(own, &["test", "--at", moment]).run() {
            failed.push(format!("{name}: {error}"));
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(failed.join("\n"))
    }
}

/// Format, types, licences, lints and documentation.
fn habits(suites: &mut Suites) {
    let cargo = |arguments: &[&str]| Step::new(cargo(), arguments);
    suites.check("format", cargo(&["fmt", "--all", "--check"]));
    let npm =
        |script| Step::new("npm", &["run", "--silent", script]).directory(&root().join("e2e"));
    suites.check("format of TypeScript and JavaScript", npm("format:check"));
    suites.check("types of TypeScript and JavaScript", npm("types"));
    suites.run("licences, bans and sources", || {
        deny::check().map(|()| Count::passed())
    });
    suites.check(
        "lints",
        compile::workspace("clippy").arguments(&["--all-targets", "--", "-D", "warnings"]),
    );
    let browser = [
        "clippy",
        "--package=postern-app",
        "--features=browser",
        "--target=wasm32-unknown-unknown",
    ];
    suites.check(
        "lints of the browser's half",
        cargo(&browser).arguments(&["--", "-D", "warnings"]),
    );
    suites.check(
        "documentation",
        compile::workspace("doc")
            .argument("--no-deps")
            .variable("RUSTDOCFLAGS", "-D warnings"),
    );
}

/// Every test that cargo runs.
fn code(suites: &mut Suites) {
    let tests = || compile::workspace("test").variables(&clock::runner());
    suites.run("unit, contract and defect tests", || {
        counted(tests().argument("--no-fail-fast"))
    });
    suites.run("real domain controller", || {
        let dc = dc::Dc::start().map_err(|error| error.to_string())?;
        counted(
            tests()
                .argument("--features=postern-directory/active-directory-tests")
                .argument("--test=active_directory")
                .variables(&dc.environment()),
        )
    });
}

/// The envelope in a browser, and against libraries that are not ours.
fn envelope_elsewhere(suites: &mut Suites) {
    let wasm = |arguments: &[&str]| {
        compile::programs(&["xtask-wasm-test-runner"]).run()?;
        let test = ["test", "--target=wasm32-unknown-unknown"];
        counted(
            Step::new(cargo(), &test)
                .arguments(arguments)
                .variable("CHROMEDRIVER", setup::CHROMEDRIVER)
                .variable(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                    program("xtask-wasm-test-runner"),
                ),
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
        wasm(&["--package=postern-app", "--features=browser", "--lib"])
    });
    suites.run("interop with jose and jwcrypto", || {
        counted(Step::new(root().join("e2e/interop/run"), &[]))
    });
}

/// The browser journeys on the demo's two tenants.
fn journeys() -> Result<Count, String> {
    let stack = Stack::for_tests(&target().join("journeys"), &demo_tenants())?;
    run_playwright(&[], &stack.environment())
}

/// The main job in the browsers that Playwright does not drive; `arguments` go to Playwright.
fn main_job(arguments: &[&str]) -> Result<Count, String> {
    let stack = Stack::for_tests(&target().join("browsers"), &[])?;
    let arguments = [&["--config=webdriver/playwright.config.ts"], arguments].concat();
    run_playwright(&arguments, &stack.environment())
}

/// `cargo xtask browsers`: only the main job in Firefox and WebKit.
pub fn browsers(arguments: &[&str]) -> Outcome {
    setup::everything()?;
    stack::build()?;
    main_job(arguments)?.close()
}

/// `cargo xtask bench`: the page on an emulated slow phone, beside a trivial page.
pub fn bench() -> Outcome {
    setup::everything()?;
    stack::build()?;
    let stack = Stack::start(&target().join("bench"), free_port()?, &demo_tenants()[..1])?;
    Step::new("node", &["bench/phone.mjs"])
        .directory(&root().join("e2e"))
        .variables(&stack.environment())
        .run()
}

/// `cargo xtask screens`: every state as a picture, in `screens` where cargo builds to.
pub fn screens() -> Outcome {
    setup::everything()?;
    stack::build()?;
    // None of a state that is no more.
    let _may_not_exist = std::fs::remove_dir_all(target().join("screens"));
    let stack = Stack::for_tests(&target().join("screens-stack"), &demo_tenants())?;
    match run_playwright(&["--config=screens.config.ts"], &stack.environment())? {
        Count { failed: 0, .. } => Ok(()),
        Count { failed, .. } => Err(format!("{failed} pictures could not be taken")),
    }
}

/// Runs Playwright in `e2e` and reads its report.
pub fn run_playwright(arguments: &[&str], variables: &[(String, String)]) -> Result<Count, String> {
    let report = target().join("playwright.json");
    let _may_not_exist = std::fs::remove_file(&report);
    // Playwright's exit code says no more than its report does.
    let _counted_below = Step::new("npx", &["playwright", "test"])
        .arguments(arguments)
        .directory(&root().join("e2e"))
        .variable("POSTERN_REPORT", &report)
        .variables(variables)
        .variables(clock::variables())
        .run();
    let text = std::fs::read(&report).map_err(|error| format!("{}: {error}", report.display()))?;
    playwright(&serde_json::from_slice(&text).map_err(|error| error.to_string())?)
}
