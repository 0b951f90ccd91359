//! What the consoles that share a page do before and after a post, with the rules of `sop::shared`.

use allclear::api::page::{Live, Metadata, SharePage};
use allclear::console::runner::world::{Log, Others, Services};
use allclear::delivery::posting::Target;
use allclear::domain::incident::IncidentId;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{EventKind, Receipt, SendOutcome};
use allclear::sop::message::Sendable;
use allclear::sop::run::{LedgerState, RunId};
use allclear::sop::shared::{Evidence, Sheet, find, pending};
use serde_json::Map;

use super::Tab;
use super::vendors::AnyPage;

impl Others for Tab {
    async fn before_post(
        &self,
        run: &RunId,
        op: &str,
        incident: Option<IncidentId>,
        _: &Sendable,
    ) -> Result<Target, String> {
        self.step().await;
        let known = |tab: &Self| tab.state(run).and_then(|state| state.page_incident);
        let AnyPage::Hosted(page) = self.page(run) else {
            return Ok(Target {
                incident: incident.or_else(|| known(self)),
                ..Target::default()
            });
        };
        let unread = |error: allclear::api::error::ApiError| error.to_string();
        if incident.is_none() {
            let lives = page.live().await.map_err(unread)?;
            self.answer_lost(run, &lives).await;
        }
        let incident = incident.or_else(|| known(self));
        let live = match &incident {
            Some(id) => page.live_one(id).await.map_err(unread)?,
            None => None,
        };
        let mut sheet = Sheet::of(&self.log());
        sheet.reached(&self.device(), op);
        let beside = live.as_ref().map(|live| live.metadata.0.clone());
        Ok(Target {
            incident,
            standing: Vec::new(),
            attached: live
                .map(|live| live.incident.components)
                .unwrap_or_default(),
            metadata: Metadata(sheet.beside(&beside.unwrap_or_else(Map::new))),
        })
    }

    async fn claim(&self, _: &RunId, _: &str, _: DutyKind, _: Option<u32>) -> Result<(), String> {
        self.step().await;
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

impl Tab {
    /// What a reading of the page tells of lost posts.
    async fn answer_lost(&self, run: &RunId, lives: &[Live]) {
        let (log, now) = (self.log(), self.sim.borrow().now);
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
