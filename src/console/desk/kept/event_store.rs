//! What is stored in this browser: the logs, event by event, and the drafts. Two tabs write to the same
//! store and tell each other; a log is the union of what both wrote. `reading` takes it in.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::console::runner::world::Stored;
use crate::console::whose::field_of;
use crate::platform::storage::store::Database;
use crate::platform::{PlatformError, tabs};
use crate::sop::event::Event;
use crate::sop::retention::is_of_run;
use crate::sop::run::RunId;

use crate::console::desk::Desk;

const EVENTS: &str = "events";
const DRAFTS: &str = "drafts";
/// Where a tab names the run of which it has stored an event.
pub(in crate::console::desk) const CHANNEL: &str = "desk";

/// Whether what happens is being kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// The store is being opened.
    Opening,
    /// Everything so far is stored.
    Kept,
    /// Somebody had emptied the store, and so many entries that were in memory are stored again. Said until it is closed.
    StoredAgain(usize),
    /// Something could not be stored; what the browser said. Shown on screen, with the export.
    Failed(String),
}

impl Saving {
    /// Whether something could not be stored.
    pub fn has_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

/// An entry of the store that could not be understood: kept as it is, offered as a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableEntry {
    /// Where it stands in the store.
    pub key: String,
    /// What it says.
    pub raw: String,
    /// What is wrong with it.
    pub reason: String,
}

/// The store. Nothing takes an event out but a person who deletes an incident.
#[derive(Clone)]
pub struct Keep {
    store: Database,
    /// How many events it was seen to hold.
    count: Rc<Cell<u32>>,
    /// Whether it is known what it holds.
    known: Rc<Cell<bool>>,
}

impl Keep {
    pub(in crate::console::desk) fn new() -> Self {
        Self {
            store: Database::new("desk", 1, &[EVENTS, DRAFTS]),
            count: Rc::default(),
            known: Rc::default(),
        }
    }

    /// Whether it holds fewer events than it was seen to hold: somebody emptied it.
    pub(in crate::console::desk) async fn was_emptied(&self) -> Result<bool, PlatformError> {
        let count = self
            .store
            .read(&[EVENTS], async |at| at.count(EVENTS).await)
            .await?;
        let before = self.count.replace(count.max(self.count.get()));
        Ok(count < before)
    }

    /// Up to `limit` stored events after that key, with their keys, in the order of the keys.
    pub(in crate::console::desk) async fn events_after(
        &self,
        key: &str,
        limit: u32,
    ) -> Result<Vec<(String, String)>, PlatformError> {
        self.store
            .read(&[EVENTS], async |at| at.after(EVENTS, key, limit).await)
            .await
    }

    /// A run's stored events, with their keys.
    pub(in crate::console::desk) async fn events_of(
        &self,
        run: &RunId,
    ) -> Result<Vec<(String, String)>, PlatformError> {
        let (from, until) = bounds(run);
        self.store.range(EVENTS, &from, &until).await
    }

    /// Every stored draft.
    pub(in crate::console::desk) async fn drafts(
        &self,
    ) -> Result<Vec<(String, String)>, PlatformError> {
        self.store.all(DRAFTS).await
    }

    /// All of it was read: so many events were there.
    pub(in crate::console::desk) fn saw(&self, events: usize) {
        let events = u32::try_from(events).unwrap_or(u32::MAX);
        self.count.set(events.max(self.count.get()));
        self.known.set(true);
    }

    /// There is no store for this page, so nothing is in it.
    pub(in crate::console::desk) fn holds_nothing(&self) {
        self.known.set(true);
    }

    /// Whether it is known what it holds: before, what the other consoles say may be in it already, in more words.
    pub(in crate::console::desk) fn is_known(&self) -> bool {
        self.known.get()
    }

    /// Counts anew from now on: what is left out now would be missed again and again.
    pub(in crate::console::desk) fn forget_count(&self) {
        self.count.set(0);
    }

    /// Deletes the events of a run, and what is typed about it, whoever typed it: all of it, or nothing.
    pub(in crate::console::desk) async fn delete_run(
        &self,
        run: &RunId,
    ) -> Result<(), PlatformError> {
        let (from, until) = bounds(run);
        self.store
            .change(&[EVENTS, DRAFTS], async |at| {
                for (key, _) in at.range(EVENTS, &from, &until).await? {
                    at.delete(EVENTS, &key).await?;
                }
                for (key, _) in at.all(DRAFTS).await? {
                    if is_of_run(field_of(&key), run) {
                        at.delete(DRAFTS, &key).await?;
                    }
                }
                Ok(())
            })
            .await
    }

    /// Deletes everything in it.
    pub(in crate::console::desk) async fn empty(&self) -> Result<(), PlatformError> {
        self.store.empty().await
    }

    /// Stores an event.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn put_event(&self, run: &RunId, event: &Event) -> Result<(), String> {
        let (key, text) = row(run, event)?;
        self.store
            .put(EVENTS, &key, &text)
            .await
            .map_err(|error| error.to_string())
    }

    /// Stores an event that is known from the others, where nothing is stored under its id; whether nothing was. What is
    /// stored is never replaced: the others share fewer words, and a newer console may have written what cannot be read here.
    ///
    /// # Errors
    /// What the browser said.
    pub(in crate::console::desk) async fn keep_event(
        &self,
        run: &RunId,
        event: &Event,
    ) -> Result<bool, String> {
        let (key, text) = row(run, event)?;
        self.store
            .keep(EVENTS, &key, &text)
            .await
            .map_err(|error| error.to_string())
    }

    pub(in crate::console::desk) async fn put_draft(
        &self,
        field: &str,
        text: &str,
    ) -> Result<(), String> {
        self.store
            .put(DRAFTS, field, text)
            .await
            .map_err(|error| error.to_string())
    }

    pub(in crate::console::desk) async fn delete_draft(&self, field: &str) -> Result<(), String> {
        self.store
            .delete(DRAFTS, field)
            .await
            .map_err(|error| error.to_string())
    }
}

/// The key of an event, and what stands under it.
fn row(run: &RunId, event: &Event) -> Result<(String, String), String> {
    let text = serde_json::to_string(event).map_err(|error| error.to_string())?;
    Ok((format!("{}/{}", run.0, event.id), text))
}

/// Between which keys a run's events stand.
fn bounds(run: &RunId) -> (String, String) {
    // "0" is the next letter after "/".
    (format!("{}/", run.0), format!("{}0", run.0))
}

/// Tells the other tabs that an event of a run was stored.
pub(in crate::console::desk) fn announce(run: &RunId) {
    // A tab that cannot be told reads again when it is opened.
    drop(tabs::Channel::open(CHANNEL).and_then(|channel| channel.publish(&run.0)));
}

/// Stores an event and tells the other tabs; a failure is shown, and the event stays in memory until it can be stored.
pub async fn save(desk: Desk, run: &RunId, event: &Event) -> Stored {
    match desk.keep.get_value().put_event(run, event).await {
        Ok(()) => {
            announce(run);
            Stored::Kept
        }
        Err(error) => not_stored(desk, run, event, error),
    }
}

/// The same for an event that is known from the others. Whether something is stored under its id, and stays.
pub(in crate::console::desk) async fn save_from_others(
    desk: Desk,
    run: &RunId,
    event: &Event,
) -> bool {
    match desk.keep.get_value().keep_event(run, event).await {
        Ok(true) => {
            announce(run);
            false
        }
        Ok(false) => true,
        Err(error) => {
            not_stored(desk, run, event, error);
            false
        }
    }
}

fn not_stored(desk: Desk, run: &RunId, event: &Event, error: String) -> Stored {
    let (run, event) = (run.clone(), event.clone());
    desk.unsaved
        .update_value(|unsaved| unsaved.push((run, event)));
    let known = desk.saving.with_untracked(Saving::has_failed);
    desk.saving.set(Saving::Failed(error));
    if known {
        Stored::KnownRefused
    } else {
        Stored::Refused
    }
}
