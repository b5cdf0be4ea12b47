//! Requests and replies: what is inside a sealed envelope.

use crate::{Policy, Reason};
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

/// The operations of a reset, in their order.
#[derive(Clone, Debug, Encode, Decode)]
pub enum Operation {
    /// Start a flow for the account of this login name (`sAMAccountName` or
    /// `userPrincipalName`).
    #[n(0)]
    Identify {
        /// The login name as typed, UTF-8.
        #[n(0)]
        name: Secret,
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
}

/// What the agent answers: where the flow stands now and, if something was refused, why.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Reply {
    /// The token for the next request; none where the flow has ended.
    #[n(0)]
    pub token: Option<FlowToken>,
    /// Where the flow stands.
    #[n(1)]
    pub step: Step,
    /// Why the request was refused; none if it was not.
    #[cbor(n(2), decode_with = "known_reason")]
    pub reason: Option<Reason>,
}

/// A derived decoder reads an unknown variant in an `Option` as none. A refusal for a reason that
/// only a newer agent knows must not look like no refusal.
fn known_reason<'b, C>(
    d: &mut minicbor::Decoder<'b>,
    context: &mut C,
) -> Result<Option<Reason>, minicbor::decode::Error> {
    Option::<Reason>::decode(d, context).map_err(|error| {
        if error.is_unknown_variant() {
            minicbor::decode::Error::message("a reason of another version")
        } else {
            error
        }
    })
}

/// Where a flow stands.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
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
}

/// A gate as the person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
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

/// The kinds of gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum GateKind {
    /// A code sent by mail.
    #[n(0)]
    Mail,
    /// A code of an authenticator app (TOTP, RFC 6238).
    #[n(1)]
    Authenticator,
}

impl GateKind {
    /// The stable name, used for Fluent keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Authenticator => "authenticator",
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
