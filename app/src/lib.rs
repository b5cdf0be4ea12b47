//! What people see. The server renders every page ([`pages`]), the reset's first step closed; in
//! the browser [`card::card`] takes its place: it seals what is typed, sends it, and shows the
//! agent's answers.
//!
//! Built twice: with `ssr` into the portal, with `browser` into WASM.

#[cfg(feature = "browser")]
mod browser;
pub mod card;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg_attr(
    not(feature = "browser"),
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
#[cfg(feature = "browser")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn start(data: wasm_bindgen::JsValue, later: js_sys::Function, root: wasm_bindgen::JsValue) {
    browser::page::load(data, later, root);
    browser::mount();
}
