//! Gates and methods: what opens the way, and how it is named.

use crate::fields::{Fields, encode_as_number};
use crate::{AUTHENTICATOR_DIGITS, SENT_DIGITS};
use minicbor::{Decode, Encode};

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
    /// Until when the code that was sent, or the challenge, is good; none if there is none.
    #[n(3)]
    pub sent_until: Option<u64>,
    /// For [`GateKind::Passkey`], and as long as `sent_until` says: what to ask the browser's passkeys
    /// for (`PublicKeyCredentialRequestOptionsJSON`).
    #[n(4)]
    pub challenge: Option<String>,
}

impl<'b, C> Decode<'b, C> for Gate {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let mut fields = Fields::open(d)?;
        let gate = Self {
            id: fields.number()?,
            kind: fields.next()?,
            hint: fields.optional()?,
            sent_until: fields.optional()?,
            challenge: fields.optional()?,
        };
        fields.close()?;
        Ok(gate)
    }
}

/// A method by which a password could be reset, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub struct Method {
    /// Its number within the flow.
    #[n(0)]
    pub id: u8,
    /// The kind of gate that it opens.
    #[n(1)]
    pub kind: GateKind,
    /// Masked contact data; of a passkey, of which there may be several, when it was added (seconds
    /// since the Unix epoch, in digits); else none.
    #[n(2)]
    pub hint: Option<String>,
    /// Its owner registered it and may remove it; all others are kept by the organisation.
    #[n(3)]
    pub own: bool,
    /// How many recovery codes are left.
    #[n(4)]
    pub left: Option<u64>,
    /// From when it counts (seconds since the Unix epoch, in digits); none if it does.
    #[n(5)]
    pub from: Option<String>,
}

impl<'b, C> Decode<'b, C> for Method {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let mut fields = Fields::open(d)?;
        let method = Self {
            id: fields.number()?,
            kind: fields.next()?,
            hint: fields.optional()?,
            own: fields.next()?,
            left: fields.optional()?,
            from: fields.optional()?,
        };
        fields.close()?;
        Ok(method)
    }
}

/// The kinds of gates, by their numbers on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateKind {
    /// A code sent by mail.
    Mail = 0,
    /// A code of an authenticator app (TOTP, RFC 6238).
    Authenticator = 1,
    /// A code sent by text message.
    Sms = 2,
    /// A code spoken in a call.
    Voice = 3,
    /// A passkey (WebAuthn). What is asked for is a challenge, what is answered is the assertion.
    Passkey = 4,
    /// A code of a set that the person keeps, each good once.
    RecoveryCode = 5,
    /// A pass that the helpdesk issued, good once and not for long.
    HelpdeskPass = 6,
    /// The current password, for [`FlowKind::Change`] and [`FlowKind::Methods`] alone.
    Password = 7,
}

encode_as_number!(GateKind);

impl<'b, C> Decode<'b, C> for GateKind {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        match d.u64()? {
            0 => Ok(Self::Mail),
            1 => Ok(Self::Authenticator),
            2 => Ok(Self::Sms),
            3 => Ok(Self::Voice),
            4 => Ok(Self::Passkey),
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
            Self::Passkey => "passkey",
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

    /// How many digits its codes have, where they are digits.
    #[must_use]
    pub const fn digits(self) -> Option<usize> {
        match self {
            Self::Mail | Self::Sms | Self::Voice => Some(SENT_DIGITS),
            Self::Authenticator => Some(AUTHENTICATOR_DIGITS),
            Self::Passkey | Self::RecoveryCode | Self::HelpdeskPass | Self::Password => None,
        }
    }

    /// Whether its codes were handed out beforehand: letters and digits in groups.
    #[must_use]
    pub const fn is_issued(self) -> bool {
        matches!(self, Self::RecoveryCode | Self::HelpdeskPass)
    }
}
