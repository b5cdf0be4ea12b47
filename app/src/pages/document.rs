//! The layout of every page: head, tenant's logo, content, helpdesk, languages.

use super::{FlowPage, Logo, Page, Tenant, Theme, data, page, render, with_isolated};
use crate::words::t;
use leptos::prelude::*;
use postern_i18n::{Language, Words};

/// The browser's files that the pages refer to.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The script.
    pub script: Asset,
    /// The WASM module.
    pub wasm: Asset,
    /// The address of the icon.
    pub icon: String,
    /// The script of a page in a frame.
    pub frame: Asset,
    /// The script of the sandbox page.
    pub sandbox: Asset,
}

/// A file that the browser verifies by its SRI value.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its address, which changes with its content.
    pub address: String,
    /// Its SRI value, `sha384-…`.
    pub integrity: String,
}

/// The parts of a document besides its content.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The context of every component of the page.
    pub page: Page,
    /// The inline style; the response's Content-Security-Policy allows exactly these bytes.
    pub style: &'a str,
    /// The browser's files.
    pub assets: &'a Assets,
    /// The file of the tenant's texts in the page's language, written by [`words`](super::words).
    pub words: Option<&'a Asset>,
}

impl Document<'_> {
    /// Renders the document around `content`. With a flow the page can seal: it gets the script, the
    /// texts and the data.
    pub(super) fn render<V: IntoView + 'static>(
        &self,
        title: &'static str,
        flow: Option<&FlowPage<'_>>,
        content: impl FnOnce() -> V,
    ) -> String {
        let assets = self.assets.clone();
        let style = self.style.to_owned();
        let data = flow.map(|flow| data::json(&self.page, self.words, flow));
        let html = render(self.page.clone(), || {
            let page = page();
            let tenant = page.tenant.clone();
            // In a frame, the page around has a main landmark already: this one gets a label.
            let label = page.frame.is_some().then(|| t(title));
            let title = match &tenant {
                Some(tenant) => [&t(title), " – ", &tenant.name].concat(),
                None => t(title),
            };
            let scripts = data.is_some().then(|| {
                view! {
                    <link
                        id="wasm"
                        rel="preload"
                        r#as="fetch"
                        crossorigin="anonymous"
                        href=assets.wasm.address
                        integrity=assets.wasm.integrity
                    />
                    <script
                        type="module"
                        src=assets.script.address
                        integrity=assets.script.integrity
                    ></script>
                }
            });
            let frame = page.frame.clone();
            let scheme = match frame.as_ref().and_then(|frame| frame.theme) {
                None => "light dark",
                Some(theme) => Theme::name(theme),
            };
            let frame_script = frame.is_some().then(|| {
                view! {
                    <script
                        type="module"
                        src=assets.frame.address
                        integrity=assets.frame.integrity
                    ></script>
                }
            });
            view! {
                <html lang=page.language.code() data-frame=frame.map(|frame| frame.origin)>
                    <head>
                        <meta charset="utf-8" />
                        <meta name="viewport" content="width=device-width, initial-scale=1" />
                        <meta name="color-scheme" content=scheme />
                        <meta name="robots" content="noindex" />
                        <title>{title}</title>
                        <link rel="icon" href=assets.icon type="image/svg+xml" />
                        <style inner_html=style></style>
                    </head>
                    <body>
                        <a class="skip" href="#content">{t("skip-to-content")}</a>
                        {tenant.as_deref().map(|tenant| header(tenant, page.language))}
                        <main id="content" aria-label=label>{content()}</main>
                        {footer(&page)}
                        // Last, so that the card is painted before any other file is fetched.
                        {scripts}
                        {frame_script}
                        {data.map(|data| view! { <script type="application/json" id="page" inner_html=data></script> })}
                    </body>
                </html>
            }
        });
        ["<!doctype html>", &html].concat()
    }
}

/// Renders the sentence that tells how to reach the helpdesk.
pub(super) fn helpdesk(tenant: &Tenant) -> Option<impl IntoView + use<>> {
    tenant.helpdesk.as_ref().map(|helpdesk| {
        let label = helpdesk.label().to_owned();
        view! {
            <p class="helpdesk">
                {t("helpdesk-lead")} " " <a href=helpdesk.href() target=page().link_target()>{label}</a>
            </p>
        }
    })
}

fn header(tenant: &Tenant, language: Language) -> impl IntoView + use<> {
    let logo = tenant.logos.get(&language);
    let is_named = logo.is_none_or(|logo| !logo.is_wide);
    let mark = match logo {
        Some(Logo { address, .. }) => {
            view! { <img class="logo" src=address.clone() alt="" /> }.into_any()
        }
        None => {
            let initial: String = tenant.name.chars().take(1).collect();
            view! { <span class="initial" aria-hidden="true">{initial}</span> }.into_any()
        }
    };
    view! {
        <header>
            {mark}
            <span class="organisation" class:visually-hidden=!is_named>
                {tenant.name.clone()}
            </span>
        </header>
    }
}

/// Renders a link to the helpdesk, labelled with its purpose.
pub(super) fn helpdesk_link(page: &Page) -> Option<impl IntoView + use<>> {
    let helpdesk = page.tenant.as_ref()?.helpdesk.as_ref()?;
    let label = with_isolated(&t(helpdesk.key()));
    Some(view! { <a href=helpdesk.href() target=page.link_target()>{label}</a> })
}

fn footer(page: &Page) -> impl IntoView + use<> {
    let languages = Language::ALL
        .into_iter()
        .map(|language| {
            let name = Words::of(language).text("language-name", &[]);
            let code = language.code();
            let current = (language == page.language).then_some("true");
            let href = page.link(&page.path, language);
            view! {
                <li>
                    <a href=href lang=code hreflang=code aria-current=current>{name}</a>
                </li>
            }
        })
        .collect_view();
    let help = page.tenant.as_ref().map(|tenant| {
        let path = ["/", &tenant.id, "/help"].concat();
        let helpdesk = helpdesk_link(page).map(|link| view! { <li class="helpdesk">{link}</li> });
        view! {
            <nav class="links-below" aria-labelledby="help-label">
                <p id="help-label">{t("help-label")}</p>
                <ul>
                    <li><a href=page.link(&path, page.language)>{t("help-title")}</a></li>
                    {helpdesk}
                </ul>
            </nav>
        }
    });
    let current = page.language.code();
    let name = Words::of(page.language).text("language-name", &[]);
    view! {
        <footer>
            {help}
            <nav class="languages" aria-label=t("language-label")>
                // The style shows it where there is no room for all languages.
                <button type="button" class="link" popovertarget="languages" lang=current>
                    {name}
                </button>
                <ul id="languages" popover="auto">
                    {languages}
                </ul>
            </nav>
        </footer>
    }
}
