//! Step 3: the new password, with hints by the agent's own rules.

use super::gates::current_password;
use super::strength::{self, PasswordHelp};
use crate::browser::{dom, page};
use crate::card::parts::{Act, heading, links, on_submit, start_again, submit};
use crate::card::refusal::{above_form, beside_field, is_invalid};
use crate::session::{FieldHints, Session};
use crate::words::{Value, t, text};
use leptos::prelude::*;
use postern_protocol::Policy;
use postern_protocol::policy::{CLASSES_NEEDED, MAX_LENGTH};
use postern_quality::Rating;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Renders the form of step 3.
pub fn new_password(session: Session, policy: Policy) -> impl IntoView {
    let form = Form {
        hints: RwSignal::new(None),
        rating: RwSignal::new(None),
        passphrase: RwSignal::new(String::new()),
    };
    let help = RwSignal::new(Help::None);
    let shown = RwSignal::new(false);
    let judged_policy = StoredValue::new(policy.clone());
    let hints = form.hints;
    let update = move || {
        hints.set(judged_policy.with_value(|policy| session.judge_fields(policy)));
        let candidate = dom::value("focus");
        let candidate = candidate.expose_str().unwrap_or_default();
        form.rating.set(help.with_untracked(|help| match help {
            Help::Loaded(help) => Some(help.rate(candidate)),
            Help::None | Help::NotLoaded => None,
        }));
    };
    load_help(&policy, help, update);
    let set = Act::new(move |()| {
        session.set_password();
        // The fields are empty now, but no input event was fired.
        update();
        if dom::value("focus").expose().is_empty() {
            form.passphrase.set(String::new());
        }
    });
    let panel = move || match help.get() {
        Help::None => ().into_any(),
        Help::NotLoaded => view! { <p class="hint">{t("quality-not-loaded")}</p> }.into_any(),
        Help::Loaded(help) => help.panel(form, Act::new(move |()| update())),
    };
    let kind = move || Some(if shown.get() { "text" } else { "password" });
    let too_young = policy.too_young_until.map(|until| {
        let until = text("rule-too-young", &[("until", Value::Moment(until))]);
        // Not shown beside a refusal, which may say the same.
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
            on:input=move |_| update()
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
                {panel}
            </div>
            {rules(&policy, form, help)}
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
            <ul class="rules">{rule("rule-match", t("rule-match").into_any(), hints, |hints| hints.matches)}</ul>
            {submit(session, "password-submit")}
        </form>
        {links(start_again(session))}
    }
}

/// The signals of the form, which the help with choosing shares.
#[derive(Clone, Copy)]
pub struct Form {
    /// The state of the two fields.
    pub hints: RwSignal<Option<FieldHints>>,
    /// The rating of the candidate, once the help is loaded.
    pub rating: RwSignal<Option<Rating>>,
    /// The passphrase that is suggested; empty if none is.
    pub passphrase: RwSignal<String>,
}

/// The help with choosing a password.
#[derive(Clone)]
enum Help {
    /// It is being loaded, or there is none here.
    None,
    /// It did not come: the form works without it.
    NotLoaded,
    /// It is there.
    Loaded(Arc<dyn PasswordHelp>),
}

/// Loads the help, except in the pages of other sites, and calls `then`.
fn load_help(policy: &Policy, help: RwSignal<Help>, then: impl Fn() + 'static) {
    if !page::base().is_empty() {
        return;
    }
    let loading = strength::load(policy.clone());
    spawn_local(async move {
        let loaded = loading.await.map_or(Help::NotLoaded, Help::Loaded);
        // The user may have left the step meanwhile.
        if help.try_set(loaded).is_none() {
            then();
        }
    });
}

fn rules(policy: &Policy, form: Form, help: RwSignal<Help>) -> AnyView {
    let hints = form.hints;
    let minimum = policy.minimum;
    let length = (minimum > 0).then(|| {
        let label = text("rule-length", &[("minimum", Value::Count(minimum))]);
        let so_far = move || match hints.get() {
            Some(FieldHints { judgement, .. }) if judgement.too_short && judgement.length > 0 => {
                let length = Value::Count(judgement.length);
                let so_far = text("rule-length-so-far", &[("length", length)]);
                [" (", &so_far, ")"].concat()
            }
            _ => String::new(),
        };
        let label = view! { {label} <span aria-hidden="true">{so_far}</span> }.into_any();
        rule("rule-length", label, hints, |hints| {
            hints.has_candidate() && !hints.judgement.too_short
        })
    });
    let too_long = move || {
        hints.get().filter(|one| one.judgement.too_long).map(|_| {
            let maximum = Value::Count(MAX_LENGTH);
            let label = text("rule-too-long", &[("maximum", maximum)]);
            rule("rule-too-long", label.into_any(), hints, |_| false)
        })
    };
    let complexity = policy.complexity.then(|| {
        debug_assert_eq!(CLASSES_NEEDED, 3, "the text of rule-classes says 3");
        let label = |key| t(key).into_any();
        let classes = rule("rule-classes", label("rule-classes"), hints, |hints| {
            hints.has_candidate() && !hints.judgement.too_few_classes
        });
        let names = rule("rule-names", label("rule-names"), hints, |hints| {
            hints.has_candidate() && !hints.judgement.account_name && !hints.judgement.display_name
        });
        view! { {classes} {names} }.into_any()
    });
    let characters = move || {
        let forbidden = hints
            .get()
            .is_some_and(|hints| hints.judgement.forbidden_character);
        forbidden.then(|| {
            let label = t("rule-characters").into_any();
            rule("rule-characters", label, hints, |_| false)
        })
    };
    // Not shown where the directory does not check the history on a reset.
    let history = (policy.history > 0 && policy.history_enforced).then(|| {
        let history = text("rule-history", &[("history", Value::Count(policy.history))]);
        view! { <li class="later">{history}</li> }.into_any()
    });
    let with_help = move |view: fn(&dyn PasswordHelp, Form) -> AnyView| {
        move || match help.get() {
            Help::Loaded(help) => Some(view(&*help, form)),
            Help::None | Help::NotLoaded => None,
        }
    };
    let words = with_help(|help, form| help.words_rule(form));
    let later = with_help(|help, _| help.later_rule());
    view! {
        <div id="rules">
            <p class="rules-title">{t("password-rules")}</p>
            <ul class="rules">
                {length} {too_long} {characters} {complexity} {words} {history} {later}
            </ul>
        </div>
    }
    .into_any()
}

fn rule(
    id: &'static str,
    label: AnyView,
    hints: RwSignal<Option<FieldHints>>,
    met: fn(&FieldHints) -> bool,
) -> AnyView {
    let met = move || hints.get().is_some_and(|hints| met(&hints));
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
