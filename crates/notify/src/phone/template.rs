//! Templates of a gateway's requests: values are escaped for the place where they are inserted, so
//! that no value can end a string, add a field or begin another header.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use postern_envelope::Secret;

/// The place of a template in a request, which decides how values are escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The URL: values are percent-encoded (RFC 3986 section 2.1).
    Url,
    /// The value of a header: values stay as they are; a control character fails the request.
    Header,
    /// The strings of a JSON text: values are escaped (RFC 8259 section 7).
    Json,
    /// `application/x-www-form-urlencoded`: values are percent-encoded.
    Form,
}

/// The names of the values that a template may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// `{number}`: the number, such as `+420601234567`.
    Number,
    /// `{digits}`: the number without its plus.
    Digits,
    /// `{text}`: the text that is written or spoken.
    Text,
    /// `{code}`: the digits of the code alone.
    Code,
    /// `{language}`: the language of the text, such as `cs`.
    Language,
    /// `{secret}`: the content of `secret_file`.
    Secret,
}

const NAMES: [(&str, Name); 6] = [
    ("number", Name::Number),
    ("digits", Name::Digits),
    ("text", Name::Text),
    ("code", Name::Code),
    ("language", Name::Language),
    ("secret", Name::Secret),
];

/// A parsed template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    place: Place,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Value(Name),
}

impl Template {
    /// Parses a template. Braces around anything but lower-case letters and `_` are literal.
    ///
    /// # Errors
    /// The message says which name was found and which were expected.
    pub fn parse(text: &str, place: Place) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            literal.push_str(before);
            let name = after.split_once('}').filter(|(name, _)| is_name(name));
            match name {
                Some((name, after)) => {
                    parts.push(Part::Literal(core::mem::take(&mut literal)));
                    parts.push(Part::Value(parse_name(name, place)?));
                    rest = after;
                }
                None => {
                    literal.push('{');
                    rest = after;
                }
            }
        }
        literal.push_str(rest);
        parts.push(Part::Literal(literal));
        Ok(Self { place, parts })
    }

    /// Reports whether the template contains a value.
    #[must_use]
    pub fn has(&self, name: Name) -> bool {
        self.parts.contains(&Part::Value(name))
    }

    /// Returns the literal text before the first value.
    #[must_use]
    pub fn literal_prefix(&self) -> &str {
        match self.parts.first() {
            Some(Part::Literal(literal)) => literal,
            _ => "",
        }
    }

    /// Returns the text with its values inserted and escaped.
    pub fn fill<'v>(&self, value: impl Fn(Name) -> &'v str) -> Secret {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Value(name) => text.push_str(&escaped(value(*name), self.place)),
            }
        }
        Secret::new(text.into_bytes())
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn parse_name(name: &str, place: Place) -> Result<Name, String> {
    let found = NAMES.iter().find(|(known, _)| *known == name);
    match found {
        Some((_, Name::Text)) if place == Place::Header => {
            Err("expected no {text} in a header".to_owned())
        }
        Some((_, name)) => Ok(*name),
        None => {
            let names: Vec<_> = NAMES
                .iter()
                .map(|(name, _)| ["{", name, "}"].concat())
                .collect();
            Err(format!(
                "expected one of {}, found {{{name}}}",
                names.join(", ")
            ))
        }
    }
}

/// Every character but the unreserved ones (RFC 3986 section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn escaped(value: &str, place: Place) -> String {
    match place {
        Place::Url | Place::Form => utf8_percent_encode(value, RESERVED).to_string(),
        Place::Json => {
            let quoted = serde_json::Value::from(value).to_string();
            quoted[1..quoted.len() - 1].to_owned()
        }
        Place::Header => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, place: Place, value: &str) -> String {
        let template = Template::parse(text, place).unwrap();
        template.fill(|_| value).expose_str().unwrap().to_owned()
    }

    #[test]
    fn values_are_escaped_for_their_place() {
        let value = "a\"b\\c\nd&e=f +č{secret}";
        assert_eq!(
            filled("https://x/?t={text}", Place::Url, value),
            "https://x/?t=a%22b%5Cc%0Ad%26e%3Df%20%2B%C4%8D%7Bsecret%7D"
        );
        assert_eq!(
            filled("to={number}&t={text}", Place::Form, "+1&x=2"),
            "to=%2B1%26x%3D2&t=%2B1%26x%3D2"
        );
        let json = filled("{\"to\": \"{text}\", \"a\": {}}", Place::Json, value);
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["to"], value);
        assert_eq!(
            filled("Bearer {secret}", Place::Header, "x y"),
            "Bearer x y"
        );
    }

    #[test]
    fn braces_that_hold_no_name_are_braces() {
        for text in ["{}", "{ text }", "{\"a\":1}", "{", "}{", "{a", "{{", "{A}"] {
            assert_eq!(filled(text, Place::Json, "x"), text);
        }
        assert_eq!(filled("{{text}}", Place::Json, "x"), "{x}");
    }

    #[test]
    fn what_is_not_known_is_named() {
        let error = Template::parse("{numbr}", Place::Url).unwrap_err();
        assert_eq!(
            error,
            "expected one of {number}, {digits}, {text}, {code}, {language}, {secret}, \
             found {numbr}"
        );
        assert!(Template::parse("{text}", Place::Header).is_err());
        let template = Template::parse("https://x/{code}", Place::Url).unwrap();
        assert!(template.has(Name::Code) && !template.has(Name::Secret));
        assert_eq!(template.literal_prefix(), "https://x/");
    }
}
