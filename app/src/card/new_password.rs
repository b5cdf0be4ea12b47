//! Step 3: the new password, with hints by the same rules that the agent judges by.

use super::gates::current_password;
use super::refusal::{above_form, beside_field, is_invalid};
use super::{Act, heading, links, on_submit, start_again, submit};
use crate::session::Session;
use crate::words::{Value, t, text};
use leptos::prelude::*;
use postern_protocol::policy::{Judgement, MAX_LENGTH};
use postern_protocol::{Policy, policy::CLASSES_NEEDED};

/// What the hints know of the two fields: never the candidate itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldHints {
    /// The first field, rule by rule.
    pub judgement: Judgement,
    /// The second says the same.
    pub matches: bool,
}

/// The form of step 3.
pub fn new_password(session: Session, policy: Policy) -> impl IntoView {
    help(&policy);
    let shown = RwSignal::new(false);
    let seen = RwSignal::new(None::<FieldHints>);
    let judging = StoredValue::new(policy.clone());
    let look = move || seen.set(judging.with_value(|policy| session.judge_fields(policy)));
    let set = Act::new(move |()| {
        session.set_password();
        // The fields are empty now, which no input event says.
        look();
    });
    let kind = move || Some(if shown.get() { "text" } else { "password" });
    let too_young = policy.too_young_until.map(|until| {
        let until = text("rule-too-young", &[("until", Value::Moment(until))]);
        // Once it was refused for that, the refusal says it.
        let line = move || {
            let quiet = session.refusal.with(Option::is_none);
            quiet.then(|| view! { <p class="notice">{until.clone()}</p> })
        };
        view! { {line} }
    });
    view! {
        {heading("password-title")}
        {above_form(session)}
        {too_young}
        <form
            novalidate
            on:submit=on_submit(session, set)
            on:input=move |_| look()
        >
            {move || session.asks_current.get().then(|| current_password(session, "current"))}
            <div class="field">
                <label for="focus">{t("password-new")}</label>
                <div class="with-button">
                    <input
                        id="focus"
                        type=kind
                        autocomplete="new-password"
                        autocapitalize="none"
                        spellcheck="false"
                        maxlength="1024"
                        aria-describedby="field-error rules"
                        aria-invalid=move || is_invalid(session)
                    />
                    <button
                        type="button"
                        class="inside"
                        aria-label=move || t(if shown.get() { "password-hide-label" } else { "password-show-label" })
                        on:click=move |_| shown.update(|shown| *shown = !*shown)
                    >
                        {move || t(if shown.get() { "password-hide" } else { "password-show" })}
                    </button>
                </div>
                {beside_field(session, "field-error")}
            </div>
            {rules(&policy, seen)}
            <div class="field">
                <label for="repeat">{t("password-repeat")}</label>
                <input
                    id="repeat"
                    type=kind
                    autocomplete="new-password"
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength="1024"
                    aria-describedby="rule-match"
                />
            </div>
            <ul class="rules">{rule("rule-match", t("rule-match").into_any(), seen, |seen| seen.matches)}</ul>
            {submit(session, "password-submit")}
        </form>
        {links(start_again(session))}
    }
}

/// Has the strength shown and passphrases suggested, by a script that is loaded only now
/// (`crates/quality`); it is told what it needs of the policy, a line each.
fn help(policy: &Policy) {
    let mut lines = policy.minimum.to_string();
    lines.push_str(if policy.complexity { "\n1" } else { "\n0" });
    for name in core::iter::once(&policy.account_name).chain(&policy.name_parts) {
        lines.push('\n');
        lines.push_str(name);
    }
    crate::browser::quality(&lines);
}

impl FieldHints {
    /// Something is in the first field.
    const fn typed(&self) -> bool {
        self.judgement.length > 0
    }
}

fn rules(policy: &Policy, seen: RwSignal<Option<FieldHints>>) -> AnyView {
    let minimum = policy.minimum;
    let length = (minimum > 0).then(|| {
        let label = text("rule-length", &[("minimum", Value::Count(minimum))]);
        let so_far = move || match seen.get() {
            Some(FieldHints { judgement, .. }) if judgement.too_short && judgement.length > 0 => {
                let length = Value::Count(judgement.length);
                let so_far = text("rule-length-so-far", &[("length", length)]);
                [" (", &so_far, ")"].concat()
            }
            _ => String::new(),
        };
        let label = view! { {label} <span aria-hidden="true">{so_far}</span> }.into_any();
        rule("rule-length", label, seen, |seen| {
            seen.typed() && !seen.judgement.too_short
        })
    });
    let too_long = move || {
        seen.get().filter(|seen| seen.judgement.too_long).map(|_| {
            let maximum = Value::Count(MAX_LENGTH);
            let label = text("rule-too-long", &[("maximum", maximum)]);
            rule("rule-too-long", label.into_any(), seen, |_| false)
        })
    };
    let complexity = policy.complexity.then(|| {
        debug_assert_eq!(CLASSES_NEEDED, 3, "the text of rule-classes says 3");
        let label = |key| t(key).into_any();
        let classes = rule("rule-classes", label("rule-classes"), seen, |seen| {
            seen.typed() && !seen.judgement.too_few_classes
        });
        let names = rule("rule-names", label("rule-names"), seen, |seen| {
            seen.typed() && !seen.judgement.account_name && !seen.judgement.display_name
        });
        view! { {classes} {names} }.into_any()
    });
    let characters = move || {
        let forbidden = seen
            .get()
            .is_some_and(|seen| seen.judgement.forbidden_character);
        forbidden.then(|| {
            let label = t("rule-characters").into_any();
            rule("rule-characters", label, seen, |_| false)
        })
    };
    // A directory that does not check it on a reset is not said to.
    let history = (policy.history > 0 && policy.history_enforced).then(|| {
        let history = text("rule-history", &[("history", Value::Count(policy.history))]);
        view! { <li class="later">{history}</li> }.into_any()
    });
    view! {
        <div id="rules">
            <p class="rules-title">{t("password-rules")}</p>
            <ul class="rules">{length} {too_long} {characters} {complexity} {history}</ul>
        </div>
    }
    .into_any()
}

fn rule(
    id: &'static str,
    label: AnyView,
    seen: RwSignal<Option<FieldHints>>,
    met: fn(&FieldHints) -> bool,
) -> AnyView {
    let met = move || seen.get().is_some_and(|seen| met(&seen));
    view! {
        <li id=id class=move || met().then_some("met")>
            {label}
            <span class="visually-hidden">
                {move || [" (", &t(if met() { "rule-kept" } else { "rule-open" }), ")"].concat()}
            </span>
        </li>
    }
    .into_any()
}
