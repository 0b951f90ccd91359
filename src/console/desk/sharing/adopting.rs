//! Incidents that somebody opened in the vendor's own console: listed until a person adopts them.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::page::Live;
use crate::console::desk::Desk;
use crate::console::desk::kept::deleting;
use crate::domain::incident::{IncidentId, IncidentStatus};
use crate::sop::event::{EventKind, PersonalData};
use crate::sop::facts::{Fact, Facts};
use crate::sop::run::{Refusal, Run, RunId};
use crate::sop::severity::Severity;
use crate::sop::shared::{Sheet, adopted_run};
use crate::views::words::title;

use super::taking::{Kind, runs_on, service_of, take_in};

/// An unresolved incident on the page that is not ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// Its id there.
    pub id: IncidentId,
    pub title: String,
    pub status: IncidentStatus,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// Where readers see it.
    pub link: Option<String>,
}

/// Lists the incidents that no console runs.
pub(super) fn find_strangers(desk: Desk, lives: &[Live]) {
    let found: Vec<Live> = lives
        .iter()
        .filter(|live| live.incident.is_open())
        .filter(|live| Sheet::read(&live.metadata.0).is_empty())
        .filter(|live| runs_on(desk, &live.incident.id).is_empty())
        .cloned()
        .collect();
    let shown: Vec<Stranger> = found
        .iter()
        .map(|live| Stranger {
            id: live.incident.id.clone(),
            title: title(&live.incident.name).to_owned(),
            status: live.incident.status(),
            opened_at: live.incident.created_at,
            link: live.link.clone(),
        })
        .collect();
    desk.sharing
        .book
        .update_value(|book| book.strangers = found);
    if desk
        .sharing
        .strangers
        .with_untracked(|known| *known != shown)
    {
        desk.sharing.strangers.set(shown);
    }
}

impl Desk {
    /// Adopts an incident: it gets its duties from now on, and what was posted there counts.
    ///
    /// # Errors
    /// Why it cannot be adopted; nothing was made then.
    pub fn adopt(
        self,
        id: &IncidentId,
        kind: String,
        severity: Severity,
        (personal_data, became_aware): (Option<PersonalData>, Option<DateTime<Utc>>),
    ) -> Result<RunId, Refusal> {
        let live = self.sharing.book.with_value(|book| {
            let mut strangers = book.strangers.iter();
            strangers.find(|live| live.incident.id == *id).cloned()
        });
        let live = live.ok_or(Refusal::NoLongerOnPage)?;
        let sop_version = self
            .playbook_now()
            .map(|playbook| playbook.meta.version.clone())
            .unwrap_or_default();
        let mut facts = Facts::default();
        let service = service_of(self, &live.incident.components, &live);
        facts.set(Fact::Service, service);
        let what = EventKind::Declared {
            impact_started: live.incident.began_at().min(self.fresh_now()),
            severity,
            kind,
            components: live.incident.components.clone(),
            became_aware,
            personal_data,
            facts,
            sop_version,
            drill: false,
        };
        let run = adopted_run(id);
        // One that was deleted here goes on.
        deleting::forgive(&run);
        self.act(Run::new(run.clone()), what, None)?;
        take_in(self, &live, Kind::Answer);
        self.sharing
            .strangers
            .update(|strangers| strangers.retain(|stranger| stranger.id != *id));
        Ok(run)
    }
}
