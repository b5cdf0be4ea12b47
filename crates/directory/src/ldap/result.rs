//! Maps result codes and their texts to reasons: the tables.

use crate::Verified;
use postern_protocol::rule::Rule;
use postern_protocol::{Policy, Reason};

/// The result of a write, as far as the answer alone determines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WriteResult {
    /// The write was applied.
    Done,
    /// There is no entry at this DN any more.
    Gone,
    /// The domain controller does not honour policy hints.
    NoHints,
    /// The password breaks this rule.
    Rule(NamedRule),
    /// Refused for a reason other than the password.
    Other(Reason),
}

/// The password rule that the text of an answer names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamedRule {
    TooShort {
        minimum: Option<u16>,
    },
    Complexity,
    TooYoung,
    UsedBefore,
    Filter,
    /// The rule is not named, as in every answer of Windows.
    Unnamed,
}

/// The table of answers to a write (MS-ERREF in the first eight digits of the text).
pub(super) fn classify_write(code: u32, text: &str) -> WriteResult {
    let text = text.trim_start();
    let error = text.get(..8).unwrap_or_default().to_ascii_uppercase();
    match (code, error.as_str()) {
        (0, _) => WriteResult::Done,
        (12, _) => WriteResult::NoHints,
        (32, _) => WriteResult::Gone,
        // ERROR_PASSWORD_RESTRICTION
        (19 | 53, "0000052D") => WriteResult::Rule(named_rule(text)),
        // ERROR_INVALID_PASSWORD
        (19, "00000056") => WriteResult::Other(Reason::WrongPassword { tries_left: 0 }),
        // ERROR_ACCESS_DENIED, ERROR_DS_INSUFF_ACCESS_RIGHTS and any other text with code 50
        (50, _) => WriteResult::Other(Reason::AgentLacksRight),
        // timeLimitExceeded, adminLimitExceeded, busy, unavailable: explicitly not applied
        (3 | 11 | 51 | 52, _) => WriteResult::Other(Reason::DirectoryUnreachable),
        // ERROR_GEN_FAILURE (wrong encoding here, or no TLS), a referral, any unknown answer
        _ => WriteResult::Other(Reason::Internal),
    }
}

/// Returns the rule that the text of Samba names.
fn named_rule(text: &str) -> NamedRule {
    let Some((_, words)) = text.split_once("check_password_restrictions: ") else {
        return NamedRule::Unnamed;
    };
    if words.contains("too short") {
        let mut numbers = words.split(|c: char| !c.is_ascii_digit());
        let minimum = numbers.find_map(|number| number.parse().ok());
        NamedRule::TooShort { minimum }
    } else if words.contains("complexity") {
        NamedRule::Complexity
    } else if words.contains("too young") {
        NamedRule::TooYoung
    } else if words.contains("already used") {
        NamedRule::UsedBefore
    } else {
        // A password script or a module refused it ("miscellaneous restriction").
        NamedRule::Filter
    }
}

/// Returns the reason for a broken rule, with its numbers. If the rule is not named, the policy is
/// applied to find it; if it finds none, the reason is history (where the directory checks it) or a
/// filter.
pub(super) fn reason(
    rule: NamedRule,
    policy: &Policy,
    candidate: &str,
    now: u64,
    password_filter_installed: bool,
) -> Reason {
    let remembered = policy.history;
    match rule {
        NamedRule::TooShort { minimum } => Reason::TooShort {
            minimum: minimum.unwrap_or(policy.minimum),
            length: policy.judge(candidate).length,
        },
        NamedRule::Complexity => complexity(policy, candidate),
        NamedRule::TooYoung => Reason::TooYoung {
            until: policy.too_young_until.unwrap_or(now),
        },
        NamedRule::UsedBefore => Reason::UsedBefore { remembered },
        NamedRule::Filter => Reason::Filter,
        NamedRule::Unnamed => policy.refuse(candidate, now).unwrap_or({
            match (policy.checks_history(), password_filter_installed) {
                (true, false) => Reason::UsedBefore { remembered },
                (true, true) => Reason::HistoryOrFilter,
                (false, _) => Reason::Filter,
            }
        }),
    }
}

/// Returns the reason for the part of complexity that a candidate breaks.
fn complexity(policy: &Policy, candidate: &str) -> Reason {
    let strict = Policy {
        complexity: true,
        ..policy.clone()
    };
    let judgement = strict.judge(candidate);
    let broken = judgement.broken().find(|rule| rule.is_of_complexity());
    broken.unwrap_or(Rule::Classes).reason(&strict, &judgement)
}

/// Returns the reason for a failed search.
pub(super) const fn read_failure_reason(code: u32) -> Reason {
    match code {
        3 | 11 | 51 | 52 => Reason::DirectoryUnreachable,
        50 => Reason::AgentLacksRight,
        _ => Reason::Internal,
    }
}

/// Reports whether a refused sign-in counts as a wrong password, which can lock the account out.
pub(super) fn is_wrong_password(code: u32, text: &str) -> bool {
    code == 49 && text.contains("data 52e")
}

/// The result of a person's sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SignIn {
    /// The directory checked the password.
    Verified(Verified),
    /// Refused for a reason other than the password.
    Refused(Reason),
}

/// The table of answers to a person's sign-in (MS-ERREF, after `data`).
pub(super) fn classify_sign_in(code: u32, text: &str) -> SignIn {
    let data = text.split("data ").nth(1).unwrap_or_default();
    let data = data.split([',', ' ']).next().unwrap_or_default();
    match (code, data) {
        (0, _) => SignIn::Verified(Verified::Right),
        // ERROR_PASSWORD_EXPIRED, ERROR_PASSWORD_MUST_CHANGE
        (49, "532" | "773") => SignIn::Verified(Verified::MustChange),
        (49, "775") => SignIn::Refused(Reason::AccountLocked),
        (49, "533") => SignIn::Refused(Reason::AccountDisabled),
        (49, "701") => SignIn::Refused(Reason::AccountExpired),
        // ERROR_INVALID_LOGON_HOURS, ERROR_INVALID_WORKSTATION: the password was right
        (49, "530" | "531") => SignIn::Verified(Verified::Right),
        (49, _) => SignIn::Verified(Verified::Wrong),
        (3 | 11 | 51 | 52, _) => SignIn::Refused(Reason::DirectoryUnreachable),
        _ => SignIn::Refused(Reason::Internal),
    }
}

/// Describes for the operator why an account cannot sign in.
pub(super) fn describe_bind_failure(code: u32, text: &str) -> String {
    const CAUSES: [(&str, &str); 7] = [
        ("data 52e", "wrong name or password"),
        ("data 525", "no such account"),
        ("data 533", "the account is disabled"),
        ("data 775", "the account is locked"),
        ("data 532", "its password has expired"),
        ("data 773", "its password must be changed"),
        ("data 701", "the account has expired"),
    ];
    let known = CAUSES.iter().find(|(data, _)| text.contains(data));
    match known {
        Some((data, cause)) => format!("{cause} ({code}, {data})"),
        None => loggable(code, text),
    }
}

/// Formats a result code with the parts of its text that may be logged.
pub(super) fn loggable(code: u32, text: &str) -> String {
    let parts = diagnostic(text);
    if parts.is_empty() {
        return code.to_string();
    }
    format!("{code} ({})", parts.join(", "))
}

/// Returns the parts of a domain controller's text that contain no name: the status at its
/// beginning and, in the form that Windows uses (`0000052D: SvcErr: DSID-031A126C, problem 5003
/// (…), data 0`), the numbers of the source location, the problem and the data. Everything else is
/// left out, because it can name entries.
fn diagnostic(text: &str) -> Vec<&str> {
    let (status, rest) = text.trim_start().split_once(':').unwrap_or_default();
    if status.len() != 8 || !is_code(status) {
        return Vec::new();
    }
    let mut parts = vec![status];
    let (class, rest) = rest.trim_start().split_once(": ").unwrap_or_default();
    let is_class = class.ends_with("Err") && class.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (place, rest) = rest.split_once(',').unwrap_or((rest.trim(), ""));
    let source = place.strip_prefix("DSID-").filter(|id| id.len() == 8);
    if !is_class || !source.is_some_and(is_code) {
        return parts;
    }
    parts.push(place);
    // Names follow the numbers, in quotes or as distinguished names.
    let rest = rest.split(['\'', '"', '=']).next().unwrap_or_default();
    let fields = || rest.split(',').map(|field| field.trim_matches(is_blank));
    let problem = fields().find_map(problem);
    let data = fields().find(|field| field.strip_prefix("data ").is_some_and(is_code));
    parts.extend(problem);
    parts.extend(data);
    parts
}

/// Returns `problem 5003` for the field `problem 5003 (WILL_NOT_PERFORM)`.
fn problem(field: &str) -> Option<&str> {
    let number = field.strip_prefix("problem ")?.split(' ').next()?;
    let is_number = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        .then(|| field.get(.."problem ".len() + 4))
        .flatten()
}

/// Reports whether this is a code in hexadecimal. Without any digit it could be a word.
fn is_code(text: &str) -> bool {
    let all_hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.len() <= 8 && all_hexadecimal && text.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_blank(character: char) -> bool {
    character.is_control() || character == ' '
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_protocol::Argument;
    use std::collections::HashMap;
    use std::fs;

    /// Each file under `tests/results/` is one recorded answer and its expected result.
    #[test]
    fn recorded_answers() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/results");
        let mut count = 0;
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let fields: HashMap<&str, &str> = text
                .lines()
                .filter(|line| !line.starts_with('#'))
                .filter_map(|line| line.split_once(": "))
                .collect();
            let got = judge(&fields);
            assert_eq!(got, fields["expect"], "{}", path.display());
            count += 1;
        }
        assert!(count >= 20, "only {count} recorded answers");
    }

    fn judge(fields: &HashMap<&str, &str>) -> String {
        let number = |name: &str| fields.get(name).and_then(|v| v.parse::<u16>().ok());
        let is = |name: &str| fields.get(name) == Some(&"true");
        let policy = Policy {
            minimum: number("minimum").unwrap_or(7),
            complexity: true,
            history: number("history").unwrap_or(24),
            too_young_until: number("too_young_until").map(u64::from),
            account_name: String::new(),
            name_parts: Vec::new(),
            history_enforced: fields.get("history_enforced") != Some(&"false"),
        };
        let policy = policy.with_names("anna", "Anna Zielińska");
        let candidate = fields.get("candidate").copied().unwrap_or("Kupa-mleka-77");
        let code = fields["code"].parse().unwrap();
        let result = classify_write(code, fields.get("text").copied().unwrap_or_default());
        match result {
            WriteResult::Rule(rule) => describe(&reason(
                rule,
                &policy,
                candidate,
                1_000,
                is("password_filter_installed"),
            )),
            WriteResult::Other(reason) => describe(&reason),
            WriteResult::Done => "done".to_owned(),
            WriteResult::Gone => "gone".to_owned(),
            WriteResult::NoHints => "no_hints".to_owned(),
        }
    }

    fn describe(reason: &Reason) -> String {
        let mut words = vec![reason.code().to_owned()];
        for (name, value) in reason.arguments() {
            words.push(match value {
                Argument::Text(text) => format!("{name}={text}"),
                Argument::Count(count) => format!("{name}={count}"),
                Argument::Time(time) | Argument::Clock(time) => format!("{name}={time}"),
            });
        }
        words.join(" ")
    }

    #[test]
    fn a_password_that_must_be_changed_is_told_from_a_wrong_one() {
        for (code, data, means) in [
            (0, "", SignIn::Verified(Verified::Right)),
            (49, "532", SignIn::Verified(Verified::MustChange)),
            (49, "773", SignIn::Verified(Verified::MustChange)),
            (49, "531", SignIn::Verified(Verified::Right)),
            (49, "52e", SignIn::Verified(Verified::Wrong)),
            (49, "525", SignIn::Verified(Verified::Wrong)),
            (49, "775", SignIn::Refused(Reason::AccountLocked)),
            (49, "533", SignIn::Refused(Reason::AccountDisabled)),
            (49, "701", SignIn::Refused(Reason::AccountExpired)),
            (51, "", SignIn::Refused(Reason::DirectoryUnreachable)),
            (1, "", SignIn::Refused(Reason::Internal)),
        ] {
            let text = format!("80090308: LdapErr: DSID-0C09044E, comment: x, data {data}, v2580");
            assert_eq!(classify_sign_in(code, &text), means, "{code} {data}");
        }
    }

    #[test]
    fn a_refused_sign_in_is_put_in_words() {
        let text = "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, \
                    data 52e, v2580\0";
        assert_eq!(
            describe_bind_failure(49, text),
            "wrong name or password (49, data 52e)"
        );
        assert_eq!(describe_bind_failure(1, "odd\r\n\0"), "1");
    }

    #[test]
    fn what_is_logged_of_an_answer_holds_no_name() {
        for (text, logged) in [
            ("", "53"),
            ("\0", "53"),
            (
                "0000052D: SvcErr: DSID-031A126C, problem 5003 (WILL_NOT_PERFORM), data 0\n\0",
                "53 (0000052D, DSID-031A126C, problem 5003, data 0)",
            ),
            (
                "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 52e, \
                 v2580\0",
                "53 (80090308, DSID-0C09044E, data 52e)",
            ),
            (
                "0000052D: AtrErr: DSID-03190FD6, #1:\n\t0: 0000052D: DSID-03190FD6, problem 1005 \
                 (CONSTRAINT_ATT_TYPE), data 0, Att 9005a (unicodePwd)\n\0",
                "53 (0000052D, DSID-03190FD6, problem 1005, data 0)",
            ),
            (
                "0000208D: NameErr: DSID-03100288, problem 2001 (NO_OBJECT), data 0, best match of:\
                 \n\t'CN=Carl Cermak,OU=Staff,DC=corp,DC=example'\n\0",
                "53 (0000208D, DSID-03100288, problem 2001, data 0)",
            ),
            (
                "0000202B: RefErr: DSID-0310074A, data 0, 1 access points\n\tref 1: \
                 'cermak.corp.example'\n\0",
                "53 (0000202B, DSID-0310074A, data 0)",
            ),
            (
                "00000005: SecErr: DSID-031A11B9",
                "53 (00000005, DSID-031A11B9)",
            ),
            // Samba names entries in texts of its own.
            (
                "00002098: Object CN=Carl Cermak,OU=Staff,DC=corp,DC=example has no write property \
                 access",
                "53 (00002098)",
            ),
            (
                "0000052D: Constraint violation - check_password_restrictions: the password is too \
                 short. It should be equal to or longer than 12 characters!",
                "53 (0000052D)",
            ),
            ("error in module acl: insufficient rights on CN=Carl", "53"),
            // Names that look like numbers, or that are not where they are expected.
            ("CN=00002098: SecErr: DSID-031A11B9, data 1", "53"),
            ("Cermak00: SecErr: DSID-031A11B9, data 1", "53"),
            ("Abbadeca: SecErr: DSID-031A11B9, data 1", "53"),
            ("0000052D: Carl: DSID-031A126C, data 0", "53 (0000052D)"),
            ("0000052D: CarlErr Cermak: DSID-031A126C", "53 (0000052D)"),
            ("0000052D: SvcErr: DSID-Carl, data 0", "53 (0000052D)"),
            (
                "0000052D: SvcErr: DSID-031A126C Carl, data 0",
                "53 (0000052D)",
            ),
            (
                "0000052D: SvcErr: DSID-031A126C, problem carl, data Ada",
                "53 (0000052D, DSID-031A126C)",
            ),
            (
                "0000052D: SvcErr: DSID-031A126C, problem 5003Carl, data 52e Carl",
                "53 (0000052D, DSID-031A126C)",
            ),
            (
                "0000052D: SvcErr: DSID-031A126C, CN=Carl, data 80010112, OU=Staff",
                "53 (0000052D, DSID-031A126C)",
            ),
            (
                "0000052D: SvcErr: DSID-031A126C, problem 5003 (Carl), data 8001011234",
                "53 (0000052D, DSID-031A126C, problem 5003)",
            ),
            ("čermák: data 1", "53"),
            ("0000052Č: SvcErr: DSID-031A126C", "53"),
        ] {
            assert_eq!(loggable(53, text), logged, "{text:?}");
        }
    }
}
