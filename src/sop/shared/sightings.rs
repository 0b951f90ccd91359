//! When an event counts as shared: once it was seen beside the incident in two reads that lie far enough
//! apart. One sighting proves nothing: another console may be about to write what it read before.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::ordered::{ShortMap, ShortSet};
use crate::sop::event::EventId;
use crate::sop::run::Run;

use super::sheet::Sheet;

/// How far apart the two reads are at least. Longer than a console's round of reading.
const APART: TimeDelta = TimeDelta::seconds(20);

/// What was seen beside one incident, and since when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sightings {
    since: ShortMap<EventId, DateTime<Utc>>,
    shared: ShortSet<EventId>,
}

impl Sightings {
    /// Notes a read at `at`. What is not there any more has to be seen twice anew, unless it was shared.
    pub fn read(&mut self, sheet: &Sheet, at: DateTime<Utc>) {
        let seen = sheet.ids();
        self.since.retain(|id, _| seen.contains(id));
        for id in seen {
            let since = self.since.change(id.clone(), || at, |since| *since);
            if at - since >= APART {
                self.shared.insert(id);
            }
        }
    }

    /// The events of a log that are not shared yet. What there is no room for is not waited for.
    pub fn not_yet(&self, run: &Run) -> ShortSet<EventId> {
        let mut wanted = Sheet::of(run).projected().ids();
        wanted.retain(|id| !self.shared.contains(id));
        wanted
    }
}
