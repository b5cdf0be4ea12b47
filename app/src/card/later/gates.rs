//! Step 2: one or two gates, one at a time.

use super::icon::icon;
use super::other_tab;
use super::passkey::{self, Purpose};
use super::secret_field::{current_password, user_name};
use crate::browser::{dom, page, waiting};
use crate::card::parts::{Act, button, heading, links, on_submit, start_again, submit};
use crate::card::refusal::{above_form, beside_field, is_invalid};
use crate::session::{Gates, Place, Session};
use crate::words::{Value, t, text};
use leptos::prelude::*;
use postern_envelope::Secret;
use postern_protocol::{Gate, GateKind};
use std::time::Duration;

/// The number of gates up to which all are shown at once.
const SHOWN_AT_ONCE: usize = 4;

/// The [`rarity`] from which on a gate is folded.
const RARE: u8 = 5;

/// Renders the choice of a gate, or the gate itself where there is only one.
pub fn gates(session: Session, gates: Gates) -> impl IntoView {
    let Gates {
        needed,
        passed,
        gates,
    } = gates;
    // A code that was just sent belongs to the gate that the user has chosen.
    let initial_gate = gates
        .iter()
        .filter(|gate| gate.sent_until.is_some())
        .max_by_key(|gate| gate.sent_until)
        .or((gates.len() == 1).then(|| &gates[0]))
        .map(|gate| gate.id);
    let chosen = RwSignal::new(initial_gate);
    // The button that was pressed is gone: the focus moves to the form that it opened.
    Effect::new(move |before: Option<()>| {
        chosen.track();
        if before.is_some() {
            dom::after_render(dom::focus_first);
        }
    });
    let several = gates.len() > 1;
    let current = u16::try_from(passed.len() + 1).unwrap_or(1);
    // The current password is none of those that are counted.
    let is_counted = gates.iter().any(|gate| gate.kind != GateKind::Password);
    let position = (needed > 1 && is_counted).then(|| {
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
    on_cleanup(move || {
        waiting::withdraw_help();
        session.open_gate.set(None);
    });
    let body = move || {
        waiting::withdraw_help();
        let gate = chosen
            .get()
            .and_then(|id| gates.iter().find(|gate| gate.id == id));
        session.open_gate.set(gate.map(|gate| gate.kind));
        match gate {
            None => view! {
                {choice(session, chosen, &gates)}
                {links(start_again(session))}
            }
            .into_any(),
            Some(gate) => {
                // Users wait for codes, but not for the challenge of a passkey.
                let sent = gate.kind.sends() && gate.sent_until.is_some();
                if sent {
                    waiting::offer_help(&t(&sending_key(gate, "-waiting")));
                }
                view! {
                    {form(session, gate)}
                    {links(view! {
                        {sent.then(|| resend_button(session, gate))}
                        {several.then(|| other_gate_button(session, chosen))}
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

/// Renders the gates to choose from, the likeliest first. Where there are many, the rare ones are
/// folded.
fn choice(session: Session, chosen: RwSignal<Option<u8>>, gates: &[Gate]) -> AnyView {
    let mut gates: Vec<_> = gates.iter().collect();
    gates.sort_by_key(|gate| rarity(gate.kind));
    let common = gates.partition_point(|gate| rarity(gate.kind) < RARE);
    let shown = if gates.len() > SHOWN_AT_ONCE && common > 0 {
        common
    } else {
        gates.len()
    };
    let (shown, folded) = gates.split_at(shown);
    let list = |gates: &[&Gate]| {
        let buttons = gates
            .iter()
            .map(|gate| choice_button(session, chosen, gate))
            .collect_view();
        view! { <ul class="choices">{buttons}</ul> }.into_any()
    };
    let more = (!folded.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>{t("gates-more")}</summary>
                {list(folded)}
            </details>
        }
        .into_any()
    });
    view! {
        {list(shown)}
        {more}
    }
    .into_any()
}

/// Returns the place of a gate in the order of how likely people have it at hand.
fn rarity(kind: GateKind) -> u8 {
    match kind {
        GateKind::Password | GateKind::Mail => 0,
        GateKind::Sms => 1,
        GateKind::Authenticator => 2,
        GateKind::Passkey if passkey::unusable().is_none() => 3,
        GateKind::Voice => 4,
        GateKind::RecoveryCode => RARE,
        GateKind::HelpdeskPass => RARE + 1,
        // It cannot be used here.
        GateKind::Passkey => RARE + 2,
    }
}

fn choice_button(session: Session, chosen: RwSignal<Option<u8>>, gate: &Gate) -> AnyView {
    let id = gate.id;
    // A passkey has no hint but the reason that it cannot be used here, if there is one.
    let reason = || match gate.kind {
        GateKind::Passkey => passkey::unusable().map(t),
        _ => None,
    };
    let hint = gate.hint.clone().or_else(reason).unwrap_or_default();
    let label = view! {
        {icon(gate.kind)}
        <span>
            <strong>{t(&key(gate.kind, ""))}</strong>
            " "
            <span>{hint}</span>
        </span>
    };
    let act = Act::new(move |()| {
        session.refusal.set(None);
        chosen.set(Some(id));
    });
    view! { <li>{button("choice", label.into_any(), act)}</li> }.into_any()
}

fn form(session: Session, gate: &Gate) -> AnyView {
    let id = gate.id;
    let kind = gate.kind;
    let gate_text = |part: &str| {
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
                    <p>{gate_text("-to")}</p>
                    {submit(session, send)}
                </form>
            }
            .into_any()
        }
        (true, Some(until)) => {
            let sent = gate_text("-sent");
            // Not shown together with the refusal that the code was not sent.
            let lead = move || match session.refusal.get() {
                Some(refusal) if refusal.key == "reason-code-not-sent" => String::new(),
                _ => sent.clone(),
            };
            view! {
                {other_tab::notice(session, id)}
                {code_form(session, act, kind, lead.into_any(), validity(until))}
            }
            .into_any()
        }
        _ if kind == GateKind::Password => password_form(session, act),
        _ if kind == GateKind::Passkey => {
            passkey::passkey(session, Purpose::Gate(id), gate.challenge.clone())
        }
        _ => code_form(
            session,
            act,
            kind,
            t(&key(kind, "-lead")).into_any(),
            ().into_any(),
        ),
    }
}

/// Renders until when a code is valid; once it has expired, says so before one is typed.
fn validity(until: u64) -> AnyView {
    let has_expired = RwSignal::new(false);
    let expire = move || {
        // The signal is gone, and given back, if the user has left the gate meanwhile.
        if has_expired.try_set(true).is_none() {
            waiting::tell(&t("gate-code-expired"));
        }
    };
    let delay = Duration::from_secs(until.saturating_sub(page::now()));
    set_timeout(expire, delay);
    let line = move || {
        if has_expired.get() {
            t("gate-code-expired")
        } else {
            text("gate-code-until", &[("until", Value::Clock(until))])
        }
    };
    view! { {line} }.into_any()
}

/// Renders the gate of the current password, which a change and the methods ask for.
fn password_form(session: Session, act: Act) -> AnyView {
    view! {
        <form novalidate on:submit=on_submit(session, act)>
            {user_name(session)}
            {current_password(session, "focus", Place::Field)}
            {submit(session, "gate-submit")}
        </form>
    }
    .into_any()
}

fn key(kind: GateKind, part: &str) -> String {
    ["gate-", kind.name(), part].concat()
}

/// Returns the text key of a gate that sends a code. A gate without a hint belongs to a tenant that
/// shows the same gates for every name: its texts do not reveal whether there is an address or
/// number.
fn sending_key(gate: &Gate, part: &str) -> String {
    let any = if gate.hint.is_none() { "-any" } else { "" };
    key(gate.kind, &[any, part].concat())
}

fn resend_button(session: Session, gate: &Gate) -> AnyView {
    let id = gate.id;
    let act = Act::new(move |()| session.send_code(id));
    let label = if gate.kind == GateKind::Voice {
        "gate-voice-resend"
    } else {
        "gate-mail-resend"
    };
    button("link", t(label).into_any(), act)
}

fn other_gate_button(session: Session, chosen: RwSignal<Option<u8>>) -> AnyView {
    let act = Act::new(move |()| {
        session.refusal.set(None);
        chosen.set(None);
    });
    button("link", t("gate-other").into_any(), act)
}

/// Renders the field of a code, with a lead above it and the time until which the code is valid. What
/// is pasted, or filled in by the browser, is sent at once.
pub fn code_form(
    session: Session,
    act: Act,
    kind: GateKind,
    lead: AnyView,
    valid: AnyView,
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
    let typed_before = StoredValue::new(0);
    let input = move |_| {
        let typed = count_digits(&dom::value("focus"));
        let is_whole = kind.digits() == Some(typed) && typed > typed_before.get_value() + 1;
        typed_before.set_value(typed);
        session.forget_refused_field();
        if is_whole && session.working.get_untracked().is_none() {
            act.run(());
        }
    };
    view! {
        <p>{lead}</p>
        <form novalidate on:submit=on_submit(session, act) on:input=input>
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
                    aria-invalid=move || is_invalid(session, Place::Field)
                />
                {beside_field(session, Place::Field)}
            </div>
            {submit(session, "gate-submit")}
        </form>
    }
    .into_any()
}

/// Returns the number of digits in what was typed.
pub fn count_digits(code: &Secret) -> usize {
    let bytes = code.expose().iter();
    bytes.filter(|byte| byte.is_ascii_digit()).count()
}
