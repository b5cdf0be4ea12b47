//! `/{tenant}/help`: advice for users who are stuck. It works without scripts.

use super::{Document, page};
use crate::words::t;
use leptos::prelude::*;

/// The Fluent keys of the title and the text of each section.
const TOPICS: [(&str, &str); 8] = [
    ("help-code-title", "help-code"),
    ("help-device-title", "help-device"),
    ("help-password-title", "help-password"),
    ("help-devices-title", "help-devices"),
    ("help-locked-title", "help-locked"),
    ("help-questions-title", "help-questions"),
    ("help-real-title", "help-real"),
    ("help-sealed-title", "help-sealed"),
];

/// Renders the help page.
pub fn help(document: &Document<'_>) -> String {
    document.render("help-title", None, || {
        let page = page();
        let back = page.link("./", page.language);
        let topics = TOPICS.map(|(title, advice)| topic(t(title), t(advice).into_any()));
        let helpdesk = page.tenant.as_ref().and_then(|tenant| {
            let helpdesk = tenant.helpdesk.as_ref()?;
            let label = helpdesk.label().to_owned();
            let way = view! {
                {t("help-helpdesk")} " "
                <a href=helpdesk.href() target=page.link_target()>{label}</a>
            };
            Some(topic(t("help-helpdesk-title"), way.into_any()))
        });
        view! {
            <div class="card wide">
                <h1>{t("help-title")}</h1>
                <p class="lead">{t("help-lead")}</p>
                {topics.into_iter().collect_view()}
                {helpdesk}
                <p><a class="primary" href=back>{t("help-back")}</a></p>
            </div>
        }
    })
}

fn topic(title: String, advice: AnyView) -> AnyView {
    view! {
        <section>
            <h2>{title}</h2>
            <p>{advice}</p>
        </section>
    }
    .into_any()
}
