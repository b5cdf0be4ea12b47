//! Names that were replaced by the field's own do not come back: no function, type, constant or module
//! is defined by one of them where it stood.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod sources;

use std::path::Path;

/// The names, by the folder or file in which they stood.
const REPLACED: [(&str, &[&str]); 24] = [
    (
        "app/src",
        &[
            "hydrate",
            "reset",
            "unless_working",
            "look",
            "act",
            "take_up",
            "lead_on",
            "manage",
            "warm_up",
            "patience",
            "PATIENCE",
            "MOST",
            "trail",
            "others",
            "came",
            "Seen",
            "Told",
        ],
    ),
    (
        "crates/protocol/src",
        &["Errand", "errand", "ENOUGH", "SHORTEST", "LONGEST"],
    ),
    (
        "server/src",
        &[
            "asked",
            "AskedFrame",
            "answer_before",
            "until_proven",
            "Sent",
            "with_passkeys",
            "refuse_strays",
            "strays",
            "Failed",
            "Repeated",
            "Counted",
            "Enrolled",
            "wishes",
        ],
    ),
    ("server/src/hosts.rs", &["note"]),
    (
        "crates/agent/src",
        &[
            "ambient",
            "Inner",
            "Call",
            "Begun",
            "Elsewhere",
            "elsewhere",
        ],
    ),
    ("crates/agent/src/agent.rs", &["asked"]),
    ("crates/agent/src/replay.rs", &["Memory", "Seen"]),
    (
        "crates/agent/src/flow",
        &[
            "Good",
            "over",
            "stands",
            "has_come",
            "tried",
            "wrong_at_the_write",
            "Managing",
            "gathered",
            "readable",
            "nobodys",
            "Wrong",
            "Answered",
            "Counted",
            "usable",
            "numbered",
            "logged",
        ],
    ),
    (
        "crates/gates/src",
        &[
            "Mark",
            "of_nothing",
            "tried",
            "has_gone_on",
            "Seen",
            "What",
            "Who",
            "Kept",
            "MOST",
            "SLOW",
        ],
    ),
    (
        "crates/notify/src/mail",
        &["send_nothing", "send_surely", "Desk", "say", "hands"],
    ),
    (
        "crates/notify/src/wording.rs",
        &["Done", "done", "reworded", "moment"],
    ),
    (
        "crates/agent/src/config",
        &["nothing_else", "take", "wrong"],
    ),
    (
        "crates/agent/src/control",
        &["ask", "NoMessage", "OPERATORS"],
    ),
    ("crates/notify/src/phone", &["Caller", "QUEUE", "PAUSES"]),
    (
        "crates/directory/src/ldap",
        &[
            "filter_known",
            "unsigned",
            "judged",
            "Wrong",
            "Standing",
            "Turns",
            "Meaning",
            "of_write",
        ],
    ),
    ("crates/directory/src/names.rs", &["folded"]),
    (
        "crates/relay/src/embedded",
        &[
            "Hearing",
            "part",
            "contained",
            "hear",
            "speak",
            "converse",
            "Ended",
            "Beats",
            "Known",
        ],
    ),
    ("crates/relay/src/package.rs", &["Written"]),
    (
        "crates/i18n/src/own.rs",
        &["NotOwnWords", "LONGEST", "DEEPEST", "put"],
    ),
    ("crates/i18n/src/shape.rs", &["Shape"]),
    (
        "crates/i18n/src/language.rs",
        &["wish", "wishes", "MOST_WISHES"],
    ),
    (
        "crates/quality/src",
        &["alone", "Seen", "look", "LOOKED_AT", "AGAIN"],
    ),
    ("crates/qr/src", &["qr"]),
    ("crates/config/src", &["Within", "ways", "One"]),
];

/// The words after which a name is defined.
const DEFINES: [&str; 8] = [
    "fn", "struct", "enum", "trait", "type", "const", "static", "mod",
];

#[test]
fn replaced_names_do_not_come_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for (place, names) in REPLACED {
        let files = sources::files(&root.join(place));
        assert!(!files.is_empty(), "{place} has no files");
        for path in files {
            let text = std::fs::read_to_string(&path).unwrap();
            for (number, line) in text.lines().enumerate() {
                let mut words = line.split(|one: char| !one.is_alphanumeric() && one != '_');
                let comment = line.trim_start().starts_with("//");
                while let Some(word) = words.next().filter(|_| !comment) {
                    if DEFINES.contains(&word)
                        && let Some(name) = words.next()
                        && names.contains(&name)
                    {
                        found.push(format!("{}:{}: {name}", path.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
