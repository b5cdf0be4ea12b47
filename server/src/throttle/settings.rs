//! `[throttle]` of the portal's configuration. Rates are in messages per minute; a reset is four to
//! eight messages.

use serde::Deserialize;
use std::ops::RangeInclusive;

/// The permitted rates, and the work that high rates require.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Throttling {
    /// The rate of one network (an IPv4 address, an IPv6 /64) that requires no work; twice as much
    /// for a /56, four times for a /48. Default: 60.
    pub network_free: u32,
    /// The highest rate of one network; twice as much for a /56, four times for a /48. Default:
    /// 600.
    pub network_cap: u32,
    /// The rate of all networks to one tenant that requires no work. Default: 600.
    pub tenant_free: u32,
    /// The highest rate of all networks to one tenant; from half of it on, the busiest networks
    /// wait. Default: 3000.
    pub tenant_cap: u32,
    /// The least work, in bits: each doubles it. 12 takes a moment. Default: 12.
    pub least_bits: u8,
    /// The most work, in bits, below a cap. 17 takes a slow phone a second or two. Default: 17.
    pub most_bits: u8,
}

/// The rate that requires no work, and the highest rate, in messages per minute.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowance {
    free: u32,
    cap: u32,
}

impl Allowance {
    pub(super) fn free(self) -> f64 {
        self.free.into()
    }

    pub(super) fn cap(self) -> f64 {
        self.cap.into()
    }

    /// Returns the multiple of both rates.
    pub(super) const fn times(self, times: u32) -> Self {
        Self {
            free: self.free.saturating_mul(times),
            cap: self.cap.saturating_mul(times),
        }
    }
}

impl Throttling {
    /// Checks the ranges of all values.
    ///
    /// # Errors
    /// The keys, the expected range and the values found.
    pub fn check(&self) -> Result<(), String> {
        const RATES: RangeInclusive<u32> = 1..=1_000_000;
        const BITS: RangeInclusive<u8> = 1..=20;
        for (free, cap, name) in [
            (self.network_free, self.network_cap, "network"),
            (self.tenant_free, self.tenant_cap, "tenant"),
        ] {
            if !RATES.contains(&free) || !RATES.contains(&cap) || free >= cap {
                return Err(format!(
                    "throttle.{name}_free and throttle.{name}_cap: expected 1 to 1000000, the first \
                     less than the second, found {free} and {cap}"
                ));
            }
        }
        let (least, most) = (self.least_bits, self.most_bits);
        if !BITS.contains(&least) || !BITS.contains(&most) || least > most {
            return Err(format!(
                "throttle.least_bits and throttle.most_bits: expected 1 to 20, the first not more \
                 than the second, found {least} and {most}"
            ));
        }
        Ok(())
    }

    pub(super) const fn network(&self) -> Allowance {
        Allowance {
            free: self.network_free,
            cap: self.network_cap,
        }
    }

    pub(super) const fn tenant(&self) -> Allowance {
        Allowance {
            free: self.tenant_free,
            cap: self.tenant_cap,
        }
    }

    /// Returns the least and the most work, in bits.
    pub(super) const fn work_bits(&self) -> (u8, u8) {
        (self.least_bits, self.most_bits)
    }
}

impl Default for Throttling {
    fn default() -> Self {
        Self {
            network_free: 60,
            network_cap: 600,
            tenant_free: 600,
            tenant_cap: 3000,
            least_bits: 12,
            most_bits: 17,
        }
    }
}
