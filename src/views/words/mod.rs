//! All words that readers of the public page see, in one place and in every language. Short, plain, kind.
//!
//! # To add a word
//!
//! 1. A field in `table.rs`, with a line that says where it stands and what its places {0} and {1} are for; in
//!    `later/table.rs` where only a later part says it, so that no reader waits for it before the state.
//! 2. The word in the `english.rs` and the `german.rs` beside it: until it stands in both, nothing compiles.
//! 3. `words::say().field` (`words::later::say().field`) where it is shown; [`fill`] where values stand in it, `views::sentence` where an
//!    element does. A sentence is one field, never pieces: languages differ in their order.
//!
//! Dates, numbers and durations are written by `ui::intl`. What sources say (titles, bodies, names, statuses
//! that nobody knows) is shown as it came. The primitives' own words are in `ui::words`.
//!
//! # To add a language
//!
//! A variant of `ui::Lang`; the compiler then asks for the rest of the Rust. Nothing asks for what is said before the app
//! is there, or without it:
//!
//! - `index.html`: `data-languages`, an attribute like `data-de` beside each `data-de`, and `data-config-de`; a line in
//!   `#stopped` and one in `<noscript>`;
//! - `first/words.mjs`: the states of the first-state script and of the badge;
//! - `badge/badge.mjs`: `SAYS`, and in `#look` the language that `:lang()` is asked for;
//! - `tools/lib/html.mjs`: `data-config-de`;
//! - `worker/page.mjs`: `WORDS`, the line of a new version.

mod english;
mod german;
pub mod later;
mod table;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::component::ComponentState;
use crate::domain::contradiction::Contradiction;
use crate::domain::impact::Impact;
use crate::domain::incident::IncidentStatus;
use crate::domain::maintenance::MaintenanceStatus;
use crate::domain::news::Change;
use crate::domain::page::{Overall, Stated};
use crate::ui::time::Form;
use crate::ui::{Lang, intl};

pub use crate::ui::words::{around, fill};
pub use table::Words;

/// What the page says, in the language that is spoken.
pub fn say() -> &'static Words {
    match Lang::spoken() {
        Lang::English => &english::ENGLISH,
        Lang::German => &german::GERMAN,
    }
}

/// The page's state in a sentence.
pub fn overall(state: Overall) -> &'static str {
    match state {
        Overall::Operational => say().all_operational,
        Overall::Maintenance => say().under_maintenance,
        Overall::Unknown | Overall::Degraded | Overall::PartialOutage | Overall::MajorOutage => {
            trouble(state)
        }
    }
}

/// A state that is only the last that was known.
pub fn last_known(state: Overall) -> String {
    [say().last_known, overall(state)].join(" ")
}

/// What stands where the state stood, when nothing was heard since a moment.
pub fn not_known_since((since, form): (DateTime<Utc>, Form)) -> String {
    fill(say().not_known_since, &[&intl::moment(since, form, false)])
}

/// A component's state.
pub fn component(state: &ComponentState) -> &'static str {
    match state {
        ComponentState::UnderMaintenance => say().under_maintenance,
        ComponentState::Operational
        | ComponentState::Unknown(_)
        | ComponentState::DegradedPerformance
        | ComponentState::PartialOutage
        | ComponentState::MajorOutage => trouble(Overall::from(state)),
    }
}

/// The worst of a day.
pub fn trouble(worst: Overall) -> &'static str {
    let say = say();
    match worst {
        Overall::Operational => say.operational,
        Overall::Maintenance => say.maintenance,
        Overall::Unknown => say.unknown,
        Overall::Degraded => say.degraded,
        Overall::PartialOutage => say.partial_outage,
        Overall::MajorOutage => say.major_outage,
    }
}

/// How bad an incident is.
pub fn impact(impact: &Impact) -> &'static str {
    match impact {
        Impact::None => say().notice,
        Impact::Unknown(_) => say().unknown_impact,
        Impact::Maintenance | Impact::Minor | Impact::Major | Impact::Critical => {
            trouble(Overall::from(impact))
        }
    }
}

/// How far the work on an incident has come. A word that nobody knows is shown as it came.
pub fn status(status: &IncidentStatus) -> String {
    let say = say();
    let known = match status {
        IncidentStatus::Investigating => say.investigating,
        IncidentStatus::Identified => say.identified,
        IncidentStatus::Monitoring => say.monitoring,
        IncidentStatus::Resolved => say.resolved,
        IncidentStatus::Postmortem => say.postmortem,
        // Updates of planned work have its words.
        IncidentStatus::Unknown(raw) => return maintenance(&raw.clone().into()),
    };
    known.to_owned()
}

/// How far planned work has come. A word that nobody knows is shown as it came, and that there is none as unknown.
pub fn maintenance(status: &MaintenanceStatus) -> String {
    let say = say();
    let known = match status {
        MaintenanceStatus::Scheduled => say.scheduled,
        MaintenanceStatus::InProgress => say.in_progress,
        MaintenanceStatus::Verifying => say.verifying,
        MaintenanceStatus::Completed => say.completed,
        MaintenanceStatus::Unknown(raw) if raw.is_empty() => say.unknown,
        MaintenanceStatus::Unknown(raw) => raw,
    };
    known.to_owned()
}

/// The title of an incident; a source may give none.
pub fn title(name: &str) -> &str {
    or(name, say().no_title)
}

/// The title of planned work; a source may give none.
pub fn work_title(name: &str) -> &str {
    or(name, say().no_work_title)
}

/// The name of a component; a source may give none.
pub fn part(name: &str) -> &str {
    or(name, say().no_name)
}

fn or<'a>(name: &'a str, instead: &'static str) -> &'a str {
    if name.is_empty() { instead } else { name }
}

/// "1 more incident", "2 more incidents"; nothing where all are shown.
pub fn more_incidents(count: usize) -> Option<String> {
    counted(count, say().more_incidents)
}

/// "1 notice", "2 notices"; nothing where there are none.
pub fn notices(count: usize) -> Option<String> {
    counted(count, say().notices)
}

/// "12 components", of a group.
pub fn in_group(count: usize) -> Option<String> {
    counted(count, say().in_group)
}

fn counted(count: usize, [one, more]: [&str; 2]) -> Option<String> {
    match count {
        0 => None,
        1 => Some(one.to_owned()),
        _ => Some(fill(more, &[&intl::count(count)])),
    }
}

/// What changed, in a sentence for each; beyond three, how many more.
pub fn news(changes: &[Change]) -> String {
    let mut said: Vec<String> = changes.iter().take(3).map(change).collect();
    said.extend(counted(changes.len().saturating_sub(3), say().more_changes));
    said.join(". ")
}

fn change(change: &Change) -> String {
    let (name, now) = match change {
        Change::State(state) => return overall(*state).to_owned(),
        Change::Update(incident, update) => (title(&incident.name), status(&update.status)),
        Change::Postmortem(incident) => (title(&incident.name), say().postmortem.to_owned()),
        Change::Work(work) => (work_title(&work.name), maintenance(&work.status)),
        Change::Component { name, state } => (part(name), component(state).to_owned()),
    };
    format!("{name}: {now}")
}

/// "in 12 minutes", of something that is still to come.
pub fn in_time(left: TimeDelta) -> String {
    fill(say().in_time, &[&intl::duration(left)])
}

/// What the page promised and did not keep, for so long.
pub fn overdue(late: TimeDelta) -> String {
    if late < TimeDelta::minutes(1) {
        return say().overdue.to_owned();
    }
    fill(say().overdue_by, &[&intl::duration(late)])
}

/// The button that makes a component the reader's own.
pub fn pin(name: &str) -> String {
    fill(say().pin, &[name])
}

/// A source that has no words for its state is quoted in ours.
fn called(stated: &Stated) -> Vec<&str> {
    match stated.words.trim() {
        "" => vec![overall(stated.state)],
        words => vec![words],
    }
}

/// Where a source contradicts itself: the sentence, and the names and words of the source in its places.
pub fn contradiction(found: &Contradiction) -> (&'static str, Vec<&str>) {
    let say = say();
    match found {
        Contradiction::Greener(stated) => (say.contradicts_greener, called(stated)),
        Contradiction::Unsure(stated) => (say.contradicts_unsure, called(stated)),
        Contradiction::Worse(stated) => (say.contradicts_worse, called(stated)),
        Contradiction::Untouched(name) => (say.contradicts_untouched, vec![title(name)]),
        Contradiction::Unmended {
            incident,
            component,
        } => (
            say.contradicts_unmended,
            vec![title(incident), part(component)],
        ),
    }
}
