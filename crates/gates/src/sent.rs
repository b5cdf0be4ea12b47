//! The gates that send (mail, text message, call): eight random digits, sent once, stored as a
//! keyed hash bound to their flow.

use super::{Code, Verdict, constant_time_eq};
use crate::{NoRandom, Random, StoreKey};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use postern_envelope::Secret;
use postern_protocol::SENT_DIGITS;
use postern_store::system;

const CODE_COUNT: u32 = 10_u32.pow(SENT_DIGITS as u32);

/// The number of wrong answers that use up a code, however many tries the account has left.
pub(crate) const MAX_WRONG_ANSWERS: u8 = 5;

/// A code that was sent, without the code.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct SentCode {
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
    pub(crate) fn new(
        key: &StoreKey,
        flow: &[u8; 16],
        gate: u8,
        code: &Secret,
        until: u64,
    ) -> Self {
        Self {
            hash: hash(key, flow, gate, code.expose()).into(),
            until,
            wrong: 0,
        }
    }

    /// Returns a decoy: a random hash that belongs to no code.
    pub(crate) fn decoy(random: &Random, until: u64) -> Result<Self, NoRandom> {
        Ok(Self {
            hash: system::bytes(random)?.into(),
            until,
            wrong: 0,
        })
    }

    /// Reports whether an answer can still be right.
    pub(crate) fn is_valid(&self, now: u64) -> bool {
        self.until > now && self.wrong < MAX_WRONG_ANSWERS
    }

    /// Returns the number of wrong answers still allowed.
    pub(crate) fn tries_left(&self) -> u8 {
        MAX_WRONG_ANSWERS.saturating_sub(self.wrong)
    }

    /// Counts a wrong answer.
    pub(crate) fn record_failure(&mut self) {
        self.wrong = self.wrong.saturating_add(1);
    }
}

/// Makes a random code; all codes are equally likely.
pub(crate) fn make(random: &Random) -> Result<Secret, NoRandom> {
    loop {
        let number = u32::from_be_bytes(system::bytes(random)?);
        // Numbers of the last, incomplete round of codes are rejected: they would make the first
        // codes likelier.
        if number < u32::MAX - u32::MAX % CODE_COUNT {
            let text = format!("{:0SENT_DIGITS$}", number % CODE_COUNT);
            return Ok(Secret::new(text.into_bytes()));
        }
    }
}

/// Checks an answer against the code that was sent.
pub(crate) fn check(
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
    key.hash("mail code", &[flow, &[gate], code])
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert_eq!(make(&random).unwrap().expose(), b"99999042");
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
