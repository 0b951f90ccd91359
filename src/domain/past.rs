//! Which months of the past stand on a page, and what stands in them. A page never holds more than so many
//! incidents, however many there were: the window moves on instead.

use std::cmp::Reverse;

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};

use super::incident::Incident;
use super::order::by_key;

/// How many incidents a window holds at most.
pub const ROWS: usize = 60;
/// How many months are shown at first, and more at each step.
pub const STEP: u32 = 3;
/// Five years of months in which nothing may have been: an end for a page of which nothing is known.
pub const MOST_MONTHS: u32 = 60;

/// A month, in UTC: the same for every reader, as the days of the bars are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its first moment.
    pub first: DateTime<Utc>,
    /// Its incidents, newest first, by their places in the list.
    pub incidents: Vec<usize>,
}

/// What a page shows of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// How many incidents of the list are left out before it: they are newer.
    pub skipped: usize,
    /// How many months it holds at most.
    pub months: u32,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            skipped: 0,
            months: STEP,
        }
    }
}

/// The months of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The months, the latest first.
    pub months: Vec<Month>,
    /// The window that shows what lies before, where something may.
    pub earlier: Option<Window>,
}

/// The months of a list of incidents, given by their places and beginnings, newest first. Where `all` are
/// meant, months in which nothing was are among them, from the present one on; of a search, only months with
/// something found.
pub fn months(
    now: DateTime<Utc>,
    listed: &[(usize, DateTime<Utc>)],
    window: Window,
    all: bool,
) -> Seen {
    let mut left = listed.get(window.skipped..).unwrap_or_default();
    let newest = left.first().map(|(_, began)| first_of(*began));
    let mut next = match (all && window.skipped == 0, newest) {
        (true, newest) => Some(first_of(now).max(newest.unwrap_or_default())),
        (false, newest) => newest,
    };
    let mut months = Vec::new();
    let mut rows = 0;
    while let Some(first) = next {
        let here = left.partition_point(|(_, began)| *began >= first);
        let here = here.min(ROWS - rows);
        let (now_shown, later) = left.split_at_checked(here).unwrap_or((left, &[]));
        rows += here;
        left = later;
        months.push(Month {
            first,
            incidents: now_shown.iter().map(|(place, _)| *place).collect(),
        });
        if rows >= ROWS || u32::try_from(months.len()).is_ok_and(|count| count >= window.months) {
            break;
        }
        next = match (all, left.first()) {
            (true, Some(_)) => first.checked_sub_months(Months::new(1)),
            (true, None) if window.skipped == 0 => first.checked_sub_months(Months::new(1)),
            (true, None) => None,
            (false, newest) => newest.map(|(_, began)| first_of(*began)),
        };
    }
    let full = rows >= ROWS;
    let earlier = if full {
        (!left.is_empty()).then_some(Window {
            skipped: window.skipped + rows,
            months: STEP,
        })
    } else {
        let may_be = !left.is_empty() || all && window.skipped == 0;
        (may_be && (!left.is_empty() || window.months < MOST_MONTHS)).then_some(Window {
            months: window.months + STEP,
            ..window
        })
    };
    Seen { months, earlier }
}

/// The first moment of a moment's month.
pub fn first_of(at: DateTime<Utc>) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(at.year(), at.month(), 1)
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .map_or(at, |start| start.and_utc())
}

/// What is known of the past while its list cannot be read anew: what was `listed` before, and what the page as it is now
/// tells, newest first.
pub fn with_known(listed: &[Incident], mut known: Vec<Incident>) -> Vec<Incident> {
    let older = listed
        .iter()
        .filter(|incident| known.iter().all(|other| other.id != incident.id));
    let older: Vec<Incident> = older.cloned().collect();
    known.extend(older);
    by_key(known, |incident| {
        (Reverse(incident.began_at()), incident.id.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::utc_text;

    fn at(text: &str) -> DateTime<Utc> {
        utc_text::moment(text).unwrap_or_default()
    }

    fn listed(days: &[&str]) -> Vec<(usize, DateTime<Utc>)> {
        let days = days.iter().enumerate();
        days.map(|(place, day)| (place, at(&format!("{day}T12:00:00Z"))))
            .collect()
    }

    fn said(seen: &Seen) -> Vec<(String, Vec<usize>)> {
        let months = seen.months.iter();
        months
            .map(|month| (month.first.to_rfc3339(), month.incidents.clone()))
            .map(|(first, incidents)| (first.chars().take(7).collect(), incidents))
            .collect()
    }

    const NOW: &str = "2026-03-10T14:00:00Z";

    #[test]
    fn quiet_months_are_shown_from_the_present_one_on() {
        let list = listed(&["2026-03-02", "2026-01-31", "2026-01-01", "2025-11-30"]);
        let seen = months(at(NOW), &list, Window::default(), true);
        let month = |name: &str, places: &[usize]| (name.to_owned(), places.to_vec());
        let first = [
            month("2026-03", &[0]),
            month("2026-02", &[]),
            month("2026-01", &[1, 2]),
        ];
        assert_eq!(said(&seen), first);
        let more = months(at(NOW), &list, seen.earlier.unwrap_or_default(), true);
        assert_eq!(more.months.len(), 6);
        assert_eq!(said(&more).get(..3), Some(&first[..]));
        assert_eq!(said(&more).get(4), Some(&month("2025-11", &[3])));
    }

    #[test]
    fn of_a_search_only_months_with_something_are_shown() {
        let list = listed(&["2026-01-31", "2021-05-01"]);
        let seen = months(at(NOW), &list, Window::default(), false);
        assert_eq!(
            said(&seen),
            [
                ("2026-01".to_owned(), vec![0]),
                ("2021-05".to_owned(), vec![1])
            ]
        );
        assert_eq!(seen.earlier, None);
        assert_eq!(months(at(NOW), &[], Window::default(), false).months, []);
    }

    #[test]
    fn a_page_holds_so_many_incidents_and_every_one_has_its_turn() {
        let list: Vec<_> = (0..10_000)
            .map(|place| {
                let hours = i64::try_from(place).unwrap_or_default() * 5;
                (place, at(NOW) - chrono::TimeDelta::hours(hours))
            })
            .collect();
        let mut seen = months(at(NOW), &list, Window::default(), true);
        let mut places = Vec::new();
        let mut window = Window::default();
        loop {
            let here: Vec<usize> = seen
                .months
                .iter()
                .flat_map(|each| each.incidents.clone())
                .collect();
            assert!(here.len() <= ROWS, "{window:?}");
            if let Some(next) = seen.earlier.filter(|next| next.skipped == window.skipped) {
                window = next;
            } else {
                places.extend(here);
                match seen.earlier {
                    Some(next) => window = next,
                    None => break,
                }
            }
            seen = months(at(NOW), &list, window, true);
        }
        assert_eq!(places, (0..10_000).collect::<Vec<_>>());
    }

    #[test]
    fn a_page_without_incidents_ends_after_five_years() {
        let mut window = Window::default();
        let mut steps = 0;
        while let Some(next) = months(at(NOW), &[], window, true).earlier {
            window = next;
            steps += 1;
        }
        assert_eq!((steps, window.months), (19, MOST_MONTHS));
    }

    #[test]
    fn an_incident_of_the_future_is_shown_where_it_says() {
        let list = listed(&["2026-05-01"]);
        let seen = months(at(NOW), &list, Window::default(), true);
        assert_eq!(said(&seen).first(), Some(&("2026-05".to_owned(), vec![0])));
    }
}
