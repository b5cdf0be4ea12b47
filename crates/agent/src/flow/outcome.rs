//! The outcome of a request: the change to the flow, and the reply to the person.

use super::{Flow, Proven, State};
use postern_envelope::{MAX_BODY, REPLY_MINIMUM, Secret};
use postern_gates::GateError;
use postern_protocol::{FlowKind, Policy, Reason, Reply, Step};
use postern_store::NoRandom;
use postern_store::store::StoreError;

/// The maximum length of a reply without its token, so that the whole reply fits the smaller
/// bucket.
const MAX_STEP_REPLY_BYTES: usize = 480;

/// The maximum length of a whole reply in the smaller bucket, of which the payload's array and its
/// version take two bytes.
const MAX_SMALL_REPLY_BYTES: usize = REPLY_MINIMUM - 2;

/// The outcome of a request.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The change to the flow.
    pub after: After,
    /// The step shown to the person.
    pub step: Step,
    /// The reason for which the request was refused, if it was.
    pub reason: Option<Reason>,
    /// The number of recovery codes left, if one was just used.
    pub codes_left: Option<u16>,
    /// The kind of flow to suggest next.
    pub next: Option<FlowKind>,
}

/// The change to a flow.
#[derive(Debug)]
pub(crate) enum After {
    /// There is no flow, or it stays as it is.
    None,
    /// The flow continues, with a new token.
    Continues(Flow),
    /// The flow has ended; it is kept in its last state until it expires.
    Ended(Flow),
    /// The flow has ended with a new password or an unlocked account.
    Completed(Flow),
    /// The flow has ended, and it is unknown whether the password was set.
    InDoubt(Flow),
    /// The flow is deleted.
    Forgotten(Flow),
}

impl Outcome {
    /// Refuses a request that has no flow to continue.
    pub(crate) fn refused(reason: Reason) -> Self {
        Self {
            after: After::None,
            step: Step::Identify,
            reason: Some(reason),
            codes_left: None,
            next: None,
        }
    }

    /// Ends the flow and deletes it.
    pub(crate) fn flow_ended(flow: Flow, reason: Reason) -> Self {
        Self {
            after: After::Forgotten(flow),
            step: Step::Identify,
            reason: Some(reason),
            codes_left: None,
            next: None,
        }
    }

    /// Adds the number of recovery codes left.
    pub(crate) fn with_codes_left(self, codes_left: Option<u16>) -> Self {
        Self { codes_left, ..self }
    }

    /// Returns the outcome that the state of the flow implies. [`State::Setting`] becomes
    /// [`State::InDoubt`].
    pub(crate) fn flow_continues(mut flow: Flow, reason: Option<Reason>, now: u64) -> Self {
        let was_setting = matches!(flow.state, State::Setting(_));
        if was_setting {
            flow.state = State::InDoubt;
        }
        let (step, ended) = match &flow.state {
            State::Proving(proving) => (proving.step(flow.expires, now), false),
            State::Proven(proven) => {
                let step = match &proven.policy {
                    Some(policy) => new_password_step(policy.clone(), flow.expires),
                    None => all_passed_step(proven, flow.expires),
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
                After::Continues(flow)
            },
        }
    }
}

/// A request failed for an internal reason.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Random(#[from] NoRandom),
    #[error(transparent)]
    Gate(#[from] GateError),
    #[error("the reply could not be sealed")]
    Seal,
}

impl Fault {
    /// Returns the reason reported to the person.
    pub(crate) const fn reason(&self) -> Reason {
        match self {
            Self::Store(_) | Self::Gate(GateError::Store(_)) => Reason::StoreUnavailable,
            Self::Random(_) | Self::Gate(_) | Self::Seal => Reason::Internal,
        }
    }
}

/// Adds the name that the flow began with to a reply, unless that would need a larger bucket: the
/// size of a reply must not depend on the name.
pub(crate) fn add_name(reply: &mut Reply, name: Option<Secret>) {
    if name.is_none() {
        return;
    }
    let size = |reply: &Reply| postern_protocol::encode(reply).expose().len();
    let room = if size(reply) <= MAX_SMALL_REPLY_BYTES {
        MAX_SMALL_REPLY_BYTES
    } else {
        MAX_BODY
    };
    reply.name = name;
    if size(reply) > room {
        reply.name = None;
    }
}

/// Returns a gate step with nothing left to pass, for a flow whose policy was never read. It is
/// continued by resuming.
fn all_passed_step(proven: &Proven, expires: u64) -> Step {
    Step::Gates {
        needed: u8::try_from(proven.passed.len()).unwrap_or(u8::MAX),
        passed: proven.passed.clone(),
        gates: Vec::new(),
        expires,
    }
}

/// Returns the step that asks for a new password.
fn new_password_step(mut policy: Policy, expires: u64) -> Step {
    // The names are only hints, the agent checks all of them: a long display name must not make
    // this reply larger than all others.
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
            name: None,
        };
        let fits = postern_protocol::encode(&reply).expose().len() <= MAX_STEP_REPLY_BYTES;
        if fits || policy.name_parts.pop().is_none() {
            return reply.step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_protocol::{FlowToken, Gate, GateKind, encode};

    /// Returns a reply with a hint of this length.
    fn reply(hint_bytes: usize) -> Reply {
        Reply {
            token: Some(FlowToken([7; 16])),
            step: Step::Gates {
                needed: 1,
                passed: Vec::new(),
                gates: vec![Gate {
                    id: 1,
                    kind: GateKind::Mail,
                    hint: Some("x".repeat(hint_bytes)),
                    sent_until: None,
                    challenge: None,
                }],
                expires: u64::MAX,
            },
            reason: None,
            codes_left: None,
            next: None,
            name: None,
        }
    }

    #[test]
    fn a_name_does_not_make_a_larger_reply() {
        let is_small = |reply: &Reply| encode(reply).expose().len() <= MAX_SMALL_REPLY_BYTES;
        for hint_bytes in (0..960).step_by(7) {
            let without = reply(hint_bytes);
            for name_bytes in [0, 8, 64, 256] {
                let mut with = reply(hint_bytes);
                add_name(&mut with, Some(Secret::new(vec![b'a'; name_bytes])));
                assert_eq!(is_small(&with), is_small(&without), "{hint_bytes}");
                assert!(encode(&with).expose().len() <= MAX_BODY, "{hint_bytes}");
                let fits = hint_bytes <= 200 || (500..700).contains(&hint_bytes);
                assert!(with.name.is_some() || !fits, "{hint_bytes}, {name_bytes}");
            }
        }
    }

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
        let Step::NewPassword { policy: shown, .. } = new_password_step(policy, u64::MAX) else {
            panic!("not the step of a new password");
        };
        assert!((10..60).contains(&shown.name_parts.len()));
    }
}
