//! Slots for the pending asks of one agent, shared fairly between the networks that they come from.

use super::MAX_ASKS;
use super::connection::lock;
use crate::{Ask, NetworkHash};
use std::collections::HashMap;
use std::sync::Mutex;

/// The number of slots for views of the sandbox, so that they do not delay resets.
const MAX_SANDBOX_ASKS: usize = MAX_ASKS / 4;

/// The slots of one agent: [`MAX_ASKS`].
///
/// A network may hold as many slots as are free. So one network that takes all it can gets half of
/// them, and five get a sixth each and leave a sixth to all others; no list of networks and no
/// limit has to be configured. Of the wider networks of IPv6, the second (/56) may hold twice as
/// many slots as are free, the third (/48) four times as many.
#[derive(Default)]
pub(super) struct Slots(Mutex<Held>);

#[derive(Default)]
struct Held {
    total: usize,
    sandbox: usize,
    /// The number of slots of each network that holds at least one.
    networks: HashMap<NetworkHash, usize>,
}

/// A slot, released when it is dropped.
pub(super) struct Slot<'a> {
    slots: &'a Slots,
    networks: Vec<NetworkHash>,
    is_sandbox: bool,
}

impl Slots {
    /// Acquires a slot for `ask`; `None` if its networks, the sandbox or all asks together hold too
    /// many.
    pub fn acquire(&self, ask: &Ask) -> Option<Slot<'_>> {
        let (networks, is_sandbox) = match ask {
            Ask::Message { metadata, .. } => (metadata.networks.clone(), false),
            Ask::Sandbox { .. } | Ask::SandboxMail { .. } => (Vec::new(), true),
        };
        let mut held = lock(&self.0);
        let free = MAX_ASKS.saturating_sub(held.total);
        let fair = |(width, network)| {
            let holds = held.networks.get(network).copied().unwrap_or_default();
            holds < free << width
        };
        let refused = free == 0
            || is_sandbox && held.sandbox >= MAX_SANDBOX_ASKS
            || !networks.iter().take(3).enumerate().all(fair);
        if refused {
            return None;
        }
        held.total += 1;
        held.sandbox += usize::from(is_sandbox);
        for network in &networks {
            *held.networks.entry(*network).or_default() += 1;
        }
        Some(Slot {
            slots: self,
            networks,
            is_sandbox,
        })
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        let mut held = lock(&self.slots.0);
        held.total -= 1;
        held.sandbox -= usize::from(self.is_sandbox);
        for network in &self.networks {
            if let Some(holds) = held.networks.get_mut(network) {
                *holds -= 1;
                if *holds == 0 {
                    held.networks.remove(network);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Metadata;
    use postern_envelope::Compact;

    fn message(networks: &[u8]) -> Ask {
        let message = b"e30.AAAA.AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA";
        Ask::Message {
            metadata: Metadata {
                support_code: String::new(),
                received_at: 0,
                networks: networks.iter().map(|byte| [*byte; 16].into()).collect(),
                language: String::from("en"),
            },
            message: Compact::parse(message).unwrap(),
        }
    }

    /// Acquires slots for an ask until none is given.
    fn fill<'a>(slots: &'a Slots, ask: &Ask) -> Vec<Slot<'a>> {
        std::iter::from_fn(|| slots.acquire(ask)).collect()
    }

    #[test]
    fn one_network_or_five_leave_room_for_the_others() {
        let slots = Slots::default();
        let one = fill(&slots, &message(&[1]));
        assert_eq!(one.len(), MAX_ASKS / 2);
        let others: Vec<_> = (2..=5)
            .map(|network| fill(&slots, &message(&[network])))
            .collect();
        assert!(others.iter().all(|held| !held.is_empty()));
        assert!(slots.acquire(&message(&[6])).is_some());
        drop((one, others));
        assert_eq!(fill(&slots, &message(&[1])).len(), MAX_ASKS / 2);
    }

    #[test]
    fn many_64_of_one_56_or_48_leave_room_for_the_others() {
        for widest in [2, 3] {
            let slots = Slots::default();
            let held: Vec<_> = (10..250)
                .flat_map(|network| fill(&slots, &message(&[network, 1, 2][..widest])))
                .collect();
            assert!(held.len() > MAX_ASKS / 2, "more than one address gets");
            assert!(slots.acquire(&message(&[3, 4, 5])).is_some());
        }
    }

    #[test]
    fn all_together_hold_no_more_than_there_are() {
        let slots = Slots::default();
        let held: Vec<_> = (0..=255)
            .flat_map(|network| fill(&slots, &message(&[network])))
            .collect();
        assert_eq!(held.len(), MAX_ASKS);
        assert!(slots.acquire(&message(&[])).is_none());
    }

    #[test]
    fn the_sandbox_leaves_room_for_resets() {
        let slots = Slots::default();
        let view = Ask::Sandbox {
            language: String::from("en"),
        };
        for _ in 0..2 {
            let held = fill(&slots, &view);
            assert_eq!(held.len(), MAX_SANDBOX_ASKS);
            assert!(slots.acquire(&message(&[1])).is_some());
        }
    }
}
