//! What is stored in this browser: the logs, event by event, and the drafts. Two tabs write to the same
//! store and tell each other; a log is the union of what both wrote.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::api::embedded::{self, Outbox, Writer};
use crate::api::page::ReadPage;
use crate::platform::storage::store::Db;
use crate::platform::{storage, tabs};
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
    /// Something could not be stored; what the browser said. Shown on screen, with the export.
    Failed(String),
}

/// An entry of the store that could not be understood: kept as it is, offered as a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Where it stands in the store.
    pub key: String,
    /// What it says.
    pub raw: String,
    /// What is wrong with it.
    pub reason: String,
}

/// The store, once it is open.
#[derive(Clone)]
pub struct Keep(Option<Db>);

impl Keep {
    /// A store that is not open: everything fails with a plain sentence.
    pub(super) fn closed() -> Self {
        Self(None)
    }

    fn db(&self) -> Result<&Db, String> {
        self.0.as_ref().ok_or_else(|| "this browser's storage could not be opened".to_owned())
    }

    /// Stores an event.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn put_event(&self, run: &RunId, event: &Event) -> Result<(), String> {
        let key = format!("{}/{}", run.0, event.id);
        let text = serde_json::to_string(event).map_err(|error| error.to_string())?;
        self.db()?.put(EVENTS, &key, &text).await.map_err(|error| error.to_string())
    }

    pub(super) async fn put_draft(&self, field: &str, text: &str) -> Result<(), String> {
        self.db()?.put(DRAFTS, field, text).await.map_err(|error| error.to_string())
    }

    pub(super) async fn delete_draft(&self, field: &str) -> Result<(), String> {
        self.db()?.delete(DRAFTS, field).await.map_err(|error| error.to_string())
    }
}

/// Opens the store, reads logs and drafts, and listens to the other tabs.
pub(super) async fn load(desk: Desk) {
    match Db::open("desk", &[EVENTS, DRAFTS]).await {
        Ok(db) => {
            desk.keep.set_value(Keep(Some(db)));
            desk.saving.set(Saving::Kept);
            storage::request_persistence().await;
            read_events(desk).await;
            read_drafts(desk).await;
        }
        Err(error) => {
            desk.saving.set(Saving::Failed(error.to_string()));
            desk.drafts.restore(BTreeMap::new());
        }
    }
    desk.recipients.restore(desk);
    tabs::listen(CHANNEL, move |_| leptos::task::spawn_local(read_events(desk)));
}

/// Reads every stored event and adds what is new to the logs.
async fn read_events(desk: Desk) {
    let Ok(rows) = (match desk.keep.get_value().db() {
        Ok(db) => db.all(EVENTS).await.map_err(|error| error.to_string()),
        Err(error) => Err(error),
    }) else {
        return;
    };
    let mut read: BTreeMap<RunId, Vec<Event>> = BTreeMap::new();
    let mut dropped = Vec::new();
    for (key, raw) in rows {
        match (key.split_once('/'), serde_json::from_str::<Event>(&raw)) {
            (Some((run, _)), Ok(event)) => {
                read.entry(RunId(run.to_owned())).or_default().push(event);
            }
            (None, _) => dropped.push(Dropped { key, raw, reason: "no incident in its key".into() }),
            (Some(_), Err(error)) => dropped.push(Dropped { key, raw, reason: error.to_string() }),
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
}

async fn read_drafts(desk: Desk) {
    let rows = match desk.keep.get_value().db() {
        Ok(db) => db.all(DRAFTS).await.unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    desk.drafts.restore(rows.into_iter().collect());
}

/// Stores an event and tells the other tabs; a failure is shown, and the event stays in memory.
pub async fn save(desk: Desk, run: &RunId, event: &Event) {
    match desk.keep.get_value().put_event(run, event).await {
        Ok(()) => tabs::tell(CHANNEL, "events"),
        Err(error) => desk.saving.set(Saving::Failed(error)),
    }
}

/// Opens the embedded provider, with an empty page for the configured components when it has none, and
/// follows its changes.
pub(super) async fn open_page(desk: Desk) {
    let components =
        desk.setup.with_untracked(|setup| setup.config().map(|config| config.components.clone()));
    match Writer::open().await {
        Ok(writer) => {
            if let Some(components) = components
                && let Err(error) = writer.seed_components(&components).await
            {
                desk.alarm(format!("The embedded status page could not be set up: {error}."));
            }
            desk.page_writer.set_value(Some(writer));
        }
        Err(error) => desk.alarm(format!("The embedded status page could not be opened: {error}.")),
    }
    match Outbox::open().await {
        Ok(outbox) => desk.outbox.set_value(Some(outbox)),
        Err(error) => desk.alarm(format!("The embedded outbox could not be opened: {error}.")),
    }
    refresh_page(desk).await;
    embedded::watch(move || leptos::task::spawn_local(refresh_page(desk)));
}

/// Reads the page as the provider shows it now.
pub async fn refresh_page(desk: Desk) {
    let Some(writer) = desk.page_writer() else { return };
    match writer.reader().snapshot().await {
        Ok(snapshot) => desk.page.set(Some(snapshot)),
        Err(error) => desk.alarm(format!("The status page could not be read: {error}.")),
    }
}
