//! The pages in place of a flow while the tenant has no service, shown before the user enters
//! anything.

use super::document::{helpdesk, helpdesk_link};
use super::{Document, page};
use crate::words::t;
use leptos::prelude::*;

/// Renders the page that says that the service is down, with advice.
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

/// Renders the page that says that the tenant is not entitled to the service.
pub fn not_entitled(document: &Document<'_>) -> String {
    document.render("not-entitled-title", None, || {
        let rest = helpdesk_link(&page()).map(|link| view! { <p>{link}</p> });
        card("not-entitled-title", "problem-tenant-not-entitled", rest)
    })
}

fn card(title: &str, problem: &str, rest: impl IntoView) -> impl IntoView {
    view! {
        <div class="card">
            <h1>{t(title)}</h1>
            <p>{t(problem)}</p>
            <p>{t(&[problem, ".do"].concat())}</p>
            {rest}
        </div>
    }
}
