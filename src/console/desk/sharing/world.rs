//! The page as the consoles share it, for the runner.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde_json::{Map, Value};

use crate::api::error::ApiError;
use crate::api::page::Live;
use crate::console::desk::Desk;
use crate::console::runner::world::SharedPage;
use crate::console::runner::{Decision, Held};
use crate::domain::incident::IncidentId;
use crate::domain::page::Snapshot;
use crate::sop::run::{Run, RunId};
use crate::sop::shared::Sheet;

use super::{Sharing, Turn, rounds, taking};

impl SharedPage for Desk {
    type Turn = Turn;

    async fn turn(&self) -> Turn {
        self.sharing.turn().await
    }

    async fn read_one(&self, run: &RunId, incident: &IncidentId) -> Result<Option<Live>, ApiError> {
        rounds::read_one(*self, run, incident).await
    }

    async fn read_whole(&self) -> Result<Vec<Live>, ApiError> {
        rounds::read_whole(*self).await
    }

    fn last_read(&self) -> Option<Snapshot> {
        self.page.get_untracked()
    }

    fn first_seen(&self, id: &str) -> Option<DateTime<Utc>> {
        self.sharing
            .book
            .with_value(|book| book.seen.get(id).copied())
    }

    fn log(&self, run: &RunId) -> Option<Arc<Run>> {
        rounds::run_of(*self, run)
    }

    fn runs_on(&self, incident: &IncidentId) -> Vec<Arc<Run>> {
        taking::runs_on(*self, incident)
    }

    fn to_share(&self, run: &RunId) -> (Sheet, Map<String, Value>) {
        let mut sheet = rounds::run_of(*self, run)
            .map_or_else(|| Sheet::new(run.clone()), |log| Sheet::of(&log));
        let beside = self.sharing.notes(run, |notes| {
            sheet.join(&notes.known);
            notes.beside.clone()
        });
        (sheet, beside.unwrap_or_default())
    }

    fn hold(&self, held: &Held) -> bool {
        let Sharing {
            held: shown, book, ..
        } = self.sharing;
        let is_free = shown.with_untracked(Option::is_none);
        if is_free {
            book.update_value(|book| book.decided = None);
            shown.set(Some(held.clone()));
        }
        is_free
    }

    fn decided(&self) -> Option<Decision> {
        self.sharing.book.with_value(|book| book.decided.clone())
    }

    fn let_go(&self) {
        self.sharing.held.set(None);
    }
}
