//! Step 1: the user name.

use super::refusal::{above_form, beside_field, is_invalid};
use super::{Act, on_submit, submit};
use crate::session::Session;
use crate::words::t;
use leptos::prelude::*;

/// The form of step 1. The server renders it too, closed until the page can seal.
pub fn identify(session: Session) -> impl IntoView {
    view! {
        <h1>{t("identify-title")}</h1>
        <p class="lead">{t("identify-lead")}</p>
        {above_form(session)}
        <form novalidate on:submit=on_submit(session, Act::new(move |()| session.identify()))>
            <fieldset disabled=move || (!session.ready.get()).then_some("disabled")>
                <div class="field">
                    <label for="focus">{t("identify-name")}</label>
                    <p class="hint" id="name-hint">{t("identify-name-hint")}</p>
                    <input
                        id="focus"
                        type="text"
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        maxlength="256"
                        aria-describedby="field-error name-hint"
                        aria-invalid=move || is_invalid(session)
                    />
                    {beside_field(session, "field-error")}
                </div>
                {submit(session, "identify-submit")}
            </fieldset>
        </form>
    }
}
