//! What people see. The server renders every page ([`pages`]), the reset's first step closed; in
//! the browser [`reset::reset`] takes its place: it seals what is typed, sends it, and shows the
//! agent's answers.
//!
//! Built twice: with `ssr` into the portal, with `hydrate` into WASM.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod reset;
#[cfg_attr(
    not(feature = "hydrate"),
    expect(
        dead_code,
        reason = "the server renders step 1; only the browser goes on"
    )
)]
mod session;
mod words;

/// Opens the page. Called by `boot.js` once the module is there, with the page's data and a
/// function that fetches the words of the later steps. `root` is the
/// document, or the shadow root of a `<postern-reset>`.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn start(data: wasm_bindgen::JsValue, later: js_sys::Function, root: wasm_bindgen::JsValue) {
    browser::page::load(data, later, root);
    browser::mount();
}
