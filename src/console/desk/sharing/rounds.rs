//! When the page is read and written. A console with an open incident makes six to eight requests a minute; one
//! request a second is all that the whole team has.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::api::page::{Live, Metadata, SharePage};
use crate::console::desk::Desk;
use crate::domain::incident::IncidentId;
use crate::platform::{clock, locks, page};
use crate::sop::board::IncidentView;
use crate::sop::run::{Phase, Run, RunId};
use crate::sop::shared::pending;

use super::over;
use super::taking::{Kind, take_all, take_in};

/// How often an open incident is read while a person can see the console, and while nobody can.
const SEEN: TimeDelta = TimeDelta::seconds(15);
const HIDDEN: TimeDelta = TimeDelta::seconds(30);

/// How often the page is searched for incidents of others while an incident of ours is read anyway.
const WHOLE: TimeDelta = TimeDelta::seconds(60);

/// How far apart two writes, and a write and what asks for it, are at least.
const WRITES: TimeDelta = TimeDelta::seconds(5);

/// For how long after its resolution an incident is read as often as an open one.
const AFTERWARDS: TimeDelta = TimeDelta::minutes(30);

const LEASE: &str = "sharing";

/// Starts a round where one is due; asked once a second.
pub(in crate::console) fn share(desk: Desk) {
    let now = clock::now();
    let pace = if page::visible() { SEEN } else { HIDDEN };
    let watched = watched(desk);
    let whole_pace = if watched.is_empty() {
        pace
    } else {
        WHOLE.max(pace)
    };
    let whole = desk
        .sharing
        .book
        .with_value(|book| over(book.whole_tried_at, whole_pace, now));
    let due: Vec<(RunId, IncidentId)> = watched
        .into_iter()
        .filter(|(run, _)| is_due(desk, run, pace, now))
        .collect();
    if whole || !due.is_empty() {
        leptos::task::spawn_local(round(desk, whole, due));
    }
}

/// A run is due after its time, and a little after something was entered.
fn is_due(desk: Desk, run: &RunId, pace: TimeDelta, now: DateTime<Utc>) -> bool {
    let events = run_of(desk, run).map_or(0, |run| run.events().count());
    desk.sharing
        .notes(run, |notes| {
            let changed = notes.events != Some(events);
            over(notes.tried_at, pace, now)
                || (changed
                    && over(notes.tried_at, WRITES, now)
                    && over(notes.wrote_at, WRITES, now))
        })
        .unwrap_or(false)
}

/// The runs on the page that are read by themselves: while they are open and a while after, and later for as
/// long as the others lack something of them: a report is sent after days, a post-mortem is held after a week.
fn watched(desk: Desk) -> Vec<(RunId, IncidentId)> {
    let now = desk.fresh_now();
    untrack(|| desk.views())
        .iter()
        .filter(|view| !view.state.drill)
        .filter(|view| is_fresh(view, now) || owes(desk, view))
        .filter_map(|view| Some((view.id.clone(), view.state.page_incident.clone()?)))
        .collect()
}

fn is_fresh(view: &IncidentView, now: DateTime<Utc>) -> bool {
    let lately = |at| now - at <= AFTERWARDS;
    !view.is_finished()
        && (view.state.phase == Phase::Open || view.state.resolved_at.is_none_or(lately))
}

/// Whether the others lack something of a run. One that is finished is only asked about again where something
/// was entered since: a year of them is not read anew with every opening of the console.
fn owes(desk: Desk, view: &IncidentView) -> bool {
    let Some(log) = run_of(desk, &view.id) else {
        return false;
    };
    let events = log.events().count();
    let finished = view.is_finished();
    let asked = desk.sharing.notes(&view.id, |notes| {
        if finished {
            notes.events.get_or_insert(events);
        }
        let unseen = notes.wrote_at.is_some() && !notes.sightings.not_yet(&log).is_empty();
        notes.events != Some(events) || notes.lacks || unseen
    });
    asked.unwrap_or(false)
}

pub(super) fn run_of(desk: Desk, id: &RunId) -> Option<Arc<Run>> {
    desk.runs.with_untracked(|runs| runs.get(id).cloned())
}

async fn round(desk: Desk, whole: bool, due: Vec<(RunId, IncidentId)>) {
    let _turn = desk.sharing.turn().await;
    if whole {
        // What keeps it from being read is said by the readings of the incidents themselves.
        let _read = read_whole(desk).await;
    }
    for (run, incident) in due {
        match read_one(desk, &run, &incident).await {
            Ok(Some(_)) => write_back(desk, &run, &incident).await,
            // Where nothing stands any more, nothing is lacking.
            Ok(None) => {
                let events = run_of(desk, &run).map(|log| log.events().count());
                desk.sharing.notes(&run, |notes| notes.events = events);
            }
            Err(_) => {}
        }
    }
}

/// Reads the whole page.
pub(super) async fn read_whole(desk: Desk) -> Result<Vec<Live>, ApiError> {
    desk.sharing
        .book
        .update_value(|book| book.whole_tried_at = Some(clock::now()));
    let lives = desk.service().live().await?;
    take_all(desk, &lives);
    Ok(lives)
}

/// Reads one incident.
pub(super) async fn read_one(
    desk: Desk,
    run: &RunId,
    incident: &IncidentId,
) -> Result<Option<Live>, ApiError> {
    let sharing = desk.sharing;
    sharing.notes(run, |notes| notes.tried_at = Some(clock::now()));
    let read = desk.service().live_one(incident).await;
    match &read {
        Ok(Some(live)) => take_in(desk, live, Kind::Read),
        Ok(None) => {
            sharing.set_status(run, |status| status.gone = true);
            desk.page
                .maybe_update(|page| page.as_mut().is_some_and(|page| page.forget(incident)));
        }
        Err(error) => sharing.trouble(run, error),
    }
    read
}

/// Writes back what is missing beside an incident that was just read, a little after the last write at the
/// earliest.
async fn write_back(desk: Desk, run: &RunId, incident: &IncidentId) {
    let now = clock::now();
    let may = desk
        .sharing
        .notes(run, |notes| over(notes.wrote_at, WRITES, now));
    if may != Some(true) {
        return;
    }
    // What keeps it from being written stands on the incident's page, and it is tried again.
    let _written = write_now(desk, run, incident).await;
}

/// Writes back what is missing beside an incident that was just read.
///
/// # Errors
/// Why it could not be written, or whether it was.
pub(super) async fn write_now(
    desk: Desk,
    run: &RunId,
    incident: &IncidentId,
) -> Result<(), ApiError> {
    let Some(log) = run_of(desk, run) else {
        return Ok(());
    };
    let wanted = desk.sharing.notes(run, |notes| {
        notes.events = Some(log.events().count());
        notes.missing(&log)
    });
    let Some(wanted) = wanted.flatten() else {
        return Ok(());
    };
    // One tab at a time; a browser without locks excludes nobody, and converges all the same.
    let lease = locks::lease(LEASE).await;
    if matches!(lease, Ok(None)) {
        return Ok(());
    }
    let now = clock::now();
    desk.sharing.notes(run, |notes| notes.wrote_at = Some(now));
    let written = desk
        .service()
        .keep_beside(incident, &Metadata(wanted))
        .await;
    match written {
        Ok(live) => {
            take_in(desk, &live, Kind::Answer);
            Ok(())
        }
        Err(error) => {
            desk.sharing.trouble(run, &error);
            Err(error)
        }
    }
}

/// Looks for a run's lost posts on the page. Whether some are still not found.
pub(in crate::console) async fn look_for(desk: Desk, run: &RunId) -> bool {
    let sharing = desk.sharing;
    let turn = sharing.turn().await;
    let incident = untrack(|| desk.view(run)).and_then(|view| view.state.page_incident.clone());
    // What cannot be read now is looked for the next time.
    match incident {
        Some(incident) => drop(read_one(desk, run, &incident).await),
        None => drop(read_whole(desk).await),
    }
    drop(turn);
    run_of(desk, run).is_some_and(|run| !pending(&run, &desk.device(), desk.fresh_now()).is_empty())
}
