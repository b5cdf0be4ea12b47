//! Finds the keys of a type by deserializing it: a derived struct passes the names of its fields to
//! the deserializer, and each field requests the type of its value. No value is ever supplied.

use crate::{Key, Kind};
use core::cell::Cell;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::{Deserializer, forward_to_deserialize_any};

/// Returns the keys of a type, in the order of its fields.
pub fn keys<T: DeserializeOwned>() -> Vec<Key> {
    let mut keys = Vec::new();
    let mut paths: Vec<Vec<&'static str>> = vec![Vec::new()];
    while let Some(path) = paths.pop() {
        let found = Cell::new(None);
        // No value is supplied, so this always fails; the result is in `found`.
        let _always_an_error = T::deserialize(Tracer {
            path: &path,
            nesting: Nesting::None,
            found: &found,
        });
        match found.get() {
            Some(Found::Section(fields)) => {
                let under = |field: &&'static str| [&path[..], &[*field]].concat();
                paths.extend(fields.iter().rev().map(under));
            }
            Some(Found::Value(kind)) => keys.push(Key::new(&path.join("."), kind)),
            None => {}
        }
    }
    keys
}

/// The item at the end of a path.
#[derive(Clone, Copy)]
enum Found {
    Section(&'static [&'static str]),
    Value(Kind),
}

/// The lists that enclose a value.
#[derive(Clone, Copy)]
enum Nesting {
    None,
    List,
    /// A section or a list inside a list: no path names a single value in it.
    Deeper,
}

/// A deserializer that follows a path of field names.
#[derive(Clone, Copy)]
struct Tracer<'a> {
    path: &'a [&'static str],
    nesting: Nesting,
    found: &'a Cell<Option<Found>>,
}

impl Tracer<'_> {
    fn value<T>(self, kind: Kind) -> Result<T, Error> {
        let kind = match (self.nesting, kind) {
            (Nesting::None, kind) => kind,
            (Nesting::List, Kind::Text) => Kind::Texts,
            _ => Kind::FileOnly,
        };
        self.found.set(Some(Found::Value(kind)));
        Err(Error::custom("traced"))
    }
}

/// Implements the `deserialize_…` methods that request a value of one kind.
macro_rules! values {
    ($kind:ident: $($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            self.value(Kind::$kind)
        }
    )*};
}

impl<'de> Deserializer<'de> for Tracer<'_> {
    type Error = Error;

    values!(Boolean: deserialize_bool);
    values!(Number: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128);
    values!(Text: deserialize_str deserialize_string deserialize_char);
    values!(FileOnly: deserialize_any deserialize_map);

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.path.split_first() {
            Some((field, path)) => {
                let nesting = match self.nesting {
                    Nesting::None => Nesting::None,
                    Nesting::List | Nesting::Deeper => Nesting::Deeper,
                };
                let field_tracer = Self {
                    path,
                    nesting,
                    ..self
                };
                visitor.visit_map(SingleEntry(Some(field), field_tracer))
            }
            None => {
                self.found.set(Some(Found::Section(fields)));
                Err(Error::custom("traced"))
            }
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        self.value(Kind::Text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let nesting = match self.nesting {
            Nesting::None => Nesting::List,
            Nesting::List | Nesting::Deeper => Nesting::Deeper,
        };
        visitor.visit_seq(SingleEntry(Some("one"), Self { nesting, ..self }))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    forward_to_deserialize_any! {
        f32 f64 bytes byte_buf unit unit_struct identifier ignored_any
    }
}

/// A struct with one field, or a list with one element.
struct SingleEntry<'a>(Option<&'static str>, Tracer<'a>);

impl<'de> MapAccess<'de> for SingleEntry<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let key = self.0.take().map(|key| {
            let key: StrDeserializer<'_, Error> = key.into_deserializer();
            seed.deserialize(key)
        });
        key.transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.1)
    }
}

impl<'de> SeqAccess<'de> for SingleEntry<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let element = self.0.take().map(|_| seed.deserialize(self.1));
        element.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;
    use std::net::SocketAddr;
    use std::path::PathBuf;

    #[expect(dead_code, reason = "only its keys matter")]
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Whole {
        text: String,
        path: Option<PathBuf>,
        address: Option<SocketAddr>,
        number: Option<u16>,
        bounded: Bounded,
        #[serde(default)]
        switch: bool,
        #[serde(rename = "choice")]
        renamed: Choice,
        texts: Vec<String>,
        numbers: Vec<u16>,
        lists: Vec<Vec<String>>,
        map: BTreeMap<String, String>,
        #[serde(default)]
        section: Section,
        sections: Vec<Section>,
        #[serde(skip)]
        skipped: u8,
    }

    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Section {
        inner: Box<u64>,
        text: String,
    }

    #[derive(Deserialize)]
    #[serde(try_from = "i64")]
    struct Bounded;

    impl TryFrom<i64> for Bounded {
        type Error = &'static str;

        fn try_from(_: i64) -> Result<Self, Self::Error> {
            Err("never")
        }
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Choice {
        _One,
    }

    #[test]
    fn every_key_of_a_type_is_found_with_what_is_written_behind_it() {
        let found: Vec<_> = keys::<Whole>()
            .into_iter()
            .map(|key| (key.path, key.kind))
            .collect();
        let expected = [
            ("text", Kind::Text),
            ("path", Kind::Text),
            ("address", Kind::Text),
            ("number", Kind::Number),
            ("bounded", Kind::Number),
            ("switch", Kind::Boolean),
            ("choice", Kind::Text),
            ("texts", Kind::Texts),
            ("numbers", Kind::FileOnly),
            ("lists", Kind::FileOnly),
            ("map", Kind::FileOnly),
            ("section.inner", Kind::Number),
            ("section.text", Kind::Text),
            ("sections.inner", Kind::FileOnly),
            ("sections.text", Kind::FileOnly),
        ];
        let expected = expected.map(|(path, kind)| (path.to_owned(), kind));
        assert_eq!(found, expected);
    }
}
