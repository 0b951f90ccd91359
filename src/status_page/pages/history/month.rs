//! A month of the history, and an incident in it.

use leptos::prelude::*;

use crate::domain::course;
use crate::domain::incident::Incident;
use crate::domain::past::{Month, first_of};
use crate::status_page::link;
use crate::status_page::store::Past;
use crate::ui::moment::zone;
use crate::ui::time::{Form, local};
use crate::views::state::{StateWord, impact_shape, impact_tone};
use crate::views::{time, words};

/// The month; one without incidents says so where all of it is `told`, and one of which not all is known says that. Of a
/// search (not `all`) nothing is missed that was not looked for.
pub fn show(month: &Month, past: &Past, all: bool, told: bool) -> AnyView {
    let known = past
        .found
        .all_since
        .is_none_or(|since| first_of(since, &zone) < month.first);
    let remark = match (known, month.incidents.is_empty()) {
        (true, true) => told.then(|| words::later::say().no_incidents),
        (true, false) => None,
        (false, _) => Some(words::later::say().newest_only),
    };
    let remark = remark
        .filter(|_| all && past.whole || !known)
        .map(|remark| view! { <p class="remark">{remark}</p> }.into_any());
    let list = rows(&month.incidents, past);
    view! {
        <section class="section">
            <h2>{local(month.first, Form::Month)}</h2>
            <div class="section-body">{list} {remark}</div>
        </section>
    }
    .into_any()
}

/// The incidents that go on and stand in no month that is shown; nothing where there are none.
pub fn going_on(places: &[usize], past: &Past) -> Option<AnyView> {
    let list = rows(places, past)?;
    let section = view! {
        <section class="section">
            <h2>{words::say().active_incidents}</h2>
            <div class="section-body">{list}</div>
        </section>
    };
    Some(section.into_any())
}

fn rows(places: &[usize], past: &Past) -> Option<AnyView> {
    let incidents = places
        .iter()
        .filter_map(|place| past.found.incidents.get(*place));
    let rows: Vec<AnyView> = incidents.map(row).collect();
    (!rows.is_empty()).then(|| view! { <ul class="past">{rows}</ul> }.into_any())
}

fn row(incident: &Incident) -> AnyView {
    let length = match course::ended(incident) {
        Some(ended) => words::later::lasted(&ended),
        None => words::status(&incident.status()),
    };
    let demo = incident
        .demo
        .then(|| view! { <span class="tag">{words::say().demonstration}</span> }.into_any());
    view! {
        <li>
            <h3 class="past-title" dir="auto">
                <a href=link::incident(&incident.id)>{words::title(&incident.name).to_owned()}</a>
            </h3>
            <p class="past-meta">
                <StateWord
                    shape=impact_shape(&incident.impact)
                    tone=impact_tone(&incident.impact)
                    words=words::impact(&incident.impact)
                />
                <span>{time(incident.began_at())}</span>
                <span>{length}</span>
                {demo}
            </p>
        </li>
    }
    .into_any()
}
