//! The promise line: when the next update is to come, or that it is overdue (`docs/duties.md` rule 2).

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::sentence::sentence;
use super::words;
use crate::domain::incident::Incident;
use crate::domain::{promise, utc_text};
use crate::ui::time::{Form, local, machine, utc};
use crate::ui::{Shape, StateIcon, reactive};

/// The promise that stands: the one that the newest update of an unresolved incident makes.
pub fn promise_of(incident: &Incident) -> Option<DateTime<Utc>> {
    let newest = incident.updates.first().filter(|_| incident.is_open())?;
    promise::read(&newest.body, newest.created_at)
}

/// "Next update by 14:45 UTC", and "Update overdue" from the first second after, "by 6 minutes" from the first minute.
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
    let time = move || view! { <time datetime=machine(promise)>{utc_text::clock(promise)}</time> };
    reactive(move || {
        let now = now.get();
        if promise::is_overdue(promise, now) {
            let here = here.clone().map(|here| (" (", here, ")"));
            let by = (time(), here).into_any();
            view! {
                <p class="promise" data-overdue="true">
                    <span class="promise-words">
                        <StateIcon shape=Shape::Alarm />
                        {words::overdue(now - promise)}
                    </span>
                    <span class="promise-rest">{sentence(words::say().was_to_come, by)}</span>
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
                    <span class="promise-words">{sentence(words::say().next_update, time().into_any())}</span>
                    <span class="promise-rest">{rest}</span>
                </p>
            }
            .into_any()
        }
    })
}
