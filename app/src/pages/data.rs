//! The page's data for the browser: inert JSON, written so that it cannot end its element.

use super::Page;
use postern_i18n::{File, Template, Words};

/// The files whose texts the browser needs.
const FILES: [File; 2] = [File::App, File::Reasons];

/// `{"tenant", "language", "key", "now", "words": {key: text | [argument, {category: text}]}}`.
pub(super) fn json(page: &Page, key: &str, now: u64) -> String {
    let (name, helpdesk) = page.names();
    let fill = |text: &str| {
        text.replace("{tenant}", &name)
            .replace("{helpdesk}", &helpdesk)
    };
    let mut out = String::with_capacity(16 * 1024);
    out.push_str("{\"tenant\":");
    let id = page.tenant.as_ref().map(|tenant| tenant.id.as_str());
    string(&mut out, id.unwrap_or_default());
    out.push_str(",\"language\":");
    string(&mut out, page.language.code());
    out.push_str(",\"key\":");
    string(&mut out, key);
    out.push_str(",\"now\":");
    out.push_str(&now.to_string());
    out.push_str(",\"words\":{");
    let words = Words::of(page.language);
    let templates = FILES.into_iter().flat_map(|file| words.templates(file));
    for (place, (key, template)) in templates.enumerate() {
        if place > 0 {
            out.push(',');
        }
        string(&mut out, &key);
        out.push(':');
        match template {
            Template::Plain(text) => string(&mut out, &fill(&text)),
            Template::Plural { argument, forms } => {
                out.push('[');
                string(&mut out, &argument);
                out.push_str(",{");
                for (place, (category, form)) in forms.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    string(&mut out, category);
                    out.push(':');
                    string(&mut out, &fill(form));
                }
                out.push_str("}]");
            }
        }
    }
    out.push_str("}}");
    out
}

/// A JSON string (RFC 8259 section 7). `<` and `&` are escaped too, so that nothing in it can
/// look like markup.
fn string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '<' | '>' | '&' | '\u{0}'..='\u{1f}' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
