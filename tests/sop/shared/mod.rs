//! Sharing a run through what the page keeps beside its incident: the compact form, the room for it,
//! convergence under lossy writes, claims, adoption, and lost answers.

pub(in crate::sop) mod adoption;
mod budget;
mod compact;
mod converge;
mod extremes;
mod facts_there;
mod holding;
mod reopening;
mod stored;

use allclear::sop::event::{Event, EventId, EventKind};
use allclear::sop::run::{Run, RunId};
use allclear::sop::shared::Sheet;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use crate::sop::support::at;

/// A run of these events of one device, a second apart from 14:00.
pub fn run_of(device: &str, whats: &[EventKind]) -> Run {
    let mut run = Run::new(RunId("run".to_owned()));
    for (second, what) in (0_i64..).zip(whats) {
        say(
            &mut run,
            device,
            at("14:00") + TimeDelta::seconds(second),
            what.clone(),
        );
    }
    run
}

/// Enters an event at a time.
pub fn say(run: &mut Run, device: &str, now: DateTime<Utc>, what: EventKind) -> EventId {
    let id = EventId::next(device, now, run.last_id());
    run.insert(Event {
        vouched: false,
        id: id.clone(),
        at: now,
        offset_ms: None,
        who: "Ada Lovelace of the night shift".to_owned(),
        what,
    });
    id
}

/// Takes in everything that stands beside an incident.
pub fn take_in(run: &mut Run, metadata: &Map<String, Value>) {
    for sheet in Sheet::read(metadata) {
        for event in sheet.events() {
            run.insert(event);
        }
    }
}
