//! Finds the defects of a translated file.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use postern_i18n::Language;

/// The arguments that are counts and so may select a plural form.
const COUNT_ARGUMENTS: [&str; 9] = [
    "history",
    "length",
    "maximum",
    "minimum",
    "minutes",
    "needed",
    "remembered",
    "left",
    "tries",
];

/// The texts of one file by key, attributes as `key.attribute`.
#[derive(Debug, Default)]
pub struct Texts {
    by_key: BTreeMap<String, Text>,
    duplicates: Vec<String>,
}

/// The parts of one text.
#[derive(Debug, Default)]
pub struct Text {
    /// Every argument in the text.
    pub arguments: BTreeSet<String>,
    /// The arguments that the text selects by, one for each selector.
    selectors: Vec<String>,
    /// The forms of its selectors.
    forms: Vec<Form>,
    /// Every possible reading, with arguments as `{name}`.
    pub readings: Vec<String>,
    /// The text has a quoted literal or anything but text, arguments and selectors.
    has_foreign_syntax: bool,
}

#[derive(Debug)]
struct Form {
    name: String,
    default: bool,
    reading: String,
}

impl Texts {
    /// Parses a file.
    pub fn parse(source: &str) -> Result<Self, String> {
        let tree = fluent_syntax::parser::parse(source)
            .map_err(|(_, defects)| format!("cannot be parsed: {defects:?}"))?;
        let mut texts = Self::default();
        for entry in &tree.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            if let Some(pattern) = &message.value {
                texts.add(message.id.name.to_owned(), pattern);
            }
            for attribute in &message.attributes {
                let key = format!("{}.{}", message.id.name, attribute.id.name);
                texts.add(key, &attribute.value);
            }
        }
        Ok(texts)
    }

    /// Returns a text by its key.
    pub fn get(&self, key: &str) -> Option<&Text> {
        self.by_key.get(key)
    }

    /// Returns every key, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_key.keys().map(String::as_str)
    }

    fn add(&mut self, key: String, pattern: &Pattern<&str>) {
        let mut text = Text::default();
        text.readings = text.read(pattern);
        if self.by_key.insert(key.clone(), text).is_some() {
            self.duplicates.push(key);
        }
    }
}

impl Text {
    /// Returns the possible readings of a pattern.
    fn read(&mut self, pattern: &Pattern<&str>) -> Vec<String> {
        let mut readings = vec![String::new()];
        for element in &pattern.elements {
            let parts = match element {
                PatternElement::TextElement { value } => vec![(*value).to_owned()],
                PatternElement::Placeable { expression } => self.read_expression(expression),
            };
            readings = (readings.iter())
                .flat_map(|before| parts.iter().map(move |part| format!("{before}{part}")))
                .collect();
        }
        readings
    }

    fn read_expression(&mut self, expression: &Expression<&str>) -> Vec<String> {
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                self.arguments.insert(id.name.to_owned());
                vec![format!("{{{}}}", id.name)]
            }
            Expression::Inline(InlineExpression::StringLiteral { value }) => {
                self.has_foreign_syntax = true;
                vec![(*value).to_owned()]
            }
            Expression::Inline(_) => {
                self.has_foreign_syntax = true;
                vec![String::new()]
            }
            Expression::Select { selector, variants } => {
                match selector {
                    InlineExpression::VariableReference { id } => {
                        self.arguments.insert(id.name.to_owned());
                        self.selectors.push(id.name.to_owned());
                    }
                    _ => self.has_foreign_syntax = true,
                }
                let mut all = Vec::new();
                for variant in variants {
                    let (VariantKey::Identifier { name }
                    | VariantKey::NumberLiteral { value: name }) = &variant.key;
                    let readings = self.read(&variant.value);
                    self.forms.push(Form {
                        name: (*name).to_owned(),
                        default: variant.default,
                        reading: readings.concat(),
                    });
                    all.extend(readings);
                }
                all
            }
        }
    }
}

/// Returns the defect of an untranslated text.
pub fn same_as_english(key: &str) -> String {
    format!("{key}: the same as in English")
}

/// Returns all defects of a file.
pub fn defects(language: Language, english: &Texts, source: &str) -> Vec<String> {
    let Ok(texts) = Texts::parse(source) else {
        return vec!["cannot be parsed".into()];
    };
    let mut found = Vec::new();
    for key in &texts.duplicates {
        found.push(format!("{key}: defined twice"));
    }
    for key in english.keys().filter(|key| texts.get(key).is_none()) {
        found.push(format!("{key}: missing"));
    }
    for (key, text) in &texts.by_key {
        let mut report = |defect: String| found.push(format!("{key}: {defect}"));
        let Some(original) = english.get(key) else {
            report("not in English".into());
            continue;
        };
        if text.has_foreign_syntax {
            report("has a quoted literal".into());
        }
        if text.arguments != original.arguments {
            let list = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(" ");
            let (here, there) = (list(&text.arguments), list(&original.arguments));
            report(format!("arguments [{here}], in English [{there}]"));
        }
        check_plurals(language, original, text, &mut report);
        let mut reported = BTreeSet::new();
        for reading in &text.readings {
            check_typography(language, reading, &mut |defect| {
                if reported.insert(defect.clone()) {
                    report(defect);
                }
            });
        }
        if original.readings.first().map(|text| final_mark(text))
            != text.readings.first().map(|text| final_mark(text))
        {
            report("ends with another sign than in English".into());
        }
        let has_words = original.readings.iter().any(|reading| has_word(reading));
        if language != Language::En && has_words && text.readings == original.readings {
            found.push(same_as_english(key));
        }
    }
    found
}

/// Checks the forms: those that CLDR has for whole numbers, selected by one count.
fn check_plurals(
    language: Language,
    original: &Text,
    text: &Text,
    report: &mut impl FnMut(String),
) {
    if text.selectors.len() > 1 {
        report("more than one selector".into());
    }
    if text.selectors.first() != original.selectors.first() {
        report("selects by another argument than English".into());
    }
    let Some(selector) = text.selectors.first() else {
        return;
    };
    if !COUNT_ARGUMENTS.contains(&selector.as_str()) {
        report(format!("selects by {selector}, which is no count"));
    }
    let has_zero_form = |text: &Text| text.forms.iter().any(|form| form.name == "0");
    if has_zero_form(text) && !has_zero_form(original) {
        report("a form for 0 that English has not".into());
    }
    if has_zero_form(original) && !has_zero_form(text) {
        report("no form for 0, which English has".into());
    }
    let forms: Vec<_> = (text.forms.iter().map(|form| form.name.as_str()))
        .filter(|name| *name != "0")
        .collect();
    let expected = language.plural_categories();
    if forms != expected {
        let (forms, expected) = (forms.join(" "), expected.join(" "));
        report(format!("forms [{forms}], expected [{expected}]"));
    }
    if !(text.forms.iter()).all(|form| form.default == (form.name == "other")) {
        report("the default is not [other]".into());
    }
    // “Your last password” is right for 1, but Lithuanian has 21 in the same form.
    let shown = format!("{{{selector}}}");
    let shows = |form: &Form| form.reading.contains(&shown);
    if text
        .forms
        .iter()
        .any(|form| form.name == "other" && shows(form))
    {
        for form in text
            .forms
            .iter()
            .filter(|form| form.name != "0" && !shows(form))
        {
            let numbers = (0..=200).filter(|n| language.plural_category(*n) == form.name);
            if numbers.count() > 1 {
                report(format!(
                    "[{}] stands for several numbers and does not show ${selector}",
                    form.name
                ));
            }
        }
    }
}

/// The typography of a language.
struct Typography {
    /// The quotation marks, opening and closing.
    quotes: (char, char),
    /// The words of one letter that may not end a line.
    short_words: &'static str,
}

/// Returns the typography of a language. One without a line of its own quotes „like this“.
fn typography(language: Language) -> Typography {
    let (quotes, short_words) = match language {
        Language::En => (('“', '”'), ""),
        Language::Cs => (('„', '“'), "ksvzouai"),
        Language::Pl => (('„', '”'), "wzioua"),
        Language::Sl => (('»', '«'), ""),
        _ => (('„', '“'), ""),
    };
    Typography {
        quotes,
        short_words,
    }
}

/// Checks spaces, dashes and quotation marks by the rules of the language.
fn check_typography(language: Language, reading: &str, report: &mut impl FnMut(String)) {
    if reading.trim() != reading {
        report("begins or ends with a space".into());
    }
    if reading.contains("  ") {
        report("has two spaces in a row".into());
    }
    if reading.contains(" - ") {
        report("has a hyphen for a dash".into());
    }
    if reading.contains("...") {
        report("has three dots for …".into());
    }
    if reading.contains(" …") {
        report("… can begin a line; U+00A0 or nothing goes before it".into());
    }
    let Typography {
        quotes: (open, close),
        short_words,
    } = typography(language);
    let mut word = String::new();
    for sign in reading.chars() {
        let lower = word.to_lowercase();
        if sign == ' ' && lower.chars().count() == 1 && short_words.contains(&lower) {
            report(format!("{word} can end a line; U+00A0 goes after it"));
        }
        if sign.is_alphanumeric() || sign == '}' {
            word.push(sign);
        } else {
            word.clear();
        }
    }
    let mut depth = 0_i32;
    for sign in reading.chars() {
        if sign == open {
            depth += 1;
        } else if sign == close {
            depth -= 1;
        } else if "'\"`´‘‚‹›«»„“”‟".contains(sign) || (sign == '’' && language != Language::En)
        {
            report(format!("has the quotation mark {sign}"));
        }
        if !(0..=1).contains(&depth) {
            break;
        }
    }
    if depth != 0 {
        report("has a quotation that is not closed".into());
    }
}

/// Returns the punctuation mark at the end of a text, if it ends a sentence.
fn final_mark(reading: &str) -> Option<char> {
    reading
        .chars()
        .last()
        .filter(|sign| ".:?!…".contains(*sign))
}

/// Reports whether there is a word outside the arguments.
fn has_word(reading: &str) -> bool {
    let mut inside = false;
    reading.chars().any(|sign| {
        match sign {
            '{' => inside = true,
            '}' => inside = false,
            _ => {}
        }
        !inside && sign.is_alphabetic()
    })
}
