//! The health of the mail server, regardless of recipients: while it accepts nothing, people are
//! told at once and the log contains the cause.

use super::smtp::{Smtp, Unsent};
use postern_store::Clock;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// The pause before a failed server is greeted again; each later one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(2);

/// The longest such pause.
const MAX_PAUSE: Duration = Duration::from_secs(30);

/// The interval at which a lasting failure is logged again, in seconds.
const REMINDER_SECONDS: u64 = 60 * 60;

/// The health of the mail server.
pub(super) struct Health {
    state: Mutex<State>,
    /// Wakes [`Health::watch`] to greet the server.
    greet_requested: Notify,
    clock: Clock,
}

/// The state of the mail server; times are in seconds since the Unix epoch.
#[derive(Default)]
struct State {
    /// The last attempt failed because of the server, not because of the mail.
    broken: bool,
    /// The time at which the server last accepted a mail or a greeting.
    worked_at: Option<u64>,
    /// The time at which its failure was last logged.
    logged_at: Option<u64>,
}

impl Health {
    /// Creates the health of a server that is taken to work until an attempt fails.
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            state: Mutex::default(),
            greet_requested: Notify::new(),
            clock,
        }
    }

    /// Reports whether the last attempt failed because of the server.
    pub(super) fn is_broken(&self) -> bool {
        self.state().broken
    }

    /// Reports whether the server is broken and has accepted nothing since a time.
    pub(super) fn is_broken_since(&self, time: u64) -> bool {
        let state = self.state();
        state.broken && state.worked_at.is_none_or(|worked_at| worked_at < time)
    }

    /// Has [`Health::watch`] greet the server.
    pub(super) fn check(&self) {
        self.greet_requested.notify_one();
    }

    /// Records the result of an attempt.
    pub(super) fn record(&self, smtp: &Smtp, attempt: &Result<(), Unsent>) {
        let now = (self.clock)();
        let (host, port) = smtp.server();
        let Err(Unsent {
            kind,
            status,
            server: Some(cause),
            ..
        }) = attempt
        else {
            let mut state = self.state();
            state.worked_at = Some(now);
            if core::mem::take(&mut state.broken) {
                tracing::info!(host, port, "the mail server takes mail again");
            }
            return;
        };
        let mut state = self.state();
        let was_broken = core::mem::replace(&mut state.broken, true);
        let is_recent = |logged_at: u64| now < logged_at.saturating_add(REMINDER_SECONDS);
        if !was_broken || !state.logged_at.is_some_and(is_recent) {
            state.logged_at = Some(now);
            tracing::error!(
                host,
                port,
                kind,
                status,
                cause,
                "the mail server takes no mail: no codes can be mailed"
            );
        }
        if !was_broken {
            self.greet_requested.notify_one();
        }
    }

    /// Greets the server when woken, and again until it works; never returns.
    pub(super) async fn watch(&self, smtp: &Smtp) {
        loop {
            self.greet_requested.notified().await;
            let mut pause = FIRST_PAUSE;
            loop {
                self.record(smtp, &smtp.greet().await);
                if !self.is_broken() {
                    break;
                }
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(MAX_PAUSE);
            }
        }
    }

    /// Locks the state. A panic elsewhere cannot leave it half-changed.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Security;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn a_failure_that_lasts_is_said_again_every_hour_and_tells_which_codes_wait() {
        let now = Arc::new(AtomicU64::new(0));
        let clock = Arc::clone(&now);
        let health = Health::new(Arc::new(move || clock.load(Ordering::Relaxed)));
        let from = "reset@contoso.example".parse().unwrap();
        let smtp = Smtp::new("127.0.0.1", 25, Security::None, None, None, from).unwrap();
        let record = |at, attempt| {
            now.store(at, Ordering::Relaxed);
            health.record(&smtp, &attempt);
            health.state().logged_at
        };
        let failed = || Err(Unsent::timed_out());
        assert_eq!(record(10, Ok(())), None);
        for (at, logged_at) in [(20, 20), (3_619, 20), (3_620, 3_620), (3_700, 3_620)] {
            assert_eq!(record(at, failed()), Some(logged_at));
        }
        assert!(health.is_broken() && health.is_broken_since(11));
        assert!(
            !health.is_broken_since(10),
            "what was sent before has arrived"
        );
        record(3_710, Ok(()));
        assert!(!health.is_broken() && !health.is_broken_since(9_999));
        let logged_at = record(3_720, failed());
        assert_eq!(logged_at, Some(3_720), "it is another failure");
    }
}
