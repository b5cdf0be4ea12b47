//! The page for addresses that belong to nothing.

use super::Document;
use crate::words::t;
use leptos::prelude::*;

/// What was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// No such tenant, or no such page.
    Page,
    /// The tenant does not run on the sandbox directory.
    Sandbox,
}

/// Says that there is nothing here and what to do.
pub fn not_found(document: &Document<'_>, what: NotFound) -> String {
    let (what, remedy) = match what {
        NotFound::Page => ("not-found", "not-found.do"),
        NotFound::Sandbox => ("sandbox-not-here", "sandbox-not-here.do"),
    };
    document.render("not-found-title", None, || {
        view! {
            <div class="card">
                <h1>{t("not-found-title")}</h1>
                <p>{t(what)}</p>
                <p>{t(remedy)}</p>
            </div>
        }
    })
}
