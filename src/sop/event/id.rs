//! The id of an event: the order in which a log is folded.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An event's id: a hybrid logical clock and the device's id. Its order is the order of folding.
///
/// Printed and stored as `millis-counter-device` with fixed-width hexadecimal numbers, so that the
/// order of the text is the order of the ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventId {
    /// Milliseconds since 1970 on the device's clock, or the highest seen where that was ahead.
    pub millis: u64,
    /// Counts events within one millisecond.
    pub counter: u32,
    /// The device that made it.
    pub device: String,
}

const MILLIS_DIGITS: usize = 12;
const COUNTER_DIGITS: usize = 4;
/// The last moment that fits into an id's text, eight thousand years from now.
const LAST_MILLIS: u64 = (1 << (4 * MILLIS_DIGITS)) - 1;
const LAST_COUNTER: u32 = (1 << (4 * COUNTER_DIGITS)) - 1;

/// A number of exactly so many lower-case digits: another width would break the order of the texts.
fn hexadecimal(text: &str, digits: usize) -> Option<u64> {
    let lower = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let plain = text.len() == digits && text.bytes().all(lower);
    plain.then(|| u64::from_str_radix(text, 16).ok()).flatten()
}

/// An event id that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an event id: {0:?}")]
pub struct BadEventId(pub String);

impl TryFrom<String> for EventId {
    type Error = BadEventId;

    fn try_from(text: String) -> Result<Self, BadEventId> {
        let parsed = (|| {
            let (millis, rest) = text.split_once('-')?;
            let (counter, device) = rest.split_once('-')?;
            Some(Self {
                millis: hexadecimal(millis, MILLIS_DIGITS)?,
                counter: u32::try_from(hexadecimal(counter, COUNTER_DIGITS)?).ok()?,
                device: (!device.is_empty()).then(|| device.to_owned())?,
            })
        })();
        parsed.ok_or(BadEventId(text))
    }
}

impl std::fmt::Display for EventId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:012x}-{:04x}-{}",
            self.millis, self.counter, self.device
        )
    }
}

impl From<EventId> for String {
    fn from(id: EventId) -> Self {
        id.to_string()
    }
}

/// What stands in the place of the device in the id of a post that was adopted; the update's id follows.
const ADOPTED: &str = "page.";

impl EventId {
    /// The id of a post that was adopted from the page: the same on every console that adopts it, and
    /// after the declaration even where the declaring device's clock is ahead.
    #[must_use]
    pub fn adopted(update: &str, created: DateTime<Utc>, declared: &Self) -> Self {
        Self::next(&format!("{ADOPTED}{update}"), created, Some(declared))
    }

    /// The update on the page that the event was adopted from; `None` where a device made it.
    pub fn page_update(&self) -> Option<&str> {
        self.device.strip_prefix(ADOPTED)
    }

    /// The id of the next event of `device` at `now`, after everything up to `last`. Where `last` is the
    /// last one that there can be, it is `last` again.
    #[must_use]
    pub fn next(device: &str, now: DateTime<Utc>, last: Option<&Self>) -> Self {
        let wall = u64::try_from(now.timestamp_millis())
            .unwrap_or(0)
            .min(LAST_MILLIS);
        let device = device.to_owned();
        match last {
            Some(last) if last.millis >= wall && last.counter < LAST_COUNTER => Self {
                millis: last.millis,
                counter: last.counter + 1,
                device,
            },
            Some(last) if last.millis >= wall && last.millis < LAST_MILLIS => Self {
                millis: last.millis + 1,
                counter: 0,
                device,
            },
            Some(last) if last.millis >= wall => last.clone(),
            Some(_) | None => Self {
                millis: wall,
                counter: 0,
                device,
            },
        }
    }
}
