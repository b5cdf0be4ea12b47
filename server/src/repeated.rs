//! Rate limiting of log lines that strangers can provoke: one a minute, with a count of events.

use std::sync::{Mutex, PoisonError};

/// The shortest time between two lines, in seconds.
const INTERVAL_SECONDS: u64 = 60;

/// Limits one kind of line.
#[derive(Debug, Default)]
pub struct LogLimiter(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    last: Option<u64>,
    unlogged: u64,
}

impl LogLimiter {
    /// Counts an event at `now`, in seconds since the Unix epoch. If a line is due, returns the
    /// number of events since the line before.
    pub fn log(&self, now: u64) -> Option<u64> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.unlogged += 1;
        // A clock that was set back must not suppress the line.
        let recent = |last: u64| (last..last.saturating_add(INTERVAL_SECONDS)).contains(&now);
        if state.last.is_some_and(recent) {
            return None;
        }
        state.last = Some(now);
        Some(std::mem::take(&mut state.unlogged))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_line_a_minute_with_a_count() {
        let limiter = LogLimiter::default();
        assert_eq!(limiter.log(1000), Some(1));
        let logged = (0..99).filter_map(|_| limiter.log(1000 + INTERVAL_SECONDS - 1));
        assert_eq!(logged.count(), 0);
        assert_eq!(limiter.log(1000 + INTERVAL_SECONDS), Some(100));
        assert_eq!(limiter.log(10), Some(1), "the clock was set back");
    }
}
