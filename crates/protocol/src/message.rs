//! Requests and replies: what is inside a sealed envelope.

use crate::fields::Fields;
use crate::{Errand, Policy, Reason};
use core::fmt;
use minicbor::{Decode, Encode};
use postern_envelope::Secret;

/// How many digits a mailed code and an authenticator code have.
pub const CODE_DIGITS: usize = 6;

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
#[derive(Clone, Debug, Encode, Decode)]
pub enum Operation {
    /// Start a flow for the account of this login name (`sAMAccountName` or
    /// `userPrincipalName`).
    #[n(0)]
    Identify {
        /// The login name as typed, UTF-8; for [`Errand::UserName`] the mail address.
        #[n(0)]
        name: Secret,
        /// What for; none for [`Errand::Reset`].
        #[n(1)]
        errand: Option<Errand>,
        /// What the browser runs on, for the mails; none from an older browser.
        #[n(2)]
        device: Option<Device>,
    },
    /// Send a code through a gate that needs sending.
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
        /// The code as typed, UTF-8.
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
    /// Set the new password by the current one ([`Errand::Change`]).
    #[n(6)]
    ChangePassword {
        /// The current password, UTF-8.
        #[n(0)]
        current: Secret,
        /// The new password, UTF-8.
        #[n(1)]
        password: Secret,
    },
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
            _ => return Err(minicbor::decode::Error::message("an unknown step")),
        };
        fields.close()?;
        Ok(step)
    }
}

/// A gate as the person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub struct Gate {
    /// Its number within the flow.
    #[n(0)]
    pub id: u8,
    /// Its kind.
    #[n(1)]
    pub kind: GateKind,
    /// Masked contact data, as `a••@c••.example`; none for gates that send nothing.
    #[n(2)]
    pub hint: Option<String>,
    /// Until when the code that was sent is good; none if none was sent.
    #[n(3)]
    pub sent_until: Option<u64>,
}

impl<'b, C> Decode<'b, C> for Gate {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let mut fields = Fields::open(d)?;
        let gate = Self {
            id: fields.number()?,
            kind: fields.next()?,
            hint: fields.optional()?,
            sent_until: fields.optional()?,
        };
        fields.close()?;
        Ok(gate)
    }
}

/// The kinds of gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode)]
#[cbor(index_only)]
pub enum GateKind {
    /// A code sent by mail.
    #[n(0)]
    Mail,
    /// A code of an authenticator app (TOTP, RFC 6238).
    #[n(1)]
    Authenticator,
    /// A code sent by text message.
    #[n(2)]
    Sms,
    /// A code spoken in a call.
    #[n(3)]
    Voice,
    /// A code of a set that the person keeps, each good once.
    #[n(5)]
    RecoveryCode,
    /// A pass that the helpdesk issued, good once and not for long.
    #[n(6)]
    HelpdeskPass,
    /// The current password, for [`Errand::Change`] alone.
    #[n(7)]
    Password,
}

impl<'b, C> Decode<'b, C> for GateKind {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        match d.u64()? {
            0 => Ok(Self::Mail),
            1 => Ok(Self::Authenticator),
            2 => Ok(Self::Sms),
            3 => Ok(Self::Voice),
            5 => Ok(Self::RecoveryCode),
            6 => Ok(Self::HelpdeskPass),
            7 => Ok(Self::Password),
            _ => Err(minicbor::decode::Error::message("an unknown gate")),
        }
    }
}

impl GateKind {
    /// The stable name, used for Fluent keys and in the agent's configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Authenticator => "authenticator",
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::RecoveryCode => "recovery",
            Self::HelpdeskPass => "pass",
            Self::Password => "password",
        }
    }

    /// Whether its codes are sent when they are asked for.
    #[must_use]
    pub const fn sends(self) -> bool {
        matches!(self, Self::Mail | Self::Sms | Self::Voice)
    }

    /// Whether its codes were handed out beforehand: letters and digits in groups.
    #[must_use]
    pub const fn is_issued(self) -> bool {
        matches!(self, Self::RecoveryCode | Self::HelpdeskPass)
    }
}

/// The kind of device that a browser says it runs on. So coarse that it tells people apart from
/// nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A small screen that is touched.
    Phone = 0,
    /// A larger screen that is touched.
    Tablet = 1,
    /// Any other.
    Computer = 2,
}

impl<C> Encode<C> for Device {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u8(*self as u8)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Device {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        match d.u8()? {
            0 => Ok(Self::Phone),
            1 => Ok(Self::Tablet),
            2 => Ok(Self::Computer),
            _ => Err(minicbor::decode::Error::message("an unknown device")),
        }
    }
}

impl Device {
    /// The stable name, used for Fluent keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Computer => "computer",
        }
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
