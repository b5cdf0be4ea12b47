//! The tenant's pace: a maximum number of codes per minute. Further codes are queued, those of
//! quiet networks first. Requesters are not told, so that they learn nothing from it.

use postern_gates::OutgoingCode;
use postern_protocol::GateKind;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

const MINUTE_SECONDS: u64 = 60;

/// The maximum number of queued codes. Beyond it, those of the busiest networks are dropped.
const MAX_QUEUED_CODES: usize = 4096;

/// A code to be sent.
pub(crate) struct QueuedCode {
    pub kind: GateKind,
    pub code: OutgoingCode,
    /// The load of the requester's networks, in thousandths of their share.
    pub load_permille: u32,
}

/// The times of sent codes, and the queued codes. Not in the store, since both are obsolete within
/// a few minutes.
#[derive(Default)]
pub(crate) struct Pace(Mutex<State>);

#[derive(Default)]
struct State {
    sent: VecDeque<u64>,
    waiting: Vec<QueuedCode>,
}

impl Pace {
    /// Returns the code if it may be sent at once; otherwise queues it.
    pub(crate) fn admit_or_queue(
        &self,
        code: QueuedCode,
        max_per_minute: u16,
        now: u64,
    ) -> Option<QueuedCode> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.waiting.is_empty() && state.take_slot(max_per_minute, now) {
            return Some(code);
        }
        // Quiet networks first, equals in order of arrival.
        let place = state
            .waiting
            .partition_point(|other| other.load_permille <= code.load_permille);
        state.waiting.insert(place, code);
        if state.waiting.len() > MAX_QUEUED_CODES {
            state.waiting.pop();
            tracing::warn!("a code is dropped: too many are queued");
        }
        None
    }

    /// Takes a place for a mail that is not a code, if no code is queued and a place is left.
    pub(crate) fn try_reserve(&self, max_per_minute: u16, now: u64) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.is_empty() && state.take_slot(max_per_minute, now)
    }

    /// Removes the codes that may be sent now from the queue and returns them.
    pub(crate) fn take_due(&self, max_per_minute: u16, now: u64) -> Vec<QueuedCode> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.retain(|queued| queued.code.until > now);
        let mut due = 0;
        while due < state.waiting.len() && state.take_slot(max_per_minute, now) {
            due += 1;
        }
        state.waiting.drain(..due).collect()
    }
}

impl State {
    /// Takes one of the minute's places; returns `false` if none is left.
    fn take_slot(&mut self, max_per_minute: u16, now: u64) -> bool {
        while self
            .sent
            .front()
            .is_some_and(|at| at.saturating_add(MINUTE_SECONDS) <= now)
        {
            self.sent.pop_front();
        }
        let free = self.sent.len() < usize::from(max_per_minute);
        if free {
            self.sent.push_back(now);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_envelope::Secret;
    use postern_protocol::FlowKind;

    fn code(id: u8, load_permille: u32) -> QueuedCode {
        QueuedCode {
            kind: GateKind::Mail,
            code: OutgoingCode {
                to: vec![id.to_string()],
                code: Secret::from("12345678"),
                until: 600,
                flow_kind: FlowKind::Reset,
                device: None,
                language: String::new(),
                support_code: String::new(),
            },
            load_permille,
        }
    }

    #[test]
    fn at_the_cap_quiet_networks_are_served_before_busy_ones() {
        let pace = Pace::default();
        for id in 1..=2 {
            assert!(pace.admit_or_queue(code(id, 900), 2, 0).is_some());
        }
        for (id, load) in [(3, 900), (4, 900), (5, 0), (6, 10), (7, 0)] {
            assert!(pace.admit_or_queue(code(id, load), 2, 10).is_none());
        }
        let due = |now| -> Vec<u8> {
            let due = pace.take_due(2, now).into_iter();
            due.map(|code| code.code.to[0].parse().unwrap()).collect()
        };
        assert!(due(59).is_empty());
        assert_eq!(due(60), [5, 7]);
        assert!(due(119).is_empty());
        assert_eq!(due(120), [6, 3]);
        assert!(
            pace.admit_or_queue(code(8, 0), 2, 200).is_none(),
            "others wait"
        );
        assert!(due(600).is_empty(), "no longer good");
    }
}
