//! The texts in all languages: Project Fluent with CLDR plurals.
//!
//! The texts are in `locales/<language>/<file>.ftl` and are compiled in. The server and the agent
//! format them with [`Words::text`]; the browser, which has no Fluent, gets [`Template`]s.
//!
//! ```
//! use postern_i18n::{Language, Value, Words};
//!
//! let words = Words::of(Language::negotiate("lt-LT, en;q=0.5"));
//! assert_eq!(words.language(), Language::Lt);
//! assert_eq!(
//!     Words::of(Language::En).text("gate-mail-to", &[("address", Value::Text("a••@c••.example"))]),
//!     "We’ll send a code to a••@c••.example.",
//! );
//! ```

#![deny(missing_docs)]

mod cardinal;
mod language;
mod own;
mod shape;
mod source;
mod template;
mod words;

pub use language::{Language, NotALanguage};
pub use own::{OverrideError, OwnWords};
pub use source::File;
pub use template::Template;
pub use words::{Value, Words};
