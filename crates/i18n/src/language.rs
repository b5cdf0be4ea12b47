//! The supported languages, and their negotiation from `Accept-Language`.

use core::str::FromStr;
use std::sync::LazyLock;

use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use icu_locale_core::{Locale, locale};
use unic_langid::{LanguageIdentifier, langid};

use crate::source::{File, source_of};

/// Makes [`Language`] of a table with a row for each language: its name in English, its variant, and
/// its code (BCP 47), which is the name of its folder in `locales/`.
macro_rules! languages {
    ($(#[$name:meta] $language:ident $code:literal,)+) => {
        /// A supported language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Language {
            $(#[$name] $language,)+
        }

        impl Language {
            /// Every language, with the default first.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$language),+];

            /// Returns the code (BCP 47), as in `?lang=lt` and `<html lang>`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$language => $code,)+
                }
            }

            /// Returns the identifier for Fluent.
            pub(crate) const fn id(self) -> LanguageIdentifier {
                match self {
                    $(Self::$language => langid!($code),)+
                }
            }

            /// Returns the locale for CLDR.
            pub(crate) const fn locale(self) -> Locale {
                match self {
                    $(Self::$language => locale!($code),)+
                }
            }

            /// Returns the source of one file of texts.
            pub(crate) const fn source(self, file: File) -> &'static str {
                match self {
                    $(Self::$language => source_of!($code, file),)+
                }
            }
        }
    };
}

languages! {
    /// English.
    En "en",
    /// Czech.
    Cs "cs",
    /// Polish.
    Pl "pl",
    /// Slovenian.
    Sl "sl",
    /// Lithuanian.
    Lt "lt",
}

/// The code is not one of [`Language::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotALanguage;

impl Language {
    /// Returns the best language for an `Accept-Language` header (RFC 9110, 12.5.4), or English if
    /// none matches. Malformed entries are skipped.
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Self {
        let requested = parse_accept_language(accept_language);
        let found = negotiate_languages(
            &requested,
            AVAILABLE.as_slice(),
            None,
            NegotiationStrategy::Lookup,
        );
        found
            .first()
            .and_then(|id| id.language.as_str().parse().ok())
            .unwrap_or_default()
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::ALL[0]
    }
}

impl FromStr for Language {
    type Err = NotALanguage;

    /// Parses the exact code; another case or a region is an error.
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .ok_or(NotALanguage)
    }
}

impl core::fmt::Display for NotALanguage {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("expected one of ")?;
        f.write_str(&Language::ALL.map(Language::code).join(", "))
    }
}

impl core::error::Error for NotALanguage {}

static AVAILABLE: LazyLock<[LanguageIdentifier; Language::ALL.len()]> =
    LazyLock::new(|| Language::ALL.map(Language::id));

/// The number of entries that are read of a header; browsers send up to about ten.
const MAX_ENTRIES: usize = 32;

/// Returns the header's languages by descending weight. `fluent-langneg` considers only the order,
/// so the weights are parsed here.
fn parse_accept_language(header: &str) -> Vec<LanguageIdentifier> {
    let mut weighted: Vec<(f32, LanguageIdentifier)> = header
        .split(',')
        .take(MAX_ENTRIES)
        .filter_map(parse_entry)
        .collect();
    weighted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    weighted.into_iter().map(|(_, id)| id).collect()
}

/// Parses one entry, `cs-CZ;q=0.8`. None if it is malformed or its weight is 0.
fn parse_entry(text: &str) -> Option<(f32, LanguageIdentifier)> {
    let mut parts = text.split(';').map(str::trim);
    let id = parts.next()?.parse().ok()?;
    let weight = match parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q="))) {
        Some(digits) => digits.parse().ok()?,
        None => 1.0,
    };
    (weight > 0.0 && weight <= 1.0).then_some((weight, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_taken_only_as_it_is_written() {
        for language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
        }
        for code in ["", "CS", "cs-CZ", " cs", "qaa", "../en"] {
            assert_eq!(code.parse::<Language>(), Err(NotALanguage), "{code:?}");
        }
    }

    /// No language has the codes `qaa` to `qtz`: they are for private use (ISO 639-2).
    #[test]
    fn the_header_chooses() {
        let long = "xx, ".repeat(1_000_000) + "lt";
        let longer = "a".repeat(1_000_000);
        for (header, language) in [
            ("", Language::En),
            ("*", Language::En),
            ("cs", Language::Cs),
            ("cs-CZ", Language::Cs),
            ("CS-cz", Language::Cs),
            ("pl-PL, pl;q=0.9, en-US;q=0.8, en;q=0.7", Language::Pl),
            ("sl-Latn-SI", Language::Sl),
            ("lt_LT", Language::Lt),
            ("qaa, qab;q=0.9, lt;q=0.1", Language::Lt),
            ("en;q=0.5, lt;q=0.9", Language::Lt),
            ("en ; q=0.5 , lt ; q=0.9", Language::Lt),
            ("lt;q=0, cs;q=0.1", Language::Cs),
            ("lt;q=0", Language::En),
            ("en-GB, cs;q=0.9", Language::En),
            ("qaa-SK, cs;q=0.9, en;q=0.8", Language::Cs),
            ("qaa-DE, qaa", Language::En),
            ("lt;q=NaN, lt;q=7, lt;q=, lt;q=-1", Language::En),
            (";;;,,,q=1,;q=1,-,--,cs-,\0,ž,💡", Language::En),
            (long.as_str(), Language::En),
            (longer.as_str(), Language::En),
        ] {
            let shown: String = header.chars().take(60).collect();
            assert_eq!(Language::negotiate(header), language, "{shown:?}");
        }
    }
}
