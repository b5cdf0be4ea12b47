//! `/{tenant}/`: the reset page.

use super::Document;
use super::document::{helpdesk, helpdesk_link};
use crate::reset::closed;
use crate::words::t;
use leptos::prelude::*;

/// The reset page, sealing to `key` (the JWK's `n`); `now` sets the browser's clock right.
/// `sandbox` adds the way to the sandbox page.
pub fn page(document: &Document<'_>, key: &str, now: u64, sandbox: bool) -> String {
    document.render("page-title", Some((key, now)), || {
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
                // Shown by boot.js at once, or by the style when nothing has started for long.
                <div class="refusal start-failed" id="start-failed">
                    <p><strong>{t("script-failed-title")}</strong></p>
                    <p>{t("script-failed")}</p>
                    <p>{t("script-failed.do")}</p>
                    {help()}
                </div>
                <div id="reset">{closed()}</div>
                {trail()}
            </div>
            {sandbox}
        }
    })
}

/// What helps whoever is stuck, under the card: hints for whoever waits for a code, the support
/// code, which the browser puts in, with the button that copies it (boot.js does), and the way to
/// the helpdesk. The style shows what fits the card's state.
fn trail() -> impl IntoView {
    view! {
        <div class="trail">
            <p id="help">{t("waiting-help")}</p>
            <span class="support-code" id="support-code"></span>
            <button type="button" class="link" data-copied=t("copied")>
                {t("copy")}
            </button>
            {helpdesk_link(&super::page())}
        </div>
        <p class="visually-hidden" role="status" id="aside"></p>
    }
}
