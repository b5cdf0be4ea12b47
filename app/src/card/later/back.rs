//! The browser's Back button: it leads to the user name, as "Start again" does, and not out of the page.

use crate::browser::{dom, page};
use crate::session::{Screen, Session};
use leptos::prelude::*;
use leptos::web_sys::History;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

/// The state of the history entry of the steps after the first.
const STEP: &str = "step";

thread_local! {
    static LISTENS: Cell<bool> = const { Cell::new(false) };
}

/// Gives the steps after the first an entry of their own in the history, to which Back does not lead
/// out. Not in the page of another site, whose history is its own.
pub fn keep_in_page(session: Session) {
    let Some(history) = own_history() else {
        return;
    };
    if !LISTENS.replace(true) {
        let listener = Closure::<dyn Fn()>::new(move || go_back(session)).into_js_value();
        window().set_onpopstate(Some(listener.unchecked_ref()));
    }
    push(&history);
}

fn push(history: &History) {
    if !is_step(history) {
        let _is_allowed_here = history.push_state(&JsValue::from_str(STEP), "");
    }
}

/// Called when the history has moved to another entry of this page.
fn go_back(session: Session) {
    let Some(history) = own_history() else {
        return;
    };
    let is_first = || {
        session
            .screen
            .with_untracked(|screen| *screen == Screen::Identify)
    };
    if is_step(&history) || is_first() {
        return;
    }
    session.ask_start_again();
    // While something is under way, or the user has still to say so, the page stays where it is.
    if !is_first() {
        push(&history);
    }
}

/// Reports whether the entry of the history is that of the steps after the first.
fn is_step(history: &History) -> bool {
    history.state().is_ok_and(|state| state == STEP)
}

fn own_history() -> Option<History> {
    let is_own = page::base().is_empty() && !dom::is_in_frame();
    is_own.then(|| window().history().ok()).flatten()
}
