//! Which months of the past stand on a page, and what stands in them. A page never holds more than so many
//! incidents, however many there were: the window moves on instead.

use std::cmp::Reverse;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::incident::Incident;
use super::order::by_key;

/// How many incidents a window holds at most.
pub const ROWS: usize = 60;
/// How many months are shown at first, and more at each step.
pub const STEP: u32 = 3;
/// How many incidents of a window are drawn in one go: a slow phone answers its reader in between.
pub const PORTION: usize = 10;
/// Five years of months in which nothing may have been: an end for a page of which nothing is known.
const MOST_MONTHS: u32 = 60;

/// How far a reader's zone is ahead of UTC at a moment.
pub type Zone<'a> = &'a dyn Fn(DateTime<Utc>) -> TimeDelta;

/// So many incidents that go on are shown before the months at most.
const OPEN_ROWS: usize = ROWS / 2;

/// An incident of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Its place in the list.
    pub place: usize,
    /// When it began.
    pub began: DateTime<Utc>,
    /// Whether it goes on.
    pub open: bool,
}

/// A month of the reader's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its first moment.
    pub first: DateTime<Utc>,
    /// Its incidents by their places in the list: those that go on, then the others, each newest first.
    pub incidents: Vec<usize>,
}

/// What a page shows of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// How many incidents of the list are left out before it: they are newer.
    pub skipped: usize,
    /// How many months it holds at most.
    pub months: u32,
    /// How many incidents its months hold at most: fewer than [`ROWS`] while it is being drawn.
    pub rows: usize,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            skipped: 0,
            months: STEP,
            rows: ROWS,
        }
    }
}

/// The months of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The incidents that go on and stand in none of the months, newest first, by their places in the list: of the
    /// first window, so that whoever looks at the past sees them first.
    pub open: Vec<usize>,
    /// The months, the latest first.
    pub months: Vec<Month>,
    /// The window that shows what lies before, where something may.
    pub earlier: Option<Window>,
}

impl Seen {
    /// How many incidents its months hold.
    pub fn rows(&self) -> usize {
        self.months.iter().map(|month| month.incidents.len()).sum()
    }
}

/// The months of a list of incidents, newest first, as they lie in the reader's `zone`. Where `all` are meant, months in
/// which nothing was are among them, from the one on in which the list was `read` last; of a search, only months with
/// something found.
pub fn months(
    read: DateTime<Utc>,
    listed: &[Listed],
    window: Window,
    all: bool,
    zone: Zone,
) -> Seen {
    let first_of = |at| first_of(at, zone);
    let mut left = listed.get(window.skipped..).unwrap_or_default();
    let newest = left.first().map(|newest| first_of(newest.began));
    let mut next = match (all && window.skipped == 0, newest) {
        (true, newest) => Some(first_of(read).max(newest.unwrap_or_default())),
        (false, newest) => newest,
    };
    let mut months = Vec::new();
    let mut rows = 0;
    while let Some(first) = next {
        let here = left.partition_point(|listed| listed.began >= first);
        let here = here.min(window.rows - rows);
        let (now_shown, later) = left.split_at_checked(here).unwrap_or((left, &[]));
        rows += here;
        left = later;
        months.push(Month {
            first,
            incidents: open_first(now_shown),
        });
        if rows >= window.rows
            || u32::try_from(months.len()).is_ok_and(|count| count >= window.months)
        {
            break;
        }
        let newest = left.first().map(|newest| first_of(newest.began));
        let present = first_of(read);
        next = match (all, newest) {
            (true, None) if window.skipped > 0 => None,
            // Of months that have not begun nothing is said but what is dated so.
            (true, newest) if first > present => newest.max(Some(present)),
            (true, _) => Some(first_of(first - TimeDelta::seconds(1))),
            (false, newest) => newest,
        };
    }
    let full = rows >= window.rows;
    let earlier = if full {
        (!left.is_empty()).then_some(Window {
            skipped: window.skipped + rows,
            months: STEP,
            ..window
        })
    } else {
        let may_be = !left.is_empty() || all && window.skipped == 0;
        (may_be && (!left.is_empty() || window.months < MOST_MONTHS)).then_some(Window {
            months: window.months + STEP,
            ..window
        })
    };
    let mut open = Vec::new();
    if window.skipped == 0 {
        open = left
            .iter()
            .filter(|listed| listed.open)
            .map(|listed| listed.place)
            .collect();
        open.truncate(OPEN_ROWS);
    }
    Seen {
        open,
        months,
        earlier,
    }
}

/// Their places: of those that go on, then of the others.
fn open_first(listed: &[Listed]) -> Vec<usize> {
    let mut places = Vec::new();
    for open in [true, false] {
        let of_kind = listed.iter().filter(|listed| listed.open == open);
        places.extend(of_kind.map(|listed| listed.place));
    }
    places
}

/// Whether a list that was `read` last before `now` tells of all that has passed of the month that begins at `first`, up to
/// the day.
pub fn is_told(first: DateTime<Utc>, read: DateTime<Utc>, now: DateTime<Utc>, zone: Zone) -> bool {
    read.date_naive() >= now.date_naive() || first < first_of(read, zone)
}

/// The first moment of a moment's month, as it lies in a zone.
pub fn first_of(at: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
    let here = at.checked_add_signed(zone(at)).unwrap_or(at);
    let begins = NaiveDate::from_ymd_opt(here.year(), here.month(), 1)
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .map(|start| start.and_utc());
    let Some(begins) = begins else { return at };
    // What the clocks say at the beginning of a month they say hours around it, too, but for the hour of a change.
    let near = begins.checked_sub_signed(zone(begins)).unwrap_or(at);
    let first = begins.checked_sub_signed(zone(near)).unwrap_or(at);
    let said = first.checked_add_signed(zone(first)).unwrap_or(first);
    // Where the clocks go forward at midnight there is none: the month begins as much later as they skip.
    first + (begins - said).max(TimeDelta::zero())
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

    fn over(place: usize, began: DateTime<Utc>) -> Listed {
        Listed {
            place,
            began,
            open: false,
        }
    }

    fn listed(days: &[&str]) -> Vec<Listed> {
        let days = days.iter().enumerate();
        days.map(|(place, day)| over(place, at(&format!("{day}T12:00:00Z"))))
            .collect()
    }

    fn months(now: DateTime<Utc>, listed: &[Listed], window: Window, all: bool) -> Seen {
        super::months(now, listed, window, all, &|_| TimeDelta::zero())
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
                over(place, at(NOW) - TimeDelta::hours(hours))
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
    fn a_window_that_is_still_being_drawn_says_of_no_month_that_it_was_quiet() {
        let days = [
            "2026-03-02",
            "2026-03-01",
            "2026-01-31",
            "2026-01-01",
            "2025-11-30",
        ];
        let list = listed(&days);
        let begun = |rows| {
            let window = Window {
                rows,
                ..Window::default()
            };
            let seen = months(at(NOW), &list, window, true);
            let shown: Vec<_> = said(&seen).into_iter().map(|(_, places)| places).collect();
            (seen.rows(), shown)
        };
        assert_eq!(begun(1), (1, vec![vec![0]]));
        assert_eq!(begun(2), (2, vec![vec![0, 1]]));
        assert_eq!(begun(3), (3, vec![vec![0, 1], vec![], vec![2]]));
        assert_eq!(begun(4), (4, vec![vec![0, 1], vec![], vec![2, 3]]));
        assert_eq!(begun(ROWS), begun(4));
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
    fn of_months_that_nobody_read_of_nothing_is_said() {
        let read = at("2026-01-27T08:00:00Z");
        let seen = months(read, &listed(&["2025-12-30"]), Window::default(), true);
        let names: Vec<_> = said(&seen).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["2026-01", "2025-12", "2025-11"]);
        let told =
            |first: &str, now: &str| is_told(at(first), read, at(now), &|_| TimeDelta::zero());
        assert!(!told("2026-01-01T00:00:00Z", "2026-03-03T08:00:00Z"));
        assert!(told("2025-12-01T00:00:00Z", "2026-03-03T08:00:00Z"));
        // Read now.
        assert!(told("2026-01-01T00:00:00Z", "2026-01-27T08:00:00Z"));
    }

    #[test]
    fn an_incident_of_the_future_is_shown_where_it_says() {
        let list = listed(&["2026-05-01"]);
        let seen = months(at(NOW), &list, Window::default(), true);
        assert_eq!(said(&seen).first(), Some(&("2026-05".to_owned(), vec![0])));
    }

    #[test]
    fn after_what_is_dated_far_ahead_comes_the_present_month() {
        let list = listed(&["9999-12-01", "2062-03-01", "2026-03-02", "2026-01-31"]);
        let window = Window {
            months: 5,
            ..Window::default()
        };
        let seen = months(at(NOW), &list, window, true);
        let names: Vec<_> = said(&seen).into_iter().map(|(name, _)| name).collect();
        assert_eq!(
            names,
            ["9999-12", "2062-03", "2026-03", "2026-02", "2026-01"]
        );
    }

    #[test]
    fn a_month_without_a_midnight_begins_when_its_clocks_begin() {
        // Asunción: at midnight of 1 October 2023, 04:00 UTC, the clocks went on to one.
        let turn = at("2023-10-01T04:00:00Z");
        let zone = |at: DateTime<Utc>| TimeDelta::hours(if at < turn { -4 } else { -3 });
        assert_eq!(first_of(at("2023-10-20T12:00:00Z"), &zone), turn);
        assert_eq!(
            first_of(at("2023-09-20T12:00:00Z"), &zone),
            at("2023-09-01T04:00:00Z")
        );
    }
}
