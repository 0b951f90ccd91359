//! Moments that stay within the calendar, whoever gave the one that is counted from.

use chrono::{DateTime, TimeDelta, Utc};

/// `at + delta`, or `at` where the sum is beyond the calendar: what others wrote must not panic.
pub fn later(at: DateTime<Utc>, delta: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(delta).unwrap_or(at)
}

/// `at - delta`, or `at` where that is beyond the calendar.
pub fn earlier(at: DateTime<Utc>, delta: TimeDelta) -> DateTime<Utc> {
    at.checked_sub_signed(delta).unwrap_or(at)
}
