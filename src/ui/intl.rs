//! Dates, numbers and durations as the language that is spoken writes them, by the browser's `Intl`: nothing is
//! downloaded for it. What it takes long to make is made once.

use std::cell::RefCell;

use chrono::{DateTime, TimeDelta, Utc};
use js_sys::Intl::{DateTimeFormat, NumberFormat};
use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::JsValue;

use super::lang::Lang;
use super::time::Form;
use super::words;

/// What is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A moment; `utc`: in UTC, not in the reader's zone.
    Moment { form: Form, utc: bool },
    /// A number of days, hours or minutes.
    Length(&'static str),
    /// A number with two decimals.
    Hundredths,
    /// A number of things.
    Count,
}

thread_local! {
    /// The formatters that were made.
    static MADE: RefCell<Vec<(Lang, Kind, Function)>> = const { RefCell::new(Vec::new()) };
}

/// A moment; `utc`: in UTC, not in the reader's zone.
pub fn moment(at: DateTime<Utc>, form: Form, utc: bool) -> String {
    written(Kind::Moment { form, utc }, &date(at))
}

/// A moment as the browser counts it.
pub(super) fn date(at: DateTime<Utc>) -> Date {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 stay exact for 285,000 years"
    )]
    let millis = at.timestamp_millis() as f64;
    Date::new(&JsValue::from_f64(millis))
}

/// Has the browser read what it knows of languages, which takes it long the first time: in a piece of its own, and
/// not while a page is drawn.
pub fn prepare() {
    let _ready = hundredths(0);
}

/// "52 minutes", "1 hour 12 minutes", "1 day 2 hours 5 minutes": all parts that are not zero, rounded down to
/// minutes. A negative duration reads as none.
pub fn duration(span: TimeDelta) -> String {
    let minutes = span.num_minutes().max(0);
    let parts = [
        (minutes / (24 * 60), "day"),
        (minutes / 60 % 24, "hour"),
        (minutes % 60, "minute"),
    ];
    let mut said = String::new();
    for (count, unit) in parts {
        if count > 0 {
            if !said.is_empty() {
                said.push(' ');
            }
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            said.push_str(&written(Kind::Length(unit), &count.into()));
        }
    }
    if said.is_empty() {
        words::say().less_than_a_minute.to_owned()
    } else {
        said
    }
}

/// "99.98": so many hundredths.
pub fn hundredths(count: u32) -> String {
    written(Kind::Hundredths, &(f64::from(count) / 100.0).into())
}

/// "1,429": so many. Below a thousand every language that is spoken here writes the digits alone.
pub fn count(things: usize) -> String {
    if things < 1_000 {
        return things.to_string();
    }
    let things = u32::try_from(things).unwrap_or(u32::MAX);
    written(Kind::Count, &things.into())
}

fn written(kind: Kind, value: &JsValue) -> String {
    let lang = Lang::spoken();
    let format = MADE.with_borrow_mut(|made| {
        let known = made
            .iter()
            .find(|(of, what, _)| (*of, *what) == (lang, kind));
        if let Some((_, _, format)) = known {
            return format.clone();
        }
        let format = make(lang, kind);
        made.push((lang, kind, format.clone()));
        format
    });
    // Fails only for moments beyond the calendar, of which there is nothing to say.
    let written = format.call1(&JsValue::UNDEFINED, value);
    written
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn make(lang: Lang, kind: Kind) -> Function {
    let options = Object::new();
    let set = |name: &str, value: &str| {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    };
    let locales = Array::of1(&lang.locale().into());
    match kind {
        Kind::Moment { form, utc } => {
            if form != Form::Clock {
                set("month", if form == Form::Full { "short" } else { "long" });
                set("year", "numeric");
            }
            if matches!(form, Form::Full | Form::Day) {
                set("day", "numeric");
            }
            if matches!(form, Form::Full | Form::Clock) {
                set("hour", "2-digit");
                set("minute", "2-digit");
                set("timeZoneName", "short");
            }
            if utc {
                set("timeZone", "UTC");
            }
            DateTimeFormat::new(&locales, &options).format()
        }
        Kind::Length(unit) => {
            set("style", "unit");
            set("unit", unit);
            set("unitDisplay", "long");
            NumberFormat::new(&locales, &options).format()
        }
        Kind::Hundredths => {
            set("minimumFractionDigits", "2");
            NumberFormat::new(&locales, &options).format()
        }
        Kind::Count => NumberFormat::new(&locales, &options).format(),
    }
}
