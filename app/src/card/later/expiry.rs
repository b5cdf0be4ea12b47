//! The time at which the flow ends.

use crate::card::parts::{Act, button};
use crate::session::Session;
use crate::words::{Value, t, text};
use leptos::prelude::*;

/// Renders the time at which the flow ends, and offers more shortly before.
pub fn expiry(session: Session, expires: u64) -> AnyView {
    let line = move || {
        let soon = session.ends_soon.get();
        let key = if soon {
            "session-ends"
        } else {
            "session-until"
        };
        let act = Act::new(move |()| session.extend());
        let more = soon.then(|| button("secondary", t("session-extend").into_any(), act));
        let until = text(key, &[("until", Value::Clock(expires))]);
        view! { <p class="quiet">{until}</p> {more} }.into_any()
    };
    view! { {line} }.into_any()
}
