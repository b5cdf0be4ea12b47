//! The texts of messages and calls to phones, in the person's language.

use crate::Wording;
use postern_i18n::Value;

/// The text of a message to a phone; `subject` describes it on the sandbox's page.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    /// The description.
    pub subject: String,
    /// The text that is written or spoken.
    pub body: String,
    /// The language of the text, such as `cs`.
    pub language: &'static str,
}

impl Wording {
    /// Returns the text message with a code. With a host, its last line lets a phone offer the code
    /// to the portal's page and to no other (the format of origin-bound one-time codes).
    #[must_use]
    pub fn text_message(&self, language: &str, code: &str, host: Option<&str>) -> Text {
        let words = self.words(language);
        let tenant = &self.tenant().display_name;
        let arguments = [("code", Value::Text(code)), ("tenant", Value::Text(tenant))];
        let mut body = words.text("phone-sms-code", &arguments);
        if let Some(host) = host {
            body = format!("{body}\n\n@{host} #{code}");
        }
        Text {
            subject: words.text("phone-sms", &[]),
            body,
            language: crate::wording::language(language).code(),
        }
    }

    /// Returns the text of the call that speaks a code, digit by digit.
    #[must_use]
    pub fn call(&self, language: &str, code: &str) -> Text {
        let words = self.words(language);
        let tenant = &self.tenant().display_name;
        // Commas make a voice pause; before a full stop some languages would read "first, second".
        let digits: Vec<_> = code.chars().map(String::from).collect();
        let digits = digits.join(", ");
        let arguments = [
            ("digits", Value::Text(&digits)),
            ("tenant", Value::Text(tenant)),
        ];
        Text {
            subject: words.text("phone-call", &[]),
            body: words.text("phone-call-code", &arguments),
            language: crate::wording::language(language).code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tenant;
    use jiff::tz::TimeZone;
    use postern_i18n::Language;

    fn wording() -> Wording {
        let tenant = Tenant {
            name: "contoso".into(),
            display_name: "Contoso".into(),
            helpdesk: String::new(),
        };
        Wording::new(tenant, TimeZone::UTC)
    }

    #[test]
    fn every_language_has_every_message() {
        for language in Language::ALL.map(Language::code) {
            for text in [
                wording().text_message(language, "123456", None),
                wording().call(language, "123456"),
            ] {
                assert!(text.body.contains("Contoso"), "{language}: {}", text.body);
                for part in [text.subject, text.body] {
                    assert!(!part.contains(['[', '{']), "{language}: {part}");
                }
            }
        }
    }

    #[test]
    fn a_phone_can_offer_the_code_to_the_portal() {
        let host = Some("reset.contoso.example");
        let text = wording().text_message("en", "012345", host);
        let last = text.body.lines().last();
        assert_eq!(last, Some("@reset.contoso.example #012345"));
        assert!(!text.body.contains('\u{2068}'), "no isolation marks");
        for language in Language::ALL.map(Language::code) {
            let text = wording().call(language, "012345").body;
            assert_eq!(text.matches("0, 1, 2, 3, 4, 5").count(), 2, "{text}");
        }
    }

    #[test]
    fn a_tenant_says_it_in_its_own_words() {
        let own = "phone-sms-code = { $code }, regards, { $tenant }\n";
        let wording = wording().with_overrides(Language::Lt, own).unwrap();
        let body = |language| wording.text_message(language, "123456", None).body;
        assert_eq!(body("lt"), "123456, regards, Contoso");
        assert!(body("en").contains("123456 is your code for Contoso."));
    }
}
