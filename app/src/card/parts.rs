//! The parts that the steps are made of.

use crate::session::Session;
use crate::words::t;
use leptos::prelude::*;

/// The action of a button or a form.
pub type Act = UnsyncCallback<()>;

/// Renders a button that submits its form; its label is the action under way, if there is one.
pub fn submit(session: Session, key: &'static str) -> AnyView {
    view! {
        <button
            type="submit"
            class="primary"
            // As the server renders it, nothing can be sent.
            disabled=cfg!(not(feature = "browser"))
            aria-disabled=move || is_busy(session)
        >
            {submit_label(session, key)}
        </button>
    }
    .into_any()
}

/// Renders the label of a button that submits its form.
pub fn submit_label(session: Session, key: &'static str) -> impl Fn() -> String {
    move || t(session.working.get().unwrap_or(key))
}

/// Returns the `aria-disabled` of a button that submits its form.
pub fn is_busy(session: Session) -> Option<&'static str> {
    session.working.get().is_some().then_some("true")
}

/// Renders any other button. All share one type: each type of view costs bytes.
pub fn button(class: &'static str, label: AnyView, act: Act) -> AnyView {
    view! { <button type="button" class=class on:click=move |_| act.run(())>{label}</button> }
        .into_any()
}

/// Renders the heading of a step, which takes the focus if there is no field.
#[cfg(feature = "browser")]
pub fn heading(key: &str) -> AnyView {
    view! { <h1 id="heading" tabindex="-1">{t(key)}</h1> }.into_any()
}

/// Renders the actions besides the form.
#[cfg(feature = "browser")]
pub fn links(links: AnyView) -> AnyView {
    view! { <div class="links">{links}</div> }.into_any()
}

/// Renders the button that goes back to the user name, for users who mistyped it.
#[cfg(feature = "browser")]
pub fn start_again(session: Session) -> AnyView {
    let act = Act::new(move |()| session.ask_start_again());
    button("link", t("start-again").into_any(), act)
}

/// Runs `act` on a form's submission, unless another action is under way.
pub fn on_submit(session: Session, act: Act) -> impl Fn(leptos::ev::SubmitEvent) + 'static {
    move |event| {
        event.prevent_default();
        if session.ready.get_untracked() && session.working.get_untracked().is_none() {
            act.run(());
        }
    }
}
