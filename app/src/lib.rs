//! What people see. The server renders every page ([`pages`]); in the browser one island,
//! [`reset::Reset`], seals what is typed, sends it and shows the agent's answers.
//!
//! Built twice: with `ssr` into the portal, with `hydrate` into WASM.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod reset;
mod session;
mod words;

/// Starts the islands. Called by `boot.js` once the module is there.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    browser::page::load();
    leptos::mount::hydrate_islands();
}
