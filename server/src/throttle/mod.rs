//! Throttling by network and tenant: ordinary load is free, higher load requires a proof of work
//! that grows with the load, and at a cap no message is accepted.
//!
//! A tenant's cap is shared fairly: the closer its rate is to the cap, the lower the recent rate of
//! a network must be for it to be served, so that busy networks wait and quiet ones do not. The
//! same applies to the /64 networks of a /56, and the /56 networks of a /48.
//!
//! All state is in memory and bounded, whatever clients send: [`rates`] and [`challenge`] state
//! their bounds.

mod challenge;
mod rates;
mod settings;

pub use challenge::{CHALLENGE_HEADER, PROOF_HEADER};
pub use settings::Throttling;

use crate::client::Network;
use challenge::Challenges;
use postern_envelope::package::PackageError;
use rates::{Cells, NetworkRates, Rate};
use settings::Allowance;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The length of the keys under which networks and challenges are hashed, in bytes.
const KEY_BYTES: usize = 32;

/// The decision on a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The message is carried to the agent, and counted.
    Carry,
    /// The proof is valid but was accepted before, with a copy of the same message: this one may
    /// get the answer of that copy. Nothing is counted.
    Copy,
    /// The message must be sent again with a proof of this challenge. Nothing is counted.
    Prove(String),
    /// No message is accepted for now. Nothing is counted.
    Wait,
}

/// The properties of a message on which the decision depends.
#[derive(Clone, Copy, Debug)]
pub struct Submission<'a> {
    /// The tenant, which must exist, so that arbitrary names take no memory.
    pub tenant: &'a str,
    /// The networks of the client, the narrowest first: [`crate::client::networks`].
    pub networks: &'a [Network],
    /// The bytes of the message.
    pub message: &'a [u8],
    /// The proof that came with it.
    pub proof: Option<&'a str>,
    /// The tenant's agent requires work for every message.
    pub alarmed: bool,
}

/// The recent messages up to which a network is quiet: a reset is four to eight messages and should
/// not be interrupted. A quiet network waits only if all others are as quiet.
const QUIET_MESSAGES: u32 = 8;

/// Throttles messages by the recent rates of networks and tenants.
pub struct Throttle {
    settings: Throttling,
    state: Mutex<State>,
}

/// The recent rate of one of a client's networks, or of a tenant, and its limits.
struct Load {
    level: f64,
    allowance: Allowance,
    /// The rate up to which the network is quiet.
    quiet: f64,
}

struct State {
    networks: NetworkRates,
    /// One or two rates for each tenant: messages, and views of the sandbox.
    tenants: HashMap<String, Rate>,
    challenges: Challenges,
}

impl Throttle {
    /// Creates a throttle without any counts.
    ///
    /// # Errors
    /// The system provided no random bytes.
    pub fn new(settings: Throttling) -> Result<Self, PackageError> {
        Ok(Self {
            settings,
            state: Mutex::new(State {
                networks: NetworkRates::new()?,
                tenants: HashMap::new(),
                challenges: Challenges::new()?,
            }),
        })
    }

    /// Decides on a message at `now`, in seconds since the Unix epoch.
    pub fn judge(&self, submission: Submission<'_>, now: u64) -> Verdict {
        // A panic elsewhere cannot leave a number partly written.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut *state;
        let was_accepted = |proof| state.challenges.was_accepted(&submission, proof, now);
        if submission.proof.is_some_and(was_accepted) {
            return Verdict::Copy;
        }
        let cells = state.cells(submission.networks);
        let loads = state.loads(&self.settings, submission.tenant, &cells, now);
        if must_wait(&loads) {
            return Verdict::Wait;
        }
        let alarmed = submission.alarmed.then(|| self.alarmed_bits());
        let bits = loads
            .iter()
            .filter_map(|load| self.required_bits(load))
            .max();
        if let Some(bits) = bits.max(alarmed) {
            let challenges = &mut state.challenges;
            if !submission
                .proof
                .is_some_and(|proof| challenges.accept(&submission, proof, now))
            {
                return Verdict::Prove(challenges.create(&submission, bits, now));
            }
        }
        state.count(submission.tenant, &cells, now);
        Verdict::Carry
    }

    /// Reports whether a tenant's sandbox may be viewed. Views are counted separately from
    /// messages, with the same caps and without any work.
    pub fn judge_sandbox(&self, tenant: &str, networks: &[Network], now: u64) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Neither a tenant name nor a network has this form.
        let tenant = [tenant, "/sandbox"].concat();
        let networks: Vec<_> = networks
            .iter()
            .map(|network| {
                let mut sandbox_network = *network;
                sandbox_network[0] |= 0x80;
                sandbox_network
            })
            .collect();
        let cells = state.cells(&networks);
        let is_accepted = !must_wait(&state.loads(&self.settings, &tenant, &cells, now));
        if is_accepted {
            state.count(&tenant, &cells, now);
        }
        is_accepted
    }

    /// Returns the work that every message requires during an alarm, in bits: the midpoint.
    fn alarmed_bits(&self) -> u8 {
        let (least, most) = self.settings.work_bits();
        least.midpoint(most)
    }

    /// Returns the work that a load requires, in bits: none below the free rate, then more with
    /// every doubling, up to the most just below the cap.
    fn required_bits(&self, load: &Load) -> Option<u8> {
        let (level, cap) = (load.level, load.allowance.cap());
        let free = load.allowance.free();
        if level < free {
            return None;
        }
        let share = (level / free).ln() / (cap / free).ln();
        let (least, most) = self.settings.work_bits();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of 0 to 1 of a small number"
        )]
        let more = (share.clamp(0.0, 1.0) * f64::from(most - least)).round() as u8;
        Some(least + more)
    }
}

impl State {
    fn cells(&self, networks: &[Network]) -> Vec<Cells> {
        let cells = networks.iter().map(|network| self.networks.cells(*network));
        cells.collect()
    }

    /// Returns the loads of a client's networks, the narrowest first (each wider one may send twice
    /// as much), and of the tenant.
    fn loads(&self, settings: &Throttling, tenant: &str, cells: &[Cells], now: u64) -> Vec<Load> {
        let networks = [1, 2, 4].into_iter().zip(cells);
        let networks = networks.map(|(times, cells)| Load {
            level: self.networks.level(*cells, now),
            allowance: settings.network().times(times),
            quiet: f64::from(QUIET_MESSAGES * times),
        });
        let rate = self.tenants.get(tenant);
        let tenant = Load {
            level: rate.map_or(0.0, |rate| rate.level(now)),
            allowance: settings.tenant(),
            quiet: 0.0,
        };
        networks.chain([tenant]).collect()
    }

    fn count(&mut self, tenant: &str, cells: &[Cells], now: u64) {
        for cells in cells {
            self.networks.count(*cells, now);
        }
        match self.tenants.get_mut(tenant) {
            Some(rate) => rate.count(now),
            None => {
                let mut rate = Rate::default();
                rate.count(now);
                self.tenants.insert(tenant.to_owned(), rate);
            }
        }
    }
}

/// Reports whether a client must wait: one of its networks or its tenant is at its cap, or one of
/// its networks has used its share of a wider one or of the tenant.
fn must_wait(loads: &[Load]) -> bool {
    loads.iter().enumerate().any(|(narrower, wide)| {
        let has_share = |narrow: &Load| narrow.has_share_of(wide);
        wide.level >= wide.allowance.cap() || !loads[..narrower].iter().all(has_share)
    })
}

impl Load {
    /// Reports whether a network has sent little enough to be served within the cap of a wider one,
    /// or of the tenant. Up to half of that cap every network is; from there on the permitted rate
    /// falls from the network's own cap to the quiet rate. Whatever busy networks try to send, they
    /// settle at a level at which quiet ones are served.
    fn has_share_of(&self, wide: &Self) -> bool {
        let used = wide.level / wide.allowance.cap();
        let pressure = (2.0 * used - 1.0).clamp(0.0, 1.0);
        let cap = self.allowance.cap();
        let quiet = self.quiet.min(cap);
        self.level < cap * (quiet / cap).powf(pressure)
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
        with("tenant_free = 20\ntenant_cap = 100")
    }

    fn with(tenant: &str) -> Throttle {
        let text =
            format!("network_free = 5\nnetwork_cap = 40\n{tenant}\nleast_bits = 4\nmost_bits = 10");
        Throttle::new(toml::from_str(&text).unwrap()).unwrap()
    }

    /// Returns the networks of a client; the last number is the narrowest.
    fn networks(numbers: &[u8]) -> Vec<Network> {
        let narrowest_first = (1..=numbers.len()).rev();
        let network = |length: usize| {
            let mut network = [0; 10];
            network[0] = u8::try_from(length).unwrap();
            network[1..=length].copy_from_slice(&numbers[..length]);
            network
        };
        narrowest_first.map(network).collect()
    }

    fn submission<'a>(
        networks: &'a [Network],
        message: &'a [u8],
        proof: Option<&'a str>,
    ) -> Submission<'a> {
        Submission {
            tenant: "contoso",
            networks,
            message,
            proof,
            alarmed: false,
        }
    }

    /// Sends a message as a browser does. Returns the required bits, or `None` if it had to wait.
    fn send(throttle: &Throttle, network: u8, now: u64) -> Option<u8> {
        send_from(throttle, &[network], now)
    }

    fn send_from(throttle: &Throttle, numbers: &[u8], now: u64) -> Option<u8> {
        static MESSAGES: AtomicU64 = AtomicU64::new(0);
        let message = MESSAGES.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let networks = networks(numbers);
        match throttle.judge(submission(&networks, &message, None), now) {
            Verdict::Carry => Some(0),
            Verdict::Wait => None,
            Verdict::Copy => panic!("no proof was given"),
            Verdict::Prove(challenge) => {
                let proof = solve(&challenge);
                let verdict = throttle.judge(submission(&networks, &message, Some(&proof)), now);
                assert_eq!(verdict, Verdict::Carry);
                Some(challenge.split_once('.').unwrap().0.parse().unwrap())
            }
        }
    }

    #[test]
    fn work_begins_at_the_allowance_grows_to_its_bound_and_ends_at_the_cap() {
        let throttle = throttle();
        let required: Vec<_> = (0..).map_while(|_| send(&throttle, 1, NOW)).collect();
        assert_eq!(required.len(), 40);
        assert_eq!(required[..6], [0, 0, 0, 0, 0, 4]);
        assert!(required.is_sorted(), "{required:?}");
        assert_eq!(required[39], 10);
        assert_eq!(send(&throttle, 1, NOW), None);
        assert_eq!(send(&throttle, 2, NOW), Some(7), "the tenant's share");
        assert!(send(&throttle, 1, NOW + 60).unwrap() > 0);
        assert_eq!(send(&throttle, 1, NOW + 300), Some(0));
    }

    #[test]
    fn many_networks_together_reach_the_tenants_cap_and_leave_other_tenants_alone() {
        let throttle = throttle();
        let required: Vec<_> = (0..150)
            .map(|network| send(&throttle, network, NOW))
            .collect();
        assert_eq!(required.iter().flatten().count(), 100);
        assert_eq!(required[19..21], [Some(0), Some(4)]);
        let other = Submission {
            tenant: "fabrikam",
            ..submission(&[[200; 10]], b"message", None)
        };
        assert_eq!(throttle.judge(other, NOW), Verdict::Carry);
    }

    #[test]
    fn while_very_much_is_guessed_every_message_costs_work() {
        let throttle = throttle();
        let networks = networks(&[1]);
        let alarmed = Submission {
            alarmed: true,
            ..submission(&networks, b"message", None)
        };
        let Verdict::Prove(challenge) = throttle.judge(alarmed, NOW) else {
            panic!("no challenge");
        };
        assert!(challenge.starts_with("7."), "half of the way from 4 to 10");
        let proof = solve(&challenge);
        let proven = Submission {
            proof: Some(&proof),
            ..alarmed
        };
        assert_eq!(throttle.judge(proven, NOW), Verdict::Carry);
        let quiet = submission(&networks, b"message", None);
        assert_eq!(throttle.judge(quiet, NOW), Verdict::Carry);
    }

    #[test]
    fn what_is_not_carried_is_not_counted() {
        let throttle = throttle();
        for _ in 0..5 {
            send(&throttle, 1, NOW);
        }
        for _ in 0..1_000 {
            let verdict = throttle.judge(
                submission(&networks(&[1]), b"message", Some("4.1.x.1")),
                NOW,
            );
            assert!(matches!(verdict, Verdict::Prove(challenge) if challenge.starts_with("4.")));
        }
    }

    #[test]
    fn a_proof_is_spent_and_a_copy_of_its_message_is_known_for_one() {
        let throttle = throttle();
        for _ in 0..5 {
            send(&throttle, 1, NOW);
        }
        let networks = networks(&[1]);
        let Verdict::Prove(challenge) =
            throttle.judge(submission(&networks, b"message", None), NOW)
        else {
            panic!("no challenge");
        };
        let proof = solve(&challenge);
        let proven = submission(&networks, b"message", Some(&proof));
        assert_eq!(throttle.judge(proven, NOW), Verdict::Carry);
        assert_eq!(throttle.judge(proven, NOW), Verdict::Copy);
        let other = submission(&networks, b"another message", Some(&proof));
        assert!(matches!(throttle.judge(other, NOW), Verdict::Prove(_)));
    }

    #[test]
    fn copies_that_are_sent_at_once_are_each_taken_by_a_proof_of_their_own() {
        let throttle = throttle();
        for _ in 0..5 {
            send(&throttle, 1, NOW);
        }
        let networks = networks(&[1]);
        let copy =
            |proof: Option<&str>| throttle.judge(submission(&networks, b"message", proof), NOW);
        let challenges: Vec<_> = (0..10).map(|_| copy(None)).collect();
        for challenge in challenges {
            let Verdict::Prove(challenge) = challenge else {
                panic!("no challenge");
            };
            let proof = solve(&challenge);
            assert_eq!(copy(Some(&proof)), Verdict::Carry);
        }
    }

    /// Lets each client send as much as possible for two minutes, in turns.
    fn flood(throttle: &Throttle, clients: &[Vec<u8>]) {
        for second in 0..120 {
            let mut any_accepted = true;
            while any_accepted {
                let results = clients
                    .iter()
                    .map(|client| send_from(throttle, client, NOW + second));
                any_accepted = results.filter(Option::is_some).count() > 0;
            }
        }
    }

    #[test]
    fn one_busy_network_or_five_or_fifty_do_not_make_a_quiet_one_wait() {
        for busy in [1, 5, 50] {
            let throttle = with("tenant_free = 200\ntenant_cap = 800");
            let clients: Vec<_> = (1..=busy).map(|client| vec![client]).collect();
            flood(&throttle, &clients);
            let now = NOW + 119;
            assert_eq!(send(&throttle, 1, now), None, "{busy}: a busy one waits");
            let quiet = (0..QUIET_MESSAGES).map(|_| send(&throttle, 100, now));
            assert!(quiet.into_iter().all(|bits| bits.is_some()), "{busy}");
        }
    }

    #[test]
    fn five_64_of_one_56_do_not_make_a_sixth_wait_nor_anybody_elsewhere() {
        let throttle = with("tenant_free = 20\ntenant_cap = 200");
        let clients: Vec<_> = (1..=5).map(|client| vec![1, 1, client]).collect();
        flood(&throttle, &clients);
        let now = NOW + 119;
        assert_eq!(send_from(&throttle, &[1, 1, 5], now), None, "a busy /64");
        assert!(
            send_from(&throttle, &[1, 1, 6], now).is_some(),
            "a quiet /64"
        );
        assert!(
            send_from(&throttle, &[1, 2, 1], now).is_some(),
            "a quiet /56"
        );
        assert!(
            send_from(&throttle, &[2, 1, 1], now).is_some(),
            "a quiet /48"
        );
    }

    #[test]
    fn a_56_and_a_48_have_more_than_a_64_and_have_a_cap() {
        let throttle = with("tenant_free = 100000\ntenant_cap = 1000000");
        let count = |throttle: &Throttle, client: &dyn Fn(u8, u8) -> [u8; 3]| {
            let all = (0..40).flat_map(|wide| (0..40).map(move |narrow| (wide, narrow)));
            let accepted = all.filter(|(wide, narrow)| {
                send_from(throttle, &client(*wide, *narrow), NOW).is_some()
            });
            accepted.count()
        };
        assert_eq!(
            count(&throttle, &|wide, narrow| [1, 1, wide * 6 + narrow % 6]),
            80
        );
        assert_eq!(count(&throttle, &|wide, narrow| [2, wide, narrow]), 160);
    }
}
