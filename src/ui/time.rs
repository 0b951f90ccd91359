//! Times: local time with its zone, UTC beside it, and the moment itself in `datetime`.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use leptos::prelude::*;

use super::intl;

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
    /// "November 2026".
    Month,
}

/// How a time is said beside a clock that shows `now`: without its day only where that is today's, for the reader.
pub fn form_beside(at: DateTime<Utc>, now: DateTime<Utc>) -> Form {
    if local(at, Form::Day) == local(now, Form::Day) {
        Form::Clock
    } else {
        Form::Full
    }
}

/// "2026-11-23T13:05:00Z": the form of every `datetime` attribute.
pub fn machine(at: DateTime<Utc>) -> String {
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// The time in the reader's zone.
pub fn local(at: DateTime<Utc>, form: Form) -> String {
    intl::moment(at, form, false)
}

pub fn utc(at: DateTime<Utc>, form: Form) -> String {
    intl::moment(at, form, true)
}

/// A day of the calendar, which lies in no zone.
pub fn day(day: NaiveDate, form: Form) -> String {
    day.and_hms_opt(12, 0, 0)
        .map(|noon| utc(noon.and_utc(), form))
        .unwrap_or_default()
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
    let beside = (here != there).then(|| {
        view! {
            " "
            <span class="time-utc">"(" {beside} ")"</span>
        }
        .into_any()
    });
    view! {
        <time datetime=machine(at)>{here}</time>
        {beside}
    }
}
