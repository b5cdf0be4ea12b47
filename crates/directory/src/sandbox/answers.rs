//! The answers that the sandbox gives on request: an account for each, whose login name is the code of
//! the reason, and the step of a flow that gives it.

use super::scripts::{Behaviour, Script, script};
use super::{HISTORY_LENGTH, MINIMUM_LENGTH, TOO_YOUNG_SECONDS};
use postern_protocol::policy::{CLASSES_NEEDED, MAX_LENGTH};
use postern_protocol::{FlowKind, Reason};

/// A step of a flow that gives an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerStep {
    /// The user name is sent.
    UserName,
    /// A code is requested.
    SendCode,
    /// A code is sent.
    Code,
    /// The current password is sent.
    CurrentPassword,
    /// The rules for the new password are read, or the new password is sent.
    NewPassword,
    /// The account is unlocked.
    Unlock,
    /// A method is added.
    Methods,
}

impl AnswerStep {
    /// Every step, in the order of a flow.
    pub const ALL: [Self; 7] = [
        Self::UserName,
        Self::SendCode,
        Self::Code,
        Self::CurrentPassword,
        Self::NewPassword,
        Self::Unlock,
        Self::Methods,
    ];

    /// Returns the step that gives a reason.
    #[must_use]
    pub const fn of(reason: &Reason) -> Self {
        match reason {
            Reason::UserNotFound
            | Reason::AccountAmbiguous
            | Reason::AccountDisabled
            | Reason::AccountExpired
            | Reason::AccountProtected
            | Reason::TooFewGates
            | Reason::PasswordElsewhere { .. }
            | Reason::NotOffered
            | Reason::DirectoryUnreachable
            | Reason::MessageExpired => Self::UserName,
            Reason::CodeNotSent | Reason::SentTooRecently { .. } | Reason::TooManyCodes { .. } => {
                Self::SendCode
            }
            Reason::WrongCode { .. }
            | Reason::CodeExpired
            | Reason::CodeUsed
            | Reason::Locked { .. }
            | Reason::TooManyFromNetwork { .. }
            | Reason::FlowExpired
            | Reason::VersionMismatch
            | Reason::StoreUnavailable => Self::Code,
            Reason::WrongPassword { .. }
            | Reason::AccountLocked
            | Reason::PasswordNotTried
            | Reason::MustChangeFirst => Self::CurrentPassword,
            Reason::TooShort { .. }
            | Reason::TooLong { .. }
            | Reason::TooFewClasses { .. }
            | Reason::ContainsAccountName
            | Reason::ContainsDisplayName
            | Reason::ForbiddenCharacter
            | Reason::UsedBefore { .. }
            | Reason::TooYoung { .. }
            | Reason::Filter
            | Reason::HistoryOrFilter
            | Reason::BannedWord { .. }
            | Reason::KnownFromBreaches
            | Reason::AgentLacksRight
            | Reason::PolicyUnreadable
            | Reason::ClockWrong
            | Reason::Internal
            | Reason::InDoubt => Self::NewPassword,
            Reason::NotLocked => Self::Unlock,
            Reason::MethodPresent | Reason::MethodNotAdded => Self::Methods,
        }
    }

    /// Returns the stable name: the second half of the Fluent key `sandbox-at-…`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UserName => "user_name",
            Self::SendCode => "send_code",
            Self::Code => "code",
            Self::CurrentPassword => "current_password",
            Self::NewPassword => "new_password",
            Self::Unlock => "unlock",
            Self::Methods => "methods",
        }
    }
}

/// An answer: the reason, and the flow that leads to the step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The reason, with plausible numbers.
    pub reason: Reason,
    /// The step that gives it.
    pub step: AnswerStep,
    /// The kind of flow that has this step.
    pub flow_kind: FlowKind,
}

impl Answer {
    /// Returns the answer with this code at a time.
    pub(super) fn named(code: &str, now: u64) -> Option<Self> {
        let reason = Reason::ALL.iter().find(|reason| reason.code() == code)?;
        let step = AnswerStep::of(reason);
        let flow_kind = match (reason, step) {
            (Reason::MustChangeFirst, _) | (_, AnswerStep::Methods) => FlowKind::Methods,
            (_, AnswerStep::CurrentPassword) => FlowKind::Change,
            (_, AnswerStep::Unlock) => FlowKind::Unlock,
            _ => FlowKind::Reset,
        };
        Some(Self {
            reason: with_numbers(reason, now),
            step,
            flow_kind,
        })
    }
}

/// The accounts of the answers.
const SCRIPTS: [Script; Reason::ALL.len()] = {
    let mut scripts = [script("", "Robin Sample", Behaviour::Answers); Reason::ALL.len()];
    let mut index = 0;
    while index < scripts.len() {
        scripts[index].login_name = Reason::ALL[index].code();
        index += 1;
    }
    scripts
};

/// One account for each answer.
pub(super) const ANSWERS: &[Script] = &SCRIPTS;

/// Returns a reason with plausible numbers instead of those in [`Reason::ALL`].
fn with_numbers(reason: &Reason, now: u64) -> Reason {
    let later = now + TOO_YOUNG_SECONDS;
    match reason {
        Reason::WrongCode { .. } => Reason::WrongCode { tries_left: 3 },
        Reason::WrongPassword { .. } => Reason::WrongPassword { tries_left: 2 },
        Reason::Locked { .. } => Reason::Locked { until: later },
        Reason::TooYoung { .. } => Reason::TooYoung { until: later },
        Reason::TooManyCodes { .. } => Reason::TooManyCodes { until: later },
        Reason::TooManyFromNetwork { .. } => Reason::TooManyFromNetwork { until: later },
        Reason::SentTooRecently { .. } => Reason::SentTooRecently { until: now + 30 },
        Reason::TooShort { .. } => Reason::TooShort {
            minimum: MINIMUM_LENGTH.0,
            length: 8,
        },
        Reason::TooLong { .. } => Reason::TooLong {
            maximum: MAX_LENGTH,
            length: 300,
        },
        Reason::TooFewClasses { .. } => Reason::TooFewClasses {
            needed: CLASSES_NEEDED,
            found: 2,
        },
        Reason::UsedBefore { .. } => Reason::UsedBefore {
            remembered: HISTORY_LENGTH,
        },
        Reason::PasswordElsewhere { .. } => Reason::PasswordElsewhere {
            place: "https://passwords.example/".into(),
        },
        plain => plain.clone(),
    }
}
