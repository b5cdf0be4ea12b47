//! What was refused: beside its field, or above the form with what to do next.

use super::{Act, button};
use crate::session::{Refusal, Remedy, Session};
use crate::words::{Value, t, text};
use leptos::prelude::*;

/// The error beside a field. It has the field's `aria-describedby` id.
pub fn beside_field(session: Session, id: &'static str) -> AnyView {
    view! {
        <p class="field-error" id=id role="alert">
            {move || {
                session.refusal.get().filter(|refusal| refusal.beside_field).map(|refusal| {
                    let what = text(&refusal.key, &refusal.arguments);
                    let remedy = text(&[&refusal.key, ".do"].concat(), &refusal.arguments);
                    view! {
                        <strong>{what}</strong>
                        " "
                        {remedy}
                    }
                    .into_any()
                })
            }}
        </p>
    }
    .into_any()
}

/// Whether a field is in error.
pub fn is_invalid(session: Session) -> Option<&'static str> {
    session
        .refusal
        .with(|refusal| refusal.as_ref().is_some_and(|refusal| refusal.beside_field))
        .then_some("true")
}

/// The error above the form.
pub fn above_form(session: Session) -> AnyView {
    view! {
        <div role="alert">
            {move || {
                session
                    .refusal
                    .get()
                    .filter(|refusal| !refusal.beside_field)
                    .map(|refusal| explain(session, refusal))
            }}
        </div>
        <div role="status">
            {move || session.notice.get().map(|notice| view! { <p class="notice">{notice}</p> }.into_any())}
        </div>
    }
    .into_any()
}

fn explain(session: Session, refusal: Refusal) -> AnyView {
    let what = text(&refusal.key, &refusal.arguments);
    let remedy = text(&[&refusal.key, ".do"].concat(), &refusal.arguments);
    let button = refusal.remedy.map(|remedy| {
        let key = match remedy {
            Remedy::CheckAgain => "check-again",
            Remedy::TryAgain | Remedy::Reload => "try-again",
        };
        let act = Act::new(move |()| session.remedy(remedy));
        button("secondary", t(key).into_any(), act)
    });
    // Where it is done instead.
    let link = refusal
        .arguments
        .into_iter()
        .find_map(|(_, value)| match value {
            Value::Text(place) if place.starts_with("https://") => Some(
                view! {
                    <a class="secondary" href=place target="_blank" rel="noreferrer">
                        {t("reset-there")}
                    </a>
                }
                .into_any(),
            ),
            _ => None,
        });
    view! {
        <div class="refusal" id="refusal" tabindex="-1">
            <p>
                <strong>{what}</strong>
            </p>
            <p>{remedy}</p>
            {button}
            {link}
        </div>
    }
    .into_any()
}
