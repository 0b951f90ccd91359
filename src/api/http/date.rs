//! The form in which servers write a moment: "Mon, 09 Mar 2026 14:05:00 GMT". Read by hand: a library's
//! reader of every form there ever was weighs more than the page that waits for it.

use chrono::{DateTime, NaiveDate, Utc};

use super::Response;
use crate::domain::find::{around, find};

const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";

/// The moment that a header's text says, to the second; `None` for any other form.
pub fn moment(text: &str) -> Option<DateTime<Utc>> {
    let (_, text) = around(text.trim(), ", ")?;
    let mut words = text.split(' ');
    let day: u32 = words.next()?.parse().ok()?;
    let month = find(MONTHS, words.next().filter(|word| word.len() == 3)?)?;
    let year: i32 = words.next()?.parse().ok()?;
    let mut clock = words.next()?.split(':').map(str::parse::<u32>);
    let (hour, minute, second) = (
        clock.next()?.ok()?,
        clock.next()?.ok()?,
        clock.next()?.ok()?,
    );
    if words.next() != Some("GMT") || month % 3 != 0 {
        return None;
    }
    let month = u32::try_from(month / 3).ok()? + 1;
    // A leap second is told as the second before it.
    let at =
        NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(hour, minute, second.min(59))?;
    Some(at.and_utc())
}

/// When the server answered, by its own clock.
pub fn server_time(response: &Response) -> Option<DateTime<Utc>> {
    response.header("date").and_then(moment)
}

/// How many seconds the server asks to wait: a number, or a moment of its own clock. Broken seconds are
/// rounded up.
pub fn retry_after(response: &Response) -> Option<u32> {
    let text = response.header("retry-after")?.trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if let Ok(seconds) = whole.parse::<u32>() {
        let broken = part.bytes().any(|digit| digit != b'0');
        return Some(seconds.saturating_add(u32::from(broken)));
    }
    let left = moment(text)? - server_time(response)?;
    u32::try_from(left.num_seconds().max(0)).ok()
}
