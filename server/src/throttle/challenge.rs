//! Challenges: work that a browser does by itself before its message is taken (hashcash).
//!
//! A challenge is `bits.expires.number.tag`, a proof is the challenge with `.` and something behind
//! it so that its SHA-256 begins with that many zero bits. The tag authenticates the rest together
//! with the tenant and the message, so that nothing is kept of a challenge until it is answered. The
//! number makes each challenge another one: whoever sends a message twice, as networks do, and does
//! the work twice, has two proofs that are both good.

use super::Submission;
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_lc_rs::rand::SystemRandom;
use base64ct::{Base64UrlUnpadded, Encoding};
use std::collections::HashSet;

/// The header of an answer that names a challenge.
pub const CHALLENGE: &str = "postern-challenge";

/// The header of a message that carries its proof.
pub const PROOF: &str = "postern-proof";

/// How long a challenge can be answered, in seconds: many times what a slow phone needs.
const LIFETIME: u64 = 60;

/// How many answered challenges are remembered in each of two generations: with them all, 10 MB.
/// When there are more, no proof is taken until the older generation has expired.
const REMEMBERED: usize = 1 << 17;

/// The longest proof that is looked at.
const LONGEST: usize = 96;

type Tag = [u8; 16];

/// Makes challenges and takes each proof once.
pub struct Challenges {
    /// Lives as long as the process: what another made is answered with a new challenge.
    key: hmac::Key,
    /// How many challenges were made.
    made: u64,
    /// Answered challenges that can have been made in this lifetime, and in the one before.
    spent: [HashSet<Tag>; 2],
    /// When this generation began.
    since: u64,
}

impl Challenges {
    /// No challenge was made.
    pub fn new() -> Result<Self, Unspecified> {
        Ok(Self {
            key: hmac::Key::generate(HMAC_SHA256, &SystemRandom::new())?,
            made: 0,
            spent: [HashSet::new(), HashSet::new()],
            since: 0,
        })
    }

    /// A challenge for one message.
    pub fn make(&mut self, sent: &Submission<'_>, bits: u8, now: u64) -> String {
        self.made += 1;
        // Under the key, so that nobody reads from it how busy the portal is.
        let number = hmac::sign(&self.key, &self.made.to_be_bytes());
        let number = Base64UrlUnpadded::encode_string(&number.as_ref()[..6]);
        let terms = format!("{bits}.{}.{number}", now + LIFETIME);
        let tag = Base64UrlUnpadded::encode_string(&self.tag(sent, &terms));
        [terms, tag].join(".")
    }

    /// Whether a proof answers a challenge of ours for this message, and for the first time.
    pub fn accept(&mut self, sent: &Submission<'_>, proof: &str, now: u64) -> bool {
        let Some(tag) = self.check(sent, proof, now) else {
            return false;
        };
        if now >= self.since.saturating_add(LIFETIME) {
            // Whatever is in the older generation has expired by now.
            self.spent[1] = std::mem::take(&mut self.spent[0]);
            self.since = now;
        }
        let known = self.spent.iter().any(|spent| spent.contains(&tag));
        !known && self.spent[0].len() < REMEMBERED && self.spent[0].insert(tag)
    }

    /// Whether a proof answers a challenge of ours for this message, and was taken already.
    pub fn was_taken(&self, sent: &Submission<'_>, proof: &str, now: u64) -> bool {
        let tag = self.check(sent, proof, now);
        tag.is_some_and(|tag| self.spent.iter().any(|spent| spent.contains(&tag)))
    }

    fn check(&self, sent: &Submission<'_>, proof: &str, now: u64) -> Option<Tag> {
        if proof.len() > LONGEST {
            return None;
        }
        let (challenge, _anything) = proof.rsplit_once('.')?;
        let (terms, tag) = challenge.rsplit_once('.')?;
        let tag: Tag = Base64UrlUnpadded::decode_vec(tag).ok()?.try_into().ok()?;
        verify_slices_are_equal(&tag, &self.tag(sent, terms)).ok()?;
        let (bits, rest) = terms.split_once('.')?;
        let (expires, _number) = rest.split_once('.')?;
        let (bits, expires): (u32, u64) = (bits.parse().ok()?, expires.parse().ok()?);
        (expires > now && zeros(proof) >= bits).then_some(tag)
    }

    fn tag(&self, sent: &Submission<'_>, terms: &str) -> Tag {
        let message = digest(&SHA256, sent.message);
        let mut context = hmac::Context::with_key(&self.key);
        // Neither a tenant's name nor the terms can have a line break.
        for part in [sent.tenant.as_bytes(), b"\n", terms.as_bytes(), b"\n"] {
            context.update(part);
        }
        context.update(message.as_ref());
        let tag = context.sign();
        std::array::from_fn(|byte| tag.as_ref()[byte])
    }
}

/// With how many zero bits the SHA-256 of a proof begins.
fn zeros(proof: &str) -> u32 {
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

/// Does the work of a challenge, as a browser does.
#[cfg(test)]
pub fn solve(challenge: &str) -> String {
    let bits: u32 = challenge.split_once('.').unwrap().0.parse().unwrap();
    let proofs = (0_u64..).map(|number| format!("{challenge}.{number}"));
    proofs
        .into_iter()
        .find(|proof| zeros(proof) >= bits)
        .unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_795_165_920;

    const SENT: Submission<'_> = Submission {
        tenant: "contoso",
        networks: &[],
        message: b"a sealed message",
        proof: None,
        alarmed: false,
    };

    fn accepted(challenges: &mut Challenges, sent: Submission<'_>, proof: &str, now: u64) -> bool {
        challenges.accept(&sent, proof, now)
    }

    #[test]
    fn a_proof_is_good_for_its_tenant_its_message_its_time_and_once() {
        let mut ours = Challenges::new().unwrap();
        let proof = solve(&ours.make(&SENT, 8, NOW));
        let other_tenant = Submission {
            tenant: "contos",
            ..SENT
        };
        let other_message = Submission {
            message: b"another message",
            ..SENT
        };
        for (what, sent, now) in [
            ("another tenant", other_tenant, NOW),
            ("another message", other_message, NOW),
            ("expired", SENT, NOW + LIFETIME),
        ] {
            assert!(!accepted(&mut ours, sent, &proof, now), "{what}");
        }
        let mut others = Challenges::new().unwrap();
        assert!(!accepted(&mut others, SENT, &proof, NOW), "another portal");
        let last = NOW + LIFETIME - 1;
        assert!(accepted(&mut ours, SENT, &proof, last));
        assert!(!accepted(&mut ours, SENT, &proof, last), "replayed");
    }

    #[test]
    fn too_little_work_and_changed_terms_are_refused() {
        let mut ours = Challenges::new().unwrap();
        let challenge = ours.make(&SENT, 8, NOW);
        let lazy = (0_u64..).map(|number| format!("{challenge}.{number}"));
        let lazy = lazy.into_iter().find(|proof| zeros(proof) < 8).unwrap();
        assert!(!accepted(&mut ours, SENT, &lazy, NOW), "too few bits");
        for changed in [
            challenge.replacen("8.", "0.", 1),
            challenge.replacen(&(NOW + LIFETIME).to_string(), "99999999999", 1),
        ] {
            assert_ne!(changed, challenge);
            assert!(
                !accepted(&mut ours, SENT, &solve(&changed), NOW),
                "{changed}"
            );
        }
        assert!(accepted(&mut ours, SENT, &solve(&challenge), NOW));
    }

    #[test]
    fn garbage_is_refused() {
        let mut ours = Challenges::new().unwrap();
        let challenge = ours.make(&SENT, 0, NOW);
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
            assert!(!accepted(&mut ours, SENT, garbage, NOW), "{garbage:?}");
        }
        assert!(accepted(&mut ours, SENT, &format!("{challenge}.any"), NOW));
    }

    #[test]
    fn a_spent_proof_is_remembered_as_long_as_it_could_be_good() {
        let mut ours = Challenges::new().unwrap();
        for start in [NOW, NOW + LIFETIME - 1, NOW + 2 * LIFETIME] {
            let proof = solve(&ours.make(&SENT, 4, start));
            assert!(accepted(&mut ours, SENT, &proof, start));
            for later in 0..LIFETIME {
                let other = later.to_be_bytes();
                let other = Submission {
                    message: &other,
                    ..SENT
                };
                let fresh = solve(&ours.make(&other, 1, start + later));
                accepted(&mut ours, other, &fresh, start + later);
                assert!(!accepted(&mut ours, SENT, &proof, start + later));
            }
        }
    }

    #[test]
    fn what_is_remembered_has_a_bound_and_is_forgotten_in_time() {
        let mut ours = Challenges::new().unwrap();
        let answer = |ours: &mut Challenges, number: u64, now| {
            let message = number.to_be_bytes();
            let sent = Submission {
                message: &message,
                ..SENT
            };
            let proof = format!("{}.0", ours.make(&sent, 0, now));
            ours.accept(&sent, &proof, now)
        };
        let taken = (0..REMEMBERED as u64 + 10).filter(|number| answer(&mut ours, *number, NOW));
        assert_eq!(taken.count(), REMEMBERED);
        assert!(answer(&mut ours, 0, NOW + LIFETIME));
    }
}
