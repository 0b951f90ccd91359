//! Times: local time with its zone, UTC beside it, and the moment itself in `datetime`. The browser's
//! `Intl` knows the zones; nothing is downloaded for it.

use chrono::{DateTime, SecondsFormat, Utc};
use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// How much of a time is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// "23 Nov 2026, 14:05 CET"
    #[default]
    Full,
    /// "14:05 CET"
    Clock,
    /// "23 November 2026", without a time.
    Day,
}

/// "2026-11-23T13:05:00Z": the form of every `datetime` attribute.
pub fn machine(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The time in the reader's zone.
pub fn local(at: DateTime<Utc>, form: Form) -> String {
    said(at, form, None)
}

/// The time in UTC.
pub fn utc(at: DateTime<Utc>, form: Form) -> String {
    said(at, form, Some("UTC"))
}

fn said(at: DateTime<Utc>, form: Form, zone: Option<&str>) -> String {
    let options = Object::new();
    let set = |name: &str, value: &str| {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    };
    if form != Form::Clock {
        set("day", "numeric");
        set("month", if form == Form::Day { "long" } else { "short" });
        set("year", "numeric");
    }
    if form != Form::Day {
        set("hour", "2-digit");
        set("minute", "2-digit");
        set("timeZoneName", "short");
    }
    if let Some(zone) = zone {
        set("timeZone", zone);
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 stay exact for 285,000 years"
    )]
    let millis = at.timestamp_millis() as f64;
    let date = Date::new(&JsValue::from_f64(millis));
    date.to_locale_string("en-GB", &options).into()
}

/// A time as people read it: in their zone, and in UTC where that differs.
#[component]
pub fn Time(
    /// When.
    at: DateTime<Utc>,
    /// How much of it is said.
    #[prop(optional)]
    form: Form,
) -> impl IntoView {
    let here = local(at, form);
    let there = utc(at, form);
    // The day is said twice only where it differs.
    let beside = if form == Form::Full && local(at, Form::Day) == utc(at, Form::Day) {
        utc(at, Form::Clock)
    } else {
        there.clone()
    };
    let beside =
        (here != there).then(|| view! { " " <span class="time-utc">"(" {beside} ")"</span> });
    view! {
        <time datetime=machine(at)>{here}</time>
        {beside}
    }
}
