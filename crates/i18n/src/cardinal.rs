//! The plural category of a whole number: CLDR's cardinal rules, by ICU4X.
//!
//! `intl_pluralrules`, which Fluent depends on, is not used: its Lithuanian rules lack a modulo, so
//! that 22 gets the category of 10.

use std::sync::OnceLock;

use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};

use crate::Language;

/// The categories of CLDR, in its order.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

impl Language {
    /// Returns the CLDR category of a whole number, as Fluent and `Intl.PluralRules` name it.
    #[must_use]
    pub fn plural_category(self, count: u64) -> &'static str {
        category(&self.cardinals().rules, count)
    }

    /// Returns the categories that whole numbers take, and `other`. (In Czech and Lithuanian `many`
    /// is for fractions only, and so is `other` in Polish.)
    #[must_use]
    pub fn plural_categories(self) -> &'static [&'static str] {
        &self.cardinals().categories
    }

    fn cardinals(self) -> &'static Cardinals {
        static LOADED: [OnceLock<Cardinals>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        LOADED[self as usize].get_or_init(|| Cardinals::of(self))
    }
}

/// The cardinal rules of a language.
struct Cardinals {
    rules: PluralRules,
    /// The categories that whole numbers take, and `other`.
    categories: Vec<&'static str>,
}

impl Cardinals {
    #[expect(
        clippy::expect_used,
        reason = "the data is compiled in, and the tests cover every language"
    )]
    fn of(language: Language) -> Self {
        let locale = language.locale();
        let rules = PluralRules::try_new((&locale).into(), PluralRuleType::Cardinal.into())
            .expect("ICU4X has the cardinal rules of every supported language");
        // CLDR's rules for whole numbers look at the last two digits, and at whole millions.
        let taken = |name: &&str| {
            (0..=200)
                .chain([1_000_000])
                .any(|n| category(&rules, n) == *name)
        };
        let listed = |name: &&str| *name == "other" || taken(name);
        let categories = CATEGORIES.into_iter().filter(listed).collect();
        Self { rules, categories }
    }
}

fn category(rules: &PluralRules, count: u64) -> &'static str {
    match rules.category_for(count) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of CLDR 45 and later, copied by hand.
    const TABLE: &[(Language, &[(u64, &str)])] = &[
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
            for (count, category) in *rows {
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
    fn the_categories_are_those_of_the_table() {
        for (language, rows) in TABLE {
            let taken = |name: &&str| rows.iter().any(|(_, category)| category == name);
            let expected: Vec<_> = CATEGORIES
                .into_iter()
                .filter(|name| *name == "other" || taken(name))
                .collect();
            assert_eq!(language.plural_categories(), expected, "{language:?}");
        }
    }
}
