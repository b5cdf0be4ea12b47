//! The limits on guessing and sending, so that strangers can neither guess their way in nor take a
//! way from an account's owner.
//!
//! | file | what it counts |
//! |---|---|
//! | `tries.rs` | wrong answers and sent codes of an account, by network |
//! | `networks.rs` | wrong answers, codes and names of a network, over all accounts |
//! | `sends.rs` | codes to one address or number |
//! | `pace.rs` | codes of the whole tenant in a minute; the rest waits |
//! | `budget.rs` | what is left to a requester by all of these |

pub(crate) mod budget;
pub(crate) mod networks;
pub(crate) mod pace;
pub(crate) mod sends;
pub(crate) mod tries;

use crate::config::Rules;

/// The limits of a tenant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The number of wrong answers that closes the gates of an account that can be guessed.
    pub tries: u16,
    /// The window of wrong answers and of an account's codes.
    pub window_seconds: u64,
    /// The wait before a second code; twice as long before a third, and so on.
    pub pause_seconds: u64,
    /// The number of codes to one destination in a window before [`SLOW_PAUSE_SECONDS`] applies.
    pub codes_per_address: u16,
    /// The maximum number of codes of the whole tenant in a minute.
    pub codes_per_minute: u16,
    /// The maximum number of wrong answers from one network in a window, over all accounts.
    pub network_tries: u16,
    /// The maximum number of codes requested from one network in an hour.
    pub network_codes: u16,
    /// The maximum number of names looked up from one network in an hour.
    pub network_names: u16,
    /// The number of wrong answers of the whole tenant in an hour that raises the alarm.
    pub alarm: u16,
}

impl Limits {
    /// Returns the limits that the rules set.
    pub(crate) fn of(rules: &Rules) -> Self {
        Self {
            tries: rules.tries.get(),
            window_seconds: u64::from(rules.lock_hours.get()) * 60 * 60,
            pause_seconds: rules.pause_seconds.get().into(),
            codes_per_address: rules.codes_per_address.get(),
            codes_per_minute: rules.codes_per_minute.get(),
            network_tries: rules.network_tries.get(),
            network_codes: rules.network_codes.get(),
            network_names: rules.network_names.get(),
            alarm: rules.alarm_wrong_answers.get(),
        }
    }
}
