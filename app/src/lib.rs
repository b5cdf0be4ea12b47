//! The user interface. The server renders every page ([`pages`]), with the first step of a flow;
//! in the browser [`card`] brings it to life: it seals the input, sends it, and shows the agent's
//! answers.
//!
//! Built twice: with `ssr` into the portal, with `browser` into WASM.

#![cfg_attr(
    all(test, feature = "browser"),
    allow(
        dead_code,
        unused_imports,
        reason = "the card, which uses it, is left out"
    )
)]

#[cfg(feature = "browser")]
mod browser;
// Not in tests in a browser: its chunks exist only in a module that was split.
#[cfg(not(all(test, feature = "browser")))]
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

/// Starts the page. Called by `boot.js` once the module is loaded, with the page's data, and with the
/// functions that fetch the texts of the later steps and a list of words. `root` is the document, or
/// the shadow root of a `<postern-reset>`.
#[cfg(all(feature = "browser", not(test)))]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn start(
    data: wasm_bindgen::JsValue,
    fetch_words: js_sys::Function,
    fetch_list: js_sys::Function,
    root: wasm_bindgen::JsValue,
) {
    browser::page::load(data, fetch_words, fetch_list, root);
    words::install(browser::page::text);
    card::mount();
}
