//! Durations in words (`docs/duties.md` rule 17).

use chrono::{DateTime, TimeDelta, Utc};

const MINUTE: i64 = 60;
/// What stands between two parts of a length.
const BETWEEN: [char; 2] = [',', ' '];
/// What less than a minute is called.
const NONE: &str = "less than a minute";
/// The units of a length and their minutes, the greatest first.
const UNITS: [(&str, i64); 3] = [("day", 24 * 60), ("hour", 60), ("minute", 1)];

/// From one moment to another, both cut to the minute first, so that the length agrees with the times that are printed
/// beside it. An end before the beginning gives none.
pub fn between(from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
    let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(MINUTE);
    TimeDelta::try_minutes((minute(to) - minute(from)).max(0)).unwrap_or_default()
}

/// How late something was that was due at a moment, in seconds begun: strictly later is never 0 (`docs/duties.md` rule 2).
pub fn late_seconds(due: DateTime<Utc>, at: DateTime<Utc>) -> i64 {
    let late = (at - due).max(TimeDelta::zero());
    late.num_seconds() + i64::from(late.subsec_nanos() > 0)
}

/// A length in words; of several episodes together also how many they were: "2 hours 8 minutes, in 2 periods".
pub fn in_periods(duration: TimeDelta, periods: u32) -> String {
    let words = words(duration);
    if periods > 1 {
        format!("{words}, in {periods} periods")
    } else {
        words
    }
}

/// "less than a minute", "52 minutes", "1 hour 12 minutes", "1 day 2 hours 5 minutes": all parts that
/// are not zero, rounded down to minutes. A negative duration reads as none.
pub fn words(duration: TimeDelta) -> String {
    let mut left = duration.num_minutes().max(0);
    let mut said: Vec<String> = Vec::new();
    for (unit, minutes) in UNITS {
        let count = left / minutes;
        left %= minutes;
        if count > 0 {
            said.push(format!(
                "{count} {unit}{}",
                if count == 1 { "" } else { "s" }
            ));
        }
    }
    if said.is_empty() {
        NONE.to_owned()
    } else {
        said.join(" ")
    }
}

/// The length and the number of periods that a text begins with, as [`in_periods`] says them; what follows is left.
pub fn read(text: &str) -> Option<(TimeDelta, usize)> {
    let (minutes, rest) = match text.strip_prefix(NONE) {
        Some(rest) => (0, rest.trim_start_matches(BETWEEN)),
        None => minutes(text)?,
    };
    let periods = rest.strip_prefix("in ").and_then(part);
    let periods = periods.filter(|(_, unit, _)| unit.starts_with("period"));
    let periods = periods.and_then(|(count, ..)| usize::try_from(count).ok());
    Some((TimeDelta::try_minutes(minutes)?, periods.unwrap_or(1)))
}

/// The minutes of all parts of a length, and what stands behind it.
fn minutes(text: &str) -> Option<(i64, &str)> {
    let mut found = None;
    let mut rest = text;
    while let Some((count, unit, behind)) = part(rest) {
        let Some((_, each)) = UNITS.iter().find(|(name, _)| unit.starts_with(name)) else {
            break;
        };
        let minutes = found.unwrap_or(0_i64);
        found = Some(minutes.checked_add(i64::from(count) * each)?);
        rest = behind;
    }
    Some((found?, rest))
}

/// A number, the word behind it, and the rest: "2 hours 8 minutes" is 2, "hours" and "8 minutes".
fn part(text: &str) -> Option<(u32, &str, &str)> {
    let (count, rest) = text.split_once(' ')?;
    let count = count.parse().ok()?;
    let end = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let (unit, rest) = rest.split_at_checked(end)?;
    Some((count, unit, rest.trim_start_matches(BETWEEN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_that_of_the_minutes_that_are_printed() {
        let at = |clock: &str| format!("2026-03-09T{clock}Z").parse().unwrap();
        for (from, to, expected) in [
            ("13:52:40", "14:44:10", "52 minutes"),
            ("14:05:59", "14:06:01", "1 minute"),
            ("14:05:01", "14:05:59", "less than a minute"),
            ("14:06:00", "14:05:59", "less than a minute"),
        ] {
            assert_eq!(words(between(at(from), at(to))), expected, "{from} to {to}");
        }
    }

    #[test]
    fn several_periods_say_so() {
        let length = TimeDelta::minutes(128);
        assert_eq!(in_periods(length, 1), "2 hours 8 minutes");
        assert_eq!(in_periods(length, 2), "2 hours 8 minutes, in 2 periods");
        assert_eq!(in_periods(length, 3), "2 hours 8 minutes, in 3 periods");
    }

    #[test]
    fn what_is_said_is_read_back() {
        for minutes in [0, 1, 59, 60, 61, 128, 1_440, 1_441, 2_880, 100_000] {
            for periods in [1, 2, 12] {
                let length = TimeDelta::minutes(minutes);
                let said = in_periods(length, periods);
                let said_periods = usize::try_from(periods).unwrap();
                for behind in ["", "\nMore. 3 days", "<br>", "."] {
                    assert_eq!(
                        read(&[&said, behind].concat()),
                        Some((length, said_periods)),
                        "{said}{behind}"
                    );
                }
            }
        }
        for nothing in [
            "",
            "long",
            "2",
            "2 ",
            "-2 hours",
            "two hours",
            "99999999999999999999 days",
            "9223372036854775807 days",
        ] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn says_all_parts_that_are_not_zero() {
        for (seconds, expected) in [
            (-5, "less than a minute"),
            (59, "less than a minute"),
            (60, "1 minute"),
            (52 * 60 + 59, "52 minutes"),
            (3_600, "1 hour"),
            (72 * 60, "1 hour 12 minutes"),
            (24 * 3_600 + 2 * 3_600 + 5 * 60, "1 day 2 hours 5 minutes"),
            (48 * 3_600 + 60, "2 days 1 minute"),
        ] {
            assert_eq!(words(TimeDelta::seconds(seconds)), expected);
        }
    }
}
