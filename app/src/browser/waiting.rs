//! What time brings: help for whoever waits for a code, and a warning before the flow ends.

use super::{dom, page};
use crate::session::Session;
use leptos::prelude::*;
use std::time::Duration;

/// How long a code is waited for before help is offered.
const HELP_DELAY: Duration = Duration::from_secs(10);

/// How long before its end a person is warned, in seconds.
const WARNING: u64 = 120;

/// A code was sent: offers help when nothing was typed for a while.
pub fn offer_help(help: &str) {
    dom::set_text("help", help);
    dom::set_state("waits");
    fn look() {
        if !dom::is_state("waits") {
            return;
        }
        if dom::value("focus").expose().is_empty() {
            dom::set_state("late");
        } else {
            set_timeout(look, HELP_DELAY);
        }
    }
    set_timeout(look, HELP_DELAY);
}

/// Nobody waits for a code any more.
pub fn withdraw_help() {
    dom::set_state("");
}

/// Says when the flow is about to end.
pub fn warn(session: Session) {
    let expires = session.expires.get_untracked();
    let Some(end) = expires else {
        return;
    };
    let quiet = end.saturating_sub(page::now() + WARNING);
    let look = move || {
        if session.expires.get_untracked() == expires {
            session.ends_soon.set(true);
        }
    };
    set_timeout(look, Duration::from_secs(quiet));
}
