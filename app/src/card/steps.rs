//! The step indicator.

use crate::session::{Screen, Session};
use crate::words::t;
use leptos::prelude::*;
use postern_protocol::FlowKind;

/// Renders the steps of a flow, with the current one marked both visually and for screen readers.
/// Empty where a flow has only one step.
pub fn steps(session: Session) -> AnyView {
    let last = match session.flow_kind {
        FlowKind::Reset | FlowKind::Change => Some("step-password"),
        FlowKind::Methods => Some("step-methods"),
        FlowKind::Unlock => None,
        FlowKind::UserName => return ().into_any(),
    };
    let current = move || match session.screen.get() {
        Screen::Identify => 0,
        Screen::Gates(_) => 1,
        Screen::NewPassword(_) | Screen::Methods(_) | Screen::NewMethod { .. } => 2,
        Screen::Done(_) | Screen::Unlocked | Screen::UserNameSent => 3,
    };
    let step = move |place: usize, name: &'static str| {
        view! {
            <li
                class=move || (place < current()).then_some("passed")
                aria-current=move || (place == current()).then_some("step")
            >
                {t(name)}
                <span class="visually-hidden">
                    {move || if place < current() { [" (", &t("step-passed"), ")"].concat() } else { String::new() }}
                </span>
            </li>
        }
    };
    view! {
        <ol class="steps" aria-label=t("steps-label")>
            {step(0, "step-identify")}
            {step(1, "step-gates")}
            {last.map(|name| step(2, name))}
        </ol>
    }
    .into_any()
}
