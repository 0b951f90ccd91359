//! The notification of the regulator: recorded with its time and the reference that the authority gave, at any time
//! before its clock runs out and after it (`docs/duties.md` rule 13).

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::IncidentContext;
use crate::console::desk::kept::drafts::duty_field;
use crate::console::pages::moment::{Moment, MomentField};
use crate::sop::duty::DutyKey;
use crate::sop::event::EventKind;
use crate::ui::act_dialog::ActDialog;
use crate::ui::field::Field;

/// The dialog behind "Record the notification".
#[component]
pub fn NotifiedDialog(
    open: IncidentContext,
    duty: DutyKey,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let kept = |what| {
        let drafts = open.desk.drafts();
        drafts.field(duty_field(what, &open.id(), duty))
    };
    let (reference, time) = (kept("regulator"), kept("regulator-time"));
    let at = MomentField::now(open.desk, "Time").kept(time, || ());
    let what = move |now: DateTime<Utc>| {
        let reference = reference.get().trim().to_owned();
        EventKind::RegulatorNotified {
            reference: (!reference.is_empty()).then_some(reference),
            notified_at: at.changed(now),
        }
    };
    let refusal = Signal::derive(move || at.why_not_entered(&open.id(), what));
    let record = move |()| {
        if at.enter(&open.id(), what) {
            reference.clear();
            time.clear();
            on_close.run(());
        }
    };
    let turn_back = move |()| {
        time.clear();
        on_close.run(());
    };
    view! {
        <ActDialog title="Regulator notified" on_close=turn_back
            act="Record it" disabled_reason=refusal on_act=record>
            <Moment field=at />
            <Field
                label="Reference"
                hint=Some("The one that the authority gave, if any. It stands in the log beside your name.".to_owned())
                value=reference.value()
                on_input=move |text| reference.set(text)
            />
        </ActDialog>
    }
}
