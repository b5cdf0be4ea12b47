//! The commands and their replies. On the socket each is a length of four bytes, big-endian, and
//! so many bytes of CBOR: an array of the protocol's version and the command or reply.

#![cfg_attr(
    not(unix),
    allow(dead_code, reason = "without a socket nothing is encoded or decoded")
)]

use minicbor::{Decode, Decoder, Encode, Encoder};
use postern_envelope::Secret;

/// The version of the protocol. Fields and variants are only added, with new numbers; what cannot
/// be added so gets a new version.
pub const VERSION: u16 = 1;

/// The longest message, in bytes.
pub const MAX_MESSAGE: usize = 4096;

/// What an operator wants of the agent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Command {
    /// Tell how the agent is.
    #[n(0)]
    Status,
    /// Make an authenticator for an account that has none.
    #[n(1)]
    AddAuthenticator {
        /// The account.
        #[n(0)]
        login_name: String,
    },
    /// Remove an account's authenticator.
    #[n(2)]
    RemoveAuthenticator {
        /// The account.
        #[n(0)]
        login_name: String,
    },
    /// Make a set of recovery codes in place of the one before.
    #[n(3)]
    IssueRecoveryCodes {
        /// The account.
        #[n(0)]
        login_name: String,
    },
    /// Make a pass in place of the one before, and give the account's tries back.
    #[n(4)]
    IssuePass {
        /// The account.
        #[n(0)]
        login_name: String,
        /// How long it is good, in minutes: 1 to 60.
        #[n(1)]
        minutes: u16,
    },
    /// Give back what an account has lost by wrong answers and by codes sent.
    #[n(5)]
    ClearTries {
        /// The account.
        #[n(0)]
        login_name: String,
    },
}

/// What the agent replies.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Reply {
    /// How the agent is.
    #[n(0)]
    Status(#[n(0)] Status),
    /// The `otpauth://` address of a new authenticator, shown once.
    #[n(1)]
    Authenticator {
        /// The address.
        #[n(0)]
        address: Secret,
    },
    /// A new set of recovery codes, shown once.
    #[n(2)]
    RecoveryCodes {
        /// The codes.
        #[n(0)]
        codes: Vec<Secret>,
    },
    /// A new pass, shown once.
    #[n(3)]
    Pass {
        /// The pass.
        #[n(0)]
        code: Secret,
        /// What its issue and its use are found by in the logs.
        #[n(1)]
        support_code: String,
    },
    /// It is done, and there is nothing to show.
    #[n(4)]
    Done,
    /// It was not done.
    #[n(5)]
    Refused(#[n(0)] Refusal),
}

/// How the agent is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Status {
    /// The version of its program.
    #[n(0)]
    pub program: String,
    /// Its tenant.
    #[n(1)]
    pub tenant: String,
    /// Whether it is connected to the portal.
    #[n(2)]
    pub connected: bool,
    /// Whether the directory answers.
    #[n(3)]
    pub directory_up: bool,
}

/// Why a command was not done.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, thiserror::Error)]
pub enum Refusal {
    /// The peer is nobody who may give commands.
    #[n(0)]
    #[error(
        "not permitted: {user} is not root, not the agent's own user and not in the group {}",
        super::OPERATORS
    )]
    NotPermitted {
        /// Who was refused.
        #[n(0)]
        user: String,
    },
    /// The tenant's people are never asked for what was to be made.
    #[n(1)]
    #[error(
        "policy.gates has no \"{gate}\", so nobody would be asked for it; add it to the agent's \
         configuration and restart the agent"
    )]
    GateOff {
        /// The gate, as in `policy.gates`.
        #[n(0)]
        gate: String,
    },
    /// The account was not found, or nothing may be done for it.
    #[n(2)]
    #[error("nothing was changed: {reason}: {cause}")]
    Account {
        /// Why, by the stable code of a reason.
        #[n(0)]
        reason: String,
        /// Why, for the person on call.
        #[n(1)]
        cause: String,
    },
    /// The account has an authenticator already.
    #[n(3)]
    #[error("the account has an authenticator already; remove it first")]
    AuthenticatorPresent,
    /// There is no authenticator to remove.
    #[n(4)]
    #[error("the account has no authenticator")]
    AuthenticatorMissing,
    /// The message is no command of this version, or is too long.
    #[n(5)]
    #[error("the agent does not know this command; use the program of the agent's own version")]
    UnknownCommand,
    /// A value of the command is not allowed.
    #[n(6)]
    #[error("{0}")]
    Value(#[n(0)] String),
    /// The agent failed.
    #[n(7)]
    #[error("nothing was changed: {0}")]
    Failed(#[n(0)] String),
    /// The agent is stopping.
    #[n(8)]
    #[error("nothing was changed: the agent is stopping")]
    Stopping,
}

/// Bytes that are no message of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoMessage {
    /// They are of another version.
    Version(u16),
    /// They are not what they should be.
    Malformed,
}

/// The bytes of a message; `None` if it is too long. They are wiped when they are dropped.
pub(crate) fn encode(message: &impl Encode<()>) -> Option<Secret> {
    // Of its final size from the start: a growing buffer leaves copies behind.
    let mut bytes = Vec::with_capacity(MAX_MESSAGE);
    let mut encoder = Encoder::new(&mut bytes);
    let written = encoder.array(2).and_then(|encoder| encoder.u16(VERSION));
    let written = written.and_then(|encoder| encoder.encode(message)).is_ok();
    let bytes = Secret::new(bytes);
    (written && bytes.expose().len() <= MAX_MESSAGE).then_some(bytes)
}

/// Reads what [`encode`] wrote.
pub(crate) fn decode<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Result<T, NoMessage> {
    let mut decoder = Decoder::new(bytes);
    let malformed = |_| NoMessage::Malformed;
    if decoder.array().map_err(malformed)? != Some(2) {
        return Err(NoMessage::Malformed);
    }
    let version = decoder.u16().map_err(malformed)?;
    if version != VERSION {
        return Err(NoMessage::Version(version));
    }
    let message = decoder.decode().map_err(malformed)?;
    match decoder.position() == bytes.len() {
        true => Ok(message),
        false => Err(NoMessage::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of commands are a contract between programs of different ages.
    #[test]
    fn commands_are_these_bytes() {
        let login_name = || "al".to_owned();
        let issue = Command::IssuePass {
            login_name: login_name(),
            minutes: 15,
        };
        for (command, bytes) in [
            (Command::Status, &b"\x82\x01\x82\x00\x80"[..]),
            (
                Command::ClearTries {
                    login_name: login_name(),
                },
                b"\x82\x01\x82\x05\x81\x62al",
            ),
            (issue, b"\x82\x01\x82\x04\x82\x62al\x0f"),
        ] {
            assert_eq!(encode(&command).unwrap().expose(), bytes, "{command:?}");
            assert_eq!(decode::<Command>(bytes), Ok(command));
        }
    }

    #[test]
    fn what_is_no_command_of_this_version_is_told_from_others() {
        for (bytes, fault) in [
            (&b"\x82\x02\x82\x00\x80"[..], NoMessage::Version(2)),
            (b"\x83\x02\x01\x01", NoMessage::Malformed),
            (b"\x82\x01\x82\x18\x63\x80", NoMessage::Malformed),
            (b"\x82\x01\x82\x00\x80\x00", NoMessage::Malformed),
            (b"\x82\x01", NoMessage::Malformed),
            (b"", NoMessage::Malformed),
        ] {
            assert_eq!(decode::<Command>(bytes), Err(fault), "{bytes:?}");
        }
        let long = Command::ClearTries {
            login_name: "x".repeat(MAX_MESSAGE),
        };
        assert!(encode(&long).is_none());
    }
}
