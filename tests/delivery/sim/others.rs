//! What the consoles that share a page do before and after a post, with the rules of `sop::shared`.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use allclear::api::error::ApiError;
use allclear::api::page::{Live, SharePage};
use allclear::console::runner::world::{Clock, Log, Others, Services, SharedPage};
use allclear::console::runner::{Decision, Held};
use allclear::domain::incident::IncidentId;
use allclear::domain::page::Snapshot;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{EventKind, Receipt, SendOutcome};
use allclear::sop::run::{LedgerState, Run, RunId};
use allclear::sop::shared::{Evidence, Sheet, find, pending, stands_on};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::vendors::AnyPage;
use super::{Tab, run_id};

impl Others for Tab {
    fn seen_postmortems(&self, _: &RunId) -> Vec<String> {
        Vec::new()
    }

    async fn claim(&self, _: &RunId, _: &str, _: DutyKind, _: Option<u32>) -> Result<(), String> {
        self.step().await;
        // What another console has said is read with the claims.
        let brought = self.sim.borrow_mut().brought.take();
        if let Some(what) = brought {
            self.act(what).await;
        }
        Ok(())
    }

    async fn look_for(&self, run: &RunId) -> bool {
        self.step().await;
        match self.page(run) {
            AnyPage::Hosted(page) => {
                if let Ok(lives) = page.live().await {
                    self.answer_lost(run, &lives).await;
                }
            }
            AnyPage::Here(_) => self.answer_known(run).await,
        }
        let rows = self
            .state(run)
            .map(|state| state.ledger)
            .unwrap_or_default();
        rows.iter()
            .any(|row| matches!(row.state, LedgerState::Unknown { .. }))
    }

    async fn posted(&self, _: &RunId) {}

    fn gone(&self, _: &RunId) {}
}

/// The turn of a tab to talk to the page.
pub struct Turn(Rc<Cell<bool>>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl SharedPage for Tab {
    type Turn = Turn;

    async fn turn(&self) -> Turn {
        self.step().await;
        while self.talks.replace(true) {
            self.sleep(100).await;
        }
        Turn(Rc::clone(&self.talks))
    }

    async fn read_one(&self, run: &RunId, id: &IncidentId) -> Result<Option<Live>, ApiError> {
        assert!(self.talks.get(), "the page is read in turn");
        let live = match self.page(run) {
            AnyPage::Hosted(page) => page.live_one(id).await?,
            AnyPage::Here(page) => page.live_one(id),
        };
        self.took_in(live.iter());
        Ok(live)
    }

    async fn read_whole(&self) -> Result<Vec<Live>, ApiError> {
        assert!(self.talks.get(), "the page is read in turn");
        let AnyPage::Hosted(page) = self.page(&run_id()) else {
            return Ok(Vec::new());
        };
        let lives = page.live().await?;
        self.took_in(lives.iter());
        self.answer_lost(&run_id(), &lives).await;
        Ok(lives)
    }

    fn last_read(&self) -> Option<Snapshot> {
        Some(self.shown.borrow().clone())
    }

    fn first_seen(&self, id: &str) -> Option<DateTime<Utc>> {
        self.seen.borrow().get(id).copied()
    }

    fn log(&self, run: &RunId) -> Option<Arc<Run>> {
        self.logs().into_iter().find(|log| log.id == *run)
    }

    fn runs_on(&self, incident: &IncidentId) -> Vec<Arc<Run>> {
        let mut logs = self.logs();
        logs.retain(|log| stands_on(log, incident));
        logs
    }

    fn to_share(&self, run: &RunId) -> (Sheet, Map<String, Value>) {
        let mut sheet = Sheet::of(&self.log(run).unwrap());
        for known in self
            .sheets
            .borrow()
            .iter()
            .filter(|known| known.run == *run)
        {
            sheet.join(known);
        }
        (sheet, self.beside.borrow().clone())
    }

    fn hold(&self, held: &Held) -> bool {
        let is_free = !self.asks.replace(true);
        if is_free {
            self.sim.borrow_mut().held.push(held.clone());
        }
        is_free
    }

    fn decided(&self) -> Option<Decision> {
        assert!(self.asks.get(), "nobody decides about what is not held");
        self.sim.borrow_mut().decisions.pop_front()
    }

    fn let_go(&self) {
        self.asks.set(false);
    }
}

impl Tab {
    /// What a reading brings: when what was seen first, what stands beside it, and the page as it is shown.
    pub fn took_in<'a>(&self, lives: impl Iterator<Item = &'a Live>) {
        let now = self.sim.borrow().now;
        for live in lives {
            let updates = live.incident.updates.iter().map(|update| &update.id);
            for id in std::iter::once(&live.incident.id.0).chain(updates) {
                self.seen.borrow_mut().entry(id.clone()).or_insert(now);
            }
            self.shown.borrow_mut().take(&live.incident, &live.standing);
            self.sheets
                .borrow_mut()
                .extend(Sheet::read(&live.metadata.0));
            if !self.runs_on(&live.incident.id).is_empty() {
                self.beside.borrow_mut().clone_from(&live.metadata.0);
            }
        }
    }

    /// What a reading of the page tells of lost posts.
    async fn answer_lost(&self, run: &RunId, lives: &[Live]) {
        let (log, now) = (self.own_log(), self.sim.borrow().now);
        for lost in pending(&log, &self.device(), now) {
            let incidents = lives.iter().map(|live| (&live.incident, &live.metadata.0));
            if let Some(Evidence { incident, update }) = find(&lost, &log, incidents) {
                self.found(run, lost.op, incident, update).await;
            }
        }
    }

    /// The same of a page that can be asked for an operation.
    async fn answer_known(&self, run: &RunId) {
        let rows = self
            .state(run)
            .map(|state| state.ledger)
            .unwrap_or_default();
        for row in rows {
            let op = row.op.unwrap_or_default();
            let found = self.sim.borrow().page.receipts.get(&op).cloned();
            if let (LedgerState::Unknown { .. }, Some(found)) = (row.state, found) {
                self.found(run, op, found.incident, Some(found.update))
                    .await;
            }
        }
    }

    async fn found(&self, run: &RunId, op: String, incident: IncidentId, update: Option<String>) {
        self.enter(run, EventKind::PageIncident { id: incident })
            .await;
        let receipt = Receipt {
            vendor_id: update,
            link: None,
        };
        let outcome = SendOutcome::Accepted { receipt };
        self.enter(run, EventKind::SendAnswered { op, outcome })
            .await;
    }
}
