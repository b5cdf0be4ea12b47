//! The actions of the later steps, and the way of an answer: it is opened and shown.

use super::Submitted;
use crate::browser::answer::{self, NO_ANSWER, Outcome};
use crate::browser::{dom, letters, page, waiting};
use crate::card::actions::keep_token;
use crate::session::{FieldHints, Screen, Session, Unanswered};
use crate::words::t;
use leptos::prelude::*;
use postern_envelope::Secret;
use postern_protocol::{FlowKind, GateKind, Operation, Policy, Reason, Reply, Step};
use std::cell::RefCell;

thread_local! {
    /// The current password, from its gate until it is changed; a reload clears it.
    static CURRENT_PASSWORD: RefCell<Secret> = RefCell::default();
}

impl Session {
    /// Requests a code, or the challenge for a passkey.
    pub fn send_code(self, gate: u8) {
        let working = if self.open_gate.get_untracked() == Some(GateKind::Passkey) {
            "working-passkey"
        } else {
            "working-send"
        };
        self.run_if_idle(working, Operation::SendCode { gate });
    }

    /// Answers the open gate with the text of the field.
    pub fn answer(self, gate: u8) {
        let code = dom::value("focus");
        let password = self.open_gate.get_untracked() == Some(GateKind::Password);
        if code.expose().trim_ascii().is_empty() {
            self.refuse(if password {
                "gate-password-empty"
            } else {
                "gate-code-empty"
            });
            return;
        }
        if password && self.flow_kind == FlowKind::Change {
            CURRENT_PASSWORD.set(code.clone());
        }
        dom::clear("focus");
        self.submit("working-answer", Operation::Answer { gate, code });
    }

    /// Answers a gate with an assertion of a passkey.
    pub fn answer_with_passkey(self, gate: u8, code: Secret) {
        self.run_if_idle("working-answer", Operation::Answer { gate, code });
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
            CURRENT_PASSWORD.with_borrow(Secret::clone)
        };
        dom::clear("focus");
        dom::clear("repeat");
        let operation = match self.flow_kind {
            FlowKind::Change => Operation::ChangePassword { current, password },
            _ => Operation::SetPassword { password },
        };
        self.submit("working-password", operation);
    }

    /// Begins to add a method of a kind.
    pub fn add_method(self, kind: GateKind) {
        self.run_if_idle("working-busy", Operation::AddMethod { kind });
    }

    /// Sends the code in the field, which proves that the new method works.
    pub fn confirm_code(self) {
        let answer = dom::value("focus");
        if answer.expose().trim_ascii().is_empty() {
            self.refuse("gate-code-empty");
            return;
        }
        dom::clear("focus");
        self.submit("working-answer", Operation::ConfirmMethod { answer });
    }

    /// Sends what proves that the new method works: the answer of a passkey's device, or nothing where
    /// the user says that the recovery codes are kept.
    pub fn confirm_method(self, answer: Secret) {
        self.run_if_idle("working-answer", Operation::ConfirmMethod { answer });
    }

    /// Removes a method; the id 0 means the new one that is being added.
    pub fn remove_method(self, id: u8) {
        self.run_if_idle("working-busy", Operation::RemoveMethod { id });
    }

    /// Confirms that all methods are still correct.
    pub fn confirm_methods(self) {
        self.run_if_idle("working-busy", Operation::ConfirmMethods);
    }

    fn run_if_idle(self, working: &'static str, operation: Operation) {
        if self.working.get_untracked().is_none() {
            self.submit(working, operation);
        }
    }

    /// Asks the agent for more time.
    pub fn extend(self) {
        if self.working.get_untracked().is_none() {
            self.submit("working-extend", Operation::Extend);
        }
    }

    /// Goes back to the user name; the flow is left to expire.
    pub fn start_again(self) {
        if self.working.get_untracked().is_some() {
            return;
        }
        keep_token(None);
        self.refusal.set(None);
        self.notice.set(None);
        self.expires.set(None);
        self.screen.set(Screen::Identify);
    }

    /// Judges the contents of the two password fields; nothing of them is kept.
    pub fn judge_fields(self, policy: &Policy) -> Option<FieldHints> {
        let (candidate, repetition) = (dom::value("focus"), dom::value("repeat"));
        let text = candidate.expose_str()?;
        Some(FieldHints {
            judgement: letters::judge(policy, text),
            matches: !text.is_empty() && candidate.expose() == repetition.expose(),
        })
    }
}

/// The parts of an operation that its answer is shown by.
#[derive(Clone, Copy)]
struct Intent {
    /// It carries a new password.
    sends_password: bool,
    /// The Fluent key of the notice that says that it was done; empty if there is none.
    notice_key: &'static str,
    /// It asks for more time.
    extends: bool,
    /// It asks for the state of the flow.
    resumes: bool,
    /// The refusal before it said that the last password is in doubt.
    was_in_doubt: bool,
}

/// Opens the answer to what was submitted, and shows it.
pub async fn show_answer(session: Session, submitted: Submitted) {
    let Submitted {
        request,
        message,
        words,
        was_in_doubt,
    } = submitted;
    let extends = matches!(request.operation, Operation::Extend);
    let intent = Intent {
        sends_password: matches!(
            request.operation,
            Operation::SetPassword { .. } | Operation::ChangePassword { .. }
        ),
        notice_key: match request.operation {
            Operation::ConfirmMethod { .. } => "methods-added",
            Operation::RemoveMethod { id: 1.. } => "methods-removed",
            Operation::ConfirmMethods => "methods-confirmed",
            _ => "",
        },
        extends,
        resumes: extends || matches!(request.operation, Operation::Resume),
        was_in_doubt,
    };
    let busy = move || session.working.set(Some("working-busy"));
    let mut outcome = answer::answer(request, message, busy).await;
    let offline = outcome.answer == Err(Unanswered::Offline);
    if !page::words_loaded(words).await && !offline {
        outcome.answer = Err(NO_ANSWER);
    }
    session.working.set(None);
    session.ready.set(true);
    let Outcome {
        answer,
        support_code,
    } = outcome;
    match answer {
        Ok(reply) => show_reply(session, intent, reply, support_code),
        Err(why) => {
            // The doubt lasts until the agent has answered; offline, nothing was sent.
            let sent = intent.sends_password && why != Unanswered::Offline;
            let in_doubt = sent || (intent.resumes && was_in_doubt);
            session.show_unanswered(why, in_doubt, support_code);
        }
    }
}

fn show_reply(session: Session, intent: Intent, reply: Reply, support_code: String) {
    if reply.reason != Some(Reason::MessageExpired) {
        keep_token(reply.token);
    }
    let asks_again = matches!(reply.step, Step::NewPassword { .. });
    // The gates of a change may follow its password.
    let continues = asks_again || matches!(reply.step, Step::Gates { .. });
    if !continues || matches!(reply.reason, Some(Reason::WrongPassword { .. })) {
        CURRENT_PASSWORD.set(Secret::default());
    }
    let done = reply.reason.is_none() && !intent.notice_key.is_empty();
    let known = CURRENT_PASSWORD.with_borrow(|current| !current.expose().is_empty());
    let change = session.flow_kind == FlowKind::Change;
    session.asks_current.set(change && asks_again && !known);
    let old_end = session.expires.get_untracked();
    session.show(reply, support_code);
    if done {
        session.notice.set(Some(t(intent.notice_key)));
    }
    // Where the agent grants no more time, the button is not offered again.
    let new_end = session.expires.get_untracked();
    if intent.extends || new_end != old_end {
        session.ends_soon.set(false);
    }
    if new_end != old_end {
        waiting::schedule_warning(session);
    }
    // The agent has confirmed that the password in doubt was not set.
    if intent.resumes && intent.was_in_doubt && asks_again {
        session.notice.set(Some(t("unchanged")));
    }
    dom::after_render(move || {
        if session.refusal.with_untracked(Option::is_none) {
            dom::focus_first();
        }
    });
}
