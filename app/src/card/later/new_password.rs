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
use postern_protocol::policy::MAX_LENGTH;
use postern_protocol::rule::{HINTS, Hint, Rule};
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
        let judged = judged_policy.with_value(|policy| session.judge_fields(policy));
        hints.set(judged);
        let candidate = dom::value("focus");
        let candidate = candidate.expose_str().unwrap_or_default();
        let rating = help.with_untracked(|help| match (help, judged) {
            (Help::Loaded(help), Some(judged)) => Some(help.rate(candidate, &judged.judgement)),
            _ => None,
        });
        form.rating.set(rating);
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
    let matches = move || hints.get().is_some_and(|hints| hints.matches);
    view! {
        {heading("password-title")}
        {above_form(session)}
        {policy.too_young_until.map(|until| too_young(session, until))}
        <form
            novalidate
            on:submit=on_submit(session, set)
            on:input=move |_| update()
        >
            {move || session.asks_current.get().then(|| current_password(session, "current"))}
            {password_field(session, shown, panel)}
            {rules(&policy, form, help)}
            {repeat_field(shown)}
            <ul class="rules">{rule("rule-match", t("rule-match").into_any(), Arc::new(matches))}</ul>
            {submit(session, "password-submit")}
        </form>
        {links(start_again(session))}
    }
}

/// Renders the notice that the password cannot be changed yet. It is not shown beside a refusal,
/// which may say the same.
fn too_young(session: Session, until: u64) -> AnyView {
    let notice = text("rule-too-young", &[("until", Value::Moment(until))]);
    let line = move || {
        let quiet = session.refusal.with(Option::is_none);
        quiet.then(|| view! { <p class="notice">{notice.clone()}</p> })
    };
    view! { {line} }.into_any()
}

/// Renders the field of the new password, with the button that shows it, and the help under it.
fn password_field(
    session: Session,
    shown: RwSignal<bool>,
    help: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    view! {
        <div class="field">
            <label for="focus">{t("password-new")}</label>
            <div class="with-button">
                <input
                    id="focus"
                    type=move || input_type(shown)
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
            {help}
        </div>
    }
    .into_any()
}

/// Renders the field in which the new password is repeated.
fn repeat_field(shown: RwSignal<bool>) -> AnyView {
    view! {
        <div class="field">
            <label for="repeat">{t("password-repeat")}</label>
            <input
                id="repeat"
                type=move || input_type(shown)
                autocomplete="new-password"
                autocapitalize="none"
                spellcheck="false"
                maxlength="1024"
                aria-describedby="rule-match"
            />
        </div>
    }
    .into_any()
}

/// Returns the type of the two fields, whose contents are shown or not.
fn input_type(shown: RwSignal<bool>) -> Option<&'static str> {
    Some(if shown.get() { "text" } else { "password" })
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

impl Form {
    /// Reports whether a candidate was typed. It is tracked.
    pub fn has_candidate(self) -> bool {
        self.hints.get().is_some_and(|hints| hints.has_candidate())
    }
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

/// Renders the list of rules.
fn rules(policy: &Policy, form: Form, help: RwSignal<Help>) -> AnyView {
    let hints = HINTS
        .iter()
        .filter_map(|hint| hint_line(hint, policy, form));
    let is_helped = move || help.with(|help| matches!(help, Help::Loaded(_)));
    let words = move || {
        is_helped().then(|| {
            let kept =
                move || form.has_candidate() && form.rating.get().is_some_and(|one| !one.banned);
            rule("rule-words", t("quality-words").into_any(), Arc::new(kept))
        })
    };
    let history = policy.checks_history().then(|| {
        let history = text("rule-history", &[("history", Value::Count(policy.history))]);
        checked_later(history)
    });
    let more_words = move || is_helped().then(|| checked_later(t("quality-later")));
    view! {
        <div id="rules">
            <p class="rules-title">{t("password-rules")}</p>
            <ul class="rules">{hints.collect_view()} {words} {history} {more_words}</ul>
        </div>
    }
    .into_any()
}

/// Renders a hint; none if the policy has none of its rules.
fn hint_line(hint: &'static Hint, policy: &Policy, form: Form) -> Option<AnyView> {
    hint.rules.iter().find(|rule| rule.is_in_force(policy))?;
    let (minimum, maximum) = (Value::Count(policy.minimum), Value::Count(MAX_LENGTH));
    let label = text(hint.key, &[("minimum", minimum), ("maximum", maximum)]);
    let is_broken = move || {
        let broken =
            |hints: FieldHints| hint.rules.iter().any(|rule| hints.judgement.breaks(*rule));
        form.hints.get().is_some_and(broken)
    };
    let line = move || {
        let label = if hint.rules.contains(&Rule::MinimumLength) {
            let so_far = move || length_so_far(form);
            view! { {label.clone()} <span aria-hidden="true">{so_far}</span> }.into_any()
        } else {
            label.clone().into_any()
        };
        let kept = move || form.has_candidate() && !is_broken();
        rule(hint.key, label, Arc::new(kept))
    };
    Some(if hint.only_while_broken {
        let line = move || is_broken().then(&line);
        view! { {line} }.into_any()
    } else {
        line()
    })
}

/// Returns the length of what was typed, in brackets, while it is too short.
fn length_so_far(form: Form) -> String {
    match form.hints.get().map(|hints| hints.judgement) {
        Some(judgement) if judgement.length > 0 && judgement.breaks(Rule::MinimumLength) => {
            let length = Value::Count(judgement.length);
            let so_far = text("rule-length-so-far", &[("length", length)]);
            [" (", &so_far, ")"].concat()
        }
        _ => String::new(),
    }
}

/// Renders a rule with its state; `kept` is tracked.
fn rule(id: &'static str, label: AnyView, kept: Arc<dyn Fn() -> bool + Send + Sync>) -> AnyView {
    let state = kept.clone();
    view! {
        <li id=id class=move || kept().then_some("met")>
            {label}
            <span class="visually-hidden">
                {move || [" (", &t(if state() { "rule-kept" } else { "rule-open" }), ")"].concat()}
            </span>
        </li>
    }
    .into_any()
}

/// Renders a rule that is checked only when the password is submitted.
fn checked_later(label: String) -> AnyView {
    view! { <li class="later">{label}</li> }.into_any()
}
