//! Gates (verification steps) and methods, with their kinds and stable names.

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
    /// Masked contact data, such as `a••@contoso.example`; none for gates that send nothing.
    #[n(2)]
    pub hint: Option<String>,
    /// The expiry of the code that was sent, or of the challenge; none if there is none.
    #[n(3)]
    pub sent_until: Option<u64>,
    /// For [`GateKind::Passkey`], valid until `sent_until`: the options for the browser's passkey
    /// request (`PublicKeyCredentialRequestOptionsJSON`).
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

/// A method for a password reset, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub struct Method {
    /// Its number within the flow.
    #[n(0)]
    pub id: u8,
    /// The kind of its gate.
    #[n(1)]
    pub kind: GateKind,
    /// Masked contact data; for a passkey, of which there may be several, the time at which it was
    /// added (seconds since the Unix epoch, in digits); else none.
    #[n(2)]
    pub hint: Option<String>,
    /// Whether its owner registered it and may remove it; the organisation manages all others.
    #[n(3)]
    pub own: bool,
    /// The number of recovery codes left.
    #[n(4)]
    pub left: Option<u64>,
    /// The time from which it can be used (seconds since the Unix epoch, in digits); none if it can
    /// be used now.
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

/// The kind of a gate, with its number on the wire.
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
    /// A passkey (WebAuthn): the browser asks for a challenge and answers with the assertion.
    Passkey = 4,
    /// A code of a set that the person keeps; each can be used once.
    RecoveryCode = 5,
    /// A pass that the helpdesk issued, for a single use within a short time.
    HelpdeskPass = 6,
    /// The current password, only for [`FlowKind::Change`](crate::FlowKind::Change) and
    /// [`FlowKind::Methods`](crate::FlowKind::Methods).
    Password = 7,
}

encode_as_number!(GateKind);

impl<'b, C> Decode<'b, C> for GateKind {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let number = usize::try_from(d.u64()?).ok();
        let kind = number.and_then(|number| Self::ALL.get(number));
        kind.copied()
            .ok_or_else(|| minicbor::decode::Error::message("an unknown gate"))
    }
}

impl GateKind {
    /// Every kind, by its number.
    pub const ALL: [Self; 8] = [
        Self::Mail,
        Self::Authenticator,
        Self::Sms,
        Self::Voice,
        Self::Passkey,
        Self::RecoveryCode,
        Self::HelpdeskPass,
        Self::Password,
    ];

    /// Returns the stable name, used for Fluent keys and in the agent's configuration.
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

    /// Reports whether its codes are sent on request.
    #[must_use]
    pub const fn sends(self) -> bool {
        matches!(self, Self::Mail | Self::Sms | Self::Voice)
    }

    /// Returns the number of digits of its codes; `None` if they do not consist of digits.
    #[must_use]
    pub const fn digits(self) -> Option<usize> {
        match self {
            Self::Mail | Self::Sms | Self::Voice => Some(SENT_DIGITS),
            Self::Authenticator => Some(AUTHENTICATOR_DIGITS),
            Self::Passkey | Self::RecoveryCode | Self::HelpdeskPass | Self::Password => None,
        }
    }

    /// Reports whether its codes are issued in advance: letters and digits in groups.
    #[must_use]
    pub const fn is_issued(self) -> bool {
        matches!(self, Self::RecoveryCode | Self::HelpdeskPass)
    }
}
