//! What screens read: the state and the duties of runs at this second, and what is next of all.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::domain::component::{Component, ComponentId};
use crate::domain::order::by_key;
use crate::sop::channel::Channel;
use crate::sop::duty::{Duty, next_due};
use crate::sop::event::{Event, EventId, EventKind};
use crate::sop::facts::{Fact, Facts};
use crate::sop::run::{Phase, Run, RunId, State, duties};

use super::Desk;

/// A run at this second.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentView {
    /// Its id.
    pub id: RunId,
    /// Its state.
    pub state: State,
    /// All its duties.
    pub duties: Vec<Duty>,
}

/// A log, and what it came to when it was folded last.
pub(super) type Seen = (Arc<Run>, IncidentView);

impl IncidentView {
    /// The duty that is next.
    pub fn next(&self) -> Option<&Duty> {
        next_due(&self.duties)
    }

    /// Whether nothing is left to do.
    pub fn is_finished(&self) -> bool {
        self.state.phase != Phase::Open && self.next().is_none()
    }

    /// What it is called on screen: its services, else its first title.
    pub fn name(&self) -> String {
        self.state
            .facts
            .get(Fact::Service)
            .map_or_else(|| "Incident".to_owned(), str::to_owned)
    }
}

impl IncidentView {
    /// The most urgent first: what goes on, the worst, what is due next, the newest.
    fn urgency(&self) -> (bool, bool, u8, DateTime<Utc>, Reverse<DateTime<Utc>>) {
        let due = self.next().and_then(|duty| duty.due_at);
        (
            self.is_finished(),
            self.state.phase != Phase::Open,
            self.state.severity.level(),
            due.unwrap_or(DateTime::<Utc>::MAX_UTC),
            Reverse(self.state.declared_at),
        )
    }

    /// Whether somebody has to hear of it while they work on another one: it goes on and is worse.
    pub fn is_worse_than(&self, other: &Self) -> bool {
        self.state.phase == Phase::Open
            && self.state.severity.level() < other.state.severity.level()
    }

    /// What tells it from every other incident: service, severity and symptom.
    pub fn title(&self) -> String {
        let severity = self.state.severity.word();
        match self.symptom() {
            Some(symptom) => format!("{} {severity}, {symptom}", self.name()),
            None => format!("{} {severity}", self.name()),
        }
    }

    /// What users see of it, where somebody said so.
    pub fn symptom(&self) -> Option<String> {
        self.state.facts.get(Fact::Symptom).map(str::to_owned)
    }
}

impl Desk {
    /// A run at this second; `None` where it is not here or has no declaration.
    pub fn view(self, id: &RunId) -> Option<IncidentView> {
        self.all()
            .with(|views| views.iter().find(|view| view.id == *id).cloned())
    }

    /// All runs at this second: open ones first, then the newest.
    pub fn views(self) -> Vec<IncidentView> {
        self.all().get()
    }

    /// Folds every run, once a second for all that look.
    pub(super) fn fold_all(self) -> Vec<IncidentView> {
        let runs: Vec<Arc<Run>> = self.runs.with(|runs| runs.values().cloned().collect());
        let seen: Vec<Seen> = self.seen.with_value(|before| {
            let views = runs.iter().map(|run| (run, self.view_of(run, before)));
            views
                .filter_map(|(run, view)| Some((Arc::clone(run), view?)))
                .collect()
        });
        self.seen.set_value(seen.clone());
        let views = seen.into_iter().map(|(_, view)| view).collect();
        by_key(views, IncidentView::urgency)
    }

    /// A run is folded once for all that is asked of it. One that is finished waits for nothing any more, and is folded
    /// again only when its log has grown.
    fn view_of(self, run: &Arc<Run>, before: &[Seen]) -> Option<IncidentView> {
        let known = before.iter().find(|(log, _)| Arc::ptr_eq(log, run));
        if let Some((_, view)) = known.filter(|(_, view)| view.is_finished()) {
            return Some(view.clone());
        }
        let playbook = self.playbook()?;
        let folded = run.at(&playbook, self.now_for(run))?;
        Some(IncidentView {
            id: run.id.clone(),
            duties: folded.duties(),
            state: folded.into_state(),
        })
    }

    /// The time by which a run is read: now, but never before what this device has entered itself. A clock
    /// that jumps back undoes nothing (`docs/duties.md` rule 16).
    fn now_for(self, run: &Run) -> DateTime<Utc> {
        let now = self.now.get();
        let device = self.device();
        let entered = run
            .events()
            .filter(|event| event.id.device == device)
            .map(Event::corrected);
        entered.max().map_or(now, |last| now.max(last))
    }

    /// The duties that a run would have at this second if an event were entered; nothing is entered.
    pub fn foresee(self, id: &RunId, what: EventKind) -> Option<Vec<Duty>> {
        let playbook = self.playbook()?;
        let mut run = Run::clone(&*self.runs.with(|runs| runs.get(id).cloned())?);
        let now = self.fresh_now();
        let event = Event {
            id: EventId::next("foresight", now, run.last_id()),
            at: now,
            offset_ms: None,
            who: String::new(),
            what,
        };
        run.insert(event);
        Some(duties(&playbook, &run, now))
    }

    /// The facts of a run as they are typed now.
    pub fn facts(self, view: &IncidentView) -> Facts {
        self.drafts.facts_over(&view.id, &view.state.facts)
    }

    /// The components, in the states that the page shows now. Until the embedded page has answered, those
    /// that the configuration names; of a hosted page those that this browser has read before, because the
    /// configuration does not know its ids.
    pub fn components(self) -> Vec<Component> {
        if let Some(snapshot) = self.page.get()
            && !snapshot.components.is_empty()
        {
            return snapshot.components;
        }
        if self.is_hosted(Channel::Page) {
            return self.page_before.get();
        }
        self.setup.with(|setup| {
            setup
                .config()
                .map(|config| config.components.clone())
                .unwrap_or_default()
        })
    }

    /// Whether a service has to be named in words, because no component of the page is known: it was read
    /// and has none, or cannot be read and never was here.
    pub fn names_service(self) -> bool {
        self.is_hosted(Channel::Page) && self.page_asked.get() && self.components().is_empty()
    }

    /// A component's name, for people. One that was not read yet, as of an incident that another console has
    /// declared a moment ago, is called by its id and said to be a component.
    pub fn component_name(self, id: &ComponentId) -> String {
        let all = self.components();
        all.iter()
            .find(|component| component.id == *id)
            .map_or_else(
                || format!("Component {}", id.0),
                |component| component.name_among(&all),
            )
    }
}
