//! A text before its arguments are known: what the browser gets instead of Fluent.

/// A text with its arguments still open, written `{name}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Template {
    /// One form.
    Plain(String),
    /// A form for each plural category. To choose: `zero` if the number is 0 and there is such a
    /// form; else the category that `Intl.PluralRules` gives; else `other`, which is always there.
    Plural {
        /// The argument whose number chooses.
        argument: String,
        /// Category and text.
        forms: Vec<(&'static str, String)>,
    },
}
