//! The state of one flow in the browser: the screen, the request under way, the last refusal.

#[cfg(feature = "browser")]
mod reply;

use crate::words::Arguments;
use leptos::prelude::*;
use postern_envelope::Secret;
use postern_protocol::rule::Judgement;
use postern_protocol::{FlowKind, Gate, GateKind, Method, Policy, Problem};

/// The screen that the card shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Step 1: the user name.
    Identify,
    /// Step 2: the gates.
    Gates(Gates),
    /// Step 3: the new password.
    NewPassword(Policy),
    /// The agent has confirmed the new password; `true` adds a link to the user's methods.
    Done(bool),
    /// The agent has confirmed that the account is unlocked.
    Unlocked,
    /// The account is not locked; with a policy, the password can be reset right away.
    NotLocked(Option<Policy>),
    /// The user has finished with the methods.
    MethodsKept,
    /// The agent mails the user name, if there is one.
    UserNameSent,
    /// The user's methods.
    Methods(Methods),
    /// A new method, which has to be shown to work.
    NewMethod {
        /// Its kind.
        kind: GateKind,
        /// The agent's offer: the address of an authenticator, the options for a passkey, or recovery
        /// codes, one a line.
        offer: Secret,
    },
}

/// The user's methods, as the agent lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Methods {
    /// The methods.
    pub methods: Vec<Method>,
    /// The kinds that can be added.
    pub addable: Vec<GateKind>,
    /// The user is asked to confirm that the list is still right.
    pub due: bool,
}

/// The gates of step 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gates {
    /// The number of gates of different kinds to pass.
    pub needed: u8,
    /// The kinds already passed.
    pub passed: Vec<GateKind>,
    /// The gates to choose from.
    pub gates: Vec<Gate>,
}

/// The reason that the last action failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The Fluent key of its text; with `.do` appended, the key of the advice.
    pub key: String,
    /// The Fluent key of the advice where it is not that of the text.
    pub advice: Option<&'static str>,
    /// The arguments of both texts.
    pub arguments: Arguments,
    /// The support code of the message, if the portal gave one.
    pub support_code: String,
    /// The place at which it is shown.
    pub place: Place,
    /// The button that is offered besides the form on the screen.
    pub remedy: Option<Remedy>,
}

/// The place of a refusal on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Above the form.
    Form,
    /// Beside the step's first field.
    Field,
    /// Beside the field in which the new password is repeated.
    Repetition,
    /// Beside the field of the current password, where it stands before the new one.
    CurrentPassword,
}

impl Place {
    /// Returns the id of the element that takes the focus.
    pub const fn focus(self) -> &'static str {
        match self {
            Self::Form => "refusal",
            Self::Field => "focus",
            Self::Repetition => "repeat",
            Self::CurrentPassword => "current",
        }
    }

    /// Returns the id of the error beside the field.
    pub const fn error(self) -> &'static str {
        match self {
            Self::Form | Self::Field => "field-error",
            Self::Repetition => "repeat-error",
            Self::CurrentPassword => "current-error",
        }
    }
}

/// A button under a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Ask the agent for the state of the flow and continue from there.
    TryAgain,
    /// The same as `TryAgain`, after a password was sent and no verified answer came.
    CheckAgain,
    /// Load a fresh page.
    Reload,
}

/// The reason that no verified answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// The device is offline: nothing was sent.
    Offline,
    /// The portal reported a problem, or nothing came ([`Problem::NoAnswer`]).
    Problem(Problem),
    /// The answer is not one that the agent sealed.
    NotFromAgent,
    /// The agent has a new key, which the site that embeds this page has not pinned.
    KeyNotPinned,
}

/// The state of the two fields, for the hints; it never holds the candidate itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldHints {
    /// The judgement of the first field, rule by rule.
    pub judgement: Judgement,
    /// The second field is equal to the first.
    pub matches: bool,
}

impl FieldHints {
    /// Reports whether the first field has a value.
    pub const fn has_candidate(&self) -> bool {
        self.judgement.length > 0
    }
}

/// The signals that the components share.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// The kind of flow that the page is for.
    pub flow_kind: FlowKind,
    /// The form of step 1 can be sent: no flow is being resumed.
    pub ready: RwSignal<bool>,
    /// The Fluent key of the action under way, if there is one.
    pub working: RwSignal<Option<&'static str>>,
    /// The name that was typed at step 1. After a reload the agent reports it with the state of the
    /// flow; empty until then, and where it is too long for that.
    pub name: RwSignal<String>,
    /// The user has asked to start again after a gate was passed, and has to confirm it.
    pub leaving: RwSignal<bool>,
    /// The screen that is shown.
    pub screen: RwSignal<Screen>,
    /// The refusal that is shown, if there is one.
    pub refusal: RwSignal<Option<Refusal>>,
    /// A message that is not an error, such as the number of recovery codes left.
    pub notice: RwSignal<Option<String>>,
    /// The time at which the flow ends, in seconds since the Unix epoch.
    pub expires: RwSignal<Option<u64>>,
    /// The flow ends soon: a warning is shown, with a button that asks for more time.
    pub ends_soon: RwSignal<bool>,
    /// The current password has to be typed with the new one: memory, its only place, lost it.
    pub asks_current: RwSignal<bool>,
    /// The kind of the gate whose form is open, or of the new method that is being confirmed.
    pub open_gate: RwSignal<Option<GateKind>>,
    /// The time, in seconds since the Unix epoch, at which another tab asked for a code, if none was
    /// asked for here since.
    pub asked_elsewhere: RwSignal<Option<u64>>,
}

impl Session {
    /// Creates a session at step 1.
    pub fn new(flow_kind: FlowKind) -> Self {
        Self {
            flow_kind,
            asks_current: RwSignal::new(false),
            ready: RwSignal::new(true),
            working: RwSignal::new(None),
            name: RwSignal::new(String::new()),
            leaving: RwSignal::new(false),
            screen: RwSignal::new(Screen::Identify),
            refusal: RwSignal::new(None),
            notice: RwSignal::new(None),
            expires: RwSignal::new(None),
            ends_soon: RwSignal::new(false),
            open_gate: RwSignal::new(None),
            asked_elsewhere: RwSignal::new(None),
        }
    }

    /// Shows that no verified answer came. After a password was sent, nothing unverified is trusted:
    /// only the agent can say whether it was set.
    pub fn show_unanswered(self, why: Unanswered, in_doubt: bool, support_code: String) {
        let (key, remedy) = match why {
            // Only a page that was loaded with the site's new pins can ask the agent.
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
            advice: None,
            arguments: Vec::new(),
            support_code,
            place: Place::Form,
            remedy: Some(remedy),
        }));
    }

    /// Shows a refusal by the page itself, beside the step's first field.
    pub fn refuse(self, key: &str) {
        self.refuse_at(Place::Field, key, Vec::new());
    }

    /// Shows a refusal by the page itself, beside a field.
    pub fn refuse_at(self, place: Place, key: &str, arguments: Arguments) {
        self.refusal.set(Some(Refusal {
            key: key.to_owned(),
            advice: None,
            arguments,
            support_code: String::new(),
            place,
            remedy: None,
        }));
    }
}

/// Returns the Fluent key of a flow's title.
pub const fn flow_key(flow_kind: FlowKind) -> &'static str {
    match flow_kind {
        FlowKind::Reset => "identify-title",
        FlowKind::Change => "flow-change",
        FlowKind::Unlock => "flow-unlock",
        FlowKind::UserName => "flow-user-name",
        FlowKind::Methods => "flow-methods",
    }
}

/// Returns the Fluent key of the title of a new method.
pub const fn new_method_title(kind: GateKind) -> &'static str {
    match kind {
        GateKind::Authenticator => "methods-title-authenticator",
        GateKind::Passkey => "methods-title-passkey",
        // People do not register the others themselves.
        GateKind::RecoveryCode
        | GateKind::Mail
        | GateKind::Sms
        | GateKind::Voice
        | GateKind::HelpdeskPass
        | GateKind::Password => "methods-title-recovery",
    }
}

impl Screen {
    /// Returns the Fluent key of the screen's title.
    pub const fn title_key(&self, flow_kind: FlowKind) -> &'static str {
        match self {
            Self::Identify => match flow_kind {
                FlowKind::Reset => "page-title",
                other => flow_key(other),
            },
            Self::Unlocked => "unlocked-title",
            Self::NotLocked(_) => "not-locked-title",
            Self::MethodsKept => "methods-finished-title",
            Self::UserNameSent => "user-name-sent-title",
            Self::Gates(_) => "gates-title",
            Self::NewPassword(_) => "password-title",
            Self::Done(_) => "done-title",
            Self::Methods(_) => "methods-title",
            Self::NewMethod { kind, .. } => new_method_title(*kind),
        }
    }
}
