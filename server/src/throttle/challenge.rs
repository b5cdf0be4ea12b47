//! Challenges: proof of work that a browser computes before its message is accepted (hashcash).
//!
//! A challenge is `bits.expires.number.tag`. A proof is the challenge with `.` and a suffix, such
//! that its SHA-256 begins with that many zero bits. The tag authenticates the rest together with
//! the tenant and the message, so that no challenge is stored until it is answered. The number
//! makes each challenge unique: if the network duplicates a message and the work is done twice,
//! both proofs are valid.

use super::{KEY_BYTES, Submission};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use base64ct::{Base64UrlUnpadded, Encoding};
use postern_envelope::package::{PackageError, random};
use std::collections::HashSet;

/// The response header that holds a challenge.
pub const CHALLENGE_HEADER: &str = "postern-challenge";

/// The request header that holds the proof for a message.
pub const PROOF_HEADER: &str = "postern-proof";

/// The time in which a challenge can be answered, in seconds: many times what a slow phone needs.
const LIFETIME_SECONDS: u64 = 60;

/// The most answered challenges that are remembered in each of two generations, 10 MB in all. When
/// a generation is full, no proof is accepted until the next one begins.
const MAX_SPENT: usize = 1 << 17;

/// The longest proof that is checked, in bytes.
const MAX_PROOF_BYTES: usize = 96;

type Tag = [u8; 16];

/// Creates challenges and accepts each proof once.
pub struct Challenges {
    /// A key of this process: a proof for another process's challenge gets a new challenge.
    key: hmac::Key,
    /// The number of challenges created so far.
    created: u64,
    /// The tags of challenges answered in this generation, and in the one before.
    spent: [HashSet<Tag>; 2],
    /// The start of this generation, in seconds since the Unix epoch.
    generation_start: u64,
}

impl Challenges {
    /// Starts without challenges.
    ///
    /// # Errors
    /// The system provided no random bytes.
    pub fn new() -> Result<Self, PackageError> {
        Ok(Self {
            key: hmac::Key::new(HMAC_SHA256, random(KEY_BYTES)?.expose()),
            created: 0,
            spent: [HashSet::new(), HashSet::new()],
            generation_start: 0,
        })
    }

    /// Creates a challenge for one message; `now` is in seconds since the Unix epoch.
    pub fn create(&mut self, submission: &Submission<'_>, bits: u8, now: u64) -> String {
        self.created += 1;
        // Keyed, so that it does not reveal how busy the portal is.
        let number = hmac::sign(&self.key, &self.created.to_be_bytes());
        let number = Base64UrlUnpadded::encode_string(&number.as_ref()[..6]);
        let terms = format!("{bits}.{}.{number}", now + LIFETIME_SECONDS);
        let tag = Base64UrlUnpadded::encode_string(&self.tag(submission, &terms));
        [terms, tag].join(".")
    }

    /// Accepts a proof of a challenge for this message. False if the proof is invalid, or was
    /// accepted before.
    pub fn accept(&mut self, submission: &Submission<'_>, proof: &str, now: u64) -> bool {
        let Some(tag) = self.check(submission, proof, now) else {
            return false;
        };
        if now >= self.generation_start.saturating_add(LIFETIME_SECONDS) {
            // All challenges of the older generation have expired by now.
            self.spent[1] = std::mem::take(&mut self.spent[0]);
            self.generation_start = now;
        }
        let is_spent = self.spent.iter().any(|spent| spent.contains(&tag));
        !is_spent && self.spent[0].len() < MAX_SPENT && self.spent[0].insert(tag)
    }

    /// Reports whether a proof of a challenge for this message was accepted before.
    pub fn was_accepted(&self, submission: &Submission<'_>, proof: &str, now: u64) -> bool {
        let tag = self.check(submission, proof, now);
        tag.is_some_and(|tag| self.spent.iter().any(|spent| spent.contains(&tag)))
    }

    /// Returns the tag of the challenge, if the proof is valid and the challenge has not expired.
    fn check(&self, submission: &Submission<'_>, proof: &str, now: u64) -> Option<Tag> {
        if proof.len() > MAX_PROOF_BYTES {
            return None;
        }
        let (challenge, _suffix) = proof.rsplit_once('.')?;
        let (terms, tag) = challenge.rsplit_once('.')?;
        let tag: Tag = Base64UrlUnpadded::decode_vec(tag).ok()?.try_into().ok()?;
        verify_slices_are_equal(&tag, &self.tag(submission, terms)).ok()?;
        let (bits, rest) = terms.split_once('.')?;
        let (expires, _number) = rest.split_once('.')?;
        let (bits, expires): (u32, u64) = (bits.parse().ok()?, expires.parse().ok()?);
        (expires > now && leading_zero_bits(proof) >= bits).then_some(tag)
    }

    fn tag(&self, submission: &Submission<'_>, terms: &str) -> Tag {
        let message = digest(&SHA256, submission.message);
        let mut context = hmac::Context::with_key(&self.key);
        // Neither a tenant's name nor the terms can contain a line break.
        for part in [submission.tenant.as_bytes(), b"\n", terms.as_bytes(), b"\n"] {
            context.update(part);
        }
        context.update(message.as_ref());
        let tag = context.sign();
        std::array::from_fn(|byte| tag.as_ref()[byte])
    }
}

/// Returns the number of zero bits at the start of a proof's SHA-256.
fn leading_zero_bits(proof: &str) -> u32 {
    let hash = digest(&SHA256, proof.as_bytes());
    let mut zeros = 0;
    for byte in hash.as_ref() {
        zeros += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    zeros
}

/// Solves a challenge as a browser does.
#[cfg(test)]
pub fn solve(challenge: &str) -> String {
    let bits: u32 = challenge.split_once('.').unwrap().0.parse().unwrap();
    let proofs = (0_u64..).map(|number| format!("{challenge}.{number}"));
    proofs
        .into_iter()
        .find(|proof| leading_zero_bits(proof) >= bits)
        .unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_795_165_920;

    const SUBMISSION: Submission<'_> = Submission {
        tenant: "contoso",
        networks: &[],
        message: b"a sealed message",
        proof: None,
        alarmed: false,
    };

    fn accepted(
        challenges: &mut Challenges,
        submission: Submission<'_>,
        proof: &str,
        now: u64,
    ) -> bool {
        challenges.accept(&submission, proof, now)
    }

    #[test]
    fn a_proof_is_good_for_its_tenant_its_message_its_time_and_once() {
        let mut challenges = Challenges::new().unwrap();
        let proof = solve(&challenges.create(&SUBMISSION, 8, NOW));
        let other_tenant = Submission {
            tenant: "contos",
            ..SUBMISSION
        };
        let other_message = Submission {
            message: b"another message",
            ..SUBMISSION
        };
        for (case, submission, now) in [
            ("another tenant", other_tenant, NOW),
            ("another message", other_message, NOW),
            ("expired", SUBMISSION, NOW + LIFETIME_SECONDS),
        ] {
            assert!(
                !accepted(&mut challenges, submission, &proof, now),
                "{case}"
            );
        }
        let mut other_portal = Challenges::new().unwrap();
        assert!(
            !accepted(&mut other_portal, SUBMISSION, &proof, NOW),
            "another portal"
        );
        let last = NOW + LIFETIME_SECONDS - 1;
        assert!(accepted(&mut challenges, SUBMISSION, &proof, last));
        assert!(
            !accepted(&mut challenges, SUBMISSION, &proof, last),
            "replayed"
        );
    }

    #[test]
    fn too_little_work_and_changed_terms_are_refused() {
        let mut challenges = Challenges::new().unwrap();
        let challenge = challenges.create(&SUBMISSION, 8, NOW);
        let insufficient = (0_u64..).map(|number| format!("{challenge}.{number}"));
        let insufficient = insufficient
            .into_iter()
            .find(|proof| leading_zero_bits(proof) < 8)
            .unwrap();
        assert!(
            !accepted(&mut challenges, SUBMISSION, &insufficient, NOW),
            "too few bits"
        );
        for changed in [
            challenge.replacen("8.", "0.", 1),
            challenge.replacen(&(NOW + LIFETIME_SECONDS).to_string(), "99999999999", 1),
        ] {
            assert_ne!(changed, challenge);
            assert!(
                !accepted(&mut challenges, SUBMISSION, &solve(&changed), NOW),
                "{changed}"
            );
        }
        assert!(accepted(
            &mut challenges,
            SUBMISSION,
            &solve(&challenge),
            NOW
        ));
    }

    #[test]
    fn garbage_is_refused() {
        let mut challenges = Challenges::new().unwrap();
        let challenge = challenges.create(&SUBMISSION, 0, NOW);
        for garbage in [
            "",
            ".",
            "....",
            &challenge,
            &format!(".{challenge}.1"),
            &format!("{challenge}=.1"),
            &format!("{challenge}A.1"),
            &format!("{challenge}.{}", "1".repeat(96)),
            "0.1795165980.AAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA.1",
            "\u{0}.\u{0}.\u{0}.\u{0}",
        ] {
            assert!(
                !accepted(&mut challenges, SUBMISSION, garbage, NOW),
                "{garbage:?}"
            );
        }
        assert!(accepted(
            &mut challenges,
            SUBMISSION,
            &format!("{challenge}.any"),
            NOW
        ));
    }

    #[test]
    fn a_spent_proof_is_remembered_as_long_as_it_could_be_good() {
        let mut challenges = Challenges::new().unwrap();
        for start in [NOW, NOW + LIFETIME_SECONDS - 1, NOW + 2 * LIFETIME_SECONDS] {
            let proof = solve(&challenges.create(&SUBMISSION, 4, start));
            assert!(accepted(&mut challenges, SUBMISSION, &proof, start));
            for later in 0..LIFETIME_SECONDS {
                let other = later.to_be_bytes();
                let other = Submission {
                    message: &other,
                    ..SUBMISSION
                };
                let fresh = solve(&challenges.create(&other, 1, start + later));
                accepted(&mut challenges, other, &fresh, start + later);
                assert!(!accepted(
                    &mut challenges,
                    SUBMISSION,
                    &proof,
                    start + later
                ));
            }
        }
    }

    #[test]
    fn what_is_remembered_has_a_bound_and_is_forgotten_in_time() {
        let mut challenges = Challenges::new().unwrap();
        let answer = |challenges: &mut Challenges, number: u64, now| {
            let message = number.to_be_bytes();
            let submission = Submission {
                message: &message,
                ..SUBMISSION
            };
            let proof = format!("{}.0", challenges.create(&submission, 0, now));
            challenges.accept(&submission, &proof, now)
        };
        let taken =
            (0..MAX_SPENT as u64 + 10).filter(|number| answer(&mut challenges, *number, NOW));
        assert_eq!(taken.count(), MAX_SPENT);
        assert!(answer(&mut challenges, 0, NOW + LIFETIME_SECONDS));
    }
}
