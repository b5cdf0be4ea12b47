//! Rates of messages over about the last minute, in memory of a fixed size.

use super::KEY_BYTES;
use crate::client::Network;
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use postern_envelope::package::{PackageError, random};

/// The time constant of a rate, in seconds.
pub const WINDOW_SECONDS: u64 = 60;

/// Rows of the table. Every network is counted in one cell of each row.
const ROWS: usize = 4;

/// Cells in a row. The table takes 1 MB.
const CELLS_PER_ROW: usize = 1 << 14;

/// A count that decays exponentially: at a steady rate it is the number of messages in one window.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rate {
    level: f64,
    updated_at: u64,
}

impl Rate {
    /// Returns the decayed count at `now`, in seconds since the Unix epoch.
    pub fn level(&self, now: u64) -> f64 {
        let passed = now
            .saturating_sub(self.updated_at)
            .min(100 * WINDOW_SECONDS);
        #[expect(clippy::cast_precision_loss, reason = "a few thousand seconds")]
        let windows = passed as f64 / WINDOW_SECONDS as f64;
        self.level * (-windows).exp()
    }

    /// Counts one message.
    pub fn count(&mut self, now: u64) {
        self.level = self.level(now) + 1.0;
        // A clock that was set back must not make the count decay twice.
        self.updated_at = self.updated_at.max(now);
    }
}

/// The cells in which a network is counted, one in each row.
pub type Cells = [usize; ROWS];

/// The rates of all networks, as a count-min sketch: a table of fixed size, so that an attacker
/// with any number of addresses uses no more memory and displaces no other network. A network's
/// rate is the least of its cells: it is never too low, and too high only if each of its cells is
/// shared with a busier network. With 1,000 networks at their cap, this affects one other network
/// in 80,000; with 10,000, one in 23. The key hides from outsiders which networks share cells.
pub struct NetworkRates {
    key: hmac::Key,
    cells: Vec<Rate>,
}

impl NetworkRates {
    /// Creates a table without counts.
    ///
    /// # Errors
    /// The system provided no random bytes.
    pub fn new() -> Result<Self, PackageError> {
        Ok(Self {
            key: hmac::Key::new(HMAC_SHA256, random(KEY_BYTES)?.expose()),
            cells: vec![Rate::default(); ROWS * CELLS_PER_ROW],
        })
    }

    /// Returns the cells of a network.
    pub fn cells(&self, network: Network) -> Cells {
        let tag = hmac::sign(&self.key, &network);
        let bytes = tag.as_ref();
        std::array::from_fn(|row| {
            let number = u32::from_le_bytes(std::array::from_fn(|byte| bytes[row * 4 + byte]));
            row * CELLS_PER_ROW + number as usize % CELLS_PER_ROW
        })
    }

    /// Returns a network's rate at `now`.
    pub fn level(&self, cells: Cells, now: u64) -> f64 {
        let levels = cells.map(|cell| self.cells[cell].level(now));
        levels.into_iter().fold(f64::INFINITY, f64::min)
    }

    /// Counts one message of a network. Cells that other networks have filled higher do not change.
    pub fn count(&mut self, cells: Cells, now: u64) {
        let after = self.level(cells, now) + 1.0;
        for cell in cells {
            let cell = &mut self.cells[cell];
            if cell.level(now) < after {
                *cell = Rate {
                    level: after,
                    updated_at: cell.updated_at.max(now),
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_795_165_920;

    fn network(number: u64) -> Network {
        let mut network = [0; 10];
        network[2..].copy_from_slice(&number.to_be_bytes());
        network
    }

    #[test]
    fn a_steady_rate_is_told_by_the_minute_and_fades() {
        let mut rate = Rate::default();
        for second in 0..600 {
            rate.count(NOW + second);
            rate.count(NOW + second);
        }
        let level = rate.level(NOW + 600);
        assert!((115.0..125.0).contains(&level), "{level}");
        assert!(rate.level(NOW + 600 + 5 * WINDOW_SECONDS) < 1.0);
        assert!(
            rate.level(0) >= level,
            "a clock that was set back causes no decay"
        );
        assert!(rate.level(u64::MAX) < 0.001);
    }

    #[test]
    fn a_network_is_counted_for_itself() {
        let mut rates = NetworkRates::new().unwrap();
        let (busy, quiet) = (rates.cells(network(1)), rates.cells(network(2)));
        for _ in 0..100 {
            rates.count(busy, NOW);
        }
        assert!((99.0..101.0).contains(&rates.level(busy, NOW)));
        assert!(rates.level(quiet, NOW) < 1.0);
    }

    #[test]
    fn a_thousand_busy_networks_harm_hardly_anybody_and_take_no_more_room() {
        let mut rates = NetworkRates::new().unwrap();
        let capacity = rates.cells.capacity();
        for number in 0..1_000 {
            let cells = rates.cells(network(number));
            for _ in 0..100 {
                rates.count(cells, NOW);
            }
        }
        let harmed = (1_000..21_000)
            .filter(|number| rates.level(rates.cells(network(*number)), NOW) >= 100.0)
            .count();
        assert!(harmed < 10, "{harmed} of 20,000");
        assert_eq!(rates.cells.capacity(), capacity);
    }
}
