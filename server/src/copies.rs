//! Copies of one message, as networks and impatient clients send them: they get the answer of the
//! first, and the agent is asked once.

use aws_lc_rs::digest::{SHA256, digest};
use postern_envelope::Compact;
use postern_protocol::Problem;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// How many messages are known at once. Copies of more are asked for work of their own.
const MAX_KNOWN: usize = 1024;

/// How many seconds an answer is known after it came: copies that were sent at once do not arrive
/// at once.
const KNOWN_SECONDS: u64 = 10;

/// What a message was answered.
pub type Outcome = Result<Arc<Compact>, Problem>;

type Key = [u8; 32];

/// The messages under way that came with a proof, and their answers.
#[derive(Debug, Default)]
pub struct Copies(Mutex<Known>);

/// [`Copies`], while nobody else can change them.
#[derive(Debug, Default)]
pub struct Known(HashMap<Key, (watch::Receiver<Option<Outcome>>, u64)>);

/// The first of some copies, until it is answered.
#[derive(Debug)]
pub struct First {
    copies: Arc<Copies>,
    key: Key,
    answer: watch::Sender<Option<Outcome>>,
}

/// The answer that another copy waits for.
#[derive(Debug)]
pub struct Another(watch::Receiver<Option<Outcome>>);

impl Copies {
    /// What is known, for as long as a decision takes.
    pub fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// Takes note of a message that is carried now. None where too many are known.
    pub fn note(&mut self, copies: &Arc<Copies>, key: Key, now: u64) -> Option<First> {
        if self.0.len() >= MAX_KNOWN {
            self.0
                .retain(|_, (answer, until)| answer.borrow().is_none() || *until > now);
        }
        if self.0.len() >= MAX_KNOWN {
            return None;
        }
        let (answer, known) = watch::channel(None);
        self.0.insert(key, (known, u64::MAX));
        Some(First {
            copies: Arc::clone(copies),
            key,
            answer,
        })
    }

    /// The answer of a message that is under way, or was answered a moment ago.
    pub fn find(&self, key: &Key, now: u64) -> Option<Another> {
        let (answer, until) = self.0.get(key)?;
        (*until > now).then(|| Another(answer.clone()))
    }
}

impl First {
    /// Tells the answer to every copy. A failure is told to those that wait and to no later one,
    /// which may try again.
    pub fn answer(self, outcome: Outcome, now: u64) {
        let is_final = outcome.is_ok();
        self.answer.send_replace(Some(outcome));
        if is_final && let Some((_, until)) = self.copies.lock().0.get_mut(&self.key) {
            *until = now.saturating_add(KNOWN_SECONDS);
        }
    }
}

impl Drop for First {
    fn drop(&mut self) {
        let answered = matches!(*self.answer.borrow(), Some(Ok(_)));
        if !answered {
            self.copies.lock().0.remove(&self.key);
        }
    }
}

impl Another {
    /// Waits for the answer. None where whoever waited for it has gone.
    pub async fn outcome(mut self) -> Option<Outcome> {
        let answered = self.0.wait_for(Option::is_some).await;
        answered.ok()?.clone()
    }
}

/// What copies of a message have in common.
pub fn key(tenant: &str, message: &[u8]) -> Key {
    let mut key = [0; 32];
    // A tenant's name has no line break.
    let whole = [tenant.as_bytes(), b"\n", message].concat();
    key.copy_from_slice(digest(&SHA256, &whole).as_ref());
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
        let first = copies.lock().note(&copies, key, 0).unwrap();
        let copy = copies.lock().find(&key, 0).unwrap();
        first.answer(reply(), 5);
        assert_eq!(copy.outcome().await, Some(reply()));
        let later = copies.lock().find(&key, 5 + KNOWN_SECONDS - 1).unwrap();
        assert_eq!(later.outcome().await, Some(reply()));
        assert!(copies.lock().find(&key, 5 + KNOWN_SECONDS).is_none());
    }

    #[tokio::test]
    async fn a_failure_is_told_to_those_that_wait_alone() {
        let copies = Arc::new(Copies::default());
        let key = key("contoso", b"message");
        let first = copies.lock().note(&copies, key, 0).unwrap();
        let copy = copies.lock().find(&key, 0).unwrap();
        first.answer(Err(Problem::NoAnswer), 0);
        assert_eq!(copy.outcome().await, Some(Err(Problem::NoAnswer)));
        assert!(copies.lock().find(&key, 0).is_none());
        let given_up = copies.lock().note(&copies, key, 0).unwrap();
        let copy = copies.lock().find(&key, 0).unwrap();
        drop(given_up);
        assert_eq!(copy.outcome().await, None);
    }

    #[test]
    fn what_is_known_has_a_bound_and_is_forgotten_in_time() {
        let copies = Arc::new(Copies::default());
        let note = |number: usize, now| {
            let key = key("contoso", &number.to_be_bytes());
            copies.lock().note(&copies, key, now)
        };
        let all: Vec<_> = (0..MAX_KNOWN + 10)
            .filter_map(|number| note(number, 0))
            .collect();
        assert_eq!(all.len(), MAX_KNOWN);
        for first in all {
            first.answer(reply(), 0);
        }
        assert!(note(MAX_KNOWN, KNOWN_SECONDS - 1).is_none());
        assert!(note(MAX_KNOWN, KNOWN_SECONDS).is_some());
    }
}
