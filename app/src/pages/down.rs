//! The reset page while there is no service for the tenant: said before anything is asked.

use super::document::{helpdesk, helpdesk_link};
use super::{Document, page};
use crate::words::t;
use leptos::prelude::*;

/// Says that the service is down and what to do.
pub fn down(document: &Document<'_>) -> String {
    document.render("down-title", None, || {
        let page = page();
        let again = page.link(&page.path, page.language);
        let rest = view! {
            <a class="primary" href=again>{t("try-again")}</a>
            {page.tenant.as_deref().map(helpdesk)}
        };
        card("down-title", "problem-service-down", rest)
    })
}

/// Says that the tenant does not have the service.
pub fn not_entitled(document: &Document<'_>) -> String {
    document.render("not-entitled-title", None, || {
        let rest = helpdesk_link(&page()).map(|link| view! { <p>{link}</p> });
        card("not-entitled-title", "problem-tenant-not-entitled", rest)
    })
}

fn card(title: &str, what: &str, rest: impl IntoView) -> impl IntoView {
    view! {
        <div class="card">
            <h1>{t(title)}</h1>
            <p>{t(what)}</p>
            <p>{t(&[what, ".do"].concat())}</p>
            {rest}
        </div>
    }
}
