//! Refusals: beside the field concerned, or above the form with advice on what to do next.

use super::parts::{Act, button};
use crate::session::{Place, Refusal, Remedy, Session};
use crate::words::{Value, t, text};
use leptos::prelude::*;

/// Renders the error beside a field. Its id is the one in the field's `aria-describedby`.
pub fn beside_field(session: Session, place: Place) -> AnyView {
    view! {
        <p class="field-error" id=place.error() role="alert">
            {error_of_field(session, place)}
        </p>
    }
    .into_any()
}

/// Renders the error of a field, if it has one.
pub fn error_of_field(session: Session, place: Place) -> impl Fn() -> Option<AnyView> {
    move || {
        let refusal = session.refusal.get();
        let refusal = refusal.filter(|refusal| refusal.place == place)?;
        let summary = text(&refusal.key, &refusal.arguments);
        let remedy = advice(&refusal);
        Some(
            view! {
                <strong>{summary}</strong>
                " "
                {remedy}
            }
            .into_any(),
        )
    }
}

/// Returns the value of a field's `aria-invalid`: `true` if an error is shown beside the field.
pub fn is_invalid(session: Session, place: Place) -> Option<&'static str> {
    let is_here = |refusal: &Option<Refusal>| {
        refusal
            .as_ref()
            .is_some_and(|refusal| refusal.place == place)
    };
    session.refusal.with(is_here).then_some("true")
}

/// Renders the error above the form.
pub fn above_form(session: Session) -> AnyView {
    view! {
        <div role="alert">
            {move || {
                session
                    .refusal
                    .get()
                    .filter(|refusal| refusal.place == Place::Form)
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
    let summary = text(&refusal.key, &refusal.arguments);
    let remedy = advice(&refusal);
    let button = refusal.remedy.map(|remedy| {
        let key = match remedy {
            Remedy::CheckAgain => "check-again",
            Remedy::TryAgain | Remedy::Reload => "try-again",
        };
        let act = Act::new(move |()| session.remedy(remedy));
        button("secondary", t(key).into_any(), act)
    });
    // The address at which the password can be reset instead.
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
                <strong>{summary}</strong>
            </p>
            <p>{remedy}</p>
            {button}
            {link}
        </div>
    }
    .into_any()
}

fn advice(refusal: &Refusal) -> String {
    match refusal.advice {
        Some(key) => text(key, &refusal.arguments),
        None => text(&[&refusal.key, ".do"].concat(), &refusal.arguments),
    }
}
