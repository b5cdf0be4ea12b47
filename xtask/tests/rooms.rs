//! The rooms of ARCHITECTURE.md: who uses whom, and which outside technology lives where.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod sources;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// A crate or module with those that it may use.
type Uses = (&'static str, &'static [&'static str]);

/// Who may use whom, among our own: only those before it in the list.
const USES: [Uses; 15] = [
    ("envelope", &[]),
    ("protocol", &["envelope"]),
    ("config", &[]),
    ("host", &[]),
    ("i18n", &[]),
    ("quality", &["protocol"]),
    ("qr", &[]),
    ("relay", &["envelope", "host"]),
    ("store", &["envelope", "host"]),
    ("directory", &["envelope", "host", "protocol"]),
    ("notify", &["envelope", "i18n", "protocol", "store"]),
    (
        "gates",
        &["directory", "envelope", "notify", "protocol", "store"],
    ),
    ("app", &["envelope", "i18n", "protocol", "qr", "quality"]),
    (
        "server",
        &[
            "app", "config", "envelope", "host", "i18n", "protocol", "relay",
        ],
    ),
    (
        "agent",
        &[
            "config",
            "directory",
            "envelope",
            "gates",
            "host",
            "i18n",
            "notify",
            "protocol",
            "relay",
            "store",
        ],
    ),
];

/// Which room knows which outside technology.
const KNOWS: [(&str, &str); 17] = [
    ("aes-gcm", "envelope"),
    ("axum", "server"),
    ("fluent-bundle", "i18n"),
    ("gloo-net", "app"),
    ("icu_plurals", "i18n"),
    ("ldap3", "directory"),
    ("leptos", "app"),
    ("lettre", "notify"),
    ("qrcodegen", "qr"),
    ("redb", "store"),
    ("reqwest", "notify"),
    ("rsa", "envelope"),
    ("tokio-tungstenite", "relay"),
    ("totp-rs", "gates"),
    ("tower-http", "server"),
    ("web-sys", "app"),
    ("webauthn-rs", "gates"),
];

/// Which modules of a crate may use which, among its top-level ones: only those before it in
/// the list.
const MODULES: [(&str, &[Uses]); 2] = [
    (
        "app",
        &[
            ("words", &[]),
            ("session", &["words"]),
            ("browser", &["session", "words"]),
            ("card", &["browser", "session", "words"]),
            ("pages", &["card", "session", "words"]),
        ],
    ),
    (
        "crates/agent",
        &[
            ("accounts", &[]),
            ("audit", &[]),
            ("config", &[]),
            ("context", &[]),
            ("digest", &[]),
            ("locks", &[]),
            ("replay", &[]),
            ("subject", &[]),
            ("data", &["audit"]),
            ("limits", &["config"]),
            ("notices", &["context"]),
            ("quality", &["config"]),
            ("sandbox", &["accounts"]),
            (
                "flow",
                &[
                    "accounts", "audit", "config", "context", "digest", "limits", "notices",
                    "quality", "subject",
                ],
            ),
            ("scripted", &["flow", "subject"]),
            (
                "request",
                &[
                    "config", "context", "digest", "flow", "limits", "locks", "replay", "scripted",
                ],
            ),
            (
                "agent",
                &[
                    "accounts", "config", "flow", "limits", "locks", "notices", "quality",
                    "replay", "request", "sandbox", "scripted",
                ],
            ),
            (
                "control",
                &["accounts", "agent", "audit", "config", "limits", "subject"],
            ),
            ("assemble", &["agent", "config", "data", "quality"]),
        ],
    ),
];

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// Every crate of ours with what it depends on, tests aside.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = cargo(&["metadata", "--format-version=1", "--no-deps"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let of = |package: &Value| {
        let dependencies = package["dependencies"].as_array().unwrap();
        let normal = dependencies.iter().filter(|one| one["kind"].is_null());
        normal.map(|one| name(&one["name"])).collect()
    };
    let ours: BTreeMap<_, _> = packages
        .iter()
        .map(|package| (name(&package["name"]), of(package)))
        .collect();
    assert!(ours.len() > USES.len(), "metadata lists the workspace");
    ours
}

fn name(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn ours(room: &str) -> String {
    ["postern-", room].concat()
}

#[test]
fn every_room_uses_only_the_rooms_it_may() {
    let dependencies = dependencies();
    for (room, allowed) in USES {
        let allowed: BTreeSet<_> = allowed.iter().map(|one| ours(one)).collect();
        let used: BTreeSet<_> = dependencies[&ours(room)]
            .iter()
            .filter(|one| one.starts_with("postern-"))
            .cloned()
            .collect();
        assert!(used.is_subset(&allowed), "{room} uses {used:?}");
    }
}

#[test]
fn every_outside_technology_is_known_to_one_room() {
    for (package, dependencies) in dependencies() {
        for (technology, room) in KNOWS {
            let knows = dependencies.contains(technology);
            let may = package == ours(room);
            assert!(
                !knows || may,
                "{package} knows {technology}, which is {room}'s"
            );
            assert!(
                knows || !may,
                "{package} does not know {technology} any more"
            );
        }
    }
}

#[test]
fn the_portal_links_no_agent_no_directory_and_nothing_that_opens() {
    let tree = cargo(&[
        "tree",
        "--package=postern-server",
        "--edges=normal",
        "--prefix=none",
        "--format={p}|{f}",
    ]);
    let lines: BTreeSet<_> = tree.lines().collect();
    let of = |package: &str| {
        let start = [package, " v"].concat();
        lines.iter().find(|line| line.starts_with(&start)).copied()
    };
    assert!(of("axum").is_some(), "the tree is the portal's");
    for package in [
        "postern-agent",
        "postern-directory",
        "ldap3",
        "rsa",
        "aes-gcm",
    ] {
        assert_eq!(of(package), None);
    }
    let envelope = of("postern-envelope").unwrap();
    let features: BTreeSet<_> = envelope
        .trim_end_matches(" (*)")
        .split_once('|')
        .unwrap()
        .1
        .split(',')
        .collect();
    assert!(features.contains("package"), "{envelope}");
    for feature in ["open", "seal"] {
        assert!(!features.contains(feature), "{envelope}");
    }
}

#[test]
fn no_two_rooms_or_modules_use_each_other() {
    let rooms = [("the workspace", &USES[..])];
    for (place, uses) in rooms.into_iter().chain(MODULES) {
        for (number, (name, allowed)) in uses.iter().enumerate() {
            for used in *allowed {
                let mut before = uses[..number].iter();
                let is_before = before.any(|(earlier, _)| earlier == used);
                assert!(
                    is_before,
                    "{place}: {name} uses {used}, which is not listed before it"
                );
            }
        }
    }
}

#[test]
fn every_module_uses_only_the_modules_it_may() {
    for (folder, modules) in MODULES {
        let source = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(folder)
            .join("src");
        let declared: BTreeSet<_> = modules.iter().map(|(module, _)| *module).collect();
        assert_eq!(declared, top_level(&source), "the modules of {folder}");
        for (module, allowed) in modules {
            let mut files = sources::files(&source.join(module));
            files.extend(sources::files(&source.join([module, ".rs"].concat())));
            assert!(!files.is_empty(), "{folder} has no module {module}");
            for file in files {
                let text = std::fs::read_to_string(&file).unwrap();
                for used in text.split("crate::").skip(1) {
                    let file = file.display();
                    assert!(
                        !used.starts_with('{'),
                        "{file}: expected `use crate::module::…`"
                    );
                    let used = identifier(used);
                    let may = used == *module || allowed.contains(&used);
                    assert!(may || !declared.contains(used), "{file} uses {used}");
                }
            }
        }
    }
}

/// Returns the modules that a crate's `lib.rs` declares.
fn top_level(source: &Path) -> BTreeSet<&'static str> {
    let text = std::fs::read_to_string(source.join("lib.rs")).unwrap();
    let lines = text.leak().lines();
    let lines = lines.map(|line| line.strip_prefix("pub ").unwrap_or(line));
    let modules = lines.filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    modules.collect()
}

fn identifier(text: &str) -> &str {
    let end = text.find(|one: char| !one.is_alphanumeric() && one != '_');
    &text[..end.unwrap_or(text.len())]
}
