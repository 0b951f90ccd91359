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
    let (day, rest) = text.trim().split_at_checked(10)?;
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (clock, rest) = rest.split_at_checked(5)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => rest.split_at_checked(2)?,
        None => ("00", rest),
    };
    let clock = [clock, ":", second].concat();
    let [hour, minute, second] = numbers(&clock, b':', [2, 2, 2])?;
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at_checked(rest.find(|c: char| !c.is_ascii_digit())?)?,
        None => ("", rest),
    };
    let nanos = fraction
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(9)
        .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    let behind = match zone {
        "Z" | "z" => 0,
        _ => {
            let ahead = match zone.split_at_checked(1)? {
                ("+", zone) => (1, zone),
                ("-", zone) => (-1, zone),
                _ => return None,
            };
            let (hours, minutes) = ahead.1.split_at_checked(2)?;
            let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
            let zone = [hours, ":", minutes, ":00"].concat();
            let [hours, minutes, _] = numbers(&zone, b':', [2, 2, 2])?;
            (minutes < 60 && hours < 24).then_some(ahead.0 * (hours * 60 + minutes))?
        }
    };
    let at = calendar(day)?.and_hms_nano_opt(
        unsigned(hour),
        unsigned(minute),
        unsigned(second),
        nanos,
    )?;
    at.and_utc()
        .checked_sub_signed(TimeDelta::minutes(i64::from(behind)))
}

/// A day of the calendar as a date alone: `2020-10-16`.
pub fn calendar(text: &str) -> Option<NaiveDate> {
    let [year, month, day] = numbers(text, b'-', [4, 2, 2])?;
    NaiveDate::from_ymd_opt(year, unsigned(month), unsigned(day))
}

fn unsigned(number: i32) -> u32 {
    number.unsigned_abs()
}

/// Three numbers of so many digits each, with a mark between them.
fn numbers(text: &str, mark: u8, digits: [usize; 3]) -> Option<[i32; 3]> {
    let mut found = [0; 3];
    let mut parts = text.split(char::from(mark));
    for (found, digits) in found.iter_mut().zip(digits) {
        let part = parts.next()?;
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        *found = plain.then(|| part.parse().ok()).flatten()?;
    }
    parts.next().is_none().then_some(found)
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
