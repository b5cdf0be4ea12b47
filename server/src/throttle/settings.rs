//! `[throttle]` of the portal's configuration. Rates are messages in a minute; a reset is four to
//! eight of them.

use serde::Deserialize;
use std::ops::RangeInclusive;

/// What may be sent, and for how much work.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Throttling {
    /// What one network (an IPv4 address, an IPv6 /64) may send without any work; a /56 twice, a
    /// /48 four times as much. Default: 60.
    pub network_free: u32,
    /// What one network may send at all; a /56 twice, a /48 four times as much. Default: 600.
    pub network_cap: u32,
    /// What all may send to one tenant without any work. Default: 600.
    pub tenant_free: u32,
    /// What all may send to one tenant at all; from half of it on, the busiest networks wait.
    /// Default: 3000.
    pub tenant_cap: u32,
    /// The least work, in bits: each doubles it. 12 is a moment's. Default: 12.
    pub least_bits: u8,
    /// The most work, right below a cap. 17 takes a slow phone a second or two. Default: 17.
    pub most_bits: u8,
}

/// What may be sent for nothing, and what at all.
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

    /// The same so many times.
    pub(super) const fn times(self, times: u32) -> Self {
        Self {
            free: self.free.saturating_mul(times),
            cap: self.cap.saturating_mul(times),
        }
    }
}

impl Throttling {
    /// Says which key is not as it may be, and what is allowed.
    ///
    /// # Errors
    /// The key, its value and what is allowed.
    pub fn check(&self) -> Result<(), String> {
        const RATES: RangeInclusive<u32> = 1..=1_000_000;
        const BITS: RangeInclusive<u8> = 1..=20;
        for (free, cap, name) in [
            (self.network_free, self.network_cap, "network"),
            (self.tenant_free, self.tenant_cap, "tenant"),
        ] {
            if !RATES.contains(&free) || !RATES.contains(&cap) || free >= cap {
                return Err(format!(
                    "throttle.{name}_free is {free} and throttle.{name}_cap is {cap}, allowed is \
                     1 to 1000000, the first less than the second"
                ));
            }
        }
        let (least, most) = (self.least_bits, self.most_bits);
        if !BITS.contains(&least) || !BITS.contains(&most) || least > most {
            return Err(format!(
                "throttle.least_bits is {least} and throttle.most_bits is {most}, allowed is \
                 1 to 20, the first not more than the second"
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

    /// The least and the most work, in bits.
    pub(super) const fn work(&self) -> (u8, u8) {
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
