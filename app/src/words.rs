//! Texts by key. On the server they come from Fluent; in the browser from templates that the
//! server made of it, with plurals by `Intl.PluralRules`.

/// A value to put into a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text as it is.
    Text(String),
    /// A number, which may choose a plural.
    Count(u16),
    /// A moment with its date, in the person's own time zone.
    Moment(u64),
    /// A moment of today: its time alone.
    Clock(u64),
}

/// The arguments of a text.
pub type Arguments = Vec<(&'static str, Value)>;

/// The text of a key.
pub fn t(key: &str) -> String {
    text(key, &[])
}

#[cfg(feature = "browser")]
pub use crate::browser::page::text;

/// The text of a key, with arguments.
#[cfg(all(feature = "ssr", not(feature = "browser")))]
pub fn text(key: &str, arguments: &[(&'static str, Value)]) -> String {
    crate::pages::text(key, arguments)
}

/// Without a half there are no texts.
#[cfg(not(any(feature = "ssr", feature = "browser")))]
pub fn text(key: &str, _: &[(&'static str, Value)]) -> String {
    key.to_owned()
}
