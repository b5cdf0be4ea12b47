//! What a person has come for.

use minicbor::{Decode, Encode};

/// The flows. Each has a page of its own, and the agent allows it or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum FlowKind {
    /// A forgotten password: gates, then a new one.
    #[default]
    #[n(0)]
    Reset,
    /// A new password by the current one, also where that has expired or must be changed.
    #[n(1)]
    Change,
    /// A locked account: gates, then it is unlocked and keeps its password.
    #[n(2)]
    Unlock,
    /// A forgotten user name, mailed to the address it belongs to.
    #[n(3)]
    UserName,
    /// The methods by which a password could be reset: to see, add, remove and confirm them.
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

    /// The stable name: the flow's address, and the first half of its Fluent keys.
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

    /// The flow of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|flow_kind| flow_kind.name() == name)
    }
}
