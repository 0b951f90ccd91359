//! For how long a finished incident stays on a device before it is offered for deletion (`docs/decisions.md`, "Decided
//! since", 10). Nothing is deleted here, and nothing is deleted by itself.

use chrono::{DateTime, TimeDelta, Utc};

use super::board::IncidentView;
use super::duty::{Duty, DutyState};
use super::event::Event;
use super::run::{Run, RunId};

/// Since when an incident rests: its last duty was done, skipped, lapsed or missed, and nothing was entered since.
/// `None` while something is left to do.
pub fn rests_since(view: &IncidentView, log: &Run) -> Option<DateTime<Utc>> {
    if !view.is_finished() {
        return None;
    }
    let ends = view.duties.iter().filter_map(ended_at);
    ends.chain(log.events().map(Event::corrected)).max()
}

/// Whether an incident has rested for more than so many days at `now`.
pub fn is_old(view: &IncidentView, log: &Run, days: u32, now: DateTime<Utc>) -> bool {
    rests_since(view, log).is_some_and(|since| now - since > TimeDelta::days(days.into()))
}

/// Whether a key of a draft is of a run: its id stands in it as a part of its own.
pub fn is_of_run(field: &str, run: &RunId) -> bool {
    field.split('/').any(|part| part == run.0)
}

/// When a duty came to its end; `None` while it is open, or merely offered.
fn ended_at(duty: &Duty) -> Option<DateTime<Utc>> {
    match &duty.state {
        DutyState::Waiting | DutyState::Due | DutyState::Overdue | DutyState::Offered => None,
        DutyState::Done { at, .. }
        | DutyState::Skipped { at, .. }
        | DutyState::Lapsed { at, .. }
        | DutyState::Missed { at, .. } => Some(*at),
    }
}
