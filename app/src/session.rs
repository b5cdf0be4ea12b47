//! One person's way through a reset: what is shown now, what is being done, what was refused.

use crate::words::{Arguments, Value, text};
use leptos::prelude::*;
use postern_protocol::{Argument, FlowKind, Gate, GateKind, Policy, Problem, Reason, Reply, Step};

/// What the card shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Step 1: the user name.
    Identify,
    /// Step 2: the gates.
    Gates(Gates),
    /// Step 3: the new password.
    NewPassword(Policy),
    /// The agent has confirmed the new password; whether one's methods are worth a look now.
    Done(bool),
    /// The agent has confirmed that the account is unlocked.
    Unlocked,
    /// The user name is on its way, if there is one.
    UserNameSent,
    /// The methods, or a new one of a kind, as they are told to the script that shows them.
    Methods(Option<GateKind>, String),
}

/// The gates as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gates {
    /// How many of different kinds are needed.
    pub needed: u8,
    /// The kinds already passed.
    pub passed: Vec<GateKind>,
    /// Those to choose from.
    pub gates: Vec<Gate>,
}

/// Why the last thing did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its Fluent key; `.do` says what to do.
    pub key: String,
    /// The arguments of both texts.
    pub arguments: Arguments,
    /// The support code of the message, if the portal gave one.
    pub support_code: String,
    /// Belongs beside the field that was just submitted.
    pub beside_field: bool,
    /// What can be tried, besides the form on the screen.
    pub remedy: Option<Remedy>,
}

/// A button under a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Ask the agent where the flow stands and go on from there.
    TryAgain,
    /// The same, after a password was sent and no verified answer came.
    CheckAgain,
    /// Load a fresh page.
    Reload,
}

/// Why no verified answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// The device is offline: nothing was sent.
    Offline,
    /// The portal said so, or nothing at all.
    Problem(Problem),
    /// An answer that the agent did not write.
    NotFromAgent,
    /// The agent's key is another one, which the site that this page is in has not pinned.
    KeyNotPinned,
}

/// The signals that the components share.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// What the person has come for.
    pub flow_kind: FlowKind,
    /// The page can seal and send.
    pub ready: RwSignal<bool>,
    /// What is being done, as a Fluent key.
    pub working: RwSignal<Option<&'static str>>,
    /// What is shown.
    pub screen: RwSignal<Screen>,
    /// What was refused.
    pub refusal: RwSignal<Option<Refusal>>,
    /// A quiet good word.
    pub notice: RwSignal<Option<String>>,
    /// When the flow ends, if there is one.
    pub expires: RwSignal<Option<u64>>,
    /// That is soon.
    pub ends_soon: RwSignal<bool>,
    /// The current password has to be typed with the new one: it is kept in memory alone.
    pub asks_current: RwSignal<bool>,
}

impl Session {
    /// A session at step 1.
    pub fn new(flow_kind: FlowKind) -> Self {
        Self {
            flow_kind,
            asks_current: RwSignal::new(false),
            ready: RwSignal::new(false),
            working: RwSignal::new(None),
            screen: RwSignal::new(Screen::Identify),
            refusal: RwSignal::new(None),
            notice: RwSignal::new(None),
            expires: RwSignal::new(None),
            ends_soon: RwSignal::new(false),
        }
    }

    /// Shows what the agent answered.
    pub fn show(self, reply: Reply, support_code: String) {
        // Late, and by the agent's own word not carried out: the flow stands where it stood.
        if reply.reason == Some(Reason::MessageExpired) {
            self.refusal.set(Some(Refusal {
                key: reason_key(&Reason::MessageExpired),
                arguments: Vec::new(),
                support_code,
                beside_field: false,
                remedy: Some(Remedy::TryAgain),
            }));
            return;
        }
        // Gates passed, and the directory could not be asked for the policy: ask again.
        let stuck = matches!(&reply.step, Step::Gates { gates, .. } if gates.is_empty());
        let reason = reply.reason.map(|reason| {
            let prefix = key_prefix(&reason, &reply.step, self.flow_kind);
            (prefix, reason)
        });
        let (screen, expires) = match reply.step {
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
                let mut lines = String::from(if due { "due" } else { "list" });
                for method in &methods {
                    // As other numbers are written, whose code the browser has anyway.
                    let id = u16::from(method.id).to_string();
                    let left = method
                        .left
                        .map(|left| u16::try_from(left).unwrap_or(u16::MAX).to_string());
                    for part in [
                        if method.own { "\nown\t" } else { "\nkept\t" },
                        &id,
                        "\t",
                        method.kind.name(),
                        "\t",
                        method.hint.as_deref().unwrap_or_default(),
                        "\t",
                        left.as_deref().unwrap_or_default(),
                        "\t",
                        method.from.as_deref().unwrap_or_default(),
                    ] {
                        lines.push_str(part);
                    }
                }
                for kind in &addable {
                    lines.push_str("\nadd\t");
                    lines.push_str(kind.name());
                }
                (Screen::Methods(None, lines), Some(expires))
            }
            Step::NewMethod {
                kind,
                offer,
                expires,
            } => {
                let offer = offer.expose_str().unwrap_or_default();
                let lines = ["new\t", kind.name(), "\n", offer].concat();
                (Screen::Methods(Some(kind), lines), Some(expires))
            }
        };
        self.notice.set(
            reply
                .codes_left
                .map(|left| text("codes-left", &[("left", Value::Count(left))])),
        );
        self.expires.set(expires);
        self.refusal.set(reason.map(|(prefix, reason)| Refusal {
            key: [prefix, &reason_key(&reason)].concat(),
            arguments: reason_arguments(&reason),
            support_code,
            // A passkey has no field.
            beside_field: prefix != PASSKEY && is_beside_field(&reason),
            remedy: match reason {
                Reason::VersionMismatch => Some(Remedy::Reload),
                _ => stuck.then_some(Remedy::TryAgain),
            },
        }));
        // The same screen again keeps its fields and the focus.
        if self.screen.get_untracked() != screen {
            self.screen.set(screen);
        }
    }

    /// Shows that no verified answer came. After a password was sent, nothing unverified is
    /// believed: only the agent can say whether it was set.
    pub fn show_unanswered(self, why: Unanswered, in_doubt: bool, support_code: String) {
        let (key, remedy) = match why {
            // A page with the site's new pins can ask; this one cannot.
            Unanswered::KeyNotPinned if in_doubt => {
                ("key-not-pinned-doubt".to_owned(), Remedy::Reload)
            }
            Unanswered::KeyNotPinned => ("key-not-pinned".to_owned(), Remedy::Reload),
            _ if in_doubt => ("unconfirmed".to_owned(), Remedy::CheckAgain),
            Unanswered::Offline => ("offline".to_owned(), Remedy::TryAgain),
            Unanswered::NotFromAgent => ("not-from-agent".to_owned(), Remedy::TryAgain),
            Unanswered::Problem(problem) => (
                ["problem-", &problem.code().replace('_', "-")].concat(),
                match problem {
                    Problem::NotAccepted | Problem::Malformed => Remedy::Reload,
                    _ => Remedy::TryAgain,
                },
            ),
        };
        self.notice.set(None);
        self.refusal.set(Some(Refusal {
            key,
            arguments: Vec::new(),
            support_code,
            beside_field: false,
            remedy: Some(remedy),
        }));
    }

    /// Shows a refusal that the page itself found, beside the field.
    pub fn refuse(self, key: &str) {
        self.refusal.set(Some(Refusal {
            key: key.to_owned(),
            arguments: Vec::new(),
            support_code: String::new(),
            beside_field: true,
            remedy: None,
        }));
    }
}

/// Whether a reason speaks of a code, where it may have been a passkey.
const fn is_about_code(reason: &Reason) -> bool {
    matches!(reason, Reason::WrongCode { .. } | Reason::MethodNotAdded)
}

/// The prefix of the text keys for refusals of a passkey.
const PASSKEY: &str = "passkey-";

/// The prefix of a refusal's text key, where the general text of its reason does not fit the screen;
/// else empty.
fn key_prefix(reason: &Reason, step: &Step, flow_kind: FlowKind) -> &'static str {
    let gates = match step {
        Step::Gates { gates, .. } => &gates[..],
        _ => &[],
    };
    let sets_password = matches!(step, Step::NewPassword { .. });
    let asks_password = gates.iter().any(|gate| gate.kind == GateKind::Password);
    let sent = |gate: &Gate| gate.kind.sends() && gate.sent_until.is_some();
    match reason {
        _ if is_about_code(reason) && at_passkey() => PASSKEY,
        Reason::Locked { .. }
            if asks_password || (flow_kind == FlowKind::Change && sets_password) =>
        {
            "password-"
        }
        // There is no code that could still be typed.
        Reason::SentTooRecently { .. } | Reason::TooManyCodes { .. }
            if !gates.is_empty() && !gates.iter().any(sent) =>
        {
            "unsent-"
        }
        Reason::TooManyFromNetwork { .. } if !gates.is_empty() && !asks_password => "gate-",
        // And no reset is offered.
        Reason::NotLocked if flow_kind == FlowKind::Unlock && !sets_password => "unlock-",
        _ => "",
    }
}

/// Whether a reason is about what was typed in the field on the screen.
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

/// The Fluent key of what an flow is called.
pub const fn flow_key(flow_kind: FlowKind) -> &'static str {
    match flow_kind {
        FlowKind::Reset => "identify-title",
        FlowKind::Change => "flow-change",
        FlowKind::Unlock => "flow-unlock",
        FlowKind::UserName => "flow-user-name",
        FlowKind::Methods => "flow-methods",
    }
}

#[cfg(feature = "browser")]
use crate::browser::at_passkey;

/// The server renders step 1 alone.
#[cfg(not(feature = "browser"))]
const fn at_passkey() -> bool {
    false
}

/// The server renders step 1, which only the browser can send.
#[cfg(not(feature = "browser"))]
impl Session {
    pub fn identify(self) {}
    pub fn remedy(self, _: Remedy) {}
}

/// The Fluent key of a reason.
fn reason_key(reason: &Reason) -> String {
    ["reason-", &reason.code().replace('_', "-")].concat()
}

/// The arguments of a reason's text.
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
