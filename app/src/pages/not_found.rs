//! The page for addresses at which there is nothing.

use super::Document;
use crate::words::t;
use leptos::prelude::*;

/// The thing that was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// No such tenant, or no such page.
    Page,
    /// The tenant does not run on the sandbox directory.
    Sandbox,
}

/// Renders the page that says that there is nothing here, with advice.
pub fn not_found(document: &Document<'_>, missing: NotFound) -> String {
    document.render("not-found-title", None, || {
        let page = super::page();
        let (summary, remedy) = match (missing, &page.tenant) {
            (NotFound::Sandbox, _) => ("sandbox-not-here", "sandbox-not-here.do"),
            (NotFound::Page, Some(_)) => ("not-found", "not-found-home"),
            (NotFound::Page, None) => ("not-found", "not-found.do"),
        };
        let home = page.tenant.as_ref().map(|tenant| {
            let href = page.link(&["/", &tenant.id, "/"].concat(), page.language);
            view! { <p><a class="primary" href=href>{t("page-title")}</a></p> }
        });
        view! {
            <div class="card">
                <h1>{t("not-found-title")}</h1>
                <p>{t(summary)}</p>
                <p>{t(remedy)}</p>
                {home}
            </div>
        }
    })
}
