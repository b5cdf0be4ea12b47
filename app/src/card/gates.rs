//! Step 2: one or two gates, one at a time.

use super::refusal::{above_form, beside_field, is_invalid};
use super::{Act, button, heading, links, on_submit, start_again, submit};
use crate::session::{Gates, Session};
use crate::words::{Value, t, text};
use leptos::prelude::*;
use postern_protocol::{FlowKind, Gate, GateKind};

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
    // What comes after the second gate is another thing in each flow.
    let sets_password = matches!(session.flow_kind, FlowKind::Reset | FlowKind::Change);
    let lead = if sets_password && !passed.is_empty() {
        "gates-second"
    } else {
        "gates-choose"
    };
    on_cleanup(crate::browser::withdraw_help);
    let body = move || {
        crate::browser::withdraw_help();
        let gate = chosen
            .get()
            .and_then(|id| gates.iter().find(|gate| gate.id == id));
        match gate {
            None => view! {
                {choice(session, chosen, &gates)}
                {links(start_again(session))}
            }
            .into_any(),
            Some(gate) => {
                // A challenge for a passkey is not waited for.
                let sent = gate.kind.sends() && gate.sent_until.is_some();
                if sent {
                    crate::browser::offer_help(&t(&sending_key(gate, "-waiting")));
                }
                view! {
                    {form(session, gate)}
                    {links(view! {
                        {sent.then(|| send_again(session, gate))}
                        {several.then(|| other_way(session, chosen))}
                        {start_again(session)}
                    }.into_any())}
                }
                .into_any()
            }
        }
    };
    view! {
        {position}
        {heading("gates-title")}
        {move || (several && chosen.get().is_none()).then(|| view! { <p class="lead">{t(lead)}</p> }.into_any())}
        {above_form(session)}
        {body}
    }
}

fn choice(session: Session, chosen: RwSignal<Option<u8>>, gates: &[Gate]) -> AnyView {
    let buttons = gates
        .iter()
        .map(|gate| {
            let id = gate.id;
            // Why it cannot be used here, if it cannot.
            let why = || t(&key(gate.kind, "-why"));
            let hint = gate.hint.clone().unwrap_or_else(why);
            let label = view! {
                <strong>{t(&key(gate.kind, ""))}</strong>
                <span>{hint}</span>
            };
            let act = Act::new(move |()| {
                session.refusal.set(None);
                chosen.set(Some(id));
            });
            view! { <li>{button("choice", label.into_any(), act)}</li> }
        })
        .collect_view();
    view! { <ul class="choices">{buttons}</ul> }.into_any()
}

fn form(session: Session, gate: &Gate) -> AnyView {
    let id = gate.id;
    let kind = gate.kind;
    let say = |part: &str| {
        let address = Value::Text(gate.hint.clone().unwrap_or_default());
        text(&sending_key(gate, part), &[("address", address)])
    };
    let act = Act::new(move |()| session.answer(id));
    match (kind.sends(), gate.sent_until) {
        (true, None) => {
            let send = if kind == GateKind::Voice {
                "gate-voice-send"
            } else {
                "gate-mail-send"
            };
            view! {
                <form novalidate on:submit=on_submit(session, Act::new(move |()| session.send_code(id)))>
                    <p>{say("-to")}</p>
                    {submit(session, send)}
                </form>
            }
            .into_any()
        }
        (true, Some(until)) => {
            let valid = text("gate-code-until", &[("until", Value::Clock(until))]);
            let sent = say("-sent");
            // Not said beside the contrary.
            let lead = move || match session.refusal.get() {
                Some(refusal) if refusal.key == "reason-code-not-sent" => String::new(),
                _ => sent.clone(),
            };
            code_form(session, act, kind, lead.into_any(), valid)
        }
        _ if kind == GateKind::Password => password_form(session, act),
        _ if kind == GateKind::Passkey => passkey_gate(gate),
        _ => code_form(
            session,
            act,
            kind,
            t(&key(kind, "-lead")).into_any(),
            String::new(),
        ),
    }
}

/// A passkey's gate, which a script of its own shows, where there can be any (`app/passkey.js`).
fn passkey_gate(gate: &Gate) -> AnyView {
    let challenge = gate.challenge.as_deref().unwrap_or_default();
    // As other numbers are written, whose code the browser has anyway.
    let id = u16::from(gate.id).to_string();
    crate::browser::passkey(&[&id, "\n", challenge].concat());
    view! { <div id="passkey">{t("gate-passkey-why")}</div> }.into_any()
}

/// The current password, which opens a change, and one's methods.
fn password_form(session: Session, act: Act) -> AnyView {
    view! {
        <form novalidate on:submit=on_submit(session, act)>
            {current_password(session, "focus")}
            {submit(session, "gate-submit")}
        </form>
    }
    .into_any()
}

/// The field of the current password.
pub fn current_password(session: Session, id: &'static str) -> AnyView {
    let hint = match session.flow_kind {
        FlowKind::Methods => "methods-password-hint",
        _ => "gate-password-hint",
    };
    view! {
        <div class="field">
            <label for=id>{t("gate-password")}</label>
            <p class="hint" id="current-hint">{t(hint)}</p>
            <input
                id=id
                type="password"
                autocomplete="current-password"
                maxlength="1024"
                aria-describedby="field-error current-hint"
                aria-invalid=move || (id == "focus").then(|| is_invalid(session)).flatten()
            />
            {(id == "focus").then(|| beside_field(session, "field-error"))}
        </div>
    }
    .into_any()
}

fn key(kind: GateKind, part: &str) -> String {
    ["gate-", kind.name(), part].concat()
}

/// The text key of a gate that sends a code. A gate without a hint belongs to a tenant that shows
/// every name the same gates: its texts do not say whether there is an address or number.
fn sending_key(gate: &Gate, part: &str) -> String {
    let any = if gate.hint.is_none() { "-any" } else { "" };
    key(gate.kind, &[any, part].concat())
}

fn send_again(session: Session, gate: &Gate) -> AnyView {
    let id = gate.id;
    let act = Act::new(move |()| session.send_code(id));
    let again = if gate.kind == GateKind::Voice {
        "gate-voice-resend"
    } else {
        "gate-mail-resend"
    };
    button("link resend", t(again).into_any(), act)
}

fn other_way(session: Session, chosen: RwSignal<Option<u8>>) -> AnyView {
    let act = Act::new(move |()| {
        session.refusal.set(None);
        chosen.set(None);
    });
    button("link", t("gate-other").into_any(), act)
}

/// The field of a code, with what is said before it and of its validity.
pub fn code_form(
    session: Session,
    act: Act,
    kind: GateKind,
    lead: AnyView,
    valid: String,
) -> AnyView {
    let issued = kind.is_issued();
    let (class, mode, complete, longest) = if issued {
        ("code letters", "text", "off", "40")
    } else {
        ("code", "numeric", "one-time-code", "24")
    };
    let hint = match kind.digits() {
        Some(digits) => {
            let digits = u16::try_from(digits).unwrap_or_default();
            text("gate-code-hint", &[("digits", Value::Count(digits))])
        }
        None => t(&key(kind, "-hint")),
    };
    view! {
        <p>{lead}</p>
        <form novalidate on:submit=on_submit(session, act)>
            <div class="field">
                <label for="focus">{t(&key(kind, "-code"))}</label>
                <p class="hint" id="code-hint">{hint} ". " {valid}</p>
                <input
                    id="focus"
                    class=class
                    type="text"
                    inputmode=mode
                    autocomplete=complete
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength=longest
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
