//! What is stored in this browser: the logs, event by event, and the drafts. Two tabs write to the same
//! store and tell each other; a log is the union of what both wrote.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::console::runner::world::Stored;
use crate::domain::ordered::ShortMap;
use crate::platform::storage::store::Database;
use crate::platform::{PlatformError, storage, tabs};
use crate::sop::event::Event;
use crate::sop::run::{Run, RunId};

use super::Desk;

const EVENTS: &str = "events";
const DRAFTS: &str = "drafts";
const CHANNEL: &str = "desk";

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

/// The store, and how many events it was seen to hold. Nothing here takes one out.
#[derive(Clone)]
pub struct Keep(Database, Rc<Cell<u32>>);

impl Keep {
    pub(super) fn new() -> Self {
        let store = Database::new("desk", 1, &[EVENTS, DRAFTS]);
        Self(store, Rc::default())
    }

    /// Whether it holds fewer events than it was seen to hold: somebody emptied it.
    pub(super) async fn was_emptied(&self) -> Result<bool, PlatformError> {
        let count = self
            .0
            .read(&[EVENTS], async |at| at.count(EVENTS).await)
            .await?;
        let before = self.1.replace(count.max(self.1.get()));
        Ok(count < before)
    }

    /// So many events were there.
    fn saw(&self, events: usize) {
        let events = u32::try_from(events).unwrap_or(u32::MAX);
        self.1.set(events.max(self.1.get()));
    }

    /// Counts anew from now on: what is left out now would be missed again and again.
    pub(super) fn forget_count(&self) {
        self.1.set(0);
    }

    /// Stores an event.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn put_event(&self, run: &RunId, event: &Event) -> Result<(), String> {
        let key = format!("{}/{}", run.0, event.id);
        let text = serde_json::to_string(event).map_err(|error| error.to_string())?;
        self.0
            .put(EVENTS, &key, &text)
            .await
            .map_err(|error| error.to_string())
    }

    pub(super) async fn put_draft(&self, field: &str, text: &str) -> Result<(), String> {
        self.0
            .put(DRAFTS, field, text)
            .await
            .map_err(|error| error.to_string())
    }

    pub(super) async fn delete_draft(&self, field: &str) -> Result<(), String> {
        self.0
            .delete(DRAFTS, field)
            .await
            .map_err(|error| error.to_string())
    }
}

/// Opens the store, reads logs and drafts, and listens to the other tabs.
pub(super) async fn load(desk: Desk) {
    let keep = desk.keep.get_value();
    let outcome = async {
        read_events(desk, &keep).await?;
        desk.drafts
            .restore(keep.0.all(DRAFTS).await?.into_iter().collect());
        storage::persist().await
    }
    .await;
    match outcome {
        // A browser that does not promise to keep its data still keeps it for now; readiness says so.
        Ok(_persisted) => desk.saving.set(Saving::Kept),
        Err(error) => {
            desk.saving.set(Saving::Failed(error.to_string()));
            desk.drafts.restore(ShortMap::default());
        }
    }
    let followed = tabs::Channel::open(CHANNEL).and_then(|channel| {
        channel.subscribe(move |_| {
            leptos::task::spawn_local(async move {
                if let Err(error) = read_events(desk, &desk.keep.get_value()).await {
                    desk.saving.set(Saving::Failed(error.to_string()));
                }
            });
        })
    });
    match followed {
        Ok(subscription) => subscription.forever(),
        Err(error) => desk.alarm(format!("What other tabs do is not seen here: {error}.")),
    }
}

/// Reads what other tabs may just have stored. What cannot be read now is known from before.
pub(super) async fn read_again(desk: Desk) {
    let _read = read_events(desk, &desk.keep.get_value()).await;
}

/// Reads every stored event and adds what is new to the logs.
async fn read_events(desk: Desk, keep: &Keep) -> Result<(), PlatformError> {
    let rows = keep.0.all(EVENTS).await?;
    keep.saw(rows.len());
    let mut read: ShortMap<RunId, Vec<Event>> = ShortMap::default();
    let mut dropped = Vec::new();
    for (key, raw) in rows {
        match (key.split_once('/'), serde_json::from_str::<Event>(&raw)) {
            (Some((run, _)), Ok(event)) => {
                read.change(RunId(run.to_owned()), Vec::new, |events| events.push(event));
            }
            (None, _) => dropped.push(UnreadableEntry {
                key,
                raw,
                reason: "no incident in its key".into(),
            }),
            (Some(_), Err(error)) => dropped.push(UnreadableEntry {
                key,
                raw,
                reason: error.to_string(),
            }),
        }
    }
    desk.dropped.set(dropped);
    desk.runs.update(|runs| {
        for (id, events) in read {
            let stored = Run::from_events(id.clone(), events);
            let merged = match runs.get(&id) {
                Some(known) => {
                    let mut merged = Run::clone(known);
                    merged.merge(&stored);
                    merged
                }
                None => stored,
            };
            runs.insert(id, Arc::new(merged));
        }
    });
    Ok(())
}

/// Stores an event and tells the other tabs; a failure is shown, and the event stays in memory.
pub async fn save(desk: Desk, run: &RunId, event: &Event) -> Stored {
    match desk.keep.get_value().put_event(run, event).await {
        // A tab that cannot be told reads again when it is opened.
        Ok(()) => {
            drop(tabs::Channel::open(CHANNEL).and_then(|channel| channel.publish("events")));
            Stored::Kept
        }
        Err(error) => {
            let known = desk
                .saving
                .with_untracked(|saving| matches!(saving, Saving::Failed(_)));
            desk.saving.set(Saving::Failed(error));
            if known {
                Stored::KnownRefused
            } else {
                Stored::Refused
            }
        }
    }
}
