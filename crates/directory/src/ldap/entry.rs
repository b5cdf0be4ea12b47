//! One entry of a search result: attribute names in any case, values as bytes or as text.

use ldap3::{ResultEntry, SearchEntry};
use std::collections::HashMap;

/// A directory entry.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub dn: String,
    values: HashMap<String, Vec<Vec<u8>>>,
}

impl Entry {
    /// Returns the values of an attribute; empty if it is absent or may not be read.
    pub fn all(&self, name: &str) -> &[Vec<u8>] {
        self.values
            .get(&name.to_ascii_lowercase())
            .map_or(&[], Vec::as_slice)
    }

    /// Returns the first value of an attribute.
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.all(name).first().map(Vec::as_slice)
    }

    /// Returns the values of an attribute that are UTF-8.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        let values = self.all(name).iter();
        values.filter_map(|value| str::from_utf8(value).ok())
    }

    /// Returns the first UTF-8 value of an attribute.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts(name).next()
    }

    /// Returns the first value of an attribute as a number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// Returns whether the first value of an attribute is `TRUE`; `None` if there is none.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        Some(self.text(name)?.eq_ignore_ascii_case("TRUE"))
    }
}

impl From<ResultEntry> for Entry {
    fn from(entry: ResultEntry) -> Self {
        let entry = SearchEntry::construct(entry);
        let binary = entry.bin_attrs.into_iter();
        // ldap3 returns a binary value that happens to be UTF-8 as text: both are kept as bytes.
        let text = entry.attrs.into_iter().map(|(name, values)| {
            let values = values.into_iter().map(String::into_bytes).collect();
            (name, values)
        });
        Self {
            dn: entry.dn,
            values: binary
                .chain(text)
                .map(|(name, values): (String, Vec<Vec<u8>>)| (name.to_ascii_lowercase(), values))
                .collect(),
        }
    }
}

#[cfg(test)]
impl Entry {
    /// Builds an entry for tests.
    pub fn of(values: &[(&str, &[u8])]) -> Self {
        let mut entry = Self::default();
        for (name, value) in values {
            let values = entry.values.entry(name.to_ascii_lowercase());
            values.or_default().push(value.to_vec());
        }
        entry
    }
}
