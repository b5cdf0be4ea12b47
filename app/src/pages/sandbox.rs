//! `/{tenant}/sandbox`: the scripted accounts with their codes, the answers that can be requested, and
//! the mailbox. Its script (`app/sandbox.js`) copies, searches and refreshes; all else works without
//! it.

use super::{Document, page, with_isolated};
use crate::words::{Value, t, text};
use leptos::prelude::*;
use postern_protocol::{FlowKind, Problem, Reason};

/// The tab in which the flows are opened.
const FLOW_TAB: &str = "postern-reset";

/// The account of the links to the portal's problems: any would do.
const ANY_ACCOUNT: &str = "alice";

/// The contents of the sandbox.
#[derive(Clone, Debug, Default)]
pub struct Sandbox {
    /// The accounts.
    pub accounts: Vec<SandboxAccount>,
    /// The answers, in the order of their steps.
    pub answers: Vec<SandboxAnswer>,
    /// The mails, newest first.
    pub mails: Vec<SandboxMail>,
    /// The initial password of every account.
    pub first_password: String,
    /// The kinds of flows that the tenant offers.
    pub offered: Vec<FlowKind>,
}

/// A scripted account.
#[derive(Clone, Debug)]
pub struct SandboxAccount {
    /// Its login name.
    pub login_name: String,
    /// The second part of the Fluent key `sandbox-does-…`.
    pub script: String,
    /// The codes that are valid for it at this moment.
    pub codes: Vec<SandboxCode>,
    /// The kind of flow that shows its behaviour.
    pub flow_kind: FlowKind,
}

/// A code that is valid at this moment.
#[derive(Clone, Debug)]
pub struct SandboxCode {
    /// The name of the kind of gate that accepts it.
    pub kind: String,
    /// The code.
    pub code: String,
    /// The number of seconds after which another code replaces it, if one does.
    pub seconds: Option<u64>,
}

/// An answer of the agent, and the account that gets it.
#[derive(Clone, Debug)]
pub struct SandboxAnswer {
    /// The login name of its account: the code of the reason.
    pub login_name: String,
    /// The second part of the Fluent key `sandbox-at-…`.
    pub step: String,
    /// The kind of flow that has this step.
    pub flow_kind: FlowKind,
    /// The codes that are valid for its account at this moment.
    pub codes: Vec<SandboxCode>,
    /// The numbers in its text, by the names of the arguments.
    pub numbers: Vec<(String, u16)>,
}

/// A mail or message that was kept instead of sent.
#[derive(Clone, Debug)]
pub struct SandboxMail {
    /// Its number since the agent was started.
    pub number: u64,
    /// Its recipient.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The code in it, if there is one.
    pub code: Option<String>,
    /// It is also in HTML, at `sandbox/mails/{number}`.
    pub has_html: bool,
    /// The time at which it was sent, as `2026-11-20T09:12:00Z`.
    pub sent_at: String,
}

/// Renders the sandbox page.
pub fn sandbox(document: &Document<'_>, sandbox: Sandbox) -> String {
    let script = document.assets.sandbox.clone();
    document.render("sandbox-title", None, || {
        let language = page().language.code();
        let reset = ["./?lang=", language].concat();
        // No fragment: a link with one to the current address would scroll instead of reloading.
        let refresh = ["sandbox?lang=", language].concat();
        let first_password = sandbox.first_password;
        let offered = sandbox.offered;
        let accounts = sandbox.accounts.into_iter();
        let accounts = accounts.map(|one| account(one, &offered)).collect_view();
        let answers = groups(sandbox.answers, &offered);
        let problems = Problem::ALL.into_iter().map(problem).collect_view();
        let mails = sandbox.mails.into_iter().map(mail).collect_view();
        view! {
            <div class="card wide sandbox">
                <div class="title-row">
                    <h1>{t("sandbox-title")}</h1>
                    <a class="primary" href=reset target=FLOW_TAB>{t("sandbox-open")}</a>
                </div>
                <p class="lead">{t("sandbox-lead")}</p>
                <nav class="jump" aria-label=t("sandbox-contents")>
                    <a href="#mailbox">{t("sandbox-mailbox")}</a>
                    <a href="#accounts">{t("sandbox-accounts")}</a>
                    <a href="#answers">{t("sandbox-reasons")}</a>
                    <a href="#problems">{t("sandbox-problems")}</a>
                </nav>
                <div class="columns">
                    <section id="mailbox" aria-labelledby="mailbox-title">
                        <div class="title-row">
                            <h2 id="mailbox-title">{t("sandbox-mailbox")}</h2>
                            <a class="secondary" href=refresh>{t("sandbox-refresh")}</a>
                        </div>
                        <p class="quiet">{t("sandbox-mailbox-lead")}</p>
                        <div id="mails">{mails}</div>
                        <p class="quiet" id="no-mails">{t("sandbox-mailbox-empty")}</p>
                    </section>
                    <div class="lists">
                        <div class="field" id="search" hidden>
                            <label for="search-for">{t("sandbox-search")}</label>
                            <input id="search-for" type="search" autocomplete="off" />
                            <p role="status" class="quiet" id="search-result" data-none=t("sandbox-search-none")></p>
                        </div>
                        <section id="accounts" aria-labelledby="accounts-title">
                            <h2 id="accounts-title">{t("sandbox-accounts")}</h2>
                            <p class="quiet">{t("sandbox-accounts-lead")}</p>
                            <p class="value">
                                {t("sandbox-first-password")} " " <code>{first_password.clone()}</code>
                                {copy(first_password)}
                            </p>
                            <ul class="cards">{accounts}</ul>
                        </section>
                        <section id="answers" aria-labelledby="answers-title">
                            <h2 id="answers-title">{t("sandbox-reasons")}</h2>
                            <p class="quiet">{t("sandbox-reasons-lead")}</p>
                            {answers}
                        </section>
                        <section id="problems" aria-labelledby="problems-title">
                            <h2 id="problems-title">{t("sandbox-problems")}</h2>
                            <p class="quiet">{t("sandbox-problems-lead")}</p>
                            <ul class="rows">{problems}</ul>
                        </section>
                    </div>
                </div>
                <p class="visually-hidden" role="status" id="aside"></p>
            </div>
            <script type="module" src=script.address integrity=script.integrity></script>
        }
    })
}

fn account(account: SandboxAccount, offered: &[FlowKind]) -> impl IntoView + use<> {
    let does = ["sandbox-does-", &account.script.replace('_', "-")].concat();
    let name = account.login_name;
    let id = ["account-", &name].concat();
    view! {
        <li id=id>
            <h3><code>{name.clone()}</code></h3>
            {start(account.flow_kind, &name, None, offered)}
            <p>{t(&does)}</p>
            {codes(&name, account.codes)}
        </li>
    }
}

/// Renders the answers, those of each step under a title.
fn groups(answers: Vec<SandboxAnswer>, offered: &[FlowKind]) -> Vec<AnyView> {
    let mut steps: Vec<(String, Vec<AnyView>)> = Vec::new();
    for one in answers {
        let step = one.step.replace('_', "-");
        let row = answer(one, offered).into_any();
        match steps.last_mut() {
            Some((last, rows)) if *last == step => rows.push(row),
            _ => steps.push((step, vec![row])),
        }
    }
    let group = |(step, rows): (String, Vec<AnyView>)| {
        let title = ["sandbox-at-", &step].concat();
        let id = ["at-", &step].concat();
        let labelled_by = id.clone();
        view! {
            <section class="group" aria-labelledby=labelled_by>
                <h3 id=id>{t(&title)}</h3>
                <p class="quiet">{t(&[&title, ".do"].concat())}</p>
                <ul class="rows">{rows}</ul>
            </section>
        }
        .into_any()
    };
    steps.into_iter().map(group).collect()
}

fn answer(answer: SandboxAnswer, offered: &[FlowKind]) -> impl IntoView + use<> {
    let name = answer.login_name;
    let key = ["reason-", &name.replace('_', "-")].concat();
    let reason = Reason::ALL.iter().find(|reason| reason.code() == name);
    let arguments = reason.map(Reason::arguments).unwrap_or_default();
    let number = |name: &str| answer.numbers.iter().find(|(own, _)| own == name);
    let arguments = arguments.into_iter();
    let numbers: Vec<_> = arguments
        .filter_map(|(name, _)| Some((name, Value::Count(number(name)?.1))))
        .collect();
    let id = ["answer-", &name].concat();
    view! {
        <li id=id>
            <p>{with_isolated(&text(&key, &numbers))}</p>
            <p class="quiet"><code>{name.clone()}</code></p>
            {start(answer.flow_kind, &name, None, offered)}
            {codes(&name, answer.codes)}
        </li>
    }
}

fn problem(problem: Problem) -> impl IntoView + use<> {
    let code = problem.code();
    let key = ["problem-", &code.replace('_', "-")].concat();
    let id = ["problem-", code].concat();
    let start = start(FlowKind::Reset, ANY_ACCOUNT, Some(code), &[FlowKind::Reset]);
    view! {
        <li id=id>
            <p>{with_isolated(&t(&key))}</p>
            <p class="quiet"><code>{code}</code></p>
            {start}
        </li>
    }
}

/// Renders the link to a flow with the user name filled in, or, with a problem, to one whose messages
/// get it. There is none where the tenant does not offer the flow.
fn start(
    flow_kind: FlowKind,
    name: &str,
    problem: Option<&str>,
    offered: &[FlowKind],
) -> Option<impl IntoView + use<>> {
    let path = match flow_kind {
        FlowKind::Reset => "./",
        other => other.name(),
    };
    let mut href = [path, "?lang=", page().language.code(), "&name=", name].concat();
    if let Some(problem) = problem {
        href.push_str("&problem=");
        href.push_str(problem);
    }
    let about = problem.unwrap_or(name).to_owned();
    offered.contains(&flow_kind).then(|| {
        view! {
            <a class="secondary start" href=href target=FLOW_TAB>
                {t("sandbox-start")} <span class="visually-hidden">" " {about}</span>
            </a>
        }
    })
}

/// Renders the codes of an account, each with its gate. The script replaces them by newer ones.
fn codes(name: &str, codes: Vec<SandboxCode>) -> Option<impl IntoView + use<>> {
    let code = |code: SandboxCode| {
        let label = ["gate-", &code.kind].concat();
        let left = code.seconds.map(|seconds| {
            view! { <span class="quiet" data-seconds=seconds aria-hidden="true"></span> }
        });
        view! {
            <div class="value" data-kind=code.kind>
                <span class="quiet">{t(&label)}</span> " "
                <code>{code.code.clone()}</code> " "
                {left}
                {copy(code.code)}
            </div>
        }
    };
    let id = ["codes-", name].concat();
    (!codes.is_empty()).then(|| {
        let codes = codes.into_iter().map(code).collect_view();
        view! { <div class="codes" id=id>{codes}</div> }
    })
}

/// Renders the button that copies a value; the script shows it.
fn copy(value: String) -> impl IntoView {
    let label = value.clone();
    view! {
        <button type="button" class="secondary copy" data-copy=value data-copied=t("copied") hidden>
            <span>{t("methods-copy")}</span> <span class="visually-hidden">" " {label}</span>
        </button>
    }
}

fn mail(mail: SandboxMail) -> impl IntoView {
    let to = text("sandbox-mail-to", &[("address", Value::Text(mail.to))]);
    // Numbers begin again when the agent is restarted.
    let id = ["mail-", &mail.number.to_string(), "-", &mail.sent_at].concat();
    let group = id.clone();
    let sent_at = mail.sent_at.replace('T', " ").replace('Z', " UTC");
    let code = mail.code.map(|code| {
        view! { <p class="value large"><code>{code.clone()}</code> {copy(code)}</p> }
    });
    let content = if mail.has_html {
        let source = ["sandbox/mails/", &mail.number.to_string()].concat();
        view! {
            // The script shows the document instead of the link.
            <details name=group.clone() class="letter">
                <summary>{t("sandbox-mail-html")}</summary>
                <a href=source target="_blank">{mail.subject.clone()}</a>
            </details>
            <details name=group>
                <summary>{t("sandbox-mail-text")}</summary>
                <pre>{mail.text}</pre>
            </details>
        }
        .into_any()
    } else {
        view! { <pre>{mail.text}</pre> }.into_any()
    };
    view! {
        <article class="mail" id=id>
            <h3>{mail.subject}</h3>
            <p class="quiet">
                {with_isolated(&to)} ", " <time datetime=mail.sent_at>{sent_at}</time>
            </p>
            {code}
            {content}
        </article>
    }
}
