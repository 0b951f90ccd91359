//! Times as the SOP's messages print them: always UTC, always with the zone, no library's locale.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

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

/// "2024-01-15 14:05 UTC": the form of every time in a message (`product.md` 2.8).
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

/// "January 15, 2024": the UTC day, as the report's `[Date]` prints it (`product.md` 2.24).
pub fn date(at: DateTime<Utc>) -> String {
    day(at.date_naive())
}

/// "January 15, 2024": a day of the calendar.
pub fn day(day: NaiveDate) -> String {
    let month = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
    format!("{month} {}, {}", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_the_forms_of_the_sop() {
        let at = DateTime::from_timestamp(1_705_327_500, 0).unwrap();
        assert_eq!(timestamp(at), "2024-01-15 14:05 UTC");
        assert_eq!(clock(at), "14:05 UTC");
        assert_eq!(date(at), "January 15, 2024");
        assert_eq!(NaiveDate::from_ymd_opt(2024, 4, 5).map(day).unwrap(), "April 5, 2024");
    }
}
