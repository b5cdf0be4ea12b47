//! The mails' texts, in the person's language.

use crate::Tenant;
use crate::mail::letter::Letter;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use postern_i18n::{File, Language, Value, Words};
use postern_protocol::Device;
use std::sync::Arc;

/// How the mails of a tenant are worded.
#[derive(Clone, Debug)]
pub struct Wording {
    time_zone: TimeZone,
    /// The languages in which the tenant says something in words of its own.
    own: Vec<Arc<Words>>,
}

/// What a mail tells of the request that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Occasion<'a> {
    /// The language that the person's page was in.
    pub language: &'a str,
    pub now: u64,
    /// What the person's browser said it runs on.
    pub device: Option<Device>,
}

impl Wording {
    /// Our own words, telling moments in this time zone.
    #[must_use]
    pub const fn new(time_zone: TimeZone) -> Self {
        let own = Vec::new();
        Self { time_zone, own }
    }

    /// With the tenant's own words of one language over ours, as a `mail.ftl` has them.
    ///
    /// # Errors
    /// What is wrong, and what is allowed instead.
    pub fn reworded(mut self, language: Language, source: &str) -> Result<Self, String> {
        let words = Words::reworded(language, File::Mail, source)?;
        self.own.push(Arc::new(words));
        Ok(self)
    }

    fn words(&self, language: Language) -> &Words {
        let own = self.own.iter().find(|own| own.language() == language);
        own.map_or_else(|| Words::of(language), Arc::as_ref)
    }

    /// The mail that carries a code.
    pub(crate) fn code(
        &self,
        tenant: &Tenant,
        occasion: Occasion<'_>,
        code: &str,
        minutes: u64,
    ) -> Letter {
        let names = [
            ("code", Value::Text(code)),
            ("minutes", Value::Count(minutes)),
        ];
        let mut letter = self.letter(tenant, occasion, "mail-code", &["valid", "keep"], &names);
        letter.code = Some(code.to_owned());
        letter
    }

    /// The notice that a password was reset.
    pub(crate) fn done(&self, tenant: &Tenant, occasion: Occasion<'_>, account: &str) -> Letter {
        let account = printable(account);
        let names = [("account", Value::Text(&account))];
        self.letter(tenant, occasion, "mail-done", &["was-you"], &names)
    }

    /// A mail of one kind: the texts `…-subject`, `…-title`, `…-lead`, those in `after`, and
    /// `…-not-you`.
    fn letter(
        &self,
        tenant: &Tenant,
        occasion: Occasion<'_>,
        kind: &str,
        after: &[&str],
        names: &[(&str, Value<'_>)],
    ) -> Letter {
        let language = occasion.language.parse().unwrap_or(Language::En);
        let words = self.words(language);
        let (name, helpdesk) = (printable(&tenant.display_name), printable(&tenant.helpdesk));
        let mut arguments = vec![
            ("tenant", Value::Text(&name)),
            ("helpdesk", Value::Text(&helpdesk)),
        ];
        arguments.extend(names);
        let text = |part: &str| words.text(&format!("{kind}-{part}"), &arguments);
        let word = |key: &str| words.text(key, &[]);
        let device = occasion.device.map(|device| {
            let device = word(&format!("mail-device-{}", device.name()));
            (word("mail-device"), device)
        });
        let when = (word("mail-when"), self.moment(words, occasion.now));
        Letter {
            language,
            subject: text("subject"),
            title: text("title"),
            lead: text("lead"),
            code: None,
            after: after.iter().map(|part| text(part)).collect(),
            facts: [when].into_iter().chain(device).collect(),
            not_you: text("not-you"),
            closing: word("mail-automatic"),
            tenant: name,
        }
    }

    /// A moment with its time zone, as `20 November 2026, 11:12 (UTC+2)`.
    fn moment(&self, words: &Words, seconds: u64) -> String {
        let seconds = i64::try_from(seconds).unwrap_or_default();
        let moment = Timestamp::from_second(seconds).unwrap_or_default();
        let moment = moment.to_zoned(self.time_zone.clone());
        let [day, year] = [moment.day().to_string(), moment.year().to_string()];
        let month = words.text(&format!("mail-month-{}", moment.month()), &[]);
        let time = format!("{:02}:{:02}", moment.hour(), moment.minute());
        let zone = utc_offset(moment.offset().seconds());
        let arguments = [
            ("day", Value::Text(&day)),
            ("month", Value::Text(&month)),
            ("year", Value::Text(&year)),
            ("time", Value::Text(&time)),
            ("zone", Value::Text(&zone)),
        ];
        words.text("mail-moment", &arguments)
    }
}

/// `UTC`, `UTC+2`, `UTC-3:30`: understood in every language, unlike the zones' own names.
fn utc_offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    match (seconds.abs() / 3600, seconds.abs() / 60 % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// A name in one line: a control character would end a header or start a paragraph.
fn printable(name: &str) -> String {
    let one_line = name.replace(char::is_control, " ");
    one_line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(zone: &str) -> Wording {
        Wording::new(TimeZone::get(zone).unwrap())
    }

    fn tenant(name: &str) -> Tenant {
        Tenant {
            name: "contoso".into(),
            display_name: name.into(),
            helpdesk: "+370 5 000".into(),
        }
    }

    fn occasion(language: &str) -> Occasion<'_> {
        Occasion {
            language,
            now: 1_795_165_920,
            device: Some(Device::Tablet),
        }
    }

    #[test]
    fn moments_are_told_with_their_zone() {
        for (language, zone, text) in [
            ("en", "Europe/Vilnius", "20 November 2026, 11:12 (UTC+2)"),
            (
                "cs",
                "Europe/Prague",
                "20. listopadu 2026 v\u{a0}10:12 (UTC+1)",
            ),
            ("pl", "Europe/Warsaw", "20 listopada 2026, 10:12 (UTC+1)"),
            (
                "sl",
                "Europe/Ljubljana",
                "20. november 2026 ob 10:12 (UTC+1)",
            ),
            ("lt", "UTC", "2026 m. lapkričio 20 d. 09:12 (UTC)"),
            (
                "en",
                "America/St_Johns",
                "20 November 2026, 05:42 (UTC-3:30)",
            ),
        ] {
            let words = Words::of(language.parse().unwrap());
            assert_eq!(wording(zone).moment(words, 1_795_165_920), text);
        }
    }

    #[test]
    fn every_language_has_every_text() {
        let (wording, tenant) = (wording("UTC"), tenant("Contoso"));
        for language in ["en", "cs", "pl", "sl", "lt", "xx", ""] {
            for letter in [
                wording.code(&tenant, occasion(language), "123456", 10),
                wording.done(&tenant, occasion(language), "alice"),
            ] {
                assert!(letter.subject.contains("Contoso"), "{letter:?}");
                for part in [&letter.subject, &letter.text()] {
                    assert!(!part.contains(['[', '{']), "{language}: {part}");
                }
                for part in ["+370 5 000", "2026", "UTC"] {
                    assert!(letter.text().contains(part), "{language}: {part}");
                }
                assert_eq!(letter.facts.len(), 2, "{letter:?}");
            }
        }
    }

    #[test]
    fn a_browser_that_says_nothing_of_its_device_leaves_it_out() {
        let occasion = Occasion {
            device: None,
            ..occasion("en")
        };
        let letter = wording("UTC").done(&tenant("Contoso"), occasion, "alice");
        assert_eq!(letter.facts.len(), 1);
    }

    #[test]
    fn a_tenant_says_it_in_its_own_words() {
        let own = "mail-code-title = Contoso kodas\n";
        let wording = wording("UTC").reworded(Language::Lt, own).unwrap();
        let title = |language| {
            let letter = wording.code(&tenant("Contoso"), occasion(language), "123456", 1);
            letter.title
        };
        assert_eq!(title("lt"), "Contoso kodas");
        assert_eq!(title("en"), "Your code");
        let refused = wording
            .clone()
            .reworded(Language::Lt, "mail-code-titel = x\n");
        assert!(
            refused
                .unwrap_err()
                .starts_with("mail-code-titel: allowed are ")
        );
    }

    #[test]
    fn a_name_with_line_breaks_stays_on_its_line() {
        let tenant = tenant("Con\r\nBcc: eve@example.com\ttoso\n");
        let letter = wording("UTC").code(&tenant, occasion("en"), "123456", 1);
        assert!(!letter.subject.contains(char::is_control), "{letter:?}");
    }
}
