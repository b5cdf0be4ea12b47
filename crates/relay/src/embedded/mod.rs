//! The embedded relay: the agent dials out to the portal by WebSocket, without any further service.
//!
//! The portal's half is [`Embedded`], the agent's [`run`]; [`enroll`] gives an agent the
//! credentials that both need. Each side sends something at least every [`Timing::beat`], and drops
//! a connection on which it has received nothing for [`Timing::silence`].

mod agent;
mod connection;
mod dial;
mod ended;
mod enrollment;
mod link;
mod portal;
mod skew;
mod slots;

pub use agent::{Dial, run};
pub use dial::DialError;
pub use enrollment::{
    Authorization, Credentials, EnrollError, Enrollment, confirm_enrollment, enroll,
    receive_enrollment, secret_hash, secret_matches,
};
pub use portal::{Disconnect, Embedded};

use std::time::Duration;

/// The maximum number of pending asks of one tenant, on either side.
pub const MAX_ASKS: usize = 256;

/// The time limits and intervals of the embedded relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// The time limit for the hello on the portal, and for connecting and closing on either side.
    pub hello: Duration,
    /// The interval of the agent's heartbeats.
    pub beat: Duration,
    /// The time without a package after which the connection is dropped.
    pub silence: Duration,
    /// The agent's first wait before it connects again; it doubles each time.
    pub back_off: Duration,
    /// The longest such wait. With connecting included, the agent is back within 5 seconds.
    pub back_off_limit: Duration,
    /// The agent's wait after a refusal that only a person can resolve.
    pub refused: Duration,
    /// The time limit for a handler.
    pub answer: Duration,
    /// The time limit for a stopping agent to finish its pending asks.
    pub stop: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            hello: Duration::from_secs(5),
            beat: Duration::from_secs(4),
            silence: Duration::from_secs(12),
            back_off: Duration::from_millis(200),
            back_off_limit: Duration::from_secs(4),
            refused: Duration::from_secs(30),
            answer: Duration::from_secs(120),
            stop: Duration::from_secs(10),
        }
    }
}
