//! Correcting the times that are facts: impact started, impact ended, became aware.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::IncidentContext;
use super::actions::TIMES;
use crate::console::pages::moment::{Moment, MomentField};
use crate::sop::event::{EventKind, TimeFact};
use crate::sop::run::State;
use crate::ui::act_dialog::ActDialog;

/// The dialog behind "Correct times".
#[component]
pub fn TimesDialog(open: IncidentContext, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = open.desk;
    let view = untrack(|| open.view.get());
    let fields: Vec<(TimeFact, MomentField)> = view.map_or_else(Vec::new, |view| {
        TIMES
            .into_iter()
            .map(|(time, label)| {
                (
                    time,
                    MomentField::known(desk, label, current(&view.state, time)),
                )
            })
            .collect()
    });
    let fields = StoredValue::new(fields);
    let refusal = Signal::derive(move || {
        let now = desk.now().get();
        fields.with_value(|fields| fields.iter().find_map(|(_, field)| field.refusal(now)))
    });
    let save = move |()| {
        let now = desk.fresh_now();
        let changed = untrack(|| {
            fields.with_value(|fields| {
                fields
                    .iter()
                    .filter_map(|(time, field)| {
                        let value = field.changed(now)?;
                        Some(EventKind::TimeSet { time: *time, value })
                    })
                    .collect::<Vec<_>>()
            })
        });
        if changed.into_iter().all(|what| desk.tell(&open.id(), what)) {
            on_close.run(());
        }
    };
    view! {
        <ActDialog title="Correct times".to_owned() on_close act="Save the times"
            disabled_reason=refusal on_act=save>
            <div class="form">
                {fields.with_value(|fields| {
                    fields
                        .iter()
                        .map(|(_, field)| view! { <Moment field=*field /> })
                        .collect_view()
                })}
            </div>
        </ActDialog>
    }
}

/// The time as it stands; `None` where none is known.
fn current(state: &State, time: TimeFact) -> Option<DateTime<Utc>> {
    match time {
        TimeFact::ImpactStarted => Some(state.impact_started),
        TimeFact::ImpactEnded => state.ended_at,
        TimeFact::BecameAware => Some(state.became_aware.unwrap_or(state.declared_at)),
    }
}
