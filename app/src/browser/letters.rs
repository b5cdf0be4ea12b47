//! What the browser knows of letters. `postern_protocol::policy` asks Rust's tables for the same
//! properties; here they would be a tenth of what the page loads.

use js_sys::{JsString, RegExp};
use postern_envelope::Secret;
use postern_protocol::policy::{Classes, Judgement, Policy};

/// Judges a candidate by the rules that the agent judges by.
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
    // `RegExp.input` would keep the last text that was searched.
    JsString::from("").search(&RegExp::new("", ""));
    found
}
