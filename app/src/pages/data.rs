//! What the browser is given besides the page: its data with the words of the first step, as inert
//! JSON in the page, and all other words as a file that is fetched when they are needed.

use super::{Asset, Assets, Cloud, Page, Tenant};
use postern_i18n::{File, Language, Template, Value as I18nValue};
use postern_protocol::FlowKind;
use serde_json::{Map, Value, json};

/// The files whose texts are needed once the person has sent something.
const LATER: [File; 3] = [File::App, File::Quality, File::Reasons];

/// The words of the first step that one flow needs alone, by the beginnings of their keys.
const OF_ONE_FLOW: [(&str, FlowKind); 6] = [
    ("flow-change", FlowKind::Change),
    ("flow-unlock", FlowKind::Unlock),
    ("flow-user-name", FlowKind::UserName),
    ("user-name-", FlowKind::UserName),
    ("flow-methods", FlowKind::Methods),
    ("step-methods", FlowKind::Methods),
];

/// What is said where nothing came, not even the words.
const NO_ANSWER: [&str; 2] = ["problem-no-answer", "problem-no-answer.do"];

/// `{"tenant", "language", "flow", "words", "later", "laterIntegrity", "quality" or "methods",
/// "key", "now"}`, written so that it cannot end its element.
pub(super) fn json(
    page: &Page,
    later: Option<&Asset>,
    assets: &Assets,
    flow_kind: FlowKind,
    key: &str,
    now: u64,
) -> String {
    let tenant = page.tenant.as_deref();
    let (script, asset) = match flow_kind {
        FlowKind::Methods => ("methods", &assets.methods),
        _ => ("quality", &assets.quality),
    };
    json!({
        "tenant": tenant.map(|tenant| tenant.id.as_str()).unwrap_or_default(),
        "language": page.language.code(),
        "flow": flow_kind.name(),
        "words": tenant.map(|tenant| words_of(flow_kind, first_words(tenant, page.language))),
        "later": later.map(|later| &later.address),
        "laterIntegrity": later.map(|later| &later.integrity),
        (script): pair(asset),
        "key": key,
        "now": now,
    })
    .to_string()
    .replace('<', "\\u003c")
}

/// Where a script is that is loaded on demand, and its SRI value.
fn pair(asset: &Asset) -> [&str; 2] {
    [&asset.address, &asset.integrity]
}

/// The words of the first step without those of other flows.
fn words_of(flow_kind: FlowKind, mut words: Value) -> Value {
    if let Some(words) = words.as_object_mut() {
        words.retain(|key, _| {
            let only = OF_ONE_FLOW.iter();
            let mut of = only.filter(|(prefix, _)| key.starts_with(prefix));
            of.all(|(_, of)| *of == flow_kind)
        });
    }
    words
}

/// A tenant's words of the first step.
#[must_use]
pub fn first_words(tenant: &Tenant, language: Language) -> Value {
    let reasons = templates(tenant, language, File::Reasons);
    templates(tenant, language, File::First)
        .chain(reasons.filter(|(key, _)| NO_ANSWER.contains(&key.as_str())))
        .collect()
}

/// A tenant's words from the second step on, as JSON: `{key: text | [argument, {category: text}]}`;
/// among them, as `passkey`, where the script is that asks for passkeys: it is not needed before.
#[must_use]
pub fn words(tenant: &Tenant, language: Language, passkey: Option<&Asset>) -> String {
    let passkey = passkey.map(|passkey| ("passkey".to_owned(), json!(pair(passkey))));
    let words = LATER
        .into_iter()
        .flat_map(|file| templates(tenant, language, file));
    let mut words: Map<_, _> = words.chain(passkey).collect();
    // What a new password means for cloud services, in the sentence after that it is set.
    let when = tenant
        .cloud
        .and_then(|cloud| words.get(cloud.key()).cloned());
    for cloud in [Cloud::Synchronised, Cloud::Federated] {
        words.remove(cloud.key());
    }
    if let (Some(Value::String(lead)), Some(Value::String(when))) =
        (words.get_mut("done-lead"), when)
    {
        *lead = [lead, " ", &when].concat();
    }
    Value::Object(words).to_string()
}

/// What stands under the card, for pages that draw it themselves: `{"copy", "copied", "contact"}`,
/// the last an address and what it is called, or nothing.
#[must_use]
pub fn card_footer(tenant: &Tenant, language: Language) -> Value {
    let names = [("helpdesk", I18nValue::Text(tenant.helpdesk_label()))];
    let text = |key| tenant.words.of(language).text(key, &names);
    let helpdesk = tenant.helpdesk.as_ref();
    json!({
        "copy": text("copy"),
        "copied": text("copied"),
        "contact": helpdesk.map(|helpdesk| [helpdesk.href(), text(helpdesk.key())]),
    })
}

/// The texts of a file, with the tenant's name and its helpdesk filled in.
fn templates(
    tenant: &Tenant,
    language: Language,
    file: File,
) -> impl Iterator<Item = (String, Value)> {
    let fill = |text: &str| {
        text.replace("{tenant}", &tenant.name)
            .replace("{helpdesk}", tenant.helpdesk_label())
    };
    let templates = tenant.words.of(language).templates(file).into_iter();
    templates.map(move |(key, template)| {
        let template = match template {
            Template::Plain(text) => Value::String(fill(&text)),
            Template::Plural { argument, forms } => {
                let forms = forms.iter().map(|(category, form)| {
                    let form = Value::String(fill(form));
                    ((*category).to_owned(), form)
                });
                json!([argument, forms.collect::<Map<_, _>>()])
            }
        };
        (key, template)
    })
}
