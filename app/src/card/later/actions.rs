//! The actions of the later steps, and the way of an answer: it is opened and shown.

use super::gates::count_digits;
use super::whose::is_on_the_way;
use super::{Submitted, other_tab};
use crate::browser::answer::{self, NO_ANSWER, Outcome};
use crate::browser::{dom, letters, page, waiting};
use crate::card::actions::keep_token;
use crate::session::{FieldHints, Gates, Place, Refusal, Screen, Session, Unanswered};
use crate::words::{Value, t, text};
use leptos::prelude::*;
use postern_envelope::Secret;
use postern_protocol::{FlowKind, Gate, GateKind, Operation, Policy, Reason, Reply, Step};
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
        if self.misses_digits(&code) {
            return;
        }
        if password && self.flow_kind == FlowKind::Change {
            CURRENT_PASSWORD.set(code.clone());
        }
        dom::clear("focus");
        self.submit("working-answer", Operation::Answer { gate, code });
    }

    /// Refuses a code that has more or fewer digits than every code of the open gate: no try is lost.
    fn misses_digits(self, code: &Secret) -> bool {
        let digits = self.open_gate.get_untracked().and_then(GateKind::digits);
        let Some(digits) = digits.filter(|digits| *digits != count_digits(code)) else {
            return false;
        };
        let digits = Value::Count(u16::try_from(digits).unwrap_or_default());
        self.refuse_at(Place::Field, "gate-code-length", vec![("digits", digits)]);
        true
    }

    /// Forgets what was refused beside a field, in which something else is being typed.
    pub fn forget_refused_field(self) {
        let is_at_field = |refusal: &Option<Refusal>| {
            refusal
                .as_ref()
                .is_some_and(|refusal| refusal.place != Place::Form)
        };
        if self.refusal.with_untracked(is_at_field) {
            self.refusal.set(None);
        }
    }

    /// Leaves the methods, of which none is missing.
    pub fn keep_methods(self) {
        if self.working.get_untracked().is_none() {
            keep_token(None);
            self.refusal.set(None);
            self.notice.set(None);
            self.expires.set(None);
            self.screen.set(Screen::MethodsKept);
        }
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
            self.refuse_at(Place::Repetition, "password-mismatch", Vec::new());
            return;
        }
        let current = if self.asks_current.get_untracked() {
            dom::value("current")
        } else {
            CURRENT_PASSWORD.with_borrow(Secret::clone)
        };
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
        if self.misses_digits(&answer) {
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

    /// Asks whether to start again, where a gate that was passed would have to be passed once more.
    pub fn ask_start_again(self) {
        let has_passed = |screen: &Screen| match screen {
            Screen::Gates(gates) => !gates.passed.is_empty(),
            other => is_on_the_way(other),
        };
        if self.screen.with_untracked(has_passed) {
            self.leaving.set(true);
            dom::after_render(|| dom::focus_on("#leaving button"));
        } else {
            self.start_again();
        }
    }

    /// Goes back to the user name; the flow is left to expire.
    pub fn start_again(self) {
        if self.working.get_untracked().is_some() {
            return;
        }
        self.leaving.set(false);
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
    /// It names the account.
    identifies: bool,
    /// It carries a new password.
    sends_password: bool,
    /// The Fluent key of the notice that says that it was done; empty if there is none.
    notice_key: &'static str,
    /// It asks for a code: the gate that sends it.
    sending_gate: Option<u8>,
    /// It asks for a code once more: the Fluent key of the notice that says when it was sent.
    resent_key: Option<&'static str>,
    /// It asks for more time.
    extends: bool,
    /// It asks for the state of the flow.
    resumes: bool,
    /// The refusal before it said that the last password is in doubt.
    was_in_doubt: bool,
}

impl Session {
    /// Returns the gate of the only address or number that a code can be sent to, where the tenant
    /// does not hide which it has. Nobody is called without having asked for it.
    fn only_address(self) -> Option<u8> {
        self.screen.with_untracked(|screen| match screen {
            Screen::Gates(Gates { gates, .. }) => match &gates[..] {
                [gate]
                    if gate.kind.sends()
                        && gate.kind != GateKind::Voice
                        && gate.hint.is_some()
                        && gate.sent_until.is_none() =>
                {
                    Some(gate.id)
                }
                _ => None,
            },
            _ => None,
        })
    }

    /// Returns the gate of this id, if it is one that sends codes.
    fn sender(self, id: u8) -> Option<Gate> {
        self.screen.with_untracked(|screen| match screen {
            Screen::Gates(Gates { gates, .. }) => gates
                .iter()
                .find(|gate| gate.id == id && gate.kind.sends())
                .cloned(),
            _ => None,
        })
    }
}

/// Returns the Fluent key of the notice that a gate has sent a code once more.
const fn resent_key(gate: &Gate) -> &'static str {
    match gate.kind {
        _ if gate.hint.is_none() => "gate-any-resent",
        GateKind::Voice => "gate-voice-resent",
        _ => "gate-mail-resent",
    }
}

/// Empties the fields of the form of the new password.
pub fn clear_passwords() {
    for field in ["focus", "repeat", "current"] {
        dom::clear(field);
    }
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
    let sender = match request.operation {
        Operation::SendCode { gate } => session.sender(gate),
        _ => None,
    };
    let resent = sender.as_ref().filter(|gate| gate.sent_until.is_some());
    let intent = Intent {
        identifies: matches!(request.operation, Operation::Identify { .. }),
        sending_gate: sender.as_ref().map(|gate| gate.id),
        resent_key: resent.map(resent_key),
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
    let Outcome {
        answer,
        support_code,
    } = outcome;
    dom::transition(move || {
        session.working.set(None);
        session.ready.set(true);
        match answer {
            Ok(reply) => show_reply(session, intent, reply, support_code),
            Err(why) => {
                // The doubt lasts until the agent has answered; offline, nothing was sent.
                let sent = intent.sends_password && why != Unanswered::Offline;
                let in_doubt = sent || (intent.resumes && was_in_doubt);
                session.show_unanswered(why, in_doubt, support_code);
            }
        }
    });
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
    // A refused password stays in its field; every other answer empties it.
    let has_passwords = |screen: &Screen| matches!(screen, Screen::NewPassword(_));
    if !asks_again && session.screen.with_untracked(has_passwords) {
        clear_passwords();
    }
    let old_end = session.expires.get_untracked();
    session.show(reply, support_code);
    if done {
        session.notice.set(Some(t(intent.notice_key)));
    }
    let is_refused = session.refusal.with_untracked(Option::is_some);
    if let Some(gate) = intent.sending_gate.filter(|_| !is_refused) {
        other_tab::announce(session, gate);
    }
    if let Some(key) = intent.resent_key.filter(|_| !is_refused) {
        let time = [("time", Value::Clock(page::now()))];
        session.notice.set(Some(text(key, &time)));
    }
    // Where the agent grants no more time, the button is not offered again.
    let new_end = session.expires.get_untracked();
    if intent.extends || new_end != old_end {
        session.ends_soon.set(false);
    }
    if let Some(until) = new_end.filter(|_| intent.extends) {
        let until = [("until", Value::Clock(until))];
        session.notice.set(Some(text("session-until", &until)));
    }
    if intent.identifies
        && let Some(gate) = session.only_address()
    {
        session.send_code(gate);
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
