//! The step indicator.

use crate::session::{Screen, Session};
use crate::words::{Value, t, text};
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
        Screen::Done(_)
        | Screen::Unlocked
        | Screen::NotLocked(_)
        | Screen::UserNameSent
        | Screen::MethodsKept => 3,
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
    let names = ["step-identify", "step-gates"].into_iter().chain(last);
    let names: Vec<_> = names.collect();
    let total = u16::try_from(names.len()).unwrap_or_default();
    let steps = names.iter().enumerate();
    let steps = steps.map(|(place, name)| step(place, name)).collect_view();
    // Shown instead of all names where these have no room.
    let now = move || {
        let place = current();
        let name = names.get(place)?;
        let arguments = [
            ("current", Value::Count(u16::try_from(place + 1).ok()?)),
            ("total", Value::Count(total)),
            ("step", Value::Text(t(name))),
        ];
        Some(text("steps-now", &arguments))
    };
    view! {
        <ol class="steps" aria-label=t("steps-label")>{steps}</ol>
        <p class="steps-now" aria-hidden="true">{now}</p>
    }
    .into_any()
}
