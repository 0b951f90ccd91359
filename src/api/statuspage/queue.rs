//! The turns at Statuspage: one request a second for a token that a whole team shares. Told the time; what
//! waits for its turn is somebody else's business.

use chrono::{DateTime, TimeDelta, Utc};

/// The least time between two beginnings.
pub const SPACING: TimeDelta = TimeDelta::seconds(1);
/// The longest pause, whatever was asked for: after it the vendor is asked again.
pub const LONGEST_PAUSE: TimeDelta = TimeDelta::seconds(60);
/// The first pause after "too many requests" that names none; it doubles each time.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(2);

/// What a turn is for: whoever writes goes before whoever reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Write,
    Read,
}

/// A place in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(u64);

/// Whether it is somebody's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is, and it has begun.
    Now,
    /// Not yet: ask again after so long.
    After(TimeDelta),
}

#[derive(Debug, Default)]
pub struct Queue {
    waiting: Vec<(Kind, u64)>,
    issued: u64,
    last: Option<DateTime<Utc>>,
    not_before: Option<DateTime<Utc>>,
    pauses: u32,
}

impl Queue {
    /// Takes a place.
    pub fn enter(&mut self, kind: Kind) -> Ticket {
        self.issued += 1;
        self.waiting.push((kind, self.issued));
        Ticket(self.issued)
    }

    /// Gives a place up.
    pub fn leave(&mut self, ticket: Ticket) {
        self.waiting.retain(|(_, number)| *number != ticket.0);
    }

    /// Whether it is this one's turn now; if so it has had it.
    pub fn turn(&mut self, ticket: Ticket, now: DateTime<Utc>) -> Turn {
        let wait = self.pause(now);
        if wait > TimeDelta::zero() {
            return Turn::After(wait);
        }
        if self.next() != Some(ticket.0) {
            return Turn::After(SPACING);
        }
        self.leave(ticket);
        self.last = Some(now);
        Turn::Now
    }

    /// A request was answered with "too many requests": nobody begins before the pause is over.
    pub fn too_many(&mut self, after_seconds: Option<u32>, now: DateTime<Utc>) {
        let growing = FIRST_PAUSE * 2_i32.pow(self.pauses.min(5));
        let asked = after_seconds.map(|seconds| TimeDelta::seconds(seconds.into()));
        let pause = asked.unwrap_or(growing).clamp(SPACING, LONGEST_PAUSE);
        self.pauses = self.pauses.saturating_add(1);
        // Another answer may have asked for a longer one.
        self.not_before = self.not_before.max(Some(now + pause));
    }

    /// A request was answered with anything else.
    pub fn answered(&mut self) {
        self.pauses = 0;
    }

    /// How long nobody may begin.
    fn pause(&mut self, now: DateTime<Utc>) -> TimeDelta {
        // A clock that was set back must not stop the queue.
        self.last = self.last.map(|last| last.min(now));
        self.not_before = self.not_before.map(|at| at.min(now + LONGEST_PAUSE));
        let spaced = self.last.map(|last| last + SPACING);
        spaced
            .max(self.not_before)
            .map_or_else(TimeDelta::zero, |at| at - now)
    }

    /// The first of those that write, else the first of those that read.
    fn next(&self) -> Option<u64> {
        let first = |wanted: Kind| {
            let mut places = self.waiting.iter();
            places
                .find(|(kind, _)| *kind == wanted)
                .map(|(_, number)| *number)
        };
        first(Kind::Write).or_else(|| first(Kind::Read))
    }
}
