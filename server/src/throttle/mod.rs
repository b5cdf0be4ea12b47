//! How much a network and a tenant may send: nothing is asked under ordinary load, then a proof of
//! work that grows with the load, and beyond a cap nothing is taken.
//!
//! Everything is in memory and of a fixed size, whoever sends: [`rates`] and [`challenge`] state
//! their bounds.

mod challenge;
mod rates;
mod settings;

pub use challenge::{CHALLENGE, PROOF};
pub use settings::Throttling;

use aws_lc_rs::error::Unspecified;
use challenge::Challenges;
use rates::{NetworkRates, Rate};
use settings::Allowance;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// What is done with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is carried to the agent, and counted.
    Carry,
    /// First this challenge is to be answered. Nothing is counted.
    Prove(String),
    /// Nothing is taken for now. Nothing is counted.
    Wait,
}

/// A message as the throttle sees it.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// The tenant; one that exists, so that strangers' names take no room.
    pub tenant: &'a str,
    /// The network it comes from: [`crate::client::network`].
    pub network: [u8; 9],
    /// Its bytes.
    pub message: &'a [u8],
    /// The proof that came with it.
    pub proof: Option<&'a str>,
}

/// What was sent of late.
pub struct Throttle {
    settings: Throttling,
    state: Mutex<State>,
}

struct State {
    networks: NetworkRates,
    /// As many as there are tenants.
    tenants: HashMap<String, Rate>,
    challenges: Challenges,
}

impl Throttle {
    /// A throttle that has seen nothing.
    ///
    /// # Errors
    /// The system gave no randomness.
    pub fn new(settings: Throttling) -> Result<Self, Unspecified> {
        Ok(Self {
            settings,
            state: Mutex::new(State {
                networks: NetworkRates::new()?,
                tenants: HashMap::new(),
                challenges: Challenges::new()?,
            }),
        })
    }

    /// Judges a message, in seconds since the Unix epoch.
    pub fn judge(&self, sent: Sent<'_>, now: u64) -> Verdict {
        // A panic elsewhere cannot leave a number half written.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut *state;
        let cells = state.networks.cells(sent.network);
        let network = state.networks.level(cells, now);
        let tenant = state.tenants.get(sent.tenant);
        let tenant = tenant.map_or(0.0, |rate| rate.level(now));
        let (of_network, of_tenant) = (self.settings.network(), self.settings.tenant());
        if network >= of_network.cap() || tenant >= of_tenant.cap() {
            return Verdict::Wait;
        }
        let bits = self.bits(of_network, network);
        if let Some(bits) = bits.max(self.bits(of_tenant, tenant)) {
            let challenges = &mut state.challenges;
            if !sent
                .proof
                .is_some_and(|proof| challenges.accept(&sent, proof, now))
            {
                return Verdict::Prove(challenges.make(&sent, bits, now));
            }
        }
        state.networks.count(cells, now);
        match state.tenants.get_mut(sent.tenant) {
            Some(rate) => rate.count(now),
            None => {
                let mut rate = Rate::default();
                rate.count(now);
                state.tenants.insert(sent.tenant.to_owned(), rate);
            }
        }
        Verdict::Carry
    }

    /// How much work a level asks for: none up to the free allowance, then more with every
    /// doubling, the most right below the cap.
    fn bits(&self, allowance: Allowance, level: f64) -> Option<u8> {
        let free = allowance.free();
        if level < free {
            return None;
        }
        let share = (level / free).ln() / (allowance.cap() / free).ln();
        let (least, most) = self.settings.work();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of 0 to 1 of a small number"
        )]
        let more = (share.clamp(0.0, 1.0) * f64::from(most - least)).round() as u8;
        Some(least + more)
    }
}

impl std::fmt::Debug for Throttle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Throttle")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use challenge::solve;
    use std::sync::atomic::{AtomicU64, Ordering};

    const NOW: u64 = 1_795_165_920;

    fn throttle() -> Throttle {
        let text = "network_free = 5\nnetwork_cap = 40\ntenant_free = 20\ntenant_cap = 60\n\
                    least_bits = 4\nmost_bits = 10";
        Throttle::new(toml::from_str(text).unwrap()).unwrap()
    }

    fn sent<'a>(network: u8, message: &'a [u8], proof: Option<&'a str>) -> Sent<'a> {
        Sent {
            tenant: "contoso",
            network: [network; 9],
            message,
            proof,
        }
    }

    /// Sends a message as a browser does; how many bits were asked, or none if it was to wait.
    fn send(throttle: &Throttle, network: u8, now: u64) -> Option<u8> {
        static MESSAGES: AtomicU64 = AtomicU64::new(0);
        let message = MESSAGES.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        match throttle.judge(sent(network, &message, None), now) {
            Verdict::Carry => Some(0),
            Verdict::Wait => None,
            Verdict::Prove(challenge) => {
                let proof = solve(&challenge);
                let verdict = throttle.judge(sent(network, &message, Some(&proof)), now);
                assert_eq!(verdict, Verdict::Carry);
                Some(challenge.split_once('.').unwrap().0.parse().unwrap())
            }
        }
    }

    #[test]
    fn work_begins_at_the_allowance_grows_to_its_bound_and_ends_at_the_cap() {
        let throttle = throttle();
        let asked: Vec<_> = (0..).map_while(|_| send(&throttle, 1, NOW)).collect();
        assert_eq!(asked.len(), 40);
        assert_eq!(asked[..6], [0, 0, 0, 0, 0, 4]);
        assert!(asked.is_sorted(), "{asked:?}");
        assert_eq!(asked[39], 10);
        assert_eq!(send(&throttle, 1, NOW), None);
        assert_eq!(send(&throttle, 2, NOW), Some(8), "the tenant's share");
        assert!(send(&throttle, 1, NOW + 60).unwrap() > 0);
        assert_eq!(send(&throttle, 1, NOW + 300), Some(0));
    }

    #[test]
    fn many_networks_together_reach_the_tenants_cap_and_leave_other_tenants_alone() {
        let throttle = throttle();
        let asked: Vec<_> = (0..100)
            .map(|network| send(&throttle, network, NOW))
            .collect();
        assert_eq!(asked.iter().flatten().count(), 60);
        assert_eq!(asked[19..21], [Some(0), Some(4)]);
        let other = Sent {
            tenant: "fabrikam",
            ..sent(200, b"message", None)
        };
        assert_eq!(throttle.judge(other, NOW), Verdict::Carry);
    }

    #[test]
    fn what_is_not_carried_is_not_counted() {
        let throttle = throttle();
        for _ in 0..5 {
            send(&throttle, 1, NOW);
        }
        for _ in 0..1_000 {
            let verdict = throttle.judge(sent(1, b"message", Some("4.1.x.1")), NOW);
            assert!(matches!(verdict, Verdict::Prove(challenge) if challenge.starts_with("4.")));
        }
    }

    #[test]
    fn a_proof_is_spent_even_where_the_same_message_is_sent_again() {
        let throttle = throttle();
        for _ in 0..5 {
            send(&throttle, 1, NOW);
        }
        let Verdict::Prove(challenge) = throttle.judge(sent(1, b"message", None), NOW) else {
            panic!("no challenge");
        };
        let proof = solve(&challenge);
        let proven = sent(1, b"message", Some(&proof));
        assert_eq!(throttle.judge(proven, NOW), Verdict::Carry);
        let again = throttle.judge(proven, NOW);
        assert!(matches!(again, Verdict::Prove(_)), "{again:?}");
    }
}
