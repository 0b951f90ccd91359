//! What a reading of the page brings into the logs. What others said is entered without asking whether it
//! may be said: it was, and the fold is total.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::page::Live;
use crate::console::desk::Desk;
use crate::console::desk::kept::{deleting, event_store, reading};
use crate::domain::component::ComponentId;
use crate::domain::incident::IncidentId;
use crate::sop::event::{Event, EventKind, Receipt, SendOutcome};
use crate::sop::facts::Fact;
use crate::sop::message::read_back::service_in;
use crate::sop::run::{Run, RunId};
use crate::sop::services::names;
use crate::sop::shared::{
    Evidence, Sheet, adopted_posts, facts_there, find, learnt, pending, place_of, placed, stands_on,
};
use crate::views::words::title;

use super::adopting::find_strangers;
use super::rounds::run_of;
use super::services;

/// How an incident came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Read,
    /// The page answered a write of ours with it: no proof that it stays.
    Answer,
}

/// Takes the whole page in.
pub(super) fn take_all(desk: Desk, lives: &[Live]) {
    for live in lives {
        take_in(desk, live, Kind::Read);
    }
    // A first post whose answer was lost may have opened any of them.
    let runs: Vec<Arc<Run>> = desk
        .runs
        .with_untracked(|runs| runs.values().cloned().collect());
    for run in runs
        .iter()
        .filter(|run| place_of(run).is_none() && !desk.is_drill(&run.id))
    {
        answer_lost(desk, run, lives);
    }
    find_strangers(desk, lives);
}

/// Takes one incident in, with what is kept beside it.
pub(super) fn take_in(desk: Desk, live: &Live, kind: Kind) {
    let now = desk.fresh_now();
    desk.sharing.book.update_value(|book| {
        let updates = live.incident.updates.iter().map(|update| &update.id);
        for id in std::iter::once(&live.incident.id.0).chain(updates) {
            book.seen.keep(id.clone(), || now);
        }
    });
    if kind == Kind::Read {
        // What others posted is what the next post is proposed from.
        desk.page.maybe_update(|page| {
            let page = page.as_mut();
            page.is_some_and(|page| page.take(&live.incident, &live.standing))
        });
    }
    let sheets = Sheet::read(&live.metadata.0);
    for sheet in &sheets {
        take_sheet(desk, sheet, live);
    }
    for run in runs_on(desk, &live.incident.id) {
        let id = run.id.clone();
        enter(
            desk,
            &id,
            placed(&run, &live.incident).into_iter().collect(),
        );
        answer_lost(desk, &run, std::slice::from_ref(live));
        adopt_posts(desk, &id, live, now);
        note(desk, &id, live, &sheets, kind, now);
    }
}

/// Enters events that were said elsewhere: those that are new are stored, and the other tabs are told. Where one is stored
/// already that was not known in this tab, the stored one holds.
pub(super) fn enter(desk: Desk, id: &RunId, events: Vec<Event>) {
    let known = run_of(desk, id);
    let mut run = known.map_or_else(|| Run::new(id.clone()), |run| Run::clone(&run));
    let new: Vec<Event> = events
        .into_iter()
        .filter(|event| run.insert(event.clone()))
        .collect();
    if new.is_empty() {
        return;
    }
    desk.runs.update(|runs| {
        runs.insert(id.clone(), Arc::new(run));
    });
    let id = id.clone();
    leptos::task::spawn_local(async move {
        let mut stands = false;
        for event in &new {
            stands |= event_store::save_from_others(desk, &id, event).await;
        }
        if stands {
            reading::read_again(desk, &id).await;
        }
    });
}

/// What other consoles say of a run. One that is not known here is made once its declaration is there.
fn take_sheet(desk: Desk, sheet: &Sheet, live: &Live) {
    if deleting::is_deleted(&sheet.run) {
        if !live.incident.is_open() {
            return;
        }
        // It goes on after all: it is everybody's again.
        deleting::forgive(&sheet.run);
    }
    let events: Vec<Event> = sheet.events().collect();
    if let Some(run) = run_of(desk, &sheet.run) {
        let service = services::follow(desk, &run, &events, &live.incident.id);
        return enter(
            desk,
            &sheet.run,
            events.into_iter().chain(service).collect(),
        );
    }
    let declared = events.iter().find_map(|event| {
        let EventKind::Declared {
            components, drill, ..
        } = &event.what
        else {
            return None;
        };
        (!drill).then(|| (event.clone(), components.clone()))
    });
    let Some((declared, components)) = declared else {
        return;
    };
    let components = services::changed(&events).unwrap_or(components);
    let value = service_of(desk, &components, live);
    let service = learnt(
        Fact::Service,
        value,
        &live.incident.id.0,
        declared.corrected(),
        &declared.id,
    );
    let mut run = Run::from_events(sheet.run.clone(), events.clone());
    let place = placed(&run, &live.incident);
    run.insert(service.clone());
    let all = events.into_iter().chain([service]).chain(place).collect();
    enter(desk, &run.id, all);
}

/// The service's name is a fact, and facts are not shared: it is read off the page. Where the components
/// are not known there, it is what the incident's title names, or else that title.
pub(super) fn service_of(desk: Desk, components: &[ComponentId], live: &Live) -> String {
    let known = untrack(|| desk.components());
    names(&known, components).unwrap_or_else(|| {
        let name = title(&live.incident.name);
        let sop = desk.playbook_now();
        sop.and_then(|sop| service_in(&sop, name))
            .unwrap_or_else(|| name.to_owned())
    })
}

/// The runs that stand on an incident of the page.
pub(super) fn runs_on(desk: Desk, incident: &IncidentId) -> Vec<Arc<Run>> {
    desk.runs.with_untracked(|runs| {
        let here = runs.values().filter(|run| stands_on(run, incident));
        here.cloned().collect()
    })
}

/// Finds out about posts whose answer was lost: found on the page, they did arrive.
fn answer_lost(desk: Desk, run: &Run, lives: &[Live]) {
    let now = desk.fresh_now();
    for lost in pending(run, &desk.device(), now) {
        let incidents = lives.iter().map(|live| (&live.incident, &live.metadata.0));
        let Some(Evidence { incident, update }) = find(&lost, run, incidents) else {
            continue;
        };
        let link = lives
            .iter()
            .find(|live| live.incident.id == incident)
            .and_then(|live| live.link.clone());
        if place_of(run) != Some(&incident) {
            desk.report(&run.id, EventKind::PageIncident { id: incident });
        }
        let receipt = Receipt {
            vendor_id: update,
            link,
        };
        let outcome = SendOutcome::Accepted { receipt };
        if desk.report(
            &run.id,
            EventKind::SendAnswered {
                op: lost.op,
                outcome,
            },
        ) {
            desk.say("A post whose answer was lost was found on the status page: it had arrived.");
        }
    }
}

fn adopt_posts(desk: Desk, id: &RunId, live: &Live, now: DateTime<Utc>) {
    let Some((sop, run)) = desk.playbook_now().zip(run_of(desk, id)) else {
        return;
    };
    let posts = adopted_posts(&sop, &run, &live.incident, now);
    if let [one, ..] = posts.as_slice() {
        let at = crate::domain::utc_text::clock(one.at);
        desk.say(format!(
            "Somebody posted to the status page at {at}, not from here. It counts as posted."
        ));
    }
    enter(desk, id, posts);
    enter(desk, id, facts_there(&sop, &run, &live.incident));
}

/// Notes what stands beside the incident, and what screens show of it.
fn note(desk: Desk, id: &RunId, live: &Live, sheets: &[Sheet], kind: Kind, now: DateTime<Utc>) {
    let Some(run) = run_of(desk, id) else { return };
    let there = sheets.iter().find(|sheet| sheet.run == *id);
    let empty = Sheet::new(id.clone());
    let not_yet = desk.sharing.notes(id, |notes| {
        notes.beside.clone_from(&live.metadata.0);
        if let Some(there) = there {
            notes.known.join(there);
        }
        if kind == Kind::Read {
            notes.sightings.read(there.unwrap_or(&empty), now);
        }
        notes.lacks = notes.missing(&run).is_some();
        notes.sightings.not_yet(&run)
    });
    desk.sharing.set_status(id, |status| {
        status.not_yet = not_yet.unwrap_or_default();
        status.read_at = Some(now);
        status.trouble = None;
        status.gone = false;
    });
}
