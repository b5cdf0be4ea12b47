//! The tenant's pace: at most so many codes a minute. What is more waits a little, and what was
//! asked for from quiet networks goes first. Nobody is told, so that nobody learns by it.

use crate::request::RequestContext;
use postern_envelope::Secret;
use postern_protocol::{Device, FlowKind, GateKind};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

const MINUTE: u64 = 60;

/// How many codes wait at most. Beyond it those of the busiest networks are dropped.
const WAITING: usize = 4096;

/// A code that is to be sent.
pub(crate) struct Waiting {
    pub call: RequestContext,
    pub device: Option<Device>,
    pub flow_kind: FlowKind,
    pub kind: GateKind,
    /// The addresses or numbers that it goes to.
    pub to: Vec<String>,
    pub code: Secret,
    pub until: u64,
    /// How busy the network is that asked for it.
    pub busy: u32,
}

/// When codes were sent, and those that wait. Not in the store: it is over in a few minutes, and
/// so are the codes.
#[derive(Default)]
pub(crate) struct Pace(Mutex<State>);

#[derive(Default)]
struct State {
    sent: VecDeque<u64>,
    waiting: Vec<Waiting>,
}

impl Pace {
    /// Whether a code may be sent at once. If not, it waits.
    pub(crate) fn at_once(&self, code: Waiting, most: u16, now: u64) -> Option<Waiting> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.waiting.is_empty() && state.take(most, now) {
            return Some(code);
        }
        // Quiet networks first, among equals who came first.
        let place = state
            .waiting
            .partition_point(|other| other.busy <= code.busy);
        state.waiting.insert(place, code);
        if state.waiting.len() > WAITING {
            state.waiting.pop();
            tracing::warn!("a code is not sent: too many wait");
        }
        None
    }

    /// Whether something else than a code may be sent: codes go first.
    pub(crate) fn takes_another(&self, most: u16, now: u64) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.is_empty() && state.take(most, now)
    }

    /// The codes that may be sent now.
    pub(crate) fn due(&self, most: u16, now: u64) -> Vec<Waiting> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.retain(|code| code.until > now);
        let mut due = 0;
        while due < state.waiting.len() && state.take(most, now) {
            due += 1;
        }
        state.waiting.drain(..due).collect()
    }
}

impl State {
    /// Takes one of the minute's places, if there is one left.
    fn take(&mut self, most: u16, now: u64) -> bool {
        while self
            .sent
            .front()
            .is_some_and(|at| at.saturating_add(MINUTE) <= now)
        {
            self.sent.pop_front();
        }
        let free = self.sent.len() < usize::from(most);
        if free {
            self.sent.push_back(now);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(id: u8, busy: u32) -> Waiting {
        Waiting {
            call: RequestContext {
                support_code: String::new(),
                language: String::new(),
                networks: Vec::new(),
            },
            device: None,
            flow_kind: FlowKind::Reset,
            kind: GateKind::Mail,
            to: vec![id.to_string()],
            code: Secret::from("12345678"),
            until: 600,
            busy,
        }
    }

    #[test]
    fn at_the_cap_quiet_networks_are_served_before_busy_ones() {
        let pace = Pace::default();
        for id in 1..=2 {
            assert!(pace.at_once(code(id, 900), 2, 0).is_some());
        }
        for (id, busy) in [(3, 900), (4, 900), (5, 0), (6, 10), (7, 0)] {
            assert!(pace.at_once(code(id, busy), 2, 10).is_none());
        }
        let due = |now| -> Vec<u8> {
            let due = pace.due(2, now).into_iter();
            due.map(|code| code.to[0].parse().unwrap()).collect()
        };
        assert!(due(59).is_empty());
        assert_eq!(due(60), [5, 7]);
        assert!(due(119).is_empty());
        assert_eq!(due(120), [6, 3]);
        assert!(pace.at_once(code(8, 0), 2, 200).is_none(), "others wait");
        assert!(due(600).is_empty(), "no longer good");
    }
}
