//! The step indicator.

use crate::session::{Screen, Session};
use crate::words::t;
use leptos::prelude::*;

const NAMES: [&str; 3] = ["step-identify", "step-gates", "step-password"];

/// Three steps, the current one marked for eyes and ears.
pub fn steps(session: Session) -> impl IntoView {
    let at = move || match session.screen.get() {
        Screen::Identify => 0,
        Screen::Gates(_) => 1,
        Screen::NewPassword(_) => 2,
        Screen::Done => 3,
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
            {step(0, NAMES[0])}
            {step(1, NAMES[1])}
            {step(2, NAMES[2])}
        </ol>
    }
}
