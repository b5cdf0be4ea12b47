//! Texts with unfilled arguments, which the browser gets instead of Fluent.

/// A text whose arguments are not filled in yet, written `{name}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Template {
    /// One form.
    Plain(String),
    /// One form for each plural category. The form to use is `zero` if the number is 0 and that
    /// form exists, else the category that `Intl.PluralRules` gives, else `other`, which always
    /// exists.
    Plural {
        /// The argument whose number selects the form.
        argument: String,
        /// Categories and their texts.
        forms: Vec<(&'static str, String)>,
    },
}
