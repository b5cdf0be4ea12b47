//! The card: small components around one `Session`. Everything up to sending the user name is here;
//! the steps after that are a chunk that is loaded meanwhile (`later`).

#[cfg(feature = "browser")]
mod actions;
mod identify;
#[cfg(feature = "browser")]
mod later;
mod parts;
mod refusal;
mod steps;

#[cfg(feature = "browser")]
use crate::browser::{dom, exchange, page};
#[cfg(feature = "browser")]
use crate::session::Screen;
use crate::session::Session;
#[cfg(feature = "browser")]
use crate::words::t;
#[cfg(feature = "browser")]
use core::time::Duration;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use postern_protocol::FlowKind;

/// The time after which an action takes longer than usual.
#[cfg(feature = "browser")]
const LATE_AFTER: Duration = Duration::from_secs(10);

/// Renders step 1 on the server, in the places that `mount` takes over.
#[cfg(feature = "ssr")]
pub fn first_step(flow_kind: FlowKind) -> impl IntoView {
    let session = Session::new(flow_kind);
    view! {
        <div class="contents" id="above">{steps::steps(session)}</div>
        <div class="contents" id="first">{identify::identify(session)}</div>
        <div class="contents" id="below"></div>
    }
}

/// Brings the card that the server rendered to life.
#[cfg(feature = "browser")]
pub fn mount() {
    let card = || {
        let session = Session::new(page::flow_kind());
        let above = above(session);
        dom::mount_in("#below", Box::new(move || below(session)));
        start(session);
        above
    };
    dom::mount_in("#above", Box::new(card));
}

/// Renders what stands above the step: all steps, and until when the flow has to end.
#[cfg(feature = "browser")]
fn above(session: Session) -> AnyView {
    let expiry = move || {
        let expires = session.expires.get();
        later::loaded()
            .zip(expires)
            .map(|(steps, expires)| steps.expiry(session, expires))
    };
    view! {
        {steps::steps(session)}
        <div class="until" role="status">{expiry}</div>
    }
    .into_any()
}

/// Renders the step: user name, gates, new password, result.
#[cfg(feature = "browser")]
fn below(session: Session) -> AnyView {
    let body = move || match (session.screen.get(), later::loaded()) {
        (Screen::Identify, _) if identify::is_adopted() => ().into_any(),
        // Other screens than the first are shown by the later steps alone.
        (Screen::Identify, _) | (_, None) => identify::identify(session).into_any(),
        (screen, Some(steps)) => {
            identify::leave_adopted();
            steps.view(session, screen)
        }
    };
    view! {
        {body}
        {progress(session)}
    }
    .into_any()
}

/// Adopts the form, loads the later steps, resumes a flow that a reload interrupted, and keeps focus
/// and title in step with the screen.
#[cfg(feature = "browser")]
fn start(session: Session) {
    // While a flow is being resumed, the user name cannot be entered.
    let resumes = actions::restore_token();
    session.ready.set(!resumes);
    identify::adopt(session);
    // Deferred, so that it does not delay the form.
    let then = move || {
        exchange::precompile();
        later::prefetch();
        if resumes {
            session.resume();
        }
    };
    set_timeout(then, Duration::ZERO);
    Effect::new(move |before: Option<()>| {
        let title = session
            .screen
            .with(|screen| screen.title_key(session.flow_kind));
        dom::set_title(title);
        if before.is_some() {
            dom::after_render(move || {
                if session.refusal.with_untracked(Option::is_none) {
                    dom::focus_first();
                }
            });
        }
    });
    // An error moves the focus to the field that it is about, or to its own text.
    Effect::new(move |_| {
        let refusal = session.refusal.get();
        dom::set_support_code(
            refusal
                .as_ref()
                .map_or("", |refusal| &*refusal.support_code),
        );
        if let Some(refusal) = refusal {
            dom::after_render(move || {
                dom::focus(refusal.place.focus());
            });
        }
    });
}

/// Announces the action under way to screen readers, politely; and to everybody that it takes longer
/// than usual.
#[cfg(feature = "browser")]
fn progress(session: Session) -> impl IntoView {
    let late = RwSignal::new(false);
    let current = StoredValue::new(0_u32);
    Effect::new(move |number: Option<u32>| {
        let number = number.unwrap_or_default() + 1;
        current.set_value(number);
        late.set(false);
        if session.working.get().is_some() {
            let tell = move || late.set(current.get_value() == number);
            set_timeout(tell, LATE_AFTER);
        }
        number
    });
    view! {
        <p class="visually-hidden" role="status">
            {move || session.working.get().map(t).unwrap_or_default()}
        </p>
        <p class="quiet" role="status">
            {move || late.get().then(|| t("working-late"))}
        </p>
    }
}

/// Stubs for the form of step 1, which the server renders and only the browser can send.
#[cfg(not(feature = "browser"))]
impl Session {
    fn identify(self) {}
    fn remedy(self, _: crate::session::Remedy) {}
}
