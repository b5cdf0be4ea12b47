//! The browser's half: reads the page's data and the fields, seals, sends, shows.

mod actions;
mod dom;
mod exchange;
mod letters;
pub mod page;
mod proof_of_work;
mod storage;
mod waiting;

pub use waiting::{offer_help, withdraw_help};

use crate::session::{Screen, Session, flow_key};
use leptos::prelude::*;
use postern_protocol::FlowKind;
use std::cell::Cell;
use std::time::Duration;

/// Puts the living card in the place of the one that the server rendered.
pub fn mount() {
    if let Some(place) = dom::element("reset") {
        place.set_inner_html("");
        mount_to(place, crate::card::card).forget();
    }
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// Loads what helps to choose a new password (`boot.js`); it shows itself.
    pub fn quality(policy: &str);

    /// Loads what asks the browser for passkeys, for the gate and the challenge of these lines; it
    /// shows itself.
    pub fn passkey(lines: &str);

    /// Loads what shows methods; it shows itself.
    pub fn methods(lines: &str);

    /// Adds the way to one's methods to the result.
    #[wasm_bindgen(js_name = showMethodsLink)]
    pub fn show_methods_link();
}

thread_local! {
    /// For what the script that shows methods asks for.
    static SESSION: Cell<Option<Session>> = const { Cell::new(None) };
}

/// Called by that script: adds a method of a kind (0), removes one (1), each by its number, or
/// confirms all (2). Called by the one that asks for passkeys: wants a challenge for a gate (3), has
/// put the answer for a gate (4) or for a new method (5) where fields have theirs.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn manage(operation: u8, number: u8) {
    if let Some(session) = SESSION.get() {
        match operation {
            0 => session.add_method(number),
            1 => session.remove_method(number),
            3 => session.send_code(number),
            4 => session.answer(number),
            5 => session.confirm_method(),
            _ => session.confirm_methods(),
        }
    }
}

/// Whether a passkey is what is shown.
pub fn at_passkey() -> bool {
    dom::element("passkey").is_some()
}

/// Moves the focus to the first field of what is about to be drawn.
pub fn focus_next() {
    dom::after_render(dom::focus_first);
}

/// Opens the forms, goes on with a flow that a reload interrupted, and keeps focus and title
/// with what is shown.
pub fn start(session: Session) {
    SESSION.set(Some(session));
    // With a flow to go on with, the name is not asked for meanwhile.
    let resumes = actions::restore_token(storage::kept());
    session.ready.set(!resumes);
    // Not before the form is open: nobody waits for it yet.
    let later = move || {
        exchange::precompile();
        if resumes {
            session.resume();
        }
    };
    set_timeout(later, Duration::ZERO);
    Effect::new(move |before: Option<()>| {
        let screen = session.screen.get();
        dom::set_title(title_key(session, &screen));
        if before.is_some() {
            dom::after_render(move || {
                if session.refusal.with_untracked(Option::is_none) {
                    dom::focus_first();
                }
            });
        }
    });
    // Errors take the focus to where they can be mended.
    Effect::new(move |_| {
        let refusal = session.refusal.get();
        dom::set_support_code(
            refusal
                .as_ref()
                .map_or("", |refusal| &*refusal.support_code),
        );
        if let Some(refusal) = refusal {
            dom::after_render(move || {
                dom::focus(if refusal.beside_field {
                    "focus"
                } else {
                    "refusal"
                });
            });
        }
    });
}

const fn title_key(session: Session, screen: &Screen) -> &'static str {
    match screen {
        Screen::Identify => match session.flow_kind {
            FlowKind::Reset => "page-title",
            other => flow_key(other),
        },
        Screen::Unlocked => "unlocked-title",
        Screen::UserNameSent => "user-name-sent-title",
        Screen::Gates(_) => "gates-title",
        Screen::NewPassword(_) => "password-title",
        Screen::Done(_) => "done-title",
        Screen::Methods(new, _) => crate::card::methods_title(*new),
    }
}
