//! Changing the severity: what starts and what stops is shown before it is done (`docs/decisions.md`, reading 17).

use leptos::prelude::*;

use super::IncidentContext;
use crate::console::pages::parts::DueTime;
use crate::sop::board::IncidentView;
use crate::sop::compose;
use crate::sop::duty::Duty;
use crate::sop::event::EventKind;
use crate::sop::foreseen::Foreseen;
use crate::sop::severity::Severity;
use crate::ui::act_dialog::ActDialog;
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::field::Field;
use crate::words;

/// The dialog behind "Change severity".
#[component]
pub fn SeverityDialog(
    open: IncidentContext,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let desk = open.desk;
    // As it is now: another console may change it while this is open.
    let now = open.slice(|view| view.state.severity);
    let picked = RwSignal::new(untrack(|| now.get()));
    let reason = desk.drafts().field(format!("severity/{}", open.id().0));
    let what = move || {
        picked.get().map(|to| EventKind::SeverityChanged {
            to,
            reason: reason.get().trim().to_owned(),
        })
    };
    let refusal = Signal::derive(move || {
        if picked.get() == now.get() {
            return Some("Choose another severity than the one it has.".to_owned());
        }
        what().and_then(|what| desk.refusal(&open.id(), &what))
    });
    // What starts is due by the clock.
    let minute = Memo::new(move |_| desk.now().get().timestamp().div_euclid(60));
    let foreseen = Memo::new(move |_| {
        minute.track();
        let what = what().filter(|_| picked.get() != now.get())?;
        let (playbook, to) = (desk.playbook()?, picked.get()?);
        open.view.with(|view| {
            let IncidentView { state, duties, .. } = view.as_deref()?;
            let after = untrack(|| desk.foresee(&open.id(), what)).unwrap_or_default();
            let printed = state.page.as_ref().and_then(|last| last.promise);
            let foreseen = Foreseen::of(duties, &after, printed);
            Some((foreseen, compose::bridge_to(&playbook, state, duties, to)))
        })
    });
    let change = move |()| {
        if let Some(what) = untrack(what)
            && desk.tell(&open.id(), what)
        {
            reason.clear();
            on_close.run(());
        }
    };
    let choices = Severity::ALL
        .into_iter()
        .map(|severity| {
            let name = desk
                .playbook_now()
                .map(|playbook| playbook.severities.of(severity).name.clone())
                .unwrap_or_default();
            Choice::new(severity, format!("{} {name}", severity.word()))
        })
        .collect::<Vec<_>>();
    let choices = StoredValue::new(choices);
    view! {
        <ActDialog title="Change severity".to_owned() on_close act="Change the severity" disabled_reason=refusal on_act=change>
            <RadioGroup
                legend="Severity"
                options=choices.get_value()
                value=picked
                on_change=move |severity| picked.set(Some(severity))
            />
            <Field
                label="Why"
                hint=Some("For the log; optional.".to_owned())
                value=reason.value()
                on_input=move |text| reason.set(text)
            />
            {move || foreseen.get().map(|(foreseen, bridge)| view! { <WhatChanges foreseen bridge /> })}
        </ActDialog>
    }
}

/// Which duties start, which stop, and which get another clock.
#[component]
fn WhatChanges(
    foreseen: Foreseen,
    /// What the next post says of it.
    bridge: Option<String>,
) -> impl IntoView {
    let Foreseen {
        starts,
        moves,
        stops,
        promised,
    } = foreseen;
    view! {
        <div class="stack">
            <DutyGroup heading="Starts" duties=starts />
            <DutyGroup heading="Gets another clock" duties=moves />
            <DutyGroup heading="Stops" duties=stops />
            {promised.map(|promised| view! {
                <p class="small">
                    "The update promised in public for " <DueTime at=promised /> " stays promised until it is posted."
                </p>
            })}
            {bridge.map(|bridge| view! {
                <p class="small">{format!("The next post says: “{bridge}”")}</p>
            })}
        </div>
    }
}

#[component]
fn DutyGroup(heading: &'static str, duties: Vec<Duty>) -> impl IntoView {
    (!duties.is_empty()).then(|| {
        view! {
            <h3>{heading}</h3>
            <ul>
                {duties
                    .into_iter()
                    .map(|duty| view! {
                        <li>
                            {words::duty(duty.key)}
                            {duty.due_at.map(|due| view! { ", by " <DueTime at=due /> })}
                        </li>
                    })
                    .collect_view()}
            </ul>
        }
    })
}
