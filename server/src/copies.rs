//! Copies of one message, as networks and impatient clients send them: all get the answer of the
//! first copy, and the agent receives the message once.

use aws_lc_rs::digest::{SHA256, digest};
use postern_envelope::Compact;
use postern_protocol::Problem;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// The number of messages that are remembered. Copies of further ones need a proof of their own.
const MAX_REMEMBERED: usize = 1024;

/// The time that an answer is remembered, in seconds: copies that were sent together do not arrive
/// together.
const REMEMBERED_SECONDS: u64 = 10;

/// The answer to a message.
pub type Outcome = Result<Arc<Compact>, Problem>;

type Key = [u8; 32];

/// The pending messages that came with a proof, and their answers.
#[derive(Debug, Default)]
pub struct Copies(Mutex<RememberedMessages>);

/// The contents of [`Copies`], accessible while it is locked.
#[derive(Debug, Default)]
pub struct RememberedMessages(HashMap<Key, (watch::Receiver<Option<Outcome>>, u64)>);

/// The first copy of a message, until it is answered.
#[derive(Debug)]
pub struct FirstCopy {
    copies: Arc<Copies>,
    key: Key,
    answer: watch::Sender<Option<Outcome>>,
}

/// The pending answer for a later copy.
#[derive(Debug)]
pub struct LaterCopy(watch::Receiver<Option<Outcome>>);

impl Copies {
    /// Locks the messages for the duration of a decision.
    pub fn lock(&self) -> MutexGuard<'_, RememberedMessages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RememberedMessages {
    /// Registers a message that is now carried. None if too many are registered.
    pub fn register(&mut self, copies: &Arc<Copies>, key: Key, now: u64) -> Option<FirstCopy> {
        if self.0.len() >= MAX_REMEMBERED {
            self.0
                .retain(|_, (answer, until)| answer.borrow().is_none() || *until > now);
        }
        if self.0.len() >= MAX_REMEMBERED {
            return None;
        }
        let (answer, receiver) = watch::channel(None);
        self.0.insert(key, (receiver, u64::MAX));
        Some(FirstCopy {
            copies: Arc::clone(copies),
            key,
            answer,
        })
    }

    /// Returns the answer of a message that is pending or was answered a moment ago.
    pub fn find(&self, key: &Key, now: u64) -> Option<LaterCopy> {
        let (answer, until) = self.0.get(key)?;
        (*until > now).then(|| LaterCopy(answer.clone()))
    }
}

impl FirstCopy {
    /// Sends the answer to all copies. A failure goes only to those that wait, so that a later copy
    /// is a new attempt.
    pub fn answer(self, outcome: Outcome, now: u64) {
        let is_final = outcome.is_ok();
        self.answer.send_replace(Some(outcome));
        if is_final && let Some((_, until)) = self.copies.lock().0.get_mut(&self.key) {
            *until = now.saturating_add(REMEMBERED_SECONDS);
        }
    }
}

impl Drop for FirstCopy {
    fn drop(&mut self) {
        let answered = matches!(*self.answer.borrow(), Some(Ok(_)));
        if !answered {
            self.copies.lock().0.remove(&self.key);
        }
    }
}

impl LaterCopy {
    /// Waits for the answer. None if the first copy was dropped without an answer.
    pub async fn outcome(mut self) -> Option<Outcome> {
        let answered = self.0.wait_for(Option::is_some).await;
        answered.ok()?.clone()
    }
}

/// Returns the key that all copies of a message share.
pub fn key(tenant: &str, message: &[u8]) -> Key {
    let mut key = [0; 32];
    // A tenant's name cannot contain a line break.
    let input = [tenant.as_bytes(), b"\n", message].concat();
    key.copy_from_slice(digest(&SHA256, &input).as_ref());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply() -> Outcome {
        let reply = Compact::parse(b"e30.AAAA.AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
        Ok(Arc::new(reply.unwrap()))
    }

    #[tokio::test]
    async fn copies_get_the_answer_of_the_first_also_a_moment_later() {
        let copies = Arc::new(Copies::default());
        let key = key("contoso", b"message");
        assert!(copies.lock().find(&key, 0).is_none());
        let first = copies.lock().register(&copies, key, 0).unwrap();
        let copy = copies.lock().find(&key, 0).unwrap();
        first.answer(reply(), 5);
        assert_eq!(copy.outcome().await, Some(reply()));
        let later = copies
            .lock()
            .find(&key, 5 + REMEMBERED_SECONDS - 1)
            .unwrap();
        assert_eq!(later.outcome().await, Some(reply()));
        assert!(copies.lock().find(&key, 5 + REMEMBERED_SECONDS).is_none());
    }

    #[tokio::test]
    async fn a_failure_is_told_to_those_that_wait_alone() {
        let copies = Arc::new(Copies::default());
        let key = key("contoso", b"message");
        let first = copies.lock().register(&copies, key, 0).unwrap();
        let copy = copies.lock().find(&key, 0).unwrap();
        first.answer(Err(Problem::NoAnswer), 0);
        assert_eq!(copy.outcome().await, Some(Err(Problem::NoAnswer)));
        assert!(copies.lock().find(&key, 0).is_none());
        let given_up = copies.lock().register(&copies, key, 0).unwrap();
        let copy = copies.lock().find(&key, 0).unwrap();
        drop(given_up);
        assert_eq!(copy.outcome().await, None);
    }

    #[test]
    fn what_is_known_has_a_bound_and_is_forgotten_in_time() {
        let copies = Arc::new(Copies::default());
        let register = |number: usize, now| {
            let key = key("contoso", &number.to_be_bytes());
            copies.lock().register(&copies, key, now)
        };
        let all: Vec<_> = (0..MAX_REMEMBERED + 10)
            .filter_map(|number| register(number, 0))
            .collect();
        assert_eq!(all.len(), MAX_REMEMBERED);
        for first in all {
            first.answer(reply(), 0);
        }
        assert!(register(MAX_REMEMBERED, REMEMBERED_SECONDS - 1).is_none());
        assert!(register(MAX_REMEMBERED, REMEMBERED_SECONDS).is_some());
    }
}
