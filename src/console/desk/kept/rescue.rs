//! When the store of this browser cannot be trusted: what was emptied is stored again, and what is in memory can be taken
//! out. It comes with an incident's pages, so that the board stays small.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;

use crate::platform::id;
use crate::sop::event::Event;
use crate::sop::run::{Run, RunId, evidence};
use crate::sop::shared::is_short;

use super::deleting;
use super::event_store::{Keep, Saving, announce};
use super::reading::{read_again, read_everything, settled};
use crate::console::desk::Desk;
use crate::console::desk::outgoing::Work;

/// The ways out, as functions that are fetched.
#[derive(Clone, Copy)]
pub struct Rescue {
    /// Looks whether what was stored is still there.
    pub(in crate::console) look: fn(Desk) -> Work,
    /// Downloads every incident's evidence in one file.
    pub(in crate::console) all: fn(Desk),
    /// Downloads the stored entries that could not be read.
    pub(in crate::console) dropped: fn(Desk, bool),
    /// Forgets an incident that another tab has deleted.
    pub(in crate::console) forget: fn(Desk, &RunId),
}

impl Rescue {
    /// All of them.
    pub const fn new() -> Self {
        Self {
            look: |desk| Box::pin(look(desk)),
            all,
            dropped,
            forget: deleting::drop_run,
        }
    }
}

fn all(desk: Desk) {
    let all = desk.runs.with_untracked(|runs| {
        runs.values()
            .map(|run| evidence::export(run))
            .collect::<Result<Vec<_>, _>>()
    });
    match all {
        Ok(files) => desk.offer("allclear-all.json", &format!("[{}]", files.join(",\n"))),
        Err(error) => desk.alarm(format!("The logs could not be written out: {error}.")),
    }
}

/// As they are, or with what looks like an address left out.
fn dropped(desk: Desk, with_addresses: bool) {
    let raw: Vec<(String, String)> = desk.dropped.with_untracked(|dropped| {
        dropped
            .iter()
            .map(|entry| {
                let raw = evidence::raw(&entry.raw, with_addresses);
                (entry.key.clone(), raw)
            })
            .collect()
    });
    match serde_json::to_string_pretty(&raw) {
        Ok(text) => desk.offer("allclear-unreadable.json", &text),
        Err(error) => desk.alarm(format!("The entries could not be written out: {error}.")),
    }
}

thread_local! {
    /// Whether it is being looked: that may last longer than until the next time.
    static LOOKS: Cell<bool> = const { Cell::new(false) };
    /// Whether the deletions that were cut off have been seen to.
    static FINISHED: Cell<bool> = const { Cell::new(false) };
}

/// Looks whether what was stored is still there, one look after the other.
async fn look(desk: Desk) {
    if LOOKS.replace(true) {
        return;
    }
    looked(desk).await;
    if !FINISHED.get() && desk.saving.get_untracked() == Saving::Kept {
        FINISHED.set(deleting::finish(desk).await.is_ok());
    }
    LOOKS.set(false);
}

/// Where another tab or the browser has emptied the store, what is in memory is stored again, and that is said. What could
/// not be stored is tried again.
async fn looked(desk: Desk) {
    match desk.saving.get_untracked() {
        Saving::Opening => return,
        // Why it does not go yet was said.
        Saving::Failed(_) => return drop(recover(desk).await),
        Saving::Kept | Saving::StoredAgain(_) => {}
    }
    let keep = desk.keep.get_value();
    let outcome = match keep.was_emptied().await {
        Ok(false) => return,
        Ok(true) => store_again(desk, &keep).await,
        Err(error) => Err(error.to_string()),
    };
    match outcome {
        Ok(entries) => settled(desk, Saving::StoredAgain(entries)),
        Err(error) => desk.saving.set(Saving::Failed(error)),
    }
}

/// Stores what could not be stored before, and reads what could not be read; then everything is kept.
async fn recover(desk: Desk) -> Result<(), String> {
    desk.keep_who()?;
    id::keep(&desk.device()).map_err(|error| error.to_string())?;
    while let Some((run, event)) = desk.unsaved.with_value(|unsaved| unsaved.first().cloned()) {
        if !deleting::is_deleted(&run) {
            put_back(&desk.keep.get_value(), &run, &event).await?;
            announce(&run);
        }
        // Another look may have stored it meanwhile.
        let is_other = |(_, other): &(RunId, Event)| other.id != event.id;
        desk.unsaved
            .update_value(|unsaved| unsaved.retain(is_other));
    }
    desk.drafts.store_again().await?;
    let read = read_everything(desk).await;
    read.map_err(|error| error.to_string())?;
    settled(desk, Saving::Kept);
    Ok(())
}

/// Stores an entry once more, and says whether it is the one that is stored now. One that says no more than the others share
/// takes the place of none: another tab may have stored all of it.
async fn put_back(keep: &Keep, run: &RunId, event: &Event) -> Result<bool, String> {
    if is_short(event) {
        return keep.keep_event(run, event).await;
    }
    keep.put_event(run, event).await.map(|()| true)
}

/// Stores everything that is in memory; how many entries of the logs that were.
async fn store_again(desk: Desk, keep: &Keep) -> Result<usize, String> {
    keep.forget_count();
    desk.keep_who()?;
    id::keep(&desk.device()).map_err(|error| error.to_string())?;
    let runs: Vec<Arc<Run>> = desk
        .runs
        .with_untracked(|runs| runs.values().cloned().collect());
    let mut stored = 0;
    for run in runs.iter().filter(|run| !deleting::is_deleted(&run.id)) {
        let mut stands = false;
        for event in run.events() {
            stands |= !put_back(keep, &run.id, event).await?;
            stored += 1;
        }
        if stands {
            read_again(desk, &run.id).await;
        }
    }
    desk.drafts.store_again().await?;
    Ok(stored)
}
