//! What a person says in a field for a moment. The field's text is one thing and the moment it means another: a text may
//! be missing, be no time, name an hour that the zone skips or one that it has twice, or a year that nobody means.
//!
//! The zone is told: how far local time is ahead of UTC at a moment.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

/// How far local time is ahead of UTC at a moment.
pub type Zone<'a> = &'a dyn Fn(DateTime<Utc>) -> TimeDelta;

/// What a field for a moment says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Nobody typed: the moment in which the form is used.
    Now,
    /// This moment.
    At(DateTime<Utc>),
    /// Nothing that can be taken.
    Wrong(Wrong),
}

/// Why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It was emptied.
    Empty,
    /// It is no day with a time.
    NoTime,
    /// The clocks are put forward over it.
    Skipped,
    /// The clocks are put back over it, and nobody said which of the two is meant.
    Twice,
    /// It has not come yet.
    Future,
    /// It lies a year or more back, and nobody said that this is meant.
    LongAgo(DateTime<Utc>),
    /// It lies so far back that the year was mistyped, or is half typed.
    OtherAge,
}

/// Which of two moments with the same local time is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// The one before the clocks were put back.
    Earlier,
    /// The one after.
    Later,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entry<'a> {
    /// Its text, where somebody typed one: an emptied field is an empty text.
    pub text: Option<&'a str>,
    /// The moment that stood there before anybody typed; nothing where that is now, or not known.
    pub before: Option<DateTime<Utc>>,
    /// Which moment of an hour that comes twice.
    pub reading: Option<Reading>,
    /// Whether the person said that they mean a time a year or more back.
    pub is_sure: bool,
}

/// The moments that a local time means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readings {
    /// None: the clocks are put forward over it.
    None,
    One(DateTime<Utc>),
    /// Two: the clocks are put back over it.
    Two(DateTime<Utc>, DateTime<Utc>),
}

/// A clock may be so much ahead of ours: what it says is now, and not the future.
const SLACK: TimeDelta = TimeDelta::minutes(1);
const YEAR: TimeDelta = TimeDelta::days(365);
const AGE: TimeDelta = TimeDelta::days(20 * 365);
/// After so long what was typed into a form may be of something else.
const OLD: TimeDelta = TimeDelta::hours(1);

/// What a field says at the moment `now`.
pub fn said(entry: Entry, now: DateTime<Utc>, zone: Zone) -> Said {
    let text = match (entry.text, entry.before) {
        (Some(text), _) => text.trim().to_owned(),
        (None, Some(before)) => typed(before, zone),
        (None, None) => return Said::Now,
    };
    if text.is_empty() {
        return Said::Wrong(Wrong::Empty);
    }
    let Some(local) = wall_time(&text) else {
        return Said::Wrong(Wrong::NoTime);
    };
    // What stood there stands, to the second, as long as the same minute is said.
    if let Some(before) = entry.before.filter(|_| entry.reading.is_none())
        && typed(before, zone) == typed_local(local)
    {
        return Said::At(before);
    }
    let at = match (readings(local, zone), entry.reading) {
        (Readings::None, _) => return Said::Wrong(Wrong::Skipped),
        (Readings::One(at), _)
        | (Readings::Two(at, _), Some(Reading::Earlier))
        | (Readings::Two(_, at), Some(Reading::Later)) => at,
        (Readings::Two(at, _), None) => {
            return Said::Wrong(if at > now + SLACK {
                Wrong::Future
            } else {
                Wrong::Twice
            });
        }
    };
    if let Some(before) = entry.before
        && minute(before) == minute(at)
    {
        return Said::At(before);
    }
    let back = now.signed_duration_since(at);
    Said::Wrong(if back < -SLACK {
        Wrong::Future
    } else if back >= AGE {
        Wrong::OtherAge
    } else if back >= YEAR && !entry.is_sure {
        Wrong::LongAgo(at)
    } else {
        // What is said is never in the future, which no rule takes.
        return Said::At(at.min(now));
    })
}

/// The moments that a text means, where it is a local time that comes twice.
pub fn both(text: &str, zone: Zone) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    match readings(wall_time(text)?, zone) {
        Readings::Two(earlier, later) => Some((earlier, later)),
        Readings::None | Readings::One(_) => None,
    }
}

/// The moments that a local time means.
pub fn readings(local: NaiveDateTime, zone: Zone) -> Readings {
    let as_utc = local.and_utc();
    let day = TimeDelta::days(1);
    // A zone's clocks are never changed twice in two days: before and after are all there is.
    let moment = |around: DateTime<Utc>| {
        let at = as_utc.checked_sub_signed(zone(around))?;
        (at.checked_add_signed(zone(at)) == Some(as_utc)).then_some(at)
    };
    let before = as_utc.checked_sub_signed(day).and_then(moment);
    let after = as_utc.checked_add_signed(day).and_then(moment);
    match (before, after) {
        (Some(one), Some(other)) if one != other => Readings::Two(one.min(other), one.max(other)),
        (Some(one), _) | (None, Some(one)) => Readings::One(one),
        (None, None) => Readings::None,
    }
}

/// Which of two moments of one local time a moment is.
pub fn reading_of(at: DateTime<Utc>, (_, later): (DateTime<Utc>, DateTime<Utc>)) -> Reading {
    if minute(at) < minute(later) {
        Reading::Earlier
    } else {
        Reading::Later
    }
}

fn minute(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(60)
}

/// A moment as the field shows it: "2026-11-23T14:05" in the zone.
pub fn typed(at: DateTime<Utc>, zone: Zone) -> String {
    let local = at.checked_add_signed(zone(at)).unwrap_or(at);
    typed_local(local.naive_utc())
}

/// The day that a moment has in the zone.
pub fn day(at: DateTime<Utc>, zone: Zone) -> NaiveDate {
    at.checked_add_signed(zone(at)).unwrap_or(at).date_naive()
}

/// Whether what was typed then may be of something else by now. What nobody noted the time of is of unknown age.
pub fn is_old(typed_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    typed_at.is_none_or(|at| now.signed_duration_since(at) >= OLD)
}

fn typed_local(local: NaiveDateTime) -> String {
    let mut text = local.and_utc().to_rfc3339();
    text.truncate(16);
    text
}

/// "2026-11-23T14:05", also with seconds, also with a space as people type it.
fn wall_time(text: &str) -> Option<NaiveDateTime> {
    let (day, clock) = text.trim().split_once(['T', 't', ' '])?;
    let [year, month, day] = parts(day, '-')?;
    let mut clock = clock.trim().splitn(3, ':');
    let (hour, minute) = (number(clock.next()?)?, number(clock.next()?)?);
    let second = clock.next().map_or(Some(0), |second| {
        number(second.split_once('.').map_or(second, |(whole, _)| whole))
    })?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?
        .and_hms_opt(hour, minute, second)
}

fn parts(text: &str, by: char) -> Option<[u32; 3]> {
    let mut parts = text.splitn(3, by);
    Some([
        number(parts.next()?)?,
        number(parts.next()?)?,
        number(parts.next()?)?,
    ])
}

/// Digits and nothing else: no sign, no space.
fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
