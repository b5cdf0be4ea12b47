//! Whose account it is, and the way back to the user name.

use crate::browser::dom;
use crate::card::parts::{Act, button};
use crate::session::{Screen, Session};
use crate::words::t;
use leptos::prelude::*;

/// Renders the name that was typed. Empty at the end of a flow, and where the name is not known: it was
/// too long to be reported after a reload.
pub fn whose(session: Session, screen: &Screen) -> AnyView {
    let name = session.name.get();
    let is_on_the_way = matches!(
        screen,
        Screen::Gates(_)
            | Screen::NewPassword(_)
            | Screen::Methods(_)
            | Screen::NewMethod { .. }
            | Screen::NotLocked(_)
    );
    if name.is_empty() || !is_on_the_way {
        return ().into_any();
    }
    let act = Act::new(move |()| session.ask_start_again());
    view! {
        <p class="whose">
            <span class="visually-hidden">{t("identify-name")} ": "</span>
            <bdi>{name}</bdi>
            {button("link", t("not-you").into_any(), act)}
        </p>
        {leaving(session)}
    }
    .into_any()
}

/// Renders the question whether to start again, where a gate was passed already.
pub fn leaving(session: Session) -> AnyView {
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
