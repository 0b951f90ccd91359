//! The last ninety days of a component, from the page's incidents. The rule in words is `docs/bars.md`,
//! which the page links to.
//!
//! Whole seconds and UTC days throughout. Nothing here is greener than what is known: a day of which
//! incidents may be missing is unknown, and a share is rounded down.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::component::{Component, ComponentId};
use super::course;
use super::incident::Incident;
use super::order::by_key;
use super::page::{Overall, Reach};

/// How many days are shown, today included.
pub const DAYS: u16 = 90;
/// A partial outage counts as this part of an outage, in percent: the vendor's own count.
const PARTIAL_PERCENT: u64 = 30;
const DAY_SECONDS: u32 = 86_400;
/// What a day's trouble is told apart by, the lightest first.
const TROUBLES: [Overall; 4] = [
    Overall::Unknown,
    Overall::Degraded,
    Overall::PartialOutage,
    Overall::MajorOutage,
];

/// A day of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Which, in UTC.
    pub day: NaiveDate,
    /// What is known of it.
    pub told: Told,
}

/// What is known of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Incidents of it may be missing, or the component was not listed yet.
    Nothing,
    /// No incident touched the component.
    Calm,
    /// Something was wrong.
    Trouble {
        /// The worst that it came to.
        worst: Overall,
        /// For how many seconds, whatever it was; 0 where the page says that it is so and not since when.
        seconds: u32,
    },
}

/// The days of a component, and how much of them it worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// The days, oldest first.
    pub days: Vec<Day>,
    /// How much of the known time it worked, in hundredths of a percent, rounded down: 9,998 is 99.98 %.
    /// `None` where no day is known.
    pub share: Option<u16>,
    /// How many of the days are known.
    pub known: u16,
}

/// A time in which a component was not well: from, until, how bad.
type Spell = (DateTime<Utc>, DateTime<Utc>, Overall);

/// The track of a component up to `now`. Nobody knows how it was after the page was read last, at `read`: no day is
/// calm then, and nothing is said to have gone on.
pub fn track(
    component: &Component,
    incidents: &[Incident],
    reach: Reach,
    read: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Track {
    let read = read.min(now);
    let (dated, undated): (Vec<&Incident>, Vec<&Incident>) =
        incidents.iter().partition(|incident| incident.is_dated());
    let spells: Vec<Spell> = dated
        .into_iter()
        .flat_map(|incident| spells(&component.id, incident, read))
        .collect();
    // Of an incident that says no moment nobody knows when it began: it is told of the day on which it was read.
    let told_of = undated
        .into_iter()
        .filter(|incident| incident.is_open())
        .filter_map(|incident| incident.says_of(&component.id));
    let present = told_of.map(|state| Overall::from(&state));
    let present = present.fold(Overall::from(&component.state), Overall::max);
    let today = now.date_naive();
    let first = today - TimeDelta::days(i64::from(DAYS) - 1);
    let (mut days, mut known, mut whole, mut lost) = (Vec::new(), 0_u16, 0_u64, 0_u64);
    for day in first.iter_days().take(usize::from(DAYS)) {
        let (from, until) = bounds(day, read);
        let told = seconds_of(&spells, from, until);
        // What incidents name is found by its id: of a component without one nobody knows how it was.
        let has_id = !component.id.0.is_empty();
        let listed = has_id && component.since.is_none_or(|since| since <= day);
        let mut is_known = listed && reach.covers(from) && from <= read;
        let mut worst = TROUBLES
            .into_iter()
            .zip(told)
            .filter(|(_, seconds)| *seconds > 0)
            .map(|(state, _)| state)
            .max();
        if day == read.date_naive() && TROUBLES.contains(&present) {
            // What no incident that goes on accounts for has lasted for nobody knows how long.
            let going_on = spells.iter().filter(|(_, end, _)| *end >= read);
            let told = going_on.map(|(_, _, state)| *state).max();
            is_known &= present == Overall::Degraded || told >= Some(present);
            worst = worst.max(Some(present));
        }
        if is_known {
            known += 1;
            let [unknown, _, partial, major] = told.map(u64::from);
            // A time in which nobody knew how it was is neither working nor lost.
            whole += seconds_between(from, until).saturating_sub(unknown);
            lost += major * 100 + partial * PARTIAL_PERCENT;
        }
        let told = match worst {
            Some(worst) => Told::Trouble {
                worst,
                seconds: told.iter().sum(),
            },
            None if is_known => Told::Calm,
            None => Told::Nothing,
        };
        days.push(Day { day, told });
    }
    let share = (whole > 0).then(|| {
        let worked = (whole * 100).saturating_sub(lost) * 100 / whole;
        u16::try_from(worked).unwrap_or_default()
    });
    Track { days, share, known }
}

/// The times in which an incident says that a component was not well. What its updates say of the component counts; of
/// the time before the first that does, what that one says it was until then. Where they say nothing, the component is as
/// bad as the incident, in each of its periods.
fn spells(id: &ComponentId, incident: &Incident, now: DateTime<Utc>) -> Vec<Spell> {
    let touched = incident.components.contains(id);
    let impact = touched.then(|| Overall::from(&incident.impact));
    let mut told = incident
        .updates
        .iter()
        .rev()
        .filter_map(|update| {
            let mut of_it = update.affected.iter();
            let of_it = of_it.find(|affected| affected.id.as_ref() == Some(id))?;
            Some((update.created_at, of_it, of_it.state.as_ref()?))
        })
        .peekable();
    // Between two periods the incident was over, whatever it says of the component after that.
    let periods = course::periods(incident, now);
    let begins = periods.iter().skip(1).map(|(begin, _)| Some(*begin));
    let nexts = begins.chain([None]);
    let mut found: Vec<Spell> = Vec::new();
    let mut last = None;
    for ((begin, end), next) in periods.iter().zip(nexts) {
        // What was not well at its end and is not named again comes back as it was.
        let mut state = last.filter(|last| TROUBLES.contains(last)).or(impact);
        let mut since = *begin;
        let mut until = |from: DateTime<Utc>, until: DateTime<Utc>, state: Option<Overall>| {
            let bad = state.filter(|state| TROUBLES.contains(state));
            let (from, until) = (from.max(*begin), until.min(*end));
            found.extend(bad.filter(|_| from < until).map(|bad| (from, until, bad)));
        };
        let mut is_first = true;
        let of_it = |at: DateTime<Utc>| next.is_none_or(|next| at < next);
        while let Some((at, affected, given)) = told.next_if(|(at, _, _)| of_it(*at)) {
            let before = affected.before.as_ref().filter(|_| is_first);
            until(since, at, before.map(Overall::from).or(state));
            (since, state, is_first) = (at, Some(Overall::from(given)), false);
        }
        until(since, *end, state);
        last = state;
    }
    found
}

/// A day's beginning and end, or as much of it as was read of.
fn bounds(day: NaiveDate, read: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let from = day
        .and_hms_opt(0, 0, 0)
        .map_or(read, |midnight| midnight.and_utc());
    let until = from + TimeDelta::seconds(i64::from(DAY_SECONDS));
    (from, until.min(read))
}

fn seconds_between(from: DateTime<Utc>, until: DateTime<Utc>) -> u64 {
    u64::try_from((until - from).num_seconds()).unwrap_or_default()
}

/// For how many seconds of a span each trouble was the worst, in the order of `TROUBLES`.
fn seconds_of(spells: &[Spell], from: DateTime<Utc>, until: DateTime<Utc>) -> [u32; 4] {
    let mut told = [0; 4];
    let here: Vec<Spell> = spells
        .iter()
        .map(|(begin, end, state)| ((*begin).max(from), (*end).min(until), *state))
        .filter(|(begin, end, _)| begin < end)
        .collect();
    // Where spells begin and end, in order; between two of them as many of each trouble go on as have begun and not ended.
    let edges = here
        .iter()
        .flat_map(|(begin, end, state)| [(*begin, *state, 1), (*end, *state, -1)]);
    let edges = by_key(edges.collect(), |(at, _, _)| *at);
    let mut going_on = [0; 4];
    let mut since = from;
    for (at, state, change) in edges {
        let worst = going_on.iter().rposition(|count| *count > 0);
        let lasted = u32::try_from(seconds_between(since, at)).unwrap_or_default();
        if let Some(seconds) = worst.and_then(|worst| told.get_mut(worst)) {
            *seconds += lasted;
        }
        since = at;
        for (trouble, count) in TROUBLES.iter().zip(&mut going_on) {
            if *trouble == state {
                *count += change;
            }
        }
    }
    told
}
