//! A letter: the content of a mail, laid out as plain text and as HTML.

use postern_envelope::Secret;
use postern_i18n::Language;

/// The HTML around the content. It loads nothing and links to nothing.
const PAGE: &str = include_str!("letter.html");

/// The content of a mail, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub(crate) language: Language,
    /// The subject, which may contain a code.
    pub(crate) subject: Secret,
    /// The tenant's display name.
    pub(crate) tenant: String,
    pub(crate) title: String,
    pub(crate) lead: String,
    /// The code, if the mail carries one.
    pub(crate) code: Option<Secret>,
    /// The user names, if the mail lists any.
    pub(crate) names: Vec<String>,
    /// The paragraphs after the code and the user names.
    pub(crate) after: Vec<String>,
    /// The details of the request, as labels and values.
    pub(crate) facts: Vec<(String, String)>,
    /// The advice for a recipient who did not make the request.
    pub(crate) not_you: String,
    /// The note that replies are not read.
    pub(crate) closing: String,
}

impl Letter {
    /// Lays the letter out as plain text; the code has a line of its own.
    pub(crate) fn text(&self) -> Secret {
        let facts = self.facts.iter();
        let facts: Vec<_> = facts
            .map(|(label, value)| format!("{label}: {value}"))
            .collect();
        let (names, facts) = (self.names.join("\n"), facts.join("\n"));
        let closing = format!("{}\n", self.closing);
        let mut paragraphs = vec![self.lead.as_str()];
        paragraphs.extend(self.code());
        if !names.is_empty() {
            paragraphs.push(&names);
        }
        paragraphs.extend(self.after.iter().map(String::as_str));
        paragraphs.extend([&*facts, &*self.not_you, &*closing]);
        wiped(paragraphs.join("\n\n"))
    }

    /// Lays the letter out as HTML.
    pub(crate) fn html(&self) -> Secret {
        let after = self.after.iter().map(|text| element("p", text));
        let facts = self.facts.iter().map(|(label, value)| {
            format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                escaped(label),
                escaped(value)
            )
        });
        let code = self.code().map(|code| {
            // Styled inline as well: some mail programs drop the style of the head.
            let style = "font-size:36px;font-weight:700;letter-spacing:6px";
            let code = wiped(escaped(code));
            let code = code.expose_str().unwrap_or_default();
            ["<p class=\"code\" style=\"", style, "\">", code, "</p>\n"].concat()
        });
        let names = (!self.names.is_empty()).then(|| {
            let names: Vec<_> = self.names.iter().map(|name| escaped(name)).collect();
            let style = "font-size:20px;font-weight:700";
            format!(
                "<p class=\"names\" style=\"{style}\">{}</p>\n",
                names.join("<br>")
            )
        });
        // Mail programs show the preview next to the subject in lists.
        let preview = match self.code {
            Some(_) => self.after.first().unwrap_or(&self.lead),
            None => &self.not_you,
        };
        let subject = self.subject.expose_str().unwrap_or_default();
        fill_page(
            &[
                ("language", self.language.code().to_owned()),
                ("subject", escaped(subject)),
                ("preview", escaped(preview)),
                ("tenant", escaped(&self.tenant)),
                ("title", escaped(&self.title)),
                ("lead", escaped(&self.lead)),
                ("shown", code.or(names).unwrap_or_default()),
                ("after", after.collect()),
                ("facts", facts.collect()),
                ("not-you", escaped(&self.not_you)),
                ("closing", escaped(&self.closing)),
            ]
            .map(|(name, value)| (name, wiped(value))),
        )
    }

    fn code(&self) -> Option<&str> {
        self.code.as_ref().and_then(Secret::expose_str)
    }
}

/// Replaces each `{{name}}` of the page by its value; placeholders in values are not replaced. The
/// page is concatenated in one step, so that no copy stays behind in memory.
fn fill_page(values: &[(&str, Secret)]) -> Secret {
    let mut parts = PAGE.split("{{");
    let mut page = vec![parts.next().unwrap_or_default()];
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or((part, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        debug_assert!(value.is_some(), "{name}");
        page.extend(value.and_then(|(_, value)| value.expose_str()));
        page.push(rest);
    }
    wiped(page.concat())
}

/// Wraps a text, without copying it, so that it is wiped when it is dropped.
fn wiped(text: String) -> Secret {
    Secret::new(text.into_bytes())
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", escaped(text))
}

/// Escapes a text for HTML, in an element or in a quoted attribute.
fn escaped(text: &str) -> String {
    // Allocated at the greatest size: growing would leave copies of a code behind.
    let mut html = String::with_capacity(text.len() * "&quot;".len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(tenant: &str) -> Letter {
        Letter {
            language: Language::Lt,
            subject: "a subject".into(),
            tenant: tenant.into(),
            title: "a title".into(),
            lead: "a lead".into(),
            code: Some("482913".into()),
            names: Vec::new(),
            after: vec!["one".into(), "two".into()],
            facts: vec![
                ("When".into(), "now".into()),
                ("Device".into(), "phone".into()),
            ],
            not_you: "not you".into(),
            closing: "a closing".into(),
        }
    }

    fn shown(text: &Secret) -> &str {
        text.expose_str().unwrap()
    }

    #[test]
    fn the_text_has_the_code_on_a_line_of_its_own() {
        assert_eq!(
            shown(&letter("Contoso").text()),
            "a lead\n\n482913\n\none\n\ntwo\n\nWhen: now\nDevice: phone\n\nnot you\n\na closing\n"
        );
    }

    #[test]
    fn a_letter_that_is_printed_shows_no_code() {
        let mut letter = letter("Contoso");
        letter.subject = "482913 is your code".into();
        assert!(!format!("{letter:?}").contains("482913"));
    }

    #[test]
    fn the_html_loads_nothing_and_links_to_nothing() {
        let html = letter("Contoso").html();
        let html = shown(&html);
        for part in [
            "src=", "href=", "url(", "http:", "https:", "<a", "<img", "<script", "@import",
        ] {
            assert!(!html.contains(part), "{part}");
        }
        assert!(html.contains("<html lang=\"lt\""));
        assert!(html.contains(">482913</p>"));
        assert!(!html.contains("{{") && !html.contains("}}"), "{html}");
    }

    #[test]
    fn a_name_is_a_name_and_no_html() {
        let html = letter("<b>\"A\" & 'B' {{code}}</b>").html();
        let html = shown(&html);
        let shown = "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39; {{code}}&lt;/b&gt;";
        assert!(html.contains(shown), "{html}");
    }
}
