//! Requests and replies: what is inside a sealed envelope.

use crate::fields::Fields;
use crate::{Device, FlowKind, Gate, GateKind, Method, Policy, Reason};
use core::fmt;
use minicbor::{Decode, Encode};
use postern_envelope::Secret;

/// How many digits a code of an authenticator has.
pub const AUTHENTICATOR_DIGITS: usize = 6;

/// How many digits a code that is sent has: it may be guessed at longer than an authenticator's.
pub const SENT_DIGITS: usize = 8;

/// The right to take the next step of one flow, once. The agent keeps only its hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FlowToken(pub [u8; 16]);

impl fmt::Debug for FlowToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FlowToken")
    }
}

impl<C> Encode<C> for FlowToken {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for FlowToken {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let bytes = d.bytes()?;
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| minicbor::decode::Error::message("a flow token has 16 bytes"))
    }
}

/// What the browser asks.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Request {
    /// The token of the last reply; none only for [`Operation::Identify`].
    #[n(0)]
    pub token: Option<FlowToken>,
    /// What to do.
    #[n(1)]
    pub operation: Operation,
}

/// The operations of a flow, in their order.
#[derive(Clone, Debug, Decode)]
pub enum Operation {
    /// Start a flow for the account of this login name (`sAMAccountName` or
    /// `userPrincipalName`).
    #[n(0)]
    Identify {
        /// The login name as typed, UTF-8; for [`FlowKind::UserName`] the mail address.
        #[n(0)]
        name: Secret,
        /// What for; none for [`FlowKind::Reset`].
        #[n(1)]
        flow_kind: Option<FlowKind>,
        /// What the browser runs on, for the mails; none from an older browser.
        #[n(2)]
        device: Option<Device>,
    },
    /// Send a code through a gate that needs sending; of a passkey's gate, make a challenge.
    #[n(1)]
    SendCode {
        /// Which gate, by [`Gate::id`].
        #[n(0)]
        gate: u8,
    },
    /// Answer a gate.
    #[n(2)]
    Answer {
        /// Which gate, by [`Gate::id`].
        #[n(0)]
        gate: u8,
        /// The code as typed, UTF-8; of a passkey what matters of `AuthenticationResponseJSON`: its
        /// `id`, and of its `response` `clientDataJSON`, `authenticatorData` and `signature`.
        #[n(1)]
        code: Secret,
    },
    /// Set the new password.
    #[n(3)]
    SetPassword {
        /// The new password, UTF-8.
        #[n(0)]
        password: Secret,
    },
    /// Say where the flow stands. The one operation for which the token before the current one
    /// is good too: a reply may have been lost on its way.
    #[n(4)]
    Resume,
    /// Put the end of the flow off, as often as the agent allows; then say where it stands, as
    /// [`Self::Resume`] does, and under the same tokens.
    #[n(5)]
    Extend,
    /// Set the new password by the current one ([`FlowKind::Change`]).
    #[n(6)]
    ChangePassword {
        /// The current password, UTF-8.
        #[n(0)]
        current: Secret,
        /// The new password, UTF-8.
        #[n(1)]
        password: Secret,
    },
    /// Begin to add a method: what belongs to it is offered, and counts for nothing yet.
    #[n(7)]
    AddMethod {
        /// Which kind, of those in [`Step::Methods`].
        #[n(0)]
        kind: GateKind,
    },
    /// Show that the method on offer works; from then on it counts.
    #[n(8)]
    ConfirmMethod {
        /// A code of the new authenticator; nothing for recovery codes, which are kept by now; of a
        /// passkey what matters of `RegistrationResponseJSON`: of its `response` `clientDataJSON` and
        /// `attestationObject`.
        #[n(0)]
        answer: Secret,
    },
    /// Remove a method of one's own.
    #[n(9)]
    RemoveMethod {
        /// Which one, by [`Method::id`]; 0 is the one that is not yet confirmed.
        #[n(0)]
        id: u8,
    },
    /// Say that all methods are still right.
    #[n(10)]
    ConfirmMethods,
}

/// As derived, in a third of the code, which the browser has to load.
impl<C> Encode<C> for Operation {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        /// A field: at most three of an operation.
        #[derive(Clone, Copy)]
        enum Field<'a> {
            None,
            Number(u8),
            Secret(&'a Secret),
        }
        use Field::{None, Number, Secret as Bytes};
        let number = |number: Option<u8>| number.map_or(None, Number);
        let (operation, fields) = match self {
            Self::Identify {
                name,
                flow_kind,
                device,
            } => {
                let flow_kind = number(flow_kind.map(|flow_kind| flow_kind as u8));
                let device = number(device.map(|device| device as u8));
                (0, [Bytes(name), flow_kind, device])
            }
            Self::SendCode { gate } => (1, [Number(*gate), None, None]),
            Self::Answer { gate, code } => (2, [Number(*gate), Bytes(code), None]),
            Self::SetPassword { password } => (3, [Bytes(password), None, None]),
            Self::Resume => (4, [None; 3]),
            Self::Extend => (5, [None; 3]),
            Self::ChangePassword { current, password } => {
                (6, [Bytes(current), Bytes(password), None])
            }
            Self::AddMethod { kind } => (7, [Number(*kind as u8), None, None]),
            Self::ConfirmMethod { answer } => (8, [Bytes(answer), None, None]),
            Self::RemoveMethod { id } => (9, [Number(*id), None, None]),
            Self::ConfirmMethods => (10, [None; 3]),
        };
        let last = fields.iter().rposition(|field| !matches!(field, None));
        let count = last.map_or(0, |last| last + 1);
        e.array(2)?.u8(operation)?.array(count as u64)?;
        for field in fields.into_iter().take(count) {
            match field {
                None => drop(e.null()?),
                Number(number) => drop(e.u8(number)?),
                Bytes(secret) => drop(e.bytes(secret.expose())?),
            }
        }
        Ok(())
    }
}

/// What the agent answers: where the flow stands now and, if something was refused, why.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub struct Reply {
    /// The token for the next request; none where the flow has ended.
    #[n(0)]
    pub token: Option<FlowToken>,
    /// Where the flow stands.
    #[n(1)]
    pub step: Step,
    /// Why the request was refused; none if it was not.
    #[n(2)]
    pub reason: Option<Reason>,
    /// How many recovery codes are left, where one was just used.
    #[n(3)]
    pub codes_left: Option<u16>,
    /// What is worth doing next, where something was finished. A hint only.
    #[n(4)]
    pub next: Option<FlowKind>,
}

impl<'b, C> Decode<'b, C> for Reply {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let mut fields = Fields::open(d)?;
        let reply = Self {
            token: fields.optional()?,
            step: fields.next()?,
            // A reason that only a newer agent knows is an error: it must not look like none.
            reason: fields.optional()?,
            // Read as other numbers are, whose decoder the browser has anyway.
            codes_left: fields
                .optional::<u64>()?
                .map(|left| u16::try_from(left).unwrap_or(u16::MAX)),
            // An flow that only a newer agent knows is no hint.
            next: fields
                .optional::<u64>()?
                .and_then(|number| FlowKind::ALL.get(usize::try_from(number).ok()?).copied()),
        };
        fields.close()?;
        Ok(reply)
    }
}

/// Where a flow stands.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub enum Step {
    /// No flow: begin with a name.
    #[n(0)]
    Identify,
    /// Gates to pass.
    #[n(1)]
    Gates {
        /// How many gates of different kinds this account needs, those passed included.
        #[n(0)]
        needed: u8,
        /// The kinds already passed.
        #[n(1)]
        passed: Vec<GateKind>,
        /// The gates to choose from; none of a kind already passed.
        #[n(2)]
        gates: Vec<Gate>,
        /// When the flow ends.
        #[n(3)]
        expires: u64,
    },
    /// All gates passed: the new password, judged by this policy.
    #[n(2)]
    NewPassword {
        /// The account's effective policy.
        #[n(0)]
        policy: Policy,
        /// When the flow ends.
        #[n(1)]
        expires: u64,
    },
    /// The directory has taken the new password. Only the agent can say so.
    #[n(3)]
    Done,
    /// The account is unlocked, and keeps its password.
    #[n(4)]
    Unlocked,
    /// If the address belongs to an account, its user name is on its way there.
    #[n(5)]
    UserNameSent,
    /// The methods of an account, and what can be done about them.
    #[n(6)]
    Methods {
        /// Those by which its password could be reset.
        #[n(0)]
        methods: Vec<Method>,
        /// The kinds that can be added.
        #[n(1)]
        addable: Vec<GateKind>,
        /// It is time to confirm that they are still right.
        #[n(2)]
        due: bool,
        /// When the flow ends.
        #[n(3)]
        expires: u64,
    },
    /// A new method, not yet confirmed.
    #[n(7)]
    NewMethod {
        /// Its kind.
        #[n(0)]
        kind: GateKind,
        /// What the person needs to have of it: the `otpauth://` address of an authenticator,
        /// recovery codes, one a line, or what to ask the browser for a passkey with
        /// (`PublicKeyCredentialCreationOptionsJSON`).
        #[n(1)]
        offer: Secret,
        /// When the flow ends.
        #[n(2)]
        expires: u64,
    },
}

impl<'b, C> Decode<'b, C> for Step {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let (variant, mut fields) = Fields::open_variant(d)?;
        let step = match variant {
            0 => Self::Identify,
            1 => Self::Gates {
                needed: fields.number()?,
                passed: fields.list()?,
                gates: fields.list()?,
                expires: fields.number()?,
            },
            2 => Self::NewPassword {
                policy: fields.next()?,
                expires: fields.number()?,
            },
            3 => Self::Done,
            4 => Self::Unlocked,
            5 => Self::UserNameSent,
            6 => Self::Methods {
                methods: fields.list()?,
                addable: fields.list()?,
                due: fields.next()?,
                expires: fields.number()?,
            },
            7 => Self::NewMethod {
                kind: fields.next()?,
                offer: fields.next()?,
                expires: fields.number()?,
            },
            _ => return Err(minicbor::decode::Error::message("an unknown step")),
        };
        fields.close()?;
        Ok(step)
    }
}

/// Encodes a message into wiped memory.
#[must_use]
pub fn encode<T: Encode<()>>(message: &T) -> Secret {
    // The largest body: growing would leave an unwiped copy behind.
    let mut bytes = Vec::with_capacity(postern_envelope::MAX_BODY);
    // Writing to a `Vec` cannot fail, and our `Encode` implementations raise no errors.
    let _infallible = minicbor::encode(message, &mut bytes);
    Secret::new(bytes)
}

/// Decodes a message; `None` if it is not one of this version.
#[must_use]
pub fn decode<'b, T: Decode<'b, ()>>(body: &'b Secret) -> Option<T> {
    minicbor::decode(body.expose()).ok()
}
