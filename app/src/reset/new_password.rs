//! Step 3: the new password, with hints by the same rules that the agent judges by.

use super::refusal::{above_form, beside_field, is_invalid};
use super::{on_submit, start_again, submit};
use crate::session::Session;
use crate::words::{Value, t, text};
use leptos::prelude::*;
use postern_protocol::policy::{Judgement, MAX_LENGTH};
use postern_protocol::{Policy, policy::CLASSES_NEEDED};

/// What the hints know of the two fields: never the candidate itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The first field, rule by rule.
    pub judgement: Judgement,
    /// The second says the same.
    pub matches: bool,
}

/// The form of step 3.
pub fn new_password(session: Session, policy: Policy) -> impl IntoView {
    let shown = RwSignal::new(false);
    let seen = RwSignal::new(None::<Seen>);
    let judging = StoredValue::new(policy.clone());
    let look = move || seen.set(judging.with_value(|policy| session.look(policy)));
    let set = move || {
        session.set_password();
        // The fields are empty now, which no input event says.
        look();
    };
    let kind = move || if shown.get() { "text" } else { "password" };
    let too_young = policy.too_young_until.map(|until| {
        let until = text("rule-too-young", &[("until", Value::Moment(until))]);
        view! { <p class="notice">{until}</p> }
    });
    view! {
        <h1 id="heading" tabindex="-1">{t("password-title")}</h1>
        {above_form(session)}
        {too_young}
        <form
            novalidate
            on:submit=on_submit(session, set)
            on:input=move |_| look()
        >
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
            <ul class="rules">{rule("rule-match", t("rule-match"), move || seen.get().is_some_and(|seen| seen.matches))}</ul>
            {submit(session, "password-submit")}
        </form>
        <div class="links">{start_again(session)}</div>
    }
}

fn rules(policy: &Policy, seen: RwSignal<Option<Seen>>) -> impl IntoView + use<> {
    let met = move |broken: fn(&Judgement) -> bool| {
        move || {
            seen.get()
                .is_some_and(|seen| seen.judgement.length > 0 && !broken(&seen.judgement))
        }
    };
    let minimum = policy.minimum;
    let length = (minimum > 0).then(|| {
        let label = text("rule-length", &[("minimum", Value::Count(minimum))]);
        let so_far = move || {
            seen.get()
                .filter(|seen| seen.judgement.too_short && seen.judgement.length > 0)
                .map(|seen| {
                    let length = Value::Count(seen.judgement.length);
                    [
                        " (",
                        &text("rule-length-so-far", &[("length", length)]),
                        ")",
                    ]
                    .concat()
                })
        };
        let label = view! { {label} <span aria-hidden="true">{so_far}</span> };
        rule("rule-length", label, met(|judgement| judgement.too_short))
    });
    let too_long = move || {
        seen.get().filter(|seen| seen.judgement.too_long).map(|_| {
            let maximum = Value::Count(MAX_LENGTH);
            let label = text("rule-too-long", &[("maximum", maximum)]);
            rule("rule-too-long", label, || false)
        })
    };
    let complexity = policy.complexity.then(|| {
        debug_assert_eq!(CLASSES_NEEDED, 3, "the text of rule-classes says 3");
        view! {
            {rule("rule-classes", t("rule-classes"), met(|judgement| judgement.too_few_classes))}
            {rule("rule-names", t("rule-names"), met(|judgement| judgement.account_name || judgement.display_name))}
        }
    });
    let on_submit = if policy.history > 0 && policy.history_enforced {
        text("rule-history", &[("history", Value::Count(policy.history))])
    } else {
        t("rule-on-submit")
    };
    view! {
        <div id="rules">
            <p class="rules-title">{t("password-rules")}</p>
            <ul class="rules">{length} {too_long} {complexity} <li class="later">{on_submit}</li></ul>
        </div>
    }
}

fn rule(
    id: &'static str,
    label: impl IntoView + 'static,
    met: impl Fn() -> bool + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <li id=id class:met=met>
            {label}
            <span class="visually-hidden">
                {move || [" (", &t(if met() { "rule-kept" } else { "rule-open" }), ")"].concat()}
            </span>
        </li>
    }
}
