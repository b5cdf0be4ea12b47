//! Step 1: the user name.
//!
//! The server renders it, and its field takes what is typed from the first paint on. The browser does
//! not replace it: that would take the focus, and on a phone the keyboard, from users who type already.
//! It adopts the form as it is (`adopt`). In a `<postern-reset>`, and after another step, it renders a
//! form of its own.

use super::parts::{Act, on_submit, submit};
use super::refusal::{above_form, beside_field, is_invalid};
#[cfg(feature = "browser")]
use super::{
    parts::{is_busy, submit_label},
    refusal::error_of_field,
};
#[cfg(feature = "browser")]
use crate::browser::dom;
use crate::session::{Place, Session, flow_key};
use crate::words::t;
use leptos::prelude::*;
use postern_protocol::FlowKind;

/// Renders the form of step 1.
pub fn identify(session: Session) -> impl IntoView {
    let by_mail = session.flow_kind == FlowKind::UserName;
    let (label, hint, autocomplete) = if by_mail {
        ("user-name-mail", "user-name-mail-hint", "email")
    } else {
        ("identify-name", "identify-name-hint", "username")
    };
    view! {
        <h1>{t(flow_key(session.flow_kind))}</h1>
        <p class="lead">{t("identify-lead")}</p>
        <div class="contents" id="messages">{above_form(session)}</div>
        <form novalidate on:submit=on_submit(session, Act::new(move |()| session.identify()))>
            <fieldset disabled=move || is_closed(session)>
                <div class="field">
                    <label for="focus">{t(label)}</label>
                    <p class="hint" id="name-hint">{t(hint)}</p>
                    <input
                        id="focus"
                        type="text"
                        inputmode=by_mail.then_some("email")
                        autocomplete=autocomplete
                        autocapitalize="none"
                        spellcheck="false"
                        maxlength="256"
                        aria-describedby="field-error name-hint"
                        aria-invalid=move || is_invalid(session, Place::Field)
                    />
                    {beside_field(session, Place::Field)}
                </div>
                {submit(session, submit_key(session))}
            </fieldset>
        </form>
    }
}

/// Returns the key of the text of the form's button.
fn submit_key(session: Session) -> &'static str {
    match session.flow_kind {
        FlowKind::UserName => "user-name-submit",
        _ => "identify-submit",
    }
}

/// While a flow is being resumed, no name can be entered.
fn is_closed(session: Session) -> Option<&'static str> {
    (!session.ready.get()).then_some("disabled")
}

/// Reports whether the form that the server rendered is still shown.
#[cfg(feature = "browser")]
pub fn is_adopted() -> bool {
    dom::element("first").is_some()
}

/// Removes the form that the server rendered, for another step.
#[cfg(feature = "browser")]
pub fn leave_adopted() {
    if let Some(form) = dom::element("first") {
        form.remove();
    }
}

/// Brings the form that the server rendered to life, without touching its field. Sends what the user
/// has sent already (`boot.js`).
#[cfg(feature = "browser")]
pub fn adopt(session: Session) {
    let Some(form) = dom::find("#first form") else {
        return;
    };
    dom::mount_in("#messages", Box::new(move || above_form(session)));
    let error = error_of_field(session, Place::Field);
    dom::mount_in("#field-error", Box::new(move || error.into_any()));
    let label = submit_label(session, submit_key(session));
    dom::mount_in("#first button", Box::new(move || label.into_any()));
    Effect::new(move |_| {
        dom::set_attribute("#focus", "aria-invalid", is_invalid(session, Place::Field));
        dom::set_attribute("#first fieldset", "disabled", is_closed(session));
        dom::set_attribute("#first button", "aria-disabled", is_busy(session));
    });
    let submit = on_submit(session, Act::new(move |()| session.identify()));
    let was_submitted = form.has_attribute("data-submitted");
    dom::on_submit(&form, submit);
    if was_submitted && session.ready.get_untracked() {
        session.identify();
    }
}
