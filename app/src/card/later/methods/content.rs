//! The list of methods and what a new one needs, as a chunk of their own.

use super::super::chunk::NotLoaded;
use super::super::passkey::unusable;
use super::{picture, recovery};
use crate::browser::{dom, webauthn};
use crate::card::parts::{Act, button};
use crate::session::{Methods, Session};
use crate::words::{Value, t, text};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use postern_envelope::Secret;
use postern_protocol::{GateKind, Method};

/// The views of the chunk.
pub trait MethodViews: Sync {
    /// Renders the methods, and buttons that add and remove them.
    fn list(&self, session: Session, methods: Methods) -> AnyView;

    /// Renders what an authenticator app needs: the address as a QR code, and its key to be typed.
    fn authenticator(&self, address: Secret) -> AnyView;

    /// Renders new recovery codes, to be copied, saved or printed.
    /// `kept` is set once they were.
    fn recovery_codes(&self, codes: Secret, kept: RwSignal<bool>) -> AnyView;
}

/// Loads the chunk.
///
/// # Errors
///
/// [`NotLoaded`] if it does not come, or was altered on the way.
#[wasm_split(methods, fallible, wasm_split_path = leptos::wasm_split)]
pub fn load() -> Result<&'static dyn MethodViews, NotLoaded> {
    Ok(&VIEWS)
}

static VIEWS: Views = Views;

struct Views;

impl MethodViews for Views {
    fn list(&self, session: Session, methods: Methods) -> AnyView {
        list(session, methods)
    }

    fn authenticator(&self, address: Secret) -> AnyView {
        picture::authenticator(&address)
    }

    fn recovery_codes(&self, codes: Secret, kept: RwSignal<bool>) -> AnyView {
        recovery::codes(codes, kept)
    }
}

fn list(session: Session, methods: Methods) -> AnyView {
    let Methods {
        methods,
        addable,
        due,
    } = methods;
    let confirm = Act::new(move |()| session.confirm_methods());
    let due = due.then(|| {
        view! {
            <div class="notice">
                <p>{t("methods-due")}</p>
                {button("secondary", t("methods-due-confirm").into_any(), confirm)}
            </div>
        }
        .into_any()
    });
    let (own, kept): (Vec<_>, Vec<_>) = methods.into_iter().partition(|method| method.own);
    let own = (!own.is_empty() || !addable.is_empty()).then(|| {
        let none = own
            .is_empty()
            .then(|| view! { <p>{t("methods-none")}</p> }.into_any());
        let items = own.into_iter().map(|method| own_item(session, method));
        let items = items.collect();
        let buttons = addable
            .into_iter()
            .filter(|kind| can_add(*kind))
            .map(|kind| {
                let act = Act::new(move |()| session.add_method(kind));
                let label = t(&["methods-add-", kind.name()].concat());
                button("secondary", label.into_any(), act)
            });
        let buttons = buttons.collect_view();
        let more = view! { {none} <div class="buttons">{buttons}</div> }.into_any();
        section("methods-own", items, more)
    });
    let kept = (!kept.is_empty()).then(|| {
        let items = kept
            .into_iter()
            .map(|method| view! { <li>{item(&method)}</li> }.into_any());
        let items = items.collect();
        let hint = view! { <p class="quiet">{t("methods-kept-hint")}</p> }.into_any();
        section("methods-kept", items, hint)
    });
    view! { {due} {own} {kept} }.into_any()
}

/// Reports whether a kind can be added in this browser.
fn can_add(kind: GateKind) -> bool {
    match kind {
        GateKind::Authenticator | GateKind::RecoveryCode => true,
        GateKind::Passkey => unusable().is_none() && webauthn::may_create(),
        GateKind::Mail
        | GateKind::Sms
        | GateKind::Voice
        | GateKind::HelpdeskPass
        | GateKind::Password => false,
    }
}

fn section(title: &'static str, items: Vec<AnyView>, more: AnyView) -> AnyView {
    let items = (!items.is_empty()).then(|| view! { <ul class="methods">{items}</ul> }.into_any());
    view! { <section><h2>{t(title)}</h2> {items} {more}</section> }.into_any()
}

/// Returns the name of a kind of method.
fn name(kind: GateKind) -> String {
    let of_method = t(&["methods-", kind.name()].concat());
    if of_method.is_empty() {
        t(&["gate-", kind.name()].concat())
    } else {
        of_method
    }
}

fn item(method: &Method) -> AnyView {
    let moment = |key, seconds: &str| {
        let time = seconds.parse().unwrap_or_default();
        text(key, &[("time", Value::Moment(time))])
    };
    let hint = method.hint.clone().unwrap_or_default();
    let detail = match (&method.from, method.left) {
        (Some(from), _) => moment("methods-from", from),
        (None, Some(left)) => {
            let left = u16::try_from(left).unwrap_or(u16::MAX);
            text("methods-left", &[("left", Value::Count(left))])
        }
        (None, None) if method.kind == GateKind::Passkey && !hint.is_empty() => {
            moment("methods-since", &hint)
        }
        (None, None) => hint,
    };
    view! { <p><strong>{name(method.kind)}</strong> " " <span>{detail}</span></p> }.into_any()
}

/// Renders one of the user's own methods, which is removed when the user has said so twice.
fn own_item(session: Session, method: Method) -> AnyView {
    let (id, kind) = (method.id, method.kind);
    let asks = RwSignal::new(false);
    let item_id = ["method-", &u16::from(id).to_string()].concat();
    let question = [&*item_id, "-question"].concat();
    let first_button = ["#", &item_id, " button"].concat();
    let turn = Act::new(move |()| {
        asks.update(|asks| *asks = !*asks);
        let first_button = first_button.clone();
        dom::after_render(move || dom::focus_on(&first_button));
    });
    let buttons = move || {
        if !asks.get() {
            let name = [": ", &name(kind)].concat();
            let label = view! { {t("methods-remove")} <span class="visually-hidden">{name}</span> };
            return button("link", label.into_any(), turn);
        }
        let remove = move |_| session.remove_method(id);
        let (yes, no) = (question.clone(), question.clone());
        view! {
            <p id=question.clone()>{t("methods-remove-sure")}</p>
            <button type="button" class="secondary" aria-describedby=yes on:click=remove>
                {t("methods-remove-yes")}
            </button>
            <button
                type="button"
                class="secondary"
                aria-describedby=no
                on:click=move |_| turn.run(())
            >
                {t("methods-remove-no")}
            </button>
        }
        .into_any()
    };
    view! { <li id=item_id>{item(&method)} <div class="buttons">{buttons}</div></li> }.into_any()
}
