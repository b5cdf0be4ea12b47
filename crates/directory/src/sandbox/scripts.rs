//! The scripted accounts of the sandbox and their behaviours: two tables.

use postern_protocol::FlowKind;

/// Makes [`Behaviour`] of a table with a row for each: its documentation, its variant, its name.
macro_rules! behaviours {
    ($($(#[$doc:meta])* $behaviour:ident $name:literal,)+) => {
        /// The scripted behaviour of an account.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Behaviour {
            $($(#[$doc])* $behaviour,)+
        }

        impl Behaviour {
            /// Returns the stable name: the second half of the Fluent key `sandbox-does-…`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$behaviour => $name,)+
                }
            }
        }
    };
}

behaviours! {
    /// Everything works; a mailed code is enough where one gate is asked for.
    Works "works",
    /// Everything works; the account has an authenticator besides its mail address.
    Authenticator "authenticator",
    /// The account is disabled.
    Disabled "disabled",
    /// The account is protected.
    Protected "protected",
    /// The account has expired.
    Expired "expired",
    /// The account is locked out until its password is reset.
    Locked "locked",
    /// Every password was used before.
    UsedBefore "used_before",
    /// The password was changed too recently.
    TooYoung "too_young",
    /// A password filter refuses every password.
    Filter "filter",
    /// History or a filter refuses every password.
    HistoryOrFilter "history_or_filter",
    /// The directory cannot be reached when the password is to be set.
    Unreachable "unreachable",
    /// The agent lacks the right to reset the password.
    LacksRight "lacks_right",
    /// The login name belongs to more than one account.
    Ambiguous "ambiguous",
    /// A policy of its own applies, with a longer minimum.
    FineGrained "fine_grained",
    /// The account has no gate.
    NoGates "no_gates",
    /// The policy cannot be read.
    PolicyUnreadable "policy_unreadable",
    /// Everything works; the page suggests passwords that are refused as banned.
    BannedWord "banned_word",
    /// Everything works; the page suggests a password that is known from a breach.
    KnownFromBreaches "known_from_breaches",
    /// The password must be changed at the next sign-in.
    MustChange "must_change",
    /// The password is set, and the answer is lost.
    InDoubt "in_doubt",
    /// The account has two mail addresses.
    TwoAddresses "two_addresses",
    /// Codes come by text message only.
    Sms "sms",
    /// Codes come by call only.
    Voice "voice",
    /// The account has only a number to which nothing can be sent.
    NotSent "not_sent",
    /// The account has recovery codes only.
    Recovery "recovery",
    /// The account has passes of the helpdesk only.
    Pass "pass",
    /// The account is in a group that needs two gates.
    TwoGates "two_gates",
    /// The account has every gate.
    EveryGate "every_gate",
    /// The account gets one answer, at the step that gives it: its login name is the answer's code.
    Answers "answers",
}

/// An account and its scripted behaviour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Script {
    /// Its login name.
    pub login_name: &'static str,
    /// Its display name.
    pub display_name: &'static str,
    /// Its behaviour.
    pub behaviour: Behaviour,
    /// The secret of its authenticator (RFC 6238) in base32, if it has one.
    pub authenticator: Option<&'static str>,
    /// Its mobile phone's number.
    pub mobile: Option<&'static str>,
    /// Its desk phone's number.
    pub telephone: Option<&'static str>,
}

impl Script {
    /// Returns the kind of flow that shows the account's behaviour.
    #[must_use]
    pub const fn flow_kind(&self) -> FlowKind {
        match self.behaviour {
            Behaviour::MustChange => FlowKind::Change,
            Behaviour::NoGates => FlowKind::Methods,
            _ => FlowKind::Reset,
        }
    }
}

pub(super) const fn script(
    login_name: &'static str,
    display_name: &'static str,
    behaviour: Behaviour,
) -> Script {
    Script {
        login_name,
        display_name,
        behaviour,
        authenticator: None,
        mobile: None,
        telephone: None,
    }
}

/// A number to which nothing can be sent. (All numbers here are reserved for use in fiction.)
pub const DEAD_NUMBER: &str = "+447700900090";

/// One account for each outcome.
pub(super) const SCRIPTS: &[Script] = &[
    script("alice", "Alice Novak", Behaviour::Works),
    Script {
        authenticator: Some("KBXXG5DFOJXCA43BNZSGE33YEBBG6YRB"),
        ..script("bob", "Bob Kowalski", Behaviour::Authenticator)
    },
    script("carol", "Carol Jonaitis", Behaviour::Disabled),
    script("dave", "Dave Zupan", Behaviour::Protected),
    script("erin", "Erin Dvorak", Behaviour::Expired),
    script("frank", "Frank Wójcik", Behaviour::Locked),
    script("grace", "Grace Horvat", Behaviour::UsedBefore),
    script("heidi", "Heidi Petrauskas", Behaviour::TooYoung),
    script("ivan", "Ivan Kralj", Behaviour::Filter),
    script("judy", "Judy Svoboda", Behaviour::HistoryOrFilter),
    script("ken", "Ken Lewandowski", Behaviour::Unreachable),
    script("liam", "Liam Kazlauskas", Behaviour::LacksRight),
    script("mia", "Mia Potočnik", Behaviour::Ambiguous),
    script("nora", "Nora Černá", Behaviour::FineGrained),
    script("olga", "Olga Zielińska", Behaviour::NoGates),
    script("pavel", "Pavel Procházka", Behaviour::PolicyUnreadable),
    script("wilma", "Wilma Mazur", Behaviour::BannedWord),
    script("xenia", "Xenia Vidmar", Behaviour::KnownFromBreaches),
    script("yvona", "Yvona Mlakar", Behaviour::MustChange),
    script("vera", "Vera Stankevičiūtė", Behaviour::InDoubt),
    script("wanda", "Wanda Kaczmarek", Behaviour::TwoAddresses),
    Script {
        mobile: Some("+447700900012"),
        ..script("sam", "Sam Nowicki", Behaviour::Sms)
    },
    Script {
        telephone: Some("+441632960034"),
        ..script("vito", "Vito Žukauskas", Behaviour::Voice)
    },
    Script {
        mobile: Some(DEAD_NUMBER),
        ..script("ned", "Ned Kos", Behaviour::NotSent)
    },
    script("rita", "Rita Malá", Behaviour::Recovery),
    script("hugo", "Hugo Kraševec", Behaviour::Pass),
    Script {
        authenticator: Some("KBXXG5DFOJXCA43BNZSGE33YEBBG6YRB"),
        ..script("tina", "Tina Wiśniewska", Behaviour::TwoGates)
    },
    Script {
        authenticator: Some("KBXXG5DFOJXCA43BNZSGE33YEBBG6YRB"),
        mobile: Some("+447700900056"),
        telephone: Some("+441632960078"),
        ..script("eva", "Eva Mažeika", Behaviour::EveryGate)
    },
];
