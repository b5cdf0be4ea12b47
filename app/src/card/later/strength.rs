//! Help with choosing a new password: its strength, the check for common words, and passphrases. A
//! chunk of its own; the word lists are files of their own. The candidate is judged here and goes
//! nowhere.

use super::chunk::NotLoaded;
use super::new_password::Form;
use crate::browser::{dom, page};
use crate::card::parts::{Act, button};
use crate::words::t;
use core::time::Duration;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use postern_protocol::Policy;
use postern_protocol::rule::Judgement;
use postern_quality::strength::Level;
use postern_quality::{Quality, Rating};
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The time without input after which the strength is announced to screen readers.
const ANNOUNCEMENT_DELAY: Duration = Duration::from_secs(1);

/// The help, as the form of the new password reaches it.
pub trait PasswordHelp: Send + Sync {
    /// Rates a candidate that the policy judges so.
    fn rate(&self, candidate: &str, judgement: &Judgement) -> Rating;

    /// Renders the strength and the passphrases. `changed` is run when both fields were filled in.
    fn panel(self: Arc<Self>, form: Form, changed: Act) -> AnyView;
}

/// Loads the help for an account, with the list of common words beside it.
///
/// # Errors
///
/// [`NotLoaded`] if either does not come, or was altered on the way.
pub fn load(policy: Policy) -> impl Future<Output = Result<Arc<dyn PasswordHelp>, NotLoaded>> {
    let common = page::fetch_list("common");
    async move {
        let create = strength().await?;
        let common = common.await.ok_or(NotLoaded)?;
        Ok(create(policy, &common))
    }
}

type Create = fn(Policy, &str) -> Arc<dyn PasswordHelp>;

#[wasm_split(strength, fallible, wasm_split_path = leptos::wasm_split)]
fn strength() -> Result<Create, NotLoaded> {
    Ok(create)
}

fn create(policy: Policy, common: &str) -> Arc<dyn PasswordHelp> {
    let organisation = dom::find(".organisation").and_then(|element| element.text_content());
    let names = [organisation.unwrap_or_default(), page::tenant()];
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Arc::new(Chooser(Quality::new(policy, &names, common)))
}

struct Chooser(Quality);

impl PasswordHelp for Chooser {
    fn rate(&self, candidate: &str, judgement: &Judgement) -> Rating {
        self.0.rate(candidate, judgement)
    }

    fn panel(self: Arc<Self>, form: Form, changed: Act) -> AnyView {
        let announced = RwSignal::new(String::new());
        let timer = StoredValue::new(None::<TimeoutHandle>);
        let level = move || {
            let rating = form.rating.get().filter(|_| form.has_candidate());
            rating.map_or("", |rating| name(rating.level))
        };
        Effect::new(move |_| {
            let text = strength_text(level());
            stop(timer);
            let announce = move || {
                let _left_meanwhile = announced.try_set(text);
            };
            timer.set_value(set_timeout_with_handle(announce, ANNOUNCEMENT_DELAY).ok());
        });
        on_cleanup(move || stop(timer));
        view! {
            <div id="quality">
                <p class="strength" hidden=move || level().is_empty() data-level=level>
                    <span class="bar" aria-hidden="true"></span>
                    <span>{move || strength_text(level())}</span>
                </p>
                <p class="visually-hidden" role="status">{announced}</p>
                {suggestion(self, form, changed, announced, timer)}
            </div>
        }
        .into_any()
    }
}

/// Renders the suggestion of passphrases.
fn suggestion(
    chooser: Arc<Chooser>,
    form: Form,
    changed: Act,
    announced: RwSignal<String>,
    timer: StoredValue<Option<TimeoutHandle>>,
) -> AnyView {
    let phrase = form.passphrase;
    // The Fluent key of the outcome of the last action.
    let outcome = RwSignal::new("");
    let list = StoredValue::new(None::<String>);
    let suggest = Act::new(move |()| {
        let chooser = chooser.clone();
        spawn_local(async move {
            let words = match list.try_get_value().flatten() {
                Some(words) => Some(words),
                None => page::fetch_list(&["words-", &page::language()].concat()).await,
            };
            let made = words.as_deref().and_then(|words| chooser.suggest(words));
            list.try_set_value(words);
            let Some(made) = made else {
                let _left_meanwhile = outcome.try_set("passphrase-failed");
                return;
            };
            let Some(first) = phrase.try_with_untracked(String::is_empty) else {
                return;
            };
            // The strength of what was typed before is no longer of interest.
            stop(timer);
            outcome.set("");
            announced.set([&t("passphrase-title"), ": ", &made].concat());
            phrase.set(made);
            if first {
                dom::after_render(|| dom::focus_on("#quality .secondary"));
            }
        });
    });
    let fill = Act::new(move |()| {
        for field in ["focus", "repeat"] {
            dom::set_value(field, &phrase.read_untracked());
        }
        changed.run(());
        outcome.set("passphrase-used");
    });
    Effect::new(move |_| {
        // The fields were emptied when the password was sent.
        if phrase.with(String::is_empty) {
            outcome.set("");
        }
    });
    let open = Memo::new(move |_| phrase.with(|phrase| !phrase.is_empty()));
    let body = move || {
        if !open.get() {
            return button("link", t("passphrase-suggest").into_any(), suggest);
        }
        view! {
            <div class="suggestion">
                <p class="rules-title">{t("passphrase-title")}</p>
                <output id="passphrase">{phrase}</output>
                <p class="hint">{t("passphrase-lead")}</p>
                <div class="buttons">
                    {button("secondary", t("passphrase-use").into_any(), fill)}
                    {button("link", t("passphrase-another").into_any(), suggest)}
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        {body}
        <p class="told" role="status">{move || t(outcome.get())}</p>
    }
    .into_any()
}

impl Chooser {
    /// Returns a passphrase of the words of a list, one a line.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place at which the page takes random bytes, besides sealing"
    )]
    fn suggest(&self, words: &str) -> Option<String> {
        let words: Vec<_> = words.lines().collect();
        let mut random = |bytes: &mut [u8]| getrandom::getrandom(bytes).ok();
        self.0.passphrase(&words, &mut random)
    }
}

fn stop(timer: StoredValue<Option<TimeoutHandle>>) {
    if let Some(timer) = timer.try_get_value().flatten() {
        timer.clear();
    }
}

fn strength_text(level: &str) -> String {
    match level {
        "" => String::new(),
        level => t(&["strength-", level].concat()),
    }
}

/// Returns the last part of a level's Fluent key.
const fn name(level: Level) -> &'static str {
    match level {
        Level::Weak => "weak",
        Level::Fair => "fair",
        Level::Good => "good",
        Level::Strong => "strong",
    }
}
