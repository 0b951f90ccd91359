//! Correcting the times that are facts: impact started, impact ended, became aware.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::IncidentContext;
use crate::console::desk::kept::drafts::Typed;
use crate::console::pages::moment::{Moment, MomentField};
use crate::sop::event::TimeFact;
use crate::sop::run::State;
use crate::ui::act_dialog::ActDialog;

/// In the order of the dialog.
const TIMES: [TimeFact; 3] = [
    TimeFact::ImpactStarted,
    TimeFact::ImpactEnded,
    TimeFact::BecameAware,
];

/// The dialog behind "Correct times".
#[component]
pub fn TimesDialog(open: IncidentContext, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = open.desk;
    let view = untrack(|| open.view.get());
    let fields: Vec<(TimeFact, MomentField)> = view.map_or_else(Vec::new, |view| {
        TIMES
            .into_iter()
            .map(|time| {
                let field = MomentField::known(desk, time.name(), current(&view.state, time));
                (time, field.kept(typed(open, time), || ()))
            })
            .collect()
    });
    let fields = StoredValue::new(fields);
    // They are judged together: both ends may move to where one alone could not.
    let corrected = move |now: DateTime<Utc>| {
        let wished: Vec<(TimeFact, DateTime<Utc>)> = fields.with_value(|fields| {
            let changed = fields.iter();
            changed
                .filter_map(|(time, field)| Some((*time, field.changed(now)?)))
                .collect()
        });
        desk.corrections(&open.id(), &wished)
    };
    let refusal = Signal::derive(move || {
        let now = desk.now().get();
        let unread =
            fields.with_value(|fields| fields.iter().find_map(|(_, field)| field.refusal(now)));
        unread.or_else(|| corrected(now).err())
    });
    let on_close = move |()| {
        for time in TIMES {
            typed(open, time).clear();
        }
        on_close.run(());
    };
    let save = move |()| match untrack(|| corrected(desk.fresh_now())) {
        Ok(events) => {
            if events.into_iter().all(|what| desk.tell(&open.id(), what)) {
                on_close(());
            }
        }
        Err(why) => desk.alarm(format!("Not saved: {why}.")),
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

/// What is typed of a time: it survives a reload, and ends with the dialog.
fn typed(open: IncidentContext, time: TimeFact) -> Typed {
    let drafts = open.desk.drafts();
    drafts.field(format!("times/{}/{time:?}", open.id().0))
}

/// The time as it stands; `None` where none is known.
fn current(state: &State, time: TimeFact) -> Option<DateTime<Utc>> {
    match time {
        TimeFact::ImpactStarted => Some(state.impact_started),
        TimeFact::ImpactEnded => state.ended_at,
        TimeFact::BecameAware => Some(state.became_aware.unwrap_or(state.declared_at)),
    }
}
