//! The scripted accounts of the sandbox: a table.

/// An account and its scripted behaviour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Script {
    /// Its login name.
    pub login_name: &'static str,
    /// Its display name.
    pub display_name: &'static str,
    /// The name of its behaviour: the second half of the Fluent key `sandbox-does-…`.
    pub script: &'static str,
    /// The secret of its authenticator (RFC 6238) in base32, if it has one.
    pub authenticator: Option<&'static str>,
    /// Its mobile phone's number.
    pub mobile: Option<&'static str>,
    /// Its desk phone's number.
    pub telephone: Option<&'static str>,
}

const fn script(
    login_name: &'static str,
    display_name: &'static str,
    script: &'static str,
) -> Script {
    Script {
        login_name,
        display_name,
        script,
        authenticator: None,
        mobile: None,
        telephone: None,
    }
}

/// A number to which nothing can be sent. (All numbers here are reserved for use in fiction.)
pub const DEAD_NUMBER: &str = "+447700900090";

/// One account for each outcome.
pub(super) const SCRIPTS: &[Script] = &[
    script("alice", "Alice Novak", "works"),
    Script {
        authenticator: Some("KBXXG5DFOJXCA43BNZSGE33YEBBG6YRB"),
        ..script("bob", "Bob Kowalski", "authenticator")
    },
    script("carol", "Carol Jonaitis", "disabled"),
    script("dave", "Dave Zupan", "protected"),
    script("erin", "Erin Dvorak", "expired"),
    script("frank", "Frank Wójcik", "locked"),
    script("grace", "Grace Horvat", "used_before"),
    script("heidi", "Heidi Petrauskas", "too_young"),
    script("ivan", "Ivan Kralj", "filter"),
    script("judy", "Judy Svoboda", "history_or_filter"),
    script("ken", "Ken Lewandowski", "unreachable"),
    script("liam", "Liam Kazlauskas", "lacks_right"),
    script("mia", "Mia Potočnik", "ambiguous"),
    script("nora", "Nora Černá", "fine_grained"),
    script("olga", "Olga Zielińska", "no_gates"),
    script("pavel", "Pavel Procházka", "policy_unreadable"),
    script("wilma", "Wilma Mazur", "banned_word"),
    script("xenia", "Xenia Vidmar", "known_from_breaches"),
    script("yvona", "Yvona Mlakar", "must_change"),
    script("vera", "Vera Stankevičiūtė", "in_doubt"),
    script("wanda", "Wanda Kaczmarek", "two_addresses"),
    Script {
        mobile: Some("+447700900012"),
        ..script("sam", "Sam Nowicki", "sms")
    },
    Script {
        telephone: Some("+441632960034"),
        ..script("vito", "Vito Žukauskas", "voice")
    },
    Script {
        mobile: Some(DEAD_NUMBER),
        ..script("ned", "Ned Kos", "not_sent")
    },
    script("rita", "Rita Malá", "recovery"),
    script("hugo", "Hugo Kraševec", "pass"),
    Script {
        authenticator: Some("KBXXG5DFOJXCA43BNZSGE33YEBBG6YRB"),
        ..script("tina", "Tina Wiśniewska", "two_gates")
    },
    Script {
        authenticator: Some("KBXXG5DFOJXCA43BNZSGE33YEBBG6YRB"),
        mobile: Some("+447700900056"),
        telephone: Some("+441632960078"),
        ..script("eva", "Eva Mažeika", "every_gate")
    },
];
