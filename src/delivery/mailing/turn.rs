//! Which tab of this browser sends. It holds a lock, and gives a sign of life: a tab that the browser has frozen keeps
//! its lock, and must not keep a phone from sending.

use chrono::{DateTime, TimeDelta, Utc};

/// How often the tab that sends gives a sign of life, in milliseconds.
pub const BEAT_MS: u32 = 5_000;
/// A tab that has given none for so long is frozen or gone.
const SILENT: TimeDelta = TimeDelta::seconds(20);

/// The sign of life of the tab that sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beat {
    /// The tab's id, made when it began.
    pub tab: String,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

impl Beat {
    /// How it is put away.
    pub fn kept(&self) -> String {
        format!("{}|{}", self.tab, self.at_ms)
    }

    /// Takes one back.
    pub fn restored(kept: &str) -> Option<Self> {
        let (tab, at) = kept.split_once('|')?;
        Some(Self {
            tab: tab.to_owned(),
            at_ms: at.parse().ok()?,
        })
    }

    /// Whether whoever gave it is frozen or gone. A clock that was set back says nothing of that: a sign from the
    /// future is as old as it is far.
    pub fn is_old(&self, now: DateTime<Utc>) -> bool {
        (now.timestamp_millis() - self.at_ms).abs() > SILENT.num_milliseconds()
    }
}

/// Whether `tab` may send where the browser knows no locks: the signs of life alone decide.
pub fn is_free(last: Option<&Beat>, tab: &str, now: DateTime<Utc>) -> bool {
    last.is_none_or(|beat| beat.tab == tab || beat.is_old(now))
}
