//! The few things that are asked of the document itself.

use super::page;
use crate::words::Value;
use leptos::web_sys::{HtmlElement, HtmlInputElement};
use postern_envelope::Secret;
use wasm_bindgen::JsCast;

/// What a field holds, in memory that is wiped.
pub fn value(id: &str) -> Secret {
    field(id).map_or_else(Secret::default, |field| {
        Secret::new(field.value().into_bytes())
    })
}

/// Empties a field.
pub fn clear(id: &str) {
    if let Some(field) = field(id) {
        field.set_value("");
    }
}

/// Moves the focus to an element, if it is there.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _focus_may_be_refused = element.focus();
    }
}

/// Moves the focus to where the next step is: its first field, else its heading.
pub fn focus_first() {
    if element("focus").is_some() {
        focus("focus");
    } else {
        focus("heading");
    }
}

/// Puts the step into the page's title.
pub fn set_title(key: &str) {
    let step = Value::Text(page::text(key, &[]));
    page::root().set_title(&page::text("document-title", &[("step", step)]));
}

/// Runs `act` when what the signals changed has been drawn.
pub fn after_render(act: impl FnOnce() + 'static) {
    leptos::prelude::request_animation_frame(act);
}

/// Loads a fresh page.
pub fn reload() {
    let _navigation_may_be_refused = leptos::prelude::window().location().reload();
}

/// Whether the device says that it is offline.
pub fn is_offline() -> bool {
    !leptos::prelude::window().navigator().on_line()
}

/// An element by its id.
pub fn element(id: &str) -> Option<HtmlElement> {
    page::root().get_element_by_id(id)?.dyn_into().ok()
}

fn field(id: &str) -> Option<HtmlInputElement> {
    page::root().get_element_by_id(id)?.dyn_into().ok()
}
