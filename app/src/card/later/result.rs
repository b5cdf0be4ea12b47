//! The end of a flow, which the agent has confirmed.

use crate::browser::page;
use crate::words::t;
use leptos::prelude::*;

/// Renders that the new password is set; with `methods_link`, links to the user's methods.
pub fn done(methods_link: bool) -> AnyView {
    let link = methods_link.then(link_to_methods).flatten();
    result("done-title", "done-lead", Some("done-elsewhere"), link)
}

/// Renders that the account is unlocked.
pub fn unlocked() -> AnyView {
    result("unlocked-title", "unlocked-lead", None, None)
}

/// Renders that the user name is mailed, if there is one.
pub fn user_name_sent() -> AnyView {
    result("user-name-sent-title", "user-name-sent-lead", None, None)
}

fn result(
    title: &'static str,
    lead: &'static str,
    more: Option<&'static str>,
    link: Option<AnyView>,
) -> AnyView {
    view! {
        <div class="done">
            <span class="done-mark" aria-hidden="true"></span>
            <h1 id="focus" tabindex="-1">{t(title)}</h1>
            <p>{t(lead)}</p>
            {more.map(|more| view! { <p class="quiet">{t(more)}</p> }.into_any())}
            <p class="quiet">{t("done-close")}</p>
            {link}
        </div>
    }
    .into_any()
}

/// Renders the way to the user's methods, where the page has a link to it.
fn link_to_methods() -> Option<AnyView> {
    let link = page::root()
        .query_selector(".flows [href^=methods]")
        .ok()??;
    let (href, label) = (link.get_attribute("href")?, link.text_content()?);
    Some(view! { <p>{t("done-methods")} " " <a href=href>{label}</a></p> }.into_any())
}
