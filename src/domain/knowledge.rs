//! How well a source is known that was read some time ago. An old answer is no answer: it shows no green, and after a
//! while it is not even the state any more, only the last that was heard.

use chrono::{DateTime, TimeDelta, Utc};

/// After so long without an answer the state is not known, whatever the reason: a source that fails, a reader who
/// stopped the reading, a device that slept.
const GONE: TimeDelta = TimeDelta::minutes(10);
/// A page that somebody looks at is read again before its last answer is so old: an older one was left alone, hidden or on a
/// device that slept, and what came since is about to be asked.
pub const LOOKED_AT: TimeDelta = TimeDelta::seconds(90);

/// How well the state is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// The last answer is young, and every question since was answered.
    Known,
    /// A question was not answered: what is shown is the last that was known.
    Doubted,
    /// Nothing was heard for too long, since this moment.
    Lost(DateTime<Utc>),
}

impl Knowledge {
    /// What is known at `now` of a source that answered last at `as_of`; `unreachable` where it was asked since and
    /// did not answer.
    pub fn at(as_of: Option<DateTime<Utc>>, unreachable: bool, now: DateTime<Utc>) -> Self {
        match as_of {
            Some(at) if now.signed_duration_since(at) >= GONE => Self::Lost(at),
            Some(_) | None if unreachable => Self::Doubted,
            Some(_) | None => Self::Known,
        }
    }

    /// Up to when it is known how things are: up to `now` while the source is read and answers, else up to its last answer. A
    /// reader who has `paused` the reading asks nothing.
    pub fn reaches(
        self,
        as_of: Option<DateTime<Utc>>,
        paused: bool,
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        let read = as_of.unwrap_or(now);
        if self == Self::Known && !paused && now - read < LOOKED_AT {
            now
        } else {
            read
        }
    }

    /// Since when nothing is known, where that is so.
    pub fn lost_since(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Lost(since) => Some(since),
            Self::Known | Self::Doubted => None,
        }
    }
}
