//! `cargo xtask journeys-dc`: the browser journeys on a real Active Directory domain controller.
//!
//! Here a domain controller and a portal are started. The tenants, with their agents, mail server
//! and recorded relay, are made by the journeys, each as it needs them.

use crate::dc::Dc;
use crate::run::target;
use crate::stack::{self, Stack};
use crate::suites::Count;
use crate::{setup, test};

/// Sets up what is missing, builds, and runs the journeys; `arguments` go to Playwright.
pub fn command(arguments: &[&str]) -> Result<(), String> {
    setup::everything()?;
    stack::build()?;
    let count = run_journeys(arguments)?;
    println!("\n{} passed, {} failed", count.passed, count.failed);
    if count.failed == 0 {
        Ok(())
    } else {
        Err(String::from("journeys failed"))
    }
}

/// Runs the journeys beside a domain controller and a portal of their own.
pub fn run_journeys(arguments: &[&str]) -> Result<Count, String> {
    let dc = Dc::start().map_err(|error| error.to_string())?;
    let stack = Stack::for_tests(&target().join("journeys-dc"), &[])?;
    let variables = [dc.environment(), stack.environment()].concat();
    let arguments = [&["--config=dc/playwright.config.ts"], arguments].concat();
    test::run_playwright(&arguments, &variables)
}
