//! The reasons for a refusal by the agent: one table, with a row for each.

use crate::banned::BannedKind;
use crate::fields::Fields;
use minicbor::{Decode, Encode};

/// Makes [`Reason`] of a table with a row for each reason:
///
/// ```text
/// /// Its documentation.
/// number Name {
///     /// Documentation of a field.
///     number field: type = Kind("argument"),
/// } => "code", password;
/// ```
///
/// The numbers are those on the wire. A field that the texts show has the [`Argument`] that it is and
/// its name in Fluent. `password` marks a reason that another new password can avoid. `also` lists
/// further values for [`Reason::ALL`], where the fields decide over the code.
macro_rules! reasons {
    ($(
        $(#[$doc:meta])*
        $number:literal $name:ident $({ $(
            $(#[$field_doc:meta])*
            $field_number:literal $field:ident: $type:ty $(= $kind:ident($argument:literal))?,
        )+ })? => $code:expr $(, $concerns:ident)? $(, also [$($also:expr),+ $(,)?])?;
    )+) => {
        /// The reason for a refusal, sent sealed. Public documentation of each code: `reason-<code>`
        /// in `locales/en/reasons.ftl` explains what happened, its attribute `.do` what to do.
        #[derive(Clone, Debug, PartialEq, Eq, Encode)]
        pub enum Reason { $(
            $(#[$doc])*
            #[n($number)]
            $name $({ $(
                $(#[$field_doc])*
                #[n($field_number)]
                $field: $type,
            )+ })?,
        )+ }

        impl<'b, C> Decode<'b, C> for Reason {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                let (variant, mut fields) = Fields::open_variant(d)?;
                let reason = match variant {
                    $($number => Self::$name { $($($field: Field::read(&mut fields)?,)+)? },)+
                    _ => return Err(minicbor::decode::Error::message("an unknown reason")),
                };
                fields.close()?;
                Ok(reason)
            }
        }

        impl Reason {
            /// A value of every code, for tests and for the pages that list them.
            pub const ALL: &'static [Self] = &[$(
                Self::$name { $($($field: Field::EXAMPLE,)+)? },
                $($($also,)+)?
            )+];

            /// Returns the stable code. The Fluent key is `reason-` followed by the code with
            /// hyphens.
            #[must_use]
            #[expect(unused_variables, reason = "the fields of one reason decide over its code")]
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Self::$name { $($($field,)+)? } => $code,)+
                }
            }

            /// Returns the arguments of the reason's texts, by name.
            #[must_use]
            #[expect(unused_variables, reason = "some fields are not shown")]
            pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
                match self {
                    $(Self::$name { $($($field,)+)? } => vec![
                        $($($(($argument, Argument::$kind($field.to_owned())),)?)+)?
                    ],)+
                }
            }

            /// Reports whether the new password is the cause, so that the person can try another
            /// one.
            #[must_use]
            pub const fn concerns_password(&self) -> bool {
                match self {
                    $(Self::$name { .. } => reasons!(@concerns $($concerns)?),)+
                }
            }
        }
    };
    (@concerns password) => { true };
    (@concerns) => { false };
}

// Numbers are never given to another reason: those that are missing belonged to reasons that are gone.
reasons! {
    /// No account has this login name (`tell` tenants only).
    0 UserNotFound => "user_not_found";
    /// More than one account has this login name.
    1 AccountAmbiguous => "account_ambiguous";
    /// The account is disabled (`ACCOUNTDISABLE`, MS-ADTS 2.2.16).
    2 AccountDisabled => "account_disabled";
    /// The account has expired (`accountExpires`).
    3 AccountExpired => "account_expired";
    /// The account is protected: by its groups, by its rights and flags, or as the agent's own.
    4 AccountProtected => "account_protected";
    /// Fewer gates are set up for the account than the tenant requires.
    5 TooFewGates => "too_few_gates";
    /// The code is wrong.
    6 WrongCode {
        /// The number of wrong answers that are still allowed.
        0 tries_left: u16 = Count("tries"),
    } => "wrong_code";
    /// The code that was sent has expired.
    7 CodeExpired => "code_expired";
    /// The code has been used already.
    8 CodeUsed => "code_used";
    /// Too many wrong codes for this account: gates with codes that can be guessed are closed,
    /// others are not.
    9 Locked {
        /// The time at which these gates open again.
        0 until: u64 = Time("until"),
    } => "locked";
    /// The flow has ended, or its token is not the current one.
    10 FlowExpired => "flow_expired";
    /// The message was opened after its expiry; nothing was changed.
    11 MessageExpired => "message_expired";
    /// The message is not of this version.
    12 VersionMismatch => "version_mismatch";
    /// The result is not known: the same request was received before the agent was stopped, or a
    /// write to the directory was not answered.
    13 InDoubt => "in_doubt";
    /// The password is too short.
    14 TooShort {
        /// The minimum length in UTF-16 code units.
        0 minimum: u16 = Count("minimum"),
        /// The password's length in UTF-16 code units.
        1 length: u16 = Count("length"),
    } => "too_short", password;
    /// The password is too long.
    15 TooLong {
        /// The maximum length in UTF-16 code units.
        0 maximum: u16 = Count("maximum"),
        /// The password's length in UTF-16 code units.
        1 length: u16 = Count("length"),
    } => "too_long", password;
    /// Too few character classes (MS-SAMR 3.1.1.7.2).
    16 TooFewClasses {
        /// The number of classes required.
        0 needed: u16 = Count("needed"),
        /// The number of classes found.
        1 found: u16 = Count("found"),
    } => "too_few_classes", password;
    /// The password contains the account name.
    17 ContainsAccountName => "contains_account_name", password;
    /// The password contains a part of the display name.
    18 ContainsDisplayName => "contains_display_name", password;
    /// The password contains a forbidden character: a control character or a noncharacter.
    19 ForbiddenCharacter => "forbidden_character", password;
    /// The password is one of the remembered ones.
    20 UsedBefore {
        /// The number of passwords that the directory remembers; 0 if it is not known.
        0 remembered: u16 = Count("remembered"),
    } => "used_before", password;
    /// The password was changed too recently (`minPwdAge`).
    21 TooYoung {
        /// The time from which it may be changed again.
        0 until: u64 = Time("until"),
    } => "too_young";
    /// A password filter of the directory refused the password.
    22 Filter => "filter", password;
    /// The directory refused the password without saying whether history or a filter is the cause.
    23 HistoryOrFilter => "history_or_filter", password;
    /// The directory cannot be reached; nothing was changed.
    24 DirectoryUnreachable => "directory_unreachable";
    /// The agent's account lacks the right to reset this password.
    25 AgentLacksRight => "agent_lacks_right";
    /// The agent cannot read the account's policy.
    26 PolicyUnreadable => "policy_unreadable";
    /// The agent's clock differs too much from the directory's.
    27 ClockWrong => "clock_wrong";
    /// The agent cannot use its store.
    28 StoreUnavailable => "store_unavailable";
    /// An internal error of this product.
    29 Internal => "internal";
    /// So many codes were sent for this account that the next one has to wait; the last one still
    /// works.
    30 TooManyCodes {
        /// The time at which another code can be sent.
        0 until: u64 = Time("until"),
    } => "too_many_codes";
    /// The password consists of banned words, or contains a name.
    31 BannedWord {
        /// The source of the words; the words are never sent.
        0 kind: BannedKind,
    } => match kind {
        BannedKind::Common => "banned_word_common",
        BannedKind::Organisation => "banned_word_organisation",
        BannedKind::Name => "banned_word_name",
    }, password, also [
        Self::BannedWord { kind: BannedKind::Organisation },
        Self::BannedWord { kind: BannedKind::Name },
    ];
    /// The password is in a list of passwords known from breaches.
    32 KnownFromBreaches => "known_from_breaches", password;
    /// A code could not be sent: mail, text messages or calls do not work at present.
    33 CodeNotSent => "code_not_sent";
    /// A code was sent a moment ago, or very many were sent for others; a code that was sent
    /// still works.
    34 SentTooRecently {
        /// The time at which another code can be sent, in full minutes.
        0 until: u64 = Clock("until"),
    } => "sent_too_recently";
    /// The current password is wrong.
    36 WrongPassword {
        /// The number of wrong answers that are still allowed.
        0 tries_left: u16 = Count("tries"),
    } => "wrong_password";
    /// The account to be unlocked is not locked; the person may need a new password instead.
    37 NotLocked => "not_locked";
    /// The tenant does not offer this flow.
    38 NotOffered => "not_offered";
    /// The account is locked in the directory (`lockoutTime`), so its password cannot be verified.
    39 AccountLocked => "account_locked";
    /// The account already has a method of this kind.
    42 MethodPresent => "method_present";
    /// The password must be changed before methods can be.
    43 MustChangeFirst => "must_change_first";
    /// Adding the method was cancelled after too many wrong codes.
    44 MethodNotAdded => "method_not_added";
    /// The password of this account is not stored in the tenant's directory.
    45 PasswordElsewhere {
        /// The place where it can be reset: a URL or a text.
        0 place: String = Text("place"),
    } => "password_elsewhere";
    /// The current password was not tried, because a wrong one would bring the account too close to
    /// the directory's own lockout.
    50 PasswordNotTried => "password_not_tried";
    /// There were so many attempts from the person's network that a possible guess has to wait.
    46 TooManyFromNetwork {
        /// The time at which it can be tried again.
        0 until: u64 = Time("until"),
    } => "too_many_from_network";
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

/// The type of a field.
trait Field<'b>: Sized {
    /// The value in [`Reason::ALL`].
    const EXAMPLE: Self;

    /// Reads the next field.
    fn read(fields: &mut Fields<'_, 'b>) -> Result<Self, minicbor::decode::Error>;
}

impl Field<'_> for u16 {
    const EXAMPLE: Self = 0;

    fn read(fields: &mut Fields<'_, '_>) -> Result<Self, minicbor::decode::Error> {
        fields.number()
    }
}

impl Field<'_> for u64 {
    const EXAMPLE: Self = 0;

    fn read(fields: &mut Fields<'_, '_>) -> Result<Self, minicbor::decode::Error> {
        fields.number()
    }
}

impl Field<'_> for String {
    const EXAMPLE: Self = Self::new();

    fn read(fields: &mut Fields<'_, '_>) -> Result<Self, minicbor::decode::Error> {
        fields.next()
    }
}

impl Field<'_> for BannedKind {
    const EXAMPLE: Self = Self::Common;

    fn read(fields: &mut Fields<'_, '_>) -> Result<Self, minicbor::decode::Error> {
        Self::from_number(fields.number()?)
            .ok_or(minicbor::decode::Error::message("an unknown kind"))
    }
}
