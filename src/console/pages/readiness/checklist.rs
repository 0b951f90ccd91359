//! The SOP's checklist "Before incident": ticked by the checks where one stands behind a box, by hand
//! where not.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::readiness::{HandTicks, PLAYBOOK_FILE};
use crate::console::desk::services::probes::Probes;
use crate::sop::playbook::{ChecklistItem, Ticker};
use crate::ui::choice::Checkbox;
use crate::ui::time::{Form, local};

/// The list "Before incident".
#[component]
pub fn BeforeIncident(
    desk: Desk,
    /// What was asked of the provider and the browser.
    probes: Probes,
) -> impl IntoView {
    let ticks = desk.hand_ticks();
    let items = desk.setup().with(|setup| {
        setup
            .playbook()
            .map(|playbook| playbook.checklists.before.clone())
    });
    let list = match items {
        None => view! {
            <p class="quiet">
                {format!("The boxes stand in {PLAYBOOK_FILE}, which cannot be run as it is. What could be checked without it is listed under Checks.")}
            </p>
        }
        .into_any(),
        Some(items) => {
            let boxes: Vec<_> = items
                .into_iter()
                .map(|item| view! { <li><ReadyBox desk probes ticks item /></li> })
                .collect();
            view! { <ul class="checklist" aria-label="Before incident">{boxes}</ul> }.into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="before-heading">
            <div class="card-head"><h2 id="before-heading">"Before incident"</h2></div>
            {list}
        </section>
    }
}

#[component]
fn ReadyBox(desk: Desk, probes: Probes, ticks: HandTicks, item: ChecklistItem) -> impl IntoView {
    let ChecklistItem {
        id,
        text,
        ticked_by,
    } = item;
    match ticked_by {
        Some(Ticker::Check(name)) => {
            let check = Memo::new(move |_| {
                desk.checks(probes)
                    .into_iter()
                    .find(|check| check.name == Some(name.as_str()))
            });
            let holds = Memo::new(move |_| {
                check.with(|check| check.as_ref().is_some_and(|check| check.outcome.holds()))
            });
            let found = Signal::derive(move || {
                let found = check.get().map(|check| check.found);
                Some(found.unwrap_or_else(|| "This console has no such check.".to_owned()))
            });
            view! { <Checkbox label=text checked=holds fixed_by=found on_change=|_| () /> }
                .into_any()
        }
        // Before an incident there is no log that could tick it.
        Some(Ticker::Duties { .. }) | None => {
            let key = StoredValue::new(id);
            let by = Memo::new(move |_| ticks.with(|ticks| ticks.get(&key.get_value()).cloned()));
            let checked = Memo::new(move |_| by.with(Option::is_some));
            let note = Signal::derive(move || {
                let by = by.get()?;
                let day = local(by.at, Form::Day);
                Some(if by.who.is_empty() {
                    format!("Ticked in this browser on {day}")
                } else {
                    format!("Ticked by {} on {day}", by.who)
                })
            });
            view! {
                <Checkbox
                    label=text
                    checked
                    note
                    on_change=move |on| desk.tick_by_hand(ticks, &key.get_value(), on)
                />
            }
            .into_any()
        }
    }
}
