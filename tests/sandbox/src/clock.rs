//! The sandbox's time: the machine's, shifted, or as a test gives it; and the ways in which the vendors write it.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};

/// A moment, milliseconds since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Author(pub i64);

impl Author {
    /// The machine's moment, shifted by seconds.
    pub fn now(shift_seconds: i64) -> Self {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Self(i64::try_from(since.as_millis()).unwrap_or_default()).plus(shift_seconds)
    }

    /// Later, or earlier, by seconds.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }

    /// "2024-06-07T01:00:17Z", as the manage API writes an incident's own times.
    pub fn seconds(self) -> String {
        self.utc().to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// "2024-06-07T01:00:17.309Z", as the manage API writes an update's times.
    pub fn millis(self) -> String {
        self.utc().to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// "2022-02-15T13:37:37.407-08:00", as public pages write times; `Z` where the page is in UTC.
    pub fn local(self, offset_minutes: i32) -> String {
        match FixedOffset::east_opt(offset_minutes.saturating_mul(60)) {
            Some(offset) if offset_minutes != 0 => self
                .utc()
                .with_timezone(&offset)
                .to_rfc3339_opts(SecondsFormat::Millis, false),
            Some(_) | None => self.millis(),
        }
    }

    /// "Mon, 23 Nov 2026 23:16:45 GMT", as headers write it.
    pub fn http(self) -> String {
        self.utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// A moment as clients write it.
    pub fn read(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text.trim())
            .ok()
            .map(|moment| Self(moment.timestamp_millis()))
    }
}

#[cfg(test)]
mod tests {
    use super::Author;

    #[test]
    fn the_vendors_forms() {
        let at = Author::read("2022-02-15T21:37:37.407Z").expect("a moment");
        assert_eq!(at.seconds(), "2022-02-15T21:37:37Z");
        assert_eq!(at.millis(), "2022-02-15T21:37:37.407Z");
        assert_eq!(at.local(-480), "2022-02-15T13:37:37.407-08:00");
        assert_eq!(at.local(0), "2022-02-15T21:37:37.407Z");
        assert_eq!(at.http(), "Tue, 15 Feb 2022 21:37:37 GMT");
    }
}
