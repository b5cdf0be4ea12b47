//! The end of a flow, which the agent has confirmed.

use crate::browser::{dom, page};
use crate::card::parts::{Act, button};
use crate::session::{Screen, Session};
use crate::words::t;
use leptos::prelude::*;
use postern_protocol::Policy;

/// Renders that the new password is set; with `methods_link`, links to the user's methods.
pub fn done(methods_link: bool) -> AnyView {
    let link = methods_link.then(link_to_methods).flatten();
    result("done-title", "done-lead", Some("done-elsewhere"), link)
}

/// Renders that the account is unlocked.
pub fn unlocked() -> AnyView {
    result("unlocked-title", "unlocked-lead", None, None)
}

/// Renders that the account is not locked; with a policy, the password can be reset instead.
pub fn not_locked(session: Session, policy: Option<Policy>) -> AnyView {
    let reset = policy.map(|policy| {
        let act = Act::new(move |()| session.screen.set(Screen::NewPassword(policy.clone())));
        let button = button("secondary", t("page-title").into_any(), act);
        view! { <p>{t("not-locked-reset")}</p> <div class="buttons">{button}</div> }.into_any()
    });
    result("not-locked-title", "not-locked-lead", None, reset)
}

/// Renders that the user name is mailed, if there is one.
pub fn user_name_sent() -> AnyView {
    result("user-name-sent-title", "user-name-sent-lead", None, None)
}

/// Renders that the user has finished with the methods.
pub fn methods_kept() -> AnyView {
    result(
        "methods-finished-title",
        "methods-finished-lead",
        None,
        None,
    )
}

fn result(
    title: &'static str,
    lead: &'static str,
    more: Option<&'static str>,
    next: Option<AnyView>,
) -> AnyView {
    view! {
        <div class="done">
            <span class="done-mark" aria-hidden="true"></span>
            <h1 id="focus" tabindex="-1">{t(title)}</h1>
            <p>{t(lead)}</p>
            {more.map(|more| view! { <p class="quiet">{t(more)}</p> }.into_any())}
            {sign_in()}
            {next}
            {close()}
        </div>
    }
    .into_any()
}

/// Renders the way to sign in, where the organisation has named one.
fn sign_in() -> Option<AnyView> {
    let link = page::sign_in_link();
    let button =
        |link| view! { <a class="primary" href=link target="_top">{t("sign-in")}</a> }.into_any();
    (!link.is_empty()).then(|| button(link))
}

/// Renders that the page can be closed, where it leads nowhere else.
fn close() -> Option<AnyView> {
    let text = || view! { <p class="quiet">{t("done-close")}</p> }.into_any();
    page::sign_in_link().is_empty().then(text)
}

/// Renders the way to the user's methods, where the page has a link to it.
fn link_to_methods() -> Option<AnyView> {
    let link = dom::find(".flows [href^=methods]")?;
    let (href, label) = (link.get_attribute("href")?, link.text_content()?);
    Some(view! { <p>{t("done-methods")} " " <a href=href>{label}</a></p> }.into_any())
}
