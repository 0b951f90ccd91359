//! The zone of this browser.

use chrono::{DateTime, TimeDelta, Utc};

use super::intl::date;

/// How far this browser's zone is ahead of UTC at a moment.
pub fn zone(at: DateTime<Utc>) -> TimeDelta {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "minutes of less than two days"
    )]
    let minutes = date(at).get_timezone_offset() as i64;
    TimeDelta::minutes(-minutes)
}
