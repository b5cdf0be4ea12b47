//! The agent's texts in the person's language: mails, and the overrides that a tenant makes to
//! them and to messages to phones.

use crate::Tenant;
use crate::mail::{Kind, Letter};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use postern_envelope::Secret;
use postern_i18n::{File, Language, OverrideError, OwnWords, Value, Words};
use postern_protocol::{Device, FlowKind, GateKind};

/// The wording of a tenant's mails and messages.
#[derive(Clone, Debug)]
pub struct Wording {
    tenant: Tenant,
    time_zone: TimeZone,
    /// Our texts with those of the tenant in their place.
    words: OwnWords,
}

/// The details of a request that are shown in its mails.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    /// The language of the person's page.
    pub language: &'a str,
    /// The time, in seconds since the Unix epoch.
    pub now: u64,
    /// The kind of device that the person's browser reports.
    pub device: Option<Device>,
}

/// The event that a notice reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// The password was reset.
    Reset,
    /// The password was changed by means of the previous one.
    Changed,
    /// The account was unlocked.
    Unlocked,
    /// A method of this kind was added, or replaced by a new one.
    Added(GateKind),
    /// A method of this kind was added or replaced, and can be used only from this time on, in
    /// seconds since the Unix epoch.
    Held(GateKind, u64),
    /// A method of this kind was removed.
    Removed(GateKind),
}

impl Wording {
    /// Creates the wording of a tenant with our own texts, and times in this time zone.
    #[must_use]
    pub fn new(tenant: Tenant, time_zone: TimeZone) -> Self {
        Self {
            tenant,
            time_zone,
            words: OwnWords::default(),
        }
    }

    /// Returns the tenant in whose name everything is sent.
    #[must_use]
    pub const fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Overrides our texts in one language by the tenant's: messages of `mail.ftl` and `phone.ftl`.
    ///
    /// # Errors
    /// [`OverrideError`] names the key and what was expected.
    pub fn with_overrides(
        mut self,
        language: Language,
        source: &str,
    ) -> Result<Self, OverrideError> {
        self.words.add(&File::OF_AGENT, language, source)?;
        Ok(self)
    }

    /// Returns the texts in a page's language.
    pub(crate) fn words(&self, language: &str) -> &Words {
        self.words.of(self::language(language))
    }

    /// Returns the mail with a code, which is valid for this many minutes.
    #[must_use]
    pub fn code(
        &self,
        occasion: Occasion<'_>,
        flow_kind: FlowKind,
        code: &str,
        minutes: u64,
    ) -> Letter {
        let names = [
            ("code", Value::Text(code)),
            ("minutes", Value::Count(minutes)),
        ];
        let kind = match flow_kind {
            FlowKind::Unlock => Kind::UNLOCK_CODE,
            FlowKind::Change | FlowKind::Methods => Kind::METHODS_CODE,
            FlowKind::Reset | FlowKind::UserName => Kind::CODE,
        };
        let mut letter = self.letter(occasion, kind, &names);
        letter.code = Some(Secret::from(code));
        letter
    }

    /// Returns the notice of an event.
    #[must_use]
    pub fn notice(&self, occasion: Occasion<'_>, notice: NoticeKind, account: &str) -> Letter {
        let account = one_line(account);
        let names = [("account", Value::Text(&account))];
        let kind = match notice {
            NoticeKind::Reset => Kind::RESET,
            NoticeKind::Changed => Kind::CHANGED,
            NoticeKind::Unlocked => Kind::UNLOCKED,
            NoticeKind::Added(kind) | NoticeKind::Held(kind, _) => Kind::of_method(kind).0,
            NoticeKind::Removed(kind) => Kind::of_method(kind).1,
        };
        let mut letter = self.letter(occasion, kind, &names);
        if let NoticeKind::Held(_, from) = notice {
            let words = self.words.of(letter.language);
            let from = self.format_time(words, from);
            let helpdesk = one_line(&self.tenant.helpdesk);
            let arguments = [
                ("tenant", Value::Text(&letter.tenant)),
                ("time", Value::Text(&from)),
                ("helpdesk", Value::Text(&helpdesk)),
            ];
            letter
                .after
                .insert(0, words.text("mail-methods-from", &arguments));
        }
        letter
    }

    /// Returns the mail with a forgotten user name, or those of several accounts.
    #[must_use]
    pub fn user_name(&self, occasion: Occasion<'_>, names: &[&str]) -> Letter {
        let mut letter = self.letter(occasion, Kind::USER_NAME, &[]);
        letter.names = names.iter().map(|name| one_line(name)).collect();
        letter
    }

    fn letter(&self, occasion: Occasion<'_>, kind: Kind, names: &[(&str, Value<'_>)]) -> Letter {
        let language = language(occasion.language);
        let words = self.words.of(language);
        let (name, helpdesk) = (
            one_line(&self.tenant.display_name),
            one_line(&self.tenant.helpdesk),
        );
        let mut arguments = vec![
            ("tenant", Value::Text(&name)),
            ("helpdesk", Value::Text(&helpdesk)),
        ];
        arguments.extend(names);
        let text = |key: &str| words.text(key, &arguments);
        let device = occasion.device.map(|device| {
            let key = format!("mail-device-{}", device.name());
            (text("mail-device"), text(&key))
        });
        let when = (text("mail-when"), self.format_time(words, occasion.now));
        Letter {
            language,
            subject: Secret::new(text(kind.subject).into_bytes()),
            title: text(kind.title),
            lead: text(kind.lead),
            code: None,
            names: Vec::new(),
            after: kind.after.iter().map(|key| text(key)).collect(),
            facts: [when].into_iter().chain(device).collect(),
            not_you: text(kind.not_you),
            closing: text("mail-automatic"),
            tenant: name,
        }
    }

    /// Formats a time with its time zone, as in `20 November 2026, 11:12 (UTC+2)`.
    fn format_time(&self, words: &Words, seconds: u64) -> String {
        let seconds = i64::try_from(seconds).unwrap_or_default();
        let timestamp = Timestamp::from_second(seconds).unwrap_or_default();
        let zoned = timestamp.to_zoned(self.time_zone.clone());
        let [day, year] = [zoned.day().to_string(), zoned.year().to_string()];
        let month = words.text(&format!("mail-month-{}", zoned.month()), &[]);
        let time = format!("{:02}:{:02}", zoned.hour(), zoned.minute());
        let zone = utc_offset(zoned.offset().seconds());
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

/// Parses the language of a page; mails and messages to phones are English if it is unknown.
pub(crate) fn language(language: &str) -> Language {
    language.parse().unwrap_or(Language::En)
}

/// Formats an offset as `UTC`, `UTC+2` or `UTC-3:30`, which need no translation, unlike the names
/// of time zones.
fn utc_offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    match (seconds.abs() / 3600, seconds.abs() / 60 % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// Replaces control characters in a name: they would end a header or start a paragraph.
fn one_line(name: &str) -> String {
    let line = name.replace(char::is_control, " ");
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(zone: &str) -> Wording {
        wording_of("Contoso", zone)
    }

    fn wording_of(name: &str, zone: &str) -> Wording {
        Wording::new(tenant(name), TimeZone::get(zone).unwrap())
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

    fn shown(text: &Secret) -> &str {
        text.expose_str().unwrap()
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
            assert_eq!(wording(zone).format_time(words, 1_795_165_920), text);
        }
    }

    #[test]
    fn every_language_has_every_text() {
        let wording = wording("UTC");
        for language in Language::ALL
            .map(Language::code)
            .into_iter()
            .chain(["xx", ""])
        {
            let code = |flow_kind| wording.code(occasion(language), flow_kind, "123456", 10);
            let notice = |kind| wording.notice(occasion(language), kind, "alice");
            for letter in [
                code(FlowKind::Reset),
                code(FlowKind::Unlock),
                code(FlowKind::Methods),
                notice(NoticeKind::Reset),
                notice(NoticeKind::Changed),
                notice(NoticeKind::Unlocked),
                notice(NoticeKind::Added(GateKind::Authenticator)),
                notice(NoticeKind::Removed(GateKind::Authenticator)),
                notice(NoticeKind::Added(GateKind::Passkey)),
                notice(NoticeKind::Removed(GateKind::Passkey)),
                notice(NoticeKind::Added(GateKind::RecoveryCode)),
                notice(NoticeKind::Held(GateKind::Passkey, 1_795_252_320)),
                notice(NoticeKind::Removed(GateKind::RecoveryCode)),
                wording.user_name(occasion(language), &["alice"]),
            ] {
                let (subject, body) = (shown(&letter.subject), letter.text());
                let body = shown(&body);
                assert!(subject.contains("Contoso"), "{letter:?}");
                for part in [subject, body] {
                    assert!(!part.contains(['[', '{']), "{language}: {part}");
                }
                for part in ["+370 5 000", "2026", "UTC"] {
                    assert!(body.contains(part), "{language}: {part}");
                }
                assert_eq!(letter.facts.len(), 2, "{letter:?}");
            }
        }
    }

    #[test]
    fn several_names_each_have_their_line() {
        let names = ["alice", "a<b>\nc"];
        let letter = wording("UTC").user_name(occasion("en"), &names);
        let (text, html) = (letter.text(), letter.html());
        let (text, html) = (shown(&text), shown(&html));
        assert!(text.contains("\n\nalice\na<b> c\n\n"), "{text}");
        assert!(html.contains("alice<br>a&#60;b&#62; c"), "{html}");
    }

    #[test]
    fn a_browser_that_says_nothing_of_its_device_leaves_it_out() {
        let occasion = Occasion {
            device: None,
            ..occasion("en")
        };
        let letter = wording("UTC").notice(occasion, NoticeKind::Reset, "alice");
        assert_eq!(letter.facts.len(), 1);
    }

    #[test]
    fn a_tenant_says_it_in_its_own_words() {
        let own = "mail-code-title = Contoso kodas\n";
        let wording = wording("UTC").with_overrides(Language::Lt, own).unwrap();
        let title = |language| {
            let letter = wording.code(occasion(language), FlowKind::Reset, "123456", 1);
            letter.title
        };
        assert_eq!(title("lt"), "Contoso kodas");
        assert_eq!(title("en"), "Your code");
        for key in ["mail-code-titel", "page-title", "embed-title"] {
            let refused = wording
                .clone()
                .with_overrides(Language::Lt, &format!("{key} = x\n"));
            let allowed = File::OF_AGENT.to_vec();
            let key = key.to_owned();
            assert_eq!(
                refused.unwrap_err(),
                OverrideError::Unknown { key, allowed }
            );
        }
    }

    #[test]
    fn a_name_with_line_breaks_stays_on_its_line() {
        let wording = wording_of("Con\r\nBcc: eve@example.com\ttoso\n", "UTC");
        let letter = wording.code(occasion("en"), FlowKind::Reset, "123456", 1);
        let subject = shown(&letter.subject);
        assert!(!subject.contains(char::is_control), "{subject}");
    }
}
