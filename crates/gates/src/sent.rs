//! Codes that are sent on request (mail, text message, call): eight random digits, sent once,
//! stored as a keyed hash bound to their flow.

use crate::code::{Code, constant_time_eq};
use crate::{Attempt, Checked, Checker, Verdict};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use postern_envelope::Secret;
use postern_protocol::SENT_DIGITS;
use postern_store::{Memory, NoRandom, StoreKey};

const CODE_COUNT: u32 = 10_u32.pow(SENT_DIGITS as u32);

/// The number of wrong answers that use up a code, however many tries the account has left.
pub const MAX_WRONG_ANSWERS: u8 = 5;

/// A code that was sent, without the code.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SentCode {
    #[n(0)]
    hash: ByteArray<32>,
    /// The time at which the code expires, in seconds since the Unix epoch.
    #[n(1)]
    pub until: u64,
    /// The number of wrong answers since the code was sent.
    #[n(2)]
    #[cbor(default)]
    wrong: u8,
}

impl SentCode {
    /// Hashes a code for one gate of one flow.
    #[must_use]
    pub fn new(key: &StoreKey, flow: &[u8; 16], gate: u8, code: &Secret, until: u64) -> Self {
        Self {
            hash: hash(key, flow, gate, code.expose()).into(),
            until,
            wrong: 0,
        }
    }

    /// Returns a decoy: a random hash that belongs to no code.
    ///
    /// # Errors
    /// The random source failed.
    pub fn decoy(memory: &Memory, until: u64) -> Result<Self, NoRandom> {
        Ok(Self {
            hash: memory.random_bytes()?.into(),
            until,
            wrong: 0,
        })
    }

    /// Reports whether an answer can still be right.
    #[must_use]
    pub const fn is_valid(&self, now: u64) -> bool {
        self.until > now && self.wrong < MAX_WRONG_ANSWERS
    }

    /// Returns the number of wrong answers still allowed.
    #[must_use]
    pub const fn tries_left(&self) -> u8 {
        MAX_WRONG_ANSWERS.saturating_sub(self.wrong)
    }

    /// Counts a wrong answer.
    pub const fn record_failure(&mut self) {
        self.wrong = self.wrong.saturating_add(1);
    }
}

/// Makes a random code; all codes are equally likely.
///
/// # Errors
/// The random source failed.
pub fn make_code(memory: &Memory) -> Result<Secret, NoRandom> {
    loop {
        let number = u32::from_be_bytes(memory.random_bytes()?);
        // Numbers of the last, incomplete round of codes are rejected: they would make the first
        // codes likelier.
        if number < u32::MAX - u32::MAX % CODE_COUNT {
            let text = format!("{:0SENT_DIGITS$}", number % CODE_COUNT);
            return Ok(Secret::new(text.into_bytes()));
        }
    }
}

/// Returns the check of an answer at a gate that sends. The code is discarded with its flow, so
/// nothing has to mark it as used.
pub(crate) fn checker(key: StoreKey, attempt: Attempt) -> Checker {
    Box::new(move |_, now| {
        let Attempt {
            flow, gate, typed, ..
        } = attempt;
        let Some(typed) = Code::parse(&typed, SENT_DIGITS) else {
            return Ok(Checked::new(Verdict::NoCode));
        };
        let verdict = check(&key, &flow, gate.id, gate.sent.as_ref(), &typed, now);
        Ok(Checked::new(match verdict {
            // An account cannot pass a gate that it does not have, whatever is guessed.
            Verdict::Right if gate.address.is_none() => Verdict::Wrong,
            verdict => verdict,
        }))
    })
}

fn check(
    key: &StoreKey,
    flow: &[u8; 16],
    gate: u8,
    sent: Option<&SentCode>,
    answer: &Code,
    now: u64,
) -> Verdict {
    let hash = hash(key, flow, gate, answer.digits());
    match sent {
        Some(sent) if sent.is_valid(now) => {
            if constant_time_eq(&hash, &*sent.hash) {
                Verdict::Right
            } else {
                Verdict::Wrong
            }
        }
        _ => Verdict::Expired,
    }
}

fn hash(key: &StoreKey, flow: &[u8; 16], gate: u8, code: &[u8]) -> [u8; 32] {
    // The label is of the time when codes went by mail alone; open flows have hashes with it.
    key.hash("mail code", &[flow, &[gate], code])
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_store::{Random, Store};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn numbers_of_the_incomplete_round_are_thrown_away() {
        let numbers = [u32::MAX, 4_200_000_000, 4_199_999_042];
        let next = AtomicU32::new(0);
        let random: Random = Arc::new(move |buffer| {
            let place = next.fetch_add(1, Ordering::Relaxed) as usize;
            buffer.copy_from_slice(&numbers[place].to_be_bytes());
            Ok(())
        });
        let memory = Memory {
            store: Store::in_memory().unwrap(),
            key: StoreKey::new(Secret::new(vec![7; 32])).unwrap(),
            clock: Arc::new(|| 0),
            random,
        };
        assert_eq!(make_code(&memory).unwrap().expose(), b"99999042");
    }

    #[test]
    fn a_code_is_good_for_its_flow_its_gate_and_its_time() {
        let key = StoreKey::new(Secret::new(vec![7; 32])).unwrap();
        let code = Secret::from("01234567");
        let sent = SentCode::new(&key, &[1; 16], 2, &code, 100);
        let typed = Code::parse(&code, SENT_DIGITS).unwrap();
        let check = |flow, gate, now| check(&key, flow, gate, Some(&sent), &typed, now);
        assert_eq!(check(&[1; 16], 2, 99), Verdict::Right);
        assert_eq!(check(&[1; 16], 2, 100), Verdict::Expired);
        assert_eq!(check(&[1; 16], 3, 99), Verdict::Wrong);
        assert_eq!(check(&[2; 16], 2, 99), Verdict::Wrong);
    }

    #[test]
    fn a_code_is_used_up_by_five_wrong_answers() {
        let key = StoreKey::new(Secret::new(vec![7; 32])).unwrap();
        let code = Secret::from("01234567");
        let mut sent = SentCode::new(&key, &[1; 16], 2, &code, 100);
        let typed = Code::parse(&code, SENT_DIGITS).unwrap();
        for _ in 0..MAX_WRONG_ANSWERS {
            let verdict = check(&key, &[1; 16], 2, Some(&sent), &typed, 0);
            assert_eq!(verdict, Verdict::Right);
            sent.record_failure();
        }
        let verdict = check(&key, &[1; 16], 2, Some(&sent), &typed, 0);
        assert_eq!(verdict, Verdict::Expired);
    }
}
