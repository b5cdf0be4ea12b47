//! A code that another tab asked for. Each flow has its own code, so the newest one may be of no use in
//! this tab: the tabs of a tenant announce to each other that they asked for a code, and when.

use crate::browser::page;
use crate::session::Session;
use crate::words::{Value, text};
use js_sys::Reflect;
use leptos::prelude::*;
use leptos::web_sys::Event;
use std::cell::{Cell, OnceCell};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::BroadcastChannel;

thread_local! {
    /// The channel to the other tabs; none where the browser has no such channels.
    static CHANNEL: OnceCell<Option<BroadcastChannel>> = const { OnceCell::new() };
    /// The gate for which this tab asked for a code last, and the time; none after a reload.
    static ASKED_HERE: Cell<Option<(u8, u64)>> = const { Cell::new(None) };
}

/// Tells the other tabs that this one has asked for a code, at a gate: it is the newest now.
pub fn announce(session: Session, gate: u8) {
    let now = page::now();
    ASKED_HERE.set(Some((gate, now)));
    session.asked_elsewhere.set(None);
    with_channel(session, |channel| {
        let _the_channel_is_open = channel.post_message(&now.to_string().into());
    });
}

/// Renders the notice, at a gate whose code was asked for, that another tab has asked for a newer one.
/// It does not say that a code was sent: in some tenants nobody is told that.
pub fn notice(session: Session, gate: u8) -> AnyView {
    with_channel(session, |_| {});
    view! {
        <div role="status">
            {move || {
                session
                    .asked_elsewhere
                    .get()
                    .map(|time| view! { <p class="notice">{explain(gate, time)}</p> }.into_any())
            }}
        </div>
    }
    .into_any()
}

/// Names the time of the code that is right here, where it is known and is another one to the minute.
fn explain(gate: u8, time: u64) -> String {
    let here = ASKED_HERE.get().filter(|(asked, _)| *asked == gate);
    let time_argument = ("time", Value::Clock(time));
    match here {
        Some((_, here)) if here / 60 != time / 60 => {
            let here = ("sent", Value::Clock(here));
            text("gate-other-tab", &[time_argument, here])
        }
        _ => text("gate-other-tab-before", &[time_argument]),
    }
}

/// Runs `act` with the channel, which is opened by the first call and listened to from then on.
fn with_channel(session: Session, act: impl FnOnce(&BroadcastChannel)) {
    CHANNEL.with(|channel| {
        if let Some(channel) = channel.get_or_init(|| open(session)) {
            act(channel);
        }
    });
}

fn open(session: Session) -> Option<BroadcastChannel> {
    let channel = BroadcastChannel::new(&["postern-codes-", &page::tenant()].concat()).ok()?;
    let listen = move |event: Event| {
        let time = Reflect::get(&event, &"data".into()).unwrap_or_default();
        if let Some(time) = time.as_string().and_then(|time| time.parse::<u64>().ok()) {
            session.asked_elsewhere.set(Some(time.min(page::now())));
        }
    };
    let listener = Closure::<dyn FnMut(Event)>::new(listen).into_js_value();
    channel.set_onmessage(Some(listener.unchecked_ref()));
    Some(channel)
}
