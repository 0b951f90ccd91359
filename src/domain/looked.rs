//! What was told of since a reader last looked.

use std::cmp::Reverse;

use chrono::{DateTime, TimeDelta, Utc};

use super::incident::{Incident, IncidentUpdate};
use super::maintenance::Maintenance;
use super::order::by_key;
use super::page::Snapshot;

/// When an incident was told of last.
fn told(incident: &Incident) -> Option<DateTime<Utc>> {
    let newest = incident
        .updates
        .iter()
        .map(IncidentUpdate::was_told_at)
        .max();
    let learned = incident.postmortem.as_ref();
    newest.max(learned.map(|postmortem| postmortem.published_at))
}

/// When planned work was told of last.
fn work_told(work: &Maintenance) -> Option<DateTime<Utc>> {
    let told = work.updates.iter().map(IncidentUpdate::was_told_at);
    told.max()
}

/// Up to when a reader who looks `now` has seen what was told: what was told in the last minute, and is not in the page as it
/// was read, comes later than what is.
pub fn seen_until(snapshot: &Snapshot, now: DateTime<Utc>) -> DateTime<Utc> {
    let minute = TimeDelta::minutes(1);
    let told = snapshot.incidents.iter().filter_map(told);
    let told = told.chain(snapshot.maintenances.iter().filter_map(work_told));
    let newest = told.max().unwrap_or(now - minute);
    newest.max(now - minute).min(now + minute)
}

/// Something that was told of since a reader looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told<'a> {
    Incident(&'a Incident),
    /// Planned work that is announced or goes on.
    Work(&'a Maintenance),
}

impl Told<'_> {
    fn at(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Incident(incident) => told(incident),
            Self::Work(work) => work_told(work),
        }
    }
}

/// What was told of after `looked`, the latest first.
pub fn since(snapshot: &Snapshot, looked: DateTime<Utc>) -> Vec<Told<'_>> {
    let incidents = snapshot.incidents.iter().map(Told::Incident);
    let all = incidents.chain(snapshot.maintenances.iter().map(Told::Work));
    let found = all.filter(|each| each.at() > Some(looked)).collect();
    by_key(found, |each: &Told| Reverse(each.at()))
}
