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
    /// More than one value, or one of several: it has no variable.
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
