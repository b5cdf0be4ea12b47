//! One's methods, and a new one. Headings, refusals and forms are here; the lists, the picture and
//! the codes are shown by a script that is loaded only now (`app/methods.js`).

use super::gates::code_form;
use super::refusal::above_form;
use super::{Act, button, heading, links, on_submit, submit};
use crate::session::Session;
use crate::words::t;
use leptos::prelude::*;
use postern_protocol::GateKind;

/// The methods, or a new one of a kind with the way to show that it works.
pub fn methods(session: Session, new: Option<GateKind>, told: &str) -> AnyView {
    crate::browser::methods(told);
    let act = Act::new(move |()| session.confirm_method());
    let form = match new {
        // A passkey is asked for by that script.
        None | Some(GateKind::Passkey) => ().into_any(),
        Some(kind) if kind.is_issued() => {
            let act = on_submit(session, act);
            view! { <form novalidate on:submit=act>{submit(session, "methods-kept-them")}</form> }
                .into_any()
        }
        Some(kind) => {
            let lead = t("methods-authenticator-then");
            code_form(session, act, kind, lead.into_any(), String::new())
        }
    };
    let (label, back) = match new {
        None => ("start-again", Act::new(move |()| session.start_again())),
        Some(_) => (
            "methods-give-up",
            Act::new(move |()| session.remove_method(0)),
        ),
    };
    view! {
        {heading(title_key(new))}
        {above_form(session)}
        <div id="methods"></div>
        {form}
        {links(button("link", t(label).into_any(), back))}
    }
    .into_any()
}

/// What the step is called.
pub const fn title_key(new: Option<GateKind>) -> &'static str {
    match new {
        None => "methods-title",
        Some(GateKind::Authenticator) => "methods-title-authenticator",
        Some(GateKind::Passkey) => "methods-title-passkey",
        Some(_) => "methods-title-recovery",
    }
}
