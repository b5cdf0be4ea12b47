//! Requests and replies: the content of a sealed envelope.

use crate::fields::Fields;
use crate::{Device, FlowKind, Gate, GateKind, Method, Policy, Reason};
use core::fmt;
use minicbor::{Decode, Encode};
use postern_envelope::Secret;

/// The number of digits in a code of an authenticator.
pub const AUTHENTICATOR_DIGITS: usize = 6;

/// The number of digits in a code that is sent: it can be guessed at for longer than an
/// authenticator's.
pub const SENT_DIGITS: usize = 8;

/// The token for the next step of one flow, for a single use. The agent stores only its hash.
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

/// A request of the browser.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Request {
    /// The token of the last reply; none only for [`Operation::Identify`].
    #[n(0)]
    pub token: Option<FlowToken>,
    /// The operation.
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
        /// The kind of the flow; none for [`FlowKind::Reset`].
        #[n(1)]
        flow_kind: Option<FlowKind>,
        /// The device of the browser, for the mails; none from an older version of the page.
        #[n(2)]
        device: Option<Device>,
    },
    /// Send the code of a gate whose codes are sent; for a passkey's gate, create a challenge.
    #[n(1)]
    SendCode {
        /// The gate, by [`Gate::id`].
        #[n(0)]
        gate: u8,
    },
    /// Answer a gate.
    #[n(2)]
    Answer {
        /// The gate, by [`Gate::id`].
        #[n(0)]
        gate: u8,
        /// The code as typed, UTF-8; for a passkey, these parts of `AuthenticationResponseJSON`:
        /// `id`, and `clientDataJSON`, `authenticatorData` and `signature` of `response`.
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
    /// Return the state of the flow, and its login name. The only operation that also accepts the
    /// token before the current one, because a reply may have been lost.
    #[n(4)]
    Resume,
    /// Postpone the end of the flow, as often as the agent allows, and return its state, as
    /// [`Self::Resume`] does and with the same tokens.
    #[n(5)]
    Extend,
    /// Set the new password with the current one ([`FlowKind::Change`]).
    #[n(6)]
    ChangePassword {
        /// The current password, UTF-8.
        #[n(0)]
        current: Secret,
        /// The new password, UTF-8.
        #[n(1)]
        password: Secret,
    },
    /// Begin to add a method: its data is offered, and it cannot be used until it is confirmed.
    #[n(7)]
    AddMethod {
        /// The kind, one of those in [`Step::Methods`].
        #[n(0)]
        kind: GateKind,
    },
    /// Confirm that the offered method works; from then on it can be used.
    #[n(8)]
    ConfirmMethod {
        /// A code of the new authenticator; empty for recovery codes, which the person has stored
        /// by now; for a passkey, these parts of `RegistrationResponseJSON`: `clientDataJSON` and
        /// `attestationObject` of `response`.
        #[n(0)]
        answer: Secret,
    },
    /// Remove a method of one's own.
    #[n(9)]
    RemoveMethod {
        /// The method, by [`Method::id`]; 0 is the one that is not yet confirmed.
        #[n(0)]
        id: u8,
    },
    /// Confirm that all methods are still right.
    #[n(10)]
    ConfirmMethods,
}

/// The same output as the derived encoder, in a third of the code, which the browser has to load.
impl<C> Encode<C> for Operation {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        /// A field of an operation, which has at most three.
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

/// The agent's reply: the state of the flow and, if the request was refused, the reason.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub struct Reply {
    /// The token for the next request; none if the flow has ended.
    #[n(0)]
    pub token: Option<FlowToken>,
    /// The state of the flow.
    #[n(1)]
    pub step: Step,
    /// The reason why the request was refused; none if it was not.
    #[n(2)]
    pub reason: Option<Reason>,
    /// The number of recovery codes left, if one was just used.
    #[n(3)]
    pub codes_left: Option<u16>,
    /// The flow to suggest next, after a flow was finished. Only a hint.
    #[n(4)]
    pub next: Option<FlowKind>,
    /// The login name that the flow began with, as it was typed, UTF-8: only in the reply to
    /// [`Operation::Resume`], because a page that was loaded again does not know it.
    #[n(5)]
    pub name: Option<Secret>,
}

impl<'b, C> Decode<'b, C> for Reply {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let mut fields = Fields::open(d)?;
        let reply = Self {
            token: fields.optional()?,
            step: fields.next()?,
            // An unknown reason, of a newer agent, is an error: it must not be read as none.
            reason: fields.optional()?,
            // Read as `u64`, whose decoder the browser has anyway.
            codes_left: fields
                .optional::<u64>()?
                .map(|left| u16::try_from(left).unwrap_or(u16::MAX)),
            // An unknown flow, of a newer agent, is read as no hint.
            next: fields
                .optional::<u64>()?
                .and_then(|number| FlowKind::ALL.get(usize::try_from(number).ok()?).copied()),
            name: fields.optional()?,
        };
        fields.close()?;
        Ok(reply)
    }
}

/// The state of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub enum Step {
    /// No flow: the next request must be [`Operation::Identify`].
    #[n(0)]
    Identify,
    /// The person has to pass gates.
    #[n(1)]
    Gates {
        /// The number of gates of different kinds that this account needs, including those passed.
        #[n(0)]
        needed: u8,
        /// The kinds already passed.
        #[n(1)]
        passed: Vec<GateKind>,
        /// The gates to choose from; none of a kind already passed.
        #[n(2)]
        gates: Vec<Gate>,
        /// The time at which the flow ends, in seconds since the Unix epoch.
        #[n(3)]
        expires: u64,
    },
    /// All gates are passed: the person sets a new password, which this policy must accept.
    #[n(2)]
    NewPassword {
        /// The account's effective policy.
        #[n(0)]
        policy: Policy,
        /// The time at which the flow ends, in seconds since the Unix epoch.
        #[n(1)]
        expires: u64,
    },
    /// The directory has accepted the new password. Only the agent can send this.
    #[n(3)]
    Done,
    /// The account is unlocked, and keeps its password.
    #[n(4)]
    Unlocked,
    /// If the address belongs to an account, its user name is being mailed there.
    #[n(5)]
    UserNameSent,
    /// The methods of an account, and the kinds that can be added.
    #[n(6)]
    Methods {
        /// The methods for a reset of its password.
        #[n(0)]
        methods: Vec<Method>,
        /// The kinds that can be added.
        #[n(1)]
        addable: Vec<GateKind>,
        /// Whether the person should confirm now that they are still right.
        #[n(2)]
        due: bool,
        /// The time at which the flow ends, in seconds since the Unix epoch.
        #[n(3)]
        expires: u64,
    },
    /// A new method, not yet confirmed.
    #[n(7)]
    NewMethod {
        /// Its kind.
        #[n(0)]
        kind: GateKind,
        /// The data that the person needs: the `otpauth://` URI of an authenticator, recovery
        /// codes, one per line, or the options for the browser's creation of a passkey
        /// (`PublicKeyCredentialCreationOptionsJSON`).
        #[n(1)]
        offer: Secret,
        /// The time at which the flow ends, in seconds since the Unix epoch.
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

/// Encodes a message into memory that is wiped when dropped.
#[must_use]
pub fn encode<T: Encode<()>>(message: &T) -> Secret {
    // Allocated for the largest body: growing would leave an unwiped copy behind.
    let mut bytes = Vec::with_capacity(postern_envelope::MAX_BODY);
    // Writing to a `Vec` cannot fail, and the `Encode` implementations return no errors.
    let _infallible = minicbor::encode(message, &mut bytes);
    Secret::new(bytes)
}

/// Decodes a message; `None` if it is not of this version.
#[must_use]
pub fn decode<'b, T: Decode<'b, ()>>(body: &'b Secret) -> Option<T> {
    minicbor::decode(body.expose()).ok()
}
