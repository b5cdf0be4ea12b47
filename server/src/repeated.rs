//! Log lines that strangers could provoke: one a minute, with how often it would have been.

use std::sync::{Mutex, PoisonError};

/// How many seconds are between two lines.
const INTERVAL: u64 = 60;

/// One kind of line.
#[derive(Debug, Default)]
pub struct Repeated(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    last: Option<u64>,
    unlogged: u64,
}

impl Repeated {
    /// Whether to write a line now, at `now` in seconds since the Unix epoch: then how often it
    /// happened since the line before.
    pub fn log(&self, now: u64) -> Option<u64> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.unlogged += 1;
        // A clock that was set back must not keep the log silent.
        let recent = |last: u64| (last..last.saturating_add(INTERVAL)).contains(&now);
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
        let repeated = Repeated::default();
        assert_eq!(repeated.log(1000), Some(1));
        let logged = (0..99).filter_map(|_| repeated.log(1000 + INTERVAL - 1));
        assert_eq!(logged.count(), 0);
        assert_eq!(repeated.log(1000 + INTERVAL), Some(100));
        assert_eq!(repeated.log(10), Some(1), "the clock was set back");
    }
}
