//! Shows the agent's answer: the screen of the step, and the refusal with its arguments.

use super::{Gates, Methods, Place, Refusal, Remedy, Screen, Session};
use crate::words::{Arguments, Value, text};
use leptos::prelude::*;
use postern_envelope::Secret;
use postern_protocol::{Argument, FlowKind, Gate, GateKind, Reason, Reply, Step};

impl Session {
    /// Shows the agent's answer.
    pub fn show(self, reply: Reply, support_code: String) {
        // The message came too late, and the agent did not act on it: the flow is unchanged.
        if reply.reason == Some(Reason::MessageExpired) {
            self.refusal.set(Some(Refusal {
                key: reason_key(&Reason::MessageExpired),
                advice: None,
                arguments: Vec::new(),
                support_code,
                place: Place::Form,
                remedy: Some(Remedy::TryAgain),
            }));
            return;
        }
        self.take_name(reply.name.as_ref());
        // All gates are passed, but the directory could not be asked for the policy: retry.
        let stuck = matches!(&reply.step, Step::Gates { gates, .. } if gates.is_empty());
        // Good news, and no refusal.
        let not_locked =
            self.flow_kind == FlowKind::Unlock && reply.reason == Some(Reason::NotLocked);
        let reason = reply.reason.filter(|_| !not_locked).map(|reason| {
            let prefix = self.key_prefix(&reason, &reply.step);
            (prefix, reason)
        });
        let (screen, expires) = match reply.step {
            Step::NewPassword { policy, expires } if not_locked => {
                (Screen::NotLocked(Some(policy)), Some(expires))
            }
            _ if not_locked => (Screen::NotLocked(None), None),
            Step::Identify => (Screen::Identify, None),
            Step::Gates {
                needed,
                passed,
                gates,
                expires,
            } => (
                Screen::Gates(Gates {
                    needed,
                    passed,
                    gates,
                }),
                Some(expires),
            ),
            Step::NewPassword { policy, expires } => (Screen::NewPassword(policy), Some(expires)),
            Step::Done => (Screen::Done(reply.next.is_some()), None),
            Step::Unlocked => (Screen::Unlocked, None),
            Step::UserNameSent => (Screen::UserNameSent, None),
            Step::Methods {
                methods,
                addable,
                due,
                expires,
            } => {
                let methods = Methods {
                    methods,
                    addable,
                    due,
                };
                (Screen::Methods(methods), Some(expires))
            }
            Step::NewMethod {
                kind,
                offer,
                expires,
            } => (Screen::NewMethod { kind, offer }, Some(expires)),
        };
        self.notice.set(
            reply
                .codes_left
                .map(|left| text("codes-left", &[("left", Value::Count(left))])),
        );
        self.expires.set(expires);
        let open = self.open_gate.get_untracked();
        self.refusal.set(reason.map(|(prefix, reason)| Refusal {
            key: [prefix, &reason_key(&reason)].concat(),
            advice: match (&reason, &screen) {
                (Reason::WrongCode { tries_left: 1 }, Screen::Gates(_)) => open.and_then(last_try),
                _ => None,
            },
            arguments: reason_arguments(&reason),
            // Whoever mistypes needs no helpdesk.
            support_code: if is_mistyped(&reason) {
                String::new()
            } else {
                support_code
            },
            place: match reason {
                // A passkey has no field.
                _ if prefix == PASSKEY => Place::Form,
                Reason::WrongPassword { .. } if self.asks_current.get_untracked() => {
                    Place::CurrentPassword
                }
                _ if is_beside_field(&reason) => Place::Field,
                _ => Place::Form,
            },
            remedy: match reason {
                Reason::VersionMismatch => Some(Remedy::Reload),
                _ => stuck.then_some(Remedy::TryAgain),
            },
        }));
        // The same screen is not drawn again, so that it keeps its fields and the focus.
        if self.screen.get_untracked() != screen {
            self.screen.set(screen);
        }
    }

    /// Takes over the name that the flow began with, which a page that was loaded again does not know.
    fn take_name(self, name: Option<&Secret>) {
        let Some(name) = name.and_then(Secret::expose_str) else {
            return;
        };
        // A screen that shows it already is not drawn again.
        if self.name.with_untracked(|known| known != name) {
            self.name.set(name.to_owned());
        }
    }

    /// Returns the prefix of a refusal's text key, where the general text of its reason does not fit
    /// the screen; else an empty string.
    fn key_prefix(self, reason: &Reason, step: &Step) -> &'static str {
        let flow_kind = self.flow_kind;
        let gates = match step {
            Step::Gates { gates, .. } => &gates[..],
            _ => &[],
        };
        let sets_password = matches!(step, Step::NewPassword { .. });
        let asks_password = gates.iter().any(|gate| gate.kind == GateKind::Password);
        let sent = |gate: &Gate| gate.kind.sends() && gate.sent_until.is_some();
        let open = self.open_gate.get_untracked();
        match reason {
            _ if is_about_code(reason) && open == Some(GateKind::Passkey) => PASSKEY,
            Reason::Locked { .. }
                if asks_password || (flow_kind == FlowKind::Change && sets_password) =>
            {
                "password-"
            }
            // No code was sent that could still be typed.
            Reason::SentTooRecently { .. } | Reason::TooManyCodes { .. }
                if !gates.is_empty() && !gates.iter().any(sent) =>
            {
                "unsent-"
            }
            Reason::TooManyFromNetwork { .. } if !gates.is_empty() && !asks_password => "gate-",
            _ => "",
        }
    }
}

/// Reports whether the text of a reason mentions a code, where it may have been a passkey.
const fn is_about_code(reason: &Reason) -> bool {
    matches!(reason, Reason::WrongCode { .. } | Reason::MethodNotAdded)
}

/// The prefix of the text keys for refusals of a passkey.
const PASSKEY: &str = "passkey-";

/// Returns the Fluent key of the advice before the last try of a code, by what comes after it.
const fn last_try(kind: GateKind) -> Option<&'static str> {
    match kind {
        GateKind::Mail | GateKind::Sms | GateKind::Voice => Some("last-try-of-code"),
        GateKind::RecoveryCode | GateKind::HelpdeskPass => Some("last-try-of-flow"),
        GateKind::Authenticator => Some("last-try"),
        GateKind::Passkey | GateKind::Password => None,
    }
}

/// Reports whether the user has only to type something else.
const fn is_mistyped(reason: &Reason) -> bool {
    reason.concerns_password()
        || matches!(
            reason,
            Reason::WrongCode { .. } | Reason::WrongPassword { .. } | Reason::CodeUsed
        )
}

/// Reports whether a reason concerns the text typed in the field on the screen.
const fn is_beside_field(reason: &Reason) -> bool {
    reason.concerns_password()
        || matches!(
            reason,
            Reason::WrongCode { .. }
                | Reason::WrongPassword { .. }
                | Reason::CodeUsed
                | Reason::UserNotFound
                | Reason::AccountAmbiguous
        )
}

/// Returns the Fluent key of a reason.
fn reason_key(reason: &Reason) -> String {
    ["reason-", &reason.code().replace('_', "-")].concat()
}

/// Returns the arguments of a reason's text.
fn reason_arguments(reason: &Reason) -> Arguments {
    reason
        .arguments()
        .into_iter()
        .map(|(name, argument)| {
            let value = match argument {
                Argument::Text(text) => Value::Text(text),
                Argument::Count(count) => Value::Count(count),
                Argument::Time(time) => Value::Moment(time),
                Argument::Clock(time) => Value::Clock(time),
            };
            (name, value)
        })
        .collect()
}
