//! Correcting the times that are facts: impact started, impact ended, became aware.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::Open;
use super::turns::TIMES;
use crate::console::pages::parts::Moment;
use crate::sop::event::{TimeFact, What};
use crate::sop::run::State;
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::Dialog;

/// The dialog behind "Correct times".
#[component]
pub fn TimesDialog(open: Open, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = open.desk;
    let now = desk.now.get_untracked();
    let state = untrack(|| open.view.get()).map(|view| view.state);
    let fields: Vec<(
        TimeFact,
        &'static str,
        RwSignal<DateTime<Utc>>,
        DateTime<Utc>,
    )> = TIMES
        .into_iter()
        .filter_map(|(time, label)| {
            let value = state.as_ref().and_then(|state| current(state, time, now))?;
            Some((time, label, RwSignal::new(value), value))
        })
        .collect();
    let fields = StoredValue::new(fields);
    let save = move |()| {
        let changed = fields.with_value(|fields| {
            fields
                .iter()
                .filter(|(_, _, value, before)| value.get_untracked() != *before)
                .map(|(time, _, value, _)| What::TimeSet {
                    time: *time,
                    value: value.get_untracked(),
                })
                .collect::<Vec<_>>()
        });
        if changed.into_iter().all(|what| desk.tell(&open.id(), what)) {
            on_close.run(());
        }
    };
    let foot = move || {
        view! {
            <Button kind=Kind::Quiet on_press=move |()| on_close.run(())>"Cancel"</Button>
            <Button kind=Kind::Primary on_press=save>"Save the times"</Button>
        }
    };
    view! {
        <Dialog title="Correct times" open=true on_close foot>
            <div class="form">
                {fields.with_value(|fields| {
                    fields
                        .iter()
                        .map(|(_, label, value, _)| view! { <Moment label=*label value=*value /> })
                        .collect_view()
                })}
            </div>
        </Dialog>
    }
}

/// The time as it stands, where it may be corrected now: the end only once there is one.
fn current(state: &State, time: TimeFact, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match time {
        TimeFact::ImpactStarted => Some(state.impact_started),
        TimeFact::ImpactEnded => Some(state.impact_ended.or(state.resolved_at).unwrap_or(now)),
        TimeFact::BecameAware => Some(state.became_aware.unwrap_or(state.declared_at)),
    }
}
