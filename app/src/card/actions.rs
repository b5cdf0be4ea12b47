//! The actions of the first step, and the way of every action: it is sealed and sent, and the later
//! steps show its answer.

use super::later::{self, Submitted};
use crate::browser::{answer, dom, exchange, page, storage};
use crate::session::{Remedy, Session, Unanswered};
use leptos::prelude::*;
use postern_protocol::{FlowKind, FlowToken, Operation, Request};
use std::cell::Cell;

thread_local! {
    /// The token of the next request.
    static TOKEN: Cell<Option<FlowToken>> = const { Cell::new(None) };
    /// The gate for which the last request asked for a code, if it was such a request.
    static CODE_ASKED: Cell<Option<u8>> = const { Cell::new(None) };
}

/// Sets the token of the next request, here and in the tab's storage.
pub fn keep_token(token: Option<FlowToken>) {
    TOKEN.set(token);
    storage::store(token);
}

/// Restores the token that this tab had before it was reloaded. Returns whether there was one.
pub fn restore_token() -> bool {
    TOKEN.set(storage::load());
    TOKEN.get().is_some()
}

/// Loads a fresh page where a file of this one is gone from the portal and a flow can be resumed.
/// Returns whether it does.
pub fn reload_if_outdated() -> bool {
    let reloads = page::is_outdated() && TOKEN.get().is_some();
    if reloads {
        dom::reload();
    }
    reloads
}

impl Session {
    /// Step 1: sends the user name.
    pub fn identify(self) {
        let name = dom::value("focus");
        let typed = name.expose_str().unwrap_or_default().trim();
        let by_mail = self.flow_kind == FlowKind::UserName;
        let wrong = match typed.split_once('@') {
            _ if typed.is_empty() && by_mail => Some("user-name-empty"),
            _ if typed.is_empty() => Some("identify-empty"),
            Some((local, domain)) if !local.is_empty() && !domain.is_empty() => None,
            _ => by_mail.then_some("user-name-no-address"),
        };
        if let Some(wrong) = wrong {
            self.refuse(wrong);
            return;
        }
        self.name.set(typed.to_owned());
        TOKEN.set(None);
        let flow_kind = Some(self.flow_kind).filter(|flow_kind| *flow_kind != FlowKind::Reset);
        let operation = Operation::Identify {
            name,
            flow_kind,
            device: Some(dom::device()),
        };
        self.submit("working-identify", operation);
    }

    /// Runs the action of the button under a refusal.
    pub fn remedy(self, remedy: Remedy) {
        if self.working.get_untracked().is_some() {
            return;
        }
        match remedy {
            Remedy::Reload => dom::reload(),
            Remedy::TryAgain | Remedy::CheckAgain => match (TOKEN.get(), CODE_ASKED.get()) {
                (None, _) => self.identify(),
                // What was typed is not kept. A code can be asked for once more.
                (Some(_), Some(gate)) if remedy == Remedy::TryAgain => {
                    self.submit("working-send", Operation::SendCode { gate });
                }
                (Some(_), _) => self.resume(),
            },
        }
    }

    /// Asks the agent for the state of the flow, and continues from there.
    pub fn resume(self) {
        self.submit("working-resume", Operation::Resume);
    }

    /// Seals an operation and sends it. `working` is the Fluent key of what the page shows meanwhile.
    pub fn submit(self, working: &'static str, operation: Operation) {
        let was_in_doubt = self.refusal.with_untracked(|refusal| {
            refusal
                .as_ref()
                .is_some_and(|refusal| refusal.remedy == Some(Remedy::CheckAgain))
        });
        CODE_ASKED.set(match operation {
            Operation::SendCode { gate } => Some(gate),
            _ => None,
        });
        let request = Request {
            token: TOKEN.get(),
            operation,
        };
        wasm_bindgen_futures::spawn_local(async move {
            // Fetched while the answer is under way, so that it takes no time of its own.
            let words = page::fetch_words();
            let message = exchange::send(&request).await;
            match later::load().await {
                Ok(steps) => steps.show_answer(
                    self,
                    Submitted {
                        request,
                        message,
                        words,
                        was_in_doubt,
                    },
                ),
                Err(later::NotLoaded) => {
                    self.working.set(None);
                    self.ready.set(true);
                    if !reload_if_outdated() {
                        let offline = message.is_some_and(|message| message.was_offline);
                        self.show_not_loaded(offline);
                    }
                }
            }
        });
        // After the task is spawned, so that it seals and sends before the button is redrawn.
        self.working.set(Some(working));
    }

    fn show_not_loaded(self, offline: bool) {
        let why = if offline {
            Unanswered::Offline
        } else {
            answer::NO_ANSWER
        };
        self.show_unanswered(why, false, String::new());
        if page::is_outdated() {
            self.refusal.update(|refusal| {
                if let Some(refusal) = refusal {
                    refusal.remedy = Some(Remedy::Reload);
                }
            });
        }
    }
}
