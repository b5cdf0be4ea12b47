//! Timers: help for users who wait for a code, and a warning before the flow ends.

use super::{dom, page};
use crate::session::Session;
use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;

/// The time without input after which a user who waits for a code is offered help.
const HELP_DELAY: Duration = Duration::from_secs(10);

/// The time before the end of the flow at which the user is warned, in seconds.
const WARNING_SECONDS: u64 = 120;

thread_local! {
    /// The number of the wait under way; a timer of an earlier one does nothing.
    static WAIT: Cell<u32> = const { Cell::new(0) };
}

/// Offers help when no code was typed for a while. Called after a code was sent.
pub fn offer_help(help: &str) {
    dom::set_text("help", help);
    dom::set_state("");
    wait(next_wait());
}

fn wait(number: u32) {
    let check = move || {
        if WAIT.get() != number {
            return;
        }
        if dom::value("focus").expose().is_empty() {
            dom::set_state("late");
        } else {
            wait(number);
        }
    };
    set_timeout(check, HELP_DELAY);
}

fn next_wait() -> u32 {
    WAIT.set(WAIT.get().wrapping_add(1));
    WAIT.get()
}

/// Shows help at once: the code that the user waited for has expired.
pub fn tell(help: &str) {
    next_wait();
    dom::set_text("help", help);
    dom::set_state("late");
}

/// Withdraws the help: the user no longer waits for a code.
pub fn withdraw_help() {
    next_wait();
    dom::set_state("");
}

/// Warns the user shortly before the flow ends, unless its end has changed by then.
pub fn schedule_warning(session: Session) {
    let expires = session.expires.get_untracked();
    let Some(end) = expires else {
        return;
    };
    let delay = end.saturating_sub(page::now() + WARNING_SECONDS);
    let show_warning = move || {
        if session.expires.get_untracked() == expires {
            session.ends_soon.set(true);
            // The warning stands above the form, whose field may have moved out of sight.
            dom::after_render(dom::show_focused);
        }
    };
    set_timeout(show_warning, Duration::from_secs(delay));
}
