//! The card: small components around one [`Session`].

#[cfg(feature = "browser")]
mod gates;
mod identify;
#[cfg(feature = "browser")]
mod methods;
#[cfg(feature = "browser")]
mod new_password;
mod refusal;
mod steps;

#[cfg(feature = "browser")]
pub use methods::title_key as methods_title;
#[cfg(feature = "browser")]
pub use new_password::FieldHints;

#[cfg(feature = "browser")]
use crate::session::Screen;
use crate::session::Session;
use crate::words::t;
#[cfg(feature = "browser")]
use crate::words::{Value, text};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use postern_protocol::FlowKind;

/// What a button or a form does.
type Act = UnsyncCallback<()>;

/// Step 1 as the server renders it: to be read, and closed until the browser has its own.
#[cfg(feature = "ssr")]
pub fn closed(flow_kind: FlowKind) -> impl IntoView {
    let session = Session::new(flow_kind);
    view! {
        {steps::steps(session)}
        {identify::identify(session)}
    }
}

/// The whole journey: user name, gates, new password, result.
#[cfg(feature = "browser")]
pub fn card() -> impl IntoView {
    let session = Session::new(crate::browser::page::flow_kind());
    crate::browser::start(session);
    let body = move || match session.screen.get() {
        Screen::Identify => identify::identify(session).into_any(),
        Screen::Gates(gates) => gates::gates(session, gates).into_any(),
        Screen::NewPassword(policy) => new_password::new_password(session, policy).into_any(),
        Screen::Done(next) => ended(["done-title", "done-lead", "done-elsewhere"], next),
        Screen::Unlocked => ended(["unlocked-title", "unlocked-lead", ""], false),
        Screen::UserNameSent => ended(["user-name-sent-title", "user-name-sent-lead", ""], false),
        Screen::Methods(new, told) => methods::methods(session, new, &told),
    };
    view! {
        {steps::steps(session)}
        {body}
        {until(session)}
        {working(session)}
    }
}

/// How long the way stays open.
#[cfg(feature = "browser")]
fn until(session: Session) -> AnyView {
    let line = move || {
        session.expires.get().map(|until| {
            let soon = session.ends_soon.get();
            let key = if soon {
                "session-ends"
            } else {
                "session-until"
            };
            let act = Act::new(move |()| session.extend());
            let more = soon.then(|| button("secondary", t("session-extend").into_any(), act));
            let until = text(key, &[("until", Value::Clock(until))]);
            view! { <p class="quiet">{until}</p> {more} }.into_any()
        })
    };
    view! { <div class="until" role="status">{line}</div> }.into_any()
}

/// The end: the agent has confirmed what was done.
#[cfg(feature = "browser")]
fn ended([title, lead, more]: [&'static str; 3], look: bool) -> AnyView {
    if look {
        crate::browser::show_methods_link();
    }
    view! {
        <div class="done">
            <span class="done-mark" aria-hidden="true"></span>
            <h1 id="focus" tabindex="-1">{t(title)}</h1>
            <p>{t(lead)}</p>
            {(!more.is_empty()).then(|| view! { <p class="quiet">{t(more)}</p> }.into_any())}
            <p class="quiet">{t("done-close")}</p>
        </div>
    }
    .into_any()
}

/// What is being done, told politely to those who cannot see the button change.
#[cfg(feature = "browser")]
fn working(session: Session) -> impl IntoView {
    view! {
        <p class="visually-hidden" role="status">
            {move || session.working.get().map(t).unwrap_or_default()}
        </p>
    }
}

/// A button that submits its form; while something is being done it says what.
fn submit(session: Session, key: &'static str) -> AnyView {
    view! {
        <button
            type="submit"
            class="primary"
            aria-disabled=move || session.working.get().is_some().then_some("true")
        >
            {move || t(session.working.get().unwrap_or(key))}
        </button>
    }
    .into_any()
}

/// Any other button. All share one type: each type of view costs bytes.
fn button(class: &'static str, label: AnyView, act: Act) -> AnyView {
    view! { <button type="button" class=class on:click=move |_| act.run(())>{label}</button> }
        .into_any()
}

/// The heading of a step: where the focus goes if there is no field.
#[cfg(feature = "browser")]
fn heading(key: &str) -> AnyView {
    view! { <h1 id="heading" tabindex="-1">{t(key)}</h1> }.into_any()
}

/// What can be done besides the form.
#[cfg(feature = "browser")]
fn links(links: AnyView) -> AnyView {
    view! { <div class="links">{links}</div> }.into_any()
}

/// The way back to the user name, for whoever mistyped it.
#[cfg(feature = "browser")]
fn start_again(session: Session) -> AnyView {
    let act = Act::new(move |()| session.start_again());
    button("link", t("start-again").into_any(), act)
}

/// Runs `act` on a form's submission, unless something is being done already.
fn on_submit(session: Session, act: Act) -> impl Fn(leptos::ev::SubmitEvent) + 'static {
    move |event| {
        event.prevent_default();
        if session.ready.get_untracked() && session.working.get_untracked().is_none() {
            act.run(());
        }
    }
}
