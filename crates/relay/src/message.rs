//! What portal and agent say to each other, inside a package.

use minicbor::{Decode, Encode};
use postern_envelope::{Compact, PublicKey};

/// What the agent says of itself when it connects.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Hello {
    /// [`crate::VERSION`] of the agent.
    #[n(0)]
    pub version: u8,
    /// The program's own version, as `0.1.0`.
    #[n(1)]
    pub program: String,
    /// The key that browsers seal to.
    #[n(2)]
    pub key: PublicKey,
    /// The tenant runs on the sandbox directory.
    #[n(3)]
    pub sandbox: bool,
    /// What people may come for, by name, in the order in which it is offered.
    #[n(4)]
    pub flows: Vec<String>,
    /// The agent's clock, in seconds since the Unix epoch. An agent that tells it understands a
    /// heartbeat with the portal's; the relay adds it and takes it out again.
    #[n(5)]
    pub now: Option<u64>,
}

/// A sign of life: the agent's, and the portal's echo of it. An agent that knows nothing of the
/// portal's clock sends `directory_up` alone, and so does a portal to an agent that told no time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Heartbeat {
    /// Whether the directory could be asked.
    #[n(0)]
    pub directory_up: bool,
    /// Whether mail could be sent, by the agent's.
    #[n(1)]
    pub mail_up: Option<bool>,
    /// How many seconds the agent's clock is ahead of the portal's, by the agent's.
    #[n(2)]
    pub clock_ahead: Option<i64>,
    /// The portal's clock, in seconds since the Unix epoch, by the portal's.
    #[n(3)]
    pub now: Option<u64>,
    /// Whether so much is guessed at the tenant's accounts that every message shall cost work, by
    /// the agent's.
    #[n(4)]
    pub alarmed: Option<bool>,
}

impl Heartbeat {
    /// That alone which every version understands.
    #[must_use]
    pub fn plain(directory_up: bool) -> Self {
        Self {
            directory_up,
            ..Self::default()
        }
    }
}

/// What the portal knows of a message and the agent needs: none of it is secret.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Metadata {
    /// The support code, the same in browser, portal, relay and agent logs.
    #[n(0)]
    pub support_code: String,
    /// When the portal received it, in seconds since the Unix epoch.
    #[n(1)]
    pub received_at: u64,
    /// Keyed hashes of the client's networks, the narrowest first: the address for IPv4; /64, /56
    /// and /48 for IPv6. The key is the portals' own, so that no agent can find the address.
    #[n(2)]
    pub networks: Vec<NetworkHash>,
    /// The person's language: `en`, `cs`, `pl`, `sl` or `lt`.
    #[n(3)]
    pub language: String,
}

/// The keyed hash of a client's network, as the portals know it.
pub type NetworkHash = minicbor::bytes::ByteArray<16>;

/// What the portal asks of the agent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Ask {
    /// A sealed message from a browser.
    #[n(0)]
    Message {
        /// What the portal adds.
        #[n(0)]
        metadata: Metadata,
        /// The message, as binary parts.
        #[n(1)]
        message: Compact,
    },
    /// The sandbox's accounts and mails; answered by tenants on the sandbox directory only.
    #[n(1)]
    Sandbox {
        /// The language of what the accounts do.
        #[n(0)]
        language: String,
    },
}

/// What the agent answers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Answer {
    /// The sealed reply.
    #[n(0)]
    Reply {
        /// The reply, as binary parts.
        #[n(0)]
        message: Compact,
    },
    /// The package came after its expiry: nothing was done.
    #[n(1)]
    Expired,
    /// The message could not be opened: nothing was done.
    #[n(2)]
    NotAccepted,
    /// The sandbox.
    #[n(3)]
    Sandbox {
        /// Accounts and mails.
        #[n(0)]
        view: SandboxView,
    },
}

/// The sandbox as its page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct SandboxView {
    /// The scripted accounts.
    #[n(0)]
    pub accounts: Vec<SandboxAccount>,
    /// The mails sent, newest first.
    #[n(1)]
    pub mails: Vec<SandboxMail>,
    /// The password that every account begins with.
    #[n(2)]
    pub first_password: String,
}

/// A scripted account.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SandboxAccount {
    /// Its login name.
    #[n(0)]
    pub login_name: String,
    /// What it is scripted to do: the second half of the Fluent key `sandbox-does-…`.
    #[n(1)]
    pub script: String,
    /// The codes that its owner has at hand at this moment: of the authenticator, of the list of
    /// recovery codes, of the helpdesk.
    #[n(2)]
    pub codes: Vec<String>,
}

/// A mail that the sandbox kept instead of sending.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SandboxMail {
    /// The address.
    #[n(0)]
    pub to: String,
    /// The subject.
    #[n(1)]
    pub subject: String,
    /// The text.
    #[n(2)]
    pub text: String,
    /// When it was sent, in seconds since the Unix epoch.
    #[n(3)]
    pub sent_at: u64,
}
