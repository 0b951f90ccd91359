//! The promise line: when the next update is to come, or that it is overdue (`docs/duties.md` rule 2).

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::sentence::sentence;
use super::words;
use crate::domain::promise::{self, Standing};
use crate::domain::utc_text;
use crate::ui::time::{Form, form_beside, local, machine, utc};
use crate::ui::{Shape, StateIcon, reactive};

/// "Next update by 14:45 UTC", and "Update overdue" from the first second after, "by 6 minutes" from the first minute; but
/// nobody is called late of whom nothing was read since. The minute that has passed says its day where that is not today's.
#[component]
pub fn PromiseLine(
    promise: DateTime<Utc>,
    /// The time, ticking.
    #[prop(into)]
    now: Signal<DateTime<Utc>>,
    /// Up to when it is known what was said.
    known: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let here = move |form| Some(local(promise, form)).filter(|here| *here != utc(promise, form));
    let time =
        move |said: String| view! { <time datetime=machine(promise)>{said}</time> }.into_any();
    reactive(move || {
        let say = words::say();
        let late = match promise::standing(promise, now.get(), known.get()) {
            Standing::Coming(left) => {
                let left = words::in_time(left);
                let rest = match here(Form::Clock) {
                    Some(here) => [here, left].join(", "),
                    None => left,
                };
                return view! {
                    <p class="promise">
                        <span class="promise-words">{sentence(say.next_update, time(utc_text::clock(promise)))}</span>
                        <span class="promise-rest">{rest}</span>
                    </p>
                }
                .into_any();
            }
            Standing::Overdue(late) => Some(words::overdue(late)),
            Standing::NotRead => None,
        };
        let form = form_beside(promise, now.get());
        let here = here(form).map(|here| [" (", &here, ")"].concat());
        let by = view! {
            {time(utc(promise, form))}
            {here}
        };
        let by = sentence(say.was_to_come, by.into_any());
        let overdue = late.is_some().then_some("true");
        let icon = late
            .is_some()
            .then(|| view! { <StateIcon shape=Shape::Alarm /> }.into_any());
        let said = late.unwrap_or_else(|| say.not_read.to_owned());
        view! {
            <p class="promise" data-overdue=overdue>
                <span class="promise-words">{icon} {said}</span>
                <span class="promise-rest">{by}</span>
            </p>
        }
        .into_any()
    })
}
