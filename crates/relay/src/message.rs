//! The messages between portal and agent, inside a package.

use minicbor::{Decode, Encode};
use postern_envelope::{Compact, PublicKey};

/// The first message of an agent, which describes it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Hello {
    /// [`crate::VERSION`] of the agent.
    #[n(0)]
    pub version: u8,
    /// The program's own version, such as `0.1.0`.
    #[n(1)]
    pub program: String,
    /// The key that browsers seal to.
    #[n(2)]
    pub key: PublicKey,
    /// Whether the tenant uses the sandbox directory.
    #[n(3)]
    pub sandbox: bool,
    /// The names of the flows that the tenant offers, in the order in which they are offered.
    #[n(4)]
    pub flows: Vec<String>,
    /// The agent's clock, in seconds since the Unix epoch. An agent that sends it understands a
    /// heartbeat with the portal's clock. The relay adds this field and removes it again.
    #[n(5)]
    pub now: Option<u64>,
}

/// A heartbeat of the agent, or the portal's echo of it. An agent that does not know the portal's
/// clock sends only `directory_up`, and so does a portal to an agent that sent no time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Heartbeat {
    /// Whether the directory was available.
    #[n(0)]
    pub directory_up: bool,
    /// Whether mail could be sent. Only in the agent's heartbeat.
    #[n(1)]
    pub mail_up: Option<bool>,
    /// The number of seconds by which the agent's clock is ahead of the portal's. Only in the
    /// agent's heartbeat.
    #[n(2)]
    pub clock_ahead: Option<i64>,
    /// The portal's clock, in seconds since the Unix epoch. Only in the portal's echo.
    #[n(3)]
    pub now: Option<u64>,
    /// Whether there is so much guessing at the tenant's accounts that every message must carry
    /// proof of work. Only in the agent's heartbeat.
    #[n(4)]
    pub alarmed: Option<bool>,
}

impl Heartbeat {
    /// Creates a heartbeat with only the field that every version understands.
    #[must_use]
    pub fn plain(directory_up: bool) -> Self {
        Self {
            directory_up,
            ..Self::default()
        }
    }
}

/// The data that the portal adds to a message. None of it is secret.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Metadata {
    /// The support code, the same in browser, portal, relay and agent logs.
    #[n(0)]
    pub support_code: String,
    /// The time at which the portal received the message, in seconds since the Unix epoch.
    #[n(1)]
    pub received_at: u64,
    /// Keyed hashes of the client's networks, the narrowest first: the address for IPv4; /64, /56
    /// and /48 for IPv6. Only the portals have the key, so that no agent can find the address.
    #[n(2)]
    pub networks: Vec<NetworkHash>,
    /// The code of the person's language, such as `cs`.
    #[n(3)]
    pub language: String,
}

/// The keyed hash of a client's network, under the portals' key.
pub type NetworkHash = minicbor::bytes::ByteArray<16>;

/// A request from the portal to the agent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Ask {
    /// A sealed message from a browser.
    #[n(0)]
    Message {
        /// The data that the portal adds.
        #[n(0)]
        metadata: Metadata,
        /// The message, as binary parts.
        #[n(1)]
        message: Compact,
    },
    /// The sandbox's accounts and mails; answered by tenants on the sandbox directory only.
    #[n(1)]
    Sandbox {
        /// The language of the page. The agent does not read it.
        #[n(0)]
        language: String,
    },
    /// The HTML of one of the sandbox's mails; answered by tenants on the sandbox directory only.
    #[n(2)]
    SandboxMail {
        /// The number of the mail, as in [`SandboxMail::number`].
        #[n(0)]
        number: u64,
    },
}

/// The agent's answer to an [`Ask`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Answer {
    /// The sealed reply.
    #[n(0)]
    Reply {
        /// The reply, as binary parts.
        #[n(0)]
        message: Compact,
    },
    /// The package arrived after its expiry: nothing was done.
    #[n(1)]
    Expired,
    /// The message could not be opened: nothing was done.
    #[n(2)]
    NotAccepted,
    /// The sandbox.
    #[n(3)]
    Sandbox {
        /// The accounts and mails.
        #[n(0)]
        view: SandboxView,
    },
    /// The HTML of one of the sandbox's mails; none if the mail is not kept any more.
    #[n(4)]
    SandboxMail {
        /// The complete document.
        #[n(0)]
        html: Option<String>,
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
    /// The initial password of every account.
    #[n(2)]
    pub first_password: String,
    /// The answers that can be requested, each by an account of its own.
    #[cbor(n(3), default)]
    pub answers: Vec<SandboxAnswer>,
}

/// A scripted account.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SandboxAccount {
    /// Its login name.
    #[n(0)]
    pub login_name: String,
    /// The name of its scripted behaviour: the second half of the Fluent key `sandbox-does-…`.
    #[n(1)]
    pub script: String,
    /// The codes that its owner could enter now: from the authenticator, the list of recovery codes
    /// and the helpdesk.
    #[cbor(n(3), default)]
    pub codes: Vec<SandboxCode>,
    /// The name of the kind of flow that shows its behaviour.
    #[cbor(n(4), default)]
    pub flow: String,
}

/// A code that is valid now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SandboxCode {
    /// The name of the kind of gate that accepts it.
    #[n(0)]
    pub kind: String,
    /// The code.
    #[n(1)]
    pub code: String,
    /// The number of seconds after which another code replaces it, if one does.
    #[n(2)]
    pub seconds: Option<u64>,
}

/// An answer of the agent, and the account that gets it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SandboxAnswer {
    /// The login name of its account: the code of the reason.
    #[n(0)]
    pub login_name: String,
    /// The name of the step that gives it: the second half of the Fluent key `sandbox-at-…`.
    #[n(1)]
    pub step: String,
    /// The name of the kind of flow that has this step.
    #[n(2)]
    pub flow: String,
    /// The codes that the account's owner could enter now.
    #[n(3)]
    pub codes: Vec<SandboxCode>,
    /// The numbers in its text, by the names of the Fluent arguments.
    #[n(4)]
    pub numbers: Vec<(String, u16)>,
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
    /// The time at which it was sent, in seconds since the Unix epoch.
    #[n(3)]
    pub sent_at: u64,
    /// Its number since the agent was started.
    #[cbor(n(4), default)]
    pub number: u64,
    /// The code in it, if there is one.
    #[n(5)]
    pub code: Option<String>,
    /// It is also in HTML, for which [`Ask::SandboxMail`] asks.
    #[cbor(n(6), default)]
    pub has_html: bool,
}
