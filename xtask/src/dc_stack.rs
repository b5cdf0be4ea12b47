//! `cargo xtask journeys-dc`: the browser journeys on a real Active Directory domain controller.
//!
//! This module starts a domain controller and a portal. The journeys create the tenants that they
//! need, with their agents, mail servers and recorded relays.

use crate::dc::Dc;
use crate::run::{Outcome, target};
use crate::stack::{self, Stack};
use crate::suites::Count;
use crate::{setup, test};

/// Installs what is missing, builds, and runs the journeys; `arguments` go to Playwright.
pub fn command(arguments: &[&str]) -> Outcome {
    journeys(arguments, &[])
}

/// `cargo xtask kills`: kills the agent `times` times while it sets a password.
pub fn kills(times: &str) -> Outcome {
    let times: u32 = times
        .parse()
        .map_err(|_| format!("kills: expected a number, found {times:?}"))?;
    let selection = ["--project=dc", "--grep=killed at any moment"];
    let variable = (String::from("POSTERN_KILLS"), times.to_string());
    journeys(&selection, &[variable])
}

fn journeys(arguments: &[&str], variables: &[(String, String)]) -> Outcome {
    setup::everything()?;
    stack::build()?;
    run_journeys(arguments, variables)?.close()
}

/// Runs the journeys with a domain controller and a portal of their own.
pub fn run_journeys(arguments: &[&str], more: &[(String, String)]) -> Result<Count, String> {
    let dc = Dc::start().map_err(|error| error.to_string())?;
    let stack = Stack::for_tests(&target().join("journeys-dc"), &[])?;
    let variables = [&dc.environment(), &*stack.environment(), more].concat();
    let arguments = [&["--config=dc/playwright.config.ts"], arguments].concat();
    test::run_playwright(&arguments, &variables)
}
