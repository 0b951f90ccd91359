//! What somebody posted since Publish was pressed: what a person is asked about before a post leaves.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use crate::domain::calendar::earlier;
use crate::domain::incident::{Incident, IncidentId, IncidentStatus, IncidentUpdate};
use crate::sop::event::{EventKind, SendOutcome};
use crate::sop::patience::NAMED_AFTER;
use crate::sop::run::{Run, RunId};

use super::adopt::{STATUS_PAGE, adopted_run};
use super::sheet::Sheet;

/// How long before an incident was declared here somebody may have opened the same on the page.
const SAME: TimeDelta = TimeDelta::minutes(15);

/// What somebody posted meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theirs {
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The incident's title.
    pub title: String,
    /// The status that it set.
    pub status: IncidentStatus,
    pub text: String,
    /// The incident, where this post may go to it instead: no console runs it.
    pub joinable: Option<IncidentId>,
}

/// When an update or an incident was first seen here; what was seen after `since` was not known then.
pub struct Known<'a> {
    /// By its id.
    pub first_seen: &'a dyn Fn(&str) -> Option<DateTime<Utc>>,
    /// When Publish was pressed, or when a person was last asked.
    pub since: DateTime<Utc>,
}

impl Known<'_> {
    fn is_new(&self, id: &str) -> bool {
        (self.first_seen)(id).is_none_or(|at| at > self.since)
    }
}

/// The updates of an incident that were not known, and are not from this device.
pub fn updates_since(
    run: &Run,
    device: &str,
    incident: &Incident,
    known: &Known<'_>,
) -> Vec<Theirs> {
    let updates = incident.updates.iter();
    updates
        .filter(|update| known.is_new(&update.id))
        .filter_map(|update| {
            let who = poster(run, update, device)?;
            Some(theirs(incident, update, who))
        })
        .collect()
}

/// An incident of the page with what is kept beside it, and the runs of this console that stand on it.
pub struct OnPage<'a> {
    pub incident: &'a Incident,
    /// What is kept beside it.
    pub metadata: &'a Map<String, Value>,
    pub runs: Vec<Arc<Run>>,
}

/// The incidents of others that may be the same as this run, which was declared at `declared_at`: not known, or opened
/// lately. The latter are said once: not where `asked` already.
pub fn opened_since<'a>(
    run: &RunId,
    declared_at: Option<DateTime<Utc>>,
    page: impl Iterator<Item = OnPage<'a>>,
    known: &Known<'_>,
    asked: bool,
) -> Vec<Theirs> {
    let lately = |incident: &Incident| {
        !asked && declared_at.is_some_and(|at| incident.created_at >= earlier(at, SAME))
    };
    page.filter(|one| one.incident.is_open())
        .filter(|one| one.runs.iter().all(|known| known.id != *run))
        .filter(|one| lately(one.incident) || known.is_new(&one.incident.id.0))
        .filter_map(|one| {
            let update = one.incident.updates.first()?;
            let mut logs = one.runs.iter();
            let who = logs.find_map(|log| poster(log, update, ""));
            let is_nobodys = one.runs.is_empty() && Sheet::read(one.metadata).is_empty();
            Some(Theirs {
                joinable: is_nobodys.then(|| one.incident.id.clone()),
                ..theirs(
                    one.incident,
                    update,
                    who.unwrap_or_else(|| STATUS_PAGE.to_owned()),
                )
            })
        })
        .collect()
}

/// Where a run stands on the page. It stands nowhere once its place was given up for a new one.
pub fn place_of(run: &Run) -> Option<&IncidentId> {
    let place = run.events().rev().find_map(|event| {
        if let EventKind::PageIncident { id } = &event.what {
            return Some(Some(id));
        }
        matches!(event.what, EventKind::PageLeft).then_some(None)
    });
    place.flatten()
}

/// Whether a run stands on an incident of the page.
pub fn stands_on(run: &Run, incident: &IncidentId) -> bool {
    place_of(run) == Some(incident) || run.id == adopted_run(incident)
}

/// Who posted an update; `None` where this device did. A console whose answer is still on its way is known
/// by what it was about to post.
fn poster(log: &Run, update: &IncidentUpdate, device: &str) -> Option<String> {
    let answered = log.events().find_map(|event| {
        let EventKind::SendAnswered {
            op,
            outcome: SendOutcome::Accepted { receipt },
        } = &event.what
        else {
            return None;
        };
        (receipt.vendor_id.as_ref() == Some(&update.id)).then_some(op)
    });
    let sender = log.events().rev().find(|event| {
        let EventKind::SendStarted { op, message } = &event.what else {
            return false;
        };
        let near = (event.corrected() - update.created_at).abs() <= NAMED_AFTER;
        let same = message.page.as_ref().map(|page| &page.status) == Some(&update.status);
        answered.map_or(same && near && event.id.device != device, |made| op == made)
    });
    match sender {
        Some(event) if event.id.device == device => None,
        Some(event) => Some(event.who.clone()),
        None => Some(STATUS_PAGE.to_owned()),
    }
}

fn theirs(incident: &Incident, update: &IncidentUpdate, who: String) -> Theirs {
    Theirs {
        who,
        at: update.created_at,
        title: incident.name.clone(),
        status: update.status.clone(),
        text: update.body.clone(),
        joinable: None,
    }
}
