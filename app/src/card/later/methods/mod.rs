//! The user's methods, and a new one. Headings, refusals and forms are here; the list, the QR code and
//! the recovery codes are a chunk that is loaded after signing in ([`content`]).

mod content;
mod picture;
mod recovery;

use super::chunk::NotLoaded;
use super::gates::code_form;
use super::passkey::{Purpose, passkey};
use crate::card::actions::reload_if_outdated;
use crate::card::parts::{Act, button, heading, links, on_submit, submit};
use crate::card::refusal::above_form;
use crate::session::{Methods, Place, Refusal, Remedy, Session, new_method_title};
use crate::words::t;
use content::MethodViews;
use leptos::prelude::*;
use postern_envelope::Secret;
use postern_protocol::GateKind;
use wasm_bindgen_futures::spawn_local;

/// Renders the list of methods.
pub fn methods(session: Session, methods: Methods) -> AnyView {
    let list = with_views(session, move |views| views.list(session, methods.clone()));
    let done = Act::new(move |()| session.keep_methods());
    let done = button("primary", t("methods-done").into_any(), done);
    frame(session, "methods-title", list, ().into_any(), done)
}

/// Renders a new method of a kind, with the form that shows that it works.
pub fn new_method(session: Session, kind: GateKind, offer: Secret) -> AnyView {
    session.open_gate.set(Some(kind));
    on_cleanup(move || session.open_gate.set(None));
    let text = offer.expose_str().unwrap_or_default().to_owned();
    let (content, form) = match kind {
        GateKind::Passkey => (
            passkey(session, Purpose::NewMethod, Some(text)),
            ().into_any(),
        ),
        GateKind::Authenticator => {
            let view = with_views(session, move |views| views.authenticator(offer.clone()));
            let act = Act::new(move |()| session.confirm_code());
            let lead = t("methods-authenticator-then").into_any();
            let form = code_form(session, act, kind, lead, ().into_any());
            (view, form)
        }
        _ => {
            // The codes were copied, saved or printed.
            let kept = RwSignal::new(false);
            let view = with_views(session, move |views| {
                views.recovery_codes(offer.clone(), kept)
            });
            let act = Act::new(move |()| {
                if kept.get_untracked() {
                    session.confirm_method(Secret::default());
                } else {
                    session.refuse_at(Place::Form, "recovery-not-kept", Vec::new());
                }
            });
            let act = on_submit(session, act);
            let submit = submit(session, "methods-kept-them");
            let form = view! { <form novalidate on:submit=act>{submit}</form> }.into_any();
            (view, form)
        }
    };
    let back = Act::new(move |()| session.remove_method(0));
    let back = links(button("link", t("methods-give-up").into_any(), back));
    frame(session, new_method_title(kind), content, form, back)
}

fn frame(
    session: Session,
    title: &'static str,
    content: AnyView,
    form: AnyView,
    end: AnyView,
) -> AnyView {
    view! {
        {heading(title)}
        {above_form(session)}
        <div id="methods">{content}</div>
        {form}
        {end}
    }
    .into_any()
}

/// Renders something of the chunk once it is there. Where it does not come, a refusal says so.
fn with_views(
    session: Session,
    view: impl Fn(&'static dyn MethodViews) -> AnyView + Send + 'static,
) -> AnyView {
    let views = RwSignal::new(None);
    spawn_local(async move {
        match content::load().await {
            Ok(loaded) => {
                let _left_meanwhile = views.try_set(Some(loaded));
            }
            Err(NotLoaded) => {
                if !reload_if_outdated() {
                    session.refusal.set(Some(Refusal {
                        key: "methods-not-loaded".to_owned(),
                        advice: None,
                        arguments: Vec::new(),
                        support_code: String::new(),
                        place: Place::Form,
                        // The new page resumes the flow.
                        remedy: Some(Remedy::Reload),
                    }));
                }
            }
        }
    });
    view! { {move || views.get().map(&view)} }.into_any()
}
