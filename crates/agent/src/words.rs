//! The texts of mails, text messages and calls, in the person's language.

use postern_i18n::{Language, Value, Words};
use postern_protocol::GateKind;

/// Subject and text of a mail.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Text {
    pub subject: String,
    pub body: String,
}

/// The mail that carries a code.
pub(crate) fn code_mail(language: &str, tenant: &str, code: &str, minutes: u64) -> Text {
    let words = words(language);
    let arguments = [
        ("code", Value::Text(code)),
        ("tenant", Value::Text(tenant)),
        ("minutes", Value::Count(minutes)),
    ];
    Text {
        subject: words.text("mail-code-subject", &arguments[..2]),
        body: paragraphs(
            &words.text("mail-code-body", &arguments),
            &words.text("mail-code-not-you", &[]),
        ),
    }
}

/// The text message that carries a code. Its last line lets a phone offer the code to the portal's
/// page and to no other (the format of origin-bound one-time codes).
pub(crate) fn code_sms(language: &str, tenant: &str, code: &str, host: Option<&str>) -> Text {
    let words = words(language);
    let arguments = [("code", Value::Text(code)), ("tenant", Value::Text(tenant))];
    let mut body = words.text("phone-sms-code", &arguments);
    if let Some(host) = host {
        body = format!("{body}\n\n@{host} #{code}");
    }
    Text {
        subject: words.text("phone-sms", &[]),
        body,
    }
}

/// What is said in the call that tells a code, digit by digit.
pub(crate) fn code_call(language: &str, tenant: &str, code: &str) -> Text {
    let words = words(language);
    // Commas make a voice wait; after a full stop some languages would say "first, second".
    let digits: Vec<_> = code.chars().map(String::from).collect();
    let digits = digits.join(", ");
    let arguments = [
        ("digits", Value::Text(&digits)),
        ("tenant", Value::Text(tenant)),
    ];
    Text {
        subject: words.text("phone-call", &[]),
        body: words.text("phone-call-code", &arguments),
    }
}

/// The language in which somebody is written to.
pub(crate) fn language(language: &str) -> &'static str {
    language.parse().unwrap_or(Language::En).code()
}

/// What to do if it was somebody else.
const NOT_YOU: &str = "mail-done-not-you";

/// What a notice tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// The password was reset.
    Reset,
    /// The password was changed by the one before.
    Changed,
    /// The account was unlocked.
    Unlocked,
    /// A method of this kind was added, or made anew.
    Added(GateKind),
    /// It was removed.
    Removed(GateKind),
}

/// The notice of what was done.
pub(crate) fn done_mail(
    language: &str,
    done: Done,
    tenant: &str,
    helpdesk: &str,
    account: &str,
    now: u64,
) -> Text {
    let words = words(language);
    let time = utc(now);
    let method = |kind: GateKind, change| {
        let body = ["mail-", kind.name(), change, "-body"].concat();
        ("mail-methods-subject", body, "mail-methods-not-you")
    };
    let (subject, body, not_you) = match done {
        Done::Reset => ("mail-done-subject", "mail-done-body".into(), NOT_YOU),
        Done::Changed => ("mail-changed-subject", "mail-changed-body".into(), NOT_YOU),
        Done::Unlocked => (
            "mail-unlocked-subject",
            "mail-unlocked-body".into(),
            NOT_YOU,
        ),
        Done::Added(kind) => method(kind, "-added"),
        Done::Removed(kind) => method(kind, "-removed"),
    };
    let arguments = [
        ("tenant", Value::Text(tenant)),
        ("account", Value::Text(account)),
        ("time", Value::Text(&time)),
    ];
    Text {
        subject: words.text(subject, &arguments[..1]),
        body: paragraphs(
            &words.text(&body, &arguments),
            &words.text(not_you, &[("helpdesk", Value::Text(helpdesk))]),
        ),
    }
}

/// The mail that tells a forgotten user name.
pub(crate) fn user_name_mail(language: &str, tenant: &str, helpdesk: &str, names: &str) -> Text {
    let words = words(language);
    let arguments = [
        ("tenant", Value::Text(tenant)),
        ("names", Value::Text(names)),
    ];
    Text {
        subject: words.text("mail-user-name-subject", &arguments[..1]),
        body: paragraphs(
            &words.text("mail-user-name-body", &arguments),
            &words.text(
                "mail-user-name-not-you",
                &[("helpdesk", Value::Text(helpdesk))],
            ),
        ),
    }
}

fn words(language: &str) -> &'static Words {
    Words::of(language.parse().unwrap_or(Language::En))
}

fn paragraphs(one: &str, other: &str) -> String {
    format!("{one}\n\n{other}\n")
}

/// A moment as `2026-11-21 09:12 UTC`: read alike in every language.
fn utc(seconds: u64) -> String {
    let (days, minutes) = (seconds / 86_400, seconds % 86_400 / 60);
    // Days since 1 March 0000, so that a leap day is the last of its year.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 {
        (year + era * 400, month + 3)
    } else {
        (year + era * 400 + 1, month - 9)
    };
    let (hour, minute) = (minutes / 60, minutes % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_in_utc() {
        for (seconds, text) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_399, "2000-02-28 23:59 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (1_709_164_800, "2024-02-29 00:00 UTC"),
            (1_795_252_320, "2026-11-21 09:12 UTC"),
            (4_107_542_400, "2100-03-01 00:00 UTC"),
        ] {
            assert_eq!(utc(seconds), text);
        }
    }

    #[test]
    fn every_language_has_every_text() {
        for language in ["en", "cs", "pl", "sl", "lt", "xx", ""] {
            let done = |done| done_mail(language, done, "Contoso", "+370 5 000", "alice", 0);
            for text in [
                code_mail(language, "Contoso", "123456", 10),
                code_sms(language, "Contoso", "123456", None),
                code_call(language, "Contoso", "123456"),
                done(Done::Reset),
                done(Done::Changed),
                done(Done::Unlocked),
                done(Done::Added(GateKind::Authenticator)),
                done(Done::Removed(GateKind::Authenticator)),
                done(Done::Added(GateKind::Passkey)),
                done(Done::Removed(GateKind::Passkey)),
                done(Done::Added(GateKind::RecoveryCode)),
                done(Done::Removed(GateKind::RecoveryCode)),
                user_name_mail(language, "Contoso", "+370 5 000", "alice"),
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
        let text = code_sms("en", "Contoso", "012345", Some("reset.contoso.example"));
        let last = text.body.lines().last();
        assert_eq!(last, Some("@reset.contoso.example #012345"));
        assert!(!text.body.contains('\u{2068}'), "no isolation marks");
        for language in ["en", "cs", "pl", "sl", "lt"] {
            let text = code_call(language, "Contoso", "012345").body;
            assert_eq!(text.matches("0, 1, 2, 3, 4, 5").count(), 2, "{text}");
        }
    }
}
