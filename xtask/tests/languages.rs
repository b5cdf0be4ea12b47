//! A language is its folder in `locales/`, its line in `Language`, and its list of words: nothing else
//! names the languages one by one, and a trial of a sixth one needs no more.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod sources;

use postern_i18n::Language;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The number of lines within which a list names every language.
const LIST_LINES: usize = 9;

/// Where languages may be listed.
const LISTED: [&str; 1] = [
    // Their table, and the tests of what a browser asks for.
    "crates/i18n/src/language.rs",
];

/// The line, the code and the texts of the trial language: Slovak, with the Czech texts. Those of them
/// that are the same in English, and may be so in Czech alone, are translated.
const TRIAL_LINE: &str = "    /// Slovak.\n    Sk \"sk\",\n";
const TRIAL_CODE: &str = "sk";
const TRIAL_TEXTS: [(&str, &str, &str); 2] = [
    ("mail.ftl", "mail-device-tablet = tablet", "platnička"),
    ("sandbox.ftl", "sandbox-title = Sandbox", "Pieskovisko"),
];

#[test]
fn no_other_place_names_the_languages_one_by_one() {
    let mut found = Vec::new();
    for place in ["app", "crates", "server", "xtask"] {
        for path in sources::files(&project().join(place)) {
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            let name = path.strip_prefix(project()).unwrap().to_str().unwrap();
            if let Some(number) = list_of_languages(&text)
                && !LISTED.contains(&name)
            {
                found.push(format!("{name}:{number} lists the languages"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_list_of_languages_is_found_however_it_is_written() {
    let names = Language::ALL.map(|language| format!("{language:?}"));
    let codes = Language::ALL.map(Language::code);
    for list in [
        codes.join(", "),
        codes.map(|code| format!("    (\"{code}\", 1),")).join("\n"),
        names
            .map(|name| format!("Language::{name} => 1,"))
            .join("\n"),
    ] {
        let text = ["\n".repeat(LIST_LINES), list].concat();
        assert!(list_of_languages(&text).is_some(), "{text}");
    }
    for other in [
        codes[1..].join(", "),
        codes.map(|code| format!("// {code}")).join("\n"),
    ] {
        assert_eq!(list_of_languages(&other), None, "{other}");
    }
}

/// Compiles the texts with a sixth language, and runs the tests that every language has to pass.
#[test]
fn a_sixth_language_is_a_folder_a_line_and_a_list_of_words() {
    let trial = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sixth-language");
    let _may_not_exist = fs::remove_dir_all(&trial);
    copy_workspace(&trial);
    for (from, to) in [
        ("locales/cs", ["locales/", TRIAL_CODE].concat()),
        (
            "crates/quality/words/cs.txt",
            ["crates/quality/words/", TRIAL_CODE, ".txt"].concat(),
        ),
    ] {
        copy(&trial.join(from), &trial.join(to));
    }
    for (file, text, translation) in TRIAL_TEXTS {
        let file = trial.join("locales").join(TRIAL_CODE).join(file);
        let (key, _) = text.split_once(" = ").unwrap();
        replace(&file, text, &[key, " = ", translation].concat());
    }
    let table = trial.join("crates/i18n/src/language.rs");
    let source = fs::read_to_string(&table).unwrap();
    let (_, rows) = source.split_once("\nlanguages! {\n").unwrap();
    let (rows, _) = rows.split_once("}\n").unwrap();
    replace(&table, rows, &[rows, TRIAL_LINE].concat());

    test(&trial, &["--package=postern-i18n"]);
    test(&trial, &["--package=postern-quality", "every_list"]);
}

/// Returns the line from which a text names every language within a few lines, comments aside.
fn list_of_languages(text: &str) -> Option<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let languages = Language::ALL.map(|one| (one.code(), format!("{one:?}")));
    let lists = |from: &usize| {
        let near = lines.iter().skip(*from).take(LIST_LINES);
        let words: BTreeSet<&str> = near
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| line.split(|one: char| !one.is_alphanumeric() && one != '_'))
            .collect();
        let is_named =
            |(code, name): &(&str, String)| words.contains(code) || words.contains(&**name);
        languages.iter().all(is_named)
    };
    (0..lines.len()).find(lists).map(|line| line + 1)
}

/// Copies what the texts and the lists of words are compiled of, as a workspace of its own.
fn copy_workspace(trial: &Path) {
    const MEMBERS: [&str; 4] = [
        "crates/envelope",
        "crates/i18n",
        "crates/protocol",
        "crates/quality",
    ];
    for path in [
        "Cargo.lock",
        "locales",
        "crates/agent/src/quality/common.txt",
    ]
    .into_iter()
    .chain(MEMBERS)
    {
        copy(&project().join(path), &trial.join(path));
    }
    let manifest = fs::read_to_string(project().join("Cargo.toml")).unwrap();
    let members = format!("members = {MEMBERS:?}");
    let lines = manifest.lines().map(|line| {
        if line.starts_with("members") {
            &members
        } else {
            line
        }
    });
    let manifest: Vec<&str> = lines.collect();
    fs::write(trial.join("Cargo.toml"), manifest.join("\n")).unwrap();
}

/// Copies a file or a folder.
fn copy(from: &Path, to: &Path) {
    for file in sources::files(from) {
        let target = match file.strip_prefix(from).unwrap() {
            own if own.as_os_str().is_empty() => to.to_owned(),
            within => to.join(within),
        };
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, target).unwrap();
    }
}

fn replace(file: &Path, before: &str, after: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(before), "{}: {before}", file.display());
    fs::write(file, text.replacen(before, after, 1)).unwrap();
}

/// Runs tests of the trial. What they depend on is compiled where it is for all other tests.
fn test(trial: &Path, arguments: &[&str]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut command = Command::new(env!("CARGO"));
    command.args(["test", "--quiet", "--offline", "--target-dir"]);
    let output = command
        .arg(target)
        .args(arguments)
        .current_dir(trial)
        .output()
        .unwrap();
    let [out, error] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    assert!(output.status.success(), "{arguments:?}\n{out}\n{error}");
    assert!(out.contains(" passed"), "{arguments:?}\n{out}");
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
