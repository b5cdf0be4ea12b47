//! Step 3: the new password, with hints by the agent's own rules.

use super::actions::clear_passwords;
use super::secret_field::{SecretField, current_password, secret_field, user_name};
use super::strength::{self, PasswordHelp};
use crate::browser::{dom, page};
use crate::card::parts::{Act, heading, links, on_submit, start_again, submit};
use crate::card::refusal::above_form;
use crate::session::{FieldHints, Place, Session};
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
    let set = Act::new(move |()| session.set_password());
    // A page that the browser keeps for the way back holds no password.
    let leave = window_event_listener_untyped("pagehide", move |_| {
        clear_passwords();
        update();
    });
    on_cleanup(move || leave.remove());
    let panel = move || match help.get() {
        Help::None => ().into_any(),
        Help::NotLoaded => view! { <p class="hint">{t("quality-not-loaded")}</p> }.into_any(),
        Help::Loaded(help) => help.panel(form, Act::new(move |()| update())),
    };
    let matches = move || hints.get().is_some_and(|hints| hints.matches);
    let current = move || {
        let asks = session.asks_current.get();
        asks.then(|| current_password(session, "current", Place::CurrentPassword))
    };
    view! {
        {heading("password-title")}
        {above_form(session)}
        {policy.too_young_until.map(|until| too_young(session, until))}
        <form
            novalidate
            on:submit=on_submit(session, set)
            on:input=move |_| {
                session.forget_refused_field();
                update();
            }
        >
            {user_name(session)}
            {current}
            {password_field(session, shown, panel)}
            {rules(session, &policy, form, help)}
            {repeat_field(session, shown)}
            <ul class="rules">
                {rule("rule-match", t("rule-match").into_any(), Arc::new(move || state_of(matches(), false)))}
            </ul>
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

/// Renders the field of the new password, with the help under it.
fn password_field(
    session: Session,
    shown: RwSignal<bool>,
    help: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let field = SecretField {
        id: "focus",
        label: "password-new",
        hint: "",
        autocomplete: "new-password",
        described_by: "field-error rules",
        place: Place::Field,
    };
    view! { <div class="field">{secret_field(session, field, shown, true)} {help}</div> }.into_any()
}

/// Renders the field in which the new password is repeated. The button of the first one shows both.
fn repeat_field(session: Session, shown: RwSignal<bool>) -> AnyView {
    let field = SecretField {
        id: "repeat",
        label: "password-repeat",
        hint: "",
        autocomplete: "new-password",
        described_by: "repeat-error rule-match",
        place: Place::Repetition,
    };
    view! { <div class="field">{secret_field(session, field, shown, false)}</div> }.into_any()
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

/// The state of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RuleState {
    /// Nothing was typed that it could judge, or not all of it yet.
    Open,
    /// The candidate keeps the rule.
    Kept,
    /// The candidate breaks the rule.
    Broken,
}

impl RuleState {
    const fn class(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::Kept => Some("met"),
            Self::Broken => Some("broken"),
        }
    }

    /// Returns the Fluent key of its name, for screen readers.
    const fn key(self) -> &'static str {
        match self {
            Self::Open => "rule-open",
            Self::Kept => "rule-kept",
            Self::Broken => "rule-broken",
        }
    }
}

/// Renders the list of rules.
fn rules(session: Session, policy: &Policy, form: Form, help: RwSignal<Help>) -> AnyView {
    let hints = HINTS
        .iter()
        .filter_map(|hint| hint_line(session, hint, policy, form));
    let is_helped = move || help.with(|help| matches!(help, Help::Loaded(_)));
    let words = move || {
        is_helped().then(|| {
            let state = move || {
                let is_banned = form.rating.get().is_none_or(|rating| rating.banned);
                let refused = session.refuses_with(&["reason-banned-word-common"]);
                state_of(form.has_candidate() && !is_banned && !refused, refused)
            };
            rule("rule-words", t("quality-words").into_any(), Arc::new(state))
        })
    };
    let history = policy.checks_history().then(|| {
        let history = text("rule-history", &[("history", Value::Count(policy.history))]);
        let reasons = &["reason-used-before", "reason-history-or-filter"];
        checked_later(session, history, reasons)
    });
    let more_words = move || {
        let reasons = &["reason-banned-word-organisation"];
        is_helped().then(|| checked_later(session, t("quality-later"), reasons))
    };
    view! {
        <div id="rules">
            <p class="rules-title">{t("password-rules")}</p>
            <ul class="rules">{hints.collect_view()} {words} {history} {more_words}</ul>
        </div>
    }
    .into_any()
}

/// Renders a hint; none if the policy has none of its rules.
fn hint_line(
    session: Session,
    hint: &'static Hint,
    policy: &Policy,
    form: Form,
) -> Option<AnyView> {
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
        let state = move || {
            // A rule that more characters fulfil is broken only once the password was sent.
            let is_final = hint.rules.iter().all(|rule| !rule.is_kept_by_more());
            let has_name = hint.rules.contains(&Rule::AccountName)
                && session.refuses_with(&["reason-banned-word-name"]);
            let broken = is_broken() && (is_final || session.refuses_with(&[""]));
            state_of(
                form.has_candidate() && !is_broken(),
                (broken || has_name) && form.has_candidate(),
            )
        };
        rule(hint.key, label, Arc::new(state))
    };
    Some(if hint.only_while_broken {
        let line = move || is_broken().then(&line);
        view! { {line} }.into_any()
    } else {
        line()
    })
}

const fn state_of(kept: bool, broken: bool) -> RuleState {
    match (kept, broken) {
        (_, true) => RuleState::Broken,
        (true, _) => RuleState::Kept,
        _ => RuleState::Open,
    }
}

impl Session {
    /// Reports whether the password in the field was refused, for a reason whose key begins so.
    fn refuses_with(self, keys: &[&str]) -> bool {
        self.refusal.with(|refusal| {
            refusal.as_ref().is_some_and(|refusal| {
                refusal.place == Place::Field && keys.iter().any(|key| refusal.key.starts_with(key))
            })
        })
    }
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

/// Renders a rule with its state, which is tracked.
fn rule(
    id: &'static str,
    label: AnyView,
    state: Arc<dyn Fn() -> RuleState + Send + Sync>,
) -> AnyView {
    let class = state.clone();
    view! {
        <li id=id class=move || class().class()>
            {label}
            <span class="visually-hidden">
                {move || [" (", &t(state().key()), ")"].concat()}
            </span>
        </li>
    }
    .into_any()
}

/// Renders a rule that is checked only when the password is submitted; `reasons` are those that tell
/// that it was broken.
fn checked_later(session: Session, label: String, reasons: &'static [&'static str]) -> AnyView {
    let class = move || {
        if session.refuses_with(reasons) {
            "broken"
        } else {
            "later"
        }
    };
    view! { <li class=class>{label}</li> }.into_any()
}
