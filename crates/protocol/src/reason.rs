//! The reasons for a refusal by the agent, each with one stable code and one pair of Fluent texts.

use crate::banned::BannedKind;
use crate::fields::Fields;
use minicbor::{Decode, Encode};

/// The reason for a refusal, sent sealed. Public documentation of each code: `reason-<code>` in
/// `locales/en/reasons.ftl` explains what happened, its attribute `.do` what to do.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub enum Reason {
    /// No account has this login name (`tell` tenants only).
    #[n(0)]
    UserNotFound,
    /// More than one account has this login name.
    #[n(1)]
    AccountAmbiguous,
    /// The account is disabled (`ACCOUNTDISABLE`, MS-ADTS 2.2.16).
    #[n(2)]
    AccountDisabled,
    /// The account has expired (`accountExpires`).
    #[n(3)]
    AccountExpired,
    /// The account is protected: by its groups, by its rights and flags, or as the agent's own.
    #[n(4)]
    AccountProtected,
    /// Fewer gates are set up for the account than the tenant requires.
    #[n(5)]
    TooFewGates,
    /// The code is wrong.
    #[n(6)]
    WrongCode {
        /// The number of wrong answers that are still allowed.
        #[n(0)]
        tries_left: u16,
    },
    /// The code that was sent has expired.
    #[n(7)]
    CodeExpired,
    /// The code has been used already.
    #[n(8)]
    CodeUsed,
    /// Too many wrong codes for this account: gates with codes that can be guessed are closed,
    /// others are not.
    #[n(9)]
    Locked {
        /// The time at which these gates open again.
        #[n(0)]
        until: u64,
    },
    /// The flow has ended, or its token is not the current one.
    #[n(10)]
    FlowExpired,
    /// The message was opened after its expiry; nothing was changed.
    #[n(11)]
    MessageExpired,
    /// The message is not of this version.
    #[n(12)]
    VersionMismatch,
    /// The result is not known: the same request was received before the agent was stopped, or a
    /// write to the directory was not answered.
    #[n(13)]
    InDoubt,
    /// The password is too short.
    #[n(14)]
    TooShort {
        /// The minimum length in UTF-16 code units.
        #[n(0)]
        minimum: u16,
        /// The password's length in UTF-16 code units.
        #[n(1)]
        length: u16,
    },
    /// The password is too long.
    #[n(15)]
    TooLong {
        /// The maximum length in UTF-16 code units.
        #[n(0)]
        maximum: u16,
        /// The password's length in UTF-16 code units.
        #[n(1)]
        length: u16,
    },
    /// Too few character classes (MS-SAMR 3.1.1.7.2).
    #[n(16)]
    TooFewClasses {
        /// The number of classes required.
        #[n(0)]
        needed: u16,
        /// The number of classes found.
        #[n(1)]
        found: u16,
    },
    /// The password contains the account name.
    #[n(17)]
    ContainsAccountName,
    /// The password contains a part of the display name.
    #[n(18)]
    ContainsDisplayName,
    /// The password contains a forbidden character: a control character or a noncharacter.
    #[n(19)]
    ForbiddenCharacter,
    /// The password is one of the remembered ones.
    #[n(20)]
    UsedBefore {
        /// The number of passwords that the directory remembers; 0 if it is not known.
        #[n(0)]
        remembered: u16,
    },
    /// The password was changed too recently (`minPwdAge`).
    #[n(21)]
    TooYoung {
        /// The time from which it may be changed again.
        #[n(0)]
        until: u64,
    },
    /// A password filter of the directory refused the password.
    #[n(22)]
    Filter,
    /// The directory refused the password without saying whether history or a filter is the cause.
    #[n(23)]
    HistoryOrFilter,
    /// The directory cannot be reached; nothing was changed.
    #[n(24)]
    DirectoryUnreachable,
    /// The agent's account lacks the right to reset this password.
    #[n(25)]
    AgentLacksRight,
    /// The agent cannot read the account's policy.
    #[n(26)]
    PolicyUnreadable,
    /// The agent's clock differs too much from the directory's.
    #[n(27)]
    ClockWrong,
    /// The agent cannot use its store.
    #[n(28)]
    StoreUnavailable,
    /// An internal error of this product.
    #[n(29)]
    Internal,
    /// So many codes were sent for this account that the next one has to wait; the last one still
    /// works.
    #[n(30)]
    TooManyCodes {
        /// The time at which another code can be sent.
        #[n(0)]
        until: u64,
    },
    /// The password consists of banned words, or contains a name.
    #[n(31)]
    BannedWord {
        /// The source of the words; the words are never sent.
        #[n(0)]
        kind: BannedKind,
    },
    /// The password is in a list of passwords known from breaches.
    #[n(32)]
    KnownFromBreaches,
    /// A code could not be sent: mail, text messages or calls do not work at present.
    #[n(33)]
    CodeNotSent,
    /// A code was sent a moment ago, or very many were sent for others; a code that was sent
    /// still works.
    #[n(34)]
    SentTooRecently {
        /// The time at which another code can be sent, in full minutes.
        #[n(0)]
        until: u64,
    },
    /// The current password is wrong.
    #[n(36)]
    WrongPassword {
        /// The number of wrong answers that are still allowed.
        #[n(0)]
        tries_left: u16,
    },
    /// The account to be unlocked is not locked; the person may need a new password instead.
    #[n(37)]
    NotLocked,
    /// The tenant does not offer this flow.
    #[n(38)]
    NotOffered,
    /// The account is locked in the directory (`lockoutTime`), so its password cannot be verified.
    #[n(39)]
    AccountLocked,
    /// The account already has a method of this kind.
    #[n(42)]
    MethodPresent,
    /// The password must be changed before methods can be.
    #[n(43)]
    MustChangeFirst,
    /// Adding the method was cancelled after too many wrong codes.
    #[n(44)]
    MethodNotAdded,
    /// The password of this account is not stored in the tenant's directory.
    #[n(45)]
    PasswordElsewhere {
        /// The place where it can be reset: a URL or a text.
        #[n(0)]
        place: String,
    },
    /// The current password was not tried, because a wrong one would bring the account too close to
    /// the directory's own lockout.
    #[n(50)]
    PasswordNotTried,
    /// There were so many attempts from the person's network that a possible guess has to wait.
    #[n(46)]
    TooManyFromNetwork {
        /// The time at which it can be tried again.
        #[n(0)]
        until: u64,
    },
}

impl<'b, C> Decode<'b, C> for Reason {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let (variant, mut fields) = Fields::open_variant(d)?;
        let reason = match variant {
            0 => Self::UserNotFound,
            1 => Self::AccountAmbiguous,
            2 => Self::AccountDisabled,
            3 => Self::AccountExpired,
            4 => Self::AccountProtected,
            5 => Self::TooFewGates,
            6 => Self::WrongCode {
                tries_left: fields.number()?,
            },
            7 => Self::CodeExpired,
            8 => Self::CodeUsed,
            9 => Self::Locked {
                until: fields.number()?,
            },
            10 => Self::FlowExpired,
            11 => Self::MessageExpired,
            12 => Self::VersionMismatch,
            13 => Self::InDoubt,
            14 => Self::TooShort {
                minimum: fields.number()?,
                length: fields.number()?,
            },
            15 => Self::TooLong {
                maximum: fields.number()?,
                length: fields.number()?,
            },
            16 => Self::TooFewClasses {
                needed: fields.number()?,
                found: fields.number()?,
            },
            17 => Self::ContainsAccountName,
            18 => Self::ContainsDisplayName,
            19 => Self::ForbiddenCharacter,
            20 => Self::UsedBefore {
                remembered: fields.number()?,
            },
            21 => Self::TooYoung {
                until: fields.number()?,
            },
            22 => Self::Filter,
            23 => Self::HistoryOrFilter,
            24 => Self::DirectoryUnreachable,
            25 => Self::AgentLacksRight,
            26 => Self::PolicyUnreadable,
            27 => Self::ClockWrong,
            28 => Self::StoreUnavailable,
            29 => Self::Internal,
            30 => Self::TooManyCodes {
                until: fields.number()?,
            },
            31 => Self::BannedWord {
                kind: BannedKind::from_number(fields.number()?)
                    .ok_or(minicbor::decode::Error::message("an unknown kind"))?,
            },
            32 => Self::KnownFromBreaches,
            33 => Self::CodeNotSent,
            34 => Self::SentTooRecently {
                until: fields.number()?,
            },
            36 => Self::WrongPassword {
                tries_left: fields.number()?,
            },
            37 => Self::NotLocked,
            38 => Self::NotOffered,
            39 => Self::AccountLocked,
            42 => Self::MethodPresent,
            43 => Self::MustChangeFirst,
            44 => Self::MethodNotAdded,
            45 => Self::PasswordElsewhere {
                place: fields.next()?,
            },
            50 => Self::PasswordNotTried,
            46 => Self::TooManyFromNetwork {
                until: fields.number()?,
            },
            _ => return Err(minicbor::decode::Error::message("an unknown reason")),
        };
        fields.close()?;
        Ok(reason)
    }
}

/// The value of a Fluent argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A text, used unchanged.
    Text(String),
    /// A number, which may select a plural form.
    Count(u16),
    /// A date and time in seconds since the Unix epoch, to be shown in the person's time zone.
    Time(u64),
    /// A time in seconds since the Unix epoch, to be shown without its date.
    Clock(u64),
}

impl Reason {
    /// One value of each reason, for tests and for the list of texts that the browser needs.
    pub const ALL: [Self; 47] = [
        Self::UserNotFound,
        Self::AccountAmbiguous,
        Self::AccountDisabled,
        Self::AccountExpired,
        Self::AccountProtected,
        Self::TooFewGates,
        Self::WrongCode { tries_left: 0 },
        Self::CodeExpired,
        Self::CodeUsed,
        Self::Locked { until: 0 },
        Self::FlowExpired,
        Self::MessageExpired,
        Self::VersionMismatch,
        Self::InDoubt,
        Self::TooShort {
            minimum: 0,
            length: 0,
        },
        Self::TooLong {
            maximum: 0,
            length: 0,
        },
        Self::TooFewClasses {
            needed: 0,
            found: 0,
        },
        Self::ContainsAccountName,
        Self::ContainsDisplayName,
        Self::ForbiddenCharacter,
        Self::UsedBefore { remembered: 0 },
        Self::TooYoung { until: 0 },
        Self::Filter,
        Self::HistoryOrFilter,
        Self::DirectoryUnreachable,
        Self::AgentLacksRight,
        Self::PolicyUnreadable,
        Self::ClockWrong,
        Self::StoreUnavailable,
        Self::Internal,
        Self::TooManyCodes { until: 0 },
        Self::BannedWord {
            kind: BannedKind::Common,
        },
        Self::BannedWord {
            kind: BannedKind::Organisation,
        },
        Self::BannedWord {
            kind: BannedKind::Name,
        },
        Self::KnownFromBreaches,
        Self::CodeNotSent,
        Self::SentTooRecently { until: 0 },
        Self::WrongPassword { tries_left: 0 },
        Self::NotLocked,
        Self::NotOffered,
        Self::AccountLocked,
        Self::MethodPresent,
        Self::MustChangeFirst,
        Self::MethodNotAdded,
        Self::PasswordElsewhere {
            place: String::new(),
        },
        Self::PasswordNotTried,
        Self::TooManyFromNetwork { until: 0 },
    ];

    /// Returns the stable code. The Fluent key is `reason-` followed by the code with hyphens.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UserNotFound => "user_not_found",
            Self::AccountAmbiguous => "account_ambiguous",
            Self::AccountDisabled => "account_disabled",
            Self::AccountExpired => "account_expired",
            Self::AccountProtected => "account_protected",
            Self::TooFewGates => "too_few_gates",
            Self::WrongCode { .. } => "wrong_code",
            Self::CodeExpired => "code_expired",
            Self::CodeUsed => "code_used",
            Self::Locked { .. } => "locked",
            Self::FlowExpired => "flow_expired",
            Self::MessageExpired => "message_expired",
            Self::VersionMismatch => "version_mismatch",
            Self::InDoubt => "in_doubt",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::TooFewClasses { .. } => "too_few_classes",
            Self::ContainsAccountName => "contains_account_name",
            Self::ContainsDisplayName => "contains_display_name",
            Self::ForbiddenCharacter => "forbidden_character",
            Self::UsedBefore { .. } => "used_before",
            Self::TooYoung { .. } => "too_young",
            Self::Filter => "filter",
            Self::HistoryOrFilter => "history_or_filter",
            Self::DirectoryUnreachable => "directory_unreachable",
            Self::AgentLacksRight => "agent_lacks_right",
            Self::PolicyUnreadable => "policy_unreadable",
            Self::ClockWrong => "clock_wrong",
            Self::StoreUnavailable => "store_unavailable",
            Self::Internal => "internal",
            Self::TooManyCodes { .. } => "too_many_codes",
            Self::BannedWord { kind } => match kind {
                BannedKind::Common => "banned_word_common",
                BannedKind::Organisation => "banned_word_organisation",
                BannedKind::Name => "banned_word_name",
            },
            Self::KnownFromBreaches => "known_from_breaches",
            Self::CodeNotSent => "code_not_sent",
            Self::SentTooRecently { .. } => "sent_too_recently",
            Self::WrongPassword { .. } => "wrong_password",
            Self::NotLocked => "not_locked",
            Self::NotOffered => "not_offered",
            Self::AccountLocked => "account_locked",
            Self::MethodPresent => "method_present",
            Self::MustChangeFirst => "must_change_first",
            Self::MethodNotAdded => "method_not_added",
            Self::PasswordElsewhere { .. } => "password_elsewhere",
            Self::PasswordNotTried => "password_not_tried",
            Self::TooManyFromNetwork { .. } => "too_many_from_network",
        }
    }

    /// Returns the arguments of the reason's texts, by name.
    #[must_use]
    pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
        match *self {
            Self::PasswordElsewhere { ref place } => {
                vec![("place", Argument::Text(place.clone()))]
            }
            Self::WrongCode { tries_left } | Self::WrongPassword { tries_left } => {
                vec![("tries", Argument::Count(tries_left))]
            }
            Self::Locked { until }
            | Self::TooYoung { until }
            | Self::TooManyCodes { until }
            | Self::TooManyFromNetwork { until } => {
                vec![("until", Argument::Time(until))]
            }
            Self::TooShort { minimum, length } => vec![
                ("minimum", Argument::Count(minimum)),
                ("length", Argument::Count(length)),
            ],
            Self::TooLong { maximum, length } => vec![
                ("maximum", Argument::Count(maximum)),
                ("length", Argument::Count(length)),
            ],
            Self::TooFewClasses { needed, found } => vec![
                ("needed", Argument::Count(needed)),
                ("found", Argument::Count(found)),
            ],
            Self::SentTooRecently { until } => vec![("until", Argument::Clock(until))],
            Self::UsedBefore { remembered } => vec![("remembered", Argument::Count(remembered))],
            _ => Vec::new(),
        }
    }

    /// Reports whether the new password is the cause, so that the person can try another one.
    #[must_use]
    pub const fn concerns_password(&self) -> bool {
        matches!(
            self,
            Self::TooShort { .. }
                | Self::TooLong { .. }
                | Self::TooFewClasses { .. }
                | Self::ContainsAccountName
                | Self::ContainsDisplayName
                | Self::ForbiddenCharacter
                | Self::UsedBefore { .. }
                | Self::Filter
                | Self::HistoryOrFilter
                | Self::BannedWord { .. }
                | Self::KnownFromBreaches
        )
    }
}
