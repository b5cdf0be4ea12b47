//! The time at which the flow ends.

use crate::card::parts::{Act, button};
use crate::session::Session;
use crate::words::{Value, t, text};
use leptos::prelude::*;

/// Renders the time at which the flow ends, and offers more, shortly before.
pub fn expiry(session: Session, expires: u64) -> AnyView {
    let line = move || {
        session.ends_soon.get().then(|| {
            let act = Act::new(move |()| session.extend());
            let more = button("secondary", t("session-extend").into_any(), act);
            let until = text("session-ends", &[("until", Value::Clock(expires))]);
            view! { <p>{until}</p> {more} }
        })
    };
    view! { {line} }.into_any()
}
