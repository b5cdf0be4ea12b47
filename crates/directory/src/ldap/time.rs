//! Converts the directory's times: FILETIME and generalized time to seconds since the Unix epoch,
//! and intervals to seconds.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The number of ticks of 100 nanoseconds in a second.
const TICKS_PER_SECOND: i64 = 10_000_000;

/// The time from 1601 (the FILETIME epoch) to 1970, in seconds.
const EPOCH_OFFSET_SECONDS: i64 = 11_644_473_600;

/// Converts a FILETIME to seconds since 1970; `None` for "never" (0 and the greatest value).
pub(super) fn from_filetime(ticks: i64) -> Option<u64> {
    if ticks <= 0 || ticks == i64::MAX {
        return None;
    }
    Some(u64::try_from(ticks / TICKS_PER_SECOND - EPOCH_OFFSET_SECONDS).unwrap_or(0))
}

/// Converts an interval, which the directory stores as a negative number, to seconds.
pub(super) fn from_interval(ticks: i64) -> u64 {
    ticks.unsigned_abs() / TICKS_PER_SECOND.unsigned_abs()
}

/// Parses generalized time as in the root DSE, such as `20261120071838.0Z` (RFC 4517 section 3.3.13);
/// seconds since 1970.
pub(super) fn from_generalized(text: &str) -> Option<u64> {
    let text = text.strip_suffix('Z')?;
    let (seconds, _fraction) = text.split_once('.').unwrap_or((text, ""));
    let time = DateTime::strptime("%Y%m%d%H%M%S", seconds).ok()?;
    let time = time.to_zoned(TimeZone::UTC).ok()?;
    u64::try_from(time.timestamp().as_second()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        assert_eq!(from_filetime(0), None);
        assert_eq!(from_filetime(i64::MAX), None);
        assert_eq!(from_filetime(116_444_736_010_000_000), Some(1));
        assert_eq!(from_interval(-864_000_000_000), 86_400);
        assert_eq!(from_interval(i64::MIN), 922_337_203_685);
        assert_eq!(from_generalized("19700101000001.0Z"), Some(1));
        assert_eq!(from_generalized("20240229120000.0Z"), Some(1_709_208_000));
        assert_eq!(from_generalized("20261120071838.0Z"), Some(1_795_159_118));
        assert_eq!(from_generalized("2026"), None);
        assert_eq!(from_generalized("ü0261120071838.0Z"), None);
    }
}
