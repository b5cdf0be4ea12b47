//! The button that asks the browser for a passkey, or for a new one.

use crate::browser::{dom, page, webauthn};
use crate::card::parts::Act;
use crate::session::Session;
use crate::words::t;
use core::time::Duration;
use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen_futures::spawn_local;

/// The time for which a challenge is used, in seconds: less than the agent accepts it.
const CHALLENGE_SECONDS: u64 = 240;

/// The time after which the button can be pressed again where no challenge came.
const RETRY_DELAY: Duration = Duration::from_secs(1);

thread_local! {
    /// A challenge was requested: once it comes, the browser is asked without another press.
    static REQUESTED: Cell<bool> = const { Cell::new(false) };
}

/// The use of the passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It opens the gate with this number.
    Gate(u8),
    /// It is a new one.
    NewMethod,
}

/// Returns the Fluent key of the reason that passkeys cannot be used here, if there is one.
pub fn unusable() -> Option<&'static str> {
    if !page::base().is_empty() {
        // The origin of a page of another site is not the one that passkeys are made for.
        Some("passkey-elsewhere")
    } else if !webauthn::is_supported() {
        Some("passkey-old")
    } else {
        None
    }
}

/// Renders the button, with what it is for. `options` are those of the challenge, if there is one.
pub fn passkey(session: Session, purpose: Purpose, options: Option<String>) -> AnyView {
    let (lead, label, allowed) = match purpose {
        Purpose::Gate(_) => ("gate-passkey-lead", "gate-passkey-use", webauthn::may_get()),
        Purpose::NewMethod => (
            "methods-passkey-lead",
            "methods-passkey-use",
            webauthn::may_create(),
        ),
    };
    let reason = unusable().or((!allowed).then_some("passkey-elsewhere"));
    if let Some(reason) = reason {
        return view! { <div id="passkey">{t(reason)}</div> }.into_any();
    }
    let waiting = RwSignal::new(false);
    // The Fluent key of what came of the last press, where nothing was refused.
    let outcome = RwSignal::new("");
    let expires = page::now() + CHALLENGE_SECONDS;
    let has_options = options.is_some();
    let options = StoredValue::new(options);
    let ask = Act::new(move |()| {
        if waiting.get_untracked() {
            return;
        }
        waiting.set(true);
        outcome.set("");
        let valid = options
            .get_value()
            .filter(|_| purpose == Purpose::NewMethod || page::now() < expires);
        match (valid, purpose) {
            (Some(options), _) => spawn_local(async move {
                match webauthn::ask(&options).await {
                    Ok(answer) => match purpose {
                        Purpose::Gate(gate) => session.answer_with_passkey(gate, answer),
                        Purpose::NewMethod => session.confirm_method(answer),
                    },
                    Err(failure) => {
                        // Every other way stays open.
                        let _left_meanwhile = outcome.try_set(failure.key());
                        dom::after_render(|| dom::focus_on("#passkey button"));
                    }
                }
                let _left_meanwhile = waiting.try_set(false);
            }),
            (None, Purpose::Gate(gate)) => {
                REQUESTED.set(true);
                session.send_code(gate);
                // Where none comes, the refusal above says so.
                let retry = move || {
                    let _left_meanwhile = waiting.try_set(false);
                };
                set_timeout(retry, RETRY_DELAY);
            }
            (None, Purpose::NewMethod) => waiting.set(false),
        }
    });
    if REQUESTED.take() && has_options {
        dom::after_render(move || ask.run(()));
    }
    view! {
        <div id="passkey">
            <p role="status" class=move || (!outcome.get().is_empty()).then_some("notice")>
                {move || t(outcome.get())}
            </p>
            <p>{t(lead)}</p>
            <button
                type="button"
                class="primary"
                aria-disabled=move || waiting.get().then_some("true")
                on:click=move |_| ask.run(())
            >
                {move || t(if waiting.get() { "working-passkey" } else { label })}
            </button>
        </div>
    }
    .into_any()
}
