//! The keys of a configuration file, read off the types that it becomes, so that no list of them
//! can fall behind: a variable for each, and an example that shows each.

pub mod example;
mod trace;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

/// A key of a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    path: String,
    kind: Kind,
}

/// What is written behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Switch,
    /// A list of texts; in a variable with commas between them.
    Texts,
    /// Anything else: it has no variable.
    Many,
}

/// The keys of what is read into a type, under a section of a name, if there is one.
#[must_use]
pub fn keys<T: DeserializeOwned>(section: &str) -> Vec<Key> {
    let mut keys = trace::keys::<T>();
    if !section.is_empty() {
        for key in &mut keys {
            key.path = [section, ".", &key.path].concat();
        }
    }
    keys
}

impl Key {
    /// A key that no type has, because it says which type it is.
    #[must_use]
    pub fn new(path: &str, kind: Kind) -> Self {
        Self {
            path: path.to_owned(),
            kind,
        }
    }

    /// Where it is: `policy.tries`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is written behind it.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The variable that may set it: `POSTERN_AGENT_POLICY_TRIES`.
    #[must_use]
    pub fn variable(&self, prefix: &str) -> Option<String> {
        let name = || [prefix, &self.path.replace('.', "_").to_uppercase()].concat();
        (self.kind != Kind::Many).then(name)
    }

    /// Puts a variable's text into the table of a file.
    ///
    /// # Errors
    /// What is allowed.
    pub fn put(&self, table: &mut Table, text: String) -> Result<(), &'static str> {
        let value = match self.kind {
            Kind::Text => Value::String(text),
            Kind::Number => {
                let number = text.parse().map_err(|_| "a whole number is needed here");
                Value::Integer(number?)
            }
            Kind::Switch => {
                let switch = text.parse().map_err(|_| "allowed are true and false");
                Value::Boolean(switch?)
            }
            Kind::Texts => {
                let texts = text.split(',').map(str::trim);
                let texts = texts.filter(|text| !text.is_empty());
                Value::Array(texts.map(Value::from).collect())
            }
            Kind::Many => return Err("it is set in the file alone"),
        };
        let mut place = table;
        let mut parts: Vec<_> = self.path.split('.').collect();
        let last = parts.pop().unwrap_or_default();
        for section in parts {
            let section = place.entry(section).or_insert_with(|| Table::new().into());
            let section = section.as_table_mut();
            place = section.ok_or("its section in the file is no section")?;
        }
        place.insert(last.to_owned(), value);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_put_where_its_key_is_as_what_its_key_takes() {
        let mut table: Table = toml::from_str("a = 1\nb = 2").unwrap();
        for (path, kind, text) in [
            ("a", Kind::Number, "3"),
            ("c.text", Kind::Text, "4"),
            ("c.switch", Kind::Switch, "true"),
            ("c.d.texts", Kind::Texts, "x, y,,"),
            ("c.d.none", Kind::Texts, ""),
        ] {
            Key::new(path, kind)
                .put(&mut table, text.to_owned())
                .unwrap();
        }
        let expected = "a = 3\nb = 2\n[c]\ntext = '4'\nswitch = true\n\
                        [c.d]\ntexts = ['x', 'y']\nnone = []";
        assert_eq!(table, toml::from_str(expected).unwrap());
        for (path, kind, says) in [
            ("a", Kind::Number, "a whole number is needed here"),
            ("a", Kind::Switch, "allowed are true and false"),
            ("a.x", Kind::Text, "its section in the file is no section"),
            ("a", Kind::Many, "it is set in the file alone"),
        ] {
            let put = Key::new(path, kind).put(&mut table, "soon".to_owned());
            assert_eq!(put, Err(says));
        }
        assert_eq!(Key::new("c.d", Kind::Many).variable("P_"), None);
        let name = Key::new("c.d_e", Kind::Text).variable("P_");
        assert_eq!(name.as_deref(), Some("P_C_D_E"));
    }
}
