//! The demonstration: a year of plausible incidents, made from a seed. The same seed, time and
//! components give the same history. Everything in it is over and is marked as made up.

mod narrative;
mod random;
mod stories;

use chrono::{DateTime, TimeDelta, Timelike, Utc};

use crate::domain::component::Component;
use crate::domain::incident::Incident;
use random::Random;
use stories::{STORIES, Story, Weight};

const DAYS: i64 = 365;
/// The last story is over well before the page is looked at.
const QUIET: i64 = 2;

/// Between 25 and 35 incidents of the year before `now`, newest first.
pub fn history(seed: u64, now: DateTime<Utc>, components: &[Component]) -> Vec<Incident> {
    let mut random = Random::new(seed);
    let cast = cast(&mut random);
    let count = i64::try_from(cast.len()).unwrap_or(1).max(1);
    let year_ago = now - TimeDelta::days(DAYS);
    let share = TimeDelta::days(DAYS - QUIET).num_minutes() / count;

    let mut incidents: Vec<Incident> = (0..count)
        .zip(&cast)
        .map(|(place, story)| {
            // The last day of each share stays free, so that no two stories overlap.
            let offset = random.between(0, share - TimeDelta::days(1).num_minutes());
            let began = whole_minute(year_ago + TimeDelta::minutes(place * share + offset));
            let touched = touched(&mut random, story.weight, components);
            narrative::tell(&mut random, story, began, &touched, now)
        })
        .collect();
    incidents.reverse();
    incidents
}

/// Which stories are told, oldest first: few big ones, many small ones, none twice in a row of its
/// own kind until all of that kind were told. The newest is never a critical one.
fn cast(random: &mut Random) -> Vec<Story> {
    let counts = [
        (Weight::Critical, random.between(2, 4)),
        (Weight::Major, random.between(6, 9)),
        (Weight::Minor, random.between(13, 18)),
        (Weight::Notice, random.between(4, 6)),
    ];
    let mut cast = Vec::new();
    for (weight, count) in counts {
        let mut kind: Vec<Story> = STORIES
            .iter()
            .filter(|story| story.weight == weight)
            .copied()
            .collect();
        random.shuffle(&mut kind);
        let wanted = usize::try_from(count).unwrap_or_default();
        cast.extend(kind.into_iter().cycle().take(wanted));
    }
    random.shuffle(&mut cast);
    let last_calm = cast
        .iter()
        .rposition(|story| story.weight != Weight::Critical);
    if let (Some(calm), Some(last)) = (last_calm, cast.len().checked_sub(1)) {
        cast.swap(calm, last);
    }
    cast
}

/// The components that a story touches, as far as the page has them: a critical one several, a major
/// one sometimes two.
fn touched(random: &mut Random, weight: Weight, components: &[Component]) -> Vec<Component> {
    let mut order: Vec<&Component> = components.iter().collect();
    random.shuffle(&mut order);
    let count = match weight {
        Weight::Critical => 2 + random.place(2),
        Weight::Major => 1 + random.place(4) / 3,
        Weight::Minor | Weight::Notice => 1,
    };
    order.into_iter().take(count).cloned().collect()
}

fn whole_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0)
        .and_then(|at| at.with_nanosecond(0))
        .unwrap_or(at)
}
