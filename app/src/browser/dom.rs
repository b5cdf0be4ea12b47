//! The few things that are asked of the document itself.

use super::page;
use crate::words::Value;
use leptos::web_sys::{HtmlElement, HtmlInputElement};
use postern_envelope::Secret;
use postern_protocol::Device;
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

/// What the card is waiting for: what the server wrote under it shows by that. Help that appears
/// is told to those who cannot see it.
pub fn set_state(state: &str) {
    if let (Some(card), Some(aside)) = (element("card"), element("aside")) {
        let _name_is_valid = card.set_attribute("data-state", state);
        let help = element("help").filter(|_| state == "late");
        aside.set_text_content(help.and_then(|help| help.text_content()).as_deref());
    }
}

/// Whether that is so.
pub fn is_state(state: &str) -> bool {
    let is = element("card").and_then(|card| card.get_attribute("data-state"));
    is.as_deref() == Some(state)
}

/// Puts a support code into its place under the card; none empties it.
pub fn set_support_code(code: &str) {
    let line = match code {
        "" => String::new(),
        code => page::text("support-code", &[("code", Value::Text(code.to_owned()))]),
    };
    set_text("support-code", &line);
}

/// Puts a text into its place.
pub fn set_text(id: &str, text: &str) {
    if let Some(place) = element(id) {
        place.set_text_content(Some(text));
    }
}

/// What this browser runs on, by what its screen says: the coarsest that a mail can tell.
pub fn device() -> Device {
    let is = |query| {
        let list = leptos::prelude::window().match_media(query);
        list.ok().flatten().is_some_and(|list| list.matches())
    };
    if !is("(pointer:coarse)") {
        Device::Computer
    } else if is("(min-device-width:600px) and (min-device-height:600px)") {
        Device::Tablet
    } else {
        Device::Phone
    }
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
