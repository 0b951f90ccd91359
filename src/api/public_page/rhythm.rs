//! How often a hosted page is read by one reader. What a million readers make of it stands in `docs/load.md`;
//! a test holds the two together.

use chrono::{DateTime, TimeDelta, Utc};

/// While an incident goes on, or the state is neither well nor planned, and somebody looks.
pub const DURING: TimeDelta = TimeDelta::seconds(30);
/// While all is calm and somebody looks.
pub const CALM: TimeDelta = TimeDelta::seconds(60);
/// While nobody looks.
pub const HIDDEN: TimeDelta = TimeDelta::seconds(300);
/// The longest that a source that fails is left alone.
pub const LONGEST: TimeDelta = TimeDelta::seconds(600);

/// What the pause until the next reading depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Whether an incident goes on, or the state is neither well nor planned.
    pub open: bool,
    /// Whether the page can be seen.
    pub visible: bool,
    /// How many readings have failed since the last that did not.
    pub failures: u32,
}

/// The pause before the next reading. `chance`, from 0 up to 1, spreads it by a fifth to either side, so that
/// readers who came in the same second do not come back in the same second; failures double it.
pub fn pause(seen: Seen, chance: f64) -> TimeDelta {
    let base = match (seen.visible, seen.open) {
        (false, _) => HIDDEN,
        (true, true) => DURING,
        (true, false) => CALM,
    };
    let doubled = base * (1 << seen.failures.min(5));
    let longest = if seen.failures > 0 {
        doubled.min(LONGEST)
    } else {
        base
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a fifth of ten minutes, in milliseconds"
    )]
    let spread = (f64::from(u32::try_from(longest.num_milliseconds()).unwrap_or_default())
        * (chance.clamp(0.0, 1.0) - 0.5)
        * 0.4) as i64;
    longest + TimeDelta::milliseconds(spread)
}

/// How long a page waits once its device has a network again: what failed says nothing of the source, and whoever lost the
/// network together comes back together. `chance`, from 0 up to 1, spreads them over five seconds.
pub fn reconnected(chance: f64) -> TimeDelta {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "five seconds, in milliseconds"
    )]
    let spread = (chance.clamp(0.0, 1.0) * 5_000.0) as i64;
    TimeDelta::milliseconds(spread)
}

/// After so many vain questions what a list says has to do, though its summary says otherwise.
const ENOUGH: u32 = 3;

/// How long a list that cannot be read is left alone, while the rest of its page is read on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patience {
    failures: u32,
    failed_at: Option<DateTime<Utc>>,
    owed: bool,
}

impl Patience {
    /// Whether a reading asks for the list, because something `changed` or because it is owed since. After a failure
    /// it is left alone for a minute, and twice as long after every further one, up to ten.
    pub fn asks(&mut self, changed: bool, now: DateTime<Utc>) -> bool {
        self.owed |= changed;
        let wait = (CALM * (1 << self.failures.saturating_sub(1).min(5))).min(LONGEST);
        // A clock that was set back must not stop the asking.
        let rests = |at: DateTime<Utc>| now >= at && now - at < wait;
        self.owed && !self.failed_at.is_some_and(rests)
    }

    /// Whether it was asked for in vain so often that what it says has to do.
    pub fn is_at_its_end(&self) -> bool {
        self.failures >= ENOUGH
    }

    /// The list was read: nothing is owed.
    pub fn read(&mut self) {
        *self = Self::default();
    }

    /// The list could not be read.
    pub fn failed(&mut self, now: DateTime<Utc>) {
        self.failures = self.failures.saturating_add(1);
        self.failed_at = Some(now);
    }
}
