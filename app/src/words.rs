//! Texts by key. On the server they come from Fluent; in the browser from templates that the
//! server generated from it, with plurals by `Intl.PluralRules`.

use std::sync::OnceLock;

/// A value to put into a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "browser"),
    expect(
        dead_code,
        reason = "only the steps after the first have numbers and times"
    )
)]
pub enum Value {
    /// A text as it is.
    Text(String),
    /// A number, which may select a plural form.
    Count(u16),
    /// A date with its time, in seconds since the Unix epoch, shown in the user's time zone.
    Moment(u64),
    /// A time of today, in seconds since the Unix epoch, shown without the date.
    Clock(u64),
}

/// The arguments of a text.
pub type Arguments = Vec<(&'static str, Value)>;

/// Returns the text of a key.
pub fn t(key: &str) -> String {
    text(key, &[])
}

/// Formats the text of a key with arguments.
pub type Formatter = fn(&str, &[(&'static str, Value)]) -> String;

/// The formatter of this half: Fluent on the server, templates in the browser.
static FORMATTER: OnceLock<Formatter> = OnceLock::new();

/// Installs the formatter. Only the first one counts.
pub fn install(formatter: Formatter) {
    let _already_installed = FORMATTER.set(formatter);
}

/// Returns the text of a key, with arguments. Without a formatter it is the key itself.
pub fn text(key: &str, arguments: &[(&'static str, Value)]) -> String {
    match FORMATTER.get() {
        Some(formatter) => formatter(key, arguments),
        None => key.to_owned(),
    }
}
