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
    let (summary, remedy) = match missing {
        NotFound::Page => ("not-found", "not-found.do"),
        NotFound::Sandbox => ("sandbox-not-here", "sandbox-not-here.do"),
    };
    document.render("not-found-title", None, || {
        view! {
            <div class="card">
                <h1>{t("not-found-title")}</h1>
                <p>{t(summary)}</p>
                <p>{t(remedy)}</p>
            </div>
        }
    })
}
