//! The embedded relay: the agent dials out to the portal by WebSocket, and nothing else is needed.
//!
//! The portal's half is [`Embedded`], the agent's [`run`]; [`enroll`] gives an agent the
//! credentials both need. Either side says something at least every [`Timing::beat`], and drops a
//! connection on which it has heard nothing for [`Timing::silence`].

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

/// How many asks of one tenant may be under way at once, on either side.
pub const MAX_ASKS: usize = 256;

/// Every waiting time of the embedded relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// How long the portal waits for the hello, and either side for a connection or its closing.
    pub hello: Duration,
    /// The agent's heartbeat.
    pub beat: Duration,
    /// How long nothing may be heard before the connection is dropped.
    pub silence: Duration,
    /// The agent's first wait before it connects again; it doubles each time.
    pub back_off: Duration,
    /// The longest such wait. With the connecting itself the agent is back within 5 seconds.
    pub back_off_limit: Duration,
    /// The agent's wait after a refusal that only a person can mend.
    pub refused: Duration,
    /// How long a handler may take before it is given up.
    pub answer: Duration,
    /// How long a stopping agent finishes what it was asked.
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
