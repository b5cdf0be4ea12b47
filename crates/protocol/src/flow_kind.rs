//! The kinds of flows.

use minicbor::{Decode, Encode};

/// The kind of a flow. Each has a page of its own, and the agent's configuration allows it or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum FlowKind {
    /// A forgotten password: the person passes gates and sets a new one.
    #[default]
    #[n(0)]
    Reset,
    /// A change of the password with the current one, also if that has expired or must be changed.
    #[n(1)]
    Change,
    /// A locked account: the person passes gates, and it is unlocked and keeps its password.
    #[n(2)]
    Unlock,
    /// A forgotten user name, which is mailed to the account's address.
    #[n(3)]
    UserName,
    /// The methods for a password reset: the person can see, add, remove and confirm them.
    #[n(4)]
    Methods,
}

impl FlowKind {
    /// Every flow, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Reset,
        Self::Change,
        Self::Unlock,
        Self::UserName,
        Self::Methods,
    ];

    /// Returns the stable name: the path of the flow's page, and the first half of its Fluent keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Change => "change",
            Self::Unlock => "unlock",
            Self::UserName => "user-name",
            Self::Methods => "methods",
        }
    }

    /// Reports whether the person signs in with the current password first.
    #[must_use]
    pub const fn begins_with_password(self) -> bool {
        matches!(self, Self::Change | Self::Methods)
    }

    /// Finds a flow by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|flow_kind| flow_kind.name() == name)
    }
}
