//! New recovery codes, which are shown once; and the buttons that copy, save and print.

use crate::browser::{dom, page};
use crate::card::parts::{Act, button};
use crate::words::t;
use core::time::Duration;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use postern_envelope::Secret;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, Clipboard, HtmlAnchorElement, Url};

/// The time for which a saved file can be fetched by the browser.
const FILE_LIFETIME: Duration = Duration::from_secs(60);

/// Renders codes, one a line. `kept` is set once they were copied, saved or printed.
pub fn codes(codes: Secret, kept: RwSignal<bool>) -> AnyView {
    let text = codes.expose_str().unwrap_or_default().to_owned();
    let title = t("methods-recovery-file");
    let items = text
        .lines()
        .map(|code| view! { <li>{code.to_owned()}</li> }.into_any());
    let items = items.collect_view();
    let file = [&*title, "", &text.replace('\n', "\r\n"), ""].join("\r\n");
    let outcome = RwSignal::new("");
    let save = Act::new(move |()| {
        // Where it is refused, the codes can still be copied.
        if save(&file).is_ok() {
            outcome.set("methods-saved");
            kept.set(true);
        }
    });
    let print = Act::new(move |()| {
        outcome.set("");
        let _may_be_refused = window().print();
        kept.set(true);
    });
    let copy = copy_act(text, outcome, Some(kept));
    view! {
        <p>{t("methods-recovery-lead")}</p>
        <p class="printed">{title}</p>
        <ol id="kept" class="kept codes">{items}</ol>
        <div class="buttons">
            {button("secondary", t("methods-copy").into_any(), copy)}
            {button("secondary", t("methods-save").into_any(), save)}
            {button("secondary", t("methods-print").into_any(), print)}
        </div>
        {status(outcome)}
    }
    .into_any()
}

/// Renders a button that copies a text. Where that is refused, it selects the element `kept`.
pub fn copy_button(text: String) -> AnyView {
    let outcome = RwSignal::new("");
    let copy = copy_act(text, outcome, None);
    view! {
        <div class="buttons">{button("secondary", t("methods-copy").into_any(), copy)}</div>
        {status(outcome)}
    }
    .into_any()
}

fn status(outcome: RwSignal<&'static str>) -> AnyView {
    view! { <p class="told" role="status">{move || t(outcome.get())}</p> }.into_any()
}

fn copy_act(text: String, outcome: RwSignal<&'static str>, kept: Option<RwSignal<bool>>) -> Act {
    Act::new(move |()| {
        if let Some(kept) = kept {
            kept.set(true);
        }
        let writing = clipboard().map(|clipboard| clipboard.write_text(&text));
        spawn_local(async move {
            let copied = match writing {
                Some(writing) => JsFuture::from(writing).await.is_ok(),
                None => false,
            };
            if !copied && let Some(element) = dom::element("kept") {
                select(&element);
            }
            let _left_meanwhile = outcome.try_set(if copied {
                "methods-copied"
            } else {
                "methods-not-copied"
            });
        });
    })
}

/// Returns the clipboard. Without TLS there is none.
fn clipboard() -> Option<Clipboard> {
    let clipboard: JsValue = window().navigator().clipboard().into();
    clipboard.is_object().then(|| clipboard.unchecked_into())
}

fn select(element: &HtmlElement) {
    if let Ok(Some(selection)) = window().get_selection() {
        let _may_be_refused = selection.select_all_children(element);
    }
}

fn save(text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("text/plain");
    let parts = js_sys::Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(&[&page::tenant(), "-recovery-codes.txt"].concat());
    link.click();
    let revoke = move || {
        let _gone_anyway = Url::revoke_object_url(&address);
    };
    set_timeout(revoke, FILE_LIFETIME);
    Ok(())
}
