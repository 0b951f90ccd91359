//! What the consoles that share a page do before and after a post, with the rules of `sop::shared`.

use allclear::api::error::ApiError;
use allclear::api::page::{Live, Metadata, SharePage};
use allclear::console::runner::world::{Log, Others, Replacing, Services};
use allclear::delivery::posting::Target;
use allclear::domain::incident::IncidentId;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{EventKind, Receipt, SendOutcome};
use allclear::sop::message::{Sendable, standing};
use allclear::sop::run::{LedgerState, RunId};
use allclear::sop::shared::{
    Evidence, Known, OnPage, Sheet, Theirs, find, opened_since, pending, place_of, stands_on,
    updates_since,
};
use chrono::{DateTime, Utc};

use super::Tab;
use super::vendors::AnyPage;

impl Others for Tab {
    async fn before_post(
        &self,
        run: &RunId,
        op: &str,
        incident: Option<IncidentId>,
        message: &Sendable,
    ) -> Result<Target, String> {
        self.step().await;
        let AnyPage::Hosted(page) = self.page(run) else {
            let known = || self.state(run).and_then(|state| state.page_incident);
            return Ok(Target {
                incident: incident.or_else(known),
                ..Target::default()
            });
        };
        let unread = |error: ApiError| error.in_full();
        let (mut incident, mut since, mut asked) = (incident, message.frozen_at(), false);
        let mut own: Option<Live> = None;
        loop {
            let theirs = if let Some(id) = &incident {
                let live = page.live_one(id).await.map_err(unread)?;
                let live = own.insert(live.ok_or(GONE)?);
                self.took_in(live);
                self.with_known(since, |known| {
                    updates_since(&self.log(), &self.device(), &live.incident, known)
                })
            } else {
                let lives = page.live().await.map_err(unread)?;
                for live in &lives {
                    self.took_in(live);
                }
                self.answer_lost(run, &lives).await;
                if let Some(found) = place_of(&self.log()) {
                    incident = Some(found.clone());
                    continue;
                }
                let declared = self.state(run).map(|state| state.declared_at);
                let logs = self.logs();
                let page = lives.iter().map(|live| OnPage {
                    incident: &live.incident,
                    metadata: &live.metadata.0,
                    runs: logs
                        .iter()
                        .filter(|log| stands_on(log, &live.incident.id))
                        .cloned()
                        .collect(),
                });
                self.with_known(since, |known| {
                    opened_since(run, declared, page, known, asked)
                })
            };
            if theirs.is_empty() {
                break;
            }
            since = self.sim.borrow().now;
            asked = true;
            match self.decide(theirs) {
                Decided::Publish => {}
                Decided::Join(id) => {
                    let place = EventKind::PageIncident { id: id.clone() };
                    self.enter(run, place).await;
                    incident = Some(id);
                }
                Decided::Keep => return Err("you decided not to publish".to_owned()),
            }
        }
        let mut sheet = Sheet::of(&self.log());
        sheet.reached(&self.device(), op);
        let beside = own.as_ref().map(|live| live.metadata.0.clone());
        let standing = {
            let shown = self.shown.borrow();
            standing(&shown, incident.as_ref(), message.touches())
        };
        Ok(Target {
            incident,
            attached: own.map(|live| live.incident.components).unwrap_or_default(),
            standing,
            metadata: Metadata(sheet.beside(&beside.unwrap_or_default())),
        })
    }

    fn seen_postmortems(&self, _: &RunId) -> Vec<String> {
        Vec::new()
    }

    async fn ask_to_replace(
        &self,
        theirs: Vec<String>,
        _: &str,
        _: Replacing,
    ) -> Result<(), String> {
        self.sim.borrow_mut().asked_over.extend(theirs);
        match self.sim.borrow_mut().decisions.pop_front() {
            Some(Decided::Publish) => Ok(()),
            Some(Decided::Keep | Decided::Join(_)) | None => {
                Err("you decided not to publish".to_owned())
            }
        }
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

/// What a person decides about a post that is held, or about a post-mortem that would be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    Publish,
    Keep,
    Join(IncidentId),
}

const GONE: &str = "the incident is no longer on the status page";

impl Tab {
    /// What a reading brings: when what was seen first, and the page as it is shown.
    pub fn took_in(&self, live: &Live) {
        let now = self.sim.borrow().now;
        let mut seen = self.seen.borrow_mut();
        let updates = live.incident.updates.iter().map(|update| &update.id);
        for id in std::iter::once(&live.incident.id.0).chain(updates) {
            seen.entry(id.clone()).or_insert(now);
        }
        self.shown.borrow_mut().take(&live.incident, &live.standing);
    }

    fn with_known<T>(&self, since: DateTime<Utc>, ask: impl FnOnce(&Known<'_>) -> T) -> T {
        let first_seen = |id: &str| self.seen.borrow().get(id).copied();
        ask(&Known {
            first_seen: &first_seen,
            since,
        })
    }

    /// Asks a person, who decides as the test told.
    fn decide(&self, theirs: Vec<Theirs>) -> Decided {
        let mut sim = self.sim.borrow_mut();
        sim.held.push(theirs);
        sim.decisions.pop_front().unwrap_or(Decided::Keep)
    }

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
