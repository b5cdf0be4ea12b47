//! The keys of a configuration file, derived from the types that it is read into, so that no list
//! of them can go stale: the environment variable of each key, and the keys of an example file.

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

/// The type of a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// An integer.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list of strings; comma-separated in a variable.
    Texts,
    /// Anything else; it has no variable and is set in the file only.
    FileOnly,
}

/// Returns the keys of a type, below `section` unless that is empty.
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
    /// Creates a key that no type has, as the `type` key that selects which type is read.
    #[must_use]
    pub fn new(path: &str, kind: Kind) -> Self {
        Self {
            path: path.to_owned(),
            kind,
        }
    }

    /// The dotted path: `policy.tries`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The type of its value.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The environment variable that sets it, `POSTERN_AGENT_POLICY_TRIES`; none for
    /// [`Kind::FileOnly`].
    #[must_use]
    pub fn variable(&self, prefix: &str) -> Option<String> {
        let name = || [prefix, &self.path.replace('.', "_").to_uppercase()].concat();
        (self.kind != Kind::FileOnly).then(name)
    }

    /// Parses a variable's text and puts the value into the table of a file.
    ///
    /// # Errors
    /// The value that was expected.
    pub fn put(&self, table: &mut Table, text: String) -> Result<(), &'static str> {
        let value = match self.kind {
            Kind::Text => Value::String(text),
            Kind::Number => {
                let number = text.parse().map_err(|_| "expected a whole number");
                Value::Integer(number?)
            }
            Kind::Boolean => {
                let switch = text.parse().map_err(|_| "expected true or false");
                Value::Boolean(switch?)
            }
            Kind::Texts => {
                let texts = text.split(',').map(str::trim);
                let texts = texts.filter(|text| !text.is_empty());
                Value::Array(texts.map(Value::from).collect())
            }
            Kind::FileOnly => return Err("this key can be set in the file only"),
        };
        let mut parent = table;
        let mut parts: Vec<_> = self.path.split('.').collect();
        let last = parts.pop().unwrap_or_default();
        for section in parts {
            let section = parent.entry(section).or_insert_with(|| Table::new().into());
            let section = section.as_table_mut();
            parent = section.ok_or("expected its section in the file to be a table")?;
        }
        parent.insert(last.to_owned(), value);
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
            ("c.switch", Kind::Boolean, "true"),
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
        for (path, kind, expected) in [
            ("a", Kind::Number, "expected a whole number"),
            ("a", Kind::Boolean, "expected true or false"),
            (
                "a.x",
                Kind::Text,
                "expected its section in the file to be a table",
            ),
            ("a", Kind::FileOnly, "this key can be set in the file only"),
        ] {
            let put = Key::new(path, kind).put(&mut table, "soon".to_owned());
            assert_eq!(put, Err(expected));
        }
        assert_eq!(Key::new("c.d", Kind::FileOnly).variable("P_"), None);
        let name = Key::new("c.d_e", Kind::Text).variable("P_");
        assert_eq!(name.as_deref(), Some("P_C_D_E"));
    }
}
