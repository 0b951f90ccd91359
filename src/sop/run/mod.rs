//! An incident run: the log of one incident, the state that follows from it, and the duties.
//!
//! The log is append-only and mergeable (set union, ordered by id). Folding is total: an event that makes
//! no sense where it stands is kept and ignored (`docs/duties.md` rule 15).

mod answers;
mod approval;
mod chain;
mod clause;
mod command;
pub mod evidence;
mod fold;
mod going_on;
mod messages;
mod opening_duties;
mod page;
mod permit;
mod projection;
mod resolve;
mod scoring;
mod sends;
mod severity_change;
mod snapshot;
mod state;
mod tracked_duty;
mod undo_window;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::duty::Duty;
use super::event::{Event, EventId, EventKind};
use super::playbook::Playbook;
use super::severity::Severity;
use crate::domain::ordered::ShortMap;

pub use approval::Actor;
pub(crate) use approval::small;
pub use chain::Chain;
pub use command::{Author, Command, Refusal, handle};
pub use going_on::Outdated;
pub use permit::{corrections, permitted, permitted_on};
pub(crate) use projection::{Post, Projection};
pub use state::{
    Approval, Frozen, LedgerRow, LedgerState, PageLast, Phase, PostmortemRecord, State,
};

/// A run's id: made where the incident was declared; part of the console's address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub String);

/// One incident's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: RunId,
    events: ShortMap<EventId, Event>,
}

impl Run {
    /// A run without events.
    pub fn new(id: RunId) -> Self {
        Self {
            id,
            events: ShortMap::default(),
        }
    }

    /// A run of these events, in any order; the first of two with one id stays.
    pub fn from_events(id: RunId, events: impl IntoIterator<Item = Event>) -> Self {
        let mut run = Self::new(id);
        for event in events {
            run.insert(event);
        }
        run
    }

    /// Whether this event is in the log.
    pub fn has(&self, id: &EventId) -> bool {
        self.events.contains_key(id)
    }

    /// Adds an event; whether it was new.
    pub fn insert(&mut self, event: Event) -> bool {
        if self.has(&event.id) {
            return false;
        }
        self.events.insert(event.id.clone(), event);
        true
    }

    /// Puts an event in the place of the one with its id, or adds it: what is stored here says all of what the other consoles
    /// get to know in fewer words.
    pub fn put(&mut self, event: Event) {
        self.events.insert(event.id.clone(), event);
    }

    /// Whether this event is in the log, with every word of it.
    pub fn holds(&self, event: &Event) -> bool {
        self.events.get(&event.id) == Some(event)
    }

    /// The union with another copy of the same log.
    pub fn merge(&mut self, other: &Self) {
        for event in other.events.values() {
            self.insert(event.clone());
        }
    }

    /// The events, in the order of folding.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.events.values()
    }

    /// The time by which `device` reads this log at `now`: never before what it has entered itself, so that a clock that
    /// jumps back undoes nothing (`docs/duties.md` rule 16).
    pub fn read_at(&self, device: &str, now: DateTime<Utc>) -> DateTime<Utc> {
        let own = self.events().filter(|event| event.id.device == device);
        let last = own.map(Event::corrected).max();
        last.map_or(now, |last| last.max(now))
    }

    /// The id of the last event, for making the next.
    pub fn last_id(&self) -> Option<&EventId> {
        self.events.keys().next_back()
    }
}

/// An incident at a moment: its log was folded once, and what is asked of it is read off.
#[derive(Debug, Clone)]
pub struct Folded<'s> {
    pub(crate) course: Projection<'s>,
    pub(crate) now: DateTime<Utc>,
}

impl Run {
    /// The incident at `now`; `None` while no declaration is in its log.
    pub fn at<'s>(&self, sop: &'s Playbook, now: DateTime<Utc>) -> Option<Folded<'s>> {
        let course = fold::course(sop, self, now, now)?;
        Some(Folded { course, now })
    }

    /// The incident at `now` as `device` reads it: all that it has entered has happened, also where its clock went back
    /// since; what is due then is a matter of `now` (rule 16).
    pub fn read_by<'s>(
        &self,
        sop: &'s Playbook,
        device: &str,
        now: DateTime<Utc>,
    ) -> Option<Folded<'s>> {
        let course = fold::course(sop, self, self.read_at(device, now), now)?;
        Some(Folded { course, now })
    }
}

impl Folded<'_> {
    /// Its state: the last thing that is asked, because it takes the log's course apart.
    pub fn into_state(self) -> State {
        self.course.state(self.now)
    }

    /// Every duty that the SOP ever made for it, closed ones included, in the order in which they were made. The heart
    /// (`docs/duties.md`).
    pub fn duties(&self) -> Vec<Duty> {
        self.course.duties(self.now)
    }
}

/// The state of a run at `now`; `None` while no declaration is in its log.
pub fn state(sop: &Playbook, run: &Run, now: DateTime<Utc>) -> Option<State> {
    Some(run.at(sop, now)?.into_state())
}

/// The severity that an incident had at a moment, which may be before anybody said anything of it: then the declared one.
/// What was posted at that moment was made under it (`docs/duties.md` rule 15).
pub fn severity_at(sop: &Playbook, run: &Run, at: DateTime<Utc>) -> Option<Severity> {
    let declared = run.events().find_map(|event| {
        let EventKind::Declared { severity, .. } = &event.what else {
            return None;
        };
        Some(*severity)
    });
    state(sop, run, at).map_or(declared, |state| Some(state.severity))
}

/// Its duties at `now`; none while no declaration is in its log.
pub fn duties(sop: &Playbook, run: &Run, now: DateTime<Utc>) -> Vec<Duty> {
    run.at(sop, now)
        .map_or_else(Vec::new, |folded| folded.duties())
}
