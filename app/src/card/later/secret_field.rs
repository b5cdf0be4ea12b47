//! A field for a password: with a button that shows what was typed, and a hint while Caps Lock is on.

use crate::card::refusal::{beside_field, is_invalid};
use crate::session::{Place, Session};
use crate::words::t;
use leptos::prelude::*;
use postern_protocol::FlowKind;

/// The properties of a field.
#[derive(Clone, Copy)]
pub struct SecretField {
    /// Its id.
    pub id: &'static str,
    /// The Fluent key of its label.
    pub label: &'static str,
    /// The Fluent key of its hint; empty if there is none.
    pub hint: &'static str,
    /// `current-password` or `new-password`, by which password managers know it.
    pub autocomplete: &'static str,
    /// The ids of what describes it.
    pub described_by: &'static str,
    /// The place of a refusal that is about it.
    pub place: Place,
}

/// Renders a field. What is typed is shown while `shown` is set, by its own button unless another
/// field has one for both.
pub fn secret_field(
    session: Session,
    field: SecretField,
    shown: RwSignal<bool>,
    has_button: bool,
) -> AnyView {
    let caps_lock = RwSignal::new(false);
    let hint_id = [field.id, "-hint"].concat();
    let hint = (!field.hint.is_empty())
        .then(|| view! { <p class="hint" id=hint_id>{t(field.hint)}</p> }.into_any());
    let show = has_button.then(|| {
        let label = move || {
            t(if shown.get() {
                "password-hide"
            } else {
                "password-show"
            })
        };
        let name = move || {
            t(if shown.get() {
                "password-hide-label"
            } else {
                "password-show-label"
            })
        };
        let toggle = move |_| shown.update(|shown| *shown = !*shown);
        view! {
            <button type="button" class="inside" aria-label=name on:click=toggle>
                {label}
            </button>
        }
        .into_any()
    });
    view! {
        <label for=field.id>{t(field.label)}</label>
        {hint}
        <div class="with-button">
            <input
                id=field.id
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=field.autocomplete
                autocapitalize="none"
                spellcheck="false"
                maxlength="1024"
                aria-describedby=field.described_by
                aria-invalid=move || is_invalid(session, field.place)
                on:keyup=move |event| caps_lock.set(event.get_modifier_state("CapsLock"))
                on:blur=move |_| caps_lock.set(false)
            />
            {show}
        </div>
        <p class="hint" role="status">
            {move || caps_lock.get().then(|| t("caps-lock"))}
        </p>
        {beside_field(session, field.place)}
    }
    .into_any()
}

/// Renders the field by which password managers learn whose password it is.
pub fn user_name(session: Session) -> AnyView {
    view! {
        <input
            class="visually-hidden"
            type="text"
            autocomplete="username"
            value=session.name.get_untracked()
            readonly
            tabindex="-1"
            aria-hidden="true"
        />
    }
    .into_any()
}

/// Renders the field of the current password.
pub fn current_password(session: Session, id: &'static str, place: Place) -> AnyView {
    let hint = match session.flow_kind {
        FlowKind::Methods => "methods-password-hint",
        _ => "gate-password-hint",
    };
    let described_by = match place {
        Place::CurrentPassword => "current-error current-hint",
        _ => "field-error focus-hint",
    };
    let field = SecretField {
        id,
        label: "gate-password",
        hint,
        autocomplete: "current-password",
        described_by,
        place,
    };
    let shown = RwSignal::new(false);
    view! { <div class="field">{secret_field(session, field, shown, true)}</div> }.into_any()
}
