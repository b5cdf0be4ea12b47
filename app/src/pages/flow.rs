//! `/{tenant}/` and `/{tenant}/{flow}`: the reset page and the pages of the other flows.

use super::Document;
use super::document::{helpdesk, helpdesk_link};
use crate::card::first_step;
use crate::session::flow_key;
use crate::words::t;
use leptos::prelude::*;
use postern_protocol::FlowKind;

/// The input of the page of a flow.
#[derive(Clone, Debug)]
pub struct FlowPage<'a> {
    /// The kind of flow that the page is for.
    pub flow_kind: FlowKind,
    /// All kinds of flows that the tenant offers.
    pub offered: &'a [FlowKind],
    /// The agent's public key that messages are sealed to: the JWK's `n`.
    pub key: &'a str,
    /// The server's time in seconds since the Unix epoch, by which the browser corrects its clock.
    pub now: u64,
    /// The tenant runs on the sandbox directory: the page links to the sandbox page, and may be opened
    /// by one of its links.
    pub sandbox: Option<SandboxStart>,
}

/// The beginning of a flow by a link of the sandbox page.
#[derive(Clone, Debug, Default)]
pub struct SandboxStart {
    /// The user name that is filled in; empty for none.
    pub name: String,
    /// The address below which the messages are sent, where a problem answers them; empty for the
    /// usual one.
    pub base: String,
}

/// Renders the page of a flow.
pub fn page(document: &Document<'_>, page: &FlowPage<'_>) -> String {
    let (flow_kind, sandbox) = (page.flow_kind, page.sandbox.is_some());
    let title = match flow_kind {
        FlowKind::Reset => "page-title",
        other => flow_key(other),
    };
    document.render(title, Some(page), || {
        let tenant = super::page().tenant;
        let help = || tenant.as_deref().map(helpdesk);
        let sandbox = sandbox.then(|| {
            view! { <p class="sandbox-link"><a href="sandbox" target="_blank">{t("sandbox-link")}</a></p> }
        });
        view! {
            <div class="card" id="card" data-state="">
                <noscript>
                    <div class="refusal">
                        <p><strong>{t("needs-script-title")}</strong></p>
                        <p>{t("needs-script")}</p>
                        <p>{t("needs-script.do")}</p>
                        {help()}
                    </div>
                </noscript>
                // Shown by boot.js on failure, or by the style if nothing starts for 10 seconds.
                <div class="refusal start-failed" id="start-failed">
                    <p><strong>{t("script-failed-title")}</strong></p>
                    <p>{t("script-failed")}</p>
                    <p>{t("script-failed.do")}</p>
                    {help()}
                </div>
                <div id="reset">{first_step(flow_kind)}</div>
                {card_footer()}
            </div>
            {other_task_links(flow_kind, page.offered)}
            {sandbox}
        }
    })
}

/// Renders the card's footer with help: hints for users who wait for a code and the support code,
/// both filled in by the browser, the button that copies the code (`boot.js`), and a link to the
/// helpdesk. The style shows the parts that fit the card's state.
fn card_footer() -> impl IntoView {
    view! {
        <div class="trail">
            <p id="help"></p>
            <span class="support-code" id="support-code"></span>
            <button type="button" class="link" data-copied=t("copied")>
                {t("copy")}
            </button>
            {helpdesk_link(&super::page())}
        </div>
        <p class="visually-hidden" role="status" id="aside"></p>
    }
}

/// Renders the links to the other flows.
fn other_task_links(flow_kind: FlowKind, offered: &[FlowKind]) -> Option<impl IntoView + use<>> {
    let others = offered.iter().filter(|other| **other != flow_kind);
    let page = super::page();
    let links: Vec<_> = others
        .map(|other| {
            let path = match other {
                FlowKind::Reset => ".",
                other => other.name(),
            };
            let href = page.link(path, page.language);
            view! { <li><a href=href>{t(flow_key(*other))}</a></li> }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <nav class="flows links-below" aria-labelledby="flows">
                <p id="flows">{t("flows-label")}</p>
                <ul>{links}</ul>
            </nav>
        }
    })
}
