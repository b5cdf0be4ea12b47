//! A tenant's own words: messages of its choice, put in the place of ours, and checked so that
//! nothing can go missing by it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource,
};
use fluent_syntax::parser;

use crate::shape::{self, MessageSignature};
use crate::source::File;
use crate::{Language, Words};

/// The longest file of own words, in bytes: three times what all of ours have.
const LONGEST: usize = 128 * 1024;

/// The deepest nesting of `{` that own words may have; ours have two.
const DEEPEST: usize = 16;

/// The words of a tenant: its own where it has some, else everybody's.
#[derive(Clone, Debug, Default)]
pub struct OwnWords {
    own: BTreeMap<Language, Arc<Words>>,
}

/// Why a file of own words is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OverrideError {
    /// Not Fluent.
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        cause: String,
    },
    /// None of our texts that can be changed here has this key.
    Unknown {
        /// The key.
        key: String,
        /// The files whose texts can be.
        allowed: Vec<File>,
    },
    /// The key is there twice.
    Twice(String),
    /// An argument that the text of ours has not.
    Argument {
        /// The key.
        key: String,
        /// The argument.
        name: String,
        /// Those that can be shown.
        allowed: BTreeSet<String>,
    },
    /// A plural over something that is no number in the text of ours.
    Selector {
        /// The key.
        key: String,
        /// The argument that shall choose.
        name: String,
        /// The one that can.
        allowed: Option<String>,
    },
    /// Not the plural forms of this language, with `*[other]` among them.
    Forms {
        /// The key.
        key: String,
        /// Those that there are.
        allowed: &'static [&'static str],
    },
    /// Something else than text, arguments and one plural.
    Foreign {
        /// The key.
        key: String,
        /// What is wrong.
        cause: String,
    },
}

impl OwnWords {
    /// Takes own words in a language: Fluent messages under the keys of some of our files, as many
    /// as shall be changed.
    ///
    /// # Errors
    /// [`OverrideError`] names the key and what is allowed.
    pub fn add(
        &mut self,
        files: &[File],
        language: Language,
        source: &str,
    ) -> Result<(), OverrideError> {
        let tree = parse(source)?;
        check(files, language, &tree)?;
        let changed = |id: &str| tree.body.iter().find_map(|entry| message(entry, id));
        let words = Words::load(language, |ours| {
            if let Some(own) = changed(&ours.id.name) {
                put(ours, own);
            }
        });
        let words = words.map_err(|cause| OverrideError::Syntax { line: 1, cause })?;
        self.own.insert(language, Arc::new(words));
        Ok(())
    }

    /// The words of a language.
    #[must_use]
    pub fn of(&self, language: Language) -> &Words {
        match self.own.get(&language) {
            Some(words) => words,
            None => Words::of(language),
        }
    }
}

impl core::fmt::Display for OverrideError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Syntax { line, cause } => write!(f, "line {line}: {cause}"),
            Self::Unknown { key, allowed } => {
                let allowed = allowed.iter().map(|file| [file.name(), ".ftl"].concat());
                let allowed = allowed.collect::<Vec<_>>().join(", ");
                write!(
                    f,
                    "{key}: there is no text with this key that can be changed here; allowed are \
                     the keys of {allowed} in locales/"
                )
            }
            Self::Twice(key) => write!(f, "{key}: is there twice; allowed is once"),
            Self::Argument { key, name, allowed } => {
                let allowed: Vec<_> = allowed.iter().map(|name| format!("${name}")).collect();
                let allowed = match allowed.as_slice() {
                    [] => String::from("none"),
                    some => some.join(", "),
                };
                write!(f, "{key}: ${name} is not known here; allowed: {allowed}")
            }
            Self::Selector { key, name, allowed } => match allowed {
                None => write!(
                    f,
                    "{key}: ${name} cannot choose a form; this text has one form"
                ),
                Some(allowed) => {
                    write!(
                        f,
                        "{key}: ${name} cannot choose a form; allowed is ${allowed}"
                    )
                }
            },
            Self::Forms { key, allowed } => {
                write!(f, "{key}: needs the form *[other]; allowed besides are [0]")?;
                let others = allowed.iter().filter(|form| **form != "other");
                others
                    .into_iter()
                    .try_for_each(|form| write!(f, " [{form}]"))
            }
            Self::Foreign { key, cause } => write!(
                f,
                "{key}: {cause}; allowed are text, arguments, and one choice of a plural form"
            ),
        }
    }
}

impl core::error::Error for OverrideError {}

fn parse(source: &str) -> Result<Resource<String>, OverrideError> {
    expect_shallow(source)?;
    parser::parse(source.to_owned()).map_err(|(_, defects)| {
        let first = defects.first();
        let before = first.and_then(|defect| source.get(..defect.pos.start));
        OverrideError::Syntax {
            line: before.unwrap_or_default().matches('\n').count() + 1,
            cause: first.map_or_else(String::new, ToString::to_string),
        }
    })
}

/// The parser calls itself for each `{` that is open: very many would end the program.
fn expect_shallow(source: &str) -> Result<(), OverrideError> {
    if source.len() > LONGEST {
        let cause = format!("at most {LONGEST} bytes, found {}", source.len());
        return Err(OverrideError::Syntax { line: 1, cause });
    }
    let mut open = 0_usize;
    for (number, line) in (1..).zip(source.lines()) {
        // Here the next message begins, whatever was left open before.
        let name = line.split_once('=').map(|(name, _)| name.trim_end());
        let named = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if name.is_some_and(|name| !name.is_empty() && name.bytes().all(named)) {
            open = 0;
        }
        for byte in line.bytes() {
            match byte {
                b'{' => open += 1,
                b'}' => open = open.saturating_sub(1),
                _ => {}
            }
            if open > DEEPEST {
                let cause = format!("more than {DEEPEST} open {{");
                return Err(OverrideError::Syntax {
                    line: number,
                    cause,
                });
            }
        }
    }
    Ok(())
}

fn check(files: &[File], language: Language, tree: &Resource<String>) -> Result<(), OverrideError> {
    for entry in &tree.body {
        match entry {
            Entry::Message(message) => {
                for (key, pattern) in texts(message) {
                    check_foreign(&key, pattern)?;
                }
            }
            Entry::Term(term) => {
                return Err(unknown(["-", &term.id.name].concat(), files));
            }
            _ => {}
        }
    }
    let shapes = shape::rewrite(&mut tree.clone()).map_err(|cause| {
        let (key, cause) = cause.split_once(": ").unwrap_or(("", &cause));
        OverrideError::Foreign {
            key: key.to_owned(),
            cause: cause.to_owned(),
        }
    })?;
    let mut seen = BTreeSet::new();
    for (key, shape) in shapes {
        match Words::of(language).shape(&key) {
            Some((file, ours)) if files.contains(&file) => {
                check_shape(language, &key, &shape, ours)?;
            }
            _ => return Err(unknown(key, files)),
        }
        if !seen.insert(key.clone()) {
            return Err(OverrideError::Twice(key));
        }
    }
    defaults(tree, language)
}

fn check_shape(
    language: Language,
    key: &str,
    shape: &MessageSignature,
    ours: &MessageSignature,
) -> Result<(), OverrideError> {
    if let Some(name) = shape.arguments.difference(&ours.arguments).next() {
        return Err(OverrideError::Argument {
            key: key.to_owned(),
            name: name.clone(),
            allowed: ours.arguments.clone(),
        });
    }
    if let Some(name) = &shape.selector
        && ours.selector.as_ref() != Some(name)
    {
        return Err(OverrideError::Selector {
            key: key.to_owned(),
            name: name.clone(),
            allowed: ours.selector.clone(),
        });
    }
    let categories = language.plural_categories();
    let known = |form: &&str| *form == "zero" || categories.contains(form);
    if !shape.forms.iter().all(known) {
        return Err(forms(language, key));
    }
    Ok(())
}

/// Only what [`Template`](crate::Template)s can carry.
fn check_foreign(key: &str, pattern: &Pattern<String>) -> Result<(), OverrideError> {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { .. }) => {}
            Expression::Inline(_) => {
                return Err(OverrideError::Foreign {
                    key: key.to_owned(),
                    cause: String::from("has a quoted text, a reference or a function"),
                });
            }
            Expression::Select { variants, .. } => {
                for variant in variants {
                    check_foreign(key, &variant.value)?;
                }
            }
        }
    }
    Ok(())
}

/// What is not listed reads as `other`, so the default has to be that.
fn defaults(tree: &Resource<String>, language: Language) -> Result<(), OverrideError> {
    use fluent_syntax::ast::VariantKey::Identifier;
    let messages = tree.body.iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message),
        _ => None,
    });
    for (key, pattern) in messages.flat_map(texts) {
        for element in &pattern.elements {
            let PatternElement::Placeable {
                expression: Expression::Select { variants, .. },
            } = element
            else {
                continue;
            };
            let is_other = |key: &_| matches!(key, Identifier { name } if name == "other");
            if !(variants.iter()).any(|variant| variant.default && is_other(&variant.key)) {
                return Err(forms(language, &key));
            }
        }
    }
    Ok(())
}

fn unknown(key: String, allowed: &[File]) -> OverrideError {
    let allowed = allowed.to_vec();
    OverrideError::Unknown { key, allowed }
}

fn forms(language: Language, key: &str) -> OverrideError {
    OverrideError::Forms {
        key: key.to_owned(),
        allowed: language.plural_categories(),
    }
}

/// The texts of a message, attributes as `key.attribute`.
fn texts(message: &Message<String>) -> Vec<(String, &Pattern<String>)> {
    let name = &message.id.name;
    let value = message.value.iter().map(|value| (name.clone(), value));
    let attributes = (message.attributes.iter())
        .map(|attribute| ([name, ".", &attribute.id.name].concat(), &attribute.value));
    value.chain(attributes).collect()
}

fn message<'a>(entry: &'a Entry<String>, id: &str) -> Option<&'a Message<String>> {
    match entry {
        Entry::Message(message) if message.id.name == id => Some(message),
        _ => None,
    }
}

/// Puts what is there of a message in the place of ours; the rest of ours stays.
fn put(ours: &mut Message<String>, own: &Message<String>) {
    if own.value.is_some() {
        ours.value.clone_from(&own.value);
    }
    for attribute in &mut ours.attributes {
        let same = (own.attributes.iter()).find(|one| one.id.name == attribute.id.name);
        if let Some(same) = same {
            attribute.value = same.value.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Template, Value};

    fn own(language: Language, source: &str) -> Result<OwnWords, String> {
        let mut words = OwnWords::default();
        words
            .add(&File::OF_PORTAL, language, source)
            .map_err(|error| error.to_string())?;
        Ok(words)
    }

    #[test]
    fn what_is_changed_is_said_and_the_rest_stays() {
        let source = "reason-locked =\n    .do = Zavolejte 555 do { $until }.\n";
        let words = own(Language::Cs, source).unwrap();
        let cs = words.of(Language::Cs);
        let until = [("until", Value::Text("zítra"))];
        assert_eq!(
            cs.text("reason-locked.do", &until),
            "Zavolejte 555 do zítra."
        );
        for key in ["reason-locked", "identify-title"] {
            assert_eq!(cs.text(key, &[]), Words::of(Language::Cs).text(key, &[]));
        }
        let en = words.of(Language::En);
        assert_eq!(
            en.text("reason-locked.do", &until),
            Words::of(Language::En).text("reason-locked.do", &until)
        );
        let template = cs.template("reason-locked.do");
        assert_eq!(
            template,
            Template::Plain("Zavolejte 555 do {until}.".into())
        );
    }

    #[test]
    fn plurals_of_ones_own_are_chosen_like_ours() {
        let source = "reason-wrong-code = { $tries ->\n [one] Dar { $tries } bandymas.\n \
                      [few] Dar { $tries } bandymai.\n *[other] Dar { $tries } bandymų.\n }\n";
        let words = own(Language::Lt, source).unwrap();
        let said = |tries| {
            let tries = [("tries", Value::Count(tries))];
            words.of(Language::Lt).text("reason-wrong-code", &tries)
        };
        assert_eq!(
            [1, 2, 10, 21].map(said),
            [
                "Dar 1 bandymas.",
                "Dar 2 bandymai.",
                "Dar 10 bandymų.",
                "Dar 21 bandymas."
            ]
        );
    }

    #[test]
    fn what_is_too_deep_or_too_long_is_refused_before_it_is_read() {
        let deep = |line: &str| ["reset-title = ", &line.repeat(20_000), "\n"].concat();
        for source in [deep("{"), deep("{ "), deep("{\n"), deep("{\n F(")] {
            let refused = own(Language::En, &source).unwrap_err();
            assert!(refused.contains("more than 16 open {"), "{refused}");
        }
        let refused = own(Language::En, &"# long\n".repeat(20_000)).unwrap_err();
        assert!(refused.contains("at most 131072 bytes"), "{refused}");
        // Each message has its own.
        let many = "reset-title = { $a\n".repeat(20);
        let refused = own(Language::En, &many).unwrap_err();
        assert!(!refused.contains("open {"), "{refused}");
    }

    #[test]
    fn what_could_go_missing_is_refused_with_what_is_allowed() {
        for (source, says) in [
            ("no-such = x\n", "no-such: there is no text with this key"),
            (
                "identify-title =\n    .do = x\n",
                "identify-title.do: there is no text",
            ),
            (
                "embed-title = x\n",
                "embed-title: there is no text with this key",
            ),
            (
                "mail-when = x\n",
                "mail-when: there is no text with this key that can be changed here; allowed are \
                 the keys of app.ftl, first.ftl, ",
            ),
            ("-term = x\n", "-term: there is no text"),
            ("# fine\nidentify-title\n", "line 2: "),
            (
                "identify-title = x\nidentify-title = y\n",
                "identify-title: is there twice",
            ),
            (
                "identify-title = { $name }\n",
                "identify-title: $name is not known here; allowed: none",
            ),
            (
                "gates-position = { $currnt }\n",
                "gates-position: $currnt is not known here; allowed: $current, $total",
            ),
            (
                "gates-position = { $total ->\n *[other] x\n }\n",
                "gates-position: $total cannot choose a form; this text has one form",
            ),
            (
                "reason-too-short = { $length ->\n *[other] x\n }\n",
                "reason-too-short: $length cannot choose a form; allowed is $minimum",
            ),
            (
                "reason-wrong-code = { $tries ->\n *[one] x\n }\n",
                "reason-wrong-code: needs the form *[other]; allowed besides are [0] [one]",
            ),
            (
                "reason-wrong-code = { $tries ->\n *[one] x\n [other] y\n }\n",
                "needs the form *[other]",
            ),
            (
                "reason-wrong-code = { $tries ->\n [few] x\n *[other] y\n }\n",
                "needs the form *[other]; allowed besides are [0] [one]",
            ),
            (
                "reason-wrong-code = { $tries ->\n [7] x\n *[other] y\n }\n",
                "reason-wrong-code: has a variant [7]",
            ),
            (
                "identify-title = { identify-lead }\n",
                "identify-title: has a quoted text",
            ),
            (
                "identify-title = { \"x\" }\n",
                "identify-title: has a quoted text",
            ),
            (
                "identify-title = { NUMBER(1) }\n",
                "identify-title: has a quoted text",
            ),
        ] {
            let error = own(Language::En, source).unwrap_err();
            assert!(error.contains(says), "{source:?}: {error}");
        }
    }
}
