//! A letter: the content of a mail, laid out as plain text and as HTML.

use askama::Template;
use postern_envelope::Secret;
use postern_i18n::Language;

/// The capacity for the HTML of a letter: growing would leave copies of a code behind in memory.
const HTML_BYTES: usize = 64 * 1024;

/// The HTML of a letter. It loads nothing and links to nothing.
#[derive(Template)]
#[template(path = "letter.html")]
struct Page<'a> {
    letter: &'a Letter,
    language: &'a str,
    subject: &'a str,
    /// The text that mail programs show next to the subject in lists.
    preview: &'a str,
    code: Option<&'a str>,
}

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
        let preview = match self.code {
            Some(_) => self.after.first().unwrap_or(&self.lead),
            None => &self.not_you,
        };
        let page = Page {
            letter: self,
            language: self.language.code(),
            subject: self.subject.expose_str().unwrap_or_default(),
            preview,
            code: self.code(),
        };
        let mut html = String::with_capacity(HTML_BYTES);
        // Writing to a `String` cannot fail, and the template calls nothing else that can.
        let rendered = page.render_into(&mut html);
        debug_assert!(rendered.is_ok());
        // As long as its content: many letters may wait in the queue.
        let html = wiped(html);
        Secret::new(html.expose().to_vec())
    }

    fn code(&self) -> Option<&str> {
        self.code.as_ref().and_then(Secret::expose_str)
    }
}

/// Wraps a text, without copying it, so that it is wiped when it is dropped.
fn wiped(text: String) -> Secret {
    Secret::new(text.into_bytes())
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
        let shown = "&#60;b&#62;&#34;A&#34; &#38; &#39;B&#39; {{code}}&#60;/b&#62;";
        assert!(html.contains(shown), "{html}");
    }
}
