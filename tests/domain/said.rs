//! What a field for a moment says.

use allclear::domain::said::{
    Entry, Reading, Said, Wrong, both, day, is_old, reading_of, said, typed,
};
use chrono::{DateTime, TimeDelta, Utc};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

/// Offsets in minutes, each from a moment on; the first before all of them.
type Changes = (i64, &'static [(&'static str, i64)]);

const BERLIN: Changes = (
    60,
    &[
        ("2025-03-30T01:00:00Z", 120),
        ("2025-10-26T01:00:00Z", 60),
        ("2026-03-29T01:00:00Z", 120),
        ("2026-10-25T01:00:00Z", 60),
        ("2027-03-28T01:00:00Z", 120),
    ],
);
const NEW_YORK: Changes = (
    -300,
    &[
        ("2026-03-08T07:00:00Z", -240),
        ("2026-11-01T06:00:00Z", -300),
    ],
);
/// Half an hour, the other way round in the year.
const LORD_HOWE: Changes = (
    660,
    &[("2026-04-04T15:00:00Z", 630), ("2026-10-03T15:30:00Z", 660)],
);
/// The thirtieth of December 2011 was left out.
const APIA: Changes = (-600, &[("2011-12-30T10:00:00Z", 840)]);
const UTC: Changes = (0, &[]);

fn zone(changes: Changes) -> impl Fn(DateTime<Utc>) -> TimeDelta {
    move |moment| {
        let (first, changes) = changes;
        let last = changes.iter().rev().find(|(from, _)| at(from) <= moment);
        TimeDelta::minutes(last.map_or(first, |(_, offset)| *offset))
    }
}

fn read(changes: Changes, text: Option<&str>, now: &str) -> Said {
    let entry = Entry {
        text,
        ..Entry::default()
    };
    said(entry, at(now), &zone(changes))
}

#[test]
fn a_text_is_a_moment_or_is_refused() {
    let now = "2026-03-09T14:05:30Z";
    let right = |moment: &str| Said::At(at(moment));
    for (text, says) in [
        (None, Said::Now),
        (Some(""), Said::Wrong(Wrong::Empty)),
        (Some("  "), Said::Wrong(Wrong::Empty)),
        (Some("?"), Said::Wrong(Wrong::NoTime)),
        (Some("yesterday"), Said::Wrong(Wrong::NoTime)),
        (Some("2026-03-09"), Said::Wrong(Wrong::NoTime)),
        (Some("14:05"), Said::Wrong(Wrong::NoTime)),
        (Some("2026-03-09T"), Said::Wrong(Wrong::NoTime)),
        (Some("2026-02-30T14:05"), Said::Wrong(Wrong::NoTime)),
        (Some("2026-13-01T14:05"), Said::Wrong(Wrong::NoTime)),
        (Some("2026-03-09T24:00"), Said::Wrong(Wrong::NoTime)),
        (Some("2026-03-09T14:60"), Said::Wrong(Wrong::NoTime)),
        (Some("-2026-03-09T14:05"), Said::Wrong(Wrong::NoTime)),
        (Some("2026-03-09T+4:05"), Said::Wrong(Wrong::NoTime)),
        (Some("99999999999-03-09T14:05"), Said::Wrong(Wrong::NoTime)),
        (Some("2026-03-09T14:05"), right("2026-03-09T14:05:00Z")),
        (Some(" 2026-03-09 14:05 "), right("2026-03-09T14:05:00Z")),
        (Some("2026-03-09T14:05:20.5"), right("2026-03-09T14:05:20Z")),
        // A clock that is a little ahead is no future: it is now, as no rule takes a time that is.
        (Some("2026-03-09T14:06"), right(now)),
        (Some("2026-03-09T14:07"), Said::Wrong(Wrong::Future)),
        (Some("20260-03-09T14:05"), Said::Wrong(Wrong::Future)),
        (Some("2025-03-09T14:06"), right("2025-03-09T14:06:00Z")),
        (
            Some("2025-03-09T14:05"),
            Said::Wrong(Wrong::LongAgo(at("2025-03-09T14:05:00Z"))),
        ),
        // What Chrome yields while 2026 is typed.
        (Some("0002-03-09T14:05"), Said::Wrong(Wrong::OtherAge)),
        (Some("0020-03-09T14:05"), Said::Wrong(Wrong::OtherAge)),
        (Some("0202-03-09T14:05"), Said::Wrong(Wrong::OtherAge)),
        (Some("1926-03-09T14:05"), Said::Wrong(Wrong::OtherAge)),
    ] {
        assert_eq!(read(UTC, text, now), says, "{text:?}");
    }
}

#[test]
fn a_year_back_is_taken_when_it_is_meant_and_another_age_never() {
    let sure = |text| Entry {
        text: Some(text),
        is_sure: true,
        ..Entry::default()
    };
    let now = at("2026-03-09T14:05:30Z");
    let says = |text| said(sure(text), now, &zone(UTC));
    assert_eq!(
        says("2024-12-01T09:00"),
        Said::At(at("2024-12-01T09:00:00Z"))
    );
    assert_eq!(says("0202-03-09T14:05"), Said::Wrong(Wrong::OtherAge));
    assert_eq!(says("2027-03-09T14:05"), Said::Wrong(Wrong::Future));
}

#[test]
fn an_hour_that_comes_twice_is_asked_about_and_one_that_never_came_is_refused() {
    let now = "2026-12-01T00:00:00Z";
    for (changes, text, earlier, later) in [
        (
            BERLIN,
            "2026-10-25T02:00",
            "2026-10-25T00:00:00Z",
            "2026-10-25T01:00:00Z",
        ),
        (
            BERLIN,
            "2026-10-25T02:30",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:30:00Z",
        ),
        (
            BERLIN,
            "2026-10-25T02:59",
            "2026-10-25T00:59:00Z",
            "2026-10-25T01:59:00Z",
        ),
        (
            NEW_YORK,
            "2026-11-01T01:30",
            "2026-11-01T05:30:00Z",
            "2026-11-01T06:30:00Z",
        ),
        (
            LORD_HOWE,
            "2026-04-05T01:45",
            "2026-04-04T14:45:00Z",
            "2026-04-04T15:15:00Z",
        ),
    ] {
        let (earlier, later) = (at(earlier), at(later));
        assert_eq!(
            read(changes, Some(text), now),
            Said::Wrong(Wrong::Twice),
            "{text}"
        );
        assert_eq!(both(text, &zone(changes)), Some((earlier, later)), "{text}");
        for (reading, moment) in [(Reading::Earlier, earlier), (Reading::Later, later)] {
            let entry = Entry {
                text: Some(text),
                reading: Some(reading),
                ..Entry::default()
            };
            assert_eq!(said(entry, at(now), &zone(changes)), Said::At(moment));
        }
    }
    for (changes, text) in [
        (BERLIN, "2026-03-29T02:00"),
        (BERLIN, "2026-03-29T02:30"),
        (BERLIN, "2026-03-29T02:59"),
        (NEW_YORK, "2026-03-08T02:30"),
        (LORD_HOWE, "2026-10-04T02:15"),
    ] {
        assert_eq!(
            read(changes, Some(text), now),
            Said::Wrong(Wrong::Skipped),
            "{text}"
        );
    }
    let skipped = Said::Wrong(Wrong::Skipped);
    assert_eq!(
        read(APIA, Some("2011-12-30T12:00"), "2012-01-05T00:00:00Z"),
        skipped
    );
    for (changes, text, moment) in [
        (BERLIN, "2026-10-25T01:59", "2026-10-24T23:59:00Z"),
        (BERLIN, "2026-10-25T03:00", "2026-10-25T02:00:00Z"),
        (BERLIN, "2026-03-29T01:59", "2026-03-29T00:59:00Z"),
        (BERLIN, "2026-03-29T03:00", "2026-03-29T01:00:00Z"),
        (NEW_YORK, "2026-11-01T02:00", "2026-11-01T07:00:00Z"),
    ] {
        assert_eq!(
            read(changes, Some(text), now),
            Said::At(at(moment)),
            "{text}"
        );
        assert_eq!(both(text, &zone(changes)), None);
    }
}

#[test]
fn a_twofold_hour_that_has_not_come_is_future_and_no_question() {
    let now = "2026-10-24T12:00:00Z";
    assert_eq!(
        read(BERLIN, Some("2026-10-25T02:30"), now),
        Said::Wrong(Wrong::Future)
    );
}

#[test]
fn what_stood_there_stays_to_the_second_until_another_time_is_typed() {
    let zone = zone(BERLIN);
    let now = at("2026-12-01T00:00:00Z");
    // The second 02:30 of its night, and a start with seconds.
    for before in [at("2026-10-25T01:30:40Z"), at("2026-11-30T13:52:40Z")] {
        let shown = typed(before, &zone);
        for text in [None, Some(shown.as_str())] {
            let entry = Entry {
                text,
                before: Some(before),
                ..Entry::default()
            };
            assert_eq!(said(entry, now, &zone), Said::At(before), "{text:?}");
        }
        let chosen = |reading| {
            let entry = Entry {
                before: Some(before),
                reading: Some(reading),
                ..Entry::default()
            };
            said(entry, now, &zone)
        };
        if let Some((earlier, later)) = both(&shown, &zone) {
            assert_eq!(reading_of(before, (earlier, later)), Reading::Later);
            assert_eq!(reading_of(earlier, (earlier, later)), Reading::Earlier);
            assert_eq!(chosen(Reading::Earlier), Said::At(earlier));
            assert_eq!(chosen(Reading::Later), Said::At(before));
        }
        let emptied = Entry {
            text: Some(""),
            before: Some(before),
            ..Entry::default()
        };
        assert_eq!(said(emptied, now, &zone), Said::Wrong(Wrong::Empty));
    }
    assert_eq!(typed(at("2026-10-25T01:30:40Z"), &zone), "2026-10-25T02:30");
}

#[test]
fn a_day_is_the_day_of_the_zone() {
    for (changes, moment, expected) in [
        (BERLIN, "2026-03-09T22:59:59Z", "2026-03-09"),
        (BERLIN, "2026-03-09T23:00:00Z", "2026-03-10"),
        (NEW_YORK, "2026-03-10T03:59:00Z", "2026-03-09"),
        (UTC, "2026-03-10T00:00:00Z", "2026-03-10"),
    ] {
        assert_eq!(
            day(at(moment), &zone(changes)).to_string(),
            expected,
            "{moment}"
        );
    }
}

#[test]
fn after_an_hour_a_draft_is_old_and_so_is_one_of_unknown_age() {
    let now = at("2026-03-10T14:05:00Z");
    for (typed_at, old) in [
        (Some("2026-03-08T14:05:00Z"), true),
        (Some("2026-03-10T13:05:00Z"), true),
        (Some("2026-03-10T13:05:01Z"), false),
        (Some("2026-03-10T14:05:00Z"), false),
        (Some("2026-03-10T14:09:00Z"), false),
        (None, true),
    ] {
        assert_eq!(is_old(typed_at.map(at), now), old, "{typed_at:?}");
    }
}
