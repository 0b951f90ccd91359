//! Durations in words (`docs/duties.md` rule 17).

use chrono::{DateTime, TimeDelta, Utc};

const MINUTE: i64 = 60;

/// From one moment to another, both cut to the minute first, so that the length agrees with the times that are printed
/// beside it. An end before the beginning gives none.
pub fn between(from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
    let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(MINUTE);
    TimeDelta::try_minutes((minute(to) - minute(from)).max(0)).unwrap_or_default()
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
    let minutes = duration.num_minutes().max(0);
    let parts = [
        (minutes / (24 * 60), "day"),
        (minutes / 60 % 24, "hour"),
        (minutes % 60, "minute"),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    if said.is_empty() {
        "less than a minute".to_owned()
    } else {
        said.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c260_a_length_is_that_of_the_minutes_that_are_printed() {
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
