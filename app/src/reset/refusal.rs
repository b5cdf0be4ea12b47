//! What was refused: beside its field, or above the form with what to do next.

use crate::session::{Refusal, Remedy, Session};
use crate::words::{t, text};
use leptos::prelude::*;

/// The error beside a field. It has the field's `aria-describedby` id.
pub fn beside_field(session: Session, id: &'static str) -> impl IntoView {
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
                })
            }}
        </p>
    }
}

/// Whether a field is in error.
pub fn is_invalid(session: Session) -> Option<&'static str> {
    session
        .refusal
        .with(|refusal| refusal.as_ref().is_some_and(|refusal| refusal.beside_field))
        .then_some("true")
}

/// The error above the form.
pub fn above_form(session: Session) -> impl IntoView {
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
            {move || session.notice.get().map(|key| view! { <p class="notice">{t(key)}</p> })}
        </div>
    }
}

fn explain(session: Session, refusal: Refusal) -> impl IntoView {
    let what = text(&refusal.key, &refusal.arguments);
    let remedy = text(&[&refusal.key, ".do"].concat(), &refusal.arguments);
    let code = refusal.support_code;
    let button = refusal.remedy.map(|remedy| {
        let key = match remedy {
            Remedy::CheckAgain => "check-again",
            Remedy::TryAgain | Remedy::Reload => "try-again",
        };
        view! {
            <button type="button" class="secondary" on:click=move |_| session.remedy(remedy)>
                {t(key)}
            </button>
        }
    });
    view! {
        <div class="refusal" id="refusal" tabindex="-1">
            <p>
                <strong>{what}</strong>
            </p>
            <p>{remedy}</p>
            {button}
            {(!code.is_empty())
                .then(|| {
                    view! {
                        <p class="support-code">
                            {text("support-code", &[("code", crate::words::Value::Text(code))])}
                        </p>
                    }
                })}
        </div>
    }
}
