//! Step 1: the user name.

use super::parts::{Act, on_submit, submit};
use super::refusal::{above_form, beside_field, is_invalid};
use crate::session::{Place, Session, flow_key};
use crate::words::t;
use leptos::prelude::*;
use postern_protocol::FlowKind;

/// Renders the form of step 1. The server renders it too, disabled until the page can seal.
pub fn identify(session: Session) -> impl IntoView {
    let by_mail = session.flow_kind == FlowKind::UserName;
    let (label, hint, autocomplete, go) = if by_mail {
        let hint = "user-name-mail-hint";
        ("user-name-mail", hint, "email", "user-name-submit")
    } else {
        let hint = "identify-name-hint";
        ("identify-name", hint, "username", "identify-submit")
    };
    view! {
        <h1>{t(flow_key(session.flow_kind))}</h1>
        <p class="lead">{t("identify-lead")}</p>
        {above_form(session)}
        <form novalidate on:submit=on_submit(session, Act::new(move |()| session.identify()))>
            <fieldset disabled=move || (!session.ready.get()).then_some("disabled")>
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
                {submit(session, go)}
            </fieldset>
        </form>
    }
}
