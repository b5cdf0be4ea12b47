//! The step indicator.

use crate::session::{Screen, Session};
use crate::words::t;
use leptos::prelude::*;
use postern_protocol::FlowKind;

/// The steps of an flow, the current one marked for eyes and ears; none where there is one only.
pub fn steps(session: Session) -> AnyView {
    let last = match session.flow_kind {
        FlowKind::Reset | FlowKind::Change => Some("step-password"),
        FlowKind::Methods => Some("step-methods"),
        FlowKind::Unlock => None,
        FlowKind::UserName => return ().into_any(),
    };
    let at = move || match session.screen.get() {
        Screen::Identify => 0,
        Screen::Gates(_) => 1,
        Screen::NewPassword(_) | Screen::Methods(..) => 2,
        Screen::Done(_) | Screen::Unlocked | Screen::UserNameSent => 3,
    };
    let step = move |place: usize, name: &'static str| {
        view! {
            <li
                class=move || (place < at()).then_some("passed")
                aria-current=move || (place == at()).then_some("step")
            >
                {t(name)}
                <span class="visually-hidden">
                    {move || if place < at() { [" (", &t("step-passed"), ")"].concat() } else { String::new() }}
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
