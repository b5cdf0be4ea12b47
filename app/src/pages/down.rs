//! The reset page while the tenant's service is down: said before anything is asked.

use super::document::helpdesk;
use super::{Document, page};
use crate::words::t;
use leptos::prelude::*;

/// Says that the service is down and what to do.
pub fn down(document: &Document<'_>) -> String {
    document.render("down-title", None, || {
        let page = page();
        let again = page.link(&page.path, page.language);
        view! {
            <div class="card">
                <h1>{t("down-title")}</h1>
                <p>{t("problem-service-down")}</p>
                <p>{t("problem-service-down.do")}</p>
                <a class="primary" href=again>{t("try-again")}</a>
                {page.tenant.as_deref().map(helpdesk)}
            </div>
        }
    })
}
