//! What the person does: each action reads its fields, is sealed, sent, and its answer shown.

use super::{dom, exchange, letters, page, storage, waiting};
use crate::card::FieldHints;
use crate::session::{Remedy, Screen, Session, Unanswered};
use leptos::prelude::*;
use postern_envelope::Secret;
use postern_protocol::{FlowKind, FlowToken, Operation, Policy, Reason, Request, Step};
use std::cell::{Cell, RefCell};

thread_local! {
    /// The token of the next request.
    static TOKEN: Cell<Option<FlowToken>> = const { Cell::new(None) };
    /// The current password, from its gate until it is changed; a reload forgets it.
    static CURRENT: RefCell<Secret> = RefCell::default();
}

impl Session {
    /// Step 1: sends the user name.
    pub fn identify(self) {
        let name = dom::value("focus");
        if name.expose().trim_ascii().is_empty() {
            self.refuse(match self.flow_kind {
                FlowKind::UserName => "user-name-empty",
                _ => "identify-empty",
            });
            return;
        }
        TOKEN.set(None);
        let flow_kind = Some(self.flow_kind).filter(|flow_kind| *flow_kind != FlowKind::Reset);
        let operation = Operation::Identify {
            name,
            flow_kind,
            device: Some(dom::device()),
        };
        self.submit("working-identify", operation);
    }

    /// Asks for a code, or for a challenge.
    pub fn send_code(self, gate: u8) {
        let working = if super::at_passkey() {
            "working-passkey"
        } else {
            "working-send"
        };
        self.run_if_idle(working, Operation::SendCode { gate });
    }

    /// Answers a gate.
    pub fn answer(self, gate: u8) {
        let code = dom::value("focus");
        let password = dom::element("current-hint").is_some();
        if code.expose().trim_ascii().is_empty() {
            self.refuse(if password {
                "gate-password-empty"
            } else {
                "gate-code-empty"
            });
            return;
        }
        if password && self.flow_kind == FlowKind::Change {
            CURRENT.set(code.clone());
        }
        dom::clear("focus");
        self.submit("working-answer", Operation::Answer { gate, code });
    }

    /// Sends the new password.
    pub fn set_password(self) {
        let password = dom::value("focus");
        if password.expose().is_empty() {
            self.refuse("password-empty");
            return;
        }
        if password.expose() != dom::value("repeat").expose() {
            self.refuse("password-mismatch");
            return;
        }
        let current = if self.asks_current.get_untracked() {
            dom::value("current")
        } else {
            CURRENT.with_borrow(Secret::clone)
        };
        dom::clear("focus");
        dom::clear("repeat");
        let operation = match self.flow_kind {
            FlowKind::Change => Operation::ChangePassword { current, password },
            _ => Operation::SetPassword { password },
        };
        self.submit("working-password", operation);
    }

    /// Begins to add a method of the kind of a number, which is also its encoding.
    pub fn add_method(self, number: u8) {
        if let Some(kind) = postern_protocol::decode(&Secret::new(vec![number])) {
            self.run_if_idle("working-busy", Operation::AddMethod { kind });
        }
    }

    /// Shows that the new method works.
    pub fn confirm_method(self) {
        let answer = dom::value("focus");
        if dom::element("focus").is_some() && answer.expose().trim_ascii().is_empty() {
            self.refuse("gate-code-empty");
            return;
        }
        dom::clear("focus");
        self.submit("working-answer", Operation::ConfirmMethod { answer });
    }

    /// Removes a method; 0 is the new one.
    pub fn remove_method(self, id: u8) {
        self.run_if_idle("working-busy", Operation::RemoveMethod { id });
    }

    /// Says that all methods are still right.
    pub fn confirm_methods(self) {
        self.run_if_idle("working-busy", Operation::ConfirmMethods);
    }

    fn run_if_idle(self, working: &'static str, operation: Operation) {
        if self.working.get_untracked().is_none() {
            self.submit(working, operation);
        }
    }

    /// Does what a button under a refusal offers.
    pub fn remedy(self, remedy: Remedy) {
        if self.working.get_untracked().is_some() {
            return;
        }
        match remedy {
            Remedy::Reload => dom::reload(),
            Remedy::TryAgain | Remedy::CheckAgain => {
                if TOKEN.get().is_some() {
                    self.resume();
                } else {
                    self.refusal.set(None);
                    dom::after_render(dom::focus_first);
                }
            }
        }
    }

    /// Asks the agent where the flow stands, and goes on from there.
    pub fn resume(self) {
        self.submit("working-resume", Operation::Resume);
    }

    /// Asks the agent for more time.
    pub fn extend(self) {
        if self.working.get_untracked().is_none() {
            self.submit("working-extend", Operation::Extend);
        }
    }

    /// Back to the user name; the flow is left to expire.
    pub fn start_again(self) {
        if self.working.get_untracked().is_some() {
            return;
        }
        TOKEN.set(None);
        storage::keep(None);
        self.refusal.set(None);
        self.notice.set(None);
        self.expires.set(None);
        self.screen.set(Screen::Identify);
    }

    /// Judges what is in the two password fields; nothing of it is kept.
    pub fn judge_fields(self, policy: &Policy) -> Option<FieldHints> {
        let (candidate, repetition) = (dom::value("focus"), dom::value("repeat"));
        let text = candidate.expose_str()?;
        Some(FieldHints {
            judgement: letters::judge(policy, text),
            matches: !text.is_empty() && candidate.expose() == repetition.expose(),
        })
    }

    fn submit(self, working: &'static str, operation: Operation) {
        let sent_password = matches!(
            operation,
            Operation::SetPassword { .. } | Operation::ChangePassword { .. }
        );
        let done = match &operation {
            Operation::ConfirmMethod { .. } => "methods-added",
            Operation::RemoveMethod { id: 1.. } => "methods-removed",
            Operation::ConfirmMethods => "methods-confirmed",
            _ => "",
        };
        let extends = matches!(operation, Operation::Extend);
        let resumes = extends || matches!(operation, Operation::Resume);
        let was_in_doubt = self.refusal.with_untracked(|refusal| {
            refusal
                .as_ref()
                .is_some_and(|refusal| refusal.remedy == Some(Remedy::CheckAgain))
        });
        let token = TOKEN.get();
        wasm_bindgen_futures::spawn_local(async move {
            let busy = move || self.working.set(Some("working-busy"));
            // Their time is hidden behind the answer's.
            let words = page::fetch_words();
            let mut outcome = exchange::exchange(Request { token, operation }, busy).await;
            let offline = outcome.answer == Err(Unanswered::Offline);
            if !page::came(words).await && !offline {
                outcome.answer = Err(exchange::NOTHING_CAME);
            }
            self.working.set(None);
            self.ready.set(true);
            match outcome.answer {
                Ok(reply) => {
                    if reply.reason != Some(Reason::MessageExpired) {
                        TOKEN.set(reply.token);
                        storage::keep(reply.token);
                    }
                    let asks_again = matches!(reply.step, Step::NewPassword { .. });
                    // The gates of a change may follow its password.
                    let goes_on = asks_again || matches!(reply.step, Step::Gates { .. });
                    if !goes_on || matches!(reply.reason, Some(Reason::WrongPassword { .. })) {
                        CURRENT.set(Secret::default());
                    }
                    let done = if reply.reason.is_none() { done } else { "" };
                    let known = CURRENT.with_borrow(|current| !current.expose().is_empty());
                    let change = self.flow_kind == FlowKind::Change;
                    self.asks_current.set(change && asks_again && !known);
                    let ended = self.expires.get_untracked();
                    self.show(reply, outcome.support_code);
                    if !done.is_empty() {
                        self.notice.set(Some(page::text(done, &[])));
                    }
                    // An end that the agent puts off no more is not offered again either.
                    let ends = self.expires.get_untracked();
                    if extends || ends != ended {
                        self.ends_soon.set(false);
                    }
                    if ends != ended {
                        waiting::warn(self);
                    }
                    // The agent itself says that the password in doubt was not set.
                    if resumes && was_in_doubt && asks_again {
                        self.notice.set(Some(page::text("unchanged", &[])));
                    }
                    dom::after_render(move || {
                        if self.refusal.get_untracked().is_none() {
                            dom::focus_first();
                        }
                    });
                }
                Err(why) => {
                    // Doubt stays until the agent has spoken; offline, nothing was sent.
                    let sent = sent_password && why != Unanswered::Offline;
                    let in_doubt = sent || (resumes && was_in_doubt);
                    self.show_unanswered(why, in_doubt, outcome.support_code);
                }
            }
        });
        // After the task, so that sealing and sending come before the button is drawn anew.
        self.working.set(Some(working));
    }
}

/// Takes up the token of the flow that this tab had before it was reloaded, if there was one.
pub fn restore_token(token: Option<FlowToken>) -> bool {
    TOKEN.set(token);
    token.is_some()
}
