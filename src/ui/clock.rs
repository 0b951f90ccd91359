//! The big clock: how long until something is due, or how long it has been overdue.

use chrono::TimeDelta;
use leptos::prelude::*;

/// How a clock is to be read: weight and colour, never blinking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// There is time.
    Calm,
    /// Less than five minutes.
    Soon,
    /// Past.
    Overdue,
    /// No clock.
    None,
}

impl Tone {
    /// The tone of what is left.
    pub fn of(remaining: Option<TimeDelta>) -> Self {
        match remaining {
            None => Self::None,
            Some(left) if left < TimeDelta::zero() => Self::Overdue,
            Some(left) if left < TimeDelta::minutes(5) => Self::Soon,
            Some(_) => Self::Calm,
        }
    }

    /// The word for `data-tone`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Soon => "soon",
            Self::Overdue => "overdue",
            Self::None => "none",
        }
    }
}

/// "12:34", "1:12:34", "2 d 03 h": the length of a span in digits, whichever way it runs. A span that
/// lasts days is not counted in seconds.
pub fn digits(span: TimeDelta) -> String {
    let seconds = span.num_seconds().unsigned_abs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours) {
        (0, 0) => format!("{minutes:02}:{:02}", seconds % 60),
        (0, _) => format!("{hours}:{minutes:02}:{:02}", seconds % 60),
        _ => format!("{days} d {hours:02} h"),
    }
}

/// The clock. It changes every second, so it is a `timer`: screen readers read it when asked.
#[component]
pub fn Clock(
    /// How long until it is due; negative when that is past; `None` without a clock.
    #[prop(into)]
    remaining: Signal<Option<TimeDelta>>,
) -> impl IntoView {
    let said = move || remaining.get().map(digits);
    let words = move || match Tone::of(remaining.get()) {
        Tone::Calm | Tone::Soon => "left",
        Tone::Overdue => "overdue",
        Tone::None => "No clock",
    };
    view! {
        <p class="clock" role="timer">
            <span class="clock-digits">{said}</span>
            " "
            <span class="clock-words">{words}</span>
        </p>
    }
}
