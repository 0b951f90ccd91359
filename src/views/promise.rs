//! The promise line: when the next update is to come, or that it is overdue (`duties.md` rule 2).

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::words;
use crate::domain::incident::Incident;
use crate::domain::{promise, stamp};
use crate::ui::time::{Form, local, machine, utc};
use crate::ui::{Shape, StateIcon, live};

/// The promise that stands: the one that the newest update of an unresolved incident makes.
pub fn promise_of(incident: &Incident) -> Option<DateTime<Utc>> {
    let newest = incident.updates.first().filter(|_| incident.is_open())?;
    promise::read(&newest.body, newest.created_at)
}

/// "Next update by 14:45 UTC", and "Update overdue" from the first second after.
#[component]
pub fn PromiseLine(
    /// The promise.
    promise: DateTime<Utc>,
    /// The time, ticking.
    #[prop(into)]
    now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let here = local(promise, Form::Clock);
    let here = (here != utc(promise, Form::Clock)).then_some(here);
    let time = move || view! { <time datetime=machine(promise)>{stamp::clock(promise)}</time> };
    live(move || {
        let now = now.get();
        if promise::is_overdue(promise, now) {
            let here = here
                .as_ref()
                .map_or_else(|| ".".to_owned(), |here| format!(" ({here})."));
            view! {
                <p class="promise" data-overdue="true">
                    <StateIcon shape=Shape::Alarm />
                    <span class="promise-words">"Update overdue"</span>
                    <span class="promise-rest">"It was to come by " {time()} {here}</span>
                </p>
            }
            .into_any()
        } else {
            let left = words::in_time(promise - now);
            let rest = here
                .as_ref()
                .map_or_else(|| left.clone(), |here| format!("{here}, {left}"));
            view! {
                <p class="promise">
                    <span class="promise-words">"Next update by " {time()}</span>
                    <span class="promise-rest">{rest}</span>
                </p>
            }
            .into_any()
        }
    })
}
