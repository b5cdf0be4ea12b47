//! `/{tenant}/sandbox`: the scripted accounts, their behaviour, and the mailbox.

use super::{Document, page, with_isolated};
use crate::words::{Value, t, text};
use leptos::prelude::*;
use postern_protocol::Reason;

/// The contents of the sandbox.
#[derive(Clone, Debug, Default)]
pub struct Sandbox {
    /// The accounts.
    pub accounts: Vec<SandboxAccount>,
    /// The mails, newest first.
    pub mails: Vec<SandboxMail>,
    /// The initial password of every account.
    pub first_password: String,
}

/// A scripted account.
#[derive(Clone, Debug)]
pub struct SandboxAccount {
    /// Its login name.
    pub login_name: String,
    /// The second part of the Fluent key `sandbox-does-…`.
    pub script: String,
    /// The codes that are valid for it at this moment.
    pub codes: Vec<String>,
}

/// A mail that was kept instead of sent.
#[derive(Clone, Debug)]
pub struct SandboxMail {
    /// Its recipient.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The time at which it was sent, as `HH:MM:SS` UTC.
    pub sent_at: String,
}

/// Renders the sandbox page.
pub fn sandbox(document: &Document<'_>, sandbox: Sandbox) -> String {
    document.render("sandbox-title", None, || {
        let page = page();
        let language = page.language.code();
        let reset = ["./?lang=", language].concat();
        // No fragment: a link with one to the current address would scroll instead of reloading.
        let refresh = ["sandbox?lang=", language].concat();
        let first_password = [("password", Value::Text(sandbox.first_password))];
        let first_password = text("sandbox-first-password", &first_password);
        let accounts = sandbox.accounts.into_iter().map(account).collect_view();
        let reasons = Reason::ALL.iter();
        let reasons = reasons.map(|reason| view! { <li><code>{reason.code()}</code></li> });
        let reasons = reasons.collect_view();
        let mails = if sandbox.mails.is_empty() {
            view! { <p class="quiet">{t("sandbox-mailbox-empty")}</p> }.into_any()
        } else {
            sandbox
                .mails
                .into_iter()
                .map(mail)
                .collect_view()
                .into_any()
        };
        view! {
            <div class="card wide">
                <h1>{t("sandbox-title")}</h1>
                <p class="lead">{t("sandbox-lead")}</p>
                <p><a class="primary" href=reset target="postern-reset">{t("sandbox-open")}</a></p>
                <section id="mailbox" aria-labelledby="mailbox-title">
                    <div class="title-row">
                        <h2 id="mailbox-title">{t("sandbox-mailbox")}</h2>
                        <a class="secondary" href=refresh>{t("sandbox-refresh")}</a>
                    </div>
                    <p class="quiet">{t("sandbox-mailbox-lead")}</p>
                    {mails}
                </section>
                <section aria-labelledby="accounts-title">
                    <h2 id="accounts-title">{t("sandbox-accounts")}</h2>
                    <p class="quiet">{t("sandbox-accounts-lead")}</p>
                    <p class="quiet">{with_isolated(&first_password)}</p>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{t("sandbox-account")}</th>
                                <th scope="col">{t("sandbox-does")}</th>
                                <th scope="col">{t("sandbox-code")}</th>
                            </tr>
                        </thead>
                        <tbody>{accounts}</tbody>
                    </table>
                </section>
                <section aria-labelledby="reasons-title">
                    <h2 id="reasons-title">{t("sandbox-reasons")}</h2>
                    <p class="quiet">{t("sandbox-reasons-lead")}</p>
                    <ul class="reasons">{reasons}</ul>
                </section>
            </div>
        }
    })
}

fn account(account: SandboxAccount) -> impl IntoView {
    let does = ["sandbox-does-", &account.script.replace('_', "-")].concat();
    let codes = account.codes.into_iter();
    let codes = codes.map(|code| view! { <code>{code}</code> " " });
    view! {
        <tr>
            <th scope="row"><code>{account.login_name}</code></th>
            <td>{t(&does)}</td>
            <td>{codes.collect_view()}</td>
        </tr>
    }
}

fn mail(mail: SandboxMail) -> impl IntoView {
    let to = text("sandbox-mail-to", &[("address", Value::Text(mail.to))]);
    view! {
        <article class="mail">
            <h3>{mail.subject}</h3>
            <p class="quiet">{with_isolated(&to)} ", " <time>{mail.sent_at}</time> " UTC"</p>
            <pre>{mail.text}</pre>
        </article>
    }
}
