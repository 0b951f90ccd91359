//! The months of the history as they lie in the reader's zone, and the incidents that go on among them.

use allclear::domain::past::{Listed, ROWS, Seen, Window, first_of, months};
use chrono::{DateTime, TimeDelta, Utc};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A rule that is so many hours ahead of UTC, and `summer` more between two moments.
fn rule(hours: i64, summer: Option<(&str, &str)>) -> impl Fn(DateTime<Utc>) -> TimeDelta {
    let summer = summer.map(|(from, until)| (at(from), at(until)));
    move |moment| {
        let longer = summer.is_some_and(|(from, until)| from <= moment && moment < until);
        TimeDelta::hours(hours + i64::from(longer))
    }
}

const BERLIN: (i64, Option<(&str, &str)>) = (1, Some(("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z")));
/// The clocks go back at two in the morning of the first of November.
const NEW_YORK: (i64, Option<(&str, &str)>) = (-5, Some(("2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z")));

#[test]
fn a_month_begins_when_it_begins_where_the_reader_is() {
    for ((hours, summer), moment, first) in [
        ((0, None), "2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z"),
        ((0, None), "2026-02-28T23:59:59Z", "2026-02-01T00:00:00Z"),
        // Kiritimati: its months begin fourteen hours earlier.
        ((14, None), "2026-02-28T10:00:00Z", "2026-02-28T10:00:00Z"),
        ((14, None), "2026-02-28T09:59:59Z", "2026-01-31T10:00:00Z"),
        ((14, None), "2025-12-31T10:00:00Z", "2025-12-31T10:00:00Z"),
        // Pago Pago: eleven hours later.
        ((-11, None), "2026-03-01T10:59:59Z", "2026-02-01T11:00:00Z"),
        ((-11, None), "2026-03-01T11:00:00Z", "2026-03-01T11:00:00Z"),
        ((-11, None), "2026-01-01T10:59:59Z", "2025-12-01T11:00:00Z"),
        // The clocks change within the month, or in the night of its first day.
        (BERLIN, "2026-03-31T21:59:59Z", "2026-02-28T23:00:00Z"),
        (BERLIN, "2026-03-31T22:00:00Z", "2026-03-31T22:00:00Z"),
        (BERLIN, "2026-10-31T22:59:59Z", "2026-09-30T22:00:00Z"),
        (BERLIN, "2026-10-31T23:00:00Z", "2026-10-31T23:00:00Z"),
        (NEW_YORK, "2026-11-01T03:59:59Z", "2026-10-01T04:00:00Z"),
        (NEW_YORK, "2026-11-01T04:00:00Z", "2026-11-01T04:00:00Z"),
        (NEW_YORK, "2026-11-30T23:00:00Z", "2026-11-01T04:00:00Z"),
        (NEW_YORK, "2026-12-01T04:59:59Z", "2026-11-01T04:00:00Z"),
    ] {
        let zone = rule(hours, summer);
        assert_eq!(first_of(at(moment), &zone), at(first), "{moment} at {hours}");
    }
}

fn listed(moments: &[(&str, bool)]) -> Vec<Listed> {
    let moments = moments.iter().enumerate();
    moments.map(|(place, (began, open))| Listed { place, began: at(began), open: *open }).collect()
}

fn told(seen: &Seen) -> Vec<(String, Vec<usize>)> {
    seen.months.iter().map(|month| (month.first.to_rfc3339(), month.incidents.clone())).collect()
}

#[test]
fn an_incident_stands_in_the_month_in_which_it_began_for_the_reader() {
    let list = listed(&[("2026-02-28T12:00:00Z", false), ("2026-01-31T09:00:00Z", false)]);
    let now = at("2026-02-28T13:00:00Z");
    for (hours, expected) in [
        (0, [("2026-02-01T00:00:00+00:00", vec![0]), ("2026-01-01T00:00:00+00:00", vec![1]), ("2025-12-01T00:00:00+00:00", vec![])]),
        (14, [("2026-02-28T10:00:00+00:00", vec![0]), ("2026-01-31T10:00:00+00:00", vec![]), ("2025-12-31T10:00:00+00:00", vec![1])]),
        (-11, [("2026-02-01T11:00:00+00:00", vec![0]), ("2026-01-01T11:00:00+00:00", vec![1]), ("2025-12-01T11:00:00+00:00", vec![])]),
    ] {
        let zone = rule(hours, None);
        let seen = months(now, &list, Window::default(), true, &zone);
        let expected = expected.map(|(first, places)| (first.to_owned(), places));
        assert_eq!(told(&seen), expected, "{hours}");
    }
    // Every month has its turn, once, also where the clocks change.
    for (hours, summer) in [BERLIN, NEW_YORK] {
        let zone = rule(hours, summer);
        let window = Window { skipped: 0, months: 24, ..Window::default() };
        let seen = months(at("2027-01-15T00:00:00Z"), &[], window, true, &zone);
        let local: Vec<String> = seen.months.iter().map(|month| (month.first + zone(month.first)).to_rfc3339()).collect();
        assert_eq!(local.len(), 24);
        assert_eq!(local[0], "2027-01-01T00:00:00+00:00");
        assert_eq!(local[2], "2026-11-01T00:00:00+00:00");
        assert!(local.iter().all(|first| first.ends_with("-01T00:00:00+00:00")), "{local:?}");
    }
}

#[test]
fn what_goes_on_is_always_there_and_first() {
    let utc = rule(0, None);
    let now = at("2026-03-10T12:00:00Z");
    let list = listed(&[
        ("2026-03-09T00:00:00Z", false),
        ("2026-03-08T00:00:00Z", true),
        ("2025-06-01T00:00:00Z", false),
        ("2025-05-01T00:00:00Z", true),
    ]);
    let seen = months(now, &list, Window::default(), true, &utc);
    assert_eq!(seen.open, [3], "the one that no month here has");
    assert_eq!(seen.months[0].incidents, [1, 0], "within its month it is first");
    // Where its month is shown, it stands there and nowhere else.
    let whole = Window { skipped: 0, months: 12, ..Window::default() };
    let seen = months(now, &list, whole, true, &utc);
    assert_eq!(seen.open, [0_usize; 0]);
    assert_eq!(seen.months[10].incidents, [3]);
    // Of a search the same, and no later window tells of it again.
    assert_eq!(months(now, &list[2..], Window { skipped: 0, months: 1, ..Window::default() }, false, &utc).open, [3]);
    assert_eq!(months(now, &list, Window { skipped: 1, months: 1, ..Window::default() }, true, &utc).open, [0_usize; 0]);
    // However many they are, the page stays short.
    let many: Vec<Listed> = (0..1_000).map(|place| Listed { place, began: now - TimeDelta::days(400), open: true }).collect();
    let seen = months(now, &many, Window::default(), true, &utc);
    assert_eq!(seen.open.len(), ROWS / 2);
}
