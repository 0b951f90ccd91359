//! What the tests of the SOP share: a log that is written like a story, and a table of duties that is
//! checked like one.

pub mod log;
pub mod playbook;
pub mod table;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};

/// The Monday of the worked examples.
pub const MONDAY: &str = "2026-03-09";

/// A time of the worked examples: "14:05", "14:05:01", "03-11 14:44", "2026-03-27 22:00".
pub fn at(text: &str) -> DateTime<Utc> {
    let (day, clock) = text.rsplit_once(' ').unwrap_or((MONDAY, text));
    let day = if day.len() == 5 {
        format!("2026-{day}")
    } else {
        day.to_owned()
    };
    let clock = if clock.len() == 5 {
        format!("{clock}:00")
    } else {
        clock.to_owned()
    };
    NaiveDateTime::parse_from_str(&format!("{day} {clock}"), "%Y-%m-%d %H:%M:%S")
        .unwrap_or_else(|error| panic!("{text}: {error}"))
        .and_utc()
}

/// A time as the worked examples write it: the day only where it is not `day`, seconds only where there
/// are some.
pub fn short(at: DateTime<Utc>, day: NaiveDate) -> String {
    let day_format = if at.date_naive() == day { "" } else { "%m-%d " };
    let clock_format = if at.second() == 0 {
        "%H:%M"
    } else {
        "%H:%M:%S"
    };
    at.format(&format!("{day_format}{clock_format}"))
        .to_string()
}
