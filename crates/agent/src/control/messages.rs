//! The commands and their replies. On the socket each is a four-byte big-endian length and that
//! many bytes of CBOR: an array of the protocol's version and the command or reply.

#![cfg_attr(
    not(unix),
    allow(dead_code, reason = "without a socket nothing is encoded or decoded")
)]

use minicbor::{Decode, Decoder, Encode, Encoder};
use postern_envelope::Secret;

/// The version of the protocol. Fields and variants are only added, with new numbers; any other
/// change needs a new version.
pub const VERSION: u16 = 1;

/// The maximum size of a message, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 4096;

/// A command from an operator to the agent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Command {
    /// Report the agent's status.
    #[n(0)]
    Status,
    /// Create an authenticator for an account that has none.
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
    /// Issue a set of recovery codes, which replaces the previous one.
    #[n(3)]
    IssueRecoveryCodes {
        /// The account.
        #[n(0)]
        login_name: String,
    },
    /// Issue a pass, which replaces the previous one, and clear the account's tries.
    #[n(4)]
    IssuePass {
        /// The account.
        #[n(0)]
        login_name: String,
        /// The lifetime of the pass, in minutes: 1 to 60.
        #[n(1)]
        minutes: u16,
    },
    /// Clear an account's counters of wrong answers and of codes sent.
    #[n(5)]
    ClearTries {
        /// The account.
        #[n(0)]
        login_name: String,
    },
}

/// The agent's reply to a command.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Reply {
    /// The agent's status.
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
        /// The support code under which its issue and its use are logged.
        #[n(1)]
        support_code: String,
    },
    /// The command was executed and has no result to show.
    #[n(4)]
    Done,
    /// The command was not executed.
    #[n(5)]
    Refused(#[n(0)] Refusal),
}

/// The agent's status.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Status {
    /// The version of the agent's program.
    #[n(0)]
    pub program: String,
    /// The tenant's name.
    #[n(1)]
    pub tenant: String,
    /// `true` if the agent is connected to the portal.
    #[n(2)]
    pub connected: bool,
    /// `true` if the directory answers.
    #[n(3)]
    pub directory_up: bool,
}

/// The reason why a command was not executed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, thiserror::Error)]
pub enum Refusal {
    /// The peer may not give commands.
    #[n(0)]
    #[error(
        "not permitted: {user} is not root, not the agent's own user and not in the group {}",
        super::OPERATORS_GROUP
    )]
    NotPermitted {
        /// The user who was refused.
        #[n(0)]
        user: String,
    },
    /// The policy does not have the gate that the new method or code would be for.
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
    /// The account was not found, or the command is not permitted for it.
    #[n(2)]
    #[error("nothing was changed: {reason}: {cause}")]
    Account {
        /// The stable code of the reason.
        #[n(0)]
        reason: String,
        /// The cause, for the person on call.
        #[n(1)]
        cause: String,
    },
    /// The account already has an authenticator.
    #[n(3)]
    #[error("the account has an authenticator already; remove it first")]
    AuthenticatorPresent,
    /// There is no authenticator to remove.
    #[n(4)]
    #[error("the account has no authenticator")]
    AuthenticatorMissing,
    /// The message is not a command of this version, or is too long.
    #[n(5)]
    #[error("the agent does not know this command; use the program of the agent's own version")]
    UnknownCommand,
    /// A value of the command is outside its bounds.
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

/// The reason why bytes are not a message of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecodeError {
    /// They carry this other version.
    Version(u16),
    /// They are not a well-formed message.
    Malformed,
}

/// Encodes a message; `None` if it is too long. The bytes are wiped when they are dropped.
pub(crate) fn encode(message: &impl Encode<()>) -> Option<Secret> {
    // Allocated at its final size: a growing buffer would leave copies behind.
    let mut bytes = Vec::with_capacity(MAX_MESSAGE_BYTES);
    let mut encoder = Encoder::new(&mut bytes);
    let written = encoder.array(2).and_then(|encoder| encoder.u16(VERSION));
    let written = written.and_then(|encoder| encoder.encode(message)).is_ok();
    let bytes = Secret::new(bytes);
    (written && bytes.expose().len() <= MAX_MESSAGE_BYTES).then_some(bytes)
}

/// Decodes the bytes of a message that [`encode`] wrote.
pub(crate) fn decode<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut decoder = Decoder::new(bytes);
    let malformed = |_| DecodeError::Malformed;
    if decoder.array().map_err(malformed)? != Some(2) {
        return Err(DecodeError::Malformed);
    }
    let version = decoder.u16().map_err(malformed)?;
    if version != VERSION {
        return Err(DecodeError::Version(version));
    }
    let message = decoder.decode().map_err(malformed)?;
    match decoder.position() == bytes.len() {
        true => Ok(message),
        false => Err(DecodeError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of commands are a contract between programs of different versions.
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
            (&b"\x82\x02\x82\x00\x80"[..], DecodeError::Version(2)),
            (b"\x83\x02\x01\x01", DecodeError::Malformed),
            (b"\x82\x01\x82\x18\x63\x80", DecodeError::Malformed),
            (b"\x82\x01\x82\x00\x80\x00", DecodeError::Malformed),
            (b"\x82\x01", DecodeError::Malformed),
            (b"", DecodeError::Malformed),
        ] {
            assert_eq!(decode::<Command>(bytes), Err(fault), "{bytes:?}");
        }
        let long = Command::ClearTries {
            login_name: "x".repeat(MAX_MESSAGE_BYTES),
        };
        assert!(encode(&long).is_none());
    }
}
