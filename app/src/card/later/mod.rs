//! The steps after the first, as a chunk of their own: the page loads it while the user types a name.
//! The splitter puts into it every function that is reached from [`LATER_STEPS`] alone.

mod actions;
mod back;
mod chunk;
mod expiry;
mod gates;
mod icon;
mod methods;
mod new_password;
mod other_tab;
mod passkey;
mod result;
mod secret_field;
mod strength;
mod whose;

pub use chunk::NotLoaded;

use crate::browser::exchange::SentMessage;
use crate::session::{Screen, Session};
use js_sys::Promise;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use postern_protocol::Request;
use std::cell::Cell;
use wasm_bindgen_futures::spawn_local;

/// An operation under way.
pub struct Submitted {
    /// The request, to be sealed once more where the agent has a new key.
    pub request: Request,
    /// The message that was sent; none if it could not be sealed.
    pub message: Option<SentMessage>,
    /// The texts of the later steps, which are fetched beside it.
    pub words: Option<Promise>,
    /// The refusal before it said that the last password is in doubt.
    pub was_in_doubt: bool,
}

/// The later steps, as the first one reaches them.
pub trait LaterSteps {
    /// Opens the answer to what was submitted, and shows it.
    fn show_answer(&self, session: Session, submitted: Submitted);

    /// Renders a screen.
    fn view(&self, session: Session, screen: Screen) -> AnyView;

    /// Renders the time at which the flow ends, in seconds since the Unix epoch.
    fn expiry(&self, session: Session, expires: u64) -> AnyView;
}

thread_local! {
    static LOADED: Cell<Option<&'static dyn LaterSteps>> = const { Cell::new(None) };
}

/// Returns the later steps if they are loaded.
pub fn loaded() -> Option<&'static dyn LaterSteps> {
    LOADED.get()
}

/// Loads the later steps, unless they are loaded already.
///
/// # Errors
///
/// [`NotLoaded`] if they do not come, or were altered on the way. The next call tries again.
pub async fn load() -> Result<&'static dyn LaterSteps, NotLoaded> {
    if let Some(steps) = loaded() {
        return Ok(steps);
    }
    let steps = later().await?;
    LOADED.set(Some(steps));
    Ok(steps)
}

/// Loads the later steps before they are needed. Where that fails, [`load`] tries again.
pub fn prefetch() {
    spawn_local(async {
        let _tried_again_later = load().await;
    });
}

#[wasm_split(later, fallible, wasm_split_path = leptos::wasm_split)]
fn later() -> Result<&'static dyn LaterSteps, NotLoaded> {
    Ok(&LATER_STEPS)
}

static LATER_STEPS: Steps = Steps;

struct Steps;

impl LaterSteps for Steps {
    fn show_answer(&self, session: Session, submitted: Submitted) {
        spawn_local(actions::show_answer(session, submitted));
    }

    fn view(&self, session: Session, screen: Screen) -> AnyView {
        back::keep_in_page(session);
        let whose = whose::whose(session, &screen);
        let step = match screen {
            // Rendered by the first step itself.
            Screen::Identify => ().into_any(),
            Screen::Gates(gates) => gates::gates(session, gates).into_any(),
            Screen::NewPassword(policy) => new_password::new_password(session, policy).into_any(),
            Screen::Done(methods_link) => result::done(methods_link),
            Screen::Unlocked => result::unlocked(),
            Screen::NotLocked(policy) => result::not_locked(session, policy),
            Screen::UserNameSent => result::user_name_sent(),
            Screen::MethodsKept => result::methods_kept(),
            Screen::Methods(methods) => methods::methods(session, methods),
            Screen::NewMethod { kind, offer } => methods::new_method(session, kind, offer),
        };
        view! { {whose} {step} }.into_any()
    }

    fn expiry(&self, session: Session, expires: u64) -> AnyView {
        expiry::expiry(session, expires)
    }
}
