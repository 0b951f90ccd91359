//! How far this device's clock is from the server's, as the `Date` of answers tells. A `Date` has whole
//! seconds and travels, so that small differences count as none, and a new difference has to be heard
//! twice before it is believed.

use chrono::{DateTime, Utc};

/// A request that took longer says nothing about the time: the device may have slept in between.
const SLOWEST_MS: i64 = 5_000;
/// Differences up to this are what a `Date` cannot tell from none.
const BLUR_MS: i64 = 2_000;
/// A clock that is so far off at most is about right: a page that tells minutes is no better for less.
const ABOUT_RIGHT_MS: i64 = 30_000;
/// How far apart two answers must be that tell of a new difference.
const APART_MS: i64 = 5_000;

/// When an answer was asked for and came, by this device's clock, and what its server's clock said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// When the request left, by this device.
    pub asked: DateTime<Utc>,
    /// When its answer came, by this device.
    pub came: DateTime<Utc>,
    /// The answer's `Date`.
    pub date: DateTime<Utc>,
}

impl Sample {
    /// Device minus server, in milliseconds; `None` where the answer took too long to tell.
    fn offset_ms(&self) -> Option<i64> {
        let took = (self.came - self.asked).num_milliseconds();
        if !(0..=SLOWEST_MS).contains(&took) {
            return None;
        }
        // The server wrote its whole second somewhere between; the half second evens out its rounding.
        let server = self.date.timestamp_millis() + 500;
        let offset = self.asked.timestamp_millis() + took / 2 - server;
        Some(if offset.abs() < BLUR_MS { 0 } else { offset })
    }
}

/// What is known of the difference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerClock {
    known: Option<i64>,
    /// A difference that was heard once, and when.
    doubt: Option<(i64, DateTime<Utc>)>,
}

impl ServerClock {
    /// Device minus server, in milliseconds; `None` before a server has told.
    pub fn offset_ms(&self) -> Option<i64> {
        self.known
    }

    /// What a reader's clock is to be corrected by, in milliseconds: nothing, where it is about right.
    pub fn correction_ms(&self) -> i64 {
        let offset = self.known.unwrap_or_default();
        if offset.abs() > ABOUT_RIGHT_MS {
            -offset
        } else {
            0
        }
    }

    /// Takes in what an answer tells.
    pub fn hear(&mut self, sample: &Sample) {
        let Some(heard) = sample.offset_ms() else {
            return;
        };
        let same = |other: i64| (heard - other).abs() <= BLUR_MS;
        match (self.known, self.doubt) {
            (None, _) => self.known = Some(heard),
            (Some(known), _) if same(known) => self.doubt = None,
            (Some(_), Some((doubted, at))) if same(doubted) => {
                if (sample.came - at).num_milliseconds().abs() >= APART_MS {
                    (self.known, self.doubt) = (Some(heard), None);
                }
            }
            (Some(_), _) => self.doubt = Some((heard, sample.came)),
        }
    }
}
