//! The zone of this browser.

use chrono::{DateTime, TimeDelta, Utc};
use js_sys::Date;
use wasm_bindgen::JsValue;

/// How far this browser's zone is ahead of UTC at a moment.
pub fn zone(at: DateTime<Utc>) -> TimeDelta {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 stay exact for 285,000 years"
    )]
    let date = Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "minutes of less than two days"
    )]
    let minutes = date.get_timezone_offset() as i64;
    TimeDelta::minutes(-minutes)
}
