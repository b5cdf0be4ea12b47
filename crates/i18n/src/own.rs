//! A tenant's own texts: messages that replace the built-in ones, checked so that no text,
//! argument or plural form can go missing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource,
};
use fluent_syntax::parser;

use crate::shape::{self, MessageSignature};
use crate::source::File;
use crate::{Language, Words};

/// The largest file of own texts, in bytes: three times the size of all built-in ones.
const MAX_BYTES: usize = 128 * 1024;

/// The deepest nesting of `{` in own texts; the built-in ones have two levels.
const MAX_NESTING: usize = 16;

/// The texts of a tenant: its own where it has some, else the built-in ones.
#[derive(Clone, Debug, Default)]
pub struct OwnWords {
    own: BTreeMap<Language, Arc<Words>>,
}

/// The reason for which a file of own texts is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OverrideError {
    /// The file is not valid Fluent.
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The message of the parser.
        cause: String,
    },
    /// No text that can be replaced here has this key.
    Unknown {
        /// The key.
        key: String,
        /// The files whose texts can be replaced.
        allowed: Vec<File>,
    },
    /// The key is defined twice.
    Twice(String),
    /// The built-in text does not have this argument.
    Argument {
        /// The key.
        key: String,
        /// The argument.
        name: String,
        /// The arguments of the built-in text.
        allowed: BTreeSet<String>,
    },
    /// The built-in text does not select a plural form by this argument.
    Selector {
        /// The key.
        key: String,
        /// The argument that was found as a selector.
        name: String,
        /// The selector of the built-in text, if it has one.
        allowed: Option<String>,
    },
    /// The forms are not plural forms of this language with `*[other]` as the default.
    Forms {
        /// The key.
        key: String,
        /// The plural categories of the language.
        allowed: &'static [&'static str],
    },
    /// The text has an element other than text, arguments and one plural.
    Foreign {
        /// The key.
        key: String,
        /// The defect.
        cause: String,
    },
}

impl OwnWords {
    /// Adds own texts in a language: any number of Fluent messages, under keys of the built-in
    /// files in `files`.
    ///
    /// # Errors
    /// [`OverrideError`] names the key and the expected content.
    pub fn add(
        &mut self,
        files: &[File],
        language: Language,
        source: &str,
    ) -> Result<(), OverrideError> {
        let tree = parse(source)?;
        check(files, language, &tree)?;
        let replacement = |id: &str| tree.body.iter().find_map(|entry| message(entry, id));
        let words = Words::load(language, |built_in| {
            if let Some(own) = replacement(&built_in.id.name) {
                replace_texts(built_in, own);
            }
        });
        let words = words.map_err(|cause| OverrideError::Syntax { line: 1, cause })?;
        self.own.insert(language, Arc::new(words));
        Ok(())
    }

    /// Returns the texts of a language.
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
                let files = allowed.iter().map(|file| [file.name(), ".ftl"].concat());
                let files = files.collect::<Vec<_>>().join(", ");
                write!(
                    f,
                    "{key}: there is no text with this key that can be changed here; expected a \
                     key of {files} in locales/"
                )
            }
            Self::Twice(key) => write!(f, "{key}: expected once, found twice"),
            Self::Argument { key, name, allowed } => {
                let allowed: Vec<_> = allowed.iter().map(|name| format!("${name}")).collect();
                let expected = match allowed.as_slice() {
                    [] => String::from("no argument"),
                    some => some.join(" or "),
                };
                write!(f, "{key}: expected {expected}, found ${name}")
            }
            Self::Selector { key, name, allowed } => match allowed {
                None => write!(
                    f,
                    "{key}: expected one form, found a choice of form by ${name}"
                ),
                Some(allowed) => {
                    write!(
                        f,
                        "{key}: expected a choice of form by ${allowed}, found one by ${name}"
                    )
                }
            },
            Self::Forms { key, allowed } => {
                write!(
                    f,
                    "{key}: expected the default form *[other], and besides it only [0]"
                )?;
                let others = allowed.iter().filter(|form| **form != "other");
                others
                    .into_iter()
                    .try_for_each(|form| write!(f, " [{form}]"))
            }
            Self::Foreign { key, cause } => write!(
                f,
                "{key}: {cause}; expected text, arguments, and one choice of a plural form"
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

/// Rejects deep nesting: the parser recurses for each open `{`, and very many would overflow the
/// stack.
fn expect_shallow(source: &str) -> Result<(), OverrideError> {
    if source.len() > MAX_BYTES {
        let cause = format!("expected at most {MAX_BYTES} bytes, found {}", source.len());
        return Err(OverrideError::Syntax { line: 1, cause });
    }
    let mut open = 0_usize;
    for (number, line) in (1..).zip(source.lines()) {
        // The next message begins here, even if a brace is still open.
        let name = line.split_once('=').map(|(name, _)| name.trim_end());
        let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if name.is_some_and(|name| !name.is_empty() && name.bytes().all(is_name_byte)) {
            open = 0;
        }
        for byte in line.bytes() {
            match byte {
                b'{' => open += 1,
                b'}' => open = open.saturating_sub(1),
                _ => {}
            }
            if open > MAX_NESTING {
                let cause = format!("expected at most {MAX_NESTING} open {{, found more");
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
    let signatures = shape::rewrite(&mut tree.clone()).map_err(|cause| {
        let (key, cause) = cause.split_once(": ").unwrap_or(("", &cause));
        OverrideError::Foreign {
            key: key.to_owned(),
            cause: cause.to_owned(),
        }
    })?;
    let mut seen = BTreeSet::new();
    for (key, signature) in signatures {
        match Words::of(language).signature(&key) {
            Some((file, built_in)) if files.contains(&file) => {
                check_signature(language, &key, &signature, built_in)?;
            }
            _ => return Err(unknown(key, files)),
        }
        if !seen.insert(key.clone()) {
            return Err(OverrideError::Twice(key));
        }
    }
    check_defaults(tree, language)
}

fn check_signature(
    language: Language,
    key: &str,
    signature: &MessageSignature,
    built_in: &MessageSignature,
) -> Result<(), OverrideError> {
    if let Some(name) = signature.arguments.difference(&built_in.arguments).next() {
        return Err(OverrideError::Argument {
            key: key.to_owned(),
            name: name.clone(),
            allowed: built_in.arguments.clone(),
        });
    }
    if let Some(name) = &signature.selector
        && built_in.selector.as_ref() != Some(name)
    {
        return Err(OverrideError::Selector {
            key: key.to_owned(),
            name: name.clone(),
            allowed: built_in.selector.clone(),
        });
    }
    let categories = language.plural_categories();
    let known = |form: &&str| *form == "zero" || categories.contains(form);
    if !signature.forms.iter().all(known) {
        return Err(forms(language, key));
    }
    Ok(())
}

/// Rejects what a [`Template`](crate::Template) cannot represent.
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

/// Rejects a selector whose default is not `other`: categories without a variant use `other`.
fn check_defaults(tree: &Resource<String>, language: Language) -> Result<(), OverrideError> {
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

/// Returns the texts of a message, attributes as `key.attribute`.
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

/// Replaces the value and the attributes that `own` has; the others stay built-in.
fn replace_texts(built_in: &mut Message<String>, own: &Message<String>) {
    if own.value.is_some() {
        built_in.value.clone_from(&own.value);
    }
    for attribute in &mut built_in.attributes {
        let own = (own.attributes.iter()).find(|own| own.id.name == attribute.id.name);
        if let Some(own) = own {
            attribute.value = own.value.clone();
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
        let text = |tries| {
            let tries = [("tries", Value::Count(tries))];
            words.of(Language::Lt).text("reason-wrong-code", &tries)
        };
        assert_eq!(
            [1, 2, 10, 21].map(text),
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
            assert!(refused.contains("expected at most 16 open {"), "{refused}");
        }
        let refused = own(Language::En, &"# long\n".repeat(20_000)).unwrap_err();
        assert!(
            refused.contains("expected at most 131072 bytes"),
            "{refused}"
        );
        // The count starts again with each message.
        let many = "reset-title = { $a\n".repeat(20);
        let refused = own(Language::En, &many).unwrap_err();
        assert!(!refused.contains("open {"), "{refused}");
    }

    #[test]
    fn what_could_go_missing_is_refused_with_what_is_allowed() {
        for (source, expected) in [
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
                "mail-when: there is no text with this key that can be changed here; expected a \
                 key of app.ftl, first.ftl, ",
            ),
            ("-term = x\n", "-term: there is no text"),
            ("# fine\nidentify-title\n", "line 2: "),
            (
                "identify-title = x\nidentify-title = y\n",
                "identify-title: expected once, found twice",
            ),
            (
                "identify-title = { $name }\n",
                "identify-title: expected no argument, found $name",
            ),
            (
                "gates-position = { $currnt }\n",
                "gates-position: expected $current or $total, found $currnt",
            ),
            (
                "gates-position = { $total ->\n *[other] x\n }\n",
                "gates-position: expected one form, found a choice of form by $total",
            ),
            (
                "reason-too-short = { $length ->\n *[other] x\n }\n",
                "reason-too-short: expected a choice of form by $minimum, found one by $length",
            ),
            (
                "reason-wrong-code = { $tries ->\n *[one] x\n }\n",
                "reason-wrong-code: expected the default form *[other], and besides it only [0] [one]",
            ),
            (
                "reason-wrong-code = { $tries ->\n *[one] x\n [other] y\n }\n",
                "expected the default form *[other]",
            ),
            (
                "reason-wrong-code = { $tries ->\n [few] x\n *[other] y\n }\n",
                "expected the default form *[other], and besides it only [0] [one]",
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
            assert!(error.contains(expected), "{source:?}: {error}");
        }
    }
}
