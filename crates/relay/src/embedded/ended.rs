//! The ways in which an agent's connection ends, with their log lines and waiting times.

use super::Timing;
use super::dial::DialError;
use super::link::Lost;
use crate::package::PackageError;
use postern_envelope::package::random;
use std::time::Duration;
use tracing::{error, warn};

/// The way in which a connection, or the attempt at one, ended. Its text is for the operator.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConnectionEnd {
    /// The connection could not be made.
    #[error("{0}")]
    NotConnected(DialError),
    /// The portal has no such tenant, or not on this host.
    #[error(
        "the portal has no such tenant (HTTP status 404): check `tenant` and `portal` in this \
         agent's configuration"
    )]
    NoTenant,
    /// The portal does not know this agent.
    #[error(
        "not enrolled, or the relay secret was refused (HTTP status {0}): \
         enroll this agent again with a code from the portal"
    )]
    NotEnrolled(u16),
    /// The portal uses another version.
    #[error("the portal speaks version {portal}, this agent version {agent}: update the older one")]
    Version {
        /// The portal's version.
        portal: u8,
        /// This agent's version.
        agent: u8,
    },
    /// The two do not share a package key.
    #[error(
        "the portal does not take this agent's package key or envelope key ({0}): enroll this \
         agent again"
    )]
    NotOpened(PackageError),
    /// Another agent of this tenant has replaced this one.
    #[error("another agent of this tenant has connected or enrolled: run one agent a tenant")]
    Replaced,
    /// The connection broke, or the portal closed it.
    #[error("{0}")]
    Lost(#[from] Lost),
}

impl ConnectionEnd {
    /// Reports whether only a person can resolve it: then it is an error, and retried slowly.
    const fn needs_operator(&self) -> bool {
        match self {
            Self::NotConnected(_) | Self::Lost(_) => false,
            Self::NoTenant
            | Self::NotEnrolled(_)
            | Self::Version { .. }
            | Self::NotOpened(_)
            | Self::Replaced => true,
        }
    }

    /// Writes the log line.
    pub fn log(&self, wait: Duration) {
        if self.needs_operator() {
            error!(?wait, "{self}");
        } else {
            warn!(?wait, "{self}");
        }
    }
}

impl From<DialError> for ConnectionEnd {
    fn from(error: DialError) -> Self {
        match error {
            DialError::Refused(404) => Self::NoTenant,
            DialError::Refused(status) => Self::NotEnrolled(status),
            error => Self::NotConnected(error),
        }
    }
}

/// Exponential back-off with jitter.
pub(super) struct BackOff {
    timing: Timing,
    next: Duration,
}

impl BackOff {
    pub const fn new(timing: Timing) -> Self {
        Self {
            timing,
            next: timing.back_off,
        }
    }

    /// Resets the wait to the first one, after a connection was established.
    pub const fn reset(&mut self) {
        self.next = self.timing.back_off;
    }

    /// Returns the wait after this end, and increases the next one.
    pub fn next_wait(&mut self, ended: &ConnectionEnd) -> Duration {
        if ended.needs_operator() {
            return jitter(self.timing.refused);
        }
        let wait = self.next;
        self.next = (wait * 2).min(self.timing.back_off_limit);
        jitter(wait)
    }
}

/// Returns a time between half of `wait` and all of it, so that agents do not reconnect in step.
fn jitter(wait: Duration) -> Duration {
    let byte = random(1)
        .ok()
        .and_then(|random| random.expose().first().copied());
    wait / 2 + wait / 2 * u32::from(byte.unwrap_or(u8::MAX)) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_limit_and_begin_anew() {
        let timing = Timing::default();
        let mut back_off = BackOff::new(timing);
        for full in [200, 400, 800, 1600, 3200, 4000, 4000] {
            let full = Duration::from_millis(full);
            let wait = back_off.next_wait(&ConnectionEnd::Lost(Lost::Closed));
            assert!(wait >= full / 2 && wait <= full, "{wait:?} of {full:?}");
        }
        back_off.reset();
        let wait = back_off.next_wait(&ConnectionEnd::Lost(Lost::Silent));
        assert!(wait <= timing.back_off);
    }

    #[test]
    fn what_only_a_person_can_mend_is_tried_slowly() {
        let mut back_off = BackOff::new(Timing::default());
        let wait = back_off.next_wait(&DialError::Refused(401).into());
        assert!(wait >= Duration::from_secs(15));
    }
}
