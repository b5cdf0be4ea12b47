//! Unicode character properties from the browser's regular expressions. `postern_protocol::policy`
//! reads the same ones from Rust's tables, which would be a tenth of all that the page loads.

use js_sys::{JsString, RegExp};
use postern_envelope::Secret;
use postern_protocol::policy::{Classes, Policy};
use postern_protocol::rule::Judgement;

/// Judges a candidate by the agent's rules.
pub fn judge(policy: &Policy, candidate: &str) -> Judgement {
    let text = JsString::from(candidate);
    let lower = Secret::new(String::from(text.to_lower_case()).into_bytes());
    let lower = lower.expose_str().unwrap_or_default();
    policy.judge_by(candidate, classes(&text), lower.chars())
}

fn classes(text: &JsString) -> Classes {
    let has = |class: &str| text.search(&RegExp::new(class, "u")) >= 0;
    let found = Classes {
        upper: has(r"\p{Uppercase}"),
        lower: has(r"\p{Lowercase}"),
        digit: has("[0-9]"),
        special: has(r"[!-/:-@\[-`{-~]"),
        other_letter: has(r"[^\P{Alphabetic}\p{Uppercase}\p{Lowercase}]"),
    };
    // Another search, because `RegExp.input` keeps the last text that was searched.
    JsString::from("").search(&RegExp::new("", ""));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    /// Blocks in which Unicode adds no characters any more: they cover what people type.
    const SETTLED: [std::ops::RangeInclusive<char>; 5] = [
        '\0'..='\u{52f}',
        '\u{1e00}'..='\u{1fff}',
        '\u{3041}'..='\u{30ff}',
        '\u{4e00}'..='\u{9fa5}',
        '\u{ac00}'..='\u{d7a3}',
    ];

    #[wasm_bindgen_test]
    fn the_browser_and_the_agent_see_the_same_classes() {
        for letter in SETTLED.into_iter().flatten() {
            let text = letter.to_string();
            let ours = Classes::of(&text);
            assert_eq!(classes(&JsString::from(text)), ours, "{letter:?}");
        }
    }

    #[wasm_bindgen_test]
    fn the_browser_and_the_agent_judge_alike() {
        for (account, display, candidate) in [
            ("zluty", "Žlutý Kůň", "můj-ŽLUTÝ-pes"),
            ("lukasz", "Łukasz Żółć", "moja ŻÓŁĆ 7"),
            ("sisyphos", "ΣΊΣΥΦΟΣ", "ο σίσυφος 1"),
            ("egle", "Eglė Šimkutė", "Slaptas-žodis-9"),
            ("alice", "Alice Novák", "three blue swans"),
            ("tanaka", "田中 さくら", "さくらが咲く-Aa1"),
            ("bob", "", ""),
        ] {
            let policy = Policy {
                minimum: 12,
                complexity: true,
                history: 24,
                too_young_until: None,
                account_name: String::new(),
                name_parts: Vec::new(),
                history_enforced: true,
            }
            .with_names(account, display);
            assert_eq!(judge(&policy, candidate), policy.judge(candidate));
        }
    }
}
