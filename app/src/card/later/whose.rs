//! Whose account it is, and the way back to the user name.

use crate::browser::dom;
use crate::card::parts::{Act, button};
use crate::session::{Screen, Session};
use crate::words::t;
use leptos::prelude::*;

/// Reports whether a screen is between the user name and the end of its flow.
pub const fn is_on_the_way(screen: &Screen) -> bool {
    matches!(
        screen,
        Screen::Gates(_)
            | Screen::NewPassword(_)
            | Screen::Methods(_)
            | Screen::NewMethod { .. }
            | Screen::NotLocked(_)
    )
}

/// Renders the name that was typed, where it is known.
pub fn whose(session: Session, screen: &Screen) -> AnyView {
    // What was typed there is an address, and nothing is said of it.
    if *screen == Screen::UserNameSent {
        return ().into_any();
    }
    let is_on_the_way = is_on_the_way(screen);
    let name = session.name.get();
    let chip = (!name.is_empty()).then(|| {
        let act = Act::new(move |()| session.ask_start_again());
        let not_you = is_on_the_way.then(|| button("link", t("not-you").into_any(), act));
        view! {
            <p class="whose">
                <span class="visually-hidden">{t("identify-name")} ": "</span>
                <bdi>{name}</bdi>
                {not_you}
            </p>
        }
        .into_any()
    });
    view! {
        {chip}
        {leaving(session)}
    }
    .into_any()
}

/// Renders the question whether to start again, where a gate was passed already.
fn leaving(session: Session) -> AnyView {
    let again = Act::new(move |()| session.start_again());
    let stay = Act::new(move |()| {
        session.leaving.set(false);
        dom::after_render(dom::focus_first);
    });
    let question = move || {
        session.leaving.get().then(|| {
            view! {
                <div class="notice" id="leaving" role="group" aria-labelledby="leaving-question">
                    <p id="leaving-question">{t("start-again-sure")}</p>
                    <div class="buttons">
                        {button("secondary", t("start-again").into_any(), again)}
                        {button("secondary", t("start-again-no").into_any(), stay)}
                    </div>
                </div>
            }
        })
    };
    view! { {question} }.into_any()
}
