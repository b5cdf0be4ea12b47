//! The reset page while there is no service for the tenant: said before anything is asked.

use super::document::helpdesk;
use super::{Document, page};
use crate::words::t;
use leptos::prelude::*;

/// Says that the service is down and what to do.
pub fn down(document: &Document<'_>) -> String {
    document.render("down-title", None, || {
        let page = page();
        let again = page.link(&page.path, page.language);
        let again = view! { <a class="primary" href=again>{t("try-again")}</a> };
        card("down-title", "problem-service-down", Some(again))
    })
}

/// Says that the tenant does not have the service.
pub fn not_entitled(document: &Document<'_>) -> String {
    document.render("not-entitled-title", None, || {
        card(
            "not-entitled-title",
            "problem-tenant-not-entitled",
            None::<()>,
        )
    })
}

fn card(title: &str, what: &str, again: Option<impl IntoView>) -> impl IntoView {
    view! {
        <div class="card">
            <h1>{t(title)}</h1>
            <p>{t(what)}</p>
            <p>{t(&[what, ".do"].concat())}</p>
            {again}
            {page().tenant.as_deref().map(helpdesk)}
        </div>
    }
}
