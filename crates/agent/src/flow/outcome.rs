//! How a request ends: what becomes of the flow, and what the person is told.

use super::{Flow, Proven, State};
use crate::{NoRandom, PasskeyError, StoreError};
use postern_protocol::{FlowKind, Policy, Reason, Reply, Step};

/// The longest reply that still fits the smaller bucket, with its token.
const COMFORTABLE: usize = 480;

/// The end of a request.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// What becomes of the flow.
    pub after: After,
    /// Where it stands.
    pub step: Step,
    /// Why the request was refused, if it was.
    pub reason: Option<Reason>,
    /// How many recovery codes are left, where one was just used.
    pub codes_left: Option<u16>,
    /// What is worth doing next.
    pub next: Option<FlowKind>,
}

/// What becomes of a flow.
#[derive(Debug)]
pub(crate) enum After {
    /// There is none, or it stays as it is.
    None,
    /// It goes on, with a fresh token.
    GoesOn(Flow),
    /// It has ended, and says so until it expires.
    Ended(Flow),
    /// It has ended with a new password or an unlocked account.
    Completed(Flow),
    /// It has ended, and nobody knows whether its password was set.
    InDoubt(Flow),
    /// It is forgotten.
    Forgotten(Flow),
}

impl Outcome {
    /// There is no flow to go on with.
    pub(crate) fn refused(reason: Reason) -> Self {
        Self {
            after: After::None,
            step: Step::Identify,
            reason: Some(reason),
            codes_left: None,
            next: None,
        }
    }

    /// The flow is over; nothing is left of it.
    pub(crate) fn flow_ended(flow: Flow, reason: Reason) -> Self {
        Self {
            after: After::Forgotten(flow),
            step: Step::Identify,
            reason: Some(reason),
            codes_left: None,
            next: None,
        }
    }

    /// The same, and so many recovery codes are left.
    pub(crate) fn with_codes_left(self, codes_left: Option<u16>) -> Self {
        Self { codes_left, ..self }
    }

    /// The flow stands where its state says.
    pub(crate) fn flow_continues(mut flow: Flow, reason: Option<Reason>, now: u64) -> Self {
        let was_setting = matches!(flow.state, State::Setting(_));
        if was_setting {
            flow.state = State::InDoubt;
        }
        let (step, ended) = match &flow.state {
            State::Proving(proving) => (proving.step(flow.expires, now), false),
            State::Proven(proven) => {
                let step = match &proven.policy {
                    Some(policy) => new_password(policy.clone(), flow.expires),
                    None => all_passed(proven, flow.expires),
                };
                (step, false)
            }
            State::Done => (Step::Done, true),
            State::Unlocked => (Step::Unlocked, true),
            State::ManagingMethods(managing) => (managing.step(flow.expires), false),
            State::Setting(_) | State::InDoubt => (Step::Identify, true),
        };
        let in_doubt = matches!(flow.state, State::InDoubt);
        Self {
            step,
            reason: if in_doubt {
                Some(Reason::InDoubt)
            } else {
                reason
            },
            codes_left: None,
            next: None,
            after: if was_setting {
                After::InDoubt(flow)
            } else if ended {
                After::Ended(flow)
            } else {
                After::GoesOn(flow)
            },
        }
    }
}

/// A request met a fault of ours.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Random(#[from] NoRandom),
    #[error("no challenge can be made: {0}")]
    Challenge(#[from] PasskeyError),
    #[error("the reply could not be sealed")]
    Seal,
}

impl Fault {
    /// What the person is told.
    pub(crate) const fn reason(&self) -> Reason {
        match self {
            Self::Store(_) => Reason::StoreUnavailable,
            Self::Random(_) | Self::Challenge(_) | Self::Seal => Reason::Internal,
        }
    }
}

/// All gates passed and the policy never read: a gate step with nothing left to pass. The way on
/// is to resume.
fn all_passed(proven: &Proven, expires: u64) -> Step {
    Step::Gates {
        needed: u8::try_from(proven.passed.len()).unwrap_or(u8::MAX),
        passed: proven.passed.clone(),
        gates: Vec::new(),
        expires,
    }
}

/// The step of a new password.
fn new_password(mut policy: Policy, expires: u64) -> Step {
    // Names are hints only, the agent judges by all of them: a long display name must not make
    // this reply larger than every other.
    loop {
        let step = Step::NewPassword {
            policy: policy.clone(),
            expires,
        };
        let reply = Reply {
            token: None,
            step,
            reason: None,
            codes_left: None,
            next: None,
        };
        let fits = postern_protocol::encode(&reply).expose().len() <= COMFORTABLE;
        if fits || policy.name_parts.pop().is_none() {
            return reply.step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_display_name_does_not_make_a_larger_reply() {
        let policy = Policy {
            minimum: 12,
            complexity: true,
            history: 24,
            too_young_until: Some(u64::MAX),
            account_name: String::new(),
            name_parts: Vec::new(),
            history_enforced: true,
        }
        .with_names("alice", &"abcdefghij ".repeat(60));
        let Step::NewPassword { policy: shown, .. } = new_password(policy, u64::MAX) else {
            panic!("not the step of a new password");
        };
        assert!((10..60).contains(&shown.name_parts.len()));
    }
}
