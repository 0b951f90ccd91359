//! Durations in words (`duties.md` rule 17).

use chrono::TimeDelta;

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
