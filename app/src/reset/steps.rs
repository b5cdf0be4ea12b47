//! The step indicator.

use crate::session::{Screen, Session};
use crate::words::t;
use leptos::prelude::*;
use postern_protocol::Errand;

const NAMES: [&str; 3] = ["step-identify", "step-gates", "step-password"];

/// The steps of an errand, the current one marked for eyes and ears; none where there is one only.
pub fn steps(session: Session) -> AnyView {
    let count = match session.errand {
        Errand::Reset | Errand::Change => 3,
        Errand::Unlock => 2,
        Errand::UserName => return ().into_any(),
    };
    let at = move || match session.screen.get() {
        Screen::Identify => 0,
        Screen::Gates(_) => 1,
        Screen::NewPassword(_) => 2,
        Screen::Done | Screen::Unlocked | Screen::UserNameSent => 3,
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
            {(count > 2).then(|| step(2, NAMES[2]))}
        </ol>
    }
    .into_any()
}
