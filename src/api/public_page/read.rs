//! What a page's files say together. Told the files, so that every oddity of a real page is a test.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::wire;
use crate::domain::component::Component;
use crate::domain::incident::{Incident, IncidentId, is_given};
use crate::domain::order::by_key;
use crate::domain::page::{Permalinked, Reach, Snapshot};

/// How many incidents a page lists at most.
pub const MOST: usize = 50;

/// A page's files, as far as they were needed and there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// `summary.json`.
    pub summary: Value,
    /// `incidents.json`: the newest fifty.
    pub incidents: Option<Value>,
    /// `components.json`, where the summary names none.
    pub components: Option<Value>,
    /// `scheduled-maintenances.json`, where the summary names none.
    pub maintenances: Option<Value>,
    /// What a summary told of and the next one did not, as it was told last, with the page of that next one.
    pub ended: Vec<(Value, Value)>,
}

impl Files {
    /// Takes over a summary that was read after the list of incidents. What the one before told of and this one does not is
    /// over, whatever the list still says, until that is newer or a summary tells of it again. An older copy ends nothing.
    pub fn renew(&mut self, summary: Value) {
        let changed = |file: &Value| file.get("page").and_then(wire::changed_at);
        let dates = changed(&self.summary).zip(changed(&summary));
        let is_older = dates.is_some_and(|(before, now)| now < before);
        if let Some(goes_on) = wire::incidents_of(&summary).filter(|_| !is_older) {
            let before = wire::incidents_of(&self.summary).unwrap_or_default();
            let gone = |entry: &&Value| !wire::tells_of(goes_on, entry);
            for ended in before.iter().filter(gone) {
                let page = summary.get("page").cloned();
                self.ended.push((ended.clone(), page.unwrap_or_default()));
            }
        }
        self.summary = summary;
        let mut list = self.incidents.take();
        if let Some(list) = &mut list {
            for entry in wire::incidents_in(list) {
                self.settle(entry);
            }
        }
        self.incidents = list;
    }

    /// Whether an entry of the list of incidents is open by that and not by the summary, so that one of them is older and
    /// the list is to be asked for again. What was read to be over since the entry was changed is over.
    pub fn settle(&self, entry: &mut Value) -> bool {
        let goes_on = wire::incidents_of(&self.summary);
        let is_doubted =
            goes_on.is_some_and(|goes_on| !wire::tells_of(goes_on, entry)) && wire::is_open(entry);
        if is_doubted {
            for (ended, page) in &self.ended {
                let told = wire::changed_at(ended).max(wire::changed_at(page));
                if wire::same_id(ended, entry) && wire::changed_at(entry) <= told {
                    wire::end(entry, page);
                }
            }
        }
        is_doubted
    }

    /// Whether the summary says nothing of incidents, so that without their own file nobody knows the state.
    pub fn lacks_incidents(&self) -> bool {
        wire::incidents_of(&self.summary).is_none()
    }

    /// The incident or the planned work of an id, as far as the files tell of it: an incident as it was changed last,
    /// planned work also when it is over.
    pub fn permalinked(&self, id: &IncidentId) -> Option<Permalinked> {
        let recent = self.incidents.as_ref().and_then(wire::incidents_of);
        let told = [
            wire::incidents_of(&self.summary).unwrap_or_default(),
            recent.unwrap_or_default(),
        ];
        let entries = told.into_iter().flatten();
        let same: Vec<Value> = entries
            .filter(|entry| wire::is_of(entry, &id.0))
            .cloned()
            .collect();
        if let Some(latest) = incidents(&[same.as_slice()]).into_iter().next() {
            return Some(Permalinked::Incident(latest));
        }
        if let Some(entry) = same.first() {
            return Some(wire::permalinked(entry));
        }
        let planned = [Some(&self.summary), self.maintenances.as_ref()];
        let planned = first(&planned, wire::maintenances_of);
        work(planned, id)
    }

    /// The page; `None` where nothing is said of incidents, because a page without them would be greener
    /// than anybody knows.
    pub fn snapshot(&self) -> Option<Snapshot> {
        let summed = wire::incidents_of(&self.summary);
        let recent = self.incidents.as_ref().and_then(wire::incidents_of);
        if summed.is_none() && recent.is_none() {
            return None;
        }
        let files = [Some(&self.summary), self.components.as_ref()];
        let components = first(&files, wire::components_of);
        let files = [Some(&self.summary), self.maintenances.as_ref()];
        let planned = first(&files, wire::maintenances_of);
        Some(Snapshot {
            components: shown(components),
            incidents: incidents(&[summed.unwrap_or_default(), recent.unwrap_or_default()]),
            maintenances: wire::maintenances(planned.iter()),
            reach: reach(recent),
            stated: wire::stated(&self.summary),
            home: wire::home_of(&self.summary),
        })
    }
}

/// The planned work of an id, also when it is over.
pub fn work(planned: &[Value], id: &IncidentId) -> Option<Permalinked> {
    let mut entries = planned.iter();
    let entry = entries.find(|entry| wire::is_of(entry, &id.0))?;
    Some(Permalinked::Work(wire::maintenance(entry)))
}

/// An incident of the list of the past, and when it was changed last, as far as it says.
pub type Listed = (Incident, Option<DateTime<Utc>>);

/// The list of the past, with the incidents of the summary that it lacks; each as it was changed last, newest first.
pub fn joined(listed: Vec<Listed>, summary: &Value) -> Vec<Incident> {
    let mut summed = once(&[wire::incidents_of(summary).unwrap_or_default()]);
    let mut found: Vec<Incident> = listed
        .into_iter()
        .map(|(incident, changed_at)| {
            let same = |entry: &&Value| wire::is_of(entry, &incident.id.0);
            let Some(at) = summed.iter().position(same) else {
                return incident;
            };
            let entry = summed.swap_remove(at);
            if wire::changed_at(entry) > changed_at {
                wire::incident(entry)
            } else {
                incident
            }
        })
        .collect();
    found.extend(summed.into_iter().map(wire::incident));
    by_key(found, |incident| {
        (Reverse(incident.began_at()), incident.id.clone())
    })
}

/// How far back the listed incidents are whole: a full list ends where the page stopped listing. Lists go by when
/// an incident appeared, newest first; its impact may have begun long before, and tells nothing of what is left out. Of one
/// that goes the other way round nobody knows what was left out.
pub fn reach(listed: Option<&[Value]>) -> Reach {
    let Some(listed) = listed else {
        return Reach::Nowhere;
    };
    if listed.len() < MOST {
        return Reach::All;
    }
    // An entry without a moment of its own is no end.
    let appeared = |entry| wire::incident(entry).created_at;
    whole_since(listed.iter().map(appeared)).map_or(Reach::Nowhere, Reach::Since)
}

/// Since when a full list is whole, by when its entries appeared; `None` where nobody knows.
pub(super) fn whole_since(
    appeared: impl DoubleEndedIterator<Item = DateTime<Utc>>,
) -> Option<DateTime<Utc>> {
    let mut dated = appeared.filter(|at| is_given(*at));
    let newest = dated.next();
    let oldest = dated.next_back().or(newest);
    oldest.filter(|_| oldest <= newest)
}

/// What the first file that speaks of it says.
fn first<'a>(
    files: &[Option<&'a Value>],
    of: impl Fn(&'a Value) -> Option<&'a [Value]>,
) -> &'a [Value] {
    let mut files = files.iter().copied().flatten();
    files.find_map(of).unwrap_or_default()
}

/// The components that a page shows to readers: some are shown only while something is wrong with them, unless the
/// page has no others to tell its state by.
fn shown(entries: &[Value]) -> Vec<Component> {
    let seen = wire::components(entries, false);
    if seen.is_empty() {
        return wire::components(entries, true);
    }
    seen
}

/// The entries of some lists that are incidents, each once and as it was changed last.
fn once<'a>(lists: &[&'a [Value]]) -> Vec<&'a Value> {
    let mut entries: Vec<&Value> = Vec::new();
    for entry in lists.iter().copied().flatten() {
        if wire::is_planned(entry) {
            continue;
        }
        match entries.iter_mut().find(|known| wire::same_id(known, entry)) {
            Some(known) if wire::changed_at(entry) > wire::changed_at(known) => *known = entry,
            Some(_) => {}
            None => entries.push(entry),
        }
    }
    entries
}

/// The incidents of some lists, each once and as it was changed last, newest first.
pub fn incidents(lists: &[&[Value]]) -> Vec<Incident> {
    let found = once(lists).into_iter().map(wire::incident).collect();
    by_key(found, |incident: &Incident| {
        (Reverse(incident.began_at()), incident.id.clone())
    })
}
