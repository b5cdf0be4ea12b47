//! Access to the document: fields, focus, title, texts.

use super::page;
use crate::words::Value;
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use leptos::web_sys::{HtmlElement, HtmlInputElement, SubmitEvent};
use postern_envelope::Secret;
use postern_protocol::Device;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

/// Returns the value of a field, in memory that is wiped.
pub fn value(id: &str) -> Secret {
    field(id).map_or_else(Secret::default, |field| {
        Secret::new(field.value().into_bytes())
    })
}

/// Puts a text into a field.
pub fn set_value(id: &str, text: &str) {
    if let Some(field) = field(id) {
        field.set_value(text);
    }
}

/// Empties a field.
pub fn clear(id: &str) {
    set_value(id, "");
}

/// Moves the focus to an element, if it is there.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _focus_may_be_refused = element.focus();
    }
}

/// Moves the focus to the first element that a CSS selector matches.
pub fn focus_on(selector: &str) {
    if let Some(element) = find(selector) {
        let _focus_may_be_refused = element.focus();
    }
}

/// Moves the focus to the step's first field, or to its heading if it has no field.
pub fn focus_first() {
    if field("current").is_some_and(|current| current.value().is_empty()) {
        focus("current");
    } else if element("focus").is_some() {
        focus("focus");
    } else {
        focus("heading");
    }
}

/// Scrolls the focused element into view, where it is out of it.
pub fn show_focused() {
    if let Some(focused) = page::root().active_element() {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        focused.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Puts the step into the page's title.
pub fn set_title(key: &str) {
    let step = Value::Text(page::text(key, &[]));
    page::root().set_title(&page::text("document-title", &[("step", step)]));
}

/// Changes what is shown by a view transition, where the browser has them and the user has not asked for
/// less motion. Else at once, and so in the page of another site, whose own parts would move too.
pub fn transition(change: impl FnOnce() + 'static) {
    let change = Closure::once_into_js(change);
    let start = Reflect::get(&page::root(), &"startViewTransition".into());
    let start = start.and_then(JsCast::dyn_into::<Function>);
    let _nothing_is_thrown = match start {
        Ok(start) if !matches_media("(prefers-reduced-motion:reduce)") => {
            start.call1(&page::root(), &change)
        }
        _ => change
            .unchecked_ref::<Function>()
            .call0(&JsValue::UNDEFINED),
    };
}

/// Runs `act` after the DOM was updated for the changed signals.
pub fn after_render(act: impl FnOnce() + 'static) {
    request_animation_frame(act);
}

/// Sets the state of the card, by which the style shows the help under it. Help that appears is
/// also announced to screen readers.
pub fn set_state(state: &str) {
    if let (Some(card), Some(aside)) = (element("card"), element("aside")) {
        let _name_is_valid = card.set_attribute("data-state", state);
        let help = element("help").filter(|_| state == "late");
        aside.set_text_content(help.and_then(|help| help.text_content()).as_deref());
    }
}

/// Shows a support code under the card; an empty code removes it.
pub fn set_support_code(code: &str) {
    let line = match code {
        "" => String::new(),
        code => page::text("support-code", &[("code", Value::Text(code.to_owned()))]),
    };
    set_text("support-code", &line);
}

/// Sets the text of an element, if it is there.
pub fn set_text(id: &str, text: &str) {
    if let Some(element) = element(id) {
        element.set_text_content(Some(text));
    }
}

/// Returns the kind of device by its pointer and screen size: all that a mail has to mention.
pub fn device() -> Device {
    if !matches_media("(pointer:coarse)") {
        Device::Computer
    } else if matches_media("(min-device-width:600px) and (min-device-height:600px)") {
        Device::Tablet
    } else {
        Device::Phone
    }
}

fn matches_media(query: &str) -> bool {
    let list = window().match_media(query);
    list.ok().flatten().is_some_and(|list| list.matches())
}

/// Reports whether the page is in a frame.
pub fn is_in_frame() -> bool {
    let parent = window().parent().ok().flatten();
    parent.is_some_and(|parent| parent != window())
}

/// Loads a fresh page.
pub fn reload() {
    let _navigation_may_be_refused = window().location().reload();
}

/// Reports whether the browser considers itself offline.
pub fn is_offline() -> bool {
    !window().navigator().on_line()
}

/// Returns an element by its id.
pub fn element(id: &str) -> Option<HtmlElement> {
    page::root().get_element_by_id(id)?.dyn_into().ok()
}

/// Returns the first element that a CSS selector matches.
pub fn find(selector: &str) -> Option<HtmlElement> {
    let found = page::root().query_selector(selector).ok()??;
    found.dyn_into().ok()
}

/// Sets an attribute of the first element that a CSS selector matches; none removes it.
pub fn set_attribute(selector: &str, name: &str, value: Option<&str>) {
    if let Some(element) = find(selector) {
        let _name_is_valid = match value {
            Some(value) => element.set_attribute(name, value),
            None => element.remove_attribute(name),
        };
    }
}

/// Replaces the contents of the first element that a CSS selector matches, for as long as the page is
/// shown.
pub fn mount_in(selector: &str, view: Box<dyn FnOnce() -> AnyView>) {
    if let Some(place) = find(selector) {
        place.set_inner_html("");
        mount_to(place, view).forget();
    }
}

/// Calls `act` when a form is submitted, instead of what was called before.
pub fn on_submit(form: &HtmlElement, act: impl Fn(SubmitEvent) + 'static) {
    let act = Closure::<dyn Fn(SubmitEvent)>::new(act).into_js_value();
    form.set_onsubmit(act.dyn_ref());
}

fn field(id: &str) -> Option<HtmlInputElement> {
    page::root().get_element_by_id(id)?.dyn_into().ok()
}
