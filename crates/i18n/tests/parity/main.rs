//! Compares the languages with one another, with CLDR and with the codes of the protocol.
#![expect(clippy::expect_used, reason = "a test that cannot read has failed")]

mod checker;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use checker::{Texts, defects};
use postern_i18n::{File, Language};
use postern_protocol::{Problem, Reason};

/// Texts that may be the same as in English, each with the reason.
const SAME_AS_ENGLISH: [(Language, &str, &str); 3] = [
    (
        Language::Cs,
        "sandbox-title",
        "the word in Czech, also in Windows",
    ),
    (Language::Cs, "mail-device-tablet", "the word in Czech"),
    (Language::Pl, "mail-device-tablet", "the word in Polish"),
];

fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn folder(language: Language) -> PathBuf {
    project("locales").join(language.code())
}

/// Returns the names in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("readable").file_name());
    names
        .map(|name| name.into_string().expect("UTF-8"))
        .collect()
}

fn source(language: Language, file: File) -> String {
    fs::read_to_string(folder(language).join(file.name()).with_extension("ftl")).expect("readable")
}

fn texts(language: Language, file: File) -> Texts {
    Texts::parse(&source(language, file)).expect("parses")
}

#[test]
fn every_language_has_its_folder_its_line_and_its_list_of_words() {
    let files = File::ALL.map(|file| format!("{}.ftl", file.name()));
    for language in Language::ALL {
        assert_eq!(
            names(&folder(language)),
            files.clone().into(),
            "{language:?}"
        );
    }
    let lines: BTreeSet<_> = Language::ALL.map(|one| one.code().to_owned()).into();
    let mut entries = lines.clone();
    entries.insert("GLOSSARY.md".to_owned());
    assert_eq!(names(&project("locales")), entries);
    let lists: BTreeSet<_> = lines.iter().map(|code| format!("{code}.txt")).collect();
    assert_eq!(names(&project("crates/quality/words")), lists);
}

#[test]
fn every_language_says_all_that_english_says() {
    let mut found = Vec::new();
    for file in File::ALL {
        let english = texts(Language::En, file);
        for language in Language::ALL {
            for defect in defects(language, &english, &source(language, file)) {
                let allowed = |(other, key, _): &(Language, &str, &str)| {
                    *other == language && defect == checker::same_as_english(key)
                };
                if !SAME_AS_ENGLISH.iter().any(allowed) {
                    found.push(format!("{}/{}.ftl: {defect}", language.code(), file.name()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The last table of the glossary names, for each language, fragments that no text has.
#[test]
fn no_text_has_a_term_that_the_glossary_forbids() {
    let glossary = fs::read_to_string(project("locales/GLOSSARY.md")).expect("readable");
    let (_, table) = glossary
        .split_once("\n## Terms that must not appear\n")
        .expect("the table");
    let rows = table.lines().filter_map(|line| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        Some((cells.next()?.parse::<Language>().ok()?, cells.next()?))
    });
    let forbidden: Vec<_> = rows.collect();
    assert!(forbidden.len() > 100, "the table is read");
    let mut found = Vec::new();
    for language in Language::ALL {
        let terms = || forbidden.iter().filter(|(other, _)| *other == language);
        for file in File::ALL {
            let texts = texts(language, file);
            for key in texts.keys() {
                for (_, term) in terms() {
                    let has = |reading: &String| reading.to_lowercase().contains(term);
                    if texts
                        .get(key)
                        .is_some_and(|text| text.readings.iter().any(has))
                    {
                        found.push(format!("{}: {key}: {term:?}", language.code()));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_allowance_is_still_needed() {
    for (language, key, _) in SAME_AS_ENGLISH {
        let same = File::ALL.iter().any(|file| {
            let english = texts(Language::En, *file);
            defects(language, &english, &source(language, *file))
                .contains(&checker::same_as_english(key))
        });
        assert!(same, "{language:?} {key}");
    }
}

#[test]
fn every_code_has_its_texts_and_every_text_its_code() {
    let key = |kind: &str, code: &str| format!("{kind}-{}", code.replace('_', "-"));
    // The page adds these arguments to every text.
    let everywhere = ["tenant", "helpdesk"];
    for language in Language::ALL {
        let texts = texts(language, File::Reasons);
        let mut expected = BTreeSet::new();
        for reason in Reason::ALL {
            let arguments: Vec<_> = reason
                .arguments()
                .into_iter()
                .map(|(name, _)| name)
                .collect();
            let key = key("reason", reason.code());
            for key in [key.clone(), format!("{key}.do")] {
                let text = texts
                    .get(&key)
                    .unwrap_or_else(|| panic!("{language:?} lacks {key}"));
                for name in &text.arguments {
                    assert!(
                        arguments.contains(&name.as_str()) || everywhere.contains(&name.as_str()),
                        "{language:?} {key}: no code carries {name}"
                    );
                }
                expected.insert(key);
            }
        }
        for problem in Problem::ALL {
            let key = key("problem", problem.code());
            for key in [key.clone(), format!("{key}.do")] {
                let text = texts
                    .get(&key)
                    .unwrap_or_else(|| panic!("{language:?} lacks {key}"));
                for name in &text.arguments {
                    assert!(
                        everywhere.contains(&name.as_str()),
                        "{language:?} {key}: {name}"
                    );
                }
                expected.insert(key);
            }
        }
        let found: BTreeSet<_> = texts.keys().map(String::from).collect();
        assert_eq!(found, expected, "{language:?}");
    }
}

/// Tests the checker itself, one defect at a time.
#[test]
fn a_broken_copy_is_noticed() {
    let english = Texts::parse(
        "a = Take { $name }.\n    .do = Go “on”.\n\
         b = { $history ->\n    [one] Your last one\n   *[other] Your last { $history }\n  }\n",
    )
    .expect("parses");
    let a = "a = Vezměte { $name }.\n    .do = Jděte „dál“.\n";
    let b = "b = { $history ->\n    [one] Poslední\n    [few] Poslední { $history }\n   *[other] Posledních { $history }\n  }\n";
    let check = |source: &str| defects(Language::Cs, &english, source);
    assert_eq!(check(&format!("{a}{b}")), [] as [String; 0]);

    let lithuanian = a.replace("Jděte", "Eikite") + b;
    assert_eq!(
        defects(Language::Lt, &english, &lithuanian),
        ["b: [one] stands for several numbers and does not show $history"]
    );

    for (broken, defect) in [
        (a.to_owned(), "b: missing"),
        (format!("{a}{b}c = Navíc\n"), "c: not in English"),
        (
            format!("{a}{b}a = Dvakrát {{ $name }}.\n"),
            "a: defined twice",
        ),
        (format!("{a}{b}=\n"), "cannot be parsed"),
        (
            a.replace("    .do = Jděte „dál“.\n", "") + b,
            "a.do: missing",
        ),
        (
            a.replace("{ $name }", "jméno") + b,
            "a: arguments [], in English [name]",
        ),
        (
            a.replace("$name", "$nmae") + b,
            "a: arguments [nmae], in English [name]",
        ),
        (
            a.replace("Vezměte", "Take").replace('„', "“") + b,
            "a: the same as in English",
        ),
        (
            a.replace("Vezměte", "Vezměte  si") + b,
            "a: has two spaces in a row",
        ),
        (
            a.replace("Vezměte", "{\" \"}Vezměte") + b,
            "a: begins or ends with a space",
        ),
        (
            a.replace("Vezměte", "{\"\"}Vezměte") + b,
            "a: has a quoted literal",
        ),
        (
            a.replace("Vezměte", "Vezměte v noci") + b,
            "a: v can end a line; U+00A0 goes after it",
        ),
        (
            a.replace("{ $name }.", "{ $name }") + b,
            "a: ends with another sign than in English",
        ),
        (
            a.replace("Vezměte", "Vezměte - hned") + b,
            "a: has a hyphen for a dash",
        ),
        (
            a.replace("Vezměte", "Vezměte...") + b,
            "a: has three dots for …",
        ),
        (
            a.replace(['„', '“'], "'") + b,
            "a.do: has the quotation mark '",
        ),
        (a.replace('“', "”") + b, "a.do: has the quotation mark ”"),
        (
            a.replace('“', "") + b,
            "a.do: has a quotation that is not closed",
        ),
        (
            a.to_owned() + &b.replace("    [few] Poslední { $history }\n", ""),
            "b: forms [one other], expected [one few other]",
        ),
        (
            a.to_owned() + &b.replace("[few]", "[many]"),
            "b: forms [one many other], expected [one few other]",
        ),
        (
            a.to_owned() + &b.replace("[few]", "[0] Nic\n    [few]"),
            "b: a form for 0 that English has not",
        ),
        (
            a.to_owned()
                + &b.replace("   *[other]", "    [other]")
                    .replace("    [few]", "   *[few]"),
            "b: the default is not [other]",
        ),
        (
            a.to_owned()
                + "b = { $history ->\n    [one] x\n    [few] { $history }\n   *[other] { $history }\n  } { $history ->\n   *[other] y\n  }\n",
            "b: more than one selector",
        ),
        (
            a.replace(
                "{ $name }",
                "{ $name ->\n    [one] x\n    [few] { $name }\n   *[other] { $name }\n  }",
            ) + b,
            "a: selects by name, which is no count",
        ),
    ] {
        let found = check(&broken);
        assert!(
            found.iter().any(|one| one == defect),
            "{defect:?} not among {found:#?}"
        );
    }
}
