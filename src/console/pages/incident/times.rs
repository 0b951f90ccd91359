//! Correcting the times that are facts: impact started, impact ended, became aware.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::IncidentContext;
use super::actions::TIMES;
use crate::console::pages::parts::Moment;
use crate::sop::event::{EventKind, TimeFact};
use crate::sop::run::State;
use crate::ui::act_dialog::ActDialog;

/// One of the times, and what it was before.
struct TimeField {
    time: TimeFact,
    label: &'static str,
    value: RwSignal<DateTime<Utc>>,
    before: DateTime<Utc>,
}

/// The dialog behind "Correct times".
#[component]
pub fn TimesDialog(open: IncidentContext, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = open.desk;
    let now = desk.now.get_untracked();
    let state = untrack(|| open.view.get()).map(|view| view.state);
    let fields: Vec<TimeField> = state.map_or_else(Vec::new, |state| {
        TIMES
            .into_iter()
            .map(|(time, label)| {
                let before = current(&state, time, now);
                TimeField {
                    time,
                    label,
                    value: RwSignal::new(before),
                    before,
                }
            })
            .collect()
    });
    let fields = StoredValue::new(fields);
    let save = move |()| {
        let changed = fields.with_value(|fields| {
            fields
                .iter()
                .filter(|field| field.value.get_untracked() != field.before)
                .map(|field| EventKind::TimeSet {
                    time: field.time,
                    value: field.value.get_untracked(),
                })
                .collect::<Vec<_>>()
        });
        if changed.into_iter().all(|what| desk.tell(&open.id(), what)) {
            on_close.run(());
        }
    };
    view! {
        <ActDialog title="Correct times".to_owned() on_close act="Save the times" on_act=save>
            <div class="form">
                {fields.with_value(|fields| {
                    fields
                        .iter()
                        .map(|field| view! { <Moment label=field.label value=field.value /> })
                        .collect_view()
                })}
            </div>
        </ActDialog>
    }
}

/// The time as it stands.
fn current(state: &State, time: TimeFact, now: DateTime<Utc>) -> DateTime<Utc> {
    match time {
        TimeFact::ImpactStarted => state.impact_started,
        TimeFact::ImpactEnded => state.impact_ended.or(state.resolved_at).unwrap_or(now),
        TimeFact::BecameAware => state.became_aware.unwrap_or(state.declared_at),
    }
}
