//! What is known of the mail server itself, whoever is written to: people are told at once while it
//! takes nothing, and whoever reads the log is told why.

use super::smtp::{Smtp, Unsent};
use crate::Clock;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// The pause before a server that does not work is greeted again; each later one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(2);

/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How often it is said again that it does not work, in seconds.
const REMIND: u64 = 60 * 60;

/// Whether the mail server takes mail.
pub(super) struct Health {
    known: Mutex<Known>,
    /// It is to be greeted.
    wanted: Notify,
    clock: Clock,
}

#[derive(Default)]
struct Known {
    /// The last attempt failed for a reason that is about no mail.
    broken: bool,
    /// When it last took a mail or a greeting.
    worked: Option<u64>,
    /// When it was last said that it does not.
    said: Option<u64>,
}

impl Health {
    /// It works until the contrary is known.
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            known: Mutex::default(),
            wanted: Notify::new(),
            clock,
        }
    }

    /// Whether it does not work.
    pub(super) fn is_broken(&self) -> bool {
        self.known().broken
    }

    /// Whether it does not work, and took nothing since a moment.
    pub(super) fn is_broken_since(&self, moment: u64) -> bool {
        let known = self.known();
        known.broken && known.worked.is_none_or(|worked| worked < moment)
    }

    /// Greets the server soon.
    pub(super) fn check(&self) {
        self.wanted.notify_one();
    }

    /// What an attempt tells of the server.
    pub(super) fn note(&self, smtp: &Smtp, attempt: &Result<(), Unsent>) {
        let now = (self.clock)();
        let (host, port) = smtp.server();
        let Err(Unsent {
            kind,
            status,
            server: Some(cause),
            ..
        }) = attempt
        else {
            let mut known = self.known();
            known.worked = Some(now);
            if core::mem::take(&mut known.broken) {
                tracing::info!(host, port, "the mail server takes mail again");
            }
            return;
        };
        let mut known = self.known();
        let was_broken = core::mem::replace(&mut known.broken, true);
        let said_lately = |said: u64| now < said.saturating_add(REMIND);
        if !was_broken || !known.said.is_some_and(said_lately) {
            known.said = Some(now);
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
            self.wanted.notify_one();
        }
    }

    /// Greets the server where that is wanted, and goes on until it works; never ends.
    pub(super) async fn watch(&self, smtp: &Smtp) {
        loop {
            self.wanted.notified().await;
            let mut pause = FIRST_PAUSE;
            loop {
                self.note(smtp, &smtp.greet().await);
                if !self.is_broken() {
                    break;
                }
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }

    /// What is known. A panic elsewhere cannot leave it half-changed.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
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
        let note = |at, attempt| {
            now.store(at, Ordering::Relaxed);
            health.note(&smtp, &attempt);
            health.known().said
        };
        let failed = || Err(Unsent::late());
        assert_eq!(note(10, Ok(())), None);
        for (at, said) in [(20, 20), (3_619, 20), (3_620, 3_620), (3_700, 3_620)] {
            assert_eq!(note(at, failed()), Some(said));
        }
        assert!(health.is_broken() && health.is_broken_since(11));
        assert!(
            !health.is_broken_since(10),
            "what was sent before has arrived"
        );
        note(3_710, Ok(()));
        assert!(!health.is_broken() && !health.is_broken_since(9_999));
        assert_eq!(note(3_720, failed()), Some(3_720), "it is another failure");
    }
}
