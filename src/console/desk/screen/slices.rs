//! What screens read: the state and the duties of runs at this second, and the most urgent duty.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::provider::LINK_HOSTS;
use crate::domain::component::{Component, ComponentId};
use crate::domain::web_link;
use crate::platform::page;
use crate::sop::board::{IncidentView, Incidents};
use crate::sop::channel::Channel;
use crate::sop::duty::Duty;
use crate::sop::event::{Event, EventId, EventKind};
use crate::sop::facts::Facts;
use crate::sop::run::{Run, RunId};

use crate::console::desk::Desk;
use crate::words;

impl Desk {
    /// An incident at this second; `None` where it is not here or has no declaration.
    pub fn view(self, id: &RunId) -> Option<Arc<IncidentView>> {
        self.all().with(|views| views.find(id).cloned())
    }

    /// All incidents at this second, the most urgent first.
    pub fn views(self) -> Incidents {
        self.all().get()
    }

    /// What is said in the place of incidents that are here and cannot be shown, because there is no playbook.
    pub fn unshown(self) -> Option<String> {
        let count = self.runs.with(|runs| runs.values().count());
        (count > 0 && self.playbook().is_none()).then(|| words::unshown(count))
    }

    /// Looks at every incident, once a second for all that ask.
    pub(in crate::console::desk) fn look(self) -> Incidents {
        let Some(playbook) = self.playbook() else {
            return Incidents::default();
        };
        let (device, now) = (self.device(), self.now.get());
        self.runs.with(|runs| {
            let board = self.board;
            let looked = board.try_update_value(|board| {
                board.look(runs.values(), |run| run.read_by(&playbook, &device, now))
            });
            looked.unwrap_or_default()
        })
    }

    /// The time by which this device reads a run, at this second.
    pub fn now_for(self, run: &Run) -> DateTime<Utc> {
        run.read_at(&self.device(), self.now.get())
    }

    /// The duties that a run would have at this second if an event were entered; nothing is entered.
    pub fn foresee(self, id: &RunId, what: EventKind) -> Option<Vec<Duty>> {
        let playbook = self.playbook()?;
        let mut run = Run::clone(&*self.runs.with(|runs| runs.get(id).cloned())?);
        let now = self.fresh_now();
        let event = Event {
            id: EventId::next(&self.device(), now, run.last_id()),
            at: now,
            offset_ms: None,
            who: String::new(),
            vouched: false,
            what,
        };
        run.insert(event);
        let folded = run.read_by(&playbook, &self.device(), now)?;
        Some(folded.duties())
    }

    /// The hosts to which what a service answered may lead: the hosted services' own, and this one.
    pub fn link_hosts(self) -> Vec<String> {
        let here = page::origin().unwrap_or_default();
        let all = LINK_HOSTS.into_iter().chain([web_link::host(&here)]);
        all.map(str::to_owned).collect()
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
