//! One's methods. Headings, refusals and forms are here; the lists, the picture and the codes are
//! shown by a script that is loaded only now (`app/methods.js`). It is told a line for each thing.

use super::gates::code_form;
use super::refusal::above_form;
use super::{Act, button, on_submit, start_again, submit};
use crate::session::{Methods, Session};
use crate::words::{Value, t, text};
use leptos::prelude::*;
use postern_envelope::Secret;
use postern_protocol::GateKind;

/// The methods, with what can be done about them.
pub fn methods(session: Session, methods: Methods) -> AnyView {
    let mut lines = String::from(if methods.due { "due" } else { "list" });
    for method in &methods.methods {
        let detail = match (method.left, method.added) {
            (_, Some(added)) => text("methods-since", &[("time", Value::Moment(added))]),
            (Some(left), _) => {
                let left = Value::Count(u16::try_from(left).unwrap_or(u16::MAX));
                text("methods-left", &[("left", left)])
            }
            _ => method.hint.clone().unwrap_or_default(),
        };
        let what = if method.own { "own" } else { "kept" };
        let id = method.id.to_string();
        let title = t(&["gate-", method.kind.name()].concat());
        line(&mut lines, [what, &id, &title, &detail]);
    }
    for (place, kind) in methods.addable.iter().enumerate() {
        if *kind == GateKind::Passkey && !crate::browser::passkeys("create").is_empty() {
            continue;
        }
        line(&mut lines, ["add", &place.to_string(), kind.name(), ""]);
    }
    crate::browser::methods(&lines);
    view! {
        <h1 id="heading" tabindex="-1">{t("methods-title")}</h1>
        {above_form(session)}
        <div id="methods"></div>
        <div class="links">{start_again(session)}</div>
    }
    .into_any()
}

/// A new method: what is needed of it, and the way to show that it works.
pub fn new_method(session: Session, kind: GateKind, offer: &Secret) -> AnyView {
    let name = kind.name();
    let offer = offer.expose_str().unwrap_or_default();
    crate::browser::methods(&["new\t", name, "\n", offer].concat());
    let act = Act::new(move |()| session.confirm_method());
    let (act, submitted) = if kind == GateKind::Passkey {
        let offer = offer.to_owned();
        let ask = Act::new(move |()| session.ask_browser(0, &offer));
        (ask, "methods-passkey-make")
    } else {
        (act, "methods-kept-them")
    };
    let form = if kind != GateKind::Authenticator {
        let confirm = on_submit(session, act);
        view! { <form novalidate on:submit=confirm>{submit(session, submitted)}</form> }.into_any()
    } else {
        let lead = t("methods-authenticator-then");
        code_form(session, act, kind, lead, String::new())
    };
    let give_up = Act::new(move |()| session.remove_method(0));
    view! {
        <h1 id="heading" tabindex="-1">{t(&["methods-title-", name].concat())}</h1>
        {above_form(session)}
        <div id="methods"></div>
        {form}
        <div class="links">{button("link", t("methods-give-up").into_any(), give_up)}</div>
    }
    .into_any()
}

fn line(lines: &mut String, fields: [&str; 4]) {
    for (place, field) in fields.into_iter().enumerate() {
        lines.push(if place == 0 { '\n' } else { '\t' });
        lines.push_str(field);
    }
}
