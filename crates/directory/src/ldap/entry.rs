//! One entry of a search, with attribute names in any case and values as bytes or as text.

use ldap3::{ResultEntry, SearchEntry};
use std::collections::HashMap;

/// An entry.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub dn: String,
    values: HashMap<String, Vec<Vec<u8>>>,
}

impl Entry {
    /// The values of an attribute; none if it is absent or may not be read.
    pub fn all(&self, name: &str) -> &[Vec<u8>] {
        self.values
            .get(&name.to_ascii_lowercase())
            .map_or(&[], Vec::as_slice)
    }

    /// The first value of an attribute.
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.all(name).first().map(Vec::as_slice)
    }

    /// The values of an attribute that are text.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        let values = self.all(name).iter();
        values.filter_map(|value| str::from_utf8(value).ok())
    }

    /// The first value of an attribute, as text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts(name).next()
    }

    /// The first value of an attribute, as a number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// The first value of an attribute, as `TRUE` or `FALSE`.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        Some(self.text(name)?.eq_ignore_ascii_case("TRUE"))
    }
}

impl From<ResultEntry> for Entry {
    fn from(entry: ResultEntry) -> Self {
        let entry = SearchEntry::construct(entry);
        let binary = entry.bin_attrs.into_iter();
        // A value of bytes that happens to be UTF-8 comes as text: both are kept as bytes.
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
    /// An entry for tests.
    pub fn of(values: &[(&str, &[u8])]) -> Self {
        let mut entry = Self::default();
        for (name, value) in values {
            let values = entry.values.entry(name.to_ascii_lowercase());
            values.or_default().push(value.to_vec());
        }
        entry
    }
}
