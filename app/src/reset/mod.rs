//! The reset itself: one island of small components around one [`Session`].

mod gates;
mod identify;
mod new_password;
pub use new_password::Seen;
mod refusal;
mod steps;

use crate::session::{Screen, Session};
use crate::words::t;
use leptos::prelude::*;

/// The whole journey: user name, gates, new password, result.
#[island]
pub fn Reset() -> impl IntoView {
    let session = Session::new();
    #[cfg(feature = "hydrate")]
    crate::browser::start(session);

    let body = move || match session.screen.get() {
        Screen::Identify => identify::identify(session).into_any(),
        Screen::Gates(gates) => gates::gates(session, gates).into_any(),
        Screen::NewPassword(policy) => new_password::new_password(session, policy).into_any(),
        Screen::Done => done().into_any(),
    };
    view! {
        {steps::steps(session)}
        {body}
        {working(session)}
    }
}

/// The end: the agent has confirmed the new password.
fn done() -> impl IntoView {
    view! {
        <div class="done">
            <span class="done-mark" aria-hidden="true"></span>
            <h1 id="focus" tabindex="-1">{t("done-title")}</h1>
            <p>{t("done-lead")}</p>
            <p class="quiet">{t("done-elsewhere")}</p>
            <p class="quiet">{t("done-close")}</p>
        </div>
    }
}

/// What is being done, told politely to those who cannot see the button change.
fn working(session: Session) -> impl IntoView {
    view! {
        <p class="visually-hidden" role="status">
            {move || session.working.get().map(t).unwrap_or_default()}
        </p>
    }
}

/// A button that submits its form; while something is being done it says what.
fn submit(session: Session, key: &'static str) -> impl IntoView {
    view! {
        <button
            type="submit"
            class="primary"
            aria-disabled=move || session.working.get().is_some().then_some("true")
        >
            {move || t(session.working.get().unwrap_or(key))}
        </button>
    }
}

/// Runs `act` on a form's submission, unless something is being done already.
fn on_submit(
    session: Session,
    act: impl Fn() + 'static,
) -> impl Fn(leptos::ev::SubmitEvent) + 'static {
    move |event| {
        event.prevent_default();
        if session.ready.get_untracked() && session.working.get_untracked().is_none() {
            act();
        }
    }
}
