//! A moment as a `datetime-local` field holds it: in the zone of this browser, without a zone in its text.

use chrono::{DateTime, Utc};
use js_sys::Date;
use wasm_bindgen::JsValue;

/// "2026-11-23T14:05" in this browser's zone.
pub fn typed(at: DateTime<Utc>) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 stay exact for 285,000 years"
    )]
    let date = Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes()
    )
}

/// The moment that a typed text means in this browser's zone; `None` where it is no time.
pub fn moment(text: &str) -> Option<DateTime<Utc>> {
    if text.trim().is_empty() {
        return None;
    }
    let millis = Date::new(&JsValue::from_str(text.trim())).get_time();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a date's milliseconds are whole and small"
    )]
    millis
        .is_finite()
        .then(|| DateTime::from_timestamp_millis(millis as i64))
        .flatten()
}
