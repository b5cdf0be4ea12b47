//! What the browser is given besides the page: its data, as inert JSON in the page, and its words,
//! as a file of their own: a page paints sooner without them, and they are fetched once.

use super::{Asset, Page, Tenant};
use postern_i18n::{File, Language, Template, Words};
use serde_json::{Map, Value, json};

/// The files whose texts the browser needs.
const FILES: [File; 2] = [File::App, File::Reasons];

/// `{"tenant", "language", "words", "wordsIntegrity", "quality", "key", "now"}`, written so that it
/// cannot end its element.
pub(super) fn json(
    page: &Page,
    words: Option<&Asset>,
    quality: &Asset,
    key: &str,
    now: u64,
) -> String {
    let tenant = page.tenant.as_ref().map(|tenant| tenant.id.as_str());
    json!({
        "tenant": tenant.unwrap_or_default(),
        "language": page.language.code(),
        "words": words.map(|words| &words.address),
        "wordsIntegrity": words.map(|words| &words.integrity),
        "quality": [quality.address, quality.integrity],
        "key": key,
        "now": now,
    })
    .to_string()
    .replace('<', "\\u003c")
}

/// A tenant's words in a language, as JSON: `{key: text | [argument, {category: text}]}`.
#[must_use]
pub fn words(tenant: &Tenant, language: Language) -> String {
    let helpdesk = tenant.helpdesk_label();
    let fill = |text: &str| {
        text.replace("{tenant}", &tenant.name)
            .replace("{helpdesk}", helpdesk)
    };
    let words = Words::of(language);
    FILES
        .into_iter()
        .flat_map(|file| words.templates(file))
        .map(|(key, template)| {
            let template = match template {
                Template::Plain(text) => Value::String(fill(&text)),
                Template::Plural { argument, forms } => {
                    let forms = forms.iter().map(|(category, form)| {
                        ((*category).to_owned(), Value::String(fill(form)))
                    });
                    json!([argument, forms.collect::<Map<_, _>>()])
                }
            };
            (key, template)
        })
        .collect::<Value>()
        .to_string()
}
