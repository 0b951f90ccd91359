//! Times as the SOP's messages print them: always UTC, always with the zone, no library's locale; and times
//! as pages in the Statuspage format write them.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "2024-01-15 14:05 UTC": the form of every time in a message (`docs/decisions.md`, reading 8).
pub fn timestamp(at: DateTime<Utc>) -> String {
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02} UTC",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute()
    )
}

/// "14:05 UTC": the form of a promise and of a clock beside its date.
pub fn clock(at: DateTime<Utc>) -> String {
    format!("{:02}:{:02} UTC", at.hour(), at.minute())
}

/// "14:05:20 UTC": when a message that waits leaves.
pub fn second(at: DateTime<Utc>) -> String {
    format!("{:02}:{:02}:{:02} UTC", at.hour(), at.minute(), at.second())
}

/// "January 15, 2024": the UTC day, as the report's `[Date]` prints it (`docs/decisions.md`, reading 24).
pub fn date(at: DateTime<Utc>) -> String {
    day(at.date_naive())
}

/// "January 15, 2024": a day of the calendar.
pub fn day(day: NaiveDate) -> String {
    let month = MONTHS
        .get(day.month0() as usize)
        .copied()
        .unwrap_or_default();
    format!("{month} {}, {}", day.day(), day.year())
}

/// A moment as RFC 3339 writes it, in any zone and precision: `2026-03-09T15:00:00.123+01:00`; as ISO 8601 allows, the
/// seconds may be left out, and the colon in the zone. Without a zone it is none: nobody knows whose clock is meant. The
/// calendar is chrono's; only the text is read here, because its own reader of many forms is eight kilobytes of every
/// reader's download. A test holds the two together.
pub fn moment(text: &str) -> Option<DateTime<Utc>> {
    let mut rest = text.trim().as_bytes();
    let day = day_of(&mut rest)?;
    skip(&mut rest, b"Tt ")?;
    let hour = number(&mut rest, 2)?;
    skip(&mut rest, b":")?;
    let minute = number(&mut rest, 2)?;
    let second = match skip(&mut rest, b":") {
        Some(_) => number(&mut rest, 2)?,
        None => 0,
    };
    let mut nanos = 0;
    if skip(&mut rest, b".").is_some() {
        let mut worth = 100_000_000;
        while let Some(digit) = number(&mut rest, 1) {
            nanos += digit * worth;
            worth /= 10;
        }
    }
    let mut behind = 0;
    let sign = skip(&mut rest, b"Zz+-")?;
    if sign == b'+' || sign == b'-' {
        let hours = number(&mut rest, 2)?;
        skip(&mut rest, b":");
        let minutes = number(&mut rest, 2).filter(|minutes| *minutes < 60 && hours < 24)?;
        behind = i64::from(hours * 60 + minutes) * if sign == b'+' { 1 } else { -1 };
    }
    let at = day.and_hms_nano_opt(hour, minute, second, nanos)?;
    let at = at.and_utc().checked_sub_signed(TimeDelta::minutes(behind));
    at.filter(|_| rest.is_empty())
}

/// A day of the calendar as a date alone: `2020-10-16`.
pub fn calendar(text: &str) -> Option<NaiveDate> {
    let mut rest = text.as_bytes();
    day_of(&mut rest).filter(|_| rest.is_empty())
}

fn day_of(rest: &mut &[u8]) -> Option<NaiveDate> {
    let year = number(rest, 4)?;
    skip(rest, b"-")?;
    let month = number(rest, 2)?;
    skip(rest, b"-")?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, number(rest, 2)?)
}

/// Takes a number of so many digits from the front.
fn number(rest: &mut &[u8], digits: usize) -> Option<u32> {
    let (front, others) = rest.split_at_checked(digits)?;
    let mut number = 0;
    for byte in front {
        number = number * 10 + char::from(*byte).to_digit(10)?;
    }
    *rest = others;
    Some(number)
}

/// Takes one of these marks from the front.
fn skip(rest: &mut &[u8], marks: &[u8]) -> Option<u8> {
    let (first, others) = rest.split_first()?;
    *rest = marks.contains(first).then_some(others)?;
    Some(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_moments_as_chrono_does() {
        for text in [
            "2026-03-09T14:00:00Z",
            "2026-03-09T15:00:00.123+01:00",
            "2016-02-29T23:59:59.999999999-08:00",
            "2026-03-09 14:00:00Z",
            "1999-12-31T23:59:59.5-00:30",
            "2026-03-09T00:00:00.000+14:00",
        ] {
            assert_eq!(moment(text), text.parse().ok(), "{text}");
        }
        // Forms that chrono does not read: without seconds, or without the colon in the zone.
        for (text, same) in [
            ("2026-03-09T14:00Z", "2026-03-09T14:00:00Z"),
            ("2026-03-09T14:05+01:00", "2026-03-09T13:05:00Z"),
            ("2026-03-09 14:05-0030", "2026-03-09T14:35:00Z"),
            ("2026-03-09T14:00:07.5+0000", "2026-03-09T14:00:07.5Z"),
        ] {
            assert_eq!(moment(text), same.parse().ok(), "{text}");
        }
        for text in [
            "",
            "now",
            "2026-02-30T00:00:00Z",
            "2026-03-09T24:00:00Z",
            "2026-03-09T14:00:00",
            "2026-03-09T14:00",
            "2026-03-09T14Z",
            "2026-03-09T14:0Z",
            "2026-03-09T14:00:Z",
            "2026-03-09T14:00:00+1:00",
            "2026-03-09T14:00:00+100",
            "2026-03-09T14:00:00+00::00",
            "2026-03-09T14:00:00 UTC",
            "2026-03-09T14:00:00+25:00",
            "2026-03-09T14:00:00.Z.",
            "+026-03-09T14:00:00Z",
            "2026-03-09T14:00:00Zulu",
            "２０２６-03-09T14:00:00Z",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn reads_days_of_the_calendar_and_nothing_else() {
        assert_eq!(
            calendar("2020-10-16"),
            NaiveDate::from_ymd_opt(2020, 10, 16)
        );
        for text in [
            "",
            "2020-02-30",
            "2020-1-1",
            "2020-10-16T00:00:00Z",
            "16.10.2020",
        ] {
            assert_eq!(calendar(text), None, "{text}");
        }
    }

    #[test]
    fn prints_the_forms_of_the_sop() {
        let at = DateTime::from_timestamp(1_705_327_500, 0).unwrap();
        assert_eq!(timestamp(at), "2024-01-15 14:05 UTC");
        assert_eq!(clock(at), "14:05 UTC");
        assert_eq!(date(at), "January 15, 2024");
        assert_eq!(
            NaiveDate::from_ymd_opt(2024, 4, 5).map(day).unwrap(),
            "April 5, 2024"
        );
    }
}
