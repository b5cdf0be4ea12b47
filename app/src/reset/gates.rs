//! Step 2: one or two gates, one at a time.

use super::refusal::{above_form, beside_field, is_invalid};
use super::{Act, button, on_submit, start_again, submit};
use crate::session::{Gates, Session};
use crate::words::{Value, t, text};
use leptos::prelude::*;
use postern_protocol::{Gate, GateKind};

/// The choice of a gate, or the gate itself where there is only one.
pub fn gates(session: Session, gates: Gates) -> impl IntoView {
    let Gates {
        needed,
        passed,
        gates,
    } = gates;
    // A code that was just sent belongs to the gate that the person is at.
    let at_hand = gates
        .iter()
        .filter(|gate| gate.sent_until.is_some())
        .max_by_key(|gate| gate.sent_until)
        .or((gates.len() == 1).then(|| &gates[0]))
        .map(|gate| gate.id);
    let chosen = RwSignal::new(at_hand);
    // The button that was pressed is gone: the focus goes to what it opened.
    Effect::new(move |before: Option<()>| {
        chosen.track();
        if before.is_some() {
            crate::browser::focus_next();
        }
    });
    let several = gates.len() > 1;
    let current = u16::try_from(passed.len() + 1).unwrap_or(1);
    let position = (needed > 1 && !gates.is_empty()).then(|| {
        let arguments = [
            ("current", Value::Count(current)),
            ("total", Value::Count(u16::from(needed))),
        ];
        view! { <p class="position">{text("gates-position", &arguments)}</p> }.into_any()
    });
    let lead = if passed.is_empty() {
        "gates-choose"
    } else {
        "gates-second"
    };
    on_cleanup(crate::browser::withdraw_help);
    let body = move || {
        crate::browser::withdraw_help();
        let gate = chosen
            .get()
            .and_then(|id| gates.iter().find(|gate| gate.id == id));
        match gate {
            None => view! {
                {choice(chosen, &gates)}
                <div class="links">{start_again(session)}</div>
            }
            .into_any(),
            Some(gate) => {
                if is_code_sent(gate) {
                    crate::browser::offer_help();
                }
                view! {
                    {form(session, gate)}
                    <div class="links">
                        {is_code_sent(gate).then(|| send_again(session, gate.id))}
                        {several.then(|| other_way(session, chosen))}
                        {start_again(session)}
                    </div>
                }
                .into_any()
            }
        }
    };
    view! {
        {position}
        <h1 id="heading" tabindex="-1">{t("gates-title")}</h1>
        {move || (several && chosen.get().is_none()).then(|| view! { <p class="lead">{t(lead)}</p> }.into_any())}
        {above_form(session)}
        {body}
    }
}

fn choice(chosen: RwSignal<Option<u8>>, gates: &[Gate]) -> AnyView {
    let buttons = gates
        .iter()
        .map(|gate| {
            let id = gate.id;
            let name = ["gate-", gate.kind.name()].concat();
            let hint = gate.hint.clone().unwrap_or_default();
            let label = view! {
                <strong>{t(&name)}</strong>
                <span>{hint}</span>
            };
            let act = Act::new(move |()| chosen.set(Some(id)));
            view! { <li>{button("choice", label.into_any(), act)}</li> }
        })
        .collect_view();
    view! { <ul class="choices">{buttons}</ul> }.into_any()
}

fn form(session: Session, gate: &Gate) -> AnyView {
    let id = gate.id;
    let address = || {
        (
            "address",
            Value::Text(gate.hint.clone().unwrap_or_default()),
        )
    };
    match (gate.kind, gate.sent_until) {
        (GateKind::Mail, None) => view! {
            <form novalidate on:submit=on_submit(session, Act::new(move |()| session.send_code(id)))>
                <p>{text("gate-mail-to", &[address()])}</p>
                {submit(session, "gate-mail-send")}
            </form>
        }
        .into_any(),
        (GateKind::Mail, Some(until)) => {
            let lead = text("gate-mail-sent", &[address()]);
            let valid = text("gate-code-until", &[("until", Value::Clock(until))]);
            code_form(session, id, lead, "gate-mail-code", valid)
        }
        (GateKind::Authenticator, _) => code_form(
            session,
            id,
            t("gate-authenticator-lead"),
            "gate-authenticator-code",
            String::new(),
        ),
    }
}

/// Whether a code is on its way to the person, or has come.
fn is_code_sent(gate: &Gate) -> bool {
    gate.kind == GateKind::Mail && gate.sent_until.is_some()
}

fn send_again(session: Session, gate: u8) -> AnyView {
    let act = Act::new(move |()| session.send_code(gate));
    button("link resend", t("gate-mail-resend").into_any(), act)
}

fn other_way(session: Session, chosen: RwSignal<Option<u8>>) -> AnyView {
    let act = Act::new(move |()| {
        session.refusal.set(None);
        chosen.set(None);
    });
    button("link", t("gate-other").into_any(), act)
}

fn code_form(
    session: Session,
    gate: u8,
    lead: String,
    label: &'static str,
    valid: String,
) -> AnyView {
    view! {
        <p>{lead}</p>
        <form novalidate on:submit=on_submit(session, Act::new(move |()| session.answer(gate)))>
            <div class="field">
                <label for="focus">{t(label)}</label>
                <p class="hint" id="code-hint">{t("gate-code-hint")} ". " {valid}</p>
                <input
                    id="focus"
                    class="code"
                    type="text"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    spellcheck="false"
                    maxlength="12"
                    aria-describedby="field-error code-hint"
                    aria-invalid=move || is_invalid(session)
                />
                {beside_field(session, "field-error")}
            </div>
            {submit(session, "gate-submit")}
        </form>
    }
    .into_any()
}
