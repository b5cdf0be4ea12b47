//! The texts of one language, and their formatting.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Message};
use fluent_syntax::{parser, serializer};

use crate::shape::{self, MessageSignature};
use crate::source::File;
use crate::{Language, Template};

/// The value of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// A string, shown unchanged.
    Text(&'a str),
    /// A number, which can select a plural form.
    Count(u64),
}

/// The texts of one language.
pub struct Words {
    language: Language,
    plain: FluentBundle<Arc<FluentResource>>,
    isolating: FluentBundle<Arc<FluentResource>>,
    signatures: BTreeMap<String, (File, MessageSignature)>,
}

impl Words {
    /// Returns the compiled-in texts of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        static LOADED: [OnceLock<Words>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        LOADED[language as usize].get_or_init(|| compiled_in(language))
    }

    /// Returns the language of these texts.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Formats the text of a key, for mails, attributes and logs. `reason-locked.do` is the
    /// attribute `do` of `reason-locked`.
    ///
    /// An unknown key is returned in brackets, `[key]`; a missing argument stays visible. Tests
    /// ensure that neither happens.
    #[must_use]
    pub fn text(&self, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
        self.format(&self.plain, key, self.fluent_arguments(arguments))
    }

    /// Formats the text of a key for HTML: each value is enclosed in U+2068 and U+2069, so that a
    /// right-to-left name does not affect the direction of the text around it.
    #[must_use]
    pub fn isolated(&self, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
        self.format(&self.isolating, key, self.fluent_arguments(arguments))
    }

    /// Returns the template of a key, for the browser to fill in.
    #[must_use]
    pub fn template(&self, key: &str) -> Template {
        let Some((_, signature)) = self.signatures.get(key) else {
            return Template::Plain(missing_key(key));
        };
        let with_form = |form: &'static str| {
            let mut arguments = FluentArgs::new();
            for name in &signature.arguments {
                arguments.set(name.clone(), text(format!("{{{name}}}")));
            }
            if let Some(name) = &signature.selector {
                arguments.set(format!("{name}{}", shape::CATEGORY), text(form));
                arguments.set(format!("{name}{}", shape::FORM), text(form));
            }
            self.format(&self.plain, key, arguments)
        };
        match &signature.selector {
            None => Template::Plain(with_form("other")),
            Some(argument) => Template::Plural {
                argument: argument.clone(),
                forms: (signature.forms.iter())
                    .map(|form| (*form, with_form(form)))
                    .collect(),
            },
        }
    }

    /// Returns the templates of all texts in a file, attributes as `key.attribute`, sorted by key.
    #[must_use]
    pub fn templates(&self, file: File) -> Vec<(String, Template)> {
        (self.signatures.iter())
            .filter(|(_, (source, _))| *source == file)
            .map(|(key, _)| (key.clone(), self.template(key)))
            .collect()
    }

    /// Returns the file and the signature of a text.
    pub(crate) fn signature(&self, key: &str) -> Option<(File, &MessageSignature)> {
        self.signatures
            .get(key)
            .map(|(file, signature)| (*file, signature))
    }

    /// Loads a language; `change` may replace the texts of each message.
    pub(crate) fn load(
        language: Language,
        change: impl Fn(&mut Message<String>),
    ) -> Result<Self, String> {
        let mut plain = FluentBundle::new_concurrent(vec![language.id()]);
        plain.set_use_isolating(false);
        let mut isolating = FluentBundle::new_concurrent(vec![language.id()]);
        let mut signatures = BTreeMap::new();
        for file in File::ALL {
            let at = |defect: String| format!("{}/{}.ftl: {defect}", language.code(), file.name());
            let mut tree = parser::parse(language.source(file).to_owned())
                .map_err(|(_, defects)| at(format!("{defects:?}")))?;
            for entry in &mut tree.body {
                if let Entry::Message(message) = entry {
                    change(message);
                }
            }
            for (key, signature) in shape::rewrite(&mut tree).map_err(at)? {
                signatures.insert(key, (file, signature));
            }
            let resource = FluentResource::try_new(serializer::serialize(&tree))
                .map_err(|(_, defects)| at(format!("{defects:?}")))?;
            let resource = Arc::new(resource);
            (plain.add_resource(Arc::clone(&resource)))
                .and_then(|()| isolating.add_resource(resource))
                .map_err(|defects| at(format!("{defects:?}")))?;
        }
        Ok(Self {
            language,
            plain,
            isolating,
            signatures,
        })
    }

    fn fluent_arguments<'a>(&self, arguments: &[(&'a str, Value<'a>)]) -> FluentArgs<'a> {
        let mut all = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            match *value {
                Value::Text(shown) => all.set(*name, text(shown)),
                Value::Count(count) => {
                    let category = self.language.plural_category(count);
                    let form = if count == 0 { "zero" } else { category };
                    all.set(*name, text(count.to_string()));
                    all.set(format!("{name}{}", shape::CATEGORY), text(category));
                    all.set(format!("{name}{}", shape::FORM), text(form));
                }
            }
        }
        all
    }

    fn format(
        &self,
        bundle: &FluentBundle<Arc<FluentResource>>,
        key: &str,
        arguments: FluentArgs<'_>,
    ) -> String {
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        let pattern = bundle.get_message(id).and_then(|message| match attribute {
            Some(name) => message.get_attribute(name).map(|found| found.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else {
            return missing_key(key);
        };
        let mut defects = Vec::new();
        bundle
            .format_pattern(pattern, Some(&arguments), &mut defects)
            .into_owned()
    }
}

impl core::fmt::Debug for Words {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Words").field(&self.language).finish()
    }
}

#[expect(
    clippy::expect_used,
    reason = "the files are compiled in, and the tests load every language"
)]
fn compiled_in(language: Language) -> Words {
    Words::load(language, |_| {}).expect("the locales are well-formed")
}

fn missing_key(key: &str) -> String {
    format!("[{key}]")
}

/// Converts a text for Fluent. `From` is avoided: other versions take "7" for a number.
fn text<'a>(value: impl Into<std::borrow::Cow<'a, str>>) -> FluentValue<'a> {
    FluentValue::String(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_loads() {
        for language in Language::ALL {
            Words::load(language, |_| {}).expect("well-formed");
        }
    }

    #[test]
    fn values_are_isolated_only_in_html() {
        let words = Words::of(Language::En);
        let code = [("code", Value::Text("ABCD"))];
        assert_eq!(words.text("support-code", &code), "Support code ABCD");
        assert_eq!(
            words.isolated("support-code", &code),
            "Support code \u{2068}ABCD\u{2069}"
        );
    }

    #[test]
    fn an_unknown_key_shows_itself() {
        let words = Words::of(Language::En);
        for key in ["", ".", "no-such", "no-such.do", "offline.no-such", "a b"] {
            assert_eq!(words.text(key, &[]), format!("[{key}]"));
            assert_eq!(words.template(key), Template::Plain(format!("[{key}]")));
        }
    }

    #[test]
    fn a_plural_is_chosen_by_its_language() {
        let text =
            Words::of(Language::Lt).text("mail-code-valid", &[("minutes", Value::Count(21))]);
        assert_eq!(text, "Jis galioja 21 minutę ir tinka vieną kartą.");
    }

    #[test]
    fn a_missing_argument_does_not_panic() {
        for language in Language::ALL {
            for key in Words::of(language).signatures.keys() {
                assert!(!Words::of(language).text(key, &[]).is_empty());
            }
        }
    }

    /// Fills in a template as the browser does.
    fn fill(template: &Template, language: Language, count: u64) -> String {
        let count_of = |name: &str| format!("{{{name}}}");
        match template {
            Template::Plain(text) => text.clone(),
            Template::Plural { argument, forms } => {
                let find = |form: &str| forms.iter().find(|(name, _)| *name == form);
                let (_, text) = (count == 0)
                    .then(|| find("zero"))
                    .flatten()
                    .or_else(|| find(language.plural_category(count)))
                    .or_else(|| find("other"))
                    .expect("every plural has `other`");
                text.replace(&count_of(argument), &count.to_string())
            }
        }
    }

    #[test]
    fn a_template_says_what_fluent_says() {
        for language in Language::ALL {
            let words = Words::of(language);
            for (key, (_, signature)) in &words.signatures {
                let template = words.template(key);
                for count in 0..=200 {
                    let names: Vec<_> = (signature.arguments.iter())
                        .map(|name| (name.as_str(), format!("{{{name}}}")))
                        .collect();
                    let arguments: Vec<_> = (names.iter())
                        .map(|(name, shown)| {
                            let counts = signature.selector.as_deref() == Some(name);
                            let value = if counts {
                                Value::Count(count)
                            } else {
                                Value::Text(shown)
                            };
                            (*name, value)
                        })
                        .collect();
                    assert_eq!(
                        fill(&template, language, count),
                        words.text(key, &arguments),
                        "{language:?} {key} {count}"
                    );
                }
            }
        }
    }

    #[test]
    fn templates_are_sorted_and_include_what_to_do() {
        for language in Language::ALL {
            let words = Words::of(language);
            let total: usize = (File::ALL.into_iter())
                .map(|file| {
                    let keys: Vec<_> = (words.templates(file).into_iter())
                        .map(|(key, _)| key)
                        .collect();
                    assert!(keys.is_sorted(), "{language:?} {file:?}");
                    keys.len()
                })
                .sum();
            assert_eq!(total, words.signatures.len());
        }
        let reasons = Words::of(Language::En).templates(File::Reasons);
        assert!(reasons.iter().any(|(key, _)| key == "reason-locked.do"));
    }
}
