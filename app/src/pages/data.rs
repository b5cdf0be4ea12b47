//! Data for the browser: the page's data with the texts of the first step, as inert JSON in the
//! page, and all other texts as a file that is fetched when they are needed.

use super::{Asset, Cloud, FlowPage, Page, Tenant};
use postern_i18n::{File, Language, Template, Value as I18nValue};
use postern_protocol::FlowKind;
use serde_json::{Map, Value, json};

/// The files whose texts are needed from the first answer on.
const LATER_FILES: [File; 3] = [File::App, File::Quality, File::Reasons];

/// The prefixes of text keys of the first step that only one kind of flow needs.
const FLOW_KEY_PREFIXES: [(&str, FlowKind); 6] = [
    ("flow-change", FlowKind::Change),
    ("flow-unlock", FlowKind::Unlock),
    ("flow-user-name", FlowKind::UserName),
    ("user-name-", FlowKind::UserName),
    ("flow-methods", FlowKind::Methods),
    ("step-methods", FlowKind::Methods),
];

/// The texts shown where nothing could be loaded, not even the other texts.
const NO_ANSWER: [&str; 2] = ["problem-no-answer", "problem-no-answer.do"];

/// Returns `{"tenant", "language", "flow", "words", "later", "laterIntegrity", "signIn", "key",
/// "now"}`, and in a flow that the sandbox page began also its `"name"` and `"base"`, escaped so that it
/// cannot close the element around it.
pub(super) fn json(page: &Page, later: Option<&Asset>, flow: &FlowPage<'_>) -> String {
    let tenant = page.tenant.as_deref();
    let flow_kind = flow.flow_kind;
    let mut data = json!({
        "tenant": tenant.map(|tenant| tenant.id.as_str()).unwrap_or_default(),
        "language": page.language.code(),
        "flow": flow_kind.name(),
        "words": tenant.map(|tenant| words_for_flow(flow_kind, first_words(tenant, page.language))),
        "later": later.map(|later| &later.address),
        "laterIntegrity": later.map(|later| &later.integrity),
        "signIn": tenant.and_then(|tenant| tenant.sign_in_link.as_deref()),
        "key": flow.key,
        "now": flow.now,
    });
    if let Some(start) = &flow.sandbox {
        for (key, value) in [("name", &start.name), ("base", &start.base)] {
            if !value.is_empty() {
                data[key] = value.as_str().into();
            }
        }
    }
    data.to_string().replace('<', "\\u003c")
}

/// Removes the texts that only other flows need from those of the first step.
fn words_for_flow(flow_kind: FlowKind, mut words: Value) -> Value {
    if let Some(words) = words.as_object_mut() {
        words.retain(|key, _| {
            let prefixes = FLOW_KEY_PREFIXES.iter();
            let mut matching = prefixes.filter(|(prefix, _)| key.starts_with(prefix));
            matching.all(|(_, needed_by)| *needed_by == flow_kind)
        });
    }
    words
}

/// Returns a tenant's texts of the first step.
#[must_use]
pub fn first_words(tenant: &Tenant, language: Language) -> Value {
    let reasons = templates(tenant, language, File::Reasons);
    templates(tenant, language, File::First)
        .chain(reasons.filter(|(key, _)| NO_ANSWER.contains(&key.as_str())))
        .collect()
}

/// Returns a tenant's texts from the second step on, as JSON:
/// `{key: text | [argument, {category: text}]}`.
#[must_use]
pub fn words(tenant: &Tenant, language: Language) -> String {
    let words = LATER_FILES
        .into_iter()
        .flat_map(|file| templates(tenant, language, file));
    let mut words: Map<_, _> = words.collect();
    // Cloud services: the sentence on when they accept the new password follows the lead.
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

/// Returns the texts of the card's footer, for pages that draw it themselves: `{"copy", "copied",
/// "contact"}`; `contact` is an address and its label, or null.
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

/// Returns the texts of a file, with the tenant's name and its helpdesk filled in.
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
