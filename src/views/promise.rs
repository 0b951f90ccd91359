//! The promise line: when the next update is to come, or that it is overdue (`docs/duties.md` rule 2).

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::sentence::sentence;
use super::words;
use crate::domain::promise::{self, Standing};
use crate::domain::utc_text;
use crate::ui::time::{Form, local, machine, utc};
use crate::ui::{Shape, StateIcon, reactive};

/// "Next update by 14:45 UTC", and "Update overdue" from the first second after, "by 6 minutes" from the first minute; but
/// nobody is called late of whom nothing was read since.
#[component]
pub fn PromiseLine(
    promise: DateTime<Utc>,
    /// The time, ticking.
    #[prop(into)]
    now: Signal<DateTime<Utc>>,
    /// Up to when it is known what was said.
    known: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let here = local(promise, Form::Clock);
    let here = (here != utc(promise, Form::Clock)).then_some(here);
    let time = move || {
        view! { <time datetime=machine(promise)>{utc_text::clock(promise)}</time> }.into_any()
    };
    reactive(move || {
        let say = words::say();
        let late = match promise::standing(promise, now.get(), known.get()) {
            Standing::Coming(left) => {
                let left = words::in_time(left);
                let rest = here
                    .as_ref()
                    .map_or_else(|| left.clone(), |here| format!("{here}, {left}"));
                return view! {
                    <p class="promise">
                        <span class="promise-words">{sentence(say.next_update, time())}</span>
                        <span class="promise-rest">{rest}</span>
                    </p>
                }
                .into_any();
            }
            Standing::Overdue(late) => Some(words::overdue(late)),
            Standing::NotRead => None,
        };
        let here = here.as_ref().map(|here| [" (", here, ")"].concat());
        let by = view! {
            {time()}
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
