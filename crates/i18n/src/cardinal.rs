//! The plural category of a whole number: CLDR's cardinal rules, by ICU4X.
//!
//! `intl_pluralrules`, which Fluent depends on, is not used: its Lithuanian rules lack a modulo, so
//! that 22 gets the category of 10.

use std::sync::LazyLock;

use icu_locale_core::{Locale, locale};
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};

use crate::Language;

impl Language {
    /// Returns the CLDR category of a whole number, as Fluent and `Intl.PluralRules` name it.
    #[must_use]
    pub fn plural_category(self, count: u64) -> &'static str {
        let rules = match self {
            Self::En => &EN,
            Self::Cs => &CS,
            Self::Pl => &PL,
            Self::Sl => &SL,
            Self::Lt => &LT,
        };
        match rules.category_for(count) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// Returns the categories that whole numbers take, and `other`. (In Czech and Lithuanian `many`
    /// is for fractions only, and so is `other` in Polish.)
    #[must_use]
    pub const fn plural_categories(self) -> &'static [&'static str] {
        match self {
            Self::En => &["one", "other"],
            Self::Cs | Self::Lt => &["one", "few", "other"],
            Self::Pl => &["one", "few", "many", "other"],
            Self::Sl => &["one", "two", "few", "other"],
        }
    }
}

static EN: LazyLock<PluralRules> = LazyLock::new(|| rules(locale!("en")));
static CS: LazyLock<PluralRules> = LazyLock::new(|| rules(locale!("cs")));
static PL: LazyLock<PluralRules> = LazyLock::new(|| rules(locale!("pl")));
static SL: LazyLock<PluralRules> = LazyLock::new(|| rules(locale!("sl")));
static LT: LazyLock<PluralRules> = LazyLock::new(|| rules(locale!("lt")));

#[expect(
    clippy::expect_used,
    reason = "the data is compiled in, and the tests cover every language"
)]
fn rules(locale: Locale) -> PluralRules {
    PluralRules::try_new((&locale).into(), PluralRuleType::Cardinal.into())
        .expect("ICU4X has the cardinal rules of every supported language")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of CLDR 45 and later, copied by hand.
    const TABLE: [(Language, &[(u64, &str)]); 5] = [
        (
            Language::En,
            &[
                (0, "other"),
                (1, "one"),
                (2, "other"),
                (21, "other"),
                (101, "other"),
            ],
        ),
        (
            Language::Cs,
            &[
                (0, "other"),
                (1, "one"),
                (2, "few"),
                (4, "few"),
                (5, "other"),
                (11, "other"),
                (21, "other"),
                (22, "other"),
                (101, "other"),
            ],
        ),
        (
            Language::Pl,
            &[
                (0, "many"),
                (1, "one"),
                (2, "few"),
                (4, "few"),
                (5, "many"),
                (12, "many"),
                (14, "many"),
                (21, "many"),
                (22, "few"),
                (25, "many"),
                (101, "many"),
                (102, "few"),
                (112, "many"),
            ],
        ),
        (
            Language::Sl,
            &[
                (0, "other"),
                (1, "one"),
                (2, "two"),
                (3, "few"),
                (4, "few"),
                (5, "other"),
                (11, "other"),
                (21, "other"),
                (101, "one"),
                (102, "two"),
                (103, "few"),
                (105, "other"),
                (111, "other"),
            ],
        ),
        (
            Language::Lt,
            &[
                (0, "other"),
                (1, "one"),
                (2, "few"),
                (9, "few"),
                (10, "other"),
                (11, "other"),
                (19, "other"),
                (20, "other"),
                (21, "one"),
                (22, "few"),
                (30, "other"),
                (101, "one"),
                (102, "few"),
                (111, "other"),
                (112, "other"),
                (121, "one"),
            ],
        ),
    ];

    #[test]
    fn the_table_holds() {
        for (language, rows) in TABLE {
            for (count, category) in rows {
                assert_eq!(
                    language.plural_category(*count),
                    *category,
                    "{language:?} {count}"
                );
            }
        }
    }

    #[test]
    fn lithuanian_follows_the_rule_as_written() {
        for n in 0..=300_u64 {
            let teen = (11..=19).contains(&(n % 100));
            let expected = match n % 10 {
                1 if !teen => "one",
                2..=9 if !teen => "few",
                _ => "other",
            };
            assert_eq!(Language::Lt.plural_category(n), expected, "{n}");
        }
    }

    #[test]
    fn whole_numbers_take_the_listed_categories_and_no_others() {
        for language in Language::ALL {
            let listed = language.plural_categories();
            let taken: Vec<_> = (0..=1000).map(|n| language.plural_category(n)).collect();
            assert!(taken.iter().all(|one| listed.contains(one)), "{language:?}");
            assert!(
                listed
                    .iter()
                    .all(|one| taken.contains(one) || (language, *one) == (Language::Pl, "other")),
                "{language:?}"
            );
        }
    }
}
